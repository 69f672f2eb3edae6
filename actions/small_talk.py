"""Greetings, thanks and the like."""

import re

from actions.answering import AnsweringAction
from actions.handoff import begin
from actions.misses import say_unanswered
from actions.offers import QUESTION, offers_of
from actions.presenting import ask_which
from actions.turn import Turn
from assistant.enquiries.outcomes import Outcome

AGREEING = re.compile(
    r"^\W*(yes|yep|yeah|yup|ya|y|ok(ay)?|sure|please|go (on|ahead|for it)|do( that| so| it)?|"
    r"that('?s| is| would| sounds)|"
    r"i('d| would) (like|love|appreciate)|absolutely|definitely|of course|great|good|lovely|perfect|alright|all right|"
    r"fine|actually yes|by all means|why not|let'?s)\b",
    re.IGNORECASE,
)


class ActionSmallTalk(AnsweringAction):
    """Each kind of small talk has its response in domain.yml."""

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, turn: Turn) -> None:
        turn.outcome(Outcome.SMALLTALK)
        turn.say(f"utter_{turn.intent}")


class ActionAffirm(AnsweringAction):
    """Yes: to a person that was offered, or to nothing in particular."""

    def name(self) -> str:
        return "action_affirm"

    def answer(self, turn: Turn) -> None:
        if turn.slots.get("offered_person") and not turn.step and not AGREEING.match(turn.text):
            say_unanswered(turn)  # it only resembles a yes; to pass on a question by mistake would be worse
        elif turn.slots.get("offered_person") and not turn.step:
            begin(turn)
        elif turn.slots.get("asked_which"):
            ask_which(turn, offers_of(turn, turn.shown), QUESTION)
        else:
            turn.outcome(Outcome.SMALLTALK)
            turn.say("utter_affirm")


class ActionDeny(AnsweringAction):
    """No, to whatever was offered."""

    def name(self) -> str:
        return "action_deny"

    def answer(self, turn: Turn) -> None:
        turn.outcome(Outcome.SMALLTALK)
        turn.say("utter_deny")
