"""Decide on a group or some enquiries of it, and undo that. Two reviewers never overwrite each other: who decides
brings the version of the group that they saw, and each act moves it on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example, ExampleState
from assistant.db.base import now
from assistant.enquiries.models import Group, GroupState, QueuedEnquiry
from assistant.review.errors import ChangedMeanwhileError, DecisionRefusedError, GroupNotFoundError
from assistant.review.meanings import title_of
from assistant.review.models import Decision, DecisionKind
from assistant.staff.audit import Act, record, told_via
from assistant.staff.models import Staff

CLOSING = frozenset({DecisionKind.LABEL, DecisionKind.OUT_OF_SCOPE, DecisionKind.ANSWER, DecisionKind.DISMISS})
DID = {
    DecisionKind.LABEL: "said what it is",
    DecisionKind.OUT_OF_SCOPE: "said that it is not our subject",
    DecisionKind.ANSWER: "answered it in writing",
    DecisionKind.DISMISS: "dismissed it",
    DecisionKind.WAIT: "set it waiting",
    DecisionKind.REOPEN: "opened it again",
    DecisionKind.KNOWN: "closed it, because the model knows it now",
}


@dataclass(frozen=True)
class Choice:
    """What a reviewer decides. `enquiries` are references; None is the whole group."""

    kind: DecisionKind
    enquiries: tuple[str, ...] | None = None
    label: str | None = None
    note: str = ""


def claim_group(session: Session, group_id: int, version: int) -> Group:
    """The group, held for this transaction, its version moved on.

    Raises GroupNotFoundError, and ChangedMeanwhileError when somebody acted on it since that version.
    """
    group = session.get(Group, group_id, with_for_update=True)  # SQLite lets one writer in at a time by itself
    if group is None:
        raise GroupNotFoundError
    if group.version != version:
        raise ChangedMeanwhileError(tell_last_act(session, group_id))
    group.version += 1
    return group


def tell_last_act(session: Session, group_id: int) -> str:
    """A sentence on what was done last with the group, and by whom."""
    row = session.execute(
        select(Decision, Staff.name)
        .outerjoin(Staff, Staff.id == Decision.staff_id)
        .where(Decision.group_id == group_id)
        .order_by(Decision.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return "Somebody else worked on this group meanwhile."
    decision, name = row
    what = DID[DecisionKind(decision.kind)]
    undone = ", and that was undone" if decision.undone_at else ""
    return f"This group was changed meanwhile: {name or 'the assistant'} {what}{undone}."


def tell_last_decision(session: Session, group_id: int, titles: Mapping[str, str]) -> str:
    """A sentence on the decision that stands, and who took it; `titles` are those of labels."""
    last = find_last_decision(session, group_id)
    if last is None:
        return "It is decided."
    staff = session.get(Staff, last.staff_id) if last.staff_id else None
    what = DID[DecisionKind(last.kind)]
    if last.kind == DecisionKind.LABEL:
        what = f"said that it is “{title_of(last.label or '', titles)}”"
    return f"{staff.name if staff else 'The assistant'} {what}."


def decide(
    session: Session,
    group: Group,
    staff_id: int,
    choice: Choice,
    examples: Sequence[Example] = (),
    via: str | None = None,
) -> Decision:
    """Write a decision down and move the group, which was claimed before. It closes once all of it is decided.

    `via` is the channel where it was taken, if not in the console. Raises DecisionRefusedError when none of the
    enquiries is of the group.
    """
    everything = list_references(session, group.id)
    wanted = None if choice.enquiries is None else set(choice.enquiries)
    references = [each for each in everything if wanted is None or each in wanted]
    if wanted is not None and not references:
        raise DecisionRefusedError("Tick at least one question, or decide on the whole group.")
    is_decided = choice.enquiries is None or decided_references(session, group.id) | set(references) >= set(everything)
    decision = Decision(
        group_id=group.id,
        staff_id=staff_id,
        kind=choice.kind.value,
        label=choice.label,
        note=choice.note,
        enquiries=references,
        examples=[example.id for example in examples],
        before=_state_of(group),
    )
    session.add(decision)
    session.flush()
    _move(group, choice, is_decided=is_decided)
    record(
        session,
        Act.DECIDED,
        staff_id,
        f"group:{group.id}",
        {
            "decision": decision.id,
            "kind": choice.kind.value,
            "label": choice.label,
            "enquiries": len(references),
            "examples": decision.examples,
            **told_via(via),
        },
    )
    return decision


def undo(session: Session, group_id: int, version: int, decision_id: int, staff_id: int) -> None:
    """Take the group's last decision back: what it taught is withdrawn, the group stands as before.

    Raises GroupNotFoundError, ChangedMeanwhileError, DecisionRefusedError.
    """
    group = claim_group(session, group_id, version)
    last = find_last_decision(session, group_id)
    if last is None or last.id != decision_id:
        raise DecisionRefusedError("Only the last decision on a group can be undone. Undo those after it first.")
    if last.kind == DecisionKind.ANSWER:
        raise DecisionRefusedError(
            "A written answer is with its askers or on its way to them, so it cannot be undone. Open the group again "
            "to decide anew."
        )
    withdrawn = _withdraw_examples(session, last.examples)
    last.undone_at = now()
    _put_back(group, last.before)
    record(session, Act.UNDONE, staff_id, f"group:{group_id}", {"decision": last.id, "examples": withdrawn})


def list_references(session: Session, group_id: int) -> list[str]:
    """The references of all enquiries of a group, oldest first."""
    return list(
        session.scalars(
            select(QueuedEnquiry.reference)
            .where(QueuedEnquiry.group_id == group_id)
            .order_by(QueuedEnquiry.received_at, QueuedEnquiry.reference)
        )
    )


def list_decisions(session: Session, group_id: int) -> list[tuple[Decision, str | None]]:
    """All decisions on a group, newest first, each with the name of who took it; None is the assistant itself."""
    rows = session.execute(
        select(Decision, Staff.name)
        .outerjoin(Staff, Staff.id == Decision.staff_id)
        .where(Decision.group_id == group_id)
        .order_by(Decision.id.desc())
    )
    return [(decision, name) for decision, name in rows]


def find_last_decision(session: Session, group_id: int) -> Decision | None:
    """The last decision on a group that was not undone."""
    standing = select(Decision).where(Decision.group_id == group_id, Decision.undone_at.is_(None))
    return session.scalars(standing.order_by(Decision.id.desc()).limit(1)).first()


def decided_references(session: Session, group_id: int) -> set[str]:
    """The enquiries of a group that are decided: since it was last opened again, by decisions that stand."""
    decided: set[str] = set()
    for decision, _ in reversed(list_decisions(session, group_id)):
        if decision.undone_at is not None:
            continue
        if decision.kind == DecisionKind.REOPEN:
            decided.clear()
        elif decision.kind in CLOSING:
            decided.update(decision.enquiries)
    return decided


def _move(group: Group, choice: Choice, *, is_decided: bool) -> None:
    if choice.kind is DecisionKind.WAIT:
        _set(group, GroupState.WAITING, note=choice.note)
    elif choice.kind is DecisionKind.REOPEN:
        _set(group, GroupState.OPEN)
    elif is_decided:
        _set(group, GroupState.CLOSED, closed_as=choice.kind.value, closed_at=now(), note=choice.note)


def _set(
    group: Group, state: GroupState, *, closed_as: str | None = None, closed_at: datetime | None = None, note: str = ""
) -> None:
    group.state, group.closed_as, group.closed_at, group.note = state.value, closed_as, closed_at, note or None


def _state_of(group: Group) -> dict[str, str | None]:
    closed_at = group.closed_at.isoformat() if group.closed_at else None
    return {"state": group.state, "closed_as": group.closed_as, "closed_at": closed_at, "note": group.note}


def _put_back(group: Group, before: dict[str, str | None]) -> None:
    closed_at = before.get("closed_at")
    _set(
        group,
        GroupState(before.get("state") or GroupState.OPEN),
        closed_as=before.get("closed_as"),
        closed_at=datetime.fromisoformat(closed_at) if closed_at else None,
        note=before.get("note") or "",
    )


def _withdraw_examples(session: Session, ids: Sequence[int]) -> list[int]:
    taught = list(session.scalars(select(Example).where(Example.id.in_(ids)).order_by(Example.id)))
    for example in taught:
        example.state = ExampleState.WITHDRAWN.value
    return [example.id for example in taught]
