"""What a model is made of: the same ingredients make the same model, and new ones are a reason to train."""

import hashlib
import platform
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from assistant.catalogue.models import Example
from assistant.catalogue.names import list_names
from assistant.learning.training import CONFIG, DOMAIN
from assistant.review.training_sentences import list_untaught, read_training_sentences
from assistant.settings import Settings

DIALOGUES = ("rules", "stories")
CODE = ("matching", "nlu")  # rooms whose code decides what is learnt


def fingerprint(session: Session, settings: Settings) -> str:
    """SHA-256 of all that training reads: sentences, approved examples, dialogues, names, and the code that learns."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    files = [CONFIG, DOMAIN, *(file for room in CODE for file in sorted((package / room).rglob("*.py")))]
    files += [file for name in DIALOGUES for file in sorted((settings.data_folder / name).rglob("*.yml"))]
    for file in files:
        if file.exists():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    # The same sentences make the same model, whether they stand in data/nlu or in the database.
    taught = [*read_training_sentences(settings.data_folder), *_pairs(list_untaught(session, settings.data_folder))]
    digest.update("\0".join(f"{label}\0{text}" for text, label in sorted(taught)).encode())
    digest.update(version("rasa").encode())
    for label, names in sorted(list_names(session).items()):
        digest.update(f"{label}\0{names}\0".encode())
    return digest.hexdigest()


def describe(session: Session, settings: Settings) -> dict[str, Any]:
    """What a model's registration says of how it was made."""
    sentences, approved = read_training_sentences(settings.data_folder), list_untaught(session, settings.data_folder)
    labels = Counter([label for _, label in sentences] + [example.label for example in approved])
    return {
        "sentences": len(sentences),
        "approved_examples": len(approved),
        "labels": len(labels),
        "config": hashlib.sha256(CONFIG.read_bytes()).hexdigest(),
        "rasa": version("rasa"),
        "python": platform.python_version(),
    }


def _pairs(examples: Iterable[Example]) -> list[tuple[str, str]]:
    return [(example.text, example.label) for example in examples]
