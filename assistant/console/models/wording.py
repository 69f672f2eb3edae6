"""What judging and the check of the labels found, in words. Only this module knows how they keep it.

Whatever is missing is left out: what was kept by an earlier version is shown as far as it goes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.enquiries.references import REFERENCE_PATTERN
from assistant.registry.models import Judgement
from assistant.review.meanings import title_of

SHOWN = 100  # differences of a kind, sentences of a kind
RIGHT, WRONG = "Right", "Wrong"
# How a difference for the worse is called that chance alone makes with this probability, or less.
CHANCES = ((0.05, "hardly by chance"), (0.2, "perhaps by chance"), (1.0, "likely by chance"))

Titles = dict[str, str]
Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Measure:
    """What was counted of `of` questions: how many each model has right, and how many changed each way."""

    name: str
    of: int
    live: str
    candidate: str
    better: int
    worse: int
    words: str
    is_worse: bool


@dataclass(frozen=True)
class Difference:
    """A question that one of the models has right. `reference` is set where a member asked it."""

    question: str
    reference: str | None
    live: str
    candidate: str


@dataclass(frozen=True)
class Comparison:
    """A judgement as its page shows it."""

    is_worse: bool
    verdict: str
    why: list[str]
    measures: list[Measure]
    better: list[Difference]
    worse: list[Difference]
    counts: tuple[int, int]  # better and worse, of which not all may be listed
    left_out: int


@dataclass(frozen=True)
class Contradiction:
    """A sentence that the others say means something else."""

    text: str
    label: str
    other: str
    example: int | None


@dataclass(frozen=True)
class Conflict:
    """Two sentences that say nearly the same and are taught as different things."""

    texts: tuple[str, str]
    labels: tuple[str, str]


@dataclass(frozen=True)
class Findings:
    """What the check of the labels found among the sentences that were to be trained on."""

    checked: int
    is_suspicious: bool
    contradicted: list[Contradiction]
    conflicts: list[Conflict]
    duplicates: int

    @property
    def count(self) -> int:
        """How many sentences or pairs are to be looked at."""
        return len(self.contradicted) + len(self.conflicts)


def read_comparison(judgement: Judgement) -> Comparison:
    """The judgement in words."""
    result = judgement.result or {}
    measures = [_measure(each) for each in result.get("measures") or []]
    better, worse = result.get("better") or [], result.get("worse") or []
    return Comparison(
        is_worse=judgement.is_worse,
        verdict=f"{_opening(judgement, measures)}: {_changes(len(better), len(worse))}",
        why=[str(each) for each in result.get("why") or []],
        measures=measures,
        better=[_difference(each, is_better=True) for each in better[:SHOWN]],
        worse=[_difference(each, is_better=False) for each in worse[:SHOWN]],
        counts=(len(better), len(worse)),
        left_out=int(result.get("left_out") or 0),
    )


def score_of(judgement: Judgement | None) -> str:
    """How a model did on the first thing that is measured."""
    measures = (judgement.result or {}).get("measures") if judgement else None
    return _measure(measures[0]).candidate if measures else ""


def read_findings(findings: Kept | None, titles: Titles) -> Findings | None:
    """What the check found, in words; None where nothing was checked."""
    if not findings:
        return None
    return Findings(
        checked=int(findings.get("checked") or 0),
        is_suspicious=bool(findings.get("is_suspicious")),
        contradicted=[_contradiction(each, titles) for each in (findings.get("contradicted") or [])[:SHOWN]],
        conflicts=[_conflict(each, titles) for each in (findings.get("conflicts") or [])[:SHOWN]],
        duplicates=int(findings.get("duplicate_count") or 0),
    )


def references_in(comparison: Comparison) -> Iterator[str]:
    """Those of members' enquiries that are listed."""
    return (each.reference for each in [*comparison.better, *comparison.worse] if each.reference)


def _opening(judgement: Judgement, measures: list[Measure]) -> str:
    """Too few questions speak against a model as well, and then nothing got worse."""
    if not judgement.is_worse:
        return "No worse than the live model"
    is_known = any(measure.is_worse for measure in measures)
    return "Worse than the live model" if is_known else "Not known to be as good as the live model"


def _changes(better: int, worse: int) -> str:
    if not better and not worse:
        return "as many questions are right as before."
    gets = "question gets" if better == 1 else "questions get"
    return f"{better:,} {gets} better, {worse:,} {'gets' if worse == 1 else 'get'} worse."


def _measure(kept: Kept) -> Measure:
    better, worse, of = (int(kept.get(name) or 0) for name in ("better", "worse", "of"))
    title, is_worse = str(kept.get("title", "")), bool(kept.get("is_worse"))
    return Measure(
        name=title[:1].upper() + title[1:],
        of=of,
        live=_share(kept.get("live"), of),
        candidate=_share(kept.get("candidate"), of),
        better=better,
        worse=worse,
        words=_difference_words(better, worse, float(kept.get("p") or 0.0)),
        is_worse=is_worse,
    )


def _share(count: Any, of: int) -> str:
    """A count as a percentage of all; nothing where nothing was asked."""
    return f"{100 * count / of:.1f}%" if of and isinstance(count, int | float) else ""


def _difference_words(better: int, worse: int, p: float) -> str:
    if better == worse:
        return "As many better as worse" if better else "No difference"
    if better > worse:
        return "Better"
    return f"Worse, {next(words for limit, words in CHANCES if p <= limit or limit == 1.0)}"


def _difference(kept: Kept, *, is_better: bool) -> Difference:
    """One of the two answers is right; of the other it is kept what is wrong with it."""
    what, problems = str(kept.get("what", "")), "; ".join(map(str, kept.get("problems") or ())) or WRONG
    return Difference(
        question=what,
        reference=what if REFERENCE_PATTERN.fullmatch(what) else None,
        live=problems if is_better else RIGHT,
        candidate=RIGHT if is_better else problems,
    )


def _contradiction(kept: Kept, titles: Titles) -> Contradiction:
    sentence = kept.get("sentence") or {}
    return Contradiction(
        text=str(sentence.get("text", "")),
        label=title_of(str(sentence.get("label", "")), titles),
        other=title_of(str(kept.get("says", "")), titles),
        example=sentence.get("example_id"),
    )


def _conflict(kept: Kept, titles: Titles) -> Conflict:
    first, second = kept.get("first") or {}, kept.get("second") or {}
    return Conflict(
        texts=(str(first.get("text", "")), str(second.get("text", ""))),
        labels=(title_of(str(first.get("label", "")), titles), title_of(str(second.get("label", "")), titles)),
    )
