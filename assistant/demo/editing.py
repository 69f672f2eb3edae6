"""What the invented staff edited: entries of the catalogue, examples for training, contacts that they made sure of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from assistant.catalogue.models import Contact, Example, ExampleState, FromFiles, Offer, Revision, RevisionState, Topic
from assistant.demo.acts import Acts
from assistant.demo.month import working_moment
from assistant.demo.script import Revised, Story
from assistant.staff.audit import Act
from assistant.staff.roles import Role

TABLES: Mapping[str, type[Offer] | type[Topic]] = {"offers": Offer, "topics": Topic}
NOT_EDITED = frozenset({"position", "edited_at", "verified_on"})  # nobody types these
UNTIL_PUBLISHED = timedelta(minutes=25)


def edit(
    session: Session, story: Story, staff: Mapping[Role, int], acts: Acts, random: Random, moment: datetime
) -> None:
    """Everything of the story that is about the catalogue and what is trained on."""
    for revised in story.revisions:
        at = working_moment(random, moment, revised.days_ago)
        _revise(session, revised, staff[revised.by], at, acts)
    for proposed in story.proposed:
        at = working_moment(random, moment, proposed.days_ago)
        session.add(
            Example(
                text=proposed.text,
                label=proposed.label,
                created_at=at,
                state=ExampleState.PROPOSED.value,
                staff_id=staff[proposed.by],
            )
        )
    for checked in story.contacts:
        day = (moment - timedelta(days=checked.verified_days_ago)).date()
        session.get_one(Contact, checked.slug).verified_on = day
    session.flush()


def _revise(session: Session, revised: Revised, staff: int, at: datetime, acts: Acts) -> None:
    """Keep a draft; publish it where the story says so, with what stood there before as a revision of nobody's."""
    row = session.get_one(TABLES[revised.kind], revised.slug)
    before = _content(row)
    draft = Revision(
        kind=revised.kind,
        slug=revised.slug,
        content={**before, **revised.changes},
        why=revised.why,
        staff_id=staff,
        created_at=at,
    )
    subject = f"{revised.kind}:{revised.slug}"
    acts.add(at, Act.EDITED, staff, subject, fields=", ".join(revised.changes))
    if revised.published:
        state = RevisionState.REPLACED.value
        session.add(Revision(kind=revised.kind, slug=revised.slug, content=before, state=state, why="", created_at=at))
        session.flush()  # it came first, and has the lower number
        _publish(row, draft, revised.changes, at + UNTIL_PUBLISHED)
        acts.add(at + UNTIL_PUBLISHED, Act.PUBLISHED, staff, subject, fields=", ".join(revised.changes))
    session.add(draft)
    session.flush()


def _publish(row: FromFiles, draft: Revision, changes: Mapping[str, Any], at: datetime) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.edited_at = at
    draft.state, draft.published_at = RevisionState.PUBLISHED.value, at


def _content(row: FromFiles) -> dict[str, Any]:
    """The fields that staff edit, by their names in the table."""
    names = [column.key for column in inspect(type(row)).column_attrs]
    return {name: getattr(row, name) for name in names if name not in NOT_EDITED}
