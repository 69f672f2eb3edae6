"""Examples that reviewers approved for training."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example, ExampleState


def list_examples(session: Session) -> list[Example]:
    """Every approved example, oldest first, so that training sees them in the same order each time."""
    return list(
        session.scalars(select(Example).where(Example.state == ExampleState.APPROVED.value).order_by(Example.id))
    )


def count_new_examples(session: Session, since: datetime | None) -> int:
    """How many approved examples were approved after `since`, or ever."""
    query = select(func.count()).select_from(Example).where(Example.state == ExampleState.APPROVED.value)
    return session.scalar(query if since is None else query.where(Example.approved_at > since)) or 0
