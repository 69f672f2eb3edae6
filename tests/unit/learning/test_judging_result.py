"""What judging found, from two runs that nobody asked."""

from typing import Any

import pytest

from assistant.learning.evaluation.run import Answer, Got, Run
from assistant.learning.judging.judge import ASKING_CANDIDATE, ASKING_LIVE, ask_both
from assistant.learning.judging.material import Asked, Material, Source
from assistant.learning.judging.pairs import Measure
from assistant.learning.judging.result import FEWEST, Result, compare
from tests.unit.learning.made_up_run import FACTS, FakeDesk, make_answer, make_question, make_reply, make_run, make_turn

CANARY = "my sister Zebedee was turned down"
WRONG = {"problems": ("offers none, not lfhii",), "got": Got(outcome="unanswered")}


def make_asked(number: int, source: Source = Source.CURATED, outcome: str = "offer") -> Asked:
    text = f"question {number}?"
    if source is Source.ENQUIRY:
        return Asked(source, f"ENQ-{number}", make_question(f"{CANARY} {number}", outcome, file="enquiry"))
    return Asked(source, text, make_question(text, outcome))


def make_material(*asked: Asked, **changes: Any) -> Material:
    """These questions, and as many others that a judgement needs."""
    others = tuple(make_asked(1000 + number) for number in range(FEWEST))
    return Material(
        **{"facts": FACTS, "asked": asked + others, "dialogues": (), "left_out": 0, "has_curated": True, **changes}
    )


def answers(material: Material, wrong: dict[int, dict[str, Any]]) -> Run:
    """A run in which all is right but the questions of these places."""
    found: list[Answer] = []
    for number, asked in enumerate(material.asked):
        outcome = asked.question.wanted.value
        found.append(make_answer(asked.question, outcome, **wrong.get(number, {})))
    return make_run(*found)


def judge(material: Material, live: dict[int, dict[str, Any]], candidate: dict[int, dict[str, Any]]) -> Result:
    return compare(material, answers(material, live), answers(material, candidate), 1.0)


def by_key(result: Result) -> dict[str, Measure]:
    return {each.key: each for each in result.measures}


class TestMeasures:
    def test_the_same_answers_are_not_worse(self) -> None:
        result = judge(make_material(), {3: WRONG}, {3: WRONG})
        assert not result.is_worse and result.why == () and result.better == result.worse == ()
        assert by_key(result)["right"].live == FEWEST - 1

    def test_a_few_that_differ_are_noise_and_many_are_not(self) -> None:
        assert not judge(make_material(), {}, {number: WRONG for number in range(6)}).is_worse
        result = judge(make_material(), {}, {number: WRONG for number in range(7)})
        assert result.is_worse
        assert [key for key, each in by_key(result).items() if each.is_worse] == ["right", "top_offer", "refused"]
        assert result.why[0] == (
            "All answers right: 93 of 100, live 100. 7 got worse and 0 better; "
            "chance alone does that once in 128 times."
        )

    def test_each_source_has_a_measure_of_its_own(self) -> None:
        asked = [make_asked(number, Source.ENQUIRY) for number in range(3)] + [make_asked(9, Source.GUARD)]
        result = judge(make_material(*asked), {}, {0: WRONG, 3: WRONG})
        found = by_key(result)
        assert (found["enquiries"].of, found["enquiries"].worse, found["guards"].of, found["guards"].worse) == (
            3,
            1,
            1,
            1,
        )
        assert result.asked == {"curated": FEWEST, "enquiry": 3, "guard": 1}

    def test_questions_beyond_us_are_to_be_refused(self) -> None:
        material = make_material(*(make_asked(number, outcome="out_of_scope") for number in range(8)))
        taken = {"problems": ("outcome offer, not out_of_scope",), "got": Got(outcome="offer", offers=("lfhii",))}
        result = judge(material, {}, {number: taken for number in range(8)})
        assert by_key(result)["recall"].is_worse and not by_key(result)["refused"].is_worse

    @pytest.mark.parametrize("before", [True, None])
    def test_not_one_contact_may_be_wrong_that_was_not(self, before: bool | None) -> None:
        result = judge(make_material(), {0: {"has_right_contact": before}}, {0: {"has_right_contact": False}})
        assert result.is_worse
        assert result.why == ("Contact right with every right offer: wrong in 1 where it was not. Not one may be.",)

    def test_a_contact_that_was_wrong_before_does_not_count(self) -> None:
        wrong = {0: {"has_right_contact": False}}
        assert not judge(make_material(), wrong, wrong).is_worse

    def test_turns_count_as_well(self) -> None:
        material = make_material()
        live, wrong = [make_turn(number=number) for number in range(8)], ("offers none, not lfhii",)
        candidate = [make_turn(number=number, problems=wrong) for number in range(8)]
        runs = (answers(material, {}).model_copy(update={"turns": tuple(turns)}) for turns in (live, candidate))
        result = compare(material, *runs, 1.0)
        assert by_key(result)["turns"].is_worse
        assert result.worse[0].what == "asks twice, turn 0, says: and that?" and result.worse[0].source == "dialogue"

    def test_too_few_questions_say_too_little(self) -> None:
        material = Material(FACTS, (make_asked(1),), (), 0, has_curated=False)
        result = judge(material, {}, {})
        assert result.is_worse and "Only 1 questions could be asked" in result.why[0]


class TestChanges:
    def test_each_question_says_what_got_better_and_worse(self) -> None:
        result = judge(make_material(make_asked(1), make_asked(2)), {0: WRONG}, {1: WRONG})
        assert [(each.what, each.problems) for each in result.better] == [("question 1?", WRONG["problems"])]
        assert [each.what for each in result.worse] == ["question 2?"]

    def test_no_members_words_are_in_it(self) -> None:
        asked = [make_asked(number, Source.ENQUIRY) for number in range(9)]
        written = judge(make_material(*asked), {0: WRONG}, {number: WRONG for number in range(1, 9)}).model_dump_json()
        assert "ENQ-3" in written and "ENQ-0" in written
        assert "Zebedee" not in written and "turned down" not in written

    def test_it_is_kept_as_plain_values(self) -> None:
        result = judge(make_material(), {}, {0: WRONG})
        assert Result.model_validate(result.model_dump(mode="json")) == result


class SwappedDesk(FakeDesk):
    """A desk whose engine can be replaced, and which answers as its engine does."""

    def __init__(self) -> None:
        super().__init__()
        self._engine: FakeDesk = self

    @property
    def engine(self) -> FakeDesk:
        return self._engine

    @engine.setter
    def engine(self, engine: FakeDesk) -> None:
        self._engine, self.replies = engine, engine.replies


class TestAsking:
    async def test_both_are_asked_the_same_at_one_desk_in_fresh_conversations(self) -> None:
        candidate = FakeDesk({"question 2?": make_reply("unanswered")})
        candidate.model = "second.tar.gz"
        desk, told = SwappedDesk(), []
        material = Material(FACTS, (make_asked(1), make_asked(2)), (), 0, has_curated=True)
        runs = await ask_both(desk, lambda: candidate, material, lambda stage, done: told.append((stage, done)))  # type: ignore[arg-type, return-value]
        assert [run.model for run in runs] == ["fake.tar.gz", "second.tar.gz"]
        assert [[answer.is_right for answer in run.answers] for run in runs] == [[True, True], [True, False]]
        words = [incoming.text for _, incoming in desk.received]
        assert words[:3] == words[3:] and len({conversation for conversation, _ in desk.received}) == 6
        assert [stage for stage, _ in told] == [ASKING_LIVE] * 3 + [ASKING_CANDIDATE] * 3
        assert [done for _, done in told] == sorted(done for _, done in told) and told[-1][1] == pytest.approx(1.0)
