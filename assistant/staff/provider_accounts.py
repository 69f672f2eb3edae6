"""Whom of staff the organisation's provider means. Only who was added before may sign in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.staff.accounts import find_staff, follow_provider
from assistant.staff.errors import ProviderRefusedError
from assistant.staff.models import Staff
from assistant.staff.provider import Identity


def find_staff_of(session: Session, identity: Identity) -> Staff:
    """Whoever this is. Their identity is bound to the account the first time, by the verified address; after that the
    address may change, and nobody who gets it later takes the account over. Raises ProviderRefusedError.

    Where the provider has a say in roles, theirs follows it.
    """
    staff = session.scalars(select(Staff).where(Staff.subject == identity.subject)).first()
    if staff is None:
        staff = _bind_by_email(session, identity)
    if not staff.is_active:
        raise ProviderRefusedError("access ended")
    if identity.role is not None:
        follow_provider(session, staff, identity.role)
    return staff


def _bind_by_email(session: Session, identity: Identity) -> Staff:
    if identity.email is None:
        raise ProviderRefusedError("no verified e-mail")
    staff = find_staff(session, identity.email)
    if staff is None:
        raise ProviderRefusedError("not added")
    if staff.subject is not None:
        raise ProviderRefusedError("another identity")
    staff.subject = identity.subject
    return staff
