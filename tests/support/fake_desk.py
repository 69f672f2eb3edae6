"""A desk whose engine is a fake, and whose redactor knows identifiers and published people but no other names."""

from collections.abc import Callable

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import Engine
from assistant.enquiries.redactor import Redactor
from assistant.matching.names.words import Span
from assistant.matching.safety import Care, judge_safety
from assistant.settings import Settings


def find_no_names(text: str) -> list[Span]:
    """Finding names is learnt, which takes seconds; tests/nlu judges it."""
    return []


def make_desk(
    database: Database,
    engine: Engine,
    cipher: Cipher,
    settings: Settings,
    judge: Callable[[str], Care | None] = judge_safety,
) -> EnquiryDesk:
    """A desk for tests that are not about names."""
    return EnquiryDesk(database, engine, cipher, settings, Redactor(database, settings, find_no_names), judge)
