"""`assistant benchmark nlu`, with a made-up system in place of ours."""

import builtins
import json

import pytest
from click.testing import CliRunner, Result

import benchmarks.nlu.baseline
import benchmarks.nlu.ours
from assistant.cli.benchmark import BenchmarksMissingError, benchmark
from assistant.settings import Settings
from benchmarks.nlu.metrics import Reading
from benchmarks.nlu.reading import QuestionsError


class FakeSystem:
    """Answers every question with the first label."""

    def __init__(self, name: str) -> None:
        self.name = name

    def train(self, texts, labels):
        self.label = labels[0]
        return self

    def read(self, texts):
        return [Reading(self.label, 1.0, 0.5, True) for _ in texts]


@pytest.fixture(autouse=True)
def fake_systems(monkeypatch):
    monkeypatch.setattr(benchmarks.nlu.ours, "Ours", lambda graph: FakeSystem("ours"))
    monkeypatch.setattr(benchmarks.nlu.baseline, "Baseline", lambda: FakeSystem("baseline"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(benchmark, [str(argument) for argument in arguments], obj=Settings())


class TestNlu:
    def test_it_prints_only_json_on_standard_output(self, folder):
        [entry] = json.loads(run("nlu", folder, "--json").stdout)
        assert (entry["test"], entry["accuracy"], entry["recall"]) == ("test", 0.5, 0.0)

    def test_it_shows_the_systems_side_by_side(self, folder):
        shown = run("nlu", folder).stdout
        assert "bot: trained on train, asked test" in shown
        assert "baseline" in shown and "ours" in shown

    def test_it_says_on_standard_error_what_was_passed_over(self, make_folder):
        folder = make_folder(train="text,label\na,x\nb,y\nc,\n", test="text,label\nd,x\ne,z\n")
        done = run("nlu", folder, "--json")
        assert "train.csv: rows without a text or a label, passed over: 1" in done.stderr
        assert "test.csv: questions that count as wrong" in done.stderr
        json.loads(done.stdout)

    def test_it_shows_what_others_publish_about_a_public_set(self, folder):
        public = folder.rename(folder.with_name("hwu64"))
        assert "What others publish" in run("nlu", public).stdout

    def test_it_tells_what_is_wrong_with_a_folder(self, tmp_path):
        assert isinstance(run("nlu", tmp_path).exception, QuestionsError)

    def test_it_says_where_to_run_it_when_the_project_is_not_there(self, folder, monkeypatch):
        importing = builtins.__import__

        def without_benchmarks(name, *arguments, **options):
            if name.startswith("benchmarks"):
                raise ModuleNotFoundError(name=name)
            return importing(name, *arguments, **options)

        monkeypatch.setattr(builtins, "__import__", without_benchmarks)
        assert isinstance(run("nlu", folder).exception, BenchmarksMissingError)
