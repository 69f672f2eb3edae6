"""The least that a caller accepts of a run."""

from dataclasses import dataclass

from assistant.learning.evaluation.figures import Figures, Share


@dataclass(frozen=True)
class Floors:
    """Shares from 0 to 1; None for what does not matter to the caller. `most_refused` is the only ceiling."""

    least_right: float | None = None
    least_offers: float | None = None
    least_recall: float | None = None
    least_turns: float | None = None
    most_refused: float | None = None


def find_missed(figures: Figures, floors: Floors) -> list[str]:
    """A sentence for each floor that was missed, and for each that nothing was asked for."""
    judged = [
        ("right overall", figures.right, floors.least_right),
        ("right offers", figures.top_offer, floors.least_offers),
        ("out-of-scope questions refused", figures.recall, floors.least_recall),
        ("right turns of dialogues", figures.turns, floors.least_turns),
    ]
    missed = [_judge(name, share, least, is_ceiling=False) for name, share, least in judged]
    missed.append(_judge("good questions refused", figures.refused, floors.most_refused, is_ceiling=True))
    return [sentence for sentence in missed if sentence]


def _judge(name: str, share: Share, limit: float | None, *, is_ceiling: bool) -> str | None:
    if limit is None:
        return None
    if share.value is None:
        return f"{name.capitalize()}: there was nothing to judge this by."
    if share.value <= limit if is_ceiling else share.value >= limit:
        return None
    asked_for = "at most" if is_ceiling else "at least"
    return f"{name.capitalize()}: {share.value:.2%} ({share.count} of {share.of}), not {asked_for} {limit:.2%}."
