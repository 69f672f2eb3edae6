"""Show an offer, a list, a choice, a topic or a person. Words stand in domain.yml, facts in the catalogue."""

from collections.abc import Sequence

from actions.turn import Turn
from assistant.catalogue.models import Offer, Person, Tier, Topic
from assistant.catalogue.people import list_people
from assistant.catalogue.standing import edited_on, month, standing
from assistant.enquiries.outcomes import Outcome
from assistant.matching.labels import OFFER, PERSON, TOPIC, leaf

MOST_CHOICES = 4

NOT_STATED = {
    "cost": "utter_cost_not_stated",
    "date": "utter_date_not_stated",
    "joining": "utter_joining_not_stated",
    "link": "utter_link_not_stated",
}


def show_offer(turn: Turn, offer: Offer, aspects: Sequence[str] = (), *, briefly: bool = False) -> None:
    """Answer with one offer: what it is, what was asked about it, its contact and source."""
    turn.outcome(Outcome.OFFER)
    turn.add_offers([offer])
    turn.remember_subject(leaf(OFFER, offer.slug))
    if briefly:
        turn.say("utter_offer_named", name=offer.name)
    else:
        turn.say("utter_offer", name=offer.name, summary=offer.summary, details=offer.details)
        turn.say("utter_stage_and_tier", stages=stages_in_words(offer), tier=tier_in_words(offer))
    for aspect in aspects:
        _say_aspect(turn, offer, aspect)
    _say_contact(turn, offer)
    _say_source(turn, offer)


def _say_source(turn: Turn, offer: Offer) -> None:
    title, edited, checked = offer.source.title, edited_on(offer), offer.verified_on
    if edited is None:
        turn.say("utter_source", title=title, published=month(offer.source.published))
        return
    days = (edited.isoformat(), checked.isoformat() if checked else None)
    turn.say("utter_source_edited", title=title, standing=standing(offer.source.published, *days))


def _say_aspect(turn: Turn, offer: Offer, aspect: str) -> None:
    if aspect in NOT_STATED:
        turn.say(NOT_STATED[aspect])
    elif aspect == "eligibility" and offer.audiences:
        turn.say("utter_audiences", audiences=", ".join(offer.audiences))
    elif aspect == "eligibility":
        turn.say("utter_eligibility_not_stated")
    elif aspect == "nation" and not offer.nations:
        turn.say("utter_nation_not_stated", short_name=offer.short_name)
    elif aspect == "stage":
        turn.say("utter_stage_and_tier", stages=stages_in_words(offer), tier=tier_in_words(offer))


def _say_contact(turn: Turn, offer: Offer) -> None:
    if offer.contact is not None:
        turn.say("utter_contact_published", email=offer.contact.email)
    else:
        turn.say_with_general_contact("utter_contact_general")


def show_list(turn: Turn, offers: Sequence[Offer], criteria: str) -> None:
    """Answer with several offers, in the order given; one alone is shown as itself."""
    if len(offers) == 1:
        show_offer(turn, offers[0])
        return
    turn.outcome(Outcome.LIST)
    if not offers:
        turn.say("utter_nothing_listed", criteria=criteria)
        turn.remember(offered_person=True)
        return
    turn.add_offers(offers)
    turn.remember(shown=[offer.slug for offer in offers], subject=None)
    lines = "\n".join(f"• {offer.short_name}" for offer in offers)
    turn.say("utter_list", count=len(offers), criteria=criteria, lines=lines)


def ask_which(turn: Turn, offers: Sequence[Offer], question: str) -> None:
    """Ask which of two to four offers is meant; one alone is the answer, more are a list."""
    if not offers:
        ask_which_unnamed(turn)
        return
    if len(offers) == 1:
        show_offer(turn, offers[0])
        return
    if len(offers) > MOST_CHOICES:
        show_list(turn, offers, "may be what you mean")
        return
    turn.outcome(Outcome.CLARIFY)
    turn.add_offers(offers)
    turn.reply["choices"] = [
        *({"label": offer.short_name, "payload": f'/choose{{"slug": "{offer.slug}"}}'} for offer in offers),
        {"label": "None of these", "payload": "/choose_none"},
    ]
    turn.remember(shown=[offer.slug for offer in offers], asked_which=True, subject=None)
    turn.say("utter_ask_which", question=question)


def ask_which_unnamed(turn: Turn) -> None:
    """Ask which programme is meant when nothing says which it could be."""
    turn.outcome(Outcome.UNANSWERED)  # a clarify would hold what to choose from
    turn.say("utter_which_offer")


def show_topic(turn: Turn, topic: Topic) -> None:
    """Answer with a topic and the people it names."""
    turn.outcome(Outcome.INFO)
    turn.reply.setdefault("topic", topic.slug)
    turn.remember_subject(leaf(TOPIC, topic.slug))
    answer = topic.answer.replace("{general_email}", turn.settings.general_email)
    turn.say("utter_topic", answer=answer.replace("{general_phone}", turn.settings.general_phone))
    if topic.people:
        people = list_people(turn.session, slugs=topic.people)
        turn.reply.setdefault("people", [person.slug for person in people])
        turn.reply.setdefault("person", people[0].slug if people else None)


def show_person(turn: Turn, person: Person) -> None:
    """Answer with one person."""
    turn.outcome(Outcome.PERSON)
    turn.reply.setdefault("person", person.slug)
    turn.remember_subject(leaf(PERSON, person.slug))
    turn.say("utter_person", name=person.name, role=person.role)
    if person.note:
        turn.say("utter_person_note", note=person.note)
    turn.say("utter_people_source")


def stages_in_words(offer: Offer) -> str:
    """`commit stage`, `commit and act stages`."""
    return f"{' and '.join(offer.stages)} {'stage' if len(offer.stages) == 1 else 'stages'}"


def tier_in_words(offer: Offer) -> str:
    """`current`, or what enhanced means beside it."""
    return "enhanced" if offer.tier == Tier.ENHANCED else "current"
