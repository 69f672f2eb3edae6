"""What the e-mails to askers say."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.settings import Settings

# Anybody may leave anybody's address. A name must not carry a link or an address into somebody else's mailbox.
NOT_IN_A_GREETING = re.compile(r"[/:@<>\\]|\.\w|www", re.IGNORECASE)


class LetterKind(StrEnum):
    """Why we write."""

    LAPSED = "lapsed"
    """The question could not be answered in time; name and address are removed."""
    ANSWER = "answer"
    """Staff wrote an answer."""


@dataclass(frozen=True)
class Letter:
    """Subject and plain text. The subject says nothing of the matter: it is shown on locked screens."""

    subject: str
    body: str


def write_letter(kind: LetterKind, name: str, reference: str, settings: Settings, answer: str = "") -> Letter:
    """The letter of this kind to the asker of this name, about the question of this reference.

    None repeats the question: it may be sensitive, e-mail is read on shared screens, and whoever asked may have given
    somebody else's address.
    """
    text = _lapsed(reference, settings) if kind is LetterKind.LAPSED else _answered(reference, settings, answer)
    return Letter(f"Your question {reference}", f"{_greeting(name)}\n\n{text}")


def withdrawal_note(link: str) -> str:
    """What every letter ends with."""
    return (
        "To withdraw your consent, and have removed what we still keep of you and of your question, open this page "
        f"and press its button:\n\n{link}\n"
    )


def _greeting(name: str) -> str:
    plain = " ".join(name.split())
    return f"Hello {plain}," if plain and not NOT_IN_A_GREETING.search(plain) else "Hello,"


def _answered(reference: str, settings: Settings, answer: str) -> str:
    return (
        f"You left a question with us, and we gave it the reference {reference}. This is our answer.\n\n"
        f"{answer}\n\n"
        f"If you would like to know more, please write to {settings.general_email} or ring "
        f"{settings.general_phone}.\n\n"
        "We have closed your question with this letter. Your name and e-mail address will be removed "
        f"{settings.keep_contact_days} days from now, or at once if you withdraw your consent.\n\n"
        "Thank you for asking.\n"
    )


def _lapsed(reference: str, settings: Settings) -> str:
    return (
        f"You left a question with us, and we gave it the reference {reference}. We are sorry: we could not answer it "
        f"within {settings.close_waiting_days} days.\n\n"
        "We do not keep questions for longer than that, so we have closed yours. Your name and e-mail address will be "
        f"removed {settings.keep_contact_days} days from now, or at once if you withdraw your consent.\n\n"
        f"If you would still like an answer, please write to {settings.general_email} or ring "
        f"{settings.general_phone}.\n\n"
        "Thank you for asking.\n"
    )
