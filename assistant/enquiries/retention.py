"""Keep what askers wrote and left for a time only. How long is for the operator to set; counts stay."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, Text, Update, and_, cast, delete, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.db.engine import Database
from assistant.db.scrubbing import checkpoint
from assistant.enquiries.grouping import groups_led_by, groups_of, recount_groups, settle_leaders
from assistant.enquiries.models import Conversation, DialogueState, Enquiry, FollowUp, FollowUpState, Message, Purge
from assistant.settings import Settings

BATCH = 1000  # rows a transaction: nobody who writes waits long, and what a killed run did stays done

Tell = Callable[[Session, FollowUp], None]
"""Tells an asker that their question was closed without an answer, inside the transaction that closes it."""


def tell_nobody(session: Session, follow_up: FollowUp) -> None:
    """Tell no one: for as long as there is no way to write to askers."""


@dataclass(frozen=True)
class Periods:
    """How long what is kept."""

    text: timedelta
    contact: timedelta
    state: timedelta
    warn: timedelta
    close: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "Periods":
        """As the settings say."""
        return cls(
            text=timedelta(days=settings.keep_text_days),
            contact=timedelta(days=settings.keep_contact_days),
            state=timedelta(hours=settings.keep_state_hours),
            warn=timedelta(days=settings.warn_waiting_days),
            close=timedelta(days=settings.close_waiting_days),
        )


@dataclass(frozen=True)
class Step:
    """Rows that are due by the clock, and what is done with them. Once done they are due no longer."""

    name: str
    key: InstrumentedAttribute[Any]
    due: ColumnElement[bool]
    change: Update | Delete
    follow: Callable[[Session, Sequence[Any]], None] | None = None  # what else that asks for, in the same transaction


def purge(
    database: Database, now: datetime, periods: Periods, tell: Tell = tell_nobody, more: Sequence[Step] = ()
) -> dict[str, int]:
    """Delete what was kept long enough, and write down that it was done. Returns how many of each kind.

    `more` is what is due in the rooms above; assistant.messaging.keeping knows all of it.

    Killed at any point it may simply be run again, and two at once do no harm. Raises DatabaseUnavailableError.
    """
    # First, so that the words of a question closed now go in the same run.
    counts = {"closed": _close_waiting(database, now - periods.close, now, tell)}
    for step in (*_steps(now, periods), *more):
        counts[step.name] = _take_in_batches(database, step)
    with database.write() as session:
        counts["waiting"] = count_waiting(session, now, periods)
        session.add(Purge(finished_at=now, counts=counts))
    checkpoint(database)
    return counts


def count_due(session: Session, now: datetime, periods: Periods, more: Sequence[Step] = ()) -> dict[str, int]:
    """What a purge would find now, by the same names. The words of questions that it would close are not counted."""
    closed = select(func.count()).where(_is_open(), FollowUp.consent_at <= now - periods.close)
    counts = {"closed": session.scalar(closed) or 0}
    for step in (*_steps(now, periods), *more):
        counts[step.name] = session.scalar(select(func.count(step.key)).where(step.due)) or 0
    return {**counts, "waiting": count_waiting(session, now, periods) - counts["closed"]}


def count_waiting(session: Session, now: datetime, periods: Periods) -> int:
    """How many questions left have waited so long that staff are warned."""
    waiting = select(func.count()).where(_is_open(), FollowUp.consent_at <= now - periods.warn)
    return session.scalar(waiting) or 0


def last_purge(session: Session) -> datetime | None:
    """When a purge last ran to its end; None before the first."""
    return session.scalar(select(func.max(Purge.finished_at)))


def _close_waiting(database: Database, before: datetime, now: datetime, tell: Tell) -> int:
    with database.read() as session:
        references = session.scalars(
            select(FollowUp.reference).where(_is_open(), FollowUp.consent_at <= before).order_by(FollowUp.consent_at)
        ).all()
    return sum(_close(database, reference, now, tell) for reference in references)


def _close(database: Database, reference: str, now: datetime, tell: Tell) -> bool:
    with database.write() as session:
        # Looked at again under its lock: staff, the asker or another purge may have closed it meanwhile.
        follow_up = session.get(FollowUp, reference, with_for_update=True)
        if follow_up is None or follow_up.state != FollowUpState.OPEN.value:
            return False
        follow_up.state, follow_up.closed_at = FollowUpState.LAPSED.value, now
        tell(session, follow_up)
        recount_groups(session, groups_of(session, [reference]))
        return True


def _take_in_batches(database: Database, step: Step) -> int:
    total = 0
    while True:
        with database.write() as session:
            # What somebody works on at this moment is left to the next run; so two purges never wait for each other.
            due = select(step.key).where(step.due).limit(BATCH).with_for_update(skip_locked=True)
            keys = session.scalars(due).all()
            if keys:
                session.execute(step.change.where(step.key.in_(keys)), execution_options={"synchronize_session": False})
                if step.follow is not None:
                    step.follow(session, keys)
        total += len(keys)
        if len(keys) < BATCH:
            return total


def _steps(now: datetime, periods: Periods) -> list[Step]:
    text_limit, state_limit = now - periods.text, now - periods.state
    return [
        Step(
            "drafts",
            Conversation.id,
            and_(or_(Conversation.draft.is_not(None), Conversation.expects.is_not(None)), _is_idle(state_limit)),
            update(Conversation).values(draft=None, expects=None, handoff_reference=None),
        ),
        Step(
            "dialogue_states",
            DialogueState.conversation_id,
            DialogueState.updated_at <= state_limit,
            delete(DialogueState),
        ),
        Step(
            "contacts",
            FollowUp.reference,
            and_(FollowUp.closed_at <= now - periods.contact, _has_contact()),
            update(FollowUp).values(name_encrypted=None, email_encrypted=None, words_encrypted=None),
        ),
        # Those of a question that still waits as well: the question itself stands with its enquiry, which is all that
        # staff need to answer it, and what else was said would only be kept longer.
        Step("messages", Message.id, Message.received_at <= text_limit, delete(Message)),
        Step(
            "texts",
            Enquiry.reference,
            and_(Enquiry.received_at <= text_limit, Enquiry.text.is_not(None), ~_is_left_open()),
            update(Enquiry).values(text=None),
            _forget_what_led,
        ),
        Step(
            "choices",
            Conversation.id,
            and_(
                Conversation.created_at <= text_limit,
                cast(Conversation.choices, Text) != "{}",
                ~_has_message(text_limit),
            ),
            update(Conversation).values(choices={}),
        ),
    ]


def _forget_what_led(session: Session, references: Sequence[str]) -> None:
    settle_leaders(session, groups_led_by(session, references))


def _is_open() -> ColumnElement[bool]:
    return FollowUp.state == FollowUpState.OPEN.value


def _is_left_open() -> ColumnElement[bool]:
    return exists().where(FollowUp.reference == Enquiry.reference, _is_open())


def _has_contact() -> ColumnElement[bool]:
    kept = (FollowUp.name_encrypted, FollowUp.email_encrypted, FollowUp.words_encrypted)
    return or_(*(column.is_not(None) for column in kept))


def _is_idle(since: datetime) -> ColumnElement[bool]:
    """Nothing was said since then. The dialogue's state, which is written last, goes no later than the draft."""
    moved = exists().where(DialogueState.conversation_id == Conversation.id, DialogueState.updated_at > since)
    return and_(Conversation.created_at <= since, ~_has_message(since), ~moved)


def _has_message(since: datetime) -> ColumnElement[bool]:
    return exists().where(Message.conversation_id == Conversation.id, Message.received_at > since)
