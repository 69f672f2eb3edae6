"""Which conversation goes on with an arrival: that of the message whose button was pressed, wherever it was shown.

What somebody is told alone belongs to the conversation they were in among others, and goes on in their direct chat.
"""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import Arrival, ArrivalKind
from assistant.messaging.models import Place, Post, PostKind
from assistant.messaging.outbox import find_sent
from assistant.messaging.places import OwnConversation, find_own, open_place, own_of


def aside(arrival: Arrival) -> dict[str, str]:
    """The address at which whoever acted is told alone, and by which they are known again there."""
    return {**arrival.address, "aside": "yes", "who": arrival.who_id}


def find_pressed(session: Session, arrival: Arrival, cipher: Cipher) -> Post | None:
    """The reply whose button was pressed: one of this place, or one that was told to this very person alone.

    Raises ContactKeyError.
    """
    sent = find_sent(session, arrival.channel, str(arrival.content.get("message") or ""))
    return next((post for post in sent if _is_theirs(post, arrival, cipher)), None)


def find_going_on(session: Session, arrival: Arrival, cipher: Cipher) -> OwnConversation | None:
    """The conversation that goes on with this, if there is one. Raises ContactKeyError."""
    place = _find_other(session, arrival, cipher)
    return own_of(place, cipher) if place is not None else find_own(session, arrival, cipher)


def open_going_on(session: Session, arrival: Arrival, cipher: Cipher) -> OwnConversation:
    """The same, and a new one where there is none. Raises ContactKeyError."""
    place = _find_other(session, arrival, cipher)
    return own_of(place, cipher) if place is not None else open_place(session, arrival, cipher)


def list_held(session: Session, arrival: Arrival, cipher: Cipher) -> Sequence[OwnConversation]:
    """Every conversation that went on in this place, a direct chat with its threads. Raises ContactKeyError."""
    chat = {arrival.place_id, *_list_private(session, arrival, cipher)}
    here = select(Post.conversation_id).where(Post.lane.in_(chat))
    places = session.scalars(
        select(Place).where(Place.id.in_(chat) | Place.conversation_id.in_(here)).order_by(Place.id)
    )
    return [own_of(place, cipher) for place in places]


def _list_private(session: Session, arrival: Arrival, cipher: Cipher) -> list[str]:
    """This person's own places, if this came from one. Addresses are encrypted, so each is opened: rarely needed."""
    if not arrival.is_private:
        return []
    private = select(Place.id, Place.address_encrypted)
    private = private.where(Place.channel == arrival.channel, Place.is_private.is_(True))
    return [
        place
        for place, address in session.execute(private)
        if json.loads(str(cipher.decrypt(address))).get("who") == arrival.who_id
    ]


def _find_other(session: Session, arrival: Arrival, cipher: Cipher) -> Place | None:
    """The place of the conversation, where that is another than this came from."""
    is_written = arrival.kind == ArrivalKind.MESSAGE
    post = _find_asking(session, arrival, cipher) if is_written else find_pressed(session, arrival, cipher)
    if post is None or post.conversation_id is None:
        return None
    return session.scalars(
        select(Place).where(Place.conversation_id == post.conversation_id, Place.id != arrival.place_id)
    ).first()


def _find_asking(session: Session, arrival: Arrival, cipher: Cipher) -> Post | None:
    """The last reply of this place, where it asked for something: what is written next is that."""
    post = session.scalars(
        select(Post)
        .where(Post.lane == arrival.place_id, Post.kind == PostKind.REPLY.value)
        .order_by(Post.id.desc())
        .limit(1)
    ).first()
    if post is None or post.content_encrypted is None:
        return None
    reply = json.loads(str(cipher.decrypt(post.content_encrypted)))["reply"]
    return post if reply.get("expects") else None


def _is_theirs(post: Post, arrival: Arrival, cipher: Cipher) -> bool:
    if post.lane == arrival.place_id:
        return True
    if not arrival.is_private or post.address_encrypted is None:
        return False
    address: dict[str, str] = json.loads(str(cipher.decrypt(post.address_encrypted)))
    return address.get("aside") == "yes" and address.get("who") == arrival.who_id
