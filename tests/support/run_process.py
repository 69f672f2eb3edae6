"""A process as the server starts one for a run: does what the environment says, in place of minutes of work."""

import os
import signal
import sys
from pathlib import Path

from assistant.db.engine import Database
from assistant.registry.models import RunOutcome
from assistant.registry.runs import finish_run
from assistant.settings import load_settings

DOES, TELLS = "RUN_PROCESS_DOES", "RUN_PROCESS_TELLS"
WELL, BADLY, WAITS, DEAF = "well", "badly", "waits", "deaf"


def main() -> None:
    """Note that the run is done, end badly, or tell its number and wait for a signal, which a deaf one ignores."""
    what = os.environ[DOES]
    if what == BADLY:
        sys.exit(3)
    if what == WELL:
        with Database(load_settings().database_url).write() as session:
            finish_run(session, int(sys.argv[1]), RunOutcome.DONE)
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN if what == DEAF else signal.SIG_DFL)
    Path(os.environ[TELLS]).write_text(str(os.getpid()))
    signal.pause()


if __name__ == "__main__":
    main()
