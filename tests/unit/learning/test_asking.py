"""Asking at a desk, with a desk that keeps what it was asked."""

from typing import Any

import pytest

from assistant.learning.evaluation.asking import WARM_UP, Examiner
from assistant.learning.evaluation.question_files import Examination
from assistant.learning.evaluation.questions import Dialogue
from assistant.learning.evaluation.run import Certainty
from tests.unit.learning.made_up_run import FACTS, FakeDesk, make_question, make_reply


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def examiner(desk: FakeDesk) -> Examiner:
    return Examiner(desk, desk, desk.redactor, FACTS)


def make_dialogue(*turns: dict[str, Any]) -> Dialogue:
    return Dialogue.model_validate({"name": "asks", "turns": turns})


class TestQuestions:
    async def test_it_asks_each_in_a_conversation_of_its_own(self, desk: FakeDesk, examiner: Examiner) -> None:
        questions = (make_question("one?"), make_question("two?"))
        run = await examiner.ask_everything(Examination(questions, ()))
        asked = [(conversation, incoming.text) for conversation, incoming in desk.received]
        assert asked == [("evaluation 1", WARM_UP), ("evaluation 2", "one?"), ("evaluation 3", "two?")]
        assert [answer.question.text for answer in run.answers] == ["one?", "two?"]
        assert run.model == "fake.tar.gz"

    async def test_it_tells_how_far_it_is(self, examiner: Examiner) -> None:
        ticks: list[int] = []
        dialogue = make_dialogue({"says": "one"}, {"says": "two"})
        await examiner.ask_everything(Examination((make_question(),), (dialogue,)), lambda: ticks.append(1))
        assert len(ticks) == 2

    async def test_it_judges_the_reply_and_its_contact(self, examiner: Examiner) -> None:
        answer = await examiner.ask(make_question())
        assert answer.is_right
        assert answer.has_right_contact
        assert answer.got.offers == ("lfhii",)

    async def test_it_judges_no_contact_of_a_wrong_answer(self, desk: FakeDesk, examiner: Examiner) -> None:
        desk.replies = {"what is it?": make_reply("unanswered")}
        answer = await examiner.ask(make_question("what is it?"))
        assert not answer.is_right
        assert answer.has_right_contact is None

    async def test_it_keeps_how_sure_the_engine_is(self, examiner: Examiner) -> None:
        certainty = (await examiner.ask(make_question())).certainty
        assert certainty.confidence == 0.6
        assert certainty.known == pytest.approx(0.75)  # all that is not out of scope
        assert certainty.ranking == (("offer/lfhii", 0.6), ("out_of_scope", 0.2), ("topic/commit", 0.1))

    async def test_it_shows_the_engine_what_the_desk_would(self, desk: FakeDesk, examiner: Examiner) -> None:
        await examiner.ask(make_question("I am ann@example.net, and who is hub@example.org?"))
        assert "ann@example.net" not in desk.parsed[0]
        assert "hub@example.org" in desk.parsed[0]

    async def test_it_never_shows_the_engine_a_crisis(self, desk: FakeDesk, examiner: Examiner) -> None:
        desk.replies = {"I cannot go on": make_reply("crisis")}
        answer = await examiner.ask(make_question("I cannot go on", "crisis"))
        assert answer.certainty == Certainty()
        assert desk.parsed == []

    async def test_it_goes_on_when_the_engine_fails(self, desk: FakeDesk, examiner: Examiner) -> None:
        desk.fails_to_parse = True
        assert (await examiner.ask(make_question())).certainty == Certainty()


class TestDialogues:
    async def test_it_stays_in_one_conversation(self, desk: FakeDesk, examiner: Examiner) -> None:
        turns = await examiner.go_through(make_dialogue({"says": "one"}, {"says": "two", "outcome": "list"}))
        assert [conversation for conversation, _ in desk.received] == ["evaluation 1"] * 2
        assert [(turn.number, turn.is_right) for turn in turns] == [(1, True), (2, False)]

    async def test_it_picks_the_choice_whose_label_has_the_words(self, desk: FakeDesk, examiner: Examiner) -> None:
        choices = [{"id": "x", "label": "None of these"}, {"id": "y", "label": "The Member hub"}]
        desk.replies = {"which?": make_reply("clarify", choices=choices), "y": make_reply("list")}
        turns = await examiner.go_through(make_dialogue({"says": "which?"}, {"picks": "member", "outcome": "list"}))
        assert [turn.is_right for turn in turns] == [True, True]

    async def test_it_is_wrong_when_there_is_nothing_to_pick(self, desk: FakeDesk, examiner: Examiner) -> None:
        turns = await examiner.go_through(make_dialogue({"picks": "member"}, {"says": "well?"}))
        assert turns[0].problems == ("no choice with “member” was offered",)
        assert turns[0].got is None
        assert turns[1].is_right

    async def test_it_sends_a_form(self, desk: FakeDesk, examiner: Examiner) -> None:
        form = {"question": "Is there parking?", "name": "Ann", "email": "ann@example.net", "consent": True}
        [turn] = await examiner.go_through(make_dialogue({"form": form}))
        assert desk.received[0][1].form is not None
        assert turn.sent == "leaves by form: Is there parking?"
