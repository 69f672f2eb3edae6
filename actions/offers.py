"""Answer with offers: one, several, a list, or the question which one is meant."""

import re

from actions.answering import AnsweringAction
from actions.misses import say_unanswered
from actions.presenting import MOST_CHOICES, ask_which, ask_which_unnamed, show_list, show_offer, show_topic
from actions.turn import Turn
from assistant.catalogue.models import Offer, Stage, Tier
from assistant.catalogue.offers import find_offer, list_offers
from assistant.catalogue.shared_parts import find_shared_part
from assistant.catalogue.topics import get_topic
from assistant.enquiries.outcomes import Outcome
from assistant.matching.labels import OFFER, SHARED, kind_of, slug_of

# Least probability with which an offer just asked about is taken up by a loose answer ("the nursing one").
TAKEN_UP = 0.15
SHORT_REPLY, TAKEN_UP_FROM_SHORT_REPLY = 5, 0.02  # words; "the nursing one" is an answer and little else
# Asked about a nation, the catalogue names the office there; the other nations are a topic.
NATIONS = {"wales": "Wales", "northern-ireland": "Northern Ireland"}
NARROWING = re.compile(r"\b(only|just|those|these|them|which of)\b", re.IGNORECASE)
# "Is there anything for chairs?", and no more than that: a longer question says what kind of support is wanted.
ASKS_FOR_AUDIENCE = re.compile(
    r"^(?:\W*\w+){0,3}\W*\b(?:what|whats|what's|anything|something|which|support|programmes?|offers?)\b(?:\W+\w+){0,4}\W+"
    r"(?:for|aimed at|meant for)\W+(?:\w+\W*){1,5}$",
    re.IGNORECASE,
)
FEW_WORDS = 3  # "enhanced ones?" after a list narrows it too
QUESTION = "Which of these do you mean?"


def asked_aspects(turn: Turn) -> list[str]:
    """What the message asks about an offer, such as cost or date; a nation named beside an offer is one too."""
    return [*turn.entities("aspect"), *(["nation"] if turn.entity("nation") else [])]


def taken_up(turn: Turn) -> Offer | None:
    """The offer, among those we asked about in the last turn, that this message most likely means."""
    if not turn.slots.get("asked_which"):
        return None
    least = TAKEN_UP if len(turn.text.split()) > SHORT_REPLY else TAKEN_UP_FROM_SHORT_REPLY
    slug = next((slug for slug in turn.ranked_offers(least=least) if slug in turn.shown), None)
    return find_offer(turn.session, slug) if slug else None


def _shown_relative(turn: Turn, offer: Offer | None) -> Offer | None:
    """The one offer asked about that is related to this one: "the nursing one" then means that."""
    is_reply = turn.slots.get("asked_which") and len(turn.text.split()) <= SHORT_REPLY
    related = [slug for slug in turn.shown if offer is not None and slug in offer.related] if is_reply else []
    return find_offer(turn.session, related[0]) if len(related) == 1 else None


def offers_of(turn: Turn, slugs: list[str]) -> list[Offer]:
    """The active offers of these slugs, in the order given."""
    by_slug = {offer.slug: offer for offer in list_offers(turn.session, slugs=slugs)}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def at_place(shown: list[Offer], ordinal: str) -> list[Offer]:
    """The offer at this place of those shown, or none."""
    place = len(shown) if ordinal == "last" else int(ordinal)
    return shown[place - 1 : place]


class ActionAnswerOffer(AnsweringAction):
    """Answer the offer that is meant, or whose choice was pressed."""

    def name(self) -> str:
        return "action_answer_offer"

    def answer(self, turn: Turn) -> None:
        pressed = turn.entity("slug")
        slug = pressed or next((slug_of(label) for label in turn.meant if kind_of(label) == OFFER), "")
        offer = find_offer(turn.session, slug)
        if not pressed and slug not in turn.shown:
            offer = taken_up(turn) or _shown_relative(turn, offer) or offer
        if not pressed and ASKS_FOR_AUDIENCE.search(turn.text) and turn.entity("audience"):
            ActionListOffers().answer(turn)
            return
        if offer is None:  # taken out of the catalogue since the model was trained
            say_unanswered(turn)
        else:
            show_offer(turn, offer, asked_aspects(turn))


class ActionListOffers(AnsweringAction):
    """List the offers that fit what the message names; all of them when it names nothing."""

    def name(self) -> str:
        return "action_list_offers"

    def answer(self, turn: Turn) -> None:
        nation = turn.entity("nation")
        names = [NATIONS[value] for value in turn.entities("nation") if value in NATIONS]
        if names:
            offers = [offer for name in names for offer in list_offers(turn.session, nation=name)]
            show_list(turn, offers, f"for {' and '.join(names)}")
        elif nation:
            show_topic(turn, get_topic(turn.session, "about-confederation"))
        else:
            self._list(turn)

    def _list(self, turn: Turn) -> None:
        stages: list[Stage | None] = [Stage(value) for value in turn.entities("stage")] or [None]
        tier, audience, mailbox = turn.entity("tier"), turn.entity("audience"), turn.entity("mailbox")
        narrowing = NARROWING.search(turn.text) or len(turn.text.split()) <= FEW_WORDS
        narrows = narrowing and (tier or turn.entity("stage")) and not audience and not mailbox
        narrowed = turn.shown if narrows and len(turn.shown) > 1 and not turn.slots.get("asked_which") else None
        slugs = {
            offer.slug
            for stage in stages
            for offer in list_offers(
                turn.session, stage=stage, tier=Tier(tier) if tier else None, contact=mailbox, slugs=narrowed
            )
            if audience is None or _is_for(offer, audience)
        }
        criteria = [
            *(f"in the {stage} stage" for stage in stages if stage),
            *([f"in {tier} support"] if tier else []),
            *([f"for {audience}"] if audience else []),
            *(["with that contact"] if mailbox else []),
        ]
        offers = list_offers(turn.session, slugs=slugs)
        show_list(turn, offers, " and ".join(criteria) if criteria else "of support against racism")


def _is_for(offer: Offer, audience: str) -> bool:
    """Whether the source prints this audience for the offer, or the offer is named after it."""
    words = audience.casefold()
    return any(words in printed.casefold() for printed in [*offer.audiences, offer.name])


class ActionAskWhich(AnsweringAction):
    """Ask which of a few likely offers is meant."""

    def name(self) -> str:
        return "action_ask_which"

    def answer(self, turn: Turn) -> None:
        chosen = taken_up(turn)
        if chosen is not None:
            show_offer(turn, chosen, asked_aspects(turn))
            return
        slugs: list[str] = []
        for label in turn.asked:
            part = find_shared_part(turn.session, slug_of(label)) if kind_of(label) == SHARED else None
            slugs.extend(part.offers if part else [slug_of(label)])
        likeliest = list(dict.fromkeys(slugs))[:MOST_CHOICES]
        ask_which(turn, list_offers(turn.session, slugs=likeliest), QUESTION)


class ActionAnswerShared(AnsweringAction):
    """Ask which offer of a part that stands in several is meant."""

    def name(self) -> str:
        return "action_answer_shared"

    def answer(self, turn: Turn) -> None:
        chosen = taken_up(turn)
        part = next((find_shared_part(turn.session, slug_of(label)) for label in turn.meant), None)
        if chosen is not None:
            show_offer(turn, chosen, asked_aspects(turn))
        elif part is None:
            say_unanswered(turn)
        else:
            ask_which(turn, offers_of(turn, list(part.offers)), part.question)


class ActionChooseNone(AnsweringAction):
    """None of the choices was meant: offer other words or a person."""

    def name(self) -> str:
        return "action_choose_none"

    def answer(self, turn: Turn) -> None:
        turn.outcome(Outcome.UNANSWERED)
        turn.reply["rejects"] = True
        turn.say("utter_none_of_these")
        turn.remember(offered_person=True, shown=None)


class ActionChooseOffer(AnsweringAction):
    """Take one of what was shown by its place or tier, or the other one of two."""

    def name(self) -> str:
        return "action_choose_offer"

    def answer(self, turn: Turn) -> None:
        offers = self._others(turn) if turn.intent == "choose_other" else self._chosen(turn)
        if offers:
            ask_which(turn, offers, QUESTION)
        elif turn.shown:
            ask_which(turn, offers_of(turn, turn.shown), QUESTION)
        else:
            ask_which_unnamed(turn)

    def _chosen(self, turn: Turn) -> list[Offer]:
        shown = offers_of(turn, turn.shown)
        tier, ordinal = turn.entity("tier"), turn.entity("ordinal")
        if tier:
            return self._of_tier(turn, shown, tier)
        if ordinal and shown:
            return at_place(shown, ordinal)
        likely = turn.ranked_offers(least=0.05)
        among_shown = [slug for slug in likely if slug in turn.shown]
        return offers_of(turn, among_shown[:1] or likely[:1])

    def _of_tier(self, turn: Turn, shown: list[Offer], tier: str) -> list[Offer]:
        """Among what was shown, else among what is related to the subject, else all of the subject's stages."""
        subject = find_offer(turn.session, slug_of(turn.subject)) if kind_of(turn.subject) == OFFER else None
        if subject is not None and subject.tier == tier:
            return [subject]
        among = shown if len(shown) > 1 and subject is None else []
        if subject is not None:
            among = offers_of(turn, list(subject.related))
        fitting = [offer for offer in among if offer.tier == tier]
        if fitting:
            return fitting
        stages = subject.stages if subject else list(Stage)
        return [offer for offer in list_offers(turn.session, tier=Tier(tier)) if set(offer.stages) & set(stages)]

    def _others(self, turn: Turn) -> list[Offer]:
        subject = slug_of(turn.subject)
        others = [slug for slug in turn.shown if slug != subject]
        if not others and kind_of(turn.subject) == OFFER:
            offer = find_offer(turn.session, subject)
            others = list(offer.related) if offer else []
        wished = [slug for slug in turn.ranked_offers(least=TAKEN_UP) if slug in others]
        return offers_of(turn, wished[:1]) or list_offers(turn.session, slugs=others[:MOST_CHOICES])
