"""The assistant's own server with a fake engine, up again a moment after it was killed.

`python -m tests.support.fake_engine_server` imports everything once. For each line of its input it forks a server, with
the settings of its environment, and writes that process's number; the one before must be dead by then.
"""

import logging
import os
import signal
import sys

import uvicorn

from assistant.catalogue.loader import load_catalogue
from assistant.channels.opening import open_channels
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import open_cipher
from assistant.settings import load_settings
from assistant.web.app import create_app
from tests.support.fake_desk import make_desk
from tests.support.slow_engine import SECONDS, SlowEngine


def main() -> None:
    """Fork servers until the input ends."""
    prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that were killed
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            serve()
            os._exit(0)
        print(child, flush=True)


def prepare() -> None:
    """What is done once: the database, and imports that the channels put off."""
    settings = load_settings()
    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, settings.data_folder / "catalogue")
    database.close()  # a connection is not to be shared by processes
    open_channels(settings)


def serve() -> None:
    """Serve until killed."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = load_settings()
    engine = SlowEngine(float(os.environ.get(SECONDS, "0")))
    desk = make_desk(Database(settings.database_url), engine, open_cipher(settings), settings)
    app = create_app(settings, desk)
    uvicorn.run(app, host=settings.host, port=settings.port, ws="none", log_config=None, access_log=False)


if __name__ == "__main__":
    main()
