"""What every action shares: a session, a turn, the open step asked again, and the reply handed over."""

import asyncio
from abc import abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turn import Turn, shared_database, shared_settings


class AnsweringAction(Action):
    """An action that answers one turn. Subclasses say what in `answer`; it runs in a thread, off the event loop."""

    # An action that takes or closes a step says itself what comes next.
    asks_open_step_again = True

    @abstractmethod
    def name(self) -> str:
        """The name in domain.yml."""

    @abstractmethod
    def answer(self, turn: Turn) -> None:
        """Put the reply together."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Answer the turn and keep what the next ones need."""
        return await asyncio.to_thread(self._run, dispatcher, tracker)

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        with shared_database().read() as session:
            turn = Turn(tracker, session, shared_settings())
            self.answer(turn)
            step = turn.step
            if step and self.asks_open_step_again and "expects" not in turn.reply:
                turn.say(f"utter_ask_{step}")
                turn.expect(step)
            return turn.send(dispatcher)
