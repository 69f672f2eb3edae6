"""Signposts: where people in need are pointed to, and whether somebody has confirmed that this still holds."""

import json
import logging
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.checks import repeated_slugs
from assistant.catalogue.errors import Problem, SignpostFileError
from assistant.catalogue.files import read_entries
from assistant.catalogue.models import Revision, RevisionState
from assistant.catalogue.schema import Entry, Name, Nation, NoRepeats

logger = logging.getLogger(__name__)

KIND = "signposts"
CLOSED = "nationalguardian.org.uk"  # the National Guardian's Office is no more
FRESH_DAYS = 90  # so long a confirmation holds, the last day included

Phone = Annotated[str, StringConstraints(pattern=r"^[0-9]+( [0-9]+)*$")]
Text = Annotated[str, StringConstraints(pattern=r"^[A-Z]+ to [0-9]+$")]


class SignpostState(StrEnum):
    """Whether a signpost can be trusted on a given day."""

    CONFIRMED = "confirmed"
    AWAITING = "awaiting confirmation"
    STALE = "stale"


class Signpost(Entry):
    """One entry of signposts.yml. What is not stated is written as null or [], so nothing is left out."""

    name: Name
    purpose: Name
    phone: Phone | None
    text: Text | None
    nations: Annotated[list[Nation], NoRepeats]
    owner: Name | None
    source: Name
    # Strict, because a number would be read as seconds since 1970.
    checked_on: Annotated[date, Field(strict=True)] | None

    @model_validator(mode="after")
    def _refuse_contradictions(self) -> Self:
        if self.phone and self.text:
            raise ValueError("It has both phone and text. Make two entries of it")
        if self.checked_on and not self.owner:
            raise ValueError("It has checked_on and no owner. Name the role that confirmed it")
        if CLOSED in self.name.casefold():
            raise ValueError(f"{CLOSED} is closed. Point to the organisation's own guardian")
        return self

    @property
    def way(self) -> str:
        """What a reply says in its place: the phone number, what to text and where to, or else the name."""
        return self.phone or self.text or self.name

    def state(self, day: date) -> SignpostState:
        """The state on `day`. A confirmation that lies in the future counts as none."""
        if self.checked_on is None or self.checked_on > day:
            return SignpostState.AWAITING
        return SignpostState.STALE if (day - self.checked_on).days > FRESH_DAYS else SignpostState.CONFIRMED


def read_signposts(folder: Path) -> list[Signpost]:
    """Read and check signposts.yml of `folder`. Raises SignpostFileError with everything that is wrong."""
    problems: list[Problem] = []
    signposts = read_entries(folder, KIND, Signpost, problems)
    problems = problems or list(repeated_slugs({KIND: signposts}))
    if problems:
        raise SignpostFileError(problems)
    return signposts


def in_force(session: Session, from_file: Sequence[Signpost]) -> list[Signpost]:
    """The signposts of the file, each as staff published it last. One that nobody edited is as the file has it."""
    published = _published(session)
    return [published.get(signpost.slug, signpost) for signpost in from_file]


def _published(session: Session) -> dict[str, Signpost]:
    rows = session.scalars(
        select(Revision)
        .where(
            Revision.kind == KIND,
            Revision.state == RevisionState.PUBLISHED.value,
            Revision.published_at.is_not(None),
        )
        .order_by(Revision.id)
    )
    found = {}
    for row in rows:
        try:
            # Through JSON, where a date is a string and yet no other kind of value becomes one.
            found[row.slug] = Signpost.model_validate_json(json.dumps(row.content))
        except ValidationError:  # of another version of ours; the file's entry is right at least
            logger.error("The published signpost %s cannot be read, so that of the file is used.", row.slug)
    return found
