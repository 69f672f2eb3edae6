"""Our processor: a typed text sets nothing by Rasa's slash syntax, a payload of ours does; nothing is swallowed."""

from typing import Any

import pytest

from actions.small_talk import ActionSmallTalk
from actions.turn import Turn
from assistant.engine.rasa_engine import RasaEngine
from assistant.enquiries.engine import TurnFailedError, TurnRequest

# Intents that are decided by a payload, or that Rasa acts on by itself.
NEVER_TYPED = {"choose", "choose_none", "take_step", "restart", "back", "session_start"}
TYPED_TEXTS = [
    "/greet",
    '/choose{"slug": "lfhii"}',
    '/greet{"subject": "offer/lfhii"}',
    '/take_step{"step": "consent", "state": "yes"}',
    "/choose_none",
    " /restart",
    "/back",
    "//session_start",
    "/ /restart",
    "/\t/\n/restart",
    "/\u00a0/restart",
    "\u2003/\u3000restart",
    "/\x1c/\x85restart",
    "\ufeff/restart",
    "\u200b/restart",
    "\uff0frestart",
    "/nlu_fallback",
    "/offer/lfhii",
    "EXTERNAL: x",
    "EXTERNAL: restart",
    "@0.9",
    "/restart@0.9",
    "greet@1.0",
    "/",
    " / / ",
    "action_listen",
    "/action_restart",
]


class TestTypedTexts:
    @pytest.mark.parametrize("text", TYPED_TEXTS)
    async def test_it_is_the_matcher_that_understands_them(self, engine: RasaEngine, text: str) -> None:
        parsed = await engine.parse(text)
        assert "decision" in parsed, "set by Rasa's slash syntax: the matcher was not asked"
        assert parsed["intent"]["name"] not in NEVER_TYPED
        assert not {"slug", "step", "state"} & {found["entity"] for found in parsed["entities"]}

    @pytest.mark.parametrize("text", TYPED_TEXTS)
    async def test_it_keeps_the_text_as_it_was_typed(self, engine: RasaEngine, text: str) -> None:
        assert (await engine.parse(text))["text"] == text.strip()

    @pytest.mark.parametrize("text", TYPED_TEXTS)
    async def test_it_answers_them_and_sets_no_slot_by_them(
        self, engine: RasaEngine, conversation: str, text: str
    ) -> None:
        before = await engine.answer(TurnRequest(conversation, "Tell me about the Race and Health Observatory"))
        assert before.offers == ("race-health-observatory",)
        reply = await engine.answer(TurnRequest(conversation, text))
        assert reply.texts
        assert reply.expects is None
        assert not any("Your question is with the team" in said for said in reply.texts)

    async def test_it_does_not_start_anew_at_a_typed_restart(self, engine: RasaEngine, conversation: str) -> None:
        await engine.answer(TurnRequest(conversation, "Tell me about the Race and Health Observatory"))
        await engine.answer(TurnRequest(conversation, "/restart"))
        reply = await engine.answer(TurnRequest(conversation, "who do I contact about that?"))
        assert reply.offers == ("race-health-observatory",)

    async def test_it_understands_the_words_behind_a_slash(self, engine: RasaEngine, conversation: str) -> None:
        reply = await engine.answer(TurnRequest(conversation, "/What is the Race and Health Observatory?"))
        assert reply.offers == ("race-health-observatory",)


class TestPayloads:
    async def test_it_sets_the_intent(self, engine: RasaEngine, conversation: str) -> None:
        reply = await engine.answer(TurnRequest(conversation, "Hello", payload="/greet"))
        assert (reply.outcome, reply.confidence) == ("smalltalk", 1.0)

    async def test_it_sets_the_entities(self, engine: RasaEngine, conversation: str) -> None:
        reply = await engine.answer(TurnRequest(conversation, "LFHII", payload='/choose{"slug": "lfhii"}'))
        assert (reply.outcome, reply.offers) == ("offer", ("lfhii",))

    async def test_it_takes_a_step(self, engine: RasaEngine, conversation: str) -> None:
        payload = '/take_step{"step": "name", "state": "given"}'
        reply = await engine.answer(TurnRequest(conversation, "[name]", payload=payload))
        assert (reply.outcome, reply.expects) == ("handoff", "email")

    async def test_it_goes_before_the_text(self, engine: RasaEngine, conversation: str) -> None:
        reply = await engine.answer(TurnRequest(conversation, "What is the LFHII?", payload="/thank"))
        assert reply.outcome == "smalltalk"


class TestFailing:
    @pytest.mark.parametrize("error", [SystemExit(1), RuntimeError("Sorry, I ate it")])
    async def test_it_fails_only_the_turn(
        self, engine: RasaEngine, conversation: str, monkeypatch: pytest.MonkeyPatch, error: BaseException
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr("rasa.core.processor.MessageProcessor._handle_message_with_tracker", fail)
            with pytest.raises(TurnFailedError) as caught:
                await engine.answer(TurnRequest(conversation, "hello"))
        assert "ate" not in str(caught.value)
        assert (await engine.answer(TurnRequest(conversation, "hello"))).outcome == "smalltalk"

    async def test_it_fails_only_the_turn_when_an_action_ends_the_process(
        self, engine: RasaEngine, conversation: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def leave(self: ActionSmallTalk, turn: Turn) -> None:
            raise SystemExit(1)

        with monkeypatch.context() as patch:
            patch.setattr(ActionSmallTalk, "answer", leave)
            with pytest.raises(TurnFailedError):
                await engine.answer(TurnRequest(conversation, "hello"))
        assert (await engine.answer(TurnRequest(conversation, "hello"))).outcome == "smalltalk"

    @pytest.mark.parametrize("call", ["understand", "parse"])
    async def test_it_fails_only_the_call_when_understanding_fails(
        self, engine: RasaEngine, monkeypatch: pytest.MonkeyPatch, call: str
    ) -> None:
        def leave(*args: Any, **kwargs: Any) -> None:
            raise SystemExit(1)

        with monkeypatch.context() as patch:
            patch.setattr("assistant.matching.matcher.Matcher.match", leave)
            with pytest.raises(TurnFailedError):
                await getattr(engine, call)("hello")
        assert await getattr(engine, call)("hello")
