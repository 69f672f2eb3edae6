"""Put an enquiry desk together: database, live model, engine, key."""

import logging
import warnings
from functools import lru_cache
from pathlib import Path

from assistant.db.engine import Database
from assistant.engine import lean
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import open_cipher
from assistant.enquiries.engine import Engine
from assistant.enquiries.redactor import Redactor
from assistant.errors import AssistantError
from assistant.matching.names.learning import open_names
from assistant.matching.safety.judge import SafetyJudge
from assistant.matching.safety.sense import open_sense
from assistant.registry.errors import DamagedModelError
from assistant.registry.live import open_live_archive
from assistant.settings import Settings


def quieten_rasa(level: int = logging.WARNING) -> None:
    """Keep Rasa from printing messages and slots."""
    import rasa.utils.log_utils

    rasa.utils.log_utils.configure_structlog(level)


@lru_cache(maxsize=1)
def _open_states(url: str) -> Database:
    """The dialogue's state, which one engine takes over from another.

    It is thrown away sooner or later, and a fsync a turn would cost as much as the answer.
    """
    return Database(url, durable=False)


def open_engine(settings: Settings, archive: Path) -> Engine:
    """An engine that answers with the model of an archive; takes a second or more.

    Raises DamagedModelError for what Rasa cannot read, OutdatedModelError, TurnFailedError for one without a matcher.
    """
    lean.install()
    # Of libraries that Rasa pins to old versions: nothing a reader could act on. Recorded, because some of them put
    # filters of their own before any of ours.
    with warnings.catch_warnings(record=True):
        from assistant.engine.rasa_engine import RasaEngine

        quieten_rasa()
        try:
            return RasaEngine(archive, _open_states(settings.database_url))
        except AssistantError:
            raise
        except (Exception, SystemExit) as error:  # Rasa, tarfile and whatever unpickles raise all sorts
            raise DamagedModelError(f"The model {archive.name} cannot be read. It is not loaded.") from error


def open_desk(settings: Settings, database: Database, archive: Path | None = None) -> EnquiryDesk:
    """A desk that answers with the live model, or that of an archive; takes seconds.

    Raises NoModelError, DamagedModelError, StoreError, ContactKeyError, CareExamplesError, NameExamplesError.
    """
    cipher = open_cipher(settings)
    engine = open_engine(settings, archive or open_live_archive(settings, database))
    sense = open_sense(settings.encoder_graph, settings.data_folder, settings.care_folder)
    names = open_names(settings.encoder_graph, settings.data_folder, settings.names_folder)
    redactor = Redactor(database, settings, names.find)
    judge = SafetyJudge(sense, lambda text: desk.engine.knows(text), names.find)
    desk = EnquiryDesk(database, engine, cipher, settings, redactor, judge)
    desk.take_signposts()
    return desk
