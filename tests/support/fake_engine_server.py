"""The assistant's own server in a process of its own, with a fake engine: it is up again in a second after a kill.

`python -m tests.support.fake_engine_server` takes the settings from the environment, as `assistant serve` does.
"""

import logging
import os

import uvicorn

from assistant.catalogue.loader import load_catalogue
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import open_cipher
from assistant.settings import load_settings
from assistant.web.app import create_app
from tests.support.fake_desk import make_desk
from tests.support.slow_engine import SECONDS, SlowEngine


def main() -> None:
    """Serve until killed."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = load_settings()
    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, settings.data_folder / "catalogue")
    engine = SlowEngine(float(os.environ.get(SECONDS, "0")))
    desk = make_desk(database, engine, open_cipher(settings), settings)
    app = create_app(settings, desk)
    uvicorn.run(app, host=settings.host, port=settings.port, ws="none", log_config=None, access_log=False)


if __name__ == "__main__":
    main()
