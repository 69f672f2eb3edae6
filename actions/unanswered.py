"""The message was not understood: try once more with what was said before, else say so."""

from actions.answering import AnsweringAction
from actions.follow_ups import ASPECT, ActionFollowUp
from actions.misses import say_unanswered
from actions.offers import ActionListOffers, asked_aspects, taken_up
from actions.people import holder_spoken_of
from actions.presenting import show_offer, show_person
from actions.turn import Turn
from assistant.matching.labels import LIST_OFFERS, OFFER, PERSON, kind_of

# Least probability of a follow-up that is taken as one because there is something to follow up.
FOLLOW_UP = 0.25


class ActionUnanswered(AnsweringAction):
    """A short message may say little by itself and enough after what was shown; otherwise we do not know."""

    def name(self) -> str:
        return "action_unanswered"

    def answer(self, turn: Turn) -> None:
        if turn.intent == "other_language":
            say_unanswered(turn, "utter_other_language")
        elif not self._answered_in_context(turn):
            say_unanswered(turn)

    def _answered_in_context(self, turn: Turn) -> bool:
        chosen = taken_up(turn)
        if chosen is not None:
            show_offer(turn, chosen, asked_aspects(turn))
            return True
        intent, probability = turn.likeliest_intent
        holder = holder_spoken_of(turn) if intent == PERSON else None
        if holder is not None:
            show_person(turn, holder)
            return True
        if kind_of(turn.subject) == OFFER and intent in ASPECT and probability >= FOLLOW_UP:
            turn.intent = intent
            ActionFollowUp().answer(turn)
            return True
        if turn.entity("nation") and intent in (OFFER, LIST_OFFERS):
            ActionListOffers().answer(turn)
            return True
        if len(turn.shown) > 1 and (turn.entity("tier") or turn.entity("stage")):
            ActionListOffers().answer(turn)
            return True
        return False
