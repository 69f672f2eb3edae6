import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example
from assistant.enquiries.models import Group, GroupState
from assistant.review.decisions import (
    Choice,
    claim_group,
    decide,
    decided_references,
    find_last_decision,
    undo,
)
from assistant.review.errors import ChangedMeanwhileError, DecisionRefusedError, GroupNotFoundError
from assistant.review.examples import propose
from assistant.review.models import Decision, DecisionKind
from assistant.staff.models import AuditEntry
from tests.support.asked import add_group

PARKING = ("Is there parking?", "Where can I park?")


def take(session: Session, group_id: int, staff: int, choice: Choice, examples: tuple[Example, ...] = ()) -> Decision:
    group = session.get_one(Group, group_id)
    return decide(session, claim_group(session, group_id, group.version), staff, choice, examples)


class TestDecide:
    @pytest.mark.parametrize(
        "kind", [DecisionKind.LABEL, DecisionKind.OUT_OF_SCOPE, DecisionKind.ANSWER, DecisionKind.DISMISS]
    )
    def test_it_closes_the_group_and_says_as_what(self, session: Session, robin: int, kind: DecisionKind) -> None:
        number, references = add_group(session, *PARKING)
        decision = take(session, number, robin, Choice(kind, label="offer/lfhii"))
        group = session.get_one(Group, number)
        assert (group.state, group.closed_as, group.version) == (GroupState.CLOSED, kind.value, 1)
        assert group.closed_at is not None and decision.enquiries == references

    def test_it_waits_with_a_note(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        take(session, number, robin, Choice(DecisionKind.WAIT, note="for the estates team"))
        group = session.get_one(Group, number)
        assert (group.state, group.note, group.closed_as) == (GroupState.WAITING, "for the estates team", None)

    def test_it_opens_again_what_was_closed(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        take(session, number, robin, Choice(DecisionKind.DISMISS))
        take(session, number, robin, Choice(DecisionKind.REOPEN))
        group = session.get_one(Group, number)
        assert (group.state, group.closed_as, group.closed_at) == (GroupState.OPEN, None, None)
        assert decided_references(session, number) == set()

    def test_it_stays_open_until_every_question_is_decided(self, session: Session, robin: int) -> None:
        number, (first, second) = add_group(session, *PARKING)
        take(session, number, robin, Choice(DecisionKind.DISMISS, (first,)))
        assert session.get_one(Group, number).state == GroupState.OPEN
        assert decided_references(session, number) == {first}
        take(session, number, robin, Choice(DecisionKind.OUT_OF_SCOPE, (second,)))
        assert session.get_one(Group, number).closed_as == "out_of_scope"

    def test_it_takes_in_no_question_of_another_group(self, session: Session, robin: int) -> None:
        number, (first, _) = add_group(session, *PARKING)
        _, (stranger,) = add_group(session, "Is there a crèche?")
        assert take(session, number, robin, Choice(DecisionKind.DISMISS, (first, stranger))).enquiries == [first]
        with pytest.raises(DecisionRefusedError, match="Tick at least one"):
            take(session, number, robin, Choice(DecisionKind.DISMISS, (stranger,)))

    def test_it_is_recorded_without_anybodys_words(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        decision = take(session, number, robin, Choice(DecisionKind.LABEL, label="offer/lfhii", note="secret"))
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.act, entry.subject, entry.staff_id) == ("decided", f"group:{number}", robin)
        assert entry.details == {
            "decision": decision.id, "kind": "label", "label": "offer/lfhii", "enquiries": 2, "examples": [],
        }  # fmt: skip


class TestClaimGroup:
    def test_it_refuses_who_saw_an_older_version_and_says_who_did_what(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        take(session, number, robin, Choice(DecisionKind.DISMISS))
        with pytest.raises(ChangedMeanwhileError, match="Robin Reviewer dismissed it. Nothing of yours was saved."):
            claim_group(session, number, 0)

    def test_it_refuses_a_group_that_is_none(self, session: Session) -> None:
        with pytest.raises(GroupNotFoundError):
            claim_group(session, 77, 0)


class TestUndo:
    def test_it_brings_the_state_back_and_withdraws_what_was_taught(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        take(session, number, robin, Choice(DecisionKind.WAIT, note="for estates"))
        examples = propose(session, ["is there parking"], "topic/about-confederation", robin)
        decision = take(session, number, robin, Choice(DecisionKind.LABEL, label="topic/x"), tuple(examples))
        undo(session, number, 2, decision.id, robin)
        group = session.get_one(Group, number)
        assert (group.state, group.note, group.closed_as, group.version) == ("waiting", "for estates", None, 3)
        assert examples[0].state == "withdrawn" and decision.undone_at is not None

    def test_it_undoes_one_after_another_from_the_last(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        first = take(session, number, robin, Choice(DecisionKind.DISMISS))
        second = take(session, number, robin, Choice(DecisionKind.REOPEN))
        with pytest.raises(DecisionRefusedError, match="Only the last"):
            undo(session, number, 2, first.id, robin)
        session.refresh(session.get_one(Group, number))
        undo(session, number, session.get_one(Group, number).version, second.id, robin)
        assert session.get_one(Group, number).closed_as == "dismiss"
        assert find_last_decision(session, number) is first
        undo(session, number, session.get_one(Group, number).version, first.id, robin)
        assert session.get_one(Group, number).state == "open"

    def test_it_says_that_an_answer_cannot_be_undone(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        decision = take(session, number, robin, Choice(DecisionKind.ANSWER))
        with pytest.raises(DecisionRefusedError, match="cannot be undone"):
            undo(session, number, 1, decision.id, robin)

    def test_it_undoes_what_the_assistant_closed_by_itself(self, session: Session, robin: int) -> None:
        number, _ = add_group(session, *PARKING)
        group = session.get_one(Group, number)
        group.state, group.closed_as = "closed", "known"
        known = Decision(group_id=number, kind="known", label="offer/lfhii")
        session.add(known)
        session.flush()
        undo(session, number, 0, known.id, robin)
        assert (group.state, group.closed_as) == ("open", None)
