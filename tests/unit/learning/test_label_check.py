"""The label check, on made-up sentences and with an encoder that knows words only."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalogue.models import Example, ExampleState
from assistant.db.engine import Database
from assistant.learning.effect import RememberingEncoder
from assistant.learning.label_check import (
    LEAST_FROM_REVIEWERS,
    LabelFindings,
    Sentence,
    check_labels,
    find_twins,
    read_sentences,
)
from assistant.review.training_sentences import read_training_sentences
from assistant.settings import Settings
from tests.conftest import ROOT
from tests.support.word_encoder import WordEncoder

WORDS = {
    "offer/boards": "board chair trustee governor seat recruit diverse director",
    "offer/network": "network leader meet mentor peer join event community",
    "topic/why": "reason purpose evidence inequality cause history harm justice",
    "greet": "hello morning afternoon evening hiya welcome greetings howdy",
}
WORDS |= {f"topic/{number}": " ".join(f"word{number}{letter}" for letter in "abcdefgh") for number in range(16)}
LABELS = list(WORDS)
OF_EACH = 20
ALL = OF_EACH * len(LABELS)


def made_up(count: int = OF_EACH, seed: int = 1) -> list[Sentence]:
    """So many sentences of each label: words that only this label has, and one that all have."""
    chance = random.Random(seed)
    return [
        Sentence(" ".join([*chance.sample(words.split(), 4), f"filler{chance.randrange(9)}"]), label)
        for label, words in WORDS.items()
        for _ in range(count)
    ]


def with_wrong(sentences: list[Sentence], share: float, seed: int = 1) -> tuple[list[Sentence], set[int]]:
    """The same with the labels of a share of them changed, and which those are."""
    chance = random.Random(seed)
    places = set(chance.sample(range(len(sentences)), round(share * len(sentences))))
    changed = [
        replace(each, label=chance.choice([label for label in LABELS if label != each.label]))
        if place in places
        else each
        for place, each in enumerate(sentences)
    ]
    return changed, places


def check(sentences: list[Sentence]) -> LabelFindings:
    return check_labels(WordEncoder(), sentences)


def given_by_reviewers(sentences: list[Sentence]) -> list[Sentence]:
    return [replace(each, example_id=number) for number, each in enumerate(sentences, 1)]


class TestContradicted:
    def test_a_set_without_mistakes_is_not_suspicious(self) -> None:
        findings = check(made_up())
        assert (findings.checked, findings.contradicted, findings.is_suspicious) == (ALL, (), False)

    @pytest.mark.parametrize("seed", range(3))
    def test_a_tenth_of_wrong_labels_is_found(self, seed: int) -> None:
        sentences, wrong = with_wrong(made_up(), 0.1, seed)
        findings = check(sentences)
        assert findings.is_suspicious
        found = {id(each.sentence) for each in findings.contradicted}
        assert found <= {id(sentences[place]) for place in wrong}
        assert len(found) >= 0.6 * len(wrong)
        assert findings.share_contradicted == len(found) / ALL

    def test_it_says_what_the_others_say_and_how_surely(self) -> None:
        wrong = Sentence("board chair trustee governor", "greet", example_id=7)
        [found] = check([*made_up(), wrong]).contradicted
        assert (found.sentence, found.says) == (wrong, "offer/boards")
        assert 0.3 <= found.sure <= 1

    def test_the_surest_comes_first(self) -> None:
        sure = [each.sure for each in check(with_wrong(made_up(), 0.1)[0]).contradicted]
        assert len(sure) > 1 and sure == sorted(sure, reverse=True)

    def test_a_label_of_two_sentences_is_not_judged(self) -> None:
        rare = [Sentence("hello morning", "offer/rare"), Sentence("hello evening", "offer/rare")]
        findings = check([*made_up(), *rare])
        assert (findings.checked, findings.contradicted) == (ALL, ())


class TestReviewers:
    def test_their_mistakes_are_not_lost_among_many_sentences_of_the_files(self) -> None:
        theirs, wrong = with_wrong(given_by_reviewers(made_up(count=5, seed=2)), 0.25)
        findings = check([*made_up(count=50), *theirs])
        assert findings.share_contradicted < 0.055
        assert findings.contradicted_from_reviewers >= LEAST_FROM_REVIEWERS
        assert findings.is_suspicious

    def test_one_that_is_contradicted_is_shown_and_stops_nothing(self) -> None:
        findings = check([*made_up(), Sentence("board chair trustee governor", "greet", example_id=7)])
        assert (findings.checked_from_reviewers, findings.contradicted_from_reviewers) == (1, 1)
        assert not findings.is_suspicious


class TestTwins:
    def test_the_same_under_two_labels_is_a_conflict(self) -> None:
        first, second = Sentence("Join the network", "offer/network"), Sentence("join THE network", "greet", 3)
        findings = check([*made_up(), first, second])
        [conflict] = [pair for pair in findings.conflicts if pair.second == second]
        assert conflict.first == first
        assert conflict.similarity == pytest.approx(1, abs=1e-4)

    def test_duplicates_are_counted_and_listed_when_a_reviewer_gave_one(self) -> None:
        same = ["zebra stripes here", "zebra stripes here", "quagga foals there", "quagga foals there"]
        sentences = [Sentence(text, "greet", number) for text, number in zip(same, (None, None, None, 5), strict=True)]
        findings = check(sentences)
        assert (findings.duplicate_count, findings.conflicts) == (2, ())
        [listed] = findings.duplicates
        assert listed.second.example_id == 5

    def test_a_new_sentence_finds_its_twin_of_another_label(self) -> None:
        known = [*made_up(), Sentence("how do I join the network", "offer/network")]
        [found] = find_twins(WordEncoder(), known, Sentence("join the network how do I", "greet"))
        assert found.second.label == "offer/network"
        assert find_twins(WordEncoder(), known, Sentence("how do I join the network", "offer/network")) == ()
        assert find_twins(WordEncoder(), known, Sentence("what is the time", "greet")) == ()
        assert find_twins(WordEncoder(), [], Sentence("what is the time", "greet")) == ()

    def test_to_find_twins_few_sentences_are_encoded(self) -> None:
        encoder = WordEncoder()
        find_twins(encoder, made_up(), Sentence("how do I join the network", "greet"))
        assert encoder.encoded <= 51


class TestFindings:
    def test_they_are_plain_values(self) -> None:
        sentences, _ = with_wrong(given_by_reviewers(made_up()), 0.1)
        values = json.loads(json.dumps(check(sentences).as_dict()))
        assert values["is_suspicious"] is True
        assert values["contradicted"][0]["sentence"].keys() == {"text", "label", "example_id"}

    def test_nothing_need_be_encoded_twice(self) -> None:
        counting = WordEncoder()
        encoder, sentences = RememberingEncoder(counting), made_up()
        check_labels(encoder, sentences)
        encoded = counting.encoded
        encoder.encode([each.text for each in sentences])
        assert counting.encoded == encoded

    def test_progress_is_told(self) -> None:
        told: list[int] = []
        check_labels(WordEncoder(), made_up(count=30), told.append)
        assert len(told) > 1 and sum(told) == 600

    @settings(max_examples=30, deadline=None)
    @given(
        st.lists(st.builds(Sentence, st.sampled_from(["a", "b c", "A", ""]), st.sampled_from(LABELS[:4])), max_size=12)
    )
    def test_any_set_can_be_checked(self, sentences: list[Sentence]) -> None:
        findings = check(sentences)
        assert findings.checked <= len(sentences)
        assert 0 <= findings.share_contradicted <= 1
        assert all(each.sentence.label != each.says for each in findings.contradicted)
        assert all(pair.first.label != pair.second.label for pair in findings.conflicts)
        json.dumps(findings.as_dict(), allow_nan=False)

    @pytest.mark.parametrize(
        "sentences",
        [
            [],
            made_up()[:1],
            made_up()[:OF_EACH],
            [Sentence("same", label) for label in LABELS * 5],
            [Sentence("", "a")] * 9,
        ],
        ids=["nothing", "one sentence", "one label", "all identical", "identical and empty"],
    )
    def test_little_says_nothing(self, sentences: list[Sentence]) -> None:
        findings = check(sentences)
        assert findings.contradicted == () and not findings.is_suspicious


class TestReading:
    def test_it_takes_the_files_and_what_is_approved(self, database: Database) -> None:
        with database.write() as session:
            session.add(Example(text="how do I join", label="offer/network"))
            session.add(Example(text="not yet", label="greet", state=ExampleState.PROPOSED.value))
        ours = Settings(data_folder=ROOT / "data")
        with database.read() as session:
            *files, last = read_sentences(session, ours)
        assert [(each.text, each.label) for each in files] == list(read_training_sentences(ROOT / "data"))
        assert (last.text, last.from_reviewers) == ("how do I join", True) and not files[0].from_reviewers
