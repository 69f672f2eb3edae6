"""What staff published in the console, as changes to the files of data/catalogue.

The console wins over the files where staff edited an entry, as it does when the files are loaded. Entries that nobody
edited are left to the files, but for the day on which somebody checked them. Drafts are not exported.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.errors import CatalogueFileError, ExportRefusedError
from assistant.catalogue.file_changes import FileChange, read_exactly
from assistant.catalogue.files import read_catalogue
from assistant.catalogue.kinds import FORMS, TABLES, Kind
from assistant.catalogue.models import FromFiles
from assistant.catalogue.schema import Entry
from assistant.catalogue.signposts import in_force, read_signposts
from assistant.catalogue.yaml_edits import Values, add_entry, set_fields

Present = dict[Kind, dict[str, dict[str, Any]]]
"""By kind and slug, what the files say."""
Wanted = dict[Kind, dict[str, Values]]
"""By kind and slug, what an entry's fields have to say; fields that are not named stay as they are."""


def plan_catalogue(session: Session, folder: Path) -> list[FileChange]:
    """What has to change in the files of `folder` so that they say what members see.

    Raises CatalogueFileError when they cannot be read, ExportRefusedError when they would not read back exactly.
    """
    present = _read(folder)
    wanted = _wanted(session, folder, present)
    changes = [change for kind in wanted if (change := _plan_file(folder / f"{kind}.yml", wanted[kind], present[kind]))]
    if changes:
        _refuse_inexact(folder, changes, wanted)
    return changes


def _read(folder: Path) -> Present:
    catalogue = read_catalogue(folder)
    kinds: dict[Kind, Sequence[Entry]] = {kind: catalogue.kinds()[kind] for kind in TABLES}
    kinds[Kind.SIGNPOSTS] = read_signposts(folder)
    return {kind: {entry.slug: entry.model_dump(by_alias=True) for entry in entries} for kind, entries in kinds.items()}


def _wanted(session: Session, folder: Path, present: Present) -> Wanted:
    wanted: Wanted = {kind: dict(_wanted_rows(session, kind, present[kind])) for kind in TABLES}
    signposts = in_force(session, read_signposts(folder))
    wanted[Kind.SIGNPOSTS] = {signpost.slug: signpost.model_dump() for signpost in signposts}
    return wanted


def _wanted_rows(
    session: Session, kind: Kind, present: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    table = TABLES[kind]
    order = [getattr(table, name) for name in ("position", "slug") if hasattr(table, name)]
    for row in session.scalars(select(table).order_by(*order)):
        checked_on = getattr(row, "verified_on", None)
        if row.edited_at is not None:
            yield row.slug, _fields(kind, row)
        elif row.slug in present and checked_on is not None:
            in_file = present[row.slug]["verified_on"]
            yield row.slug, {"verified_on": max(checked_on, in_file or checked_on)}


def _fields(kind: Kind, row: FromFiles) -> dict[str, Any]:
    return {info.alias or name: getattr(row, name) for name, info in FORMS[kind].model_fields.items()}


def _plan_file(path: Path, wanted: dict[str, Values], present: dict[str, dict[str, Any]]) -> FileChange | None:
    before = text = read_exactly(path)
    added, changed = [], []
    for slug, values in wanted.items():
        if slug not in present:
            text = add_entry(text, _without_defaults(Kind(path.stem), values))
            added.append(slug)
        elif changes := {name: value for name, value in values.items() if present[slug][name] != value}:
            text = set_fields(text, slug, changes)
            changed.append(slug)
    if text == before:
        return None
    done = {"changed": changed, "added": added}
    return FileChange(path, text, "; ".join(_count(slugs, word) for word, slugs in done.items() if slugs))


def _count(slugs: Sequence[str], word: str) -> str:
    return f"{len(slugs)} {'entry' if len(slugs) == 1 else 'entries'} {word} ({', '.join(slugs)})"


def _without_defaults(kind: Kind, values: Values) -> Values:
    """Without the fields that may be left out and say nothing."""
    fields = FORMS[kind].model_fields
    optional = {info.alias or name: info.default for name, info in fields.items() if not info.is_required()}
    return {name: value for name, value in values.items() if name not in optional or value != optional[name]}


def _refuse_inexact(folder: Path, changes: Sequence[FileChange], wanted: Wanted) -> None:
    """Read a copy with the changes as any load would, and compare it."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for file in folder.glob("*.yml"):
            shutil.copy(file, copy)
        for change in changes:
            (copy / change.path.name).write_bytes(change.text.encode("utf-8"))
        try:
            read = _read(copy)
        except CatalogueFileError as error:
            head = "With the console's edits, the files would not fit together:"
            raise ExportRefusedError("\n".join([head, *map(str, error.problems)])) from None
    for kind, entries in wanted.items():
        for slug, values in entries.items():
            if {name: read[kind].get(slug, {}).get(name) for name in values} != dict(values):
                advice = "The file is written in a way that cannot be edited here. Write the entry like its neighbours."
                raise ExportRefusedError(f"{kind}.yml, entry {slug}: {advice}")
