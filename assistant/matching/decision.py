"""Decide what to do with a message: answer, answer several things, ask which is meant, or say that we do not know."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.matching.calibration import Calibration
from assistant.matching.labels import ANSWERABLE, COURTESIES, GENERIC, OFFER, OUT_OF_SCOPE, SHARED, kind_of
from assistant.matching.linker import Link
from assistant.matching.segments import is_asking

RANKING_LENGTH = 10
SIDE_BY_SIDE = re.compile(r"\band\b|&|;|\bplus\b|\balso\b|\bor\b|\bboth\b|\b2[.)]|\bsecond(?:ly)?\b", re.IGNORECASE)
FAMILIAR = 0.7  # likeness from which a message is surely about what we were trained on, whatever its language
LIKELY_IN_WHOLE = 6  # how far down the ranking of the whole message a part's label may stand
CLEAR = 0.7  # probability from which a part of a message asks something of its own
RULED_OUT = 0.4  # probability from which what is ruled out is one of the offers
LEAD = 4.0  # how many times as likely as any other an offer must be to stand for a part that it shares
LIKE_SOMETHING = 0.5  # likeness below which we do not even say that it is not our subject
WORTH_ASKING, MOST_CHOICES = 0.12, 4  # least probability of an offer that is asked about, and how many of them


class Verdict(StrEnum):
    """What to do with a message."""

    ANSWER = "answer"  # it means one thing
    SEVERAL = "several"  # it asks several things, each clear
    ASK = "ask"  # it means one of a few offers
    UNKNOWN = "unknown"  # we do not know what it means


@dataclass(frozen=True)
class Costs:
    """What each way of being wrong costs, in one unit for all; the decision is whatever is expected to cost least.

    Set in config.yml. A wrong answer may send somebody to the wrong programme; a question back costs a moment; an
    honest "I do not know" leaves the question with a person.
    """

    wrong_answer: float = 3.0  # answering something else than what was meant
    asking: float = 0.9  # asking which of a few offers is meant
    wrong_question: float = 1.5  # on top of it, when none of them is
    missed: float = 1.8  # not knowing what we could have answered
    strangers: float = 0.1  # share of messages that are of no kind we were trained on

    def of_answering(self, right: float) -> float:
        """The expected cost of an answer that is right with this probability."""
        return self.wrong_answer * (1 - right)

    def of_asking(self, among: float) -> float:
        """The expected cost of asking which, when what is meant is among the choices with this probability."""
        return self.asking + self.wrong_question * (1 - among)

    def of_not_knowing(self, ours: float) -> float:
        """The expected cost of giving up a message that is ours to answer with this probability."""
        return self.missed * ours


@dataclass(frozen=True)
class Choice:
    """A label with its probability."""

    label: str
    confidence: float


@dataclass(frozen=True)
class Decision:
    """What a message means. `meant` are the labels to answer, in the order asked; empty unless ANSWER or SEVERAL."""

    verdict: Verdict
    meant: tuple[Choice, ...]
    asked: tuple[str, ...]  # labels of the offers or shared parts to ask about
    ranking: tuple[Choice, ...]  # the most probable labels, best first
    ruled_out: tuple[str, ...]
    likeness: float

    @property
    def confidence(self) -> float:
        """How sure we are of the verdict's label."""
        return self.meant[0].confidence if self.meant else (self.ranking[0].confidence if self.ranking else 0.0)

    @property
    def is_familiar(self) -> bool:
        """Whether something very like it was in the training sentences."""
        return self.likeness >= FAMILIAR

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for Rasa's events."""
        return asdict(self)


class Judge:
    """Weighs a whole message and its parts."""

    def __init__(self, labels: Sequence[str], costs: Costs, calibration: Calibration) -> None:
        self.labels = np.array(labels)
        self.costs = costs
        self.calibration = calibration
        self._is_ours = self.labels != OUT_OF_SCOPE
        self._is_courtesy = np.array([kind_of(label) in COURTESIES for label in labels])
        self._is_offer = np.array([kind_of(label) in (OFFER, SHARED) for label in labels])
        self._is_specific_offer = np.array([kind_of(label) == OFFER for label in labels])
        self._is_specific = np.array([kind_of(label) in ANSWERABLE - GENERIC for label in labels])
        self._is_answerable = np.array([kind_of(label) in ANSWERABLE for label in labels])

    def decide(
        self, whole: Link, sentences: Sequence[Link], clauses: Sequence[Link], ruled_out: Link | None
    ) -> Decision:
        """The verdict on a message, given the links of the whole, of its parts, and of what it rules out."""
        excluded = self._excluded(ruled_out)
        links = self._speaking(whole, sentences)
        known = 1.0 if whole.mentioned else max(map(self.known, links))
        probabilities = known * self._settle_shared(self._without(self._weigh(whole, sentences), excluded))
        likeness, ranking = max(link.likeness for link in links), self._ranking(probabilities)
        meant = self._several(whole, [link for link in clauses or sentences if is_asking(link.text)], excluded)
        if meant:
            return Decision(Verdict.SEVERAL, meant, (), ranking, excluded, likeness)
        verdict, meant, asked = self._cheapest(probabilities, likeness)
        return Decision(verdict, meant, asked, ranking, excluded, likeness)

    def known(self, link: Link) -> float:
        """Probability that a sentence is of a kind that we were trained on."""
        return self.calibration.known(link.familiarity, self.costs.strangers)

    def confidence(self, link: Link) -> float:
        """Probability that the best label of ours is what a sentence means."""
        return self.known(link) * float(link.probabilities[self._is_ours].max())

    def accepts(self, link: Link) -> bool:
        """Whether answering a sentence is expected to cost no more than not knowing it."""
        ours = self.known(link) * float(link.probabilities[self._is_ours].sum())
        return self.costs.of_answering(self.confidence(link)) <= self.costs.of_not_knowing(ours)

    def _cheapest(
        self, probabilities: NDArray[np.float32], likeness: float
    ) -> tuple[Verdict, tuple[Choice, ...], tuple[str, ...]]:
        """Answer, ask which offer is meant, or give up, whatever is expected to cost least."""
        best = int(np.where(self._is_ours, probabilities, -1).argmax())
        asked = self._worth_asking(probabilities)
        among = float(probabilities[np.isin(self.labels, asked)].sum())
        cost_of_answering = self.costs.of_answering(float(probabilities[best]))
        cost_of_asking = self.costs.of_asking(among) if asked else np.inf
        cost_of_not_knowing = self.costs.of_not_knowing(float(probabilities[self._is_ours].sum()))
        if cost_of_answering <= min(cost_of_asking, cost_of_not_knowing):
            return Verdict.ANSWER, (self._choice(probabilities, best),), ()
        if cost_of_asking <= cost_of_not_knowing:
            return Verdict.ASK, (), asked
        if likeness >= LIKE_SOMETHING and self._is_probably_out_of_scope(probabilities):
            # Below ten kinds of small talk it would not stand in the ranking.
            return Verdict.ANSWER, (self._choice(probabilities, int(self._is_ours.argmin())),), ()
        return Verdict.UNKNOWN, (), ()

    def _choice(self, probabilities: NDArray[np.float32], row: int) -> Choice:
        return Choice(str(self.labels[row]), round(float(probabilities[row]), 4))

    def _weigh(self, whole: Link, sentences: Sequence[Link]) -> NDArray[np.float32]:
        """The mean of the whole and its most telling sentence: a request may stand anywhere in a long story."""
        telling = self._telling(sentences)
        if not telling:
            return whole.probabilities
        specific = [link for link in telling if self._is_specific[int(link.probabilities.argmax())]]
        asking = [link for link in specific if is_asking(link.text)]
        best = max(asking or specific or telling, key=lambda link: float(link.probabilities[self._is_answerable].max()))
        return (whole.probabilities + best.probabilities) / 2

    def _speaking(self, whole: Link, sentences: Sequence[Link]) -> Sequence[Link]:
        """Whose familiarity counts: of the telling ones alone beside a greeting, which would vouch for anything."""
        telling = self._telling(sentences)
        return telling if telling and len(telling) < len(sentences) else (whole, *sentences)

    def _telling(self, sentences: Sequence[Link]) -> list[Link]:
        """The sentences that are more than courtesy: a greeting is well known, and says nothing of what follows."""
        return [link for link in sentences if not self._is_courtesy[int(link.probabilities.argmax())]]

    def _settle_shared(self, probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give a shared part's probability to an offer that leads all others clearly: it says which one is meant."""
        top = int(probabilities.argmax())
        if kind_of(str(self.labels[top])) != SHARED:
            return probabilities
        offers = np.where(self._is_specific_offer, probabilities, 0)
        first = int(offers.argmax())
        rest = float(np.delete(offers, first).max(initial=0))
        if offers[first] < WORTH_ASKING or offers[first] < LEAD * rest:
            return probabilities
        settled = probabilities.copy()
        settled[first] += settled[top]
        settled[top] = 0
        return settled

    def _excluded(self, ruled_out: Link | None) -> tuple[str, ...]:
        """Offers that the message rules out: those named, or the likeliest."""
        if ruled_out is None:
            return ()
        named = [label for label in ruled_out.mentioned if kind_of(label) == OFFER]
        likely = np.flatnonzero(self._is_offer & (ruled_out.probabilities >= RULED_OUT))
        return tuple(dict.fromkeys([*named, *self.labels[likely].tolist()]))

    def _without(self, probabilities: NDArray[np.float32], excluded: tuple[str, ...]) -> NDArray[np.float32]:
        if not excluded:
            return probabilities
        kept = np.where(np.isin(self.labels, excluded), 0, probabilities)
        return np.asarray(kept / max(float(kept.sum()), 1e-9), dtype=np.float32)

    def _ranking(self, probabilities: NDArray[np.float32]) -> tuple[Choice, ...]:
        order = np.argsort(-probabilities, kind="stable")[:RANKING_LENGTH]
        return tuple(self._choice(probabilities, int(row)) for row in order)

    def _several(self, whole: Link, parts: Sequence[Link], excluded: tuple[str, ...]) -> tuple[Choice, ...]:
        """Different things that different parts clearly ask, if the whole message speaks of each of them too."""
        meant: dict[str, float] = {}
        likely_in_whole = set(self.labels[np.argsort(-whole.probabilities)[:LIKELY_IN_WHOLE]].tolist())
        for link in parts:
            row = int(link.probabilities.argmax())
            label, confidence = str(self.labels[row]), float(link.probabilities[row])
            clear = confidence >= CLEAR and self._is_specific[row]
            if clear and label not in excluded and (label in likely_in_whole or label in whole.mentioned):
                meant[label] = max(confidence, meant.get(label, 0.0))
        if len(meant) < 2:
            meant = self._named_together(whole, likely_in_whole - set(excluded))
        return (
            tuple(Choice(label, round(confidence, 4)) for label, confidence in meant.items()) if len(meant) > 1 else ()
        )

    def _named_together(self, whole: Link, likely: set[str]) -> dict[str, float]:
        """Offers that one question names side by side, as in "the women's network and the LGBTQ+ one"."""
        if not SIDE_BY_SIDE.search(whole.text):
            return {}
        named = [
            label
            for label, telling in whole.mentioned.items()
            if kind_of(label) == OFFER and telling >= 1 and label in likely
        ]
        if str(self.labels[int(whole.probabilities.argmax())]) not in named:
            return {}
        # A whole message shares its probability out among what it names: together they are as sure as their sum.
        together = float(whole.probabilities[np.isin(self.labels, named)].sum())
        return dict.fromkeys(named, together)

    def _worth_asking(self, probabilities: NDArray[np.float32]) -> tuple[str, ...]:
        """The offers and shared parts that are likely enough to ask about, likeliest first."""
        likely = np.flatnonzero(self._is_offer & (probabilities >= WORTH_ASKING))
        order = likely[np.argsort(-probabilities[likely], kind="stable")]
        return tuple(self.labels[order[:MOST_CHOICES]].tolist())

    def _is_probably_out_of_scope(self, probabilities: NDArray[np.float32]) -> bool:
        """More likely none of our subjects than all of them together."""
        out = float(probabilities[~self._is_ours].sum())
        return out > float(probabilities[self._is_answerable].sum())
