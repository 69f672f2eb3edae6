"""What a model is made of: the same ingredients make the same model, and new ones are a reason to train."""

import hashlib
import platform
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from assistant.catalogue.examples import list_examples
from assistant.catalogue.names import list_names
from assistant.learning.training import CONFIG, DOMAIN, RASA_DATA
from assistant.review.training_sentences import read_training_sentences
from assistant.settings import Settings

CODE = ("matching", "nlu")  # rooms whose code decides what is learnt


def fingerprint(session: Session, settings: Settings) -> str:
    """SHA-256 of all that training reads: files, approved examples, names, and the code that learns."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    files = [CONFIG, DOMAIN, *(file for room in CODE for file in sorted((package / room).rglob("*.py")))]
    files += [file for name in RASA_DATA for file in sorted((settings.data_folder / name).rglob("*.yml"))]
    for file in files:
        if file.exists():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for example in list_examples(session):
        digest.update(f"{example.label}\0{example.text}\0".encode())
    for label, names in sorted(list_names(session).items()):
        digest.update(f"{label}\0{names}\0".encode())
    return digest.hexdigest()


def describe(session: Session, settings: Settings) -> dict[str, Any]:
    """What a model's registration says of how it was made."""
    sentences, approved = read_training_sentences(settings.data_folder), list_examples(session)
    labels = Counter([label for _, label in sentences] + [example.label for example in approved])
    return {
        "sentences": len(sentences),
        "approved_examples": len(approved),
        "labels": len(labels),
        "config": hashlib.sha256(CONFIG.read_bytes()).hexdigest(),
        "rasa": version("rasa"),
        "python": platform.python_version(),
    }
