"""Bring approved examples and the catalogue's names from the database into training, beside data/nlu."""

import logging
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.catalogue.examples import list_examples
from assistant.catalogue.names import list_names
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.matching.labels import slug_of
from assistant.review.training_sentences import leave_out_taught
from assistant.settings import load_settings

logger = logging.getLogger(__name__)


class Example(Message):
    """A message that is quick to copy and to know again.

    Rasa copies all of them to their depth five times, and strips and compares them each time, which takes seconds.
    """

    _cached_fingerprint: str | None  # Rasa's own; None when it has to be worked out

    @classmethod
    def of(cls, message: Message) -> "Example":
        """The same message, its fingerprint known as it was."""
        example = cls(message.data, message.output_properties, message.time, message.features)
        example._cached_fingerprint = message.fingerprint()
        return example

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """As Rasa's, but what is set to what it is already keeps its fingerprint."""
        known = self._cached_fingerprint if info is self.get(prop) else None
        super().set(prop, info, add_to_output)
        self._cached_fingerprint = known

    def __deepcopy__(self, memo: dict[int, Any]) -> "Example":
        return Example.of(self)


class DatabaseImporter(RasaFileImporter):
    """Rasa's files, plus what reviewers approved and staff named. No file is edited by hand for either."""

    _nlu_data: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The sentences of data/nlu with the database's examples; the names come as one lookup table a label.

        Rasa asks twice, once for the domain; reading the files takes seconds, so what was read is kept.
        """
        if self._nlu_data is None:
            from_files = super().get_nlu_data(language)
            from_files.training_examples = [Example.of(message) for message in from_files.training_examples]
            from_database = self._from_database(from_files)
            labels = {
                str(example.get_full_intent())
                for example in (*from_files.training_examples, *from_database.training_examples)
            }
            self._nlu_data = from_files.merge(from_database, TrainingData(responses=_responses(labels)))
        return self._nlu_data

    def _from_database(self, from_files: TrainingData) -> TrainingData:
        taught = [(str(each.get("text")), str(each.get_full_intent())) for each in from_files.training_examples]
        database = Database(load_settings().database_url)
        try:
            with database.read() as session:
                new = leave_out_taught(list_examples(session), taught)
                examples = [_message(example.text, example.label) for example in new]
                tables: list[dict[str, Any]] = [
                    {"name": label, "elements": names} for label, names in list_names(session).items()
                ]
        except DatabaseUnavailableError:
            logger.warning(
                "Training without the database: it has no catalogue yet. Run 'assistant catalogue load' to train with "
                "the names of offers and people and with approved examples."
            )
            return TrainingData()
        finally:
            database.close()
        return TrainingData(training_examples=examples, lookup_tables=tables)


def _responses(labels: set[str]) -> dict[str, list[dict[str, str]]]:
    """Rasa asks for a response for each leaf, for its response selector; ours are put together by actions."""
    return {f"utter_{label}": [{"text": slug_of(label)}] for label in sorted(labels) if slug_of(label)}


def _message(text: str, label: str) -> Message:
    return Message.build(text=text, intent=label)
