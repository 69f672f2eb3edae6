"""Train candidates at the level of the matcher, and judge each against the whole by the gate's own paired test."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.learning.effect import Match
from assistant.learning.judging.pairs import Measure, measure
from assistant.learning.regression_set import Wanted
from assistant.matching.decision import Decision, Verdict
from assistant.matching.labels import OUT_OF_SCOPE
from benchmarks.gate.candidates import Sentence, poison, thin_out

POISONED, HARMLESS = "poisoned", "harmless"
MAKERS = {POISONED: poison, HARMLESS: thin_out}

Train = Callable[[Sequence[Sentence]], Match]


@dataclass(frozen=True)
class Judged:
    """What came of a candidate. `right` is of `of` questions, `worse_in` the measures in which it is worse."""

    kind: str
    seed: int
    right: int
    of: int
    better: int
    worse: int
    p: float
    worse_in: tuple[str, ...]


def judge_all(
    wanted: Sequence[Wanted],
    sentences: Sequence[Sentence],
    train: Train,
    counts: dict[str, int],
    kept: Path,
    advance: Callable[[], None],
) -> list[Judged]:
    """Judge so many candidates of each kind. Those whose results stand in `kept` are not trained again."""
    found = _read(kept)
    live: list[Decision] = []
    for kind, count in counts.items():
        for seed in range(count):
            if (kind, seed) not in found:
                live = live or _ask(train(sentences), wanted)
                found[kind, seed] = _judge(kind, seed, wanted, live, _ask(train(MAKERS[kind](sentences, seed)), wanted))
                _write(kept, found[kind, seed])
            advance()
    return [found[kind, seed] for kind, count in counts.items() for seed in range(count)]


def _judge(
    kind: str, seed: int, wanted: Sequence[Wanted], live: Sequence[Decision], candidate: Sequence[Decision]
) -> Judged:
    measures = list(_measures(list(zip(wanted, live, candidate, strict=True))))
    right = measures[0]
    worse_in = tuple(each.key for each in measures if each.is_worse)
    return Judged(kind, seed, right.candidate, right.of, right.better, right.worse, right.p, worse_in)


def _measures(asked: Sequence[tuple[Wanted, Decision, Decision]]) -> Iterator[Measure]:
    """Those of the gate that a decision alone shows."""
    yield measure("right", "", [(_is_right(each, one), _is_right(each, other)) for each, one, other in asked])
    offers = [each for each in asked if _wants_one_offer(each[0])]
    yield measure("top_offer", "", [(_is_right(each, one), _is_right(each, other)) for each, one, other in offers])
    beyond = [each for each in asked if OUT_OF_SCOPE in each[0].kinds]
    yield measure("recall", "", [(_is_refused(one), _is_refused(other)) for _, one, other in beyond])
    good = [each for each in asked if OUT_OF_SCOPE not in each[0].kinds]
    yield measure("refused", "", [(not _is_refused(one), not _is_refused(other)) for _, one, other in good])


def _ask(match: Match, wanted: Sequence[Wanted]) -> list[Decision]:
    return [match(each.text) for each in wanted]


def _is_right(wanted: Wanted, decision: Decision) -> bool:
    labels = decision.asked if decision.verdict is Verdict.ASK else [choice.label for choice in decision.meant]
    return wanted.accepts([decision.verdict.value, *labels])


def _is_refused(decision: Decision) -> bool:
    return decision.verdict is Verdict.UNKNOWN or [choice.label for choice in decision.meant] == [OUT_OF_SCOPE]


def _wants_one_offer(wanted: Wanted) -> bool:
    return any(verdict == Verdict.ANSWER and labels[0].startswith("offer/") for verdict, *labels in wanted.answers)


def _read(file: Path) -> dict[tuple[str, int], Judged]:
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    rows = [Judged(**{**fields, "worse_in": tuple(fields["worse_in"])}) for fields in map(json.loads, lines)]
    return {(row.kind, row.seed): row for row in rows}


def _write(file: Path, judged: Judged) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(json.dumps(asdict(judged)) + "\n")
