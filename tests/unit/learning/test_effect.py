from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.catalogue.models import Example, ExampleState
from assistant.db.engine import Database
from assistant.learning.effect import Match, Material, Sentences, compare, gather, read_costs
from assistant.learning.regression_set import Wanted, read_regression_set, wanted_label
from assistant.matching.decision import Choice, Costs, Decision, Verdict
from assistant.matching.remembering import RememberingEncoder
from assistant.review.effects import ask_for_effect
from assistant.settings import Settings
from assistant.staff.models import Staff
from tests.conftest import ROOT


def decision(*labels: str, verdict: Verdict = Verdict.ANSWER, asked: tuple[str, ...] = ()) -> Decision:
    return Decision(verdict, tuple(Choice(label, 0.9) for label in labels), asked, (), (), 0.9)


def train(sentences: Sentences) -> Match:
    """Knows what it was taught, word for word."""
    known = dict(sentences)
    return lambda text: decision(known[text]) if text in known else decision(verdict=Verdict.UNKNOWN)


class TestCompare:
    def test_it_tells_what_changes_and_what_it_is_worth(self) -> None:
        material = Material(
            taught=[("lfhii", "offer/lfhii"), ("parking", "topic/why")],
            proposed=[("parking", "out_of_scope"), ("seminars", "offer/lfhii")],
            wanted=[
                wanted_label("lfhii", "offer/lfhii"),
                wanted_label("seminars", "offer/lfhii"),
                wanted_label("parking", "topic/why"),
            ],
            is_held_out=False,
            enquiries=[("ENQ-1", "seminars"), ("ENQ-2", "lfhii"), ("ENQ-3", "?")],
            groups=[(1, "seminars"), (2, "lfhii"), (3, "parking"), (4, "?")],
        )
        effect = compare(material, train)
        regression, week = effect["regression"], effect["week"]
        assert (regression["unchanged"], regression["changed"]) == (1, 2)
        assert regression["right"] == {"before": 2, "after": 2}
        # What gets worse comes first.
        assert [change["text"] for change in regression["changes"]] == ["parking", "seminars"]
        assert (week["unchanged"], week["changed"]) == (2, 1)
        assert week["changes"] == [{"reference": "ENQ-1", "before": ["unknown"], "after": ["answer", "offer/lfhii"]}]
        # Only what was not answered before and is now; saying that it is not our subject is no answer.
        assert effect["groups"] == [{"group": 1, "after": ["answer", "offer/lfhii"]}]


class TestWanted:
    @pytest.mark.parametrize(
        ("wanted", "answer", "is_right"),
        [
            (wanted_label("", "offer/lfhii"), ["answer", "offer/lfhii"], True),
            (wanted_label("", "offer/lfhii"), ["ask", "offer/lfhii"], False),
            (wanted_label("", "out_of_scope"), ["unknown"], True),
            (wanted_label("", "out_of_scope"), ["answer", "out_of_scope"], True),
            (wanted_label("", "out_of_scope"), ["answer", "topic/why"], False),
            (Wanted("", (("several", "offer/a", "offer/b"),)), ["several", "offer/b", "offer/a"], True),
            (Wanted("", kinds=("shared",)), ["answer", "shared/wres"], True),
            (Wanted("", kinds=("shared",)), ["several", "shared/wres", "offer/a"], False),
        ],
    )
    def test_it_accepts_what_is_right(self, wanted: Wanted, answer: list[str], is_right: bool) -> None:
        assert wanted.accepts(answer) is is_right


class TestReadRegressionSet:
    def test_it_asks_the_projects_own_questions_and_trains_on_everything(self) -> None:
        sentences, wanted, is_held_out = read_regression_set(Settings(data_folder=ROOT / "data"))
        assert len(wanted) > 1000 and len(sentences) > 5000 and not is_held_out
        assert all(each.answers or each.kinds for each in wanted)

    def test_it_holds_the_same_fifth_out_where_there_are_none(self, tmp_path: Path) -> None:
        folder = tmp_path / "data" / "nlu"
        folder.mkdir(parents=True)
        lines = "".join(f"    - sentence {number}\n" for number in range(50))
        (folder / "one.yml").write_text(f"nlu:\n- intent: offer/one\n  examples: |\n{lines}")
        first, second = (read_regression_set(Settings(data_folder=folder.parent)) for _ in range(2))
        assert first == second
        sentences, wanted, is_held_out = first
        assert is_held_out and (len(sentences), len(wanted)) == (40, 10)
        assert not {text for text, _ in sentences} & {each.text for each in wanted}


class CountingEncoder:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.asked += sentences
        return np.array([[len(each)] for each in sentences], dtype=np.float32)

    def knows(self, word: str) -> bool:
        return True


def test_each_sentence_is_encoded_once() -> None:
    counting = CountingEncoder()
    encoder = RememberingEncoder(counting)
    assert encoder.encode(["a", "bb", "a"]).tolist() == [[1], [2], [1]]
    assert encoder.encode(["bb", "ccc"]).tolist() == [[2], [3]]
    assert counting.asked == ["a", "bb", "ccc"]


def test_the_costs_are_those_of_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    assert read_costs() == Costs()  # which are the defaults at present
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yml").write_text("pipeline:\n- name: x\n  costs: {missed: 9.0}\n")
    assert read_costs().missed == 9.0


def test_an_example_that_was_exported_is_taught_and_asked_once(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "nlu"
    folder.mkdir(parents=True)
    (folder / "one.yml").write_text("nlu:\n- intent: offer/one\n  examples: |\n    - exported\n")
    with database.write() as session:
        staff = Staff(email="robin@example.org", name="Robin Reviewer", role="reviewer")
        session.add(staff)
        session.add_all([Example(text=text, label="offer/one") for text in ("exported", "only approved")])
        proposed = Example(text="proposed", label="offer/one", state=ExampleState.PROPOSED.value)
        session.add(proposed)
        session.flush()
        effect = ask_for_effect(session, [proposed.id], staff.id)
        material = gather(session, Settings(data_folder=folder.parent), effect.id)
    assert material.taught == [("exported", "offer/one"), ("only approved", "offer/one")]
    assert [each.text for each in material.wanted] == ["exported", "only approved"]
