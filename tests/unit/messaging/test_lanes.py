from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.messaging.inbox import note_done
from assistant.messaging.lanes import CLAIM, LONGEST_DELAY, claim, give_up, next_delay, put_off, renew
from assistant.messaging.models import InboxMessage

NOON = now()


def add(database: Database, *lanes: str, channel: str = "slack") -> None:
    """A message in each of these lanes, one after another."""
    with database.write() as session:
        for lane in lanes:
            row = InboxMessage(
                channel=channel, key="", lane=lane, next_try_at=NOON, created_at=NOON, arrival_encrypted=b"x"
            )
            session.add(row)
            session.flush()
            row.key = str(row.id)


def take(
    database: Database, moment: datetime = NOON, most: int = 10, channels: Sequence[str] = ("slack",)
) -> list[InboxMessage]:
    with database.write() as session:
        return claim(session, InboxMessage, channels, moment, most)


def look(database: Database, row: InboxMessage) -> InboxMessage:
    with database.read() as session:
        return session.get_one(InboxMessage, row.id)


def done(database: Database, row: InboxMessage) -> None:
    with database.write() as session:
        note_done(session, row)


def test_a_lane_goes_one_after_another_and_several_at_once(database: Database) -> None:
    add(database, "a", "a", "b", "b", "c")
    first = take(database)
    assert [row.id for row in first] == [1, 3, 5]
    assert take(database) == []
    done(database, first[1])
    assert [row.id for row in take(database)] == [4]  # what is claimed blocks its own lane only
    done(database, first[0])
    assert [row.id for row in take(database)] == [2]


def test_it_takes_no_more_than_there_is_room_for_and_no_other_channel(database: Database) -> None:
    add(database, "a", "b", "c")
    add(database, "d", channel="teams")
    assert len(take(database, most=2)) == 2
    assert [row.lane for row in take(database)] == ["c"]
    assert [row.lane for row in take(database, channels=("teams",))] == ["d"]


def test_a_claim_that_is_over_is_taken_again(database: Database) -> None:
    add(database, "a", "a")
    assert [row.attempts for row in take(database)] == [1]
    assert take(database, NOON + CLAIM - timedelta(seconds=1)) == []
    assert [(row.id, row.attempts) for row in take(database, NOON + CLAIM)] == [(1, 2)]


def test_what_is_put_off_keeps_its_lane_waiting(database: Database) -> None:
    add(database, "a", "a")
    [row] = take(database)
    with database.write() as session:
        assert put_off(session, row, "fault", NOON + timedelta(minutes=9))
    assert take(database, NOON + timedelta(minutes=8)) == []
    assert [row.id for row in take(database, NOON + timedelta(minutes=9))] == [1]
    assert look(database, row).last_error == "fault"


def test_what_is_given_up_keeps_nobody_waiting_and_nothing_said(database: Database) -> None:
    add(database, "a", "a")
    [row] = take(database)
    with database.write() as session:
        assert give_up(session, row, "f" * 100)
    given_up = look(database, row)
    assert (given_up.is_given_up, given_up.next_try_at, given_up.arrival_encrypted) == (True, None, None)
    assert given_up.last_error == "f" * 60
    assert [row.id for row in take(database)] == [2]


def test_who_lost_the_claim_cannot_say_that_it_failed(database: Database) -> None:
    add(database, "a")
    [slow] = take(database)
    [quick] = take(database, NOON + CLAIM)
    with database.write() as session:
        assert not put_off(session, slow, "fault", NOON)
        assert not give_up(session, slow, "fault")
    assert look(database, quick).last_error is None
    done(database, slow)  # that it was done is right whoever did it
    with database.write() as session:
        assert not put_off(session, quick, "fault", NOON)
    assert look(database, quick).next_try_at is None


def test_it_says_nothing_of_what_was_erased(database: Database) -> None:
    add(database, "a")
    [row] = take(database)
    with database.write() as session:
        session.execute(delete(InboxMessage))
        assert not give_up(session, row, "fault")
        note_done(session, row)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 1), (1, 1), (2, 2), (3, 4), (7, 64), (12, 2048), (13, 3600), (10**6, 3600)]
)
def test_it_waits_twice_as_long_each_time(attempts: int, seconds: int) -> None:
    assert next_delay(attempts) == timedelta(seconds=seconds) <= LONGEST_DELAY


def test_a_claim_is_renewed_unless_the_row_was_put_off_or_claimed_anew(database: Database) -> None:
    add(database, "a")
    [row] = take(database, NOON)
    with database.write() as session:
        renew(session, [row], NOON + timedelta(seconds=5))
    assert take(database, NOON + CLAIM) == []
    [again] = take(database, NOON + CLAIM + timedelta(seconds=5))
    later = NOON + timedelta(hours=1)
    with database.write() as session:
        put_off(session, again, "Fault", later)
        renew(session, [row, again], NOON + timedelta(seconds=20))
    assert take(database, later - timedelta(seconds=1)) == []
    assert len(take(database, later)) == 1
