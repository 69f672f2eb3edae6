"""Slugs: their form, and finding a row by one."""

import re
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
