"""Who of the staff somebody is, cards of the queue, answers in channels and their health, on both kinds of database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Barrier

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from assistant.channels.acts import Acts
from assistant.channels.cards import note_card
from assistant.channels.review_cards import ReviewCards
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.follow_ups import withdraw_left_question
from assistant.enquiries.models import Group, OutboxLetter
from assistant.messaging.arrivals import Arrival, ArrivalKind, hash_of
from assistant.messaging.errors import LinkRefusedError
from assistant.messaging.health import read_channels, select_undone
from assistant.messaging.identities import find_staff, give_code, take_code
from assistant.messaging.lanes import give_up
from assistant.messaging.models import InboxMessage, Place, Post, StaffIdentity
from assistant.messaging.outbox import drop_answers, note_sent
from assistant.review.answers import Way, list_deliveries, list_recipients, write_answer
from assistant.review.decisions import Choice, claim_group, decide
from assistant.review.models import Decision, DecisionKind, ReviewCard, WrittenAnswer
from assistant.settings import Settings
from assistant.staff.models import AuditEntry, Staff
from tests.support.asked import add_group
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine

SETTINGS = Settings(slack_signing_secret="s", slack_bot_token="xoxb-1", slack_review_channel="C1")  # type: ignore[arg-type]


@pytest.fixture
def cipher() -> Cipher:
    """With a key of the test's own."""
    return Cipher(Fernet.generate_key().decode())


@pytest.fixture
def desk(database: Database, cipher: Cipher) -> Iterator[EnquiryDesk]:
    """On an empty database with tables, and a member of staff."""
    upgrade(database.engine)
    with database.write() as session:
        session.add(Staff(id=1, email="a@example.org", name="Ada Lovelace", role="reviewer"))
    yield make_desk(database, FakeEngine(), cipher, SETTINGS)


def test_of_many_who_say_one_code_one_is_linked(desk: EnquiryDesk) -> None:
    with desk.database.write() as session:
        code = give_code(session, 1, now())

    def say(number: int) -> bool:
        arrival = Arrival("slack", "e", ("T1",), (f"U{number}",), ArrivalKind.MESSAGE, {})
        with desk.database.write() as session:
            try:
                return take_code(session, arrival, code, desk.cipher, now()).id == 1
            except LinkRefusedError:
                return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(say, range(4))) == [False, False, False, True]
    with desk.database.read() as session:
        found = [
            find_staff(session, Arrival("slack", "e", ("T1",), (f"U{number}",), ArrivalKind.MESSAGE, {}))
            for number in range(4)
        ]
    assert len([each for each in found if each is not None]) == 1


def test_each_card_is_queued_once_however_many_processes_look(desk: EnquiryDesk) -> None:
    ReviewCards(desk).go_round()
    with desk.database.write() as session:
        for number in range(3):
            group_id, _ = add_group(session, f"question {number}")
            group = session.get_one(Group, group_id)
            group.first_at, group.judged_by, group.others = now(), "m", ["list_offers"]
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: ReviewCards(desk).go_round(), range(4))) == 3
    with desk.database.write() as session:
        for post in session.scalars(select(Post)):
            note_card(session, post, f"m{post.id}", is_kept=note_sent(session, post, f"m{post.id}"), cipher=desk.cipher)
    with desk.database.write() as session:
        group = claim_group(session, group_id, 0)
        decide(session, group, 1, Choice(DecisionKind.DISMISS))
        decide(session, group, 1, Choice(DecisionKind.REOPEN))
    assert ReviewCards(desk).go_round() == 2  # a new one, and the old one without its buttons
    assert ReviewCards(desk).go_round() == 0
    with desk.database.read() as session:
        assert session.scalar(select(func.count(ReviewCard.id))) == 4


def test_of_two_who_press_at_once_one_decides(desk: EnquiryDesk) -> None:
    with desk.database.write() as session:
        number, _ = add_group(session, "parking")
        session.get_one(Group, number).judged_by = "m"
        for user in ("U1", "U2"):
            identity = {"id": hash_of("slack", "T1", user), "channel": "slack", "staff_id": 1}
            session.add(StaffIdentity(**identity))
            held = {"channel": "slack", "key": user, "lane": user, "arrival_encrypted": b""}
            session.add(InboxMessage(**held))
    with desk.database.read() as session:
        rows = session.scalars(select(InboxMessage).order_by(InboxMessage.id)).all()
    start = Barrier(2, timeout=10)
    content = {"group": number, "version": 0, "act": "out_of_scope", "label": "", "message": ""}

    def press(row: InboxMessage) -> None:
        start.wait()
        pressed = Arrival("slack", row.key, (row.lane,), ("T1", row.key), ArrivalKind.DECISION, {}, content)
        Acts(desk).decide(pressed, row)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, rows))
    with desk.database.read() as session:
        assert session.scalar(select(func.count(Decision.id))) == 1
        assert session.scalar(select(func.count(AuditEntry.number))) == 1
        assert session.scalars(select(Post.kind)).all() == ["notice"]
        assert session.get_one(Group, number).version == 1


def ask_in_slack(session: Session, cipher: Cipher) -> tuple[int, list[str]]:
    """A group of two askers of whom the first has a place in Slack; its number and their references."""
    number, references = add_group(session, "parking", "where", cipher=cipher)
    place = {"token_encrypted": b"", "address_encrypted": cipher.encrypt("{}"), "is_private": True}
    session.add(Place(id="p", channel="slack", conversation_id=f"c-{references[0]}", **place))
    session.flush()
    return number, references


def answer(session: Session, number: int, references: list[str], cipher: Cipher) -> WrittenAnswer:
    """Somebody answers these askers of the group."""
    group = claim_group(session, number, 0)
    decision = decide(session, group, 1, Choice(DecisionKind.ANSWER))
    return write_answer(session, group, decision, "None.", references, cipher, SETTINGS)


def test_an_answer_goes_to_the_place_of_whoever_asked(desk: EnquiryDesk) -> None:
    with desk.database.write() as session:
        number, [here, elsewhere] = ask_in_slack(session, desk.cipher)
        recipients = {each.reference: each.channel for each in list_recipients(session, number, ["slack"])}
        assert recipients == {here: "slack", elsewhere: "email"}
        assert {each.channel for each in list_recipients(session, number, [])} == {"email"}
        written = answer(session, number, [here, elsewhere], desk.cipher)
        assert {each.way for each in list_deliveries(session, written.id)} == {Way.WAITING}


def test_whoever_withdraws_while_they_are_answered_is_not_written_to(desk: EnquiryDesk) -> None:
    with desk.database.write() as session:
        number, [here, elsewhere] = ask_in_slack(session, desk.cipher)

    def withdraw(reference: str) -> None:
        with desk.database.write() as session:
            withdraw_left_question(session, reference, drop_answers)

    with ThreadPoolExecutor(2) as pool:
        with desk.database.write() as session:
            answer(session, number, [here, elsewhere], desk.cipher)
            withdrawals = [pool.submit(withdraw, reference) for reference in (here, elsewhere)]
            wait(withdrawals, timeout=0.3)  # they cannot end before the answer is committed
        for each in withdrawals:
            each.result(timeout=10)
    with desk.database.read() as session:
        assert session.scalars(select(Post)).all() == []
        assert session.scalars(select(OutboxLetter)).all() == []


def test_what_waits_and_was_given_up_is_counted(desk: EnquiryDesk) -> None:
    moment = now()
    with desk.database.write() as session:
        session.add(InboxMessage(channel="slack", key="a", lane="l", created_at=moment - timedelta(minutes=6)))
        session.add(InboxMessage(channel="slack", key="b", lane="l", created_at=moment, last_error="Away"))
        posts = [Post(channel="slack", key=key, lane="l", kind="reply") for key in "cd"]
        session.add_all(posts)
        session.flush()
        give_up(session, posts[0], "gone")
        note_sent(session, posts[1], "m")
    with desk.database.read() as session:
        slack, teams = read_channels(session, SETTINGS, moment)
    assert (slack.is_on, slack.inbox.waiting, slack.inbox.given_up, slack.inbox.fault) == (True, 2, 0, "Away")
    assert slack.is_late and (slack.inbox.late, slack.outbox.late) == (1, 0)
    assert (slack.outbox.waiting, slack.outbox.given_up, slack.outbox.fault) == (0, 1, "gone")
    assert not teams.is_on and not teams.is_late and teams.inbox.oldest_at is None


@pytest.mark.parametrize("table", [InboxMessage, Post])
def test_counting_what_waits_reads_nothing_that_is_done(
    desk: EnquiryDesk, table: type[InboxMessage] | type[Post]
) -> None:
    engine = desk.database.engine
    counted = select_undone(table, now()).compile(engine, compile_kwargs={"literal_binds": True})
    is_sqlite = engine.dialect.name == "sqlite"
    with desk.database.read() as session:
        if not is_sqlite:
            session.execute(text("SET LOCAL enable_seqscan = off"))  # which it prefers for a few rows
        plan = session.execute(text(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{counted}")).all()
    assert f"ix_{table.__tablename__}_undone" in str(plan)
