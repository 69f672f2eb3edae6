"""The queue's queries, on both kinds of database with every table and index."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.models import Group, GroupKind, GroupState, QueuedEnquiry, Reason
from assistant.review import queue, searching
from assistant.review.assigning import assign
from assistant.review.errors import ChangedMeanwhileError
from assistant.review.groups import view_group
from assistant.review.queue import NOBODY, Filters, count_groups, count_urgent, list_groups
from assistant.staff.errors import NotAllowedError
from assistant.staff.roles import Role
from tests.support.held import change
from tests.support.queued import ask, sort
from tests.support.staff import add_colleague

PARKING, LUNCH, MENTORS = "Where can I park?", "When is lunch served on 50% of days?", "Who are the board's mentors?"


@pytest.fixture
def queued(database: Database) -> Iterator[Database]:
    """Three asked where to park, one about lunch by Slack and left it for a person, one about mentors long ago."""
    upgrade(database.engine)
    moment = now()
    for hours in (1, 2, 3):
        ask(database, PARKING, at=moment - timedelta(hours=hours))
    ask(database, LUNCH, Reason.UNCERTAIN, at=moment, channel="slack", outcome="offer", state="open")
    ask(database, MENTORS, Reason.NOT_USEFUL, at=moment - timedelta(days=9), outcome="offer")
    sort(database)
    yield database


def found(database: Database, filters: Filters) -> list[str | None]:
    """The words of the groups that fit."""
    with database.read() as session:
        return [row.words for row in list_groups(session, filters, now()).rows]


def group_of(database: Database, words: str) -> Group:
    """The group that is led by these words."""
    with database.read() as session:
        return next(row.group for row in list_groups(session, Filters(), now()).rows if row.words == words)


def test_most_askers_come_first_or_the_newest(queued: Database) -> None:
    assert found(queued, Filters()) == [PARKING, LUNCH, MENTORS]
    assert found(queued, Filters(is_newest_first=True)) == [LUNCH, PARKING, MENTORS]


@pytest.fixture
def urgent(queued: Database) -> list[int]:
    """The numbers of three groups that stand first, newest first: a disclosure, a crisis, a disclosure of days ago."""
    moment = now()
    for hours, kind in ((50, "disclosure"), (2, "crisis"), (1, "disclosure")):
        ask(queued, None, Reason.HANDOFF, outcome=kind, at=moment - timedelta(hours=hours), state="open")
    # Neither of these waits for a person: one withdrew, one said only that the answer was of no use.
    ask(queued, None, Reason.HANDOFF, outcome="disclosure", at=moment, state="withdrawn")
    ask(queued, None, Reason.NOT_USEFUL, outcome="crisis", at=moment)
    ask(queued, None, Reason.HANDOFF, outcome="abuse", at=moment, state="open")
    sort(queued)
    with queued.read() as session:
        rows = list_groups(session, Filters(is_urgent=True), now()).rows
        return [row.group.id for row in rows]


def numbers(database: Database, filters: Filters) -> list[int]:
    """The numbers of all groups that fit, page after page."""
    place, seen = None, list[int]()
    while True:
        with database.read() as session:
            page = list_groups(session, filters, now(), place)
        assert len(page.rows) <= queue.PAGE
        seen += [row.group.id for row in page.rows]
        if (place := page.following) is None:
            return seen


@pytest.mark.parametrize("size", [1, 2, 3, 4, 20])
def test_people_in_danger_and_disclosures_that_wait_come_first_on_pages_of_any_size(
    queued: Database, urgent: list[int], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    parking = group_of(queued, PARKING).id
    monkeypatch.setattr(queue, "PAGE", size)
    seen = numbers(queued, Filters())
    assert len(urgent) == 3 and seen[:3] == urgent and seen[3] == parking
    assert len(seen) == len(set(seen)) == 9
    assert numbers(queued, Filters(is_urgent=True)) == urgent
    assert set(numbers(queued, Filters(is_newest_first=True))[:3]).isdisjoint(urgent)


def test_they_are_marked_and_counted_by_people(queued: Database, urgent: list[int]) -> None:
    ask(queued, None, Reason.HANDOFF, outcome="crisis", conversation="again", state="open")
    ask(queued, None, Reason.HANDOFF, outcome="disclosure", conversation="again", state="open")
    sort(queued)
    with queued.read() as session:
        marked = [row.group.id for row in list_groups(session, Filters(), now()).rows if row.is_urgent]
        assert len(marked) == 5 and count_urgent(session) == 4


def test_once_somebody_saw_to_them_they_stand_with_the_others(queued: Database, urgent: list[int]) -> None:
    change(queued, Group, urgent[0], state="waiting")
    with queued.read() as session:
        assert count_urgent(session) == 2
    assert numbers(queued, Filters())[:2] == urgent[1:]
    assert numbers(queued, Filters(state=GroupState.WAITING)) == urgent[:1]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(reason=Reason.HANDOFF), [LUNCH]),
        (Filters(reason=Reason.UNCERTAIN), [LUNCH]),
        (Filters(reason=Reason.NOT_USEFUL), [MENTORS]),
        (Filters(reason=Reason.UNANSWERED), [PARKING]),
        (Filters(channel="slack"), [LUNCH]),
        (Filters(channel="teams"), []),
        (Filters(days=7), [MENTORS]),
        (Filters(kind=GroupKind.CRISIS), []),
        (Filters(assignee=NOBODY), [PARKING, LUNCH, MENTORS]),
        (Filters(assignee=77), []),
        (Filters(state=GroupState.WAITING), []),
        (Filters(state=None), [PARKING, LUNCH, MENTORS]),
        (Filters(words="park"), [PARKING]),
        (Filters(words="served LUNCH"), [LUNCH]),
        (Filters(words="served parking lots"), []),
        (Filters(words="50%"), [LUNCH]),
        (Filters(words="_____%%"), []),
        (Filters(words="board's mentors"), [MENTORS]),
        (Filters(words="'; DROP TABLE enquiries; --"), []),
        (Filters(words='"unclosed & ( !'), []),
    ],
    ids=str,
)
def test_filters_and_words_narrow_it_down(queued: Database, filters: Filters, expected: list[str]) -> None:
    assert found(queued, filters) == expected


def test_a_reference_or_a_group_is_found_whatever_its_state(queued: Database) -> None:
    group = group_of(queued, PARKING)
    change(queued, Group, group.id, state="closed", closed_as="dismiss", closed_at=now())
    assert group.leader is not None
    for typed in (group.leader, group.leader.lower().replace("-", " "), f"group {group.id}", f"#{group.id}"):
        assert found(queued, Filters(words=typed)) == [PARKING]
    assert found(queued, Filters(words="ENQ-2222-2222")) == []


def test_pages_follow_each_other_whatever_comes_in(queued: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 1)
    for is_newest_first in (False, True):
        filters, place, seen = Filters(is_newest_first=is_newest_first), None, list[str | None]()
        while True:
            with queued.read() as session:
                page = list_groups(session, filters, now(), place)
            seen += [row.words for row in page.rows]
            place = page.following
            if place is None:
                break
            ask(queued, f"something else {len(seen)} {is_newest_first}", at=now() + timedelta(hours=1))
            sort(queued)
        assert [words for words in seen if words in (PARKING, LUNCH, MENTORS)] == (
            [LUNCH, PARKING, MENTORS] if is_newest_first else [PARKING, LUNCH, MENTORS]
        )


def test_it_says_when_too_many_questions_have_the_words(queued: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_MATCHES", 2)
    with queued.read() as session:
        assert list_groups(session, Filters(words="park"), now()).is_cut
        assert not list_groups(session, Filters(words="lunch"), now()).is_cut


def test_it_counts_the_groups_of_each_state(queued: Database) -> None:
    change(queued, Group, group_of(queued, LUNCH).id, state="waiting")
    with queued.read() as session:
        assert count_groups(session) == {GroupState.OPEN: 2, GroupState.WAITING: 1, GroupState.CLOSED: 0}


def test_a_group_shows_its_enquiries_oldest_first_with_what_was_said(queued: Database) -> None:
    with queued.read() as session:
        view = view_group(session, group_of(queued, PARKING).id)
    times = [member.enquiry.received_at for member in view.members]
    assert len(times) == 3 and times == sorted(times)
    [said] = view.members[0].around
    assert (said.words, said.replies, said.is_this) == (PARKING, ["I do not know that."], True)


def test_a_group_of_many_pages_ends_with_its_last(queued: Database) -> None:
    for _ in range(20):
        ask(queued, PARKING)
    sort(queued)
    number = group_of(queued, PARKING).id
    with queued.read() as session:
        view = view_group(session, number, 99)
    assert (view.page, view.pages, len(view.members)) == (3, 3, 3)


class TestAssigning:
    def test_it_gives_the_group_to_somebody_and_to_nobody(self, queued: Database) -> None:
        number, robin = group_of(queued, LUNCH).id, add_colleague(queued)
        with queued.write() as session:
            assert assign(session, number, 0, robin.id, robin.id) == robin.name
        assert found(queued, Filters(assignee=robin.id)) == [LUNCH]
        with queued.write() as session:
            assert assign(session, number, 1, None, robin.id) is None
        assert found(queued, Filters(assignee=robin.id)) == []

    def test_two_at_once_do_not_overwrite_each_other(self, queued: Database) -> None:
        number = group_of(queued, LUNCH).id
        robin, ada = add_colleague(queued), add_colleague(queued, Role.ADMIN)
        with queued.write() as session:
            assign(session, number, 0, robin.id, robin.id)
        with pytest.raises(ChangedMeanwhileError), queued.write() as session:
            assign(session, number, 0, ada.id, ada.id)
        assert found(queued, Filters(assignee=robin.id)) == [LUNCH]

    def test_nobody_can_be_made_up(self, queued: Database) -> None:
        with pytest.raises(NotAllowedError), queued.write() as session:
            assign(session, group_of(queued, LUNCH).id, 0, 4711, 1)


def test_two_who_sort_at_once_leave_one_group(queued: Database) -> None:
    from concurrent.futures import ThreadPoolExecutor

    references = [ask(queued, "Is there a shuttle bus?") for _ in range(120)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: sort(queued), range(2)))
    sort(queued)
    with queued.read() as session:
        numbers = {session.get_one(QueuedEnquiry, reference).group_id for reference in references}
        assert len(numbers) == 1
        assert session.get_one(Group, numbers.pop() or 0).enquiries == 120
