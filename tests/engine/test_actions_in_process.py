"""Custom actions without an action server."""

import json
from typing import Any

import pytest
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import ActionNotFoundException, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.small_talk import ActionSmallTalk
from actions.turn import Turn
from assistant.db.engine import Database
from assistant.engine.actions_in_process import InProcessActions
from assistant.engine.rasa_engine import RasaEngine
from assistant.enquiries.engine import TurnFailedError, TurnRequest
from assistant.enquiries.models import DialogueState

SECRET = "hello, my password is swordfish"


class ActionRefusingForTests(Action):
    """Found by rasa-sdk as every subclass of Action is."""

    def name(self) -> str:
        return "action_refusing_for_tests"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        raise ActionExecutionRejection(self.name(), "Not now.")


@pytest.fixture
def endpoint() -> InProcessActions:
    return InProcessActions()


def _call(action: str) -> dict[str, Any]:
    """What Rasa sends an action server."""
    tracker = {"sender_id": "someone", "slots": {}, "latest_message": {"text": "hello", "intent": {"name": "greet"}}}
    return {"next_action": action, "sender_id": "someone", "tracker": {**tracker, "events": [], "paused": False}}


class TestRequests:
    async def test_it_answers_as_an_action_server_does(self, endpoint: InProcessActions, trained: object) -> None:
        answer = await endpoint.request(json=_call("action_small_talk"), method="post", timeout=1, compress=False)
        assert answer["events"] == []
        [response] = answer["responses"]
        assert response["response"] == "utter_greet"
        assert response["custom"] == {"outcome": "smalltalk"}

    async def test_it_turns_a_rejection_into_status_400(self, endpoint: InProcessActions) -> None:
        with pytest.raises(ClientResponseError) as caught:
            await endpoint.request(json=_call("action_refusing_for_tests"))
        assert caught.value.status == 400
        assert json.loads(caught.value.text)["action_name"] == "action_refusing_for_tests"
        assert json.loads(caught.value.text)["error"]

    async def test_it_knows_no_other_action(self, endpoint: InProcessActions) -> None:
        with pytest.raises(ActionNotFoundException, match="action_of_nobody"):
            await endpoint.request(json=_call("action_of_nobody"))


class TestTurns:
    async def test_it_fails_the_turn_when_an_action_raises(
        self, engine: RasaEngine, conversation: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(self: ActionSmallTalk, turn: Turn) -> None:
            raise ValueError(f"cannot answer {turn.text}")

        monkeypatch.setattr(ActionSmallTalk, "answer", fail)
        with pytest.raises(TurnFailedError) as caught:
            await engine.answer(TurnRequest(conversation, SECRET, "/greet"))
        assert "action_small_talk" in str(caught.value)
        with pytest.raises(TurnFailedError) as caught:
            await engine.answer(TurnRequest(conversation, "hello"))
        assert str(caught.value) == "action_small_talk raised ValueError."
        assert "cannot answer" not in caplog.text

    async def test_it_leaves_the_state_as_it_was_when_an_action_raises(
        self, engine: RasaEngine, states: Database, conversation: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(self: ActionSmallTalk, turn: Turn) -> None:
            raise ValueError

        await engine.answer(TurnRequest(conversation, "What is the LFHII?"))
        before = _events(states, conversation)
        with monkeypatch.context() as patch:
            patch.setattr(ActionSmallTalk, "answer", fail)
            with pytest.raises(TurnFailedError):
                await engine.answer(TurnRequest(conversation, "hello"))
        assert _events(states, conversation) == before
        reply = await engine.answer(TurnRequest(conversation, "who do I contact about that?"))
        assert reply.offers == ("lfhii",)

    async def test_it_fails_the_turn_when_there_is_no_such_action(
        self, trained: object, engine: RasaEngine, conversation: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def run_nothing(self: InProcessActions, *args: Any, json: dict[str, Any], **kwargs: Any) -> Any:
            return await self._executor.run({**json, "next_action": "action_of_nobody"})

        monkeypatch.setattr(InProcessActions, "request", run_nothing)
        with pytest.raises(TurnFailedError, match="^action_small_talk raised ActionNotFoundException.$"):
            await engine.answer(TurnRequest(conversation, "hello"))


def _events(states: Database, conversation: str) -> str:
    with states.read() as session:
        return session.get_one(DialogueState, conversation).events
