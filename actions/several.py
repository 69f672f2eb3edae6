"""Answer several things asked in one message, each in its turn."""

from actions.answering import AnsweringAction
from actions.misses import say_unanswered
from actions.offers import QUESTION, ActionListOffers, offers_of
from actions.presenting import ask_which, show_offer, show_person, show_topic
from actions.turn import Turn
from assistant.catalogue.offers import find_offer
from assistant.catalogue.people import find_person
from assistant.catalogue.shared_parts import find_shared_part
from assistant.catalogue.topics import find_topic
from assistant.enquiries.outcomes import Outcome
from assistant.matching.labels import LIST_OFFERS, OFFER, PERSON, SHARED, TOPIC, kind_of, slug_of


class ActionAnswerSeveral(AnsweringAction):
    """Two offers make a list, in the order asked; otherwise the outcome is that of the first part."""

    def name(self) -> str:
        return "action_answer_several"

    def answer(self, turn: Turn) -> None:
        offers = [slug_of(label) for label in turn.meant if kind_of(label) == OFFER]
        if len(offers) > 1:
            turn.outcome(Outcome.LIST)
        for label in turn.meant:
            self._answer_part(turn, label)
        if not turn.said:  # all of it was taken out of the catalogue since the model was trained
            say_unanswered(turn)
        if len(offers) > 1:
            turn.remember(shown=offers, subject=None)

    def _answer_part(self, turn: Turn, label: str) -> None:
        kind, slug = kind_of(label), slug_of(label)
        if kind == OFFER and (offer := find_offer(turn.session, slug)):
            show_offer(turn, offer)
        elif kind == TOPIC and (topic := find_topic(turn.session, slug)):
            show_topic(turn, topic)
        elif kind == PERSON and (person := find_person(turn.session, slug)):
            show_person(turn, person)
        elif kind == SHARED and (part := find_shared_part(turn.session, slug)):
            ask_which(turn, offers_of(turn, list(part.offers)), part.question or QUESTION)
        elif kind == LIST_OFFERS:
            ActionListOffers().answer(turn)
