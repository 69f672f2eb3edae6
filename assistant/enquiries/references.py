"""The reference of an enquiry, which an asker can quote: easy to read out, impossible to guess in practice."""

import re
import secrets
import unicodedata

# Crockford's idea taken further: nothing that is mistaken for something else when read out or written by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = "23456789"
_GROUP = 4

_CHARACTER = f"[{ALPHABET}]"
_GAP = r"[\s\-\u2010-\u2015\u2212_:#]{0,3}"  # people write spaces, any dash, "ENQ: ...", or nothing
# A reference written loosely must hold a digit, as every one we give does: "enq next week" is not a reference.
REFERENCE_PATTERN = re.compile(
    rf"(?<!\w)ENQ(?=-{_CHARACTER}{{4}}-|(?:{_GAP}{_CHARACTER}){{0,7}}{_GAP}[2-9])"
    + "".join(rf"{_GAP}({''.join([_CHARACTER] * _GROUP)})" for _ in range(2))
    + r"(?!\w)",
    re.IGNORECASE | re.ASCII,
)
"""A reference as people write it; its two groups are the two halves."""


def new_reference() -> str:
    """A new reference such as ENQ-7K3F-92QD, one of about 600 thousand million, with at least one digit."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(2 * _GROUP))
        if any(character in _DIGITS for character in code):
            return f"ENQ-{code[:_GROUP]}-{code[_GROUP:]}"


def find_references(text: str) -> list[str]:
    """The references quoted in `text`, each once, in order, as `new_reference` writes them."""
    folded = unicodedata.normalize("NFKC", text)
    found = (f"ENQ-{match[1]}-{match[2]}".upper() for match in REFERENCE_PATTERN.finditer(folded))
    return list(dict.fromkeys(found))
