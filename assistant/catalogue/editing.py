"""Edit the catalogue: drafts that nobody overwrites unseen, publishing, putting back what was, checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.catalogue.entry_checks import in_line, needs_check, read_content
from assistant.catalogue.errors import EditedMeanwhileError, EntryNotFoundError, EntryRefusedError, OwnerMissingError
from assistant.catalogue.kinds import ADDABLE, TABLES, Content, Kind, Place, content_of_row
from assistant.catalogue.models import Offer, Revision, RevisionState
from assistant.catalogue.revisions import History, find_content, read_history
from assistant.catalogue.signposts import Signpost
from assistant.catalogue.slugs import find_by_slug, make_slug
from assistant.db.base import now
from assistant.staff.audit import Act, record

WHY_LENGTH = 500
RESERVED = frozenset({"new"})  # an address of the console
NO_WHY = "Say in a sentence why, so that colleagues understand it later."
NOT_CHECKED = "Check the contact with its owner first, and then tick this."


@dataclass(frozen=True)
class Vouching:
    """Why something is published, and whether it was checked with its owner today."""

    why: str
    is_checked: bool


class CatalogueEditor:
    """Edits the catalogue for one member of staff. The caller commits; `signposts` are those in force.

    `basis` is what the edit was based on (History.basis): EditedMeanwhileError when that is no longer so.
    """

    def __init__(self, session: Session, staff_id: int, signposts: Sequence[Signpost], today: date) -> None:
        self._session = session
        self._staff_id = staff_id
        self._signposts = signposts
        self._today = today

    def create(self, kind: Kind, values: Content) -> Place:
        """Begin a new entry as a draft; its slug is made from its name. Raises EntryRefusedError."""
        if kind not in ADDABLE:
            raise EntryNotFoundError
        name = str(values.get("short_name") or values.get("name") or values.get("title") or "")
        place = Place(kind, make_slug(name, self._taken(kind)))
        self._add_draft(place, read_content(self._session, kind, {**values, "slug": place.slug}))
        return place

    def save(self, place: Place, values: Content, basis: str) -> None:
        """Keep the values as the entry's draft. Raises EntryRefusedError, EntryNotFoundError, EditedMeanwhileError."""
        history = self._locked(place, basis)
        standing = self._standing(place)
        if standing is None and history.draft is None:
            raise EntryNotFoundError
        content = read_content(self._session, place.kind, {**values, "slug": place.slug})
        if history.draft is None:
            self._add_draft(place, content)
            return
        history.draft.content = content
        history.draft.version += 1
        history.draft.staff_id = self._staff_id
        self._note(Act.EDITED, place, revision=history.draft.id)

    def discard(self, place: Place, basis: str) -> None:
        """Throw the draft away; what members see stays as it is."""
        draft = self._draft_of(self._locked(place, basis))
        draft.state = RevisionState.DISCARDED.value
        self._note(Act.EDITED, place, revision=draft.id, discarded=True)

    def publish(self, place: Place, basis: str, vouching: Vouching) -> None:
        """Show members the draft from now on. Raises EntryRefusedError too."""
        history = self._locked(place, basis)
        draft = self._draft_of(history)
        self._make_public(place, history, draft.content, vouching, draft)
        self._note(Act.PUBLISHED, place, revision=draft.id, checked=vouching.is_checked)

    def put_back(self, place: Place, number: int, basis: str, vouching: Vouching) -> None:
        """Show members an earlier revision again. A draft that is waiting goes on waiting."""
        history = self._locked(place, basis)
        earlier = history.find(number)
        if earlier is None or earlier.state != RevisionState.REPLACED.value:
            raise EntryNotFoundError
        revision = self._make_public(place, history, earlier.content, vouching)
        self._note(Act.UNDONE, place, revision=revision.id, of=number, checked=vouching.is_checked)

    def confirm(self, place: Place) -> None:
        """Keep that somebody made sure today that an offer, contact or signpost is right as it is."""
        if place.kind is Kind.SIGNPOSTS:
            self._confirm_signpost(place)
        elif place.kind in (Kind.OFFERS, Kind.CONTACTS):
            self._row(place).verified_on = self._today
        else:
            raise EntryNotFoundError
        self._note(Act.EDITED, place, checked=True)

    def _confirm_signpost(self, place: Place) -> None:
        standing = self._standing(place)
        if standing is None:
            raise EntryNotFoundError
        if not standing["owner"]:
            raise OwnerMissingError
        history = read_history(self._session, place, lock=True)
        vouching = Vouching("Checked with its owner; nothing was changed.", is_checked=True)
        self._make_public(place, history, standing, vouching)

    def _make_public(
        self, place: Place, history: History, content: Content, vouching: Vouching, draft: Revision | None = None
    ) -> Revision:
        standing = self._standing(place)
        self._refuse_unvouched(place, content, standing, vouching)
        # By today's rules: what the entry refers to may have gone meanwhile.
        content = read_content(self._session, place.kind, content)
        if place.kind is Kind.SIGNPOSTS:
            content["checked_on"] = self._today.isoformat()
        revision = self._replace(place, history, standing, content, vouching.why.strip(), draft)
        if place.kind is not Kind.SIGNPOSTS:
            self._write_row(place, content, is_checked=vouching.is_checked)
        if place.kind is Kind.OFFERS:
            self._bring_in_line(place.slug, content["related"], revision.why)
        return revision

    def _replace(
        self,
        place: Place,
        history: History,
        standing: Content | None,
        content: Content,
        why: str,
        draft: Revision | None = None,
    ) -> Revision:
        """The draft, or a revision of its own, as the one that members see; what they saw is kept behind it."""
        before = history.published or self._keep_standing(place, standing)
        if before is not None:
            if before.published_at is None and standing is not None:
                before.content = standing  # the files may have changed since it was kept
            before.state = RevisionState.REPLACED.value
        revision = draft or self._new_revision(place, content, RevisionState.PUBLISHED)
        revision.content, revision.state, revision.why = content, RevisionState.PUBLISHED.value, why
        revision.staff_id, revision.published_at = self._staff_id, now()
        self._session.flush()
        return revision

    def _refuse_unvouched(self, place: Place, content: Content, standing: Content | None, vouching: Vouching) -> None:
        problems = {}
        if not vouching.why.strip():
            problems["why"] = NO_WHY
        elif len(vouching.why.strip()) > WHY_LENGTH:
            problems["why"] = f"It has more than {WHY_LENGTH} characters. Shorten it."
        if needs_check(place.kind, content, standing) and not vouching.is_checked:
            problems["checked"] = NOT_CHECKED
        if problems:
            raise EntryRefusedError(problems)

    def _write_row(self, place: Place, content: Content, *, is_checked: bool) -> None:
        table = TABLES[place.kind]
        row: Any = find_by_slug(self._session, table, place.slug)
        if row is None:
            row = table(slug=place.slug)
            if hasattr(table, "position"):
                row.position = (self._session.scalar(select(func.max(table.position))) or 0) + 1
            self._session.add(row)
        for name, value in content.items():
            setattr(row, name, value)
        row.edited_at = now()
        if is_checked and hasattr(table, "verified_on"):
            row.verified_on = self._today
        self._session.flush()
        self._session.expire(row)  # an offer would go on showing the contact it had

    def _bring_in_line(self, slug: str, related: Sequence[str], reason: str) -> None:
        """Offers are related to each other, so the other side of a relation changes as well, in its draft too."""
        for other in self._session.scalars(select(Offer).where(Offer.slug != slug)).all():
            place = Place(Kind.OFFERS, other.slug)
            content = content_of_row(Kind.OFFERS, other)
            wanted = in_line(content["related"], slug, is_related=other.slug in related)
            if wanted == content["related"]:
                continue
            history = read_history(self._session, place, lock=True)
            if draft := history.draft:
                draft.content = {**draft.content, "related": wanted}
                draft.version += 1
            why = f"Related to {slug}, which was published: {reason}"
            revision = self._replace(place, history, content, {**content, "related": wanted}, why)
            self._write_row(place, revision.content, is_checked=False)
            self._note(Act.PUBLISHED, place, revision=revision.id, related=slug)

    def _add_draft(self, place: Place, content: Content) -> None:
        if read_history(self._session, place).published is None:
            self._keep_standing(place, self._standing(place))
        try:
            with self._session.begin_nested():
                draft = self._new_revision(place, content, RevisionState.DRAFT)
                self._session.flush()
        except IntegrityError:  # somebody began one at the same moment
            raise EditedMeanwhileError from None
        self._note(Act.EDITED, place, revision=draft.id)

    def _keep_standing(self, place: Place, standing: Content | None) -> Revision | None:
        """Keep what members saw before the first edit, which nobody of staff wrote."""
        if standing is None:
            return None
        kept = self._new_revision(place, standing, RevisionState.PUBLISHED)
        kept.staff_id = None
        self._session.flush()
        return kept

    def _new_revision(self, place: Place, content: Content, state: RevisionState) -> Revision:
        revision = Revision(
            kind=place.kind.value,
            slug=place.slug,
            content=content,
            staff_id=self._staff_id,
            state=state.value,
            why="",
            version=0,
        )
        self._session.add(revision)
        return revision

    def _locked(self, place: Place, basis: str) -> History:
        history = read_history(self._session, place, lock=True)
        if history.basis != basis:
            raise EditedMeanwhileError
        return history

    def _draft_of(self, history: History) -> Revision:
        if history.draft is None:
            raise EntryNotFoundError
        return history.draft

    def _standing(self, place: Place) -> Content | None:
        return find_content(self._session, place, self._signposts)

    def _row(self, place: Place) -> Any:
        row = find_by_slug(self._session, TABLES[place.kind], place.slug)
        if row is None:
            raise EntryNotFoundError
        return row

    def _taken(self, kind: Kind) -> set[str]:
        rows = self._session.scalars(select(TABLES[kind].slug))
        revisions = self._session.scalars(select(Revision.slug).where(Revision.kind == kind.value))
        return {*rows, *revisions, *RESERVED}

    def _note(self, act: Act, place: Place, **details: int | bool | str | None) -> None:
        record(self._session, act, self._staff_id, place.subject, dict(details))
