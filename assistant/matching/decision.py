"""Decide what to do with a message: answer, answer several things, ask which is meant, or say that we do not know."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.matching.labels import ANSWERABLE, COURTESIES, GENERIC, OFFER, OUT_OF_SCOPE, SHARED, kind_of
from assistant.matching.linker import Link
from assistant.matching.segments import is_asking

RANKING_LENGTH = 10
SIDE_BY_SIDE = re.compile(r"\band\b|&|\bplus\b|\balso\b|\bor\b|\bboth\b", re.IGNORECASE)
FAMILIAR = 0.7  # likeness from which a message is surely about what we were trained on, whatever its language
LIKELY_IN_WHOLE = 6  # how far down the ranking of the whole message a part's label may stand


class Verdict(StrEnum):
    """What to do with a message."""

    ANSWER = "answer"  # it means one thing
    SEVERAL = "several"  # it asks several things, each clear
    ASK = "ask"  # it means one of a few offers
    UNKNOWN = "unknown"  # we do not know what it means


@dataclass(frozen=True)
class Thresholds:
    """Where the verdicts part. Set in config.yml; docs/adr tells how they were chosen."""

    answer: float = 0.45  # least probability of an answer to what is familiar
    answer_unfamiliar: float = 0.6  # least probability of an answer to anything else
    several: float = 0.7  # least probability of each of several answers
    ask_each: float = 0.12  # least probability of an offer that is asked about
    ask_together: float = 0.6  # least probability of all offers asked about
    likeness: float = 0.3  # least likeness to anything we were trained on
    ask_likeness: float = 0.5  # the same for asking which offer is meant, and for saying that it is not our subject
    rule_out: float = 0.4  # least probability of an offer that is ruled out
    lead: float = 4.0  # how many times as likely as any other an offer must be to stand for a part that it shares
    most_choices: int = 4


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

    def __init__(self, labels: Sequence[str], thresholds: Thresholds) -> None:
        self.labels = np.array(labels)
        self.thresholds = thresholds
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
        probabilities = self._settle_shared(self._without(self._weigh(whole, sentences), excluded))
        likeness = max(link.likeness for link in (whole, *sentences))
        ranking = self._ranking(probabilities)
        several = self._several(whole, [link for link in clauses or sentences if is_asking(link.text)], excluded)
        if several:
            return Decision(Verdict.SEVERAL, several, (), ranking, excluded, likeness)
        least = self.thresholds.ask_likeness if ranking[0].label == OUT_OF_SCOPE else self.thresholds.likeness
        if likeness < least and not whole.mentioned:
            return Decision(Verdict.UNKNOWN, (), (), ranking, excluded, likeness)
        familiar = likeness >= FAMILIAR
        if ranking[0].confidence >= (self.thresholds.answer if familiar else self.thresholds.answer_unfamiliar):
            return Decision(Verdict.ANSWER, ranking[:1], (), ranking, excluded, likeness)
        asked = self._asked(probabilities, ranking)
        if asked and likeness >= self.thresholds.ask_likeness:
            return Decision(Verdict.ASK, (), asked, ranking, excluded, likeness)
        if self._is_probably_out_of_scope(probabilities, likeness):
            # Not taken from the ranking: below ten kinds of small talk it would not stand there.
            best = Choice(OUT_OF_SCOPE, round(float(probabilities[self.labels == OUT_OF_SCOPE].sum()), 4))
            return Decision(Verdict.ANSWER, (best,), (), ranking, excluded, likeness)
        return Decision(Verdict.UNKNOWN, (), (), ranking, excluded, likeness)

    def _weigh(self, whole: Link, sentences: Sequence[Link]) -> NDArray[np.float32]:
        """The mean of the whole and its most telling sentence: a request may stand anywhere in a long story."""
        telling = [link for link in sentences if not self._is_courtesy[int(link.probabilities.argmax())]]
        if not telling:
            return whole.probabilities
        specific = [link for link in telling if self._is_specific[int(link.probabilities.argmax())]]
        asking = [link for link in specific if is_asking(link.text)]
        best = max(asking or specific or telling, key=lambda link: float(link.probabilities[self._is_answerable].max()))
        return (whole.probabilities + best.probabilities) / 2

    def _settle_shared(self, probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give a shared part's probability to an offer that leads all others clearly: it says which one is meant."""
        top = int(probabilities.argmax())
        if kind_of(str(self.labels[top])) != SHARED:
            return probabilities
        offers = np.where(self._is_specific_offer, probabilities, 0)
        first = int(offers.argmax())
        rest = float(np.delete(offers, first).max(initial=0))
        if offers[first] < self.thresholds.ask_each or offers[first] < self.thresholds.lead * rest:
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
        likely = np.flatnonzero(self._is_offer & (ruled_out.probabilities >= self.thresholds.rule_out))
        return tuple(dict.fromkeys([*named, *self.labels[likely].tolist()]))

    def _without(self, probabilities: NDArray[np.float32], excluded: tuple[str, ...]) -> NDArray[np.float32]:
        if not excluded:
            return probabilities
        kept = np.where(np.isin(self.labels, excluded), 0, probabilities)
        return np.asarray(kept / max(float(kept.sum()), 1e-9), dtype=np.float32)

    def _ranking(self, probabilities: NDArray[np.float32]) -> tuple[Choice, ...]:
        order = np.argsort(-probabilities, kind="stable")[:RANKING_LENGTH]
        return tuple(Choice(str(self.labels[row]), round(float(probabilities[row]), 4)) for row in order)

    def _several(self, whole: Link, parts: Sequence[Link], excluded: tuple[str, ...]) -> tuple[Choice, ...]:
        """Different things that different parts clearly ask, if the whole message speaks of each of them too."""
        meant: dict[str, float] = {}
        likely_in_whole = set(self.labels[np.argsort(-whole.probabilities)[:LIKELY_IN_WHOLE]].tolist())
        for link in parts:
            row = int(link.probabilities.argmax())
            label, confidence = str(self.labels[row]), float(link.probabilities[row])
            clear = confidence >= self.thresholds.several and self._is_specific[row]
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
        rows = {str(label): row for row, label in enumerate(self.labels)}
        return {label: float(whole.probabilities[rows[label]]) for label in named}

    def _asked(self, probabilities: NDArray[np.float32], ranking: Sequence[Choice]) -> tuple[str, ...]:
        likely = [
            choice
            for choice in ranking
            if kind_of(choice.label) in (OFFER, SHARED) and choice.confidence >= self.thresholds.ask_each
        ]
        together = float(probabilities[self._is_offer].sum())
        if not likely or together < self.thresholds.ask_together:
            return ()
        return tuple(choice.label for choice in likely[: self.thresholds.most_choices])

    def _is_probably_out_of_scope(self, probabilities: NDArray[np.float32], likeness: float) -> bool:
        """More likely none of our subjects than all of them together."""
        if likeness < self.thresholds.ask_likeness:
            return False
        out = float(probabilities[self.labels == OUT_OF_SCOPE].sum())
        return out > float(probabilities[self._is_answerable].sum())
