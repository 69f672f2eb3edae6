"""Answer questions about what was just spoken of."""

from actions.answering import AnsweringAction
from actions.offers import NATIONS, QUESTION, ActionChooseOffer, at_place, offers_of
from actions.presenting import MOST_CHOICES, ask_which, ask_which_unnamed, show_offer, show_person, show_topic
from actions.turn import Turn
from assistant.catalogue.models import Offer
from assistant.catalogue.offers import find_offer, list_offers
from assistant.catalogue.people import find_person
from assistant.catalogue.topics import find_topic, get_topic
from assistant.matching.labels import OFFER, PERSON, TOPIC, kind_of, slug_of
from assistant.matching.segments import is_asking

# What each follow-up asks about an offer. Nothing more: name, contact and source, which every answer has.
ASPECT = {
    "ask_contact": [],
    "ask_more": [],
    "ask_source": [],
    "ask_stage": ["stage"],
    "ask_tier": ["stage"],
    "ask_joining": ["joining"],
    "ask_cost": ["cost"],
    "ask_date": ["date"],
    "ask_eligibility": ["eligibility"],
}
# A follow-up that names an offer after all: least probability of that offer beside the follow-up's own.
NAMED_AFTER_ALL = 0.2
# What to answer when nothing was spoken of yet.
TOPIC_WITHOUT_SUBJECT = {"ask_contact": "contact-details", "ask_source": "approach"}


class ActionFollowUp(AnsweringAction):
    """Answer about the last subject; ask which programme is meant when there is none."""

    def name(self) -> str:
        return "action_follow_up"

    def answer(self, turn: Turn) -> None:
        if turn.entity("tier") and not is_asking(turn.text):  # "no, I meant the enhanced one"
            ActionChooseOffer().answer(turn)
            return
        offer = self._offer(turn)
        kind, slug = kind_of(turn.subject), slug_of(turn.subject)
        if offer is not None:
            self._answer_offer(turn, offer)
        elif kind == PERSON and (person := find_person(turn.session, slug)):
            show_person(turn, person)
            turn.say_with_general_contact("utter_person_contact", name=person.name)
        elif kind == TOPIC and turn.intent != "ask_contact" and (topic := find_topic(turn.session, slug)):
            show_topic(turn, topic)
        elif 1 < len(turn.shown) <= MOST_CHOICES:
            ask_which(turn, offers_of(turn, turn.shown), QUESTION)
        elif not turn.shown and turn.intent in TOPIC_WITHOUT_SUBJECT:
            show_topic(turn, get_topic(turn.session, TOPIC_WITHOUT_SUBJECT[turn.intent]))
        else:
            ask_which_unnamed(turn)

    def _offer(self, turn: Turn) -> Offer | None:
        ordinal = turn.entity("ordinal")
        if ordinal and turn.shown:  # "tell me more about number 4"
            return next(iter(at_place(offers_of(turn, turn.shown), ordinal)), None)
        named = next(iter(turn.ranked_offers(least=NAMED_AFTER_ALL)), None)
        if named:
            return find_offer(turn.session, named)
        return find_offer(turn.session, slug_of(turn.subject)) if kind_of(turn.subject) == OFFER else None

    def _answer_offer(self, turn: Turn, offer: Offer) -> None:
        if turn.intent == "ask_more":
            show_offer(turn, offer)
            turn.say("utter_no_more_to_tell", short_name=offer.short_name)
        else:
            show_offer(turn, offer, ASPECT.get(turn.intent, []), briefly=True)


class ActionAnswerNation(AnsweringAction):
    """Answer with the office of the nation, and say that other offers state no nation."""

    def name(self) -> str:
        return "action_answer_nation"

    def answer(self, turn: Turn) -> None:
        nation = turn.entity("nation")
        before = find_offer(turn.session, slug_of(turn.subject)) if kind_of(turn.subject) == OFFER else None
        if nation in NATIONS:
            for offer in list_offers(turn.session, nation=NATIONS[nation]):
                show_offer(turn, offer)
            if before is not None and not before.nations:
                turn.say("utter_nation_not_stated", short_name=before.short_name)
        elif nation is None and before is not None:
            show_offer(turn, before, ["nation"], briefly=True)
        else:
            show_topic(turn, get_topic(turn.session, "about-confederation"))
