"""What a typed text has to be before it is taken in, by whichever way it comes."""

from assistant.enquiries.errors import MessageRefusedError
from assistant.matching.cleaning import clean, count_characters

LONGEST_TEXT = 1000  # characters as a person counts them


def is_too_long(text: str) -> bool:
    """Whether a cleaned text is longer than one is taken in."""
    return count_characters(text) > LONGEST_TEXT


def pieces_of(text: str) -> list[str]:
    """A text in pieces no longer than one is taken in. They overlap by half, so that what matters is whole in one."""
    step = LONGEST_TEXT // 2
    return [text[start : start + LONGEST_TEXT] for start in range(0, max(len(text) - step, 1), step)]


def check_text(text: str) -> str:
    """The text, cleaned. Raises MessageRefusedError when nothing is left of it or it is too long."""
    cleaned = clean(text)
    if not cleaned:
        raise MessageRefusedError("The message is empty. Please type your question.")
    if is_too_long(cleaned):
        raise MessageRefusedError(f"The message is too long. Please shorten it to {LONGEST_TEXT:,} characters.")
    return cleaned
