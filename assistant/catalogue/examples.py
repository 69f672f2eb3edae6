"""Examples that reviewers approved for training."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example, ExampleState


def list_examples(session: Session) -> list[Example]:
    """Every approved example, oldest first, so that training sees them in the same order each time."""
    return list(
        session.scalars(select(Example).where(Example.state == ExampleState.APPROVED.value).order_by(Example.id))
    )
