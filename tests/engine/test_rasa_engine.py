"""The engine with the project's own model: real turns."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.engine.rasa_engine import RasaEngine
from assistant.enquiries.engine import Engine, TurnReply, TurnRequest
from assistant.enquiries.models import DialogueState
from tests.conftest import Trained

TWO_HOURS = 2 * 60 * 60
OBSERVATORY = "What is the NHS Race and Health Observatory?"
CONTACT = "who do I contact about that?"


async def _ask(engine: RasaEngine, conversation: str, *texts: str) -> TurnReply:
    """The reply to the last of these texts."""
    for text in texts:
        reply = await engine.answer(TurnRequest(conversation, text))
    return reply


def _events(states: Database, conversation: str) -> list[dict[str, Any]] | None:
    with states.read() as session:
        state = session.get(DialogueState, conversation)
        events: list[dict[str, Any]] | None = json.loads(state.events) if state else None
        return events


class TestTurns:
    async def test_it_answers_an_offer(self, engine: RasaEngine, conversation: str) -> None:
        reply = await _ask(engine, conversation, OBSERVATORY)
        assert (reply.outcome, reply.offers) == ("offer", ("race-health-observatory",))
        assert any("enquiries@nhsconfed.org" in text for text in reply.texts)
        assert 0 < reply.confidence <= 1

    async def test_it_answers_about_the_offer_just_spoken_of(self, engine: RasaEngine, conversation: str) -> None:
        assert (await _ask(engine, conversation, OBSERVATORY, "thanks", CONTACT)).offers == ("race-health-observatory",)

    async def test_it_gives_choices_that_can_be_sent_back(self, engine: RasaEngine, conversation: str) -> None:
        asked = await _ask(engine, conversation, "We need help with the WRES")
        assert asked.outcome == "clarify"
        for (_, payload), slug in zip(asked.choices, asked.offers, strict=False):
            reply = await engine.answer(TurnRequest(conversation, "pressed", payload))
            assert (reply.outcome, reply.offers) == ("offer", (slug,))

    async def test_it_opens_and_closes_the_steps_of_leaving_a_question(
        self, engine: RasaEngine, conversation: str
    ) -> None:
        assert (await _ask(engine, conversation, "can I leave a question for a person?")).expects == "question"
        assert (await _ask(engine, conversation, "cancel")).expects is None

    async def test_it_hands_the_reference_to_the_actions(self, engine: RasaEngine, conversation: str) -> None:
        payload = '/take_step{"step": "consent", "state": "yes"}'
        reply = await engine.answer(TurnRequest(conversation, "[yes or no]", payload, reference="ENQ-7K3F-92QD"))
        assert any("ENQ-7K3F-92QD" in text for text in reply.texts)

    @pytest.mark.parametrize("text", ["", " ", "?", "\x00", "a" * 4000, "what? " * 500, "\U0001f600", "{}", "\n\n"])
    async def test_it_answers_whatever_is_typed(self, engine: RasaEngine, conversation: str, text: str) -> None:
        assert (await _ask(engine, conversation, text)).texts


class TestConversations:
    async def test_it_keeps_conversations_apart(self, engine: RasaEngine, conversation: str) -> None:
        texts = [OBSERVATORY, "What is the Health and Care Women Leaders Network?"]
        names = [f"{conversation}-{number}" for number in range(8)]
        await asyncio.gather(*(_ask(engine, name, texts[number % 2]) for number, name in enumerate(names)))
        replies = await asyncio.gather(*(_ask(engine, name, CONTACT) for name in names))
        assert [reply.offers for reply in replies] == [("race-health-observatory",), ("women-leaders-network",)] * 4

    async def test_it_forgets(self, engine: RasaEngine, states: Database, conversation: str) -> None:
        await _ask(engine, conversation, OBSERVATORY)
        await engine.forget(conversation)
        assert _events(states, conversation) is None
        assert (await _ask(engine, conversation, CONTACT)).offers == ()

    @pytest.mark.parametrize("turns_since", [0, 1, 2, 3])
    async def test_it_starts_a_new_session_after_an_hour(
        self, engine: RasaEngine, states: Database, conversation: str, turns_since: int
    ) -> None:
        await _ask(engine, conversation, "hello", OBSERVATORY, CONTACT, "thanks")
        with states.write() as session:
            state = session.get_one(DialogueState, conversation)
            events = [{**event, "timestamp": event["timestamp"] - TWO_HOURS} for event in json.loads(state.events)]
            state.events = json.dumps(events)
        assert (await _ask(engine, conversation, *["hello"] * turns_since, CONTACT)).offers == ()

    async def test_it_keeps_no_more_of_200_turns_than_of_five(
        self, engine: RasaEngine, states: Database, conversation: str
    ) -> None:
        await _ask(engine, conversation, *[OBSERVATORY, CONTACT, "thanks", OBSERVATORY, CONTACT])
        fifth = _events(states, conversation)
        await _ask(engine, conversation, *["thanks", OBSERVATORY, CONTACT] * 65)
        last = _events(states, conversation)
        assert fifth is not None and last is not None
        assert len(last) == len(fifth)
        assert len(json.dumps(last)) < len(json.dumps(fifth)) * 1.01


class TestUnderstanding:
    async def test_it_says_what_a_text_means_and_keeps_nothing(self, engine: RasaEngine, states: Database) -> None:
        def count() -> int:
            with states.read() as session:
                return session.query(DialogueState).count()

        before = count()
        understood = await engine.understand("cancel")
        assert understood.intent == "cancel"
        assert 0 < understood.confidence <= 1
        assert (await engine.parse("cancel"))["intent"]["name"] == "cancel"
        assert count() == before

    @pytest.mark.parametrize(
        ("text", "label", "is_answered"),
        [
            ("What does the observatory do?", "offer/race-health-observatory", True),
            ("list everything you offer", "list_offers", True),
            ("network consulting", "shared/network-consulting", False),
            ("cancel", "cancel", False),
        ],
    )
    async def test_it_says_what_a_text_most_probably_means_and_whether_that_is_answered(
        self, engine: RasaEngine, text: str, label: str, is_answered: bool
    ) -> None:
        understood = await engine.understand(text)
        assert (understood.label, understood.is_answered) == (label, is_answered)


class TestFailing:
    async def test_it_fails_the_turn_when_its_database_refuses(self, trained: Trained, conversation: str) -> None:
        engine = RasaEngine(trained.archive, Database("sqlite://"))
        with pytest.raises(DatabaseUnavailableError):
            await _ask(engine, conversation, "hello")

    @pytest.mark.parametrize("damaged", ['[{"event": "nothing known"}]', "{bad", "[]", "null", "5"])
    async def test_it_begins_anew_when_the_state_is_damaged(
        self, engine: RasaEngine, states: Database, conversation: str, damaged: str
    ) -> None:
        with states.write() as session:
            session.add(DialogueState(conversation_id=conversation, events=damaged))
        assert (await _ask(engine, conversation, "hello")).outcome == "smalltalk"

    def test_it_refuses_a_damaged_model(self, tmp_path: Path, states: Database) -> None:
        (tmp_path / "damaged.tar.gz").write_bytes(b"not an archive")
        with pytest.raises(Exception, match="read|open|gzip"):
            RasaEngine(tmp_path / "damaged.tar.gz", states)


def test_it_is_what_the_desk_asks_for(engine: RasaEngine, trained: Trained) -> None:
    wanted: Engine = engine
    assert wanted.model == trained.archive.name
