"""Says while a run works that it is alive and how far, and interrupts it when somebody cancelled it."""

import logging
import signal
import threading
from types import TracebackType
from typing import Self

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.registry.runs import note_progress

BEAT_SECONDS = 2.0

logger = logging.getLogger(__name__)


class Pulse:
    """A context around the work, in the main thread: cancelling raises KeyboardInterrupt there, as Ctrl-C does."""

    def __init__(self, database: Database, run_id: int) -> None:
        self._database = database
        self._run_id = run_id
        self._stage, self._done = "Starting", 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def tell(self, stage: str, done: float) -> None:
        """Take note of how far the work is; the next beat says so."""
        self._stage, self._done = stage, done

    def __enter__(self) -> Self:
        # A shell has what it starts in the background ignore the signal, and cancelling would do nothing.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.is_set():
            if not self._may_go_on():
                # To the main thread itself, which it wakes from whatever that waits for.
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
                return
            self._over.wait(BEAT_SECONDS)

    def _may_go_on(self) -> bool:
        try:
            with self._database.write() as session:
                return note_progress(session, self._run_id, self._stage, self._done)
        except DatabaseUnavailableError as error:
            # The next beat tries again; without any for long, the run is given up.
            logger.warning("A run could not say that it is alive: %s", error)
            return True
