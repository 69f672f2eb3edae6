"""How enquiries come into groups."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sqlalchemy import select

from assistant.db.base import Base, now
from assistant.db.engine import Database
from assistant.enquiries.erasure import erase
from assistant.enquiries.grouping import recount_groups
from assistant.enquiries.models import Enquiry, Group, QueuedEnquiry, Reason
from assistant.enquiries.queueing import queue_enquiry
from assistant.review.leaders import from_bytes
from assistant.review.models import Decision
from assistant.review.sorting import Sorter
from tests.support.held import change
from tests.support.queued import ask, encode_words, sort

PARKING, PARKING_TOO, LUNCH = "where can I park my car", "where can I park the car", "is lunch served"


def group_of(database: Database, reference: str) -> Group | None:
    """The group that an enquiry is in."""
    with database.read() as session:
        number = session.get_one(QueuedEnquiry, reference).group_id
        return session.get(Group, number) if number else None


def counts_of(group: Group) -> list[object]:
    """Everything that is counted."""
    names = ("askers", "enquiries", "unanswered", "uncertain", "not_useful", "handoffs", "first_at", "last_at")
    return [getattr(group, name) for name in names]


def partition(database: Database) -> set[frozenset[str]]:
    """Which enquiries are together."""
    with database.read() as session:
        rows = session.execute(select(QueuedEnquiry.group_id, QueuedEnquiry.reference)).all()
    return {frozenset(reference for number, reference in rows if number == group) for group, _ in rows}


class TestJoining:
    def test_what_asks_the_same_is_together(self, database: Database) -> None:
        first, second, third = (ask(database, text) for text in (PARKING, PARKING_TOO, LUNCH))
        sort(database)
        assert partition(database) == {frozenset({first, second}), frozenset({third})}

    def test_the_first_leads_and_each_says_how_alike_it_is(self, database: Database) -> None:
        first, second = (ask(database, text) for text in (PARKING, PARKING_TOO))
        sort(database)
        group = group_of(database, second)
        assert group and group.leader == first
        with database.read() as session:
            assert session.get_one(QueuedEnquiry, first).closeness == 1.0
            closeness = session.get_one(QueuedEnquiry, second).closeness
        assert closeness is not None and 0.8 <= closeness < 1.0

    def test_what_comes_later_joins_after_a_restart(self, database: Database) -> None:
        first = ask(database, PARKING)
        sort(database)
        second = ask(database, PARKING_TOO)
        sort(database)
        assert partition(database) == {frozenset({first, second})}

    def test_it_counts_askers_once(self, database: Database) -> None:
        ask(database, PARKING, conversation="a", at=now() - timedelta(days=2))
        ask(database, PARKING, Reason.NOT_USEFUL, conversation="a", outcome="offer")
        last = ask(database, PARKING, conversation="b", state="open")
        sort(database)
        group = group_of(database, last)
        assert group is not None
        assert (group.askers, group.enquiries) == (2, 3)
        assert (group.unanswered, group.not_useful, group.handoffs, group.uncertain) == (2, 1, 1, 0)
        assert group.last_at - group.first_at >= timedelta(days=1)

    def test_a_reason_more_moves_nothing(self, database: Database) -> None:
        reference = ask(database, PARKING)
        sort(database)
        before = group_of(database, reference)
        with database.write() as session:
            queue_enquiry(session, session.get_one(Enquiry, reference), Reason.NOT_USEFUL)
        sort(database)
        after = group_of(database, reference)
        assert before and after and after.id == before.id
        assert (before.not_useful, after.not_useful) == (0, 1)

    def test_what_has_no_words_any_more_is_in_no_group(self, database: Database) -> None:
        reference = ask(database, None)
        sort(database)
        assert group_of(database, reference) is None

    @pytest.mark.parametrize("care", ["disclosure", "crisis", "abuse"])
    def test_what_was_met_with_care_stands_alone_without_a_vector(self, database: Database, care: str) -> None:
        first, second = (ask(database, None, Reason.NOT_USEFUL, outcome=care) for _ in range(2))
        sort(database)
        groups = [group_of(database, reference) for reference in (first, second)]
        assert [(group.kind, group.vector, group.askers) for group in groups if group] == [(care, None, 1)] * 2

    def test_what_was_left_without_a_question_told_of_racism(self, database: Database) -> None:
        reference = ask(database, None, Reason.HANDOFF, outcome="handoff", state="open")
        sort(database)
        group = group_of(database, reference)
        assert group and group.kind == "disclosure"

    def test_what_was_withdrawn_first_is_none(self, database: Database) -> None:
        reference = ask(database, None, Reason.HANDOFF, outcome="handoff", state="withdrawn")
        sort(database)
        assert group_of(database, reference) is None

    def test_a_failure_leaves_it_for_the_next_round(self, database: Database) -> None:
        reference = ask(database, PARKING)

        def fail(texts: Sequence[str]) -> NDArray[np.float32]:
            raise OSError(texts[0])

        asyncio.run(Sorter(database, fail).go_round())
        assert group_of(database, reference) is None
        sort(database)
        assert group_of(database, reference) is not None

    def test_the_log_says_what_failed_without_words(self, database: Database, caplog: pytest.LogCaptureFixture) -> None:
        ask(database, PARKING)

        def fail(texts: Sequence[str]) -> NDArray[np.float32]:
            raise OSError(texts[0])

        asyncio.run(Sorter(database, fail).go_round())
        assert caplog.messages == ["Enquiries wait to be sorted: OSError"]


class TestLeaders:
    def test_another_leads_when_the_first_was_erased(self, database: Database) -> None:
        ask(database, PARKING, conversation="a")
        second = ask(database, PARKING_TOO)
        sort(database)
        erase(database, "a")
        blank = group_of(database, second)
        assert blank and (blank.leader, blank.vector, blank.enquiries) == (None, None, 1)
        sort(database)
        group = group_of(database, second)
        assert group and group.id == blank.id and group.leader == second and group.vector is not None
        words = encode_words([PARKING_TOO])[0]
        assert from_bytes(group.vector) == pytest.approx(words / np.linalg.norm(words), abs=1e-3)

    def test_nothing_joins_by_a_vector_that_is_gone(self, database: Database) -> None:
        ask(database, PARKING, conversation="a")
        sorter = Sorter(database, encode_words)
        asyncio.run(sorter.go_round())
        erase(database, "a")
        second = ask(database, PARKING)
        asyncio.run(sorter.go_round())
        group = group_of(database, second)
        assert group and group.leader == second


class TestOpeningAgain:
    @pytest.fixture
    def closed(self, database: Database) -> int:
        """A group that was closed a minute ago."""
        reference = ask(database, PARKING, at=now() - timedelta(days=1))
        sort(database)
        group = group_of(database, reference)
        assert group is not None
        change(database, Group, group.id, state="closed", closed_as="answer", closed_at=now() - timedelta(minutes=1))
        return group.id

    @pytest.mark.parametrize("closed_as", ["dismiss", "out_of_scope"])
    def test_what_was_dismissed_stays_dismissed(self, database: Database, closed: int, closed_as: str) -> None:
        change(database, Group, closed, closed_as=closed_as)
        ask(database, PARKING, Reason.NOT_USEFUL, state="open")
        sort(database)
        with database.read() as session:
            group = session.get_one(Group, closed)
        assert (group.state, group.enquiries) == ("closed", 2)

    def test_it_opens_for_whoever_left_it_and_says_so(self, database: Database, closed: int) -> None:
        reference = ask(database, PARKING, outcome="handoff", state="open")
        sort(database)
        with database.read() as session:
            group, decision = session.get_one(Group, closed), session.scalars(select(Decision)).one()
        assert (group.state, group.closed_as, group.closed_at, group.version) == ("open", None, None, 1)
        assert (decision.kind, decision.staff_id, decision.enquiries) == ("reopen", None, [reference])
        assert decision.note == "A question of this group was left for a person."

    @pytest.mark.parametrize(
        ("reason", "outcome", "hours", "state"),
        [
            (Reason.NOT_USEFUL, "offer", 2, "open"),
            (Reason.UNANSWERED, "unanswered", 0, "open"),
            (Reason.UNANSWERED, "unanswered", 2, "closed"),
            (Reason.UNCERTAIN, "offer", 0, "closed"),
        ],
        ids=["not useful", "asked after the closing", "asked before it", "answered with little confidence"],
    )
    def test_it_opens_when_the_answer_did_not_serve(
        self, database: Database, closed: int, reason: Reason, outcome: str, hours: int, state: str
    ) -> None:
        ask(database, PARKING, reason, outcome=outcome, at=now() - timedelta(hours=hours))
        sort(database)
        with database.read() as session:
            assert session.get_one(Group, closed).state == state


QUESTIONS = st.lists(
    st.lists(st.sampled_from("where can I park my car is lunch served today".split()), min_size=1, max_size=6),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions=QUESTIONS, rounds=st.integers(1, 3))
def test_each_is_near_its_leader_and_stays_where_it_is(
    database: Database, questions: list[list[str]], rounds: int
) -> None:
    Base.metadata.drop_all(database.engine)
    Base.metadata.create_all(database.engine)
    texts = [" ".join(words) for words in questions]
    where: dict[str, int] = {}
    for start in range(0, len(texts), rounds):
        for place, text in enumerate(texts[start : start + rounds]):
            left = {"state": "open"} if len(text) % 2 else {}
            ask(database, text, list(Reason)[len(text) % 4], conversation=f"asker {place}", **left)
        sort(database)
        with database.read() as session:
            for queued in session.scalars(select(QueuedEnquiry)):
                assert queued.group_id is not None
                assert where.setdefault(queued.reference, queued.group_id) == queued.group_id
    with database.read() as session:
        for group in session.scalars(select(Group)):
            members = session.execute(
                select(QueuedEnquiry, Enquiry)
                .join(Enquiry, Enquiry.reference == QueuedEnquiry.reference)
                .where(QueuedEnquiry.group_id == group.id)
            ).all()
            assert group.enquiries == len(members)
            counted = counts_of(group)
            recount_groups(session, [group.id])
            assert counts_of(group) == counted
            vectors = encode_words([enquiry.text or "" for _, enquiry in members])
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            leader = from_bytes(group.vector or b"")
            assert (vectors @ leader >= 0.8 - 2e-3).all()
