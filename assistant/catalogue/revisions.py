"""The revisions of an entry: what members see, what is being written, and what was before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.kinds import TABLES, Content, Kind, Place, content_of_row
from assistant.catalogue.models import Revision, RevisionState
from assistant.catalogue.signposts import Signpost
from assistant.catalogue.slugs import find_by_slug, is_slug


@dataclass(frozen=True)
class History:
    """The revisions of one entry, newest first."""

    revisions: Sequence[Revision]

    @property
    def draft(self) -> Revision | None:
        """What is being written; there is one at most."""
        return self._newest(RevisionState.DRAFT)

    @property
    def published(self) -> Revision | None:
        """What members see, if it was ever edited; without `published_at` it is what the files say."""
        return self._newest(RevisionState.PUBLISHED)

    @property
    def basis(self) -> str:
        """What an edit is based on: it differs as soon as somebody else saved or published anything."""
        draft, published = self.draft, self.published
        written = f"{draft.id}.{draft.version}" if draft else ""
        return f"{written}-{published.id if published else 0}"

    def find(self, number: int) -> Revision | None:
        """The revision of this number, if it is one of this entry."""
        return next((revision for revision in self.revisions if revision.id == number), None)

    def _newest(self, state: RevisionState) -> Revision | None:
        return next((revision for revision in self.revisions if revision.state == state.value), None)


def read_history(session: Session, place: Place, *, lock: bool = False) -> History:
    """The revisions of an entry; with `lock` nobody else changes them before the transaction ends."""
    if not is_slug(place.slug):
        return History(())
    query = (
        select(Revision)
        .where(Revision.kind == place.kind.value, Revision.slug == place.slug)
        .order_by(Revision.id.desc())
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return History(session.scalars(query).all())


def list_drafts(session: Session) -> dict[Place, Revision]:
    """Every draft by its place."""
    drafts = session.scalars(select(Revision).where(Revision.state == RevisionState.DRAFT.value).order_by(Revision.id))
    return {Place(Kind(draft.kind), draft.slug): draft for draft in drafts}


def find_content(session: Session, place: Place, signposts: Iterable[Signpost]) -> Content | None:
    """What members see of an entry now. `signposts` are those in force; nothing else of them is in a table."""
    if place.kind is Kind.SIGNPOSTS:
        found = next((signpost for signpost in signposts if signpost.slug == place.slug), None)
        return found.model_dump(mode="json") if found else None
    row = find_by_slug(session, TABLES[place.kind], place.slug)
    return content_of_row(place.kind, row) if row else None
