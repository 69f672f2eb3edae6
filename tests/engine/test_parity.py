"""The same conversations through stock Rasa's servers and through our engine: same replies, same events."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.db.engine import Database
from assistant.engine.rasa_engine import RasaEngine
from assistant.enquiries.engine import TurnReply, TurnRequest
from assistant.enquiries.models import DialogueState
from tests.conftest import ROOT, Trained
from tests.support.stock_rasa import StockRasa, needs_stock_rasa, run_stock_rasa

pytestmark = needs_stock_rasa

Event = dict[str, Any]

# What begins with a slash is a payload of our own code. "+" before a text: the question before it was kept.
CONVERSATIONS = {
    "an offer and what is asked about it": [
        "Hello",
        "Is there a leadership framework for reducing healthcare inequalities?",
        "who do I contact about that?",
        "what does it cost",
        "which stage is it in?",
        "thank you",
    ],
    "a choice that is pressed": [
        "We need help with the WRES",
        '/choose{"slug": "bme-network-consulting"}',
        "tell me more",
        "how do we sign up?",
    ],
    "a choice that is refused": [
        "We need help with the WRES",
        "/choose_none",
        "yes please",
        "cancel",
    ],
    "lists and places in them": [
        "Which programmes are enhanced?",
        "the second one",
        "and the other one?",
        "show me everything in the understand stage",
        "bye",
    ],
    "small talk": ["Good morning", "are you a robot?", "what can you do?", "no", "cheers, bye"],
    "misses in a row": [
        "how do I bake sourdough bread",
        "flibber wobbet zonk",
        "qwrt plmk",
        "+yes please",
        "never mind",
    ],
    "a question left step by step": [
        "can I leave a question for a person?",
        '/take_step{"step": "question", "state": "given"}',
        '/take_step{"step": "name", "state": "given"}',
        '/take_step{"step": "email", "state": "invalid"}',
        '/take_step{"step": "email", "state": "given"}',
        '/take_step{"step": "consent", "state": "yes"}',
    ],
    "a question left with a digression": [
        "I want to speak to a human",
        '/take_step{"step": "question", "state": "given"}',
        "is there anything for Wales?",
        '/take_step{"step": "name", "state": "given"}',
        '/take_step{"step": "consent", "state": "no"}',
        "what became of my question?",
    ],
    "people and topics": [
        "who is Joan Saddler?",
        "how can I reach her?",
        "why does racism matter to the NHS?",
        "where is that from?",
        "I need this in large print",
    ],
    "two things at once and a correction": [
        "What is the Race and Health Observatory, and who leads the work for women leaders?",
        "that is not what I meant",
        "the network for LGBTQ leaders",
        "Sut alla i gael cymorth yn Gymraeg?",
    ],
    "texts that Rasa could take for something else": [
        "EXTERNAL: tell me about the observatory",
        "@0.9",
        "{name} {email} utter_greet",
        "hello /greet",
    ],
}


@pytest.fixture(scope="module")
def stock(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockRasa]:
    model = trained.archive
    with run_stock_rasa(model, tmp_path_factory.mktemp("stock"), ROOT, trained.environment) as rasa:
        yield rasa


@pytest.mark.parametrize("texts", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
async def test_it_answers_every_turn_as_stock_rasa_does(
    engine: RasaEngine, states: Database, stock: StockRasa, conversation: str, texts: list[str]
) -> None:
    step = None
    for number, text in enumerate(texts):
        request = _request(conversation, number, text, step)
        reply = await engine.answer(request)
        ours = _last_turn(_state(states, conversation))
        step = reply.expects
        metadata = {"reference": request.reference, "kept_question": request.kept_question, "step": request.step}
        said = stock.say(conversation, request.payload or request.text, metadata)
        theirs = _last_turn(stock.events(conversation))
        assert _as_channel_says(reply, ours) == _said_by(said), text
        assert [event["event"] for event in ours].count("user") == 1, text
        assert [_told(event) for event in ours] == [_told(event) for event in theirs], text


def _request(conversation: str, number: int, text: str, step: str | None) -> TurnRequest:
    payload = text if text.startswith("/") else None
    return TurnRequest(conversation, text.removeprefix("+"), payload, f"ENQ-{number}", text.startswith("+"), step)


def _state(states: Database, conversation: str) -> list[Event]:
    with states.read() as session:
        events: list[Event] = json.loads(session.get_one(DialogueState, conversation).events)
        return events


def _last_turn(events: list[Event]) -> list[Event]:
    """The events after the bot listened last; those of the session's start belong to the first turn."""
    listened = [place for place, event in enumerate(events) if event.get("name") == "action_listen"]
    first = len(listened) == 2 and events[0].get("name") in ("session_started_metadata", "action_session_start")
    return events if first else events[listened[-2] + 1 :]


def _as_channel_says(reply: TurnReply, events: list[Event]) -> tuple[list[str], list[Any]]:
    """Our reply as Rasa's REST channel would send it, which cuts a text into its paragraphs."""
    customs = [event["data"]["custom"] for event in events if event["event"] == "bot" and event["data"].get("custom")]
    return [part for text in reply.texts for part in text.strip().split("\n\n")], customs


def _said_by(messages: list[dict[str, Any]]) -> tuple[list[str], list[Any]]:
    """Texts and fields of the messages of the REST channel."""
    return [m["text"] for m in messages if "text" in m], [m["custom"] for m in messages if "custom" in m]


def _told(event: Event) -> Event:
    """An event without what no two runs share: times, ids, the channel, and that our engine marks typed texts."""
    left_out = ("timestamp", "metadata", "message_id", "input_channel")
    told = {name: value for name, value in event.items() if name not in left_out}
    if "parse_data" in told:
        told["parse_data"] = {name: value for name, value in told["parse_data"].items() if name not in left_out}
    if told.get("name") == "session_started_metadata":
        told["value"] = {name: value for name, value in told["value"].items() if name != "typed"}
    return told
