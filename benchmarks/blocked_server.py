"""`assistant serve` with an engine whose thread is blocked for ten seconds from the first turn on."""

import sys
import time
from typing import Any

from assistant.cli.main import main
from assistant.engine import lean

BLOCKED_SECONDS = 10.0


def block_first_turn() -> None:
    """Have the first turn of Rasa sleep, and with it every other turn."""
    lean.install()
    from assistant.engine.rasa_engine import RasaEngine

    turn = RasaEngine._turn
    was_blocked = False

    async def blocked(self: RasaEngine, message: Any) -> Any:
        nonlocal was_blocked
        if not was_blocked:
            was_blocked = True
            time.sleep(BLOCKED_SECONDS)  # not asyncio's: nothing else may run in that thread
        return await turn(self, message)

    RasaEngine._turn = blocked  # type: ignore[method-assign]


if __name__ == "__main__":
    block_first_turn()
    sys.argv = ["assistant", "serve"]
    main()
