"""Examples that reviewers approved for training."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example, ExampleState
from assistant.registry.promotions import find_live


def list_examples(session: Session) -> list[Example]:
    """Every approved example, oldest first, so that training sees them in the same order each time."""
    return list(
        session.scalars(select(Example).where(Example.state == ExampleState.APPROVED.value).order_by(Example.id))
    )


def count_unlearnt(session: Session) -> int:
    """How many were approved since the live model's training began, or ever where none is live."""
    query = select(func.count()).select_from(Example).where(Example.state == ExampleState.APPROVED.value)
    live = find_live(session)
    if live is not None:
        query = query.where(Example.approved_at > live.model.trained_at - timedelta(seconds=live.model.seconds))
    return session.scalar(query) or 0
