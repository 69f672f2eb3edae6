"""Find topics."""

from sqlalchemy.orm import Session

from assistant.catalogue.errors import TopicNotFoundError
from assistant.catalogue.models import Topic
from assistant.catalogue.slugs import find_by_slug


def find_topic(session: Session, slug: str) -> Topic | None:
    """The topic with this slug."""
    return find_by_slug(session, Topic, slug)


def get_topic(session: Session, slug: str) -> Topic:
    """The topic with this slug. Raises TopicNotFoundError when there is none."""
    topic = find_topic(session, slug)
    if topic is None:
        raise TopicNotFoundError
    return topic
