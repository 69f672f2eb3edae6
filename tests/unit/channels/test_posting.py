import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assistant.channels import posting
from assistant.channels.posting import MOST_AWAY, Posting
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher, make_key
from assistant.enquiries.errors import ContactKeyError
from assistant.messaging.couriers import Keep
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.messaging.models import ChannelName, Post, PostKind
from assistant.messaging.outbox import Letterhead, OpenPost, note_progress, queue_post
from assistant.settings import Settings
from tests.support.fake_courier import FakeCourier


@pytest.fixture
def teams() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
def outbox(database: Database, cipher: Cipher, settings: Settings, courier: FakeCourier) -> Posting:
    return Posting(database, cipher, settings, ChannelName.SLACK, courier)


@pytest.fixture
def outbox_of_teams(database: Database, cipher: Cipher, settings: Settings, teams: FakeCourier) -> Posting:
    return Posting(database, cipher, settings, ChannelName.TEAMS, teams)


def queue(database: Database, cipher: Cipher, key: str = "k", lane: str = "lane", channel: str = "slack") -> None:
    with database.write() as session:
        head = Letterhead(channel, lane, {"channel": "D1"})
        queue_post(session, head, PostKind.NOTICE, key, {"texts": [key]}, cipher)


async def send_all(outbox: Posting) -> None:
    for claimed in outbox.claim(8):
        await outbox.send(claimed)


def only(database: Database) -> Post:
    with database.read() as session:
        return session.scalars(select(Post)).one()


def change(database: Database, **values: object) -> None:
    with database.write() as session:
        session.execute(update(Post).where(Post.next_try_at.is_not(None)).values(**{"next_try_at": now(), **values}))


async def test_what_is_sent_is_no_longer_kept(outbox: Posting, database: Database, cipher: Cipher) -> None:
    queue(database, cipher)
    await send_all(outbox)
    post = only(database)
    assert (post.sent_as, post.content_encrypted, post.next_try_at, post.is_unsure) == ("message-1", None, None, False)


async def test_what_may_have_got_through_is_looked_for_first(
    outbox: Posting, database: Database, cipher: Cipher, courier: FakeCourier
) -> None:
    queue(database, cipher)
    courier.failures = [PostDelayedError("timeout", is_unsure=True)]
    await send_all(outbox)
    post = only(database)
    assert (post.is_unsure, courier.looked_for) == (True, [])
    courier.lost = {post.id: "was-there"}
    change(database)
    await send_all(outbox)
    assert (only(database).sent_as, courier.sent) == ("was-there", [])


async def test_a_look_that_fails_leaves_it_as_unsure_as_before(
    outbox: Posting, database: Database, cipher: Cipher, courier: FakeCourier, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(post: OpenPost) -> str | None:
        raise PostDelayedError("away")

    queue(database, cipher)
    outbox.claim(1)  # by a process that was killed
    monkeypatch.setattr(courier, "find", fail)
    change(database)
    await send_all(outbox)
    assert (only(database).is_unsure, courier.sent) == (True, [])


@pytest.mark.parametrize("is_unsure", [True, False])
async def test_without_the_key_it_waits_and_stays_as_unsure_as_it_was(
    outbox: Posting, database: Database, cipher: Cipher, is_unsure: bool
) -> None:
    queue(database, Cipher(make_key()))
    change(database, is_unsure=is_unsure)
    await send_all(outbox)
    post = only(database)
    assert (post.is_unsure, post.last_error, post.is_given_up) == (is_unsure, "ContactKeyError", False)
    assert post.next_try_at is not None and post.next_try_at > now() + timedelta(minutes=59)


async def test_what_is_refused_is_given_up_and_nothing_of_it_kept(
    outbox: Posting, database: Database, cipher: Cipher, courier: FakeCourier
) -> None:
    queue(database, cipher)
    courier.failures = [PostRefusedError("gone")]
    await send_all(outbox)
    post = only(database)
    assert (post.is_given_up, post.last_error, post.next_try_at) == (True, "gone", None)
    assert (post.content_encrypted, post.address_encrypted) == (None, None)


async def test_where_the_key_to_the_address_is_gone_it_is_given_up_all_the_same(
    outbox: Posting,
    database: Database,
    cipher: Cipher,
    courier: FakeCourier,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*given: object) -> None:
        raise ContactKeyError

    monkeypatch.setattr(posting, "send_by_letter", fail)
    queue(database, cipher)
    courier.failures = [PostRefusedError("gone")]
    await send_all(outbox)
    assert (only(database).is_given_up, only(database).next_try_at) == (True, None)
    assert "cannot be sent by e-mail instead" in caplog.text


async def test_it_waits_for_as_long_as_the_channel_asks(
    outbox: Posting, database: Database, cipher: Cipher, courier: FakeCourier
) -> None:
    queue(database, cipher)
    courier.failures = [PostDelayedError("ratelimited", retry_after=120)]
    await send_all(outbox)
    until = only(database).next_try_at
    assert until is not None and timedelta(seconds=115) < until - now() <= timedelta(seconds=120)


async def test_what_waited_for_a_day_is_given_up(
    outbox: Posting, database: Database, cipher: Cipher, courier: FakeCourier
) -> None:
    queue(database, cipher)
    change(database, created_at=now() - timedelta(hours=25))
    courier.failures = [PostDelayedError("away")]
    await send_all(outbox)
    assert only(database).last_error == "WaitedTooLong: away"


async def test_a_mistake_of_ours_is_tried_again_as_unsure_and_says_nothing(
    outbox: Posting, database: Database, cipher: Cipher, courier: FakeCourier, caplog: pytest.LogCaptureFixture
) -> None:
    queue(database, cipher)
    courier.failures = [ValueError("secret words")]
    await send_all(outbox)
    assert (only(database).is_unsure, only(database).last_error) == (True, "ValueError")
    assert "secret" not in caplog.text


async def test_no_try_outlasts_its_claim(
    outbox: Posting, database: Database, cipher: Cipher, courier: FakeCourier, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(post: OpenPost, keep: Keep) -> str:
        await asyncio.Event().wait()
        return ""

    monkeypatch.setattr(posting, "LONGEST_TRY", timedelta(milliseconds=10))
    monkeypatch.setattr(courier, "deliver", hang)
    queue(database, cipher)
    await send_all(outbox)
    assert (only(database).is_unsure, only(database).last_error) == (True, "TimeoutError")


async def test_a_channel_that_is_away_pauses_alone_and_for_a_minute_at_most(
    outbox: Posting,
    outbox_of_teams: Posting,
    database: Database,
    cipher: Cipher,
    courier: FakeCourier,
    teams: FakeCourier,
) -> None:
    for number in range(8):
        queue(database, cipher, f"s{number}", f"lane {number}")
    courier.failures = [PostDelayedError("away", is_away=True) for _ in range(8)]
    await send_all(outbox)
    assert outbox._looks == 1  # eight that were under way are one look
    change(database)
    queue(database, cipher, "t", channel="teams")
    await send_all(outbox)
    await send_all(outbox_of_teams)
    assert (len(courier.sent), len(teams.sent)) == (0, 1)
    outbox._away_until, outbox._looks = now(), 50
    courier.failures = [PostDelayedError("away", is_away=True) for _ in range(8)]
    change(database, attempts=50)
    await send_all(outbox)
    assert outbox._away_until is not None and now() < outbox._away_until <= now() + MOST_AWAY
    with database.read() as session:
        waiting = session.scalars(select(Post.next_try_at).where(Post.next_try_at.is_not(None))).all()
    assert len(waiting) == 8 and all(until is not None and until <= now() + MOST_AWAY for until in waiting)
    outbox._away_until = now()
    change(database)
    await send_all(outbox)
    assert len(courier.sent) == 8 and outbox._looks == 0


async def test_what_was_erased_while_it_was_sent_is_sent_no_further(database: Database) -> None:
    with database.write() as session, pytest.raises(PostRefusedError):
        note_progress(session, 1, "half")
