"""What a typed text has to be before it is taken in, by whichever way it comes."""

from assistant.enquiries.errors import MessageRefusedError
from assistant.matching.cleaning import clean, count_characters

LONGEST_TEXT = 1000  # characters as a person counts them


def check_text(text: str) -> str:
    """The text, cleaned. Raises MessageRefusedError when nothing is left of it or it is too long."""
    cleaned = clean(text)
    if not cleaned:
        raise MessageRefusedError("The message is empty. Please type your question.")
    if count_characters(cleaned) > LONGEST_TEXT:
        raise MessageRefusedError(f"The message is too long. Please shorten it to {LONGEST_TEXT:,} characters.")
    return cleaned
