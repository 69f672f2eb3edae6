"""RESULTS.md, section by section."""

import pytest

from benchmarks.nlu.metrics import Figures
from benchmarks.nlu.reading import QuestionsError
from benchmarks.nlu.results_file import circumstances, markdown_table, replace_section, write_section
from benchmarks.nlu.run import Result
from benchmarks.nlu.sets import OfSet, measure_sets, published_section, section

TEXT = "# Results\n\nToday.\n\n## The core\n\nold\n\n## Growth\n\nlinear\n"


class TestSection:
    def test_it_replaces_only_its_own(self):
        assert replace_section(TEXT, "The core", "new") == TEXT.replace("old", "new")

    def test_it_replaces_the_last(self):
        assert replace_section(TEXT, "Growth", "none\n") == TEXT.replace("linear", "none")

    def test_it_adds_a_section_that_is_not_there(self):
        assert replace_section(TEXT, "New", "first") == TEXT + "\n## New\n\nfirst\n"

    def test_it_takes_the_body_as_it_is(self):
        assert r"\1 \g<0>" in replace_section(TEXT, "Growth", r"\1 \g<0>")

    def test_it_starts_the_file_when_there_is_none(self, tmp_path):
        write_section("The core", "new", tmp_path / "RESULTS.md")
        assert (tmp_path / "RESULTS.md").read_text() == "# Results\n\n## The core\n\nnew\n"

    def test_it_sets_numbers_to_the_right(self):
        assert markdown_table(["what", "figure:"], [["a", "1"]]) == "| what | figure |\n|---|---:|\n| a | 1 |"

    def test_it_says_when_and_where(self):
        assert "commit" in circumstances() and "cores" in circumstances()


class TestSets:
    FIGURES = Figures(0.9, 0.95, 0.8, 0.7, 0.05, 0.9, 0.03, 12.0, 3.0)
    FOUND = [OfSet("banking77", "train_10", [Result("ours", "test", FIGURES)])]

    def test_it_writes_a_row_for_each_result(self):
        row = "| banking77 | train_10 | test | ours | 90.0 | 95.0 | 80.0 | 70.0 | 5.0 | 90.0 | 3.0 | 12.0 | 3.0 |"
        assert row in section(self.FOUND)

    def test_it_writes_what_others_publish_about_the_same(self):
        assert "| banking77 | train_10 | CPFT | 87.2 | – |" in published_section(self.FOUND)

    def test_it_measures_the_sets_that_are_there(self, folder, progress):
        runs = [("bot", "train"), ("bot", "train_10"), ("elsewhere", "train")]
        assert measure_sets(folder.parent, runs, [], progress) == [OfSet("bot", "train", [])]

    def test_it_says_which_folders_it_misses(self, tmp_path, progress):
        with pytest.raises(QuestionsError, match="should have the folders bot"):
            measure_sets(tmp_path, [("bot", "train")], [], progress)
