"""Measuring with a system that goes by the first word, and showing what it found."""

from io import StringIO

from rich.console import Console

from benchmarks.nlu.metrics import Figures, Reading
from benchmarks.nlu.published import PUBLISHED, find_published
from benchmarks.nlu.reading import read_set
from benchmarks.nlu.report import as_json, cells, published_table, result_table
from benchmarks.nlu.run import Result, measure, milliseconds_of_one

KEYS = [
    "test",
    "accuracy",
    "auroc",
    "recall_at_95",
    "recall",
    "refused",
    "macro_f1",
    "ece",
    "train_s",
    "ms_per_message",
]


class FakeSystem:
    """Answers with the label it saw last in training, and keeps what it was given."""

    name = "fake"

    def __init__(self) -> None:
        self.trained: list[list[str]] = []
        self.read_at_once: list[int] = []

    def train(self, texts, labels):
        self.trained.append(list(texts))
        self.answer = labels[-1]
        return self

    def read(self, texts):
        self.read_at_once.append(len(texts))
        return [Reading(self.answer, float("sings" not in text), 0.5, "sings" not in text) for text in texts]


class TestMeasuring:
    def test_it_gives_a_result_for_each_system_and_test(self, folder, progress):
        (folder / "test_far.csv").write_text("text,label\na bus,buses\n")
        results = measure([FakeSystem(), FakeSystem()], read_set(folder), progress)
        assert [(result.system, result.test) for result in results] == [("fake", "test"), ("fake", "test_far")] * 2

    def test_it_counts_by_the_labels_of_the_test(self, folder, progress):
        [result] = measure([FakeSystem()], read_set(folder), progress)
        assert (result.figures.accuracy, result.figures.auroc, result.figures.recall) == (0.5, 1.0, 1.0)
        assert result.spread is None

    def test_it_trains_in_the_order_of_the_file(self, folder, progress):
        system, questions = FakeSystem(), read_set(folder)
        measure([system], questions, progress)
        assert system.trained == [questions.train.texts]

    def test_it_trains_once_for_each_seed_and_tells_the_spread(self, folder, progress):
        system, questions = FakeSystem(), read_set(folder)
        [result] = measure([system], questions, progress, seeds=3)
        assert system.trained == [questions.train.shuffled(seed).texts for seed in range(3)]
        assert result.spread is not None

    def test_it_times_messages_one_by_one(self):
        system = FakeSystem()
        system.train([], ["buses"])
        assert milliseconds_of_one(system, ["a bus", "a park"]) >= 0
        assert set(system.read_at_once) == {1}


FIGURES = Figures(0.91234, None, None, None, 0.05, 0.9, 0.031, 12.345, 3.456)


class TestShowing:
    def test_it_gives_programs_exactly_the_promised_keys(self, folder, progress):
        [entry] = as_json(measure([FakeSystem()], read_set(folder), progress))
        assert list(entry) == KEYS

    def test_it_gives_programs_fractions_and_null(self):
        [entry] = as_json([Result("ours", "test", FIGURES)])
        assert (entry["accuracy"], entry["auroc"], entry["ece"], entry["train_s"]) == (0.9123, None, 0.031, 12.35)

    def test_it_gives_people_percent(self):
        assert cells(Result("ours", "test", FIGURES)) == ["91.2", "–", "–", "–", "5.0", "90.0", "3.1", "12.3", "3.5"]

    def test_it_shows_the_spread_in_brackets(self):
        spread = Figures(0.001, None, None, None, 0.002, 0.0, 0.0, 0.5, 0.1)
        assert cells(Result("ours", "test", FIGURES, spread))[:2] == ["91.2 (0.1)", "–"]

    def test_it_fits_an_ordinary_terminal(self):
        console = Console(width=80, file=StringIO())
        console.print(result_table("bot", [Result(name, "test", FIGURES) for name in ("one", "ours", "DIET")]))
        shown = console.file.getvalue()
        assert "recall at 95" in shown and "…" not in shown


class TestPublished:
    def test_it_shows_what_is_comparable_with_its_source(self):
        console = Console(width=200, file=StringIO())
        console.print(published_table(find_published("clinc150", "train")))
        assert "Larson et al. 2019, table 2" in console.file.getvalue()

    def test_it_knows_nothing_of_other_bots(self):
        assert find_published("bot", "train") == []

    def test_it_names_a_source_for_every_figure(self):
        assert all(figure.source and figure.accuracy for figure in PUBLISHED)
