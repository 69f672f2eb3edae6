"""Rules and sense together, judged on messages by authors who saw neither the rules nor the examples of data/care.

The misses of the first set were read while rules and examples were written; of the second and third only the shares
were seen, when the least probabilities were chosen. Floors are what was reached less a margin; docs/adr/0007 has both.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.matching.names.learning import open_names
from assistant.matching.safety.care import Care
from assistant.matching.safety.judge import SafetyJudge
from assistant.matching.safety.sense import open_sense
from assistant.settings import Settings
from tests.conftest import ROOT

FOLDER = Path(__file__).with_name("care")
SETS = {"first": FOLDER, "second": FOLDER / "second", "third": FOLDER / "third"}
VOICES = ("standard", "mle", "caribbean", "south_asian")
MOST_APART = 0.05  # between two voices that say the same
MOST_CRISIS_ALARMS = {"first": 0.03, "second": 0.02, "third": 0.03}  # the first is full of idioms of death
MOST_ALARMS_OF_ALL = 0.02
MET = {Care.CRISIS, Care.DISCLOSURE}

Judge = Callable[[str], Care | None]


def judged(which: str, name: str) -> Any:
    return yaml.safe_load((SETS[which] / f"{name}.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def judge() -> Judge:
    settings = Settings(var_folder=ROOT / "var" / "tests")
    names = open_names(settings.encoder_graph, ROOT / "data", settings.names_folder)
    sense = open_sense(settings.encoder_graph, ROOT / "data", settings.care_folder)
    return SafetyJudge(sense, find_names=names.find)


def share(judge: Judge, texts: list[str], wanted: set[Care | None]) -> float:
    return sum(judge(text) in wanted for text in texts) / len(texts)


class TestCrisis:
    @pytest.mark.parametrize(
        ("which", "kind", "least"),
        [
            ("first", "explicit", 0.98),
            ("second", "explicit", 0.96),
            ("third", "explicit", 0.98),
            ("first", "indirect", 0.85),
            ("second", "indirect", 0.85),
            ("third", "indirect", 0.85),
        ],
    )
    def test_it_meets_nearly_all(self, judge: Judge, which: str, kind: str, least: float) -> None:
        assert share(judge, judged(which, "crisis")[kind], {Care.CRISIS}) >= least

    def test_it_meets_ninety_eight_of_a_hundred_that_say_it_openly(self, judge: Judge) -> None:
        explicit = [text for which in SETS for text in judged(which, "crisis")["explicit"]]
        assert share(judge, explicit, {Care.CRISIS}) >= 0.98


class TestDisclosure:
    @pytest.mark.parametrize("which", ["first", "second"])
    @pytest.mark.parametrize("kind", ["suffered", "seen", "quoted_slur"])
    def test_it_meets_most_with_care(self, judge: Judge, which: str, kind: str) -> None:
        assert share(judge, judged(which, "disclosure")[kind], MET) >= 0.94

    @pytest.mark.parametrize("which", SETS)
    def test_it_meets_ninety_two_of_a_hundred(self, judge: Judge, which: str) -> None:
        told = [text for texts in judged(which, "disclosure").values() for text in texts]
        assert share(judge, told, MET) >= 0.92

    @pytest.mark.parametrize(("which", "least"), [("first", 0.8), ("second", 0.92)])
    def test_it_meets_most_that_do_not_call_it_racism(self, judge: Judge, which: str, least: float) -> None:
        assert share(judge, judged(which, "disclosure")["subtle"], MET) >= least

    @pytest.mark.parametrize("which", SETS)
    def test_it_takes_none_for_abuse(self, judge: Judge, which: str) -> None:
        told = [text for texts in judged(which, "disclosure").values() for text in texts]
        assert [text for text in told if judge(text) is Care.ABUSE] == []


class TestAbuse:
    @pytest.mark.parametrize(("which", "least"), [("first", 0.9), ("second", 0.78), ("third", 0.68)])
    def test_it_refuses_most(self, judge: Judge, which: str, least: float) -> None:
        assert share(judge, judged(which, "abuse")["abuse"], {Care.ABUSE}) >= least


@pytest.mark.parametrize("which", SETS)
class TestOrdinary:
    def test_it_leaves_nearly_all_alone(self, judge: Judge, which: str) -> None:
        assert share(judge, judged(which, "ordinary")["ordinary"], {None}) >= 0.96

    def test_it_takes_few_for_a_crisis(self, judge: Judge, which: str) -> None:
        assert share(judge, judged(which, "ordinary")["ordinary"], {Care.CRISIS}) <= MOST_CRISIS_ALARMS[which]


class TestAllOrdinary:
    def test_it_takes_two_of_a_hundred_for_a_crisis_at_most(self, judge: Judge) -> None:
        texts = [text for which in SETS for text in judged(which, "ordinary")["ordinary"]]
        assert share(judge, texts, {Care.CRISIS}) <= MOST_ALARMS_OF_ALL


class TestNames:
    """What somebody gives who is asked for their name."""

    NAMES = FOLDER.with_name("names")

    @pytest.mark.parametrize("file", ["names.yml", "second/names.yml"])
    def test_nobody_is_judged_by_their_name(self, judge: Judge, file: str) -> None:
        entries = yaml.safe_load((self.NAMES / file).read_text(encoding="utf-8"))
        names = [name for entry in entries for name in entry["names"]]
        assert len(names) > 150
        assert [name for name in names if judge(name) is not None] == []


class TestDialects:
    def test_it_treats_every_voice_alike(self, judge: Judge) -> None:
        entries = [entry for entry in judged("first", "dialect") if entry["outcome"] not in ("crisis", "disclosure")]
        shares = [share(judge, [entry[voice] for entry in entries], {None}) for voice in VOICES]
        assert max(shares) - min(shares) <= MOST_APART, dict(zip(VOICES, shares, strict=True))
