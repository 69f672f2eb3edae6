"""Finding names, learnt from a few sentences on the real encoder."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.encoder import SentenceEncoder
from assistant.matching.names import learning
from assistant.matching.names.bodies import Bodies
from assistant.matching.names.finder import MOST_CHARACTERS, Marked, NameFinder
from assistant.matching.names.learning import NameExamplesError, are_names_learnt, open_names

NAMED = [
    "My name is [[Chidinma Eze]].",
    "I am [[Piotr Nowak]] from estates",
    "ask [[Sunita]] about it",
    "my manager [[kwame]] says no",
    "Regards, / [[Mei Ling Tan]]",
    "Dr [[Okonkwo]] was not heard",
    "[[Farida]] and [[Tom]] will come",
    "please tell [[Bronwen Hughes]]",
]
PLAIN = [
    "What does the network do for nurses?",
    "is there a fee for the course",
    "Barts told us about it",
    "Please send the form to our board",
    "Regards, / the team",
    "We are a trust in Leeds",
    "will it be in May or June",
    "thank you for the answer",
]


@pytest.fixture(scope="module")
def finder(encoder: SentenceEncoder) -> NameFinder:
    sentences = [learning._marked(line) for line in (*NAMED, *PLAIN)]
    return NameFinder.train(encoder, Bodies(["Barts", "Leeds"]), sentences)


def found(finder: NameFinder, text: str) -> list[str]:
    return [text[slice(*span)] for span in finder.find(text)]


class TestNameFinder:
    @pytest.mark.parametrize("text", ["which A&E has one", "ask R&D", "the P&L of it"])
    def test_the_end_of_an_abbreviation_is_nobody_s_initial(self, finder: NameFinder, text: str) -> None:
        """Even for a finder that takes every word for a name."""
        eager = NameFinder(finder._encoder, finder._bodies, finder.spelling, np.zeros_like(finder.weights), 10.0)
        ending = text.index("&") + 1
        assert all(not start <= ending < end for start, end in eager.find(text))

    def test_it_finds_names_that_it_has_not_seen(self, finder: NameFinder) -> None:
        assert found(finder, "My name is Adaeze Obi and I am a nurse") == ["Adaeze Obi"]

    def test_it_leaves_the_possessive(self, finder: NameFinder) -> None:
        assert found(finder, "My name is Adaeze Obi's") == ["Adaeze Obi"]

    def test_it_finds_none_in_a_plain_question(self, finder: NameFinder) -> None:
        assert found(finder, "What does the course cost for our board?") == []

    def test_it_leaves_placeholders(self, finder: NameFinder) -> None:
        assert found(finder, "My name is [name] and [person:joan-saddler]") == []

    def test_brackets_of_somebody_else_hide_no_name(self, finder: NameFinder) -> None:
        assert found(finder, "My name is [Adaeze Obi]") == ["Adaeze Obi"]

    @pytest.mark.parametrize("text", ["", " ", "?!", "12 34", "\n\n"])
    def test_it_takes_a_text_without_words(self, finder: NameFinder, text: str) -> None:
        assert finder.find(text) == []

    def test_it_reads_a_long_text_to_its_end(self, finder: NameFinder) -> None:
        text = "What does the network do? " * 60 + "My name is Adaeze Obi."
        assert len(text) > 3 * MOST_CHARACTERS
        assert found(finder, text) == ["Adaeze Obi"]

    @given(st.text(max_size=MOST_CHARACTERS + 50))
    def test_it_takes_any_text(self, finder: NameFinder, text: str) -> None:
        ends = [place for span in finder.find(text) for place in span]
        assert ends == sorted(ends) and all(0 <= place <= len(text) for place in ends)


class TestMarked:
    def test_brackets_become_places(self) -> None:
        assert learning._marked("ask [[Ann]] / [[Bo]]") == Marked("ask Ann\nBo", ((4, 7), (8, 10)))


class TestLearning:
    @pytest.fixture
    def data(self, tmp_path: Path) -> Path:
        data = tmp_path / "data"
        for name, key, lines in (
            ("names/named.yml", "sentences", NAMED),
            ("names/plain.yml", "sentences", PLAIN),
            ("names/bodies/places.yml", "names", ["Leeds"]),
            ("care/ordinary.yml", "sentences", PLAIN),
        ):
            file = data / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{key}: |\n" + "".join(f"  {line}\n" for line in lines))
        return data

    def test_it_is_done_once_and_kept(self, data: Path, graph: Path, tmp_path: Path) -> None:
        assert not are_names_learnt(data, tmp_path / "kept")
        first = open_names(graph, data, tmp_path / "kept")
        assert are_names_learnt(data, tmp_path / "kept")
        again = open_names(graph, data, tmp_path / "kept")
        assert again.find("My name is Adaeze Obi") == first.find("My name is Adaeze Obi")

    def test_it_is_done_anew_when_the_sentences_change(self, data: Path, graph: Path, tmp_path: Path) -> None:
        open_names(graph, data, tmp_path / "kept")
        (data / "names" / "plain.yml").write_text("sentences: |\n  hello\n")
        assert not are_names_learnt(data, tmp_path / "kept")

    def test_it_names_a_file_that_cannot_be_used(self, data: Path, graph: Path, tmp_path: Path) -> None:
        (data / "names" / "named.yml").write_text("sentences: [")
        with pytest.raises(NameExamplesError, match="named.yml"):
            open_names(graph, data, tmp_path / "kept")
