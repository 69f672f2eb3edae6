"""Sentences that were taught word for word: whoever asks in those very words is answered as the teacher said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self

from assistant.matching.decision import Choice, Decision, Verdict

# Of taught sentences 3.4 in a hundred are contradicted by all others (assistant/learning/label_check.py).
SURE = 0.966
NOT_ANSWERED = (Verdict.UNKNOWN, Verdict.ASK)


def alike(text: str) -> str:
    """The same for sentences that differ in case, spaces and the point at the end only."""
    return " ".join(text.casefold().split()).rstrip(" .?!")


class Taught:
    """The label of each sentence that was taught, unless it was taught with two."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        """`labels` by sentence, as `alike` writes it."""
        self.labels = labels

    @classmethod
    def learn(cls, sentences: Sequence[str], labels: Sequence[str]) -> Self:
        """Take in what a model is trained on."""
        found: dict[str, set[str]] = {}
        for sentence, label in zip(sentences, labels, strict=True):
            found.setdefault(alike(sentence), set()).add(label)
        return cls({sentence: next(iter(of_it)) for sentence, of_it in found.items() if len(of_it) == 1})

    def settle(self, text: str, decision: Decision) -> Decision:
        """The decision on a text, or, where that would not answer what was taught word for word, what was taught."""
        label = self.labels.get(alike(text)) if decision.verdict in NOT_ANSWERED else None
        if label is None:
            return decision
        return replace(decision, verdict=Verdict.ANSWER, meant=(Choice(label, SURE),), asked=())
