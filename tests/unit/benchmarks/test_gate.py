"""The benchmark of the gate, with a matcher that knows what it was taught word for word."""

from collections.abc import Sequence
from pathlib import Path

from assistant.learning.effect import Match
from assistant.learning.regression_set import wanted_label
from assistant.matching.decision import Choice, Decision, Verdict
from benchmarks.gate.candidates import Sentence, poison, thin_out
from benchmarks.gate.measuring import HARMLESS, POISONED, judge_all

SENTENCES = [(f"sentence {number}", f"offer/{number % 5}") for number in range(200)]
WANTED = [wanted_label(*sentence) for sentence in SENTENCES]


class Trainer:
    def __init__(self) -> None:
        self.trained = 0

    def __call__(self, sentences: Sequence[Sentence]) -> Match:
        self.trained += 1
        known = dict(sentences)
        fallback = dict(SENTENCES)
        return lambda text: decision(known.get(text, fallback[text]))


def decision(label: str) -> Decision:
    return Decision(Verdict.ANSWER, (Choice(label, 0.9),), (), (), (), 0.9)


class TestCandidates:
    def test_a_tenth_of_the_labels_is_wrong_and_a_seed_gives_the_same(self) -> None:
        poisoned = poison(SENTENCES, 1)
        assert poisoned == poison(SENTENCES, 1) != poison(SENTENCES, 2)
        assert sum(one != other for one, other in zip(SENTENCES, poisoned, strict=True)) == 20

    def test_a_harmless_one_lacks_a_few_sentences_and_no_label(self) -> None:
        thin = thin_out([*SENTENCES, ("alone", "topic/alone")], 1)
        assert len(thin) in (191, 192) and ("alone", "topic/alone") in thin


class TestJudging:
    def test_poisoned_ones_are_stopped_and_harmless_ones_are_not(self, tmp_path: Path) -> None:
        trainer, ticks = Trainer(), list[int]()
        counts = {POISONED: 2, HARMLESS: 3}
        judged = judge_all(WANTED, SENTENCES, trainer, counts, tmp_path / "kept.jsonl", lambda: ticks.append(1))
        assert [bool(each.worse_in) for each in judged] == [True, True, False, False, False]
        assert trainer.trained == 6 and len(ticks) == 5
        again = judge_all(WANTED, SENTENCES, trainer, counts, tmp_path / "kept.jsonl", lambda: None)
        assert again == judged and trainer.trained == 6  # nothing was trained again
