"""What judging found: measure by measure, and question by question."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from assistant.enquiries.outcomes import Outcome
from assistant.learning.evaluation.figures import Figures, has_right_top_offer, work_out_figures
from assistant.learning.evaluation.run import Answer, Run
from assistant.learning.judging.material import Asked, Material, Source
from assistant.learning.judging.pairs import Measure, measure

FEWEST = 100  # questions, below which a judgement says too little
CONTACTS, TURNS = "contacts", "turns"
DIALOGUE = "dialogue"  # the source of a turn, beside those of questions


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(_Part):
    """A question, or a turn of a dialogue, that one of the models has right. `problems` are those of the other one.

    `what` is in words, except that a member's enquiry is named by its reference.
    """

    source: str
    what: str
    problems: tuple[str, ...]


class Result(_Part):
    """All of it, as it is kept. `asked` counts the questions by source, `why` says in what the candidate is worse."""

    form: int = 1
    live: str
    candidate: str
    seconds: float
    is_worse: bool
    why: tuple[str, ...]
    measures: tuple[Measure, ...]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    asked: dict[str, int]
    left_out: int
    has_curated: bool
    live_figures: Figures
    candidate_figures: Figures


@dataclass(frozen=True)
class _Guarded:
    """A measure over questions: which count, and what is good with them."""

    key: str
    title: str
    counts: Callable[[Asked], bool]
    is_good: Callable[[Answer], bool]


GUARDED = (
    _Guarded("right", "all answers right", lambda asked: True, lambda answer: answer.is_right),
    _Guarded("top_offer", "top offer right", lambda asked: asked.question.wanted is Outcome.OFFER, has_right_top_offer),
    # A wrong answer is counted elsewhere. Here the offer is right, and the contact beside it must be as printed.
    _Guarded(
        CONTACTS,
        "contact right with every right offer",
        lambda asked: asked.question.wanted is Outcome.OFFER,
        lambda answer: answer.has_right_contact is not False,
    ),
    _Guarded(
        "recall",
        "questions beyond us refused",
        lambda asked: not asked.question.is_answerable,
        lambda answer: answer.is_refused,
    ),
    _Guarded(
        "refused",
        "good questions not refused",
        lambda asked: asked.question.is_answerable,
        lambda answer: not answer.is_refused,
    ),
    _Guarded(
        "enquiries",
        "confirmed enquiries right",
        lambda asked: asked.source is Source.ENQUIRY,
        lambda answer: answer.is_right,
    ),
    _Guarded(
        "guards",
        "questions kept for judging right",
        lambda asked: asked.source is Source.GUARD,
        lambda answer: answer.is_right,
    ),
)


def compare(material: Material, live: Run, candidate: Run, seconds: float) -> Result:
    """Judge a candidate by two runs of the same material."""
    measures = (*_measure_questions(material, live, candidate), _measure_turns(live, candidate))
    why = (*_too_few(material), *(_explain(each) for each in measures if each.is_worse))
    changes = list(_changes(material, live, candidate))
    return Result(
        live=live.model,
        candidate=candidate.model,
        seconds=seconds,
        is_worse=bool(why),
        why=why,
        measures=measures,
        better=tuple(change for is_better, change in changes if is_better),
        worse=tuple(change for is_better, change in changes if not is_better),
        asked={source.value: sum(each.source is source for each in material.asked) for source in Source},
        left_out=material.left_out,
        has_curated=material.has_curated,
        live_figures=work_out_figures(live),
        candidate_figures=work_out_figures(candidate),
    )


def _measure_questions(material: Material, live: Run, candidate: Run) -> Iterator[Measure]:
    answers = list(zip(material.asked, live.answers, candidate.answers, strict=True))
    for guarded in GUARDED:
        counted = [(one, other) for asked, one, other in answers if guarded.counts(asked)]
        pairs = [(guarded.is_good(one), guarded.is_good(other)) for one, other in counted]
        yield measure(guarded.key, guarded.title, pairs, zero_tolerance=guarded.key == CONTACTS)


def _measure_turns(live: Run, candidate: Run) -> Measure:
    pairs = [(one.is_right, other.is_right) for one, other in zip(live.turns, candidate.turns, strict=True)]
    return measure(TURNS, "turns of dialogues right", pairs)


def _too_few(material: Material) -> Iterable[str]:
    if len(material.asked) < FEWEST:
        yield f"Only {len(material.asked)} questions could be asked, which says too little: {FEWEST} are needed."


def _explain(worse: Measure) -> str:
    if worse.key == CONTACTS:
        return f"{worse.title.capitalize()}: wrong in {worse.worse} where it was not. Not one may be."
    return (
        f"{worse.title.capitalize()}: {worse.candidate} of {worse.of}, live {worse.live}. {worse.worse} got worse and "
        f"{worse.better} better; chance alone does that once in {1 / worse.p:,.0f} times."
    )


def _changes(material: Material, live: Run, candidate: Run) -> Iterator[tuple[bool, Change]]:
    """Each with whether it got better."""
    for asked, one, other in zip(material.asked, live.answers, candidate.answers, strict=True):
        if one.is_right != other.is_right:
            problems = one.problems or other.problems
            yield other.is_right, Change(source=asked.source.value, what=asked.name, problems=problems)
    for was, will in zip(live.turns, candidate.turns, strict=True):
        if was.is_right != will.is_right:
            what = f"{was.dialogue}, turn {was.number}, {was.sent}"
            yield will.is_right, Change(source=DIALOGUE, what=what, problems=was.problems or will.problems)
