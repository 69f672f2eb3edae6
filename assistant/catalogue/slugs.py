"""Slugs: their form, and finding a row by one."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count
from typing import TypeVar

from sqlalchemy.orm import Session

from assistant.catalogue.models import SLUG_LENGTH, FromFiles

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Row = TypeVar("Row", bound=FromFiles)


def is_slug(text: str) -> bool:
    """Whether `text` has the form of a slug: small letters, digits and single hyphens."""
    return len(text) <= SLUG_LENGTH and re.fullmatch(SLUG_PATTERN, text) is not None


def find_by_slug(session: Session, table: type[Row], slug: str) -> Row | None:
    """The row of `table` with this slug. What cannot be a slug never reaches the database."""
    return session.get(table, slug) if is_slug(slug) else None


def make_slug(name: str, taken: Collection[str]) -> str:
    """A slug that says the name and is not taken: with a number behind it where another has the name already."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "entry"
    for number in count(1):
        ending = f"-{number}" if number > 1 else ""
        slug = stem[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
        if slug not in taken:
            return slug
    raise AssertionError  # numbers do not end
