"""The label check on the project's own sentences, as they are and with a tenth of the labels wrong."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.learning.effect import RememberingEncoder
from assistant.learning.label_check import Sentence, check_labels
from assistant.matching.encoder import SentenceEncoder
from assistant.review.training_sentences import read_training_sentences
from assistant.settings import Settings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def encoder() -> RememberingEncoder:
    """The real one, which encodes each sentence once for all tests."""
    return RememberingEncoder(SentenceEncoder(Settings(var_folder=ROOT / "var" / "tests").encoder_graph, threads=2))


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return [Sentence(text, label) for text, label in read_training_sentences(ROOT / "data")]


def with_wrong(sentences: Sequence[Sentence], share: float, seed: int) -> list[Sentence]:
    """The same with a share of the labels replaced by any other."""
    chance, labels = random.Random(seed), sorted({each.label for each in sentences})
    wrong = set(chance.sample(range(len(sentences)), round(share * len(sentences))))
    return [
        replace(each, label=chance.choice([label for label in labels if label != each.label]))
        if place in wrong
        else each
        for place, each in enumerate(sentences)
    ]


def test_our_own_sentences_are_not_suspicious(encoder: RememberingEncoder, sentences: list[Sentence]) -> None:
    findings = check_labels(encoder, sentences)
    assert not findings.is_suspicious, f"{findings.share_contradicted:.1%} contradicted"
    assert findings.checked > 0.9 * len(sentences)


def test_a_tenth_of_wrong_labels_is_noticed(encoder: RememberingEncoder, sentences: list[Sentence]) -> None:
    wrong = with_wrong(sentences, 0.1, seed=1)
    right = {each: sentence.label for each, sentence in zip(wrong, sentences, strict=True)}
    findings = check_labels(encoder, wrong)
    assert findings.is_suspicious
    changed = [each for each in findings.contradicted if right[each.sentence] != each.sentence.label]
    assert len(changed) >= 0.7 * len(findings.contradicted), "most of what is pointed out is really wrong"
    assert sum(each.says == right[each.sentence] for each in changed) >= 0.7 * len(changed)


def test_a_tenth_of_what_reviewers_gave_is_noticed_among_all(
    encoder: RememberingEncoder, sentences: list[Sentence]
) -> None:
    theirs = {place: number for number, place in enumerate(random.Random(1).sample(range(len(sentences)), 300), 1)}
    wrong = iter(with_wrong([sentences[place] for place in theirs], 0.1, seed=1))
    examples = {place: replace(next(wrong), example_id=number) for place, number in theirs.items()}
    findings = check_labels(encoder, [examples.get(place, each) for place, each in enumerate(sentences)])
    assert findings.is_suspicious
