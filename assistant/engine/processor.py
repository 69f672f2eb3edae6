"""Rasa's message processor as we need it: nothing swallowed, and slash syntax for our own payloads only."""

import re
import tempfile
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.engine.graph_runner import InOrderGraphRunner
from assistant.engine.quick_opening import opening_quickly
from assistant.enquiries.engine import TurnFailedError
from assistant.nlu.message_matcher import MessageMatcher

# Beside a typed text: its NLU is then run on the text as it is, even where it begins with a slash.
TYPED = {"typed": True}
# Rasa strips every kind of white space before it looks for the slash, so that goes with the slashes.
_SLASHES = re.compile(r"^[\s/]+")


class EnquiryProcessor(MessageProcessor):
    """Answers one message with the live model."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        """Load with our own graph runner."""
        with tempfile.TemporaryDirectory() as folder, opening_quickly():
            metadata, runner = loader.load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, InOrderGraphRunner
            )
        return Path(model_path).name, metadata, runner

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Leave out Rasa's search for intents the domain does not know: half a millisecond, for a warning in a log."""

    def message_matcher(self) -> MessageMatcher:
        """The component that understands. Raises TurnFailedError when the model has none."""
        assert isinstance(self.graph_runner, InOrderGraphRunner)
        matcher = self.graph_runner.find_component(MessageMatcher)
        if matcher is None:
            raise TurnFailedError("The model has no MessageMatcher in its pipeline. Train it with our config.yml.")
        return matcher

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """Understand a message. A typed one never sets intent or slot by Rasa's slash syntax."""
        if not (message.metadata or {}).get("typed"):
            parsed: dict[str, Any] = await super().parse_message(message, tracker, only_output_properties)
            return parsed
        typed = message.text
        message.text = _SLASHES.sub("", typed or "") or "?"
        parsed = await super().parse_message(message, tracker, only_output_properties)
        message.text = parsed["text"] = typed
        return parsed

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Run an action as Rasa does, but let its exception fail the turn: Rasa would answer with silence."""
        failing = _Failing(action)
        goes_on: bool = await super()._run_action(failing, tracker, output_channel, nlg, prediction)
        if failing.error is not None:
            raise TurnFailedError(f"{action.name()} raised {type(failing.error).__name__}.") from failing.error
        return goes_on


class _Failing(Action):
    """An action that remembers what it raised, which Rasa logs and forgets."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self.error: Exception | None = None

    def name(self) -> str:
        return str(self._action.name())

    def event_for_successful_execution(self, prediction: PolicyPrediction) -> Any:
        return self._action.event_for_successful_execution(prediction)

    async def run(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await self._action.run(*args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:  # re-raised by the processor, as TurnFailedError
            self.error = error
            return []
