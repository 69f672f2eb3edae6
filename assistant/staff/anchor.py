"""What vouches for the end of the record of acts, from outside the database.

The entries are bound to one another, so nothing in between can be changed unseen; whoever removes the last ones, or
writes all of them anew, leaves a record that holds by itself. So the server notes again and again, in a file of its own
and in its log, how far the record went and what its last hash was.
"""

import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import AssistantError
from assistant.staff.audit import FIRST_HASH, find_break
from assistant.staff.models import AuditEntry

FILE = "record-of-acts.json"
NAME_LENGTH = 16

logger = logging.getLogger(__name__)


class AnchorError(AssistantError):
    """The anchor's file cannot be read or written."""


@dataclass(frozen=True)
class Anchor:
    """The record of this database went up to this entry, which had this hash, when it was looked at, as ISO 8601."""

    database: str
    number: int = 0
    hash: str = FIRST_HASH
    at: str = ""

    @property
    def moment(self) -> datetime | None:
        """When that was; None before the first look."""
        return datetime.fromisoformat(self.at) if self.at else None


@dataclass(frozen=True)
class Verdict:
    """Whether the record is whole. `broken` is the first entry that is not as it was, or is missing."""

    entries: int
    broken: int | None
    anchor: Anchor


def check_record(session: Session, folder: Path) -> Verdict:
    """Look at every entry, and at whether the anchor still lies on the record. Raises AnchorError."""
    anchor = read_anchor(session, folder)
    broken = find_break(session)
    last = _last_entry(session)
    if broken is None and not _holds(session, anchor):
        broken = min(anchor.number, (last.number if last else 0) + 1)
    return Verdict(last.number if last else 0, broken, anchor)


def move_anchor(session: Session, folder: Path, moment: datetime) -> Anchor:
    """Note how far the record goes now, if what follows the anchor hangs together. Raises AnchorError.

    Where it does not, the anchor stays, as the proof.
    """
    anchor = read_anchor(session, folder)
    broken = find_break(session, anchor.number, anchor.hash) if _holds(session, anchor) else anchor.number
    if broken is not None:
        logger.critical("The record of acts was changed, at or before its entry %d. Run 'assistant doctor'.", broken)
        return anchor
    last = _last_entry(session)
    if last is None or last.number == anchor.number:
        return anchor
    anchor = Anchor(anchor.database, last.number, last.hash, moment.isoformat())
    _write_anchor(folder, anchor)
    # The log goes elsewhere, where who can write to this machine cannot mend it.
    logger.info("The record of acts goes up to entry %d, hash %s.", anchor.number, anchor.hash)
    return anchor


def read_anchor(session: Session, folder: Path) -> Anchor:
    """The anchor of this folder; before the first it lies at the record's beginning. Raises AnchorError.

    So does that of another database: whoever points the assistant to another one begins another record.
    """
    file = folder / FILE
    beginning = Anchor(_name_database(session))
    try:
        anchor = Anchor(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return beginning
    except (OSError, ValueError, TypeError) as error:
        raise AnchorError(f"{file} cannot be read: {type(error).__name__}.") from None
    return anchor if anchor.database == beginning.database else beginning


def _write_anchor(folder: Path, anchor: Anchor) -> None:
    file = folder / FILE
    new = file.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(asdict(anchor)), encoding="utf-8")
        os.replace(new, file)  # at no moment is there half a file
    except OSError as error:
        raise AnchorError(f"{file} cannot be written: {error.strerror}.") from None


def _name_database(session: Session) -> str:
    """Where the database is, without saying so."""
    url = session.get_bind().engine.url
    where = f"{url.host} {url.port} {url.database} {sorted(url.query.items())}"
    return hashlib.sha256(where.encode()).hexdigest()[:NAME_LENGTH]


def _holds(session: Session, anchor: Anchor) -> bool:
    if anchor.number == 0:
        return True
    entry = session.get(AuditEntry, anchor.number)
    return entry is not None and entry.hash == anchor.hash


def _last_entry(session: Session) -> AuditEntry | None:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
