"""Rasa's dialogue state in our database."""

import json
from typing import Any

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.engine.tracker_store import TURNS_KEPT, DatabaseTrackerStore
from assistant.enquiries.models import DialogueState

CONVERSATION = "conversation"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.from_yaml("""
        version: "3.1"
        intents: [greet]
        slots:
          subject: {type: text, influence_conversation: false, mappings: [{type: custom}]}
          shown: {type: list, influence_conversation: false, mappings: [{type: custom}]}
          misses: {type: float, influence_conversation: false, mappings: [{type: custom}]}
        actions: [action_answer]
    """)


@pytest.fixture
def store(domain: Domain, database: Database) -> DatabaseTrackerStore:
    return DatabaseTrackerStore(domain, database)


def _turn(text: str, **slots: Any) -> list[Event]:
    return [
        UserUttered(text, {"name": "greet", "confidence": 0.9}, [], {"text": text, "decision": {"meant": []}}),
        ActionExecuted("action_answer", "RulePolicy", 1.0),
        BotUttered(f"You said {text}", {"custom": {"outcome": "smalltalk"}}),
        *(SlotSet(name, value) for name, value in slots.items()),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


def _session() -> list[Event]:
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)]


async def _go_on(store: DatabaseTrackerStore, *turns: list[Event]) -> DialogueStateTracker:
    """Add turns as Rasa's processor does: read, add events, save, turn by turn."""
    for events in turns:
        tracker = await store.get_or_create_tracker(CONVERSATION)
        tracker.update_with_events(events, store.domain)
        await store.save(tracker)
    tracker = await store.retrieve(CONVERSATION)
    assert tracker is not None
    return tracker


def _stored(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        events: list[dict[str, Any]] = json.loads(session.get_one(DialogueState, CONVERSATION).events)
        return events


def _texts(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


class TestRoundTrip:
    async def test_it_gives_back_what_was_saved(self, store: DatabaseTrackerStore, domain: Domain) -> None:
        saved = DialogueStateTracker.from_events(CONVERSATION, _session() + _turn("one", misses=1.0), domain.slots)
        await store.save(saved)
        found = await store.retrieve(CONVERSATION)
        assert found is not None
        assert [event.as_dict() for event in found.events] == [event.as_dict() for event in saved.events]
        assert found.sender_id == CONVERSATION
        assert found.get_slot("misses") == 1.0

    async def test_it_keeps_text_as_it_is(self, store: DatabaseTrackerStore) -> None:
        text = "Sut mae? “Ünï” \U0001f600 O'Brien; DROP TABLE dialogue_states --\n\t\\"
        assert _texts(await _go_on(store, _turn(text))) == [text]

    async def test_it_knows_nothing_of_a_conversation_before_its_first_turn(self, store: DatabaseTrackerStore) -> None:
        assert await store.retrieve("another") is None

    async def test_it_keeps_conversations_apart(self, store: DatabaseTrackerStore, domain: Domain) -> None:
        for name in ("first", "second"):
            await store.save(DialogueStateTracker.from_events(name, _turn(name, subject=name), domain.slots))
        first, second = await store.retrieve("first"), await store.retrieve("second")
        assert first is not None and second is not None
        assert (first.get_slot("subject"), second.get_slot("subject")) == ("first", "second")
        assert sorted(await store.keys()) == ["first", "second"]

    async def test_it_replaces_the_state_it_had(self, store: DatabaseTrackerStore) -> None:
        await _go_on(store, _turn("one", misses=1.0), _turn("two", misses=2.0))
        assert list(await store.keys()) == [CONVERSATION]


class TestWhatIsKept:
    async def test_it_keeps_only_the_last_turns(self, store: DatabaseTrackerStore) -> None:
        tracker = await _go_on(store, _session(), *(_turn(f"turn {number}") for number in range(10)))
        assert _texts(tracker) == [f"turn {number}" for number in range(10)][-TURNS_KEPT:]

    async def test_it_keeps_slots_set_in_turns_that_are_gone(self, store: DatabaseTrackerStore) -> None:
        early = _turn("early", subject="offer/lfhii", shown=["lfhii", "population-health"], misses=1.0)
        later = [_turn(f"turn {number}") for number in range(10)]
        tracker = await _go_on(store, _session(), early, _turn("then", misses=2.0), *later)
        assert tracker.get_slot("subject") == "offer/lfhii"
        assert tracker.get_slot("shown") == ["lfhii", "population-health"]
        assert tracker.get_slot("misses") == 2.0

    async def test_it_keeps_a_slot_that_was_emptied_empty(self, store: DatabaseTrackerStore) -> None:
        turns = [_turn("one", subject="offer/lfhii"), _turn("two", subject=None), *(_turn("more") for _ in range(5))]
        assert (await _go_on(store, *turns)).get_slot("subject") is None

    @pytest.mark.parametrize("turns_since", range(6))
    async def test_it_brings_no_slot_of_an_earlier_session_back(
        self, store: DatabaseTrackerStore, turns_since: int
    ) -> None:
        earlier = [_session(), *(_turn(f"turn {number}", subject="offer/lfhii") for number in range(4))]
        since = [_turn(f"since {number}") for number in range(turns_since)]
        tracker = await _go_on(store, *earlier, _session(), *since)
        assert tracker.get_slot("subject") is None

    async def test_it_stores_no_more_after_the_200th_turn_than_after_the_5th(
        self, store: DatabaseTrackerStore, database: Database
    ) -> None:
        turns = [_turn(f"turn {number:03}", subject=f"offer/{number:03}", misses=1.0) for number in range(200)]
        await _go_on(store, _session(), *turns[:5])
        fifth = _stored(database)
        await _go_on(store, *turns[5:])
        last = _stored(database)
        assert len(last) == len(fifth)
        some_digits = 20  # times are written with as many as they need
        assert len(json.dumps(last)) <= len(json.dumps(fifth)) + some_digits


class TestForgetting:
    async def test_it_forgets_one_conversation(self, store: DatabaseTrackerStore, domain: Domain) -> None:
        for name in ("first", "second"):
            await store.save(DialogueStateTracker.from_events(name, _turn("hello"), domain.slots))
        await store.forget("first")
        assert list(await store.keys()) == ["second"]
        assert await store.retrieve("first") is None

    async def test_it_has_nothing_to_forget_of_an_unknown_conversation(self, store: DatabaseTrackerStore) -> None:
        await store.forget("unknown")
        assert list(await store.keys()) == []


class TestDatabaseThatRefuses:
    @pytest.fixture
    def broken(self, domain: Domain) -> DatabaseTrackerStore:
        """Its database has no tables."""
        return DatabaseTrackerStore(domain, Database("sqlite://"))

    async def test_it_says_so_when_reading(self, broken: DatabaseTrackerStore) -> None:
        with pytest.raises(DatabaseUnavailableError):
            await broken.retrieve(CONVERSATION)

    async def test_it_says_so_when_saving_and_repeats_no_words(
        self, broken: DatabaseTrackerStore, domain: Domain
    ) -> None:
        tracker = DialogueStateTracker.from_events(CONVERSATION, _turn("my secret"), domain.slots)
        with pytest.raises(DatabaseUnavailableError) as caught:
            await broken.save(tracker)
        assert "my secret" not in str(caught.value)

    async def test_it_says_so_when_forgetting(self, broken: DatabaseTrackerStore) -> None:
        with pytest.raises(DatabaseUnavailableError):
            await broken.forget(CONVERSATION)
