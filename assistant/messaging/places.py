"""Whose conversation a place in a channel is."""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.conversations import open_conversation
from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import Arrival
from assistant.messaging.models import Place, Post, PostKind
from assistant.messaging.outbox import Letterhead


@dataclass(frozen=True)
class OwnConversation:
    """A conversation with the secret that opens it."""

    id: str
    token: str


def own_of(place: Place, cipher: Cipher) -> OwnConversation:
    """The conversation of a place. Raises ContactKeyError."""
    return OwnConversation(place.conversation_id, str(cipher.decrypt(place.token_encrypted)))


def open_place(session: Session, arrival: Arrival, cipher: Cipher) -> OwnConversation:
    """The conversation of the place that this came from, a new one where there is none. Raises ContactKeyError."""
    place = session.get(Place, arrival.place_id, with_for_update=True)
    address = cipher.encrypt(json.dumps({**arrival.address, "who": arrival.who_id}))
    if place is not None:
        place.address_encrypted = address  # where to answer may move, and the newest is right
        return own_of(place, cipher)
    conversation, token = open_conversation(session, arrival.channel)
    session.flush()
    session.add(
        Place(
            id=arrival.place_id,
            channel=arrival.channel,
            conversation_id=conversation,
            token_encrypted=cipher.encrypt(token),
            address_encrypted=address,
            is_private=arrival.is_private,
            created_at=now(),
        )
    )
    return OwnConversation(conversation, token)


def find_own(session: Session, arrival: Arrival, cipher: Cipher) -> OwnConversation | None:
    """The conversation of the place that this came from, if there is one. Raises ContactKeyError."""
    place = session.get(Place, arrival.place_id)
    return own_of(place, cipher) if place else None


def find_conversation(session: Session, place_id: str) -> str | None:
    """The conversation of this place, if there is one: what is said beside it goes with it."""
    return session.scalar(select(Place.conversation_id).where(Place.id == place_id))


def is_known(session: Session, place_id: str) -> bool:
    """Whether something was said in this place before, by whoever it is or to them."""
    told = select(Post.id).where(Post.lane == place_id, Post.kind == PostKind.NOTICE.value).limit(1)
    return find_conversation(session, place_id) is not None or session.scalar(told) is not None


def find_private_place(session: Session, conversation: str, cipher: Cipher) -> Letterhead | None:
    """Where somebody can be answered in their channel with nobody else reading it. Raises ContactKeyError."""
    place = session.scalars(
        select(Place).where(Place.conversation_id == conversation, Place.is_private.is_(True)).limit(1)
    ).first()
    if place is None:
        return None
    address = json.loads(str(cipher.decrypt(place.address_encrypted)))
    return Letterhead(place.channel, place.id, address, conversation)
