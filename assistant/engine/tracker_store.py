"""Rasa's dialogue state in our database: one row a conversation, only the turns that are still needed."""

import asyncio
import json
import logging
from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.models import DialogueState

logger = logging.getLogger(__name__)

TURNS_KEPT = 1  # rules look at the last turn; slots carry the rest, so turn 200 costs what turn 1 does


class DatabaseTrackerStore(TrackerStore):
    """Keeps and finds trackers. What the database raises goes through: a lost state must fail the turn."""

    def __init__(self, domain: Domain, database: Database) -> None:
        super().__init__(domain)
        self._database = database

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the slots and the last turns."""
        events = json.dumps([event.as_dict() for event in _still_needed(tracker)])
        await asyncio.to_thread(self._write, tracker.sender_id, events)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation, or None before its first turn."""
        stored = await asyncio.to_thread(self._read, sender_id)
        if stored is None:
            return None
        try:
            return DialogueStateTracker.from_dict(sender_id, json.loads(stored), self.domain.slots)
        except Exception as error:  # whatever a damaged row makes Rasa raise; the dialogue begins anew without it
            logger.error("A damaged dialogue state was dropped: %s", type(error).__name__)
            return None

    async def keys(self) -> Iterable[str]:
        """The conversations that have a state."""
        return await asyncio.to_thread(self._list)

    async def forget(self, sender_id: str) -> None:
        """Delete the state of a conversation."""
        await asyncio.to_thread(self._delete, sender_id)

    def _write(self, sender_id: str, events: str) -> None:
        with self._database.write() as session:
            session.merge(DialogueState(conversation_id=sender_id, events=events))

    def _read(self, sender_id: str) -> str | None:
        with self._database.read() as session:
            state = session.get(DialogueState, sender_id)
            return state.events if state else None

    def _list(self) -> list[str]:
        with self._database.read() as session:
            return list(session.scalars(select(DialogueState.conversation_id)))

    def _delete(self, sender_id: str) -> None:
        with self._database.write() as session:
            state = session.get(DialogueState, sender_id)
            if state is not None:
                session.delete(state)


def _still_needed(tracker: DialogueStateTracker) -> list[Event]:
    """The slots' values as they were before the last turns, and the events of those turns."""
    events = list(tracker.events)
    turns = [
        place
        for place, event in enumerate(events)
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
    ]
    if len(turns) <= TURNS_KEPT + 1:  # the start of the session ends with a listen of its own
        return events
    start = turns[-TURNS_KEPT - 1]
    slots: dict[str, SlotSet] = {}
    for event in events[:start]:
        if isinstance(event, SessionStarted):  # a new session begins with empty slots
            slots.clear()
        elif isinstance(event, SlotSet):
            slots[event.key] = event
    return [*slots.values(), *events[start:]]
