"""Two models asked the same: how many each has right, and whether one is worse by more than chance."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

# Beyond noise: seven measures are tested so, and Bonferroni's bound for a candidate that is as good as the live one is
# 7 %. They overlap, and the exact test of few pairs is stricter than its name, so that it is less (docs/adr/0010).
UNLIKELY = 0.01


class Measure(BaseModel):
    """What must not get worse. `live` and `candidate` are how many of `of` each has right.

    `better` and `worse` count the pairs in which they differ, `p` is how likely chance alone makes so many of them
    worse (exact McNemar test, one-sided).
    """

    model_config = ConfigDict(frozen=True)

    key: str
    title: str
    of: int
    live: int
    candidate: int
    better: int
    worse: int
    p: float
    is_worse: bool


def measure(key: str, title: str, pairs: Iterable[tuple[bool, bool]], *, zero_tolerance: bool = False) -> Measure:
    """Compare pairs of whether the live model, and the candidate, is right."""
    both = list(pairs)
    better = sum(not live and candidate for live, candidate in both)
    worse = sum(live and not candidate for live, candidate in both)
    p = chance_of(better, worse)
    return Measure(
        key=key,
        title=title,
        of=len(both),
        live=sum(live for live, _ in both),
        candidate=sum(candidate for _, candidate in both),
        better=better,
        worse=worse,
        p=p,
        is_worse=worse > 0 if zero_tolerance else p < UNLIKELY,
    )


def chance_of(better: int, worse: int) -> float:
    """How likely at least so many of the pairs that differ are worse, when better and worse are equally likely."""
    from scipy.stats import binomtest

    return float(binomtest(worse, better + worse, alternative="greater").pvalue) if better + worse else 1.0
