import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.matching.encoder import SentenceEncoder
from assistant.matching.safety.care import Care
from assistant.matching.safety.judge import SafetyJudge
from assistant.matching.safety.sense import CareExamplesError, CareSense, open_sense, read_examples

EXAMPLES = {
    "crisis": [
        "I want to die",
        "I cannot go on living",
        "they would be better off without me",
        "this is the end for me",
    ],
    "disclosure": [
        "my manager mocks my accent",
        "she calls me by another Asian nurse's name",
        "they give me the worst shifts because I am Black",
        "a patient refused to be touched by me because of my skin",
    ],
    "abuse": ["you stupid machine", "shut up you idiot", "you are worthless rubbish", "go to hell bot"],
    "ordinary": ["what is the network?", "how do I join?", "who leads the strategy?", "thanks, that helps", "hello"],
}


class FakeSense:
    """Senses what it is told to, or fails."""

    def __init__(self, care: Care | None = None, failure: Exception | None = None) -> None:
        self.care, self.failure = care, failure

    def judge(self, text: str, is_understood: Callable[[str], bool]) -> Care | None:
        if self.failure:
            raise self.failure
        return self.care


def judge_with(care: Care | None = None, failure: Exception | None = None) -> SafetyJudge:
    return SafetyJudge(FakeSense(care, failure))  # type: ignore[arg-type]


class TestSafetyJudge:
    def test_it_adds_care_where_no_rule_speaks(self) -> None:
        for care in Care:
            assert judge_with(care)("What is the network?") is care

    def test_it_never_takes_care_away(self) -> None:
        assert judge_with(None)("I want to kill myself") is Care.CRISIS
        assert judge_with(Care.ABUSE)("My manager called me a monkey") is Care.DISCLOSURE

    def test_it_puts_a_life_first_and_a_telling_off_last(self) -> None:
        assert judge_with(Care.CRISIS)("My manager called me a monkey") is Care.CRISIS
        assert judge_with(Care.DISCLOSURE)("you stupid idiot") is Care.DISCLOSURE

    def test_nobody_is_judged_by_a_name(self) -> None:
        class AfraidOfNames(FakeSense):
            def judge(self, text: str, is_understood: Callable[[str], bool]) -> Care | None:
                return Care.CRISIS if "Ngozi" in text or "burden" in text else None

        judge = SafetyJudge(AfraidOfNames(), find_names=lambda text: [(text.find("Ngozi"), text.find("Ngozi") + 5)])  # type: ignore[arg-type]
        assert judge("It is Ngozi here") is None
        assert judge("Ngozi says she is a burden") is Care.CRISIS

    def test_it_leaves_the_rules_when_the_sense_fails(self, caplog: pytest.LogCaptureFixture) -> None:
        broken = judge_with(failure=ValueError("Rajesh Nair"))
        with caplog.at_level(logging.ERROR):
            assert broken("I want to kill myself tonight") is Care.CRISIS
            assert broken("Rajesh Nair asks what the network is") is None
        assert "ValueError" in caplog.text
        assert "Rajesh" not in caplog.text


class TestCareSense:
    PERHAPS_TOLD = "the worst rota"

    @pytest.fixture(scope="class")
    def sense(self, encoder: SentenceEncoder) -> CareSense:
        return CareSense.train(encoder, EXAMPLES)

    def test_it_sooner_takes_for_a_disclosure_what_would_not_be_answered(self, sense: CareSense) -> None:
        assert sense.judge(self.PERHAPS_TOLD, lambda text: False) is Care.DISCLOSURE
        assert sense.judge(self.PERHAPS_TOLD, lambda text: True) is None

    def test_nobody_is_told_off_for_their_spelling(self, sense: CareSense) -> None:
        corrections: dict[str, str] = {}

        class Corrected:
            def correct(self, text: str) -> str:
                return corrections.get(text, text)

        forgiving = CareSense(sense._encoder, sense.linker, Corrected())  # type: ignore[arg-type]
        assert forgiving.judge("shut up, you stupid machine") is Care.ABUSE
        corrections["shut up, you stupid machine"] = "how do I join the network?"
        assert forgiving.judge("shut up, you stupid machine") is None

    @pytest.mark.parametrize("text", ["the rota", "how do I join the network?", "I just want to die"])
    def test_it_does_not_ask_where_that_makes_no_difference(self, sense: CareSense, text: str) -> None:
        asked: list[str] = []
        sense.judge(text, lambda text: bool(asked.append(text)))
        assert asked == []

    @pytest.mark.parametrize(
        ("text", "care"),
        [
            ("I just want to die", Care.CRISIS),
            ("my manager laughs at my accent", Care.DISCLOSURE),
            ("shut up, you stupid machine", Care.ABUSE),
            ("how do I join the network?", None),
        ],
    )
    def test_it_goes_by_what_a_message_is_like(self, sense: CareSense, text: str, care: Care | None) -> None:
        assert sense.judge(text) is care

    def test_it_finds_one_sentence_among_many(self, sense: CareSense) -> None:
        text = "How do I join? Who leads the strategy? Thanks, that helps. I want to die. What is the network?"
        assert sense.judge(text) is Care.CRISIS

    @pytest.mark.parametrize("text", ["", " ", "🙂", "?" * 1000, "a" * 1000])
    def test_it_judges_anything(self, sense: CareSense, text: str) -> None:
        assert sense.judge(text) in {None, *Care}


class TestKeeping:
    @pytest.fixture
    def data(self, tmp_path: Path) -> Path:
        (tmp_path / "care").mkdir()
        (tmp_path / "nlu").mkdir()
        for kind, lines in EXAMPLES.items():
            block = "\n".join(f"  {line}" for line in lines)
            (tmp_path / "care" / f"{kind}.yml").write_text(f"sentences: |\n{block}\n")
        (tmp_path / "names").mkdir()
        (tmp_path / "names" / "named.yml").write_text("sentences: |\n  it is [[Ngozi Eze]] here\n")
        (tmp_path / "nlu" / "a.yml").write_text("nlu:\n- intent: a\n  examples: |\n    - where is the office?\n")
        return tmp_path

    def test_it_takes_training_sentences_for_ordinary(self, data: Path) -> None:
        assert "where is the office?" in read_examples(data)["ordinary"]

    def test_it_takes_names_by_themselves_for_ordinary(self, data: Path) -> None:
        assert "Ngozi Eze" in read_examples(data)["ordinary"]

    @pytest.mark.parametrize("content", ["", "lines: |\n  a\n", "sentences: [a]\n", "{"])
    def test_it_names_the_file_that_is_wrong(self, data: Path, content: str) -> None:
        (data / "care" / "abuse.yml").write_text(content)
        with pytest.raises(CareExamplesError, match="abuse.yml"):
            read_examples(data)

    def test_it_learns_once_and_again_when_the_examples_change(
        self, data: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = open_sense(graph, data, data / "var")
        monkeypatch.setattr(CareSense, "train", None)  # a second training would fail
        again = open_sense(graph, data, data / "var")
        assert again.judge("I want to die") is first.judge("I want to die") is Care.CRISIS
        with (data / "care" / "crisis.yml").open("a") as file:
            file.write("  nobody will miss me\n")
        with pytest.raises(TypeError):
            open_sense(graph, data, data / "var")
