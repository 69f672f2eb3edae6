"""Ours with a matcher of key words, the baseline, and DIET with a process that is made up."""

import importlib.util
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.matching.labels import OUT_OF_SCOPE
from benchmarks.nlu.baseline import Baseline
from benchmarks.nlu.diet import DietError, DietModel, started_diet
from benchmarks.nlu.metrics import Reading
from benchmarks.nlu.ours import OurModel


class FakeMatcher:
    """Knows one label and what is out of scope, and says how often it was asked."""

    def __init__(self) -> None:
        self.linker = SimpleNamespace(labels=[OUT_OF_SCOPE, "buses", "parks"])
        self.asked = 0

    def read(self, texts):
        self.asked += 1
        probabilities = {"bus": [0.1, 0.8, 0.1], "park": [0.1, 0.1, 0.8]}
        return [
            SimpleNamespace(probabilities=np.array(probabilities.get(text, [0.7, 0.2, 0.1])), familiarity=len(text))
            for text in texts
        ]

    def confidence(self, link):
        return link.probabilities[1:].max()

    def accepts(self, link):
        return link.probabilities[0] < 0.5


class TestOurs:
    def test_it_takes_the_most_probable_label_in_scope(self):
        model = OurModel(FakeMatcher(), FakeMatcher())
        assert model.read(["bus", "song"]) == [Reading("buses", 3.0, 0.8, True), Reading("buses", 4.0, 0.2, False)]

    def test_it_reads_a_single_message_on_one_thread(self):
        many, single = FakeMatcher(), FakeMatcher()
        OurModel(many, single).read(["park"])
        assert (many.asked, single.asked) == (0, 1)


class TestBaseline:
    TEXTS = [f"{word} {number}" for word in ("bus", "park", "song") for number in range(5)]
    LABELS = ["buses"] * 5 + ["parks"] * 5 + [OUT_OF_SCOPE] * 5

    def test_it_learns_and_never_answers_with_out_of_scope(self):
        readings = Baseline().train(self.TEXTS, self.LABELS).read(["a bus", "the parks", "a song"])
        assert [reading.label for reading in readings[:2]] == ["buses", "parks"]
        assert readings[2].label != OUT_OF_SCOPE
        assert readings[2].score < readings[0].score

    def test_it_chooses_its_threshold_by_training_alone(self):
        model = Baseline().train(self.TEXTS, self.LABELS)
        assert [reading.answered for reading in model.read(["bus 2", "qqq"])] == [True, False]

    def test_it_refuses_nothing_when_there_is_too_little_to_choose_by(self):
        model = Baseline().train(["a bus", "a park"], ["buses", "parks"])
        assert model.read(["qqq"])[0].answered


class TestDiet:
    def read(self, intent, ranking):
        diet = SimpleNamespace(request=lambda request: [{"intent": intent, "ranking": ranking}])
        labels = {"label_0": "buses", "label_1": OUT_OF_SCOPE}
        return DietModel(diet, labels).read(["anything"])[0]

    def test_it_reads_what_rasa_is_sure_of(self):
        assert self.read("label_0", [["label_0", 0.9], ["label_1", 0.1]]) == Reading("buses", 0.9, 0.9, True)

    def test_it_takes_rasas_fallback_for_a_refusal(self):
        ranking = [["nlu_fallback", 0.7], ["label_0", 0.3]]
        assert self.read("nlu_fallback", ranking) == Reading("buses", 0.3, 0.3, False)

    def test_it_takes_out_of_scope_for_a_refusal(self):
        assert self.read("label_1", [["label_1", 0.9], ["label_0", 0.1]]) == Reading("buses", 0.1, 0.1, False)

    def test_it_says_how_to_install_what_it_needs(self, monkeypatch):
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(DietError, match="tools/uv sync --frozen"), started_diet():
            pass
