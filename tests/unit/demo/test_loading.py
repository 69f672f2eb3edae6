"""What is loaded is what the desk and staff would have left behind."""

from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from assistant.catalogue.models import Contact, Example, ExampleState, Offer, Revision, RevisionState
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.demo.colleagues import let_in
from assistant.demo.errors import NotForDemoError
from assistant.demo.loading import ENQUIRIES, Held, Tools, find_held, load_demo, settle
from assistant.demo.script import CARE, Script
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Group, Message, OutboxLetter, QueuedEnquiry
from assistant.review.models import Decision, Delivery, WrittenAnswer
from assistant.staff.audit import find_break
from assistant.staff.models import AuditEntry, Staff
from assistant.staff.sessions import find_session
from assistant.staff.signing_in import Visitor, take_password, take_recovery
from tests.support.held import hold
from tests.unit.demo.conftest import MOMENT, count_letters

T = TypeVar("T")


def rows(database: Database, table: type[T]) -> list[T]:
    with database.read() as session:
        return list(session.scalars(select(table)))


class TestEnquiries:
    def test_they_are_as_many_as_wanted_and_of_the_month(self, demo: Database) -> None:
        found = rows(demo, Enquiry)
        assert ENQUIRIES * 0.85 < len(found) < ENQUIRIES * 1.15
        assert all(MOMENT - timedelta(days=30) <= each.received_at <= MOMENT + timedelta(hours=1) for each in found)

    def test_where_care_was_due_no_words_are_kept(self, demo: Database) -> None:
        cared = [each for each in rows(demo, Enquiry) if each.outcome in CARE]
        assert cared and all(each.text is None for each in cared)
        with demo.read() as session:
            ids = [each.reference for each in cared]
            kept = session.scalars(select(Message.text).where(Message.reference.in_(ids))).all()
        assert {text for text in kept if text} <= {"[name]", "[email]", "[yes or no]"}

    def test_what_is_personal_is_taken_out(self, demo: Database) -> None:
        texts = [each.text or "" for each in rows(demo, Enquiry)] + [each.text or "" for each in rows(demo, Message)]
        assert not [text for text in texts if "@" in text or "07700" in text]

    def test_addresses_are_encrypted(self, demo: Database, cipher: Cipher) -> None:
        left = [each for each in rows(demo, FollowUp) if each.email_encrypted]
        assert left and all(str(cipher.decrypt(each.email_encrypted or b"")).endswith("@example.org") for each in left)

    def test_each_answer_is_a_reply_of_the_public_api(self, demo: Database) -> None:
        keys = {frozenset(message.reply or {}) for message in rows(demo, Message)}
        expected = {"enquiry", "outcome", "replies", "offers", "topic", "person", "people", "choices", "expects"}
        assert keys == {frozenset(expected)}

    def test_what_the_engine_told_goes_before_the_file(self, database: Database, script: Script, tools: Tools) -> None:
        told = dict.fromkeys(
            (text for ask in script.asks for text in ask.texts), TurnReply("unanswered", ("No idea.",))
        )
        with database.write() as session:
            load_demo(session, script, Tools(**{**vars(tools), "told": told}), MOMENT, enquiries=100)
        with database.read() as session:
            count = session.scalar(select(func.count()).where(Enquiry.outcome == "unanswered")) or 0
        assert count > 30

    def test_it_is_the_same_for_the_same_seed(
        self, demo: Database, database: Database, script: Script, tools: Tools
    ) -> None:
        with database.write() as session:
            load_demo(session, script, tools, MOMENT)
        assert texts_of(database) == texts_of(demo)


class TestStaff:
    def test_decisions_answers_and_letters_are_there(self, demo: Database) -> None:
        assert {each.kind for each in rows(demo, Decision)} >= {"answer", "label", "wait", "out_of_scope", "dismiss"}
        assert rows(demo, WrittenAnswer) and len(rows(demo, Delivery)) == len(rows(demo, OutboxLetter)) > 0

    def test_everything_in_the_story_came_to_pass(self, demo: Database, script: Script) -> None:
        notes = {(each.kind, each.note) for each in rows(demo, Decision)}
        assert notes == {(each.kind.value, each.note) for each in script.story.decisions}

    def test_letters_that_were_sent_or_refused_hold_nothing_and_wait_no_longer(self, demo: Database) -> None:
        for letter in rows(demo, OutboxLetter):
            waits = letter.next_try_at is not None
            assert waits == (letter.letter_encrypted is not None)
            assert not (waits and letter.sent_at)

    def test_groups_count_what_is_in_them(self, demo: Database) -> None:
        for group in rows(demo, Group):
            inside = [each for each in rows(demo, QueuedEnquiry) if each.group_id == group.id]
            assert (group.enquiries, group.first_at) == (len(inside), min(each.received_at for each in inside))
            assert all(each.is_sorted for each in inside)

    def test_some_groups_are_assigned(self, demo: Database) -> None:
        assert any(group.assignee_id for group in rows(demo, Group))

    def test_an_edit_is_published_and_a_draft_is_not(self, demo: Database) -> None:
        states = {each.state for each in rows(demo, Revision)}
        assert states == {state.value for state in RevisionState} - {RevisionState.DISCARDED.value}
        with demo.read() as session:
            assert "leaders of colour network" in session.get_one(Offer, "bme-leadership-network").aliases

    def test_examples_are_approved_and_proposed(self, demo: Database) -> None:
        assert {each.state for each in rows(demo, Example)} == {ExampleState.APPROVED, ExampleState.PROPOSED}

    def test_a_contact_was_not_checked_for_long(self, demo: Database) -> None:
        checked = [each.verified_on for each in rows(demo, Contact) if each.verified_on]
        assert min(checked) < (MOMENT - timedelta(days=183)).date() < max(checked)

    def test_the_record_holds_together_and_names_acts_of_the_month(self, demo: Database) -> None:
        entries = rows(demo, AuditEntry)
        with demo.read() as session:
            assert find_break(session) is None
        assert entries == sorted(entries, key=lambda each: (each.at, each.number))
        assert all(each.at <= MOMENT for each in entries)

    def test_each_is_let_in_without_an_app(self, demo: Database, script: Script, tools: Tools) -> None:
        with demo.write() as session:
            sign_ins = let_in(session, script.story.staff, tools.cipher)
        assert {each.role for each in sign_ins} == {"reviewer", "editor", "admin"}
        assert len({each.password for each in sign_ins}) == 3
        visitor = Visitor("", "192.0.2.1", now())
        for each in sign_ins:
            half = take_password(demo, tools.cipher, each.email, each.password, visitor)
            with demo.read() as session:
                staff = find_session(session, half, visitor.moment).staff
            done = take_recovery(demo, tools.cipher, staff, each.recovery_code, visitor)
            with demo.read() as session:
                assert find_session(session, done, visitor.moment).is_complete
        with demo.read() as session:
            assert find_break(session) is None


class TestDatabase:
    def test_an_empty_one_is_nobodys(self, database: Database) -> None:
        assert held(database) is Held.NOTHING

    def test_a_loaded_one_is_the_demonstrations_and_not_loaded_twice(
        self, demo: Database, script: Script, tools: Tools
    ) -> None:
        assert held(demo) is Held.DEMO
        with pytest.raises(NotForDemoError), demo.write() as session:
            load_demo(session, script, tools, MOMENT)

    def test_one_with_real_enquiries_is_refused(self, database: Database, script: Script, tools: Tools) -> None:
        hold(database, "somebody", MOMENT, "ENQ-2345-6789")
        assert held(database) is Held.REAL
        with pytest.raises(NotForDemoError), database.write() as session:
            load_demo(session, script, tools, MOMENT)
        assert len(rows(database, Conversation)) == 1

    def test_one_with_real_staff_is_refused(self, database: Database) -> None:
        with database.write() as session:
            session.add(Staff(email="somebody@example.com", name="Somebody", role="admin"))
        assert held(database) is Held.REAL

    def test_afterwards_nothing_waits_to_be_sorted(self, demo: Database) -> None:
        settle(demo, count_letters, MOMENT)
        assert all(each.is_sorted for each in rows(demo, QueuedEnquiry))


def texts_of(database: Database) -> list[tuple[str, str | None]]:
    return sorted((each.reference, each.text) for each in rows(database, Enquiry))


def held(database: Database) -> Held:
    with database.read() as session:
        return find_held(session)
