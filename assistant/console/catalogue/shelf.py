"""What the catalogue's pages show: the list, one entry with its history, what is due for a check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.editing import CatalogueEditor
from assistant.catalogue.entry_checks import needs_check
from assistant.catalogue.errors import EntryNotFoundError
from assistant.catalogue.kinds import TABLES, Content, Kind, Place, name_of
from assistant.catalogue.models import FromFiles, Revision, Stage
from assistant.catalogue.reminders import Due, is_due, list_due
from assistant.catalogue.revisions import History, find_content, list_drafts, read_history
from assistant.catalogue.signposts import Signpost, SignpostState, in_force
from assistant.db.base import LONDON, now
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.previews import preview
from assistant.staff.models import Staff

Tag = tuple[str, str]
"""Text and colour."""
DRAFT, EDITED, OFF = ("Draft waiting", "yellow"), ("Edited", "blue"), ("Off", "grey")
CHECK_DUE, UNPUBLISHED = ("Check due", "orange"), ("Not published", "white")
FILES = "the catalogue's files"


@dataclass(frozen=True)
class Line:
    """An entry in the list."""

    place: Place
    name: str
    detail: str
    tags: Sequence[Tag]


@dataclass(frozen=True)
class Entry:
    """An entry with everything that its pages show. `standing` is what members see, None before it is published."""

    place: Place
    name: str
    standing: Content | None
    history: History
    tags: Sequence[Tag]
    checked_on: date | None
    is_checked_at_times: bool
    staff: dict[int, str] = field(default_factory=dict)

    def who(self, revision: Revision) -> str:
        """Who made a revision."""
        if revision.staff_id is None:
            return FILES if revision.published_at is None else "somebody who has left"
        return self.staff.get(revision.staff_id, "somebody who has left")


class Shelf:
    """Reads the catalogue for pages."""

    def __init__(self, session: Session, desk: EnquiryDesk) -> None:
        self.session = session
        self.desk = desk
        self.signposts: list[Signpost] = in_force(session, desk.care.from_file)
        self.today = now().astimezone(LONDON).date()

    def editor(self, staff_id: int) -> CatalogueEditor:
        """Edits for this member of staff."""
        return CatalogueEditor(self.session, staff_id, self.signposts, self.today)

    def stages(self) -> list[tuple[str, list[Line]]]:
        """The offers by stage, those switched off too; an offer of two stages stands in both."""
        offers = self._rows(TABLES[Kind.OFFERS])
        drafts = list_drafts(self.session)
        lines = [(offer, self._line(Kind.OFFERS, offer, drafts)) for offer in offers]
        groups = [
            (stage.value.capitalize(), [line for offer, line in lines if stage in offer.stages]) for stage in Stage
        ]
        return [*groups, *self._unpublished(Kind.OFFERS, {offer.slug for offer in offers}, drafts)]

    def others(self) -> list[tuple[Kind, list[Line]]]:
        """People, topics, contacts and signposts."""
        drafts = list_drafts(self.session)
        lists: list[tuple[Kind, list[Line]]] = []
        for kind in (Kind.PEOPLE, Kind.TOPICS, Kind.CONTACTS):
            rows = self._rows(TABLES[kind])
            lines = [self._line(kind, row, drafts) for row in rows]
            for _, more in self._unpublished(kind, {row.slug for row in rows}, drafts):
                lines += more
            lists.append((kind, lines))
        posts = [self._signpost_line(post, drafts) for post in self.signposts]
        return [*lists, (Kind.SIGNPOSTS, posts)]

    def due(self) -> list[Due]:
        """What should be checked with its owner."""
        return list_due(self.session, self.signposts, self.today)

    def entry(self, place: Place) -> Entry:
        """One entry. Raises EntryNotFoundError when there is neither an entry nor a draft of one."""
        history = read_history(self.session, place)
        standing = find_content(self.session, place, self.signposts)
        if standing is None and history.draft is None:
            raise EntryNotFoundError
        drafts = {place: history.draft} if history.draft else {}
        checked_on, line = None, None
        if standing is None:
            line = Line(place, name_of(history.draft.content) if history.draft else "", "", [UNPUBLISHED])
        elif place.kind is Kind.SIGNPOSTS:
            post = next(post for post in self.signposts if post.slug == place.slug)
            checked_on, line = post.checked_on, self._signpost_line(post, drafts)
        else:
            row = self._row(place)
            checked_on, line = getattr(row, "verified_on", None), self._line(place.kind, row, drafts)
        is_checked = standing is not None and place.kind in (Kind.OFFERS, Kind.CONTACTS, Kind.SIGNPOSTS)
        names = self._names(revision.staff_id for revision in history.revisions)
        return Entry(place, line.name, standing, history, line.tags, checked_on, is_checked, names)

    def entry_exists(self, place: Place) -> bool:
        """Whether members see the entry."""
        return find_content(self.session, place, self.signposts) is not None

    def needs_check(self, place: Place, content: Content) -> bool:
        """Whether publishing this takes a check with the owner."""
        return needs_check(place.kind, content, find_content(self.session, place, self.signposts))

    def preview(self, kind: Kind, content: Content) -> dict[str, Any] | None:
        """What members see of this content."""
        return preview(self.session, kind, content, self.desk.settings, self.desk.care)

    def _row(self, place: Place) -> FromFiles:
        return self.session.get_one(TABLES[place.kind], place.slug)

    def _rows(self, table: type[Any]) -> list[Any]:
        order = table.position if hasattr(table, "position") else table.name
        return list(self.session.scalars(select(table).order_by(order, table.slug)))

    def _line(self, kind: Kind, row: Any, drafts: dict[Place, Any]) -> Line:
        place = Place(kind, row.slug)
        is_offer, is_off = kind is Kind.OFFERS, kind is Kind.OFFERS and not row.active
        detail = {Kind.PEOPLE: "role", Kind.CONTACTS: "email"}.get(kind)
        checks = is_offer or kind is Kind.CONTACTS
        tags = [
            *([DRAFT] if place in drafts else []),
            *([OFF] if is_off else []),
            *([CHECK_DUE] if checks and not is_off and is_due(row.verified_on, self.today) else []),
            *([EDITED] if row.edited_at else []),
        ]
        text = f"{row.tier.capitalize()} support" if is_offer else str(getattr(row, detail)) if detail else ""
        return Line(place, row.title if kind is Kind.TOPICS else row.name, text, tags)

    def _signpost_line(self, post: Signpost, drafts: dict[Place, Any]) -> Line:
        place = Place(Kind.SIGNPOSTS, post.slug)
        tags = [
            *([DRAFT] if place in drafts else []),
            *([CHECK_DUE] if post.state(self.today) is not SignpostState.CONFIRMED else []),
            *([EDITED] if post not in self.desk.care.from_file else []),
        ]
        return Line(place, post.name, post.phone or post.text or "", tags)

    def _unpublished(self, kind: Kind, known: set[str], drafts: dict[Place, Revision]) -> list[tuple[str, list[Line]]]:
        """Drafts of entries that members do not see yet, as a list of its own where there are any."""
        lines = [
            Line(place, name_of(draft.content), "", [UNPUBLISHED])
            for place, draft in drafts.items()
            if place.kind is kind and place.slug not in known
        ]
        return [("Not published yet", lines)] if lines else []

    def _names(self, ids: Iterable[int | None]) -> dict[int, str]:
        rows = self.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_({each for each in ids if each})))
        return {number: name for number, name in rows}


def moment_of(revision: Revision) -> datetime:
    """When a revision was published, or else begun."""
    return revision.published_at or revision.created_at
