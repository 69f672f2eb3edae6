"""Bring the database's catalogue in line with the files, leaving alone what staff edited."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.errors import CatalogueFileError, Problem
from assistant.catalogue.files import read_catalogue
from assistant.catalogue.models import Contact, FromFiles, Offer, Person, SharedPart, Source, Topic
from assistant.catalogue.schema import ContactEntry, Entry

TABLES: dict[str, type[FromFiles]] = {
    "sources": Source,
    "contacts": Contact,
    "offers": Offer,
    "people": Person,
    "topics": Topic,
    "shared_parts": SharedPart,
}


@dataclass
class KindReport:
    """What a load did with one kind of entry, as slugs.

    `kept` are rows that differ from the files on purpose: edited by staff, or gone from the files but still used by
    an offer. An offer in `removed` is only no longer active.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The counts, with the slugs of everything but the unchanged."""
        parts = [
            f"{len(slugs)} {word}" + (f" ({', '.join(slugs)})" if word != "unchanged" else "")
            for word, slugs in vars(self).items()
            if slugs
        ]
        return "; ".join(parts) or "nothing"


@dataclass
class LoadReport:
    """What a load did, by kind: sources, contacts, offers, people, topics, shared_parts."""

    kinds: dict[str, KindReport]

    def __str__(self) -> str:
        """One line a kind."""
        return "\n".join(f"{kind.replace('_', ' ')}: {report}" for kind, report in self.kinds.items())


def load_catalogue(session: Session, folder: Path) -> LoadReport:
    """Load every file of `folder`. The caller commits.

    All files are read and checked first; CatalogueFileError says what is wrong, and then nothing was changed. Loading
    the same files again changes nothing. Offers that are gone from the files are made inactive, because enquiries refer
    to them; other rows that are gone are deleted.
    """
    catalogue = read_catalogue(folder)
    rows = {kind: {row.slug: row for row in session.scalars(select(table))} for kind, table in TABLES.items()}
    _refuse_taken_addresses(rows["contacts"], catalogue.contacts)
    report = LoadReport({kind: KindReport() for kind in TABLES})
    for kind, entries in catalogue.kinds().items():
        _write(session, TABLES[kind], entries, rows[kind], report.kinds[kind])
    # Offers must have let go of a contact before it can be deleted.
    session.flush()
    used = {slug for offer in session.scalars(select(Offer)) for slug in (offer.contact_slug, offer.source_slug)}
    for kind, entries in catalogue.kinds().items():
        gone = [row for slug, row in rows[kind].items() if slug not in {entry.slug for entry in entries}]
        _remove(session, gone, used, report.kinds[kind])
    session.flush()
    # An offer in the session would go on showing the contact it had.
    session.expire_all()
    return report


def _write(
    session: Session,
    table: type[FromFiles],
    entries: Sequence[Entry],
    rows: dict[str, FromFiles],
    report: KindReport,
) -> None:
    for position, entry in enumerate(entries, start=1):
        row = rows.get(entry.slug)
        values = _values(table, entry, position, row)
        if row is None:
            session.add(table(**values))
            report.added.append(entry.slug)
        elif row.edited_at is not None:
            if "position" in values:  # the order is always that of the files
                row.position = position  # type: ignore[attr-defined]
            report.kept.append(entry.slug)
        elif all(getattr(row, name) == value for name, value in values.items()):
            report.unchanged.append(entry.slug)
        else:
            for name, value in values.items():
                setattr(row, name, value)
            report.updated.append(entry.slug)


def _values(table: type[FromFiles], entry: Entry, position: int, row: FromFiles | None) -> dict[str, Any]:
    values = entry.model_dump()
    if hasattr(table, "position"):
        values["position"] = position
    if isinstance(row, Offer | Contact):  # staff check these in the console without editing them
        values["verified_on"] = max(filter(None, (values["verified_on"], row.verified_on)), default=None)
    return values


def _remove(session: Session, gone: Sequence[FromFiles], used: set[str | None], report: KindReport) -> None:
    for row in gone:
        is_used = isinstance(row, Contact | Source) and row.slug in used
        if row.edited_at is not None or is_used:
            report.kept.append(row.slug)
        elif not isinstance(row, Offer):
            session.delete(row)
            report.removed.append(row.slug)
        elif row.active:
            row.active = False
            report.removed.append(row.slug)


def _refuse_taken_addresses(rows: dict[str, FromFiles], entries: Sequence[ContactEntry]) -> None:
    """Addresses are unique in the table, and its own refusal would come too late to name the entry."""
    owner = {row.email.lower(): row.slug for row in rows.values() if isinstance(row, Contact)}
    problems = []
    for entry in entries:
        row = rows.get(entry.slug)
        other = owner.get(entry.email.lower(), entry.slug)
        if other != entry.slug and (row is None or row.edited_at is None):
            advice = f"The database has this address as contact '{other}'. Give the entry that slug or another address."
            problems.append(Problem("contacts.yml", advice, entry.slug, "email"))
    if problems:
        raise CatalogueFileError(problems)
