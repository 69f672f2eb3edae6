"""How good a run was, in figures: all together, and by outcome, kind and offer."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import sqrt

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.enquiries.outcomes import Outcome
from assistant.learning.evaluation.calibration import calibrate, calibration_error
from assistant.learning.evaluation.run import Answer, Run

SLOW = 95  # percentile
NORMAL_95 = 1.96  # standard deviations on either side that hold 95 of 100
SLOWEST, LEAST_CERTAIN = 5, 10


class _Figure(BaseModel):
    model_config = ConfigDict(frozen=True)


class Share(_Figure):
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of none."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share of ever so many questions of this sort would lie, 95 times of 100 (Wilson's interval)."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.count / self.of, NORMAL_95**2 / self.of
        middle, reach = share + spread / 2, sqrt(spread * (share * (1 - share) + spread / 4))
        return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


class Figures(_Figure):
    """The headline. `recall` are the questions beyond us that were refused, `refused` the good ones that were.

    `calibration_error` is from 0 to 1, times are milliseconds a question; None where there was nothing to measure.
    """

    right: Share
    top_offer: Share
    contacts: Share
    recall: Share
    refused: Share
    turns: Share
    calibration_error: float | None
    median_milliseconds: float | None
    slow_milliseconds: float | None


class Tally(_Figure):
    """The questions of one outcome, kind or offer. `taken_for`: what wrong ones were taken for, most often first."""

    name: str
    asked: int
    right: int
    taken_for: tuple[tuple[str, int], ...] = ()

    @property
    def wrong(self) -> int:
        """Those not right."""
        return self.asked - self.right


def work_out_figures(run: Run) -> Figures:
    """The headline figures of a run."""
    offers = [answer for answer in run.answers if answer.question.wanted is Outcome.OFFER]
    beyond_us = [answer for answer in run.answers if not answer.question.is_answerable]
    good = [answer for answer in run.answers if answer.question.is_answerable]
    judged = [answer for answer in run.answers if answer.has_right_contact is not None]
    times = [answer.milliseconds for answer in run.answers]
    return Figures(
        right=_share(run.answers, lambda answer: answer.is_right),
        top_offer=_share(offers, has_right_top_offer),
        contacts=_share(judged, lambda answer: bool(answer.has_right_contact)),
        recall=_share(beyond_us, lambda answer: answer.is_refused),
        refused=_share(good, lambda answer: answer.is_refused),
        turns=Share(count=sum(turn.is_right for turn in run.turns), of=len(run.turns)),
        calibration_error=calibration_error(calibrate(run.answers)),
        median_milliseconds=round(float(np.median(times)), 2) if times else None,
        slow_milliseconds=round(float(np.percentile(times, SLOW)), 2) if times else None,
    )


def _share(answers: Sequence[Answer], is_counted: Callable[[Answer], bool]) -> Share:
    return Share(count=sum(map(is_counted, answers)), of=len(answers))


def has_right_top_offer(answer: Answer) -> bool:
    """Whether it was answered with one offer, and the one that was asked for."""
    return answer.got.outcome is Outcome.OFFER and answer.got.offers[:1] == answer.question.offers


def tally_outcomes(run: Run) -> tuple[Tally, ...]:
    """By the outcome a question asks for, in the order of the API."""
    tallies = {tally.name: tally for tally in _tally(run.answers, lambda answer: answer.question.wanted.value)}
    return tuple(tallies[outcome.value] for outcome in Outcome if outcome.value in tallies)


def tally_kinds(run: Run) -> tuple[Tally, ...]:
    """By the way a question is asked, the worst first."""
    tallies = _tally(run.answers, lambda answer: answer.question.kind)
    return tuple(sorted(tallies, key=lambda tally: (tally.right / tally.asked, -tally.asked, tally.name)))


def tally_offers(run: Run, offers: Iterable[str]) -> tuple[Tally, ...]:
    """By the one offer a question asks for, in the order of `offers`; an offer that nothing asks for has none asked."""
    asked = [answer for answer in run.answers if answer.question.wanted is Outcome.OFFER]
    tallies = {tally.name: tally for tally in _tally(asked, lambda answer: (answer.question.offers or ("",))[0])}
    return tuple(tallies.get(offer) or Tally(name=offer, asked=0, right=0) for offer in offers)


def _tally(answers: Sequence[Answer], name_of: Callable[[Answer], str]) -> list[Tally]:
    asked, right = Counter(map(name_of, answers)), Counter(name_of(each) for each in answers if each.is_right)
    taken_for: dict[str, Counter[str]] = {name: Counter() for name in asked}
    for answer in answers:
        if not answer.is_right:
            taken_for[name_of(answer)][what_it_got(answer)] += 1
    return [
        Tally(name=name, asked=count, right=right[name], taken_for=tuple(taken_for[name].most_common()))
        for name, count in asked.items()
    ]


def what_it_got(answer: Answer) -> str:
    """The slug of the one offer a question was answered with, or else the outcome."""
    got = answer.got
    return got.offers[0] if got.outcome is Outcome.OFFER and got.offers else got.outcome.value


def list_slowest(run: Run) -> list[Answer]:
    """The questions whose answers took longest, the slowest first."""
    return sorted(run.answers, key=lambda answer: -answer.milliseconds)[:SLOWEST]


def list_least_certain(run: Run) -> list[Answer]:
    """The questions that were answered with the least confidence, the least first."""
    answered = [
        (answer.certainty.confidence, answer)
        for answer in run.answers
        if answer.is_answered and answer.certainty.confidence is not None
    ]
    return [answer for _, answer in sorted(answered, key=lambda pair: pair[0])[:LEAST_CERTAIN]]
