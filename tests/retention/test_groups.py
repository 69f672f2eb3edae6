"""Groups hold nothing of an enquiry longer than the enquiry itself does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.erasure import SCRUBBED_TABLES, erase
from assistant.enquiries.follow_ups import withdraw_left_question
from assistant.enquiries.models import Enquiry, Group
from assistant.enquiries.retention import Periods, purge
from assistant.messaging.outbox import drop_answers
from assistant.settings import Settings
from tests.support.held import NOW, count, days_ago
from tests.support.queued import ask, sort

PERIODS = Periods.of(Settings())
PARKING = "where can I park my car"


def only_group(database: Database) -> Group:
    """The one there is."""
    with database.read() as session:
        return session.scalars(select(Group)).one()


def test_a_group_goes_with_its_last_enquiry(database: Database) -> None:
    ask(database, PARKING, conversation="a")
    ask(database, PARKING, conversation="b")
    sort(database)
    erase(database, "a")
    assert (only_group(database).askers, only_group(database).enquiries) == (1, 1)
    erase(database, "b")
    assert count(database, Group) == 0


@pytest.mark.parametrize("care", ["disclosure", "crisis", "abuse"])
def test_so_does_one_of_care(database: Database, care: str) -> None:
    ask(database, None, conversation="a", outcome=care)
    sort(database)
    assert only_group(database).kind == care
    erase(database, "a")
    assert count(database, Group) == 0


def test_the_vector_goes_with_the_words_and_the_next_oldest_leads(database: Database) -> None:
    ask(database, PARKING, at=days_ago(91))
    second = ask(database, PARKING, at=days_ago(89))
    sort(database)
    purge(database, NOW, PERIODS)
    group = only_group(database)
    assert (group.leader, group.vector, group.enquiries) == (None, None, 2)
    sort(database)
    assert only_group(database).leader == second
    assert only_group(database).vector is not None


def test_without_any_words_left_there_is_no_vector_and_the_counts_stay(database: Database) -> None:
    ask(database, PARKING, at=days_ago(91))
    ask(database, PARKING, at=days_ago(90))
    sort(database)
    for days in (0, 1):
        purge(database, NOW + timedelta(days=days), PERIODS)
        sort(database)
    group = only_group(database)
    assert (group.leader, group.vector, group.askers, group.unanswered) == (None, None, 2, 2)


def test_a_purge_spares_those_whose_leader_keeps_its_words(database: Database) -> None:
    first = ask(database, PARKING, at=days_ago(80))
    ask(database, PARKING, at=days_ago(91))
    sort(database)
    with database.write() as session:
        group = session.scalars(select(Group)).one()
        group.leader = first
    purge(database, NOW, PERIODS)
    assert only_group(database).leader == first and only_group(database).vector is not None


def test_a_question_withdrawn_leads_no_more_and_waits_no_more(database: Database) -> None:
    first = ask(database, PARKING, at=days_ago(2), state="open")
    second = ask(database, PARKING, at=days_ago(1))
    sort(database)
    assert only_group(database).handoffs == 1
    with database.write() as session:
        withdraw_left_question(session, first, drop_answers)
    assert (only_group(database).handoffs, only_group(database).vector) == (0, None)
    sort(database)
    assert only_group(database).leader == second


def test_what_lapsed_waits_no_more(database: Database) -> None:
    ask(database, PARKING, at=days_ago(181), state="open", consent_at=days_ago(181))
    sort(database)
    purge(database, NOW, PERIODS)
    assert (only_group(database).handoffs, only_group(database).enquiries) == (0, 1)


def test_their_table_is_written_anew_too() -> None:
    assert Group.__tablename__ in SCRUBBED_TABLES and Enquiry.__tablename__ in SCRUBBED_TABLES
