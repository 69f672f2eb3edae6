"""The engine of the enquiry desk: Rasa in this process."""

import asyncio
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.db.engine import Database
from assistant.engine.actions_in_process import InProcessActions, speed_up_turns
from assistant.engine.processor import TYPED, EnquiryProcessor
from assistant.engine.tracker_store import DatabaseTrackerStore
from assistant.engine.turn_loop import TURNS
from assistant.enquiries.engine import TurnFailedError, TurnReply, TurnRequest, Understanding
from assistant.errors import AssistantError

CHANNEL = "enquiries"


class _CollectingChannel(OutputChannel):
    """Keeps what the bot says, in order, texts and fields together."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.sent.append(message)


class RasaEngine:
    """Answers turns with one trained model. Turns of one conversation must come one after another."""

    def __init__(self, model: Path, database: Database) -> None:
        """Load the model archive; takes seconds. A damaged one raises all sorts; raises OutdatedModelError."""
        speed_up_turns()
        self._store = DatabaseTrackerStore(Domain.empty(), database)
        nlg = TemplatedNaturalLanguageGenerator({})
        self._processor = EnquiryProcessor(
            model_path=model,
            tracker_store=self._store,
            lock_store=InMemoryLockStore(),  # the desk keeps the order; Rasa only wants to have one
            generator=nlg,
            action_endpoint=InProcessActions(),
        )
        self._matcher = self._processor.message_matcher()
        self._store.domain = self._processor.domain
        nlg.responses = self._processor.domain.responses
        self.model = model.name

    async def understand(self, text: str) -> Understanding:
        """What a typed text means; nothing is kept, and the text, which may be a name, is not given to Rasa."""
        understood: Understanding = await _guarded(asyncio.to_thread(self._matcher.understand, text))
        return understood

    def knows(self, text: str) -> bool:
        """Whether a typed text means something that is answered; nothing is kept."""
        return bool(self._matcher.knows(text))

    async def parse(self, text: str) -> dict[str, Any]:
        """Rasa's whole parse of a typed text: intent, ranking, entities, decision."""
        parsing = self._processor.parse_message(UserMessage(text, metadata=TYPED))
        parsed: dict[str, Any] = await TURNS.run(_guarded(parsing))
        return parsed

    async def answer(self, request: TurnRequest) -> TurnReply:
        """Answer one turn. Raises TurnFailedError when there is no answer; the dialogue's state is then as before."""
        channel = _CollectingChannel()
        metadata = {"reference": request.reference, "kept_question": request.kept_question, "step": request.step}
        message = UserMessage(
            request.payload or request.text,
            channel,
            request.conversation,
            input_channel=CHANNEL,
            metadata=metadata if request.payload else {**metadata, **TYPED},
        )
        tracker = await TURNS.run(_guarded(self._turn(message)))
        return _reply(channel.sent, tracker)

    async def forget(self, conversation: str) -> None:
        """Drop the dialogue's state."""
        await self._store.forget(conversation)

    async def _turn(self, message: UserMessage) -> DialogueStateTracker:
        """Rasa's `handle_message`, step for step, giving the tracker back as well."""
        processor = self._processor
        tracker = await processor.log_message(message, should_save_tracker=False)
        tracker = await processor.run_action_extract_slots(message.output_channel, tracker)
        await processor._run_prediction_loop(message.output_channel, tracker)
        await processor.save_tracker(tracker)
        return tracker


async def _guarded(turn: Any) -> Any:
    """Await part of a turn. Rasa raises all sorts, and ends the process on some damaged data: that fails the turn only.

    Errors of ours go through: what the database refuses is told apart from a turn that failed.
    """
    try:
        return await turn
    except AssistantError:
        raise
    except SystemExit as error:
        raise TurnFailedError("Rasa asked to end the process.") from error
    except Exception as error:
        raise TurnFailedError(f"Rasa raised {type(error).__name__}.") from error


def _reply(sent: list[dict[str, Any]], tracker: DialogueStateTracker) -> TurnReply:
    texts = tuple(str(message["text"]) for message in sent if message.get("text"))
    fields: dict[str, Any] = next((message["custom"] for message in sent if message.get("custom")), {})
    if not texts or "outcome" not in fields:
        raise TurnFailedError("The turn ended without an answer.")
    intent = tracker.latest_message.intent if tracker.latest_message else {}
    return TurnReply(
        outcome=fields["outcome"],
        texts=texts,
        offers=tuple(fields.get("offers", ())),
        topic=fields.get("topic"),
        person=fields.get("person"),
        people=tuple(fields.get("people", ())),
        choices=tuple((choice["label"], choice["payload"]) for choice in fields.get("choices", ())),
        expects=fields.get("expects"),
        rejects=bool(fields.get("rejects")),
        confidence=float(intent.get("confidence") or 0.0),
    )
