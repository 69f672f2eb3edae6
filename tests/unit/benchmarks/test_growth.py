"""The made-up sentences, and slopes that are known."""

from collections import Counter

import pytest

from benchmarks.nlu.growth import EXAMPLES, LABEL_COUNTS, LABELS, LABELS_OF_EXAMPLES, Growth, Point
from benchmarks.nlu.growth_report import draw, section
from benchmarks.nlu.growth_sentences import MOST_SENTENCES, labels_of, make_sentences, names_of_labels

GROWTH = Growth(
    2.0,
    [
        *(Point(LABELS, count, 20_000, count / 100, count**2, 5.0) for count in (20, 200, 2000)),
        *(Point(EXAMPLES, 100, count, count / 100, count / 1000, 5.0) for count in (1000, 10_000)),
    ],
)


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    return make_sentences(20_000)


class TestSentences:
    def test_it_says_nothing_twice(self, sentences):
        assert len(set(sentences)) == len(sentences) == 20_000 <= MOST_SENTENCES

    def test_it_makes_the_same_ones_every_time(self, sentences):
        assert make_sentences(20_000) == sentences

    @pytest.mark.parametrize("count", LABEL_COUNTS)
    def test_it_gives_each_label_as_many(self, sentences, count):
        labels = labels_of(sentences, count)
        assert set(Counter(labels).values()) == {20_000 // count}

    def test_it_spreads_even_the_first_over_all_labels(self, sentences):
        assert len(set(labels_of(sentences[:1000], LABELS_OF_EXAMPLES))) == LABELS_OF_EXAMPLES

    def test_it_names_labels_by_words_of_their_sentences(self, sentences):
        names, labels = names_of_labels(200), labels_of(sentences, 200)
        assert set(names) == set(labels)
        topic, detail = names[labels[0]][0].split()
        assert topic in sentences[0] and detail in sentences[0]


class TestGrowth:
    def test_it_finds_the_slopes(self):
        slopes = GROWTH.as_json()["slopes"]
        assert slopes[LABELS] == {"train_s": 1.0, "model_mb": 2.0, "ms_per_message": 0.0}
        assert slopes[EXAMPLES]["model_mb"] == 1.0

    def test_it_writes_a_row_for_each_point(self):
        assert "| 200 | 20,000 | 2.0 | 40000.0 | 5.0 |" in section(GROWTH)
        assert "with examples training 1.00, model 1.00, message 0.00" in section(GROWTH)

    def test_it_draws_a_picture(self, tmp_path):
        draw(GROWTH, tmp_path / "growth.svg")
        assert (tmp_path / "growth.svg").read_text().startswith("<?xml")
