"""A desk with a database of its own, so that an evaluation leaves no trace among the enquiries of members."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet
from pydantic import SecretStr

from assistant.catalogue.copying import copy_catalogue
from assistant.catalogue.loader import load_catalogue
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.engine.opening import open_desk
from assistant.enquiries.desk import EnquiryDesk
from assistant.settings import PREFIX, Settings

DATABASE_VARIABLE = f"{PREFIX}DATABASE_URL"


@contextmanager
def open_temporary_desk(settings: Settings, archive: Path, live: Database | None = None) -> Iterator[EnquiryDesk]:
    """A desk that answers with the model of an archive, an empty log, no limit a minute.

    Its catalogue is that of the files, or of the `live` database with what staff changed.

    Once a process: Rasa's actions take the database from the environment and keep it. Raises DamagedModelError.
    """
    with TemporaryDirectory(prefix="assistant-evaluation-") as folder:
        url = f"sqlite:///{folder}/assistant.db"
        key = SecretStr(Fernet.generate_key().decode())  # what is left in dialogues can be read by nobody afterwards
        own = settings.model_copy(update={"database_url": url, "contact_key": key, "messages_per_minute": 0})
        database = Database(url)
        upgrade(database.engine)
        with database.write() as session:
            if live is None:
                load_catalogue(session, settings.data_folder / "catalogue")
            else:
                copy_catalogue(live, session)
        with _variable(DATABASE_VARIABLE, url):
            # Recorded and dropped rather than filtered: importing Sanic puts a filter of its own before any of ours.
            with warnings.catch_warnings(record=True):
                desk = open_desk(own, database, archive)
            try:
                yield desk
            finally:
                database.close()


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
