"""What a purge deletes and keeps, at a time that the test sets."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from assistant.db.engine import Database
from assistant.enquiries import retention
from assistant.enquiries.models import Conversation, DialogueState, Enquiry, FollowUp, Message, Purge
from assistant.enquiries.retention import Periods, count_due, count_waiting, last_purge, purge
from assistant.settings import Settings
from tests.support.held import NOW, change, count, days_ago, hold, row

PERIODS = Periods.of(Settings())
REFERENCE, OTHER = "ENQ-AAAA-2222", "ENQ-BBBB-2222"
CLOSED = {"state": "answered", "closed_at": days_ago(1)}


class TestWords:
    def test_it_keeps_them_until_the_day_before(self, database: Database) -> None:
        hold(database, "c", days_ago(89), REFERENCE)
        purge(database, NOW, PERIODS)
        assert count(database, Message) == 1
        assert row(database, Enquiry, REFERENCE).text == "words of c"
        assert row(database, Conversation, "c").choices == {"x": ["y", "z"]}

    @pytest.mark.parametrize("days", [90, 91])
    def test_it_deletes_them_and_keeps_what_is_counted(self, database: Database, days: int) -> None:
        hold(database, "c", days_ago(days), REFERENCE)
        purge(database, NOW, PERIODS)
        assert count(database, Message) == 0
        enquiry = row(database, Enquiry, REFERENCE)
        assert enquiry.text is None
        assert (enquiry.outcome, enquiry.offers, enquiry.received_at) == ("offer", ["lfhii"], days_ago(days))
        assert row(database, Conversation, "c").choices == {}

    def test_it_goes_by_each_message_and_not_by_its_conversation(self, database: Database) -> None:
        hold(database, "c", days_ago(91), REFERENCE)
        with database.write() as session:
            session.add(Message(conversation_id="c", fingerprint="f", text="new", received_at=days_ago(1)))
        purge(database, NOW, PERIODS)
        assert count(database, Message) == 1
        assert row(database, Conversation, "c").choices  # they still work

    def test_it_keeps_the_question_that_waits_for_an_answer_and_no_copy_of_it(self, database: Database) -> None:
        hold(database, "c", days_ago(179), REFERENCE, state="open")
        purge(database, NOW, PERIODS)
        assert row(database, Enquiry, REFERENCE).text == "words of c"
        assert row(database, FollowUp, REFERENCE).email_encrypted == b"e"
        assert count(database, Message) == 0

    def test_it_deletes_the_question_once_it_was_answered(self, database: Database) -> None:
        hold(database, "c", days_ago(91), REFERENCE, **CLOSED)
        purge(database, NOW, PERIODS)
        assert row(database, Enquiry, REFERENCE).text is None


class TestContacts:
    def test_it_keeps_them_until_the_day_before(self, database: Database) -> None:
        hold(database, "c", days_ago(40), REFERENCE, state="answered", closed_at=days_ago(29))
        purge(database, NOW, PERIODS)
        assert row(database, FollowUp, REFERENCE).name_encrypted == b"n"

    @pytest.mark.parametrize("days", [30, 31])
    def test_it_deletes_them_and_keeps_the_consent(self, database: Database, days: int) -> None:
        hold(database, "c", days_ago(40), REFERENCE, state="answered", closed_at=days_ago(days), words_encrypted=b"w")
        purge(database, NOW, PERIODS)
        left = row(database, FollowUp, REFERENCE)
        assert (left.name_encrypted, left.email_encrypted, left.words_encrypted) == (None, None, None)
        assert (left.consent_wording, left.consent_at, left.state) == ("w", days_ago(40), "answered")


class TestDialogues:
    def test_it_keeps_them_for_a_day(self, database: Database) -> None:
        hold(database, "c", NOW - timedelta(hours=23), REFERENCE)
        change(database, Conversation, "c", draft=b"d", expects="email", handoff_reference=REFERENCE)
        purge(database, NOW, PERIODS)
        assert count(database, DialogueState) == 1
        assert row(database, Conversation, "c").draft == b"d"

    @pytest.mark.parametrize("hours", [24, 25, 48])
    def test_it_deletes_state_and_draft_after_a_day(self, database: Database, hours: int) -> None:
        hold(database, "c", NOW - timedelta(hours=hours), REFERENCE)
        change(database, Conversation, "c", draft=b"d", expects="email", handoff_reference=REFERENCE)
        purge(database, NOW, PERIODS)
        assert count(database, DialogueState) == 0
        idle = row(database, Conversation, "c")
        assert (idle.draft, idle.expects, idle.handoff_reference) == (None, None, None)
        assert count(database, Message) == 1

    def test_it_keeps_the_draft_for_as_long_as_the_state(self, database: Database) -> None:
        hold(database, "c", NOW - timedelta(hours=24), REFERENCE)
        change(database, Conversation, "c", draft=b"d", expects="email")
        change(database, DialogueState, "c", updated_at=NOW - timedelta(hours=24) + timedelta(seconds=2))
        purge(database, NOW, PERIODS)
        assert count(database, DialogueState) == 1
        assert row(database, Conversation, "c").expects == "email"

    def test_it_deletes_a_state_without_conversation(self, database: Database) -> None:
        with database.write() as session:
            session.add(DialogueState(conversation_id="of the shell", events="[]", updated_at=days_ago(2)))
        purge(database, NOW, PERIODS)
        assert count(database, DialogueState) == 0


class TestWaiting:
    @pytest.mark.parametrize(("days", "waiting"), [(59, 0), (60, 1), (61, 1), (179, 1)])
    def test_it_warns_of_what_waits_for_long(self, database: Database, days: int, waiting: int) -> None:
        hold(database, "c", days_ago(days), REFERENCE, state="open")
        hold(database, "d", days_ago(days), OTHER, **CLOSED)
        assert purge(database, NOW, PERIODS)["waiting"] == waiting
        assert row(database, FollowUp, REFERENCE).state == "open"

    @pytest.mark.parametrize("days", [180, 181])
    def test_it_closes_what_waits_too_long_and_tells_the_asker(self, database: Database, days: int) -> None:
        told: list[Any] = []
        hold(database, "c", days_ago(days), REFERENCE, state="open")
        counts = purge(
            database, NOW, PERIODS, lambda session, left: told.append((left.reference, left.email_encrypted))
        )
        left = row(database, FollowUp, REFERENCE)
        assert (left.state, left.closed_at, left.email_encrypted) == ("lapsed", NOW, b"e")
        assert row(database, Enquiry, REFERENCE).text is None
        assert told == [(REFERENCE, b"e")]
        assert (counts["closed"], counts["waiting"]) == (1, 0)

    def test_it_tells_once(self, database: Database) -> None:
        told: list[Any] = []
        hold(database, "c", days_ago(181), REFERENCE, state="open")
        for _ in range(2):
            purge(database, NOW, PERIODS, lambda session, left: told.append(left.reference))
        assert told == [REFERENCE]

    def test_it_forgets_who_it_told_a_month_later(self, database: Database) -> None:
        hold(database, "c", days_ago(181), REFERENCE, state="open")
        purge(database, NOW, PERIODS)
        purge(database, NOW + timedelta(days=29), PERIODS)
        assert row(database, FollowUp, REFERENCE).email_encrypted == b"e"
        purge(database, NOW + timedelta(days=31), PERIODS)
        assert row(database, FollowUp, REFERENCE).email_encrypted is None

    def test_it_closes_nothing_when_the_asker_cannot_be_told(self, database: Database) -> None:
        hold(database, "c", days_ago(181), REFERENCE, state="open")

        def fail(session: Session, left: FollowUp) -> None:
            session.add(Message(conversation_id="c", fingerprint="half"))
            session.flush()
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            purge(database, NOW, PERIODS, fail)
        assert row(database, FollowUp, REFERENCE).state == "open"
        assert count(database, Message) == 1
        assert count(database, Purge) == 0


class TestRunning:
    def test_it_finds_nothing_the_second_time(self, database: Database) -> None:
        hold(database, "c", days_ago(200), REFERENCE, state="open")
        hold(database, "d", days_ago(100), OTHER, state="withdrawn", closed_at=days_ago(99))
        change(database, Conversation, "d", draft=b"d", expects="name")
        first = purge(database, NOW, PERIODS)
        assert first == {
            "closed": 1,
            "drafts": 1,
            "dialogue_states": 2,
            "contacts": 1,
            "messages": 2,
            "texts": 2,
            "choices": 2,
            "waiting": 0,
        }
        assert set(purge(database, NOW, PERIODS).values()) == {0}

    def test_it_writes_down_that_it_finished(self, database: Database) -> None:
        with database.read() as session:
            assert last_purge(session) is None
        counts = purge(database, NOW, PERIODS)
        with database.read() as session:
            assert last_purge(session) == NOW
        assert row(database, Purge, 1).counts == counts

    def test_it_works_in_batches(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(retention, "BATCH", 2)
        for number in range(2, 7):
            hold(database, f"c{number}", days_ago(91), f"ENQ-AAAA-222{number}")
        counts = purge(database, NOW, PERIODS)
        assert (counts["messages"], counts["texts"], count(database, Message)) == (5, 5, 0)

    @pytest.mark.parametrize("batches", range(8))
    def test_it_finishes_in_the_next_run_what_was_killed(
        self, database: Database, monkeypatch: pytest.MonkeyPatch, batches: int
    ) -> None:
        for number in range(2, 5):
            hold(database, f"c{number}", days_ago(91), f"ENQ-AAAA-222{number}", **CLOSED)
        monkeypatch.setattr(retention, "BATCH", 2)
        with monkeypatch.context() as patch:
            patch.setattr(Database, "write", killed_after(batches))
            with pytest.raises(KeyboardInterrupt):
                purge(database, NOW, PERIODS)
        assert (count(database, Purge), count(database, Enquiry), count(database, FollowUp)) == (0, 3, 3)
        purge(database, NOW, PERIODS)
        assert (count(database, Message), count(database, DialogueState), count(database, Purge)) == (0, 0, 1)
        with database.read() as session:
            assert set(count_due(session, NOW, PERIODS).values()) == {0}

    def test_it_may_run_twice_at_once(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(retention, "BATCH", 3)
        told: list[str] = []
        for number in range(20):
            letters = f"{chr(65 + number)}{chr(65 + number)}"
            hold(database, f"c{number}", days_ago(181), f"ENQ-{letters}{letters}-2222", state="open")
        with ThreadPoolExecutor() as pool:
            runs = [
                pool.submit(purge, database, NOW, PERIODS, lambda session, left: told.append(left.reference))
                for _ in range(2)
            ]
            counts = [run.result(timeout=60) for run in runs]
        assert len(told) == len(set(told)) == 20
        assert sum(each["messages"] for each in counts) == 20
        assert count(database, Message) == 0


class TestCountDue:
    def test_it_counts_as_the_purge_does_and_changes_nothing(self, database: Database) -> None:
        hold(database, "c", days_ago(70), REFERENCE, state="open")
        hold(database, "d", days_ago(100), OTHER, state="answered", closed_at=days_ago(31))
        change(database, Conversation, "d", draft=b"d", expects="name")
        with database.read() as session:
            due = count_due(session, NOW, PERIODS)
        assert due == {**due, "messages": 1, "texts": 1, "contacts": 1, "drafts": 1, "waiting": 1}
        assert purge(database, NOW, PERIODS) == due

    def test_it_counts_what_waits_without_what_would_be_closed(self, database: Database) -> None:
        hold(database, "c", days_ago(181), REFERENCE, state="open")
        with database.read() as session:
            due = count_due(session, NOW, PERIODS)
            assert (due["closed"], due["waiting"]) == (1, 0)
            assert count_waiting(session, NOW, PERIODS) == 1


def killed_after(batches: int) -> Callable[[Database], AbstractContextManager[Session]]:
    """A `Database.write` whose unit after so many is cut off before it commits, as a killed process is."""
    real, units = Database.write, iter(range(100))

    @contextmanager
    def write(self: Database) -> Iterator[Session]:
        with real(self) as session:
            yield session
            if next(units) == batches:
                raise KeyboardInterrupt

    return write
