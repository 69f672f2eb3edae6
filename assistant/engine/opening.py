"""Put an enquiry desk together: database, live model, engine, key."""

import logging
import warnings

from assistant.db.engine import Database
from assistant.engine import lean
from assistant.engine.model_folder import get_newest_model
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import open_cipher
from assistant.enquiries.redactor import Redactor
from assistant.matching.names.learning import open_names
from assistant.matching.safety.judge import SafetyJudge
from assistant.matching.safety.sense import open_sense
from assistant.settings import Settings


def quieten_rasa(level: int = logging.WARNING) -> None:
    """Keep Rasa from printing messages and slots."""
    import rasa.utils.log_utils

    rasa.utils.log_utils.configure_structlog(level)


def open_desk(settings: Settings, database: Database) -> EnquiryDesk:
    """A desk that answers with the newest model; takes seconds. Raises NoModelError, ContactKeyError,
    CareExamplesError, NameExamplesError.
    """
    cipher = open_cipher(settings)
    model = get_newest_model(settings.models_folder)
    lean.install()
    # Of libraries that Rasa pins to old versions: nothing a reader could act on. Recorded, because some of them put
    # filters of their own before any of ours.
    with warnings.catch_warnings(record=True):
        from assistant.engine.rasa_engine import RasaEngine

        quieten_rasa()
        # The dialogue's state is thrown away sooner or later, and a fsync a turn would cost as much as the answer.
        engine = RasaEngine(model, Database(settings.database_url, durable=False))
    sense = open_sense(settings.encoder_graph, settings.data_folder, settings.care_folder)
    names = open_names(settings.encoder_graph, settings.data_folder, settings.names_folder)
    redactor = Redactor(database, settings, names.find)
    judge = SafetyJudge(sense, lambda text: desk.engine.knows(text), names.find)
    desk = EnquiryDesk(database, engine, cipher, settings, redactor, judge)
    desk.take_signposts()
    return desk
