"""What became of the questions an asker left."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.letters import LetterKind
from assistant.enquiries.models import Enquiry, FollowUp, FollowUpState, OutboxLetter
from assistant.enquiries.outcomes import MISSES
from assistant.messaging.models import Post, PostKind

IN_WORDS = {
    FollowUpState.OPEN: "your question is with the team and waits for an answer.",
    FollowUpState.ANSWERED: "your question was answered by e-mail.",
    FollowUpState.WITHDRAWN: "you withdrew your consent, so nobody will write to you.",
    FollowUpState.LAPSED: "it waited too long for an answer, so it was closed. You can leave your question again.",
}
ON_ITS_WAY = "the team has written an answer, which is on its way to you by e-mail."
ON_ITS_WAY_TO_CHAT = "the team has written an answer, which is on its way to your own chat with me."
ANSWERED_IN_CHAT = "the team has answered your question, in your own chat with me."
WEB = "web"
NOT_DELIVERED = (
    "the team has written an answer, but your mail server did not take our e-mail. Please leave your question again, "
    "with another address."
)
NOT_DELIVERED_TO_CHAT = (
    "the team has written an answer, but it could not be delivered to your own chat with me. Please leave your "
    "question again."
)


@dataclass(frozen=True)
class LeftQuestion:
    """A question left for a person, with its status as a sentence."""

    reference: str
    status: str


ANSWERED_HERE = "it was answered here."
NOT_ANSWERED = "I could not answer it. It is kept, and the team looks at the questions I could not answer."


def find_status(session: Session, conversation: str, reference: str) -> str | None:
    """The status of an enquiry as a sentence, or None when it is not of this conversation."""
    enquiry = session.get(Enquiry, reference)
    if enquiry is None or enquiry.conversation_id != conversation:
        return None
    left = session.get(FollowUp, reference)
    if left is not None:
        return _in_words(session, reference, left.state)
    return NOT_ANSWERED if enquiry.outcome is None or enquiry.outcome in MISSES else ANSWERED_HERE


def left_questions(session: Session, conversation: str) -> list[LeftQuestion]:
    """The questions left in this conversation, oldest first; never those of another."""
    rows = session.execute(
        select(FollowUp.reference, FollowUp.state)
        .join(Enquiry, Enquiry.reference == FollowUp.reference)
        .where(Enquiry.conversation_id == conversation)
        .order_by(FollowUp.consent_at)
    )
    return [LeftQuestion(reference, _in_words(session, reference, state)) for reference, state in rows]


def _in_words(session: Session, reference: str, state: str) -> str:
    """An answer counts as given once a mail server, or the asker's channel, took it."""
    if state != FollowUpState.ANSWERED:
        return IN_WORDS[FollowUpState(state)]
    # A letter is the last way: it is written where the channel did not take the answer.
    letter = session.scalars(
        select(OutboxLetter)
        .where(OutboxLetter.reference == reference, OutboxLetter.kind == LetterKind.ANSWER.value)
        .order_by(OutboxLetter.id.desc())
    ).first()
    if letter is None and session.get_one(Enquiry, reference).channel != WEB:
        return _in_chat(session, reference)
    if letter is not None and letter.sent_at is None:
        return ON_ITS_WAY if letter.next_try_at is not None else NOT_DELIVERED
    return IN_WORDS[FollowUpState.ANSWERED]


def _in_chat(session: Session, reference: str) -> str:
    post = session.scalars(
        select(Post).where(Post.reference == reference, Post.kind == PostKind.ANSWER.value).order_by(Post.id.desc())
    ).first()
    if post is None or (post.sent_at is None and post.next_try_at is None):
        return NOT_DELIVERED_TO_CHAT
    return ANSWERED_IN_CHAT if post.sent_at is not None else ON_ITS_WAY_TO_CHAT
