"""The outbox: posts to channels, each queued once, until they are sent or given up."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import hash_of
from assistant.messaging.errors import PostRefusedError
from assistant.messaging.lanes import claim, note
from assistant.messaging.models import Post, PostKind

ERASED = "Erased"  # the fault of a post whose conversation was erased while it was being sent
SAME_PRESS = timedelta(minutes=5)  # what is pressed again within it was meant once


@dataclass(frozen=True)
class Letterhead:
    """Where a post goes and what it belongs to: it is erased with its conversation or enquiry."""

    channel: str
    lane: str
    address: dict[str, str]
    conversation: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class OpenPost:
    """A post with its content, as a courier takes it. `first_try_at` is the earliest it may have got through."""

    id: int
    channel: str
    kind: PostKind
    address: dict[str, str]
    content: dict[str, Any]
    progress: str | None
    first_try_at: datetime


def queue_post(
    session: Session, head: Letterhead, kind: PostKind, key: str, content: dict[str, Any], cipher: Cipher
) -> Post | None:
    """Put a post into the outbox, inside the caller's transaction. None when one with this key was queued before."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    post = insert(Post).values(
        channel=head.channel,
        key=hash_of(key),
        lane=head.lane,
        kind=kind.value,
        conversation_id=head.conversation,
        reference=head.reference,
        address_encrypted=cipher.encrypt(json.dumps(head.address)),
        content_encrypted=cipher.encrypt(json.dumps(content)),
    )
    # The database says whether there was one: another process may be queueing the same at this moment.
    unless_queued = post.on_conflict_do_nothing(index_elements=[Post.channel, Post.key])
    return session.scalars(unless_queued.returning(Post)).first()


@dataclass(frozen=True)
class ClaimedPost:
    """A post that is about to be tried; `is_unsure` when an earlier try may have got through."""

    post: Post
    is_unsure: bool


def claim_posts(session: Session, channels: Collection[str], most: int) -> list[ClaimedPost]:
    """Claim what is due, the oldest of each lane. Until something else is noted, each may have got through."""
    moment = now()
    claimed = [ClaimedPost(post, post.is_unsure) for post in claim(session, Post, channels, moment, most)]
    for each in claimed:
        each.post.is_unsure = True
        each.post.first_try_at = each.post.first_try_at or moment
    return claimed


def open_post(post: Post, cipher: Cipher) -> OpenPost:
    """The post with its content. Raises ContactKeyError."""
    return OpenPost(
        post.id,
        post.channel,
        PostKind(post.kind),
        json.loads(str(cipher.decrypt(post.address_encrypted or b""))),
        json.loads(str(cipher.decrypt(post.content_encrypted or b""))),
        post.progress,
        post.first_try_at or now(),
    )


def note_progress(session: Session, post_id: int, progress: str | None) -> None:
    """Keep how far it got: a next try goes on from there. Raises PostRefusedError when the post was erased."""
    kept = session.scalars(update(Post).where(Post.id == post_id).values(progress=progress).returning(Post.id)).first()
    if kept is None:
        raise PostRefusedError(ERASED)


def note_sent(session: Session, post: Post, sent_as: str) -> bool:
    """The channel took it. Whether the post is still there: it may have been erased while it was sent.

    What a reply said is kept as long as its message, to be shown anew; of the rest it goes, and where it went to.
    """
    gone = {} if post.kind == PostKind.REPLY else {"content_encrypted": None, "address_encrypted": None}
    sent = {"sent_at": now(), "sent_as": sent_as, "next_try_at": None, "is_unsure": False, "last_error": None}
    return note(session, post, **sent, **gone)


def find_sent(session: Session, channel: str, sent_as: str) -> Sequence[Post]:
    """The replies that a channel knows by this name: it may use it again in another conversation."""
    if not sent_as or not sent_as.isprintable():
        return ()  # no channel calls it so, and a database may not take it
    is_it = (Post.sent_as == sent_as, Post.channel == channel, Post.kind == PostKind.REPLY.value)
    return session.scalars(select(Post).where(*is_it).order_by(Post.id.desc())).all()


def note_pressed(post: Post, pressed: dict[str, Any], cipher: Cipher, taken: str | None = None) -> dict[str, Any]:
    """Keep with a sent reply which of its buttons was pressed. Returns its content as it is now.

    `taken` is what was sent by that: of it a keyed hash is kept, by which a repeat is known.
    """
    content: dict[str, Any] = json.loads(str(cipher.decrypt(post.content_encrypted or b"")))
    content["pressed"] = {**content.get("pressed", {}), **pressed}
    if taken is not None:
        content["taken"] = {"fingerprint": cipher.fingerprint(taken), "at": now().timestamp()}
    post.content_encrypted = cipher.encrypt(json.dumps(content))
    return content


def is_repeated(post: Post, what: str, came_at: datetime, cipher: Cipher) -> bool:
    """Whether just the same was taken from this reply already, a moment before. Raises ContactKeyError."""
    if post.content_encrypted is None:
        return False
    taken = json.loads(str(cipher.decrypt(post.content_encrypted))).get("taken")
    if taken is None or came_at.timestamp() - taken["at"] > SAME_PRESS.total_seconds():
        return False
    return cipher.recognises(what, taken["fingerprint"])


def drop_answers(session: Session, reference: str) -> None:
    """Drop the answers to an enquiry that still wait: they go with the consent, as letters do."""
    waiting = (Post.reference == reference, Post.kind == PostKind.ANSWER.value, Post.next_try_at.is_not(None))
    session.execute(delete(Post).where(*waiting))
