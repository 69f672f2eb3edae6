"""What a name and an address have to be before a question is left with them, by API or by page."""

from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.steps import LONGEST_NAME, valid_address
from assistant.matching.cleaning import clean


def check_name(name: str) -> str:
    """The name, cleaned. Raises MessageRefusedError when nothing is left of it or it is too long."""
    cleaned = clean(name)
    if not cleaned or len(cleaned) > LONGEST_NAME:
        raise MessageRefusedError(f"Please give a name of up to {LONGEST_NAME} characters.")
    return cleaned


def check_address(address: str) -> str:
    """The e-mail address in its normal form. Raises MessageRefusedError when mail cannot be sent to it."""
    valid = valid_address(clean(address))
    if not valid:
        raise MessageRefusedError("That does not look like an e-mail address. Please check it.")
    return valid
