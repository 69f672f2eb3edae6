"""Copy the catalogue as members see it from one database into another."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Contact, Offer, Person, Revision, RevisionState, SharedPart, Source, Topic
from assistant.db.engine import Database

TABLES = (Source, Contact, Offer, Person, Topic, SharedPart)  # what an offer refers to comes before it


def copy_catalogue(live: Database, session: Session) -> None:
    """Put every row into the session's database, whose catalogue is empty; of edits those that members see."""
    with live.read() as reading:
        for table in (model.__table__ for model in TABLES):
            if rows := reading.execute(select(table)).mappings().all():
                session.execute(table.insert(), [dict(row) for row in rows])  # type: ignore[attr-defined]
        table = Revision.__table__
        published = select(table).where(table.c.state == RevisionState.PUBLISHED.value)
        # Whoever made an edit stays where they are.
        if edits := [{**row, "staff_id": None} for row in reading.execute(published).mappings()]:
            session.execute(table.insert(), edits)  # type: ignore[attr-defined]
