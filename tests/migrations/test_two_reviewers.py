"""Two reviewers, or two processes, at once on both kinds of database: one is first, and nothing is overwritten."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from assistant.catalogue.models import Example
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Group, OutboxLetter
from assistant.review.answers import write_answer
from assistant.review.decisions import Choice, claim_group, decide, undo
from assistant.review.effects import ask_for_effect, claim_effect
from assistant.review.errors import ChangedMeanwhileError
from assistant.review.examples import propose
from assistant.review.models import Decision, DecisionKind
from assistant.settings import Settings
from assistant.staff.audit import find_break
from assistant.staff.models import Staff
from tests.support.asked import add_group

REVIEWERS = 4


@pytest.fixture
def cipher() -> Cipher:
    return Cipher(Fernet.generate_key().decode())


@pytest.fixture
def number(database: Database, cipher: Cipher) -> int:
    """A group of two askers, and some reviewers who see it at once."""
    upgrade(database.engine)
    with database.write() as session:
        session.add_all(Staff(email=f"{each}@example.org", name=f"R{each}", role="reviewer") for each in range(4))
        return add_group(session, "Is there parking?", "Where can I park?", cipher=cipher)[0]


def at_once(act: object) -> list[object]:
    """What became of the same act of each reviewer, all begun at the same moment."""
    start = threading.Barrier(REVIEWERS, timeout=10)

    def one(reviewer: int) -> object:
        start.wait()
        try:
            return act(reviewer)  # type: ignore[operator]
        except ChangedMeanwhileError as error:
            return error

    with ThreadPoolExecutor(REVIEWERS) as pool:
        return list(pool.map(one, range(1, REVIEWERS + 1)))


def test_one_decides_and_the_others_hear_of_it(database: Database, number: int) -> None:
    def label(reviewer: int) -> int:
        with database.write() as session:
            group = claim_group(session, number, 0)
            examples = propose(session, [f"parking {reviewer}"], "out_of_scope", reviewer)
            return decide(session, group, reviewer, Choice(DecisionKind.OUT_OF_SCOPE), examples).id

    outcomes = at_once(label)
    refused = [each for each in outcomes if isinstance(each, ChangedMeanwhileError)]
    assert len(refused) == REVIEWERS - 1
    with database.read() as session:
        [decision] = session.scalars(select(Decision)).all()
        [example] = session.scalars(select(Example)).all()
        assert decision.id in outcomes and decision.examples == [example.id]
        assert session.get_one(Group, number).version == 1 and find_break(session) is None
        first = session.get_one(Staff, decision.staff_id).name
    assert all(f"{first} said that it is not our subject" in str(each) for each in refused)


def test_an_answer_goes_to_each_asker_once(database: Database, number: int, cipher: Cipher) -> None:
    def answer(reviewer: int) -> None:
        with database.write() as session:
            group = claim_group(session, number, 0)
            decision = decide(session, group, reviewer, Choice(DecisionKind.ANSWER))
            references = set(decision.enquiries)
            write_answer(session, group, decision, "There is none.", references, cipher, Settings())

    at_once(answer)
    with database.read() as session:
        assert len(session.scalars(select(OutboxLetter)).all()) == 2


def test_a_decision_is_undone_once(database: Database, number: int) -> None:
    with database.write() as session:
        decision = decide(session, claim_group(session, number, 0), 1, Choice(DecisionKind.DISMISS)).id

    def take_back(reviewer: int) -> None:
        with database.write() as session:
            undo(session, number, 1, decision, reviewer)

    assert sum(each is None for each in at_once(take_back)) == 1
    with database.read() as session:
        group = session.get_one(Group, number)
        assert (group.state, group.version) == ("open", 2)


@pytest.mark.usefixtures("number")
def test_an_effect_is_worked_out_by_one_process(database: Database) -> None:
    with database.write() as session:
        effect = ask_for_effect(session, [each.id for each in propose(session, ["parking"], "out_of_scope", 1)], 1).id

    def claim(_: int) -> int | None:
        with database.write() as session:
            claimed = claim_effect(session, now())
            return claimed.id if claimed else None

    assert sorted(at_once(claim), key=str) == [effect, *[None] * (REVIEWERS - 1)]
