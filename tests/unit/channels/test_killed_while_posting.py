"""A process is killed at each point of sending a post, and the next one goes on."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import select, update

from assistant.channels import posting
from assistant.channels.posting import Posting
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.messaging.couriers import Courier, Keep
from assistant.messaging.models import ChannelName, Post, PostKind
from assistant.messaging.outbox import Letterhead, OpenPost, queue_post
from assistant.settings import Settings


class KilledError(BaseException):
    """The process ends here: nobody catches it."""


@dataclass
class Vendor:
    """What is in the channel, as people see it: the post that each message shows, None while it says nothing yet."""

    messages: dict[str, int | None] = field(default_factory=dict)

    def take(self, post: int | None, name: str = "") -> str:
        """Show a message, a new one unless it has a name."""
        name = name or f"message-{len(self.messages)}"
        self.messages[name] = post
        return name


@dataclass
class MortalCourier:
    """Dies at a point. It can look for a message like Slack's, go on with one like Teams', or neither."""

    vendor: Vendor
    kind: str
    dies: str

    async def deliver(self, post: OpenPost, keep: Keep) -> str:
        """In one step, or in two with what the first gave kept between."""
        self._die("before it was tried")
        name = post.progress or ""
        if self.kind == "goes on" and not name:
            name = self.vendor.take(None)
            self._die("before progress was kept")
            await keep(name)
            self._die("after progress was kept")
        name = self.vendor.take(post.id, name)
        self._die("after the channel took it")
        return name

    async def find(self, post: OpenPost) -> str | None:
        """What the channel shows of it, for who can look."""
        shown = (name for name, number in self.vendor.messages.items() if number == post.id)
        return next(shown, None) if self.kind == "looks" else None

    async def close(self) -> None:
        """Nothing is held open."""

    def _die(self, point: str) -> None:
        if self.dies == point:
            raise KilledError


_CHECKED_BY_TYPES: type[Courier] = MortalCourier

TWO_STEPS = ("before progress was kept", "after progress was kept")
POINTS = ("before it was tried", "after the channel took it", "before it was noted as sent")
CASES = [
    *(("looks", point, 1) for point in POINTS),
    *(("goes on", point, 1) for point in (*TWO_STEPS, *POINTS)),
    # Whoever can do neither delivers at least once.
    *(("neither", point, copies) for point, copies in zip(POINTS, (1, 2, 2), strict=True)),
]


@pytest.mark.parametrize(("kind", "point", "copies"), CASES, ids=lambda value: str(value))
async def test_wherever_it_was_killed_the_next_goes_on(
    database: Database,
    cipher: Cipher,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    point: str,
    copies: int,
) -> None:
    vendor = Vendor()

    async def send_all(dies: str = "") -> None:
        outbox = Posting(database, cipher, settings, ChannelName.SLACK, MortalCourier(vendor, kind, dies))
        for claimed in outbox.claim(8):
            await outbox.send(claimed)

    def die(*_: object) -> None:
        raise KilledError

    with database.write() as session:
        queue_post(session, Letterhead("slack", "lane", {}), PostKind.NOTICE, "k", {"texts": []}, cipher)
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        if point == "before it was noted as sent":
            patch.setattr(posting, "note_sent", die)
        await send_all(point)
    await send_all()  # the claim keeps it
    with database.write() as session:
        session.execute(update(Post).values(next_try_at=now()))
    await send_all()
    with database.read() as session:
        post = session.scalars(select(Post)).one()
    assert [*vendor.messages.values()].count(post.id) == copies
    assert vendor.messages[post.sent_as or ""] == post.id
    assert (post.next_try_at, post.is_unsure, post.attempts) == (None, False, 2)
