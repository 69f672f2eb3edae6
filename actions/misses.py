"""Say honestly that we do not know, and offer a person."""

from actions.answering import AnsweringAction
from actions.turn import Turn
from assistant.enquiries.outcomes import Outcome

MISSES_UNTIL_PERSON = 2


def say_unanswered(turn: Turn, response: str = "utter_unanswered") -> None:
    """We did not understand. After two misses in a row a person is offered with every way to reach one."""
    turn.outcome(Outcome.UNANSWERED)
    misses = float(turn.slots.get("misses") or 0) + 1
    again = misses >= MISSES_UNTIL_PERSON and response == "utter_unanswered"
    turn.say_with_general_contact("utter_unanswered_again" if again else response)
    _offer_person(turn, misses)


def _offer_person(turn: Turn, misses: float) -> None:
    turn.remember(misses=misses, offered_person=True)
    turn.reply["choices"] = [{"label": "Leave my question for a person", "payload": "/leave_question"}]


class ActionOutOfScope(AnsweringAction):
    """The message was understood, and is not our subject."""

    def name(self) -> str:
        return "action_out_of_scope"

    def answer(self, turn: Turn) -> None:
        turn.outcome(Outcome.OUT_OF_SCOPE)
        turn.say_with_general_contact("utter_out_of_scope")
        _offer_person(turn, float(turn.slots.get("misses") or 0) + 1)


class ActionRejectAnswer(AnsweringAction):
    """The asker says that the answer was not it."""

    def name(self) -> str:
        return "action_reject_answer"

    def answer(self, turn: Turn) -> None:
        turn.reply["rejects"] = True
        say_unanswered(turn, "utter_rejected")
