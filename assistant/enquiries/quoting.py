"""What staff wrote to askers may quote them: with an asker, their words go from it too.

The tables belong to assistant.review, which stands above this room and is not imported: they are known by name.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Integer, Select, String, Text, column, delete, select, table, update
from sqlalchemy.orm import Session

from assistant.enquiries.models import Enquiry, Message

ANSWERS = table("written_answers", column("id", Integer), column("text", Text))
DELIVERIES = table("deliveries", column("answer_id", Integer), column("reference", String))
QUOTING_TABLES = (ANSWERS.name, DELIVERIES.name)

ERASED = "[erased]"
FEWEST_WORDS = 3  # of a sentence, to be found again as a quotation; fewer stand in anybody's answer
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def unquote(session: Session, conversation: str) -> None:
    """Take the asker's words out of what was written to them and others; what was to nobody else goes altogether.

    To be called while their enquiries and messages are still there.
    """
    own = session.scalars(select(Enquiry.reference).where(Enquiry.conversation_id == conversation)).all()
    theirs = select(DELIVERIES.c.answer_id).where(DELIVERIES.c.reference.in_(own))
    others = select(DELIVERIES.c.answer_id).where(DELIVERIES.c.reference.not_in(own))
    session.execute(delete(ANSWERS).where(ANSWERS.c.id.in_(theirs), ANSWERS.c.id.not_in(others)))
    said = [text for each in (Enquiry, Message) for text in session.scalars(_words(each, conversation)) if text]
    for number, written in session.execute(select(ANSWERS.c.id, ANSWERS.c.text).where(ANSWERS.c.id.in_(theirs))).all():
        left = without_words(written, said)
        if left != written:
            session.execute(update(ANSWERS).where(ANSWERS.c.id == number).values(text=left))


def without_words(written: str, said: Collection[str]) -> str:
    """A text without the sentences of what was said, however they are spaced and in whichever case."""
    for sentence in sorted({each for text in said for each in _sentences(text)}, key=len, reverse=True):
        words: Sequence[str] = sentence.split()
        if len(words) >= FEWEST_WORDS:
            quoted = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
            written = re.sub(quoted, ERASED, written, flags=re.IGNORECASE)
    return written


def _sentences(text: str) -> Iterator[str]:
    yield text.strip()
    for sentence in SENTENCE_END.split(text):
        yield sentence.strip().rstrip(".!?")


def _words(of: type[Enquiry] | type[Message], conversation: str) -> Select[tuple[str | None]]:
    return select(of.text).where(of.conversation_id == conversation)
