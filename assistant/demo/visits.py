"""Make up who asks what in the month: conversations with their questions, what was thought of the answers, and who left
a question for a person. Nothing is written here, and the same seed makes up the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from assistant.demo.month import draw_moments
from assistant.demo.script import Ask
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.queueing import ANSWERED

CHANNELS = {"web": 62, "teams": 24, "slack": 14}
QUESTIONS_A_VISIT = {1: 62, 2: 25, 3: 10, 4: 3}
JUDGED = 0.4  # share of answers that somebody says something about
THANKS = 0.3  # share of visits that end so
WITHDRAWN = 0.06  # share of those who left a question and took it back
RISING_BEFORE, RISING_NOW, NEW_DAYS = 0.15, 2.5, 7  # times the weight, before the last days and in them
CONFIDENCE = {"sure": (0.86, 0.98), "fair": (0.67, 0.85), "low": (0.33, 0.62)}
CONFIDENCE_OF = {
    Outcome.UNANSWERED: (0.05, 0.38),
    Outcome.OUT_OF_SCOPE: (0.6, 0.96),
    Outcome.CLARIFY: (0.35, 0.6),
}
GREETINGS = ("Hi, ", "Hello, ", "Good morning, ", "hi ", "Hi there. ")
HURRIED = {"web": 0.35, "teams": 0.5, "slack": 0.5}  # share of texts in small letters, without a mark at the end
COURTEOUS = 0.1  # share with a greeting, and share with thanks
FEWEST_LETTERS = 6  # of a text that may lose its mark
ENDINGS = (" Thanks", " Many thanks", " thank you", " Ta")


T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """Something asked: the entry and which of its texts, as it was typed, and what was thought of the answer."""

    at: datetime
    ask: Ask
    wording: int
    text: str | None
    confidence: float
    useful: bool | None


@dataclass(frozen=True)
class Left:
    """Who left the last question of a visit for a person; `withdrawn_at` is when they took that back."""

    name: str
    email: str
    at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Visit:
    """One conversation."""

    channel: str
    questions: tuple[Question, ...]
    left: Left | None
    thanked_at: datetime | None


def make_visits(
    random: Random, asks: Sequence[Ask], askers: Sequence[str], moment: datetime, enquiries: int
) -> list[Visit]:
    """Visits with about so many enquiries before `moment`, in the order in which they begin."""
    mean = sum(number * weight for number, weight in QUESTIONS_A_VISIT.items()) / sum(QUESTIONS_A_VISIT.values())
    left_share = sum(ask.weight * ask.left for ask in asks) / sum(ask.weight for ask in asks)
    count = round(enquiries / (mean + left_share))
    return [_visit(random, asks, askers, at, moment) for at in draw_moments(random, moment, count)]


def _visit(random: Random, asks: Sequence[Ask], askers: Sequence[str], at: datetime, moment: datetime) -> Visit:
    channel = _draw(random, CHANNELS)
    weights = [_weight(ask, at, moment) for ask in asks]
    questions: list[Question] = []
    for ask in random.choices(asks, weights, k=_draw(random, QUESTIONS_A_VISIT)):
        questions.append(_question(random, ask, channel, at))
        at += timedelta(seconds=random.randrange(25, 160))
    last = questions[-1]
    left = _left(random, askers, at, moment) if random.random() < last.ask.left else None
    thanked = left is None and not last.ask.is_care and random.random() < THANKS
    return Visit(channel, tuple(questions), left, at if thanked else None)


def _question(random: Random, ask: Ask, channel: str, at: datetime) -> Question:
    wording = random.randrange(len(ask.texts)) if ask.texts else 0
    text = _as_typed(random, ask.texts[wording], channel) if ask.texts else None
    low, high = CONFIDENCE[ask.confidence] if ask.confidence else CONFIDENCE_OF.get(ask.outcome, (1.0, 1.0))
    return Question(at, ask, wording, text, round(random.uniform(low, high), 3), _judge(random, ask))


def _judge(random: Random, ask: Ask) -> bool | None:
    """What somebody says of the answer, if anything. To hear that there is none is no answer."""
    if random.random() >= JUDGED or not (ask.outcome in ANSWERED or ask.not_useful):
        return None
    return random.random() >= ask.not_useful


def _left(random: Random, askers: Sequence[str], at: datetime, moment: datetime) -> Left:
    name = random.choice(askers)
    email = f"{'.'.join(name.casefold().split())}@example.org"
    is_withdrawn = random.random() < WITHDRAWN
    withdrawn_at = min(at + timedelta(hours=random.randrange(1, 90)), moment) if is_withdrawn else None
    return Left(name, email, at, withdrawn_at)


def _as_typed(random: Random, text: str, channel: str) -> str:
    """The text as one of several people types it: most as it stands, some in a hurry, some with courtesy."""
    chance = random.random()
    if chance < HURRIED[channel]:
        text = text.rstrip("?.") if len(text) >= FEWEST_LETTERS else text
        return text[0].lower() + text[1:] if text[1:2].islower() else text
    if chance > 1 - COURTEOUS:
        return random.choice(GREETINGS) + text
    return text + random.choice(ENDINGS) if chance > 1 - 2 * COURTEOUS else text


def _weight(ask: Ask, at: datetime, moment: datetime) -> float:
    if not ask.rising:
        return ask.weight
    return ask.weight * (RISING_NOW if moment - at < timedelta(days=NEW_DAYS) else RISING_BEFORE)


def _draw(random: Random, weights: dict[T, int]) -> T:
    return random.choices(list(weights), list(weights.values()))[0]
