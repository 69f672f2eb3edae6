"""What the invented staff decided, whom they answered, and who was to look at what."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example, ExampleState
from assistant.demo.acts import Acts
from assistant.demo.grouping import Encode, count, make_groups
from assistant.demo.letters import Way, write_letter
from assistant.demo.month import working_moment
from assistant.demo.script import Assigned, Decided, Story
from assistant.demo.writing import Queued
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import FollowUp, FollowUpState, Group, GroupState, QueuedEnquiry
from assistant.review.models import Decision, DecisionKind, Delivery, WrittenAnswer
from assistant.staff.audit import Act
from assistant.staff.roles import Role

MOST_GROUPS = 4  # decided one after the other
BETWEEN = timedelta(minutes=6)
NEXT_TRY = timedelta(hours=3)  # from the day of loading
CLOSING = frozenset({DecisionKind.LABEL, DecisionKind.OUT_OF_SCOPE, DecisionKind.ANSWER, DecisionKind.DISMISS})
# What becomes of the letters, in turn: most are taken, some wait for their server, and one address is refused.
WAYS: tuple[Way, ...] = ("sent", "sent", "sent", "failed", "sent", "waiting")


class Deciding:
    """Works through the story, inside the caller's transaction."""

    def __init__(
        self,
        session: Session,
        staff: Mapping[Role, int],
        queued: Mapping[str, Mapping[str, Queued]],
        encode: Encode,
        cipher: Cipher,
        acts: Acts,
        random: Random,
        moment: datetime,
    ) -> None:
        """`queued` is what is in the queue, by the slug of what is asked and by reference."""
        self._session = session
        self._staff = staff
        self._queued = queued
        self._encode = encode
        self._cipher = cipher
        self._acts = acts
        self._random = random
        self._moment = moment
        self._ways = cycle(WAYS)

    def work_through(self, story: Story) -> None:
        """Everything that was decided and assigned."""
        for decided in story.decisions:
            self._decide(decided)
        for assigned in story.assigned:
            self._assign(assigned)

    def _decide(self, decided: Decided) -> None:
        at = working_moment(self._random, self._moment, decided.days_ago)
        staff = self._staff[decided.by]
        groups = self._groups_until(decided.about, at, answerable=decided.kind is DecisionKind.ANSWER)
        for group in groups:
            examples = self._teach(decided, staff, at) if group is groups[0] else []
            self._decide_on(group, decided, staff, at, examples)
            at += BETWEEN

    def _decide_on(self, group: Group, decided: Decided, staff: int, at: datetime, examples: Sequence[Example]) -> None:
        rows = self._rows(group)
        decision = Decision(
            group_id=group.id,
            staff_id=staff,
            kind=decided.kind.value,
            label=decided.label,
            note=decided.note,
            enquiries=[row.reference for row in rows],
            examples=[example.id for example in examples],
            at=at,
        )
        self._session.add(decision)
        self._session.flush()
        _move(group, decided, at)
        subject = f"group:{group.id}"
        self._acts.add(at - BETWEEN / 2, Act.VIEWED, staff, subject, enquiries=len(rows))
        self._acts.add(at, Act.DECIDED, staff, subject, decision=decision.id, kind=decision.kind, enquiries=len(rows))
        if decided.kind is DecisionKind.ANSWER:
            self._answer(group, decision, decided.answer, rows)

    def _answer(self, group: Group, decision: Decision, text: str, rows: Sequence[QueuedEnquiry]) -> None:
        answer = WrittenAnswer(decision_id=decision.id, text=text, at=decision.at)
        self._session.add(answer)
        self._session.flush()
        waiting = self._waiting([row.reference for row in rows])
        for left in waiting:
            letter = write_letter(
                self._session, left, text, next(self._ways), decision.at, self._moment + NEXT_TRY, self._cipher
            )
            self._session.add(
                Delivery(answer_id=answer.id, reference=left.reference, channel="email", letter_id=letter.id)
            )
            left.state, left.closed_at = FollowUpState.ANSWERED.value, decision.at
        count(self._session, group, rows)
        details = {"answer": answer.id, "askers": len(waiting)}
        self._acts.add(decision.at, Act.ANSWERED, decision.staff_id, f"group:{group.id}", **details)

    def _assign(self, assigned: Assigned) -> None:
        at = working_moment(self._random, self._moment, assigned.days_ago)
        for group in self._groups_until(assigned.about, at, answerable=False):
            group.assignee_id = self._staff[assigned.to]
            group.version += 1
            by = self._staff[assigned.by]
            self._acts.add(at, Act.ASSIGNED, by, f"group:{group.id}", assignee=group.assignee_id)

    def _teach(self, decided: Decided, staff: int, at: datetime) -> list[Example]:
        examples = [
            Example(
                text=text,
                label=decided.label,
                created_at=at,
                state=ExampleState.APPROVED.value,
                staff_id=staff,
                approved_at=at + BETWEEN,
            )
            for text in decided.teaches
        ]
        self._session.add_all(examples)
        self._session.flush()
        return examples

    def _groups_until(self, about: str, at: datetime, *, answerable: bool) -> list[Group]:
        """Groups of what was asked by then: those with most askers, or those in which somebody waits for an answer."""
        asked = [each for each in self._queued.get(about, {}).values() if each.at < at]
        if answerable:
            waiting = {left.reference for left in self._waiting([each.reference for each in asked])}
            waited_for = {each.wording for each in asked if each.reference in waiting}
            asked = [each for each in asked if each.wording in waited_for]
        sizes = {wording: sum(each.wording == wording for each in asked) for wording in {one.wording for one in asked}}
        largest = sorted(sizes, key=lambda wording: (-sizes[wording], wording))[:MOST_GROUPS]
        return make_groups(self._session, [each for each in asked if each.wording in largest], self._encode)

    def _waiting(self, references: Sequence[str]) -> Sequence[FollowUp]:
        """Who of these waits for an answer."""
        left = select(FollowUp).where(FollowUp.reference.in_(references), FollowUp.state == FollowUpState.OPEN.value)
        return self._session.scalars(left.order_by(FollowUp.consent_at, FollowUp.reference)).all()

    def _rows(self, group: Group) -> Sequence[QueuedEnquiry]:
        of_group = select(QueuedEnquiry).where(QueuedEnquiry.group_id == group.id)
        return self._session.scalars(of_group.order_by(QueuedEnquiry.received_at, QueuedEnquiry.reference)).all()


def _move(group: Group, decided: Decided, at: datetime) -> None:
    group.version += 1
    group.note = decided.note or None
    if decided.kind is DecisionKind.WAIT:
        group.state = GroupState.WAITING.value
    elif decided.kind in CLOSING:
        group.state, group.closed_as, group.closed_at = GroupState.CLOSED.value, decided.kind.value, at
