"""Made-up candidates: training sets with wrong labels, and ones that are as good as the whole."""

import random
from collections.abc import Sequence

POISONED = 0.10  # share of sentences whose label is replaced by another one
KEPT = 0.95  # share of sentences that a harmless candidate is trained on

Sentence = tuple[str, str]


def poison(sentences: Sequence[Sentence], seed: int) -> list[Sentence]:
    """The same sentences, a share of them with a wrong label drawn from the others."""
    drawn = random.Random(f"poisoned {seed}")
    labels = sorted({label for _, label in sentences})
    wrong = set(drawn.sample(range(len(sentences)), round(len(sentences) * POISONED)))
    return [
        (text, drawn.choice([other for other in labels if other != label]) if number in wrong else label)
        for number, (text, label) in enumerate(sentences)
    ]


def thin_out(sentences: Sequence[Sentence], seed: int) -> list[Sentence]:
    """A random share of the sentences, in their order; every label keeps one at least."""
    drawn = random.Random(f"harmless {seed}")
    kept = set(drawn.sample(range(len(sentences)), round(len(sentences) * KEPT)))
    kept_labels = {sentences[number][1] for number in kept}
    for number, (_, label) in enumerate(sentences):
        if label not in kept_labels:
            kept.add(number)
            kept_labels.add(label)
    return [sentences[number] for number in sorted(kept)]
