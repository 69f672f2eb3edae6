"""Find what stands in several offers."""

from sqlalchemy.orm import Session

from assistant.catalogue.models import SharedPart
from assistant.catalogue.slugs import find_by_slug


def find_shared_part(session: Session, slug: str) -> SharedPart | None:
    """The shared part with this slug. Some of its offers may no longer be active: list them with `list_offers`."""
    return find_by_slug(session, SharedPart, slug)
