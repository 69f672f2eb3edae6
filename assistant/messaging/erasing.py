"""What channels hold about a conversation: count it, copy it, erase it with the conversation."""

import json
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.db.base import Base
from assistant.db.engine import Database
from assistant.db.scrubbing import checkpoint
from assistant.enquiries import erasure
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Enquiry
from assistant.messaging.models import InboxMessage, Place, Post

PERSONAL: tuple[type[Base], ...] = (InboxMessage, Post, Place)
SCRUBBED_TABLES = (*erasure.SCRUBBED_TABLES, *(table.__tablename__ for table in PERSONAL))


def count_held(session: Session, conversation: str) -> dict[str, int]:
    """How many rows of each table are about this conversation, those of the enquiry log included."""
    return {**_count(session, conversation), **erasure.count_held(session, conversation)}


def erase(database: Database, conversation: str) -> dict[str, int]:
    """Delete everything said, logged or left in the conversation. Returns how many rows of each table went.

    Of messages that still wait nothing is kept but the mark that they came: delivered again, they are not new.
    """
    with database.write() as session:
        counts = _count(session, conversation)
        waiting = update(InboxMessage).where(_is_waiting(conversation))
        session.execute(waiting.values(arrival_encrypted=None, next_try_at=None))
        erased = erasure.erase_conversation(session, conversation)  # its posts and places go with it
    checkpoint(database)
    return {**counts, **erased}


def copy_of(session: Session, conversation: str, cipher: Cipher) -> dict[str, Any]:
    """What is kept in readable form for a person's copy: where they write from, and what was sent there.

    Raises ContactKeyError.
    """
    places = session.scalars(select(Place).where(Place.conversation_id == conversation).order_by(Place.created_at))
    posts = session.scalars(select(Post).where(_is_posted(conversation)).order_by(Post.id))
    waiting = session.scalars(select(InboxMessage).where(_is_waiting(conversation)).order_by(InboxMessage.id))
    return {
        "places": [
            {
                "channel": place.channel,
                "address": _open(place.address_encrypted, cipher),
                "is_private": place.is_private,
                "created_at": place.created_at.isoformat(),
            }
            for place in places
        ],
        "posts": [
            {
                "channel": post.channel,
                "kind": post.kind,
                "reference": post.reference,
                "address": _open(post.address_encrypted, cipher),
                "content": _open(post.content_encrypted, cipher),
                "created_at": post.created_at.isoformat(),
                "sent_at": post.sent_at.isoformat() if post.sent_at else None,
            }
            for post in posts
        ],
        "waiting_messages": [
            {"channel": row.channel, "arrival": _open(row.arrival_encrypted, cipher)} for row in waiting
        ],
    }


def _count(session: Session, conversation: str) -> dict[str, int]:
    found = {
        InboxMessage: _is_waiting(conversation),
        Post: _is_posted(conversation),
        Place: Place.conversation_id == conversation,
    }
    return {
        table.__tablename__: session.scalar(select(func.count()).select_from(table).where(is_of)) or 0
        for table, is_of in found.items()
    }


def _is_waiting(conversation: str) -> ColumnElement[bool]:
    places = select(Place.id).where(Place.conversation_id == conversation)
    return InboxMessage.arrival_encrypted.is_not(None) & InboxMessage.lane.in_(places)


def _is_posted(conversation: str) -> ColumnElement[bool]:
    own = select(Enquiry.reference).where(Enquiry.conversation_id == conversation)
    return or_(Post.conversation_id == conversation, Post.reference.in_(own))


def _open(ciphertext: bytes | None, cipher: Cipher) -> Any:
    return None if ciphertext is None else json.loads(str(cipher.decrypt(ciphertext)))
