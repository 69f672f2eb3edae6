"""What changed between two runs."""

from datetime import timedelta

from assistant.learning.evaluation.comparison import Changes, compare
from assistant.learning.evaluation.figures import work_out_figures
from assistant.learning.evaluation.run import Answer, Run, TurnTaken
from tests.unit.learning.made_up_run import MORNING, make_answer, make_question, make_run, make_turn

WRONG = ("outcome list, not offer",)


def ask(text: str, problems: tuple[str, ...] = (), file: str = "questions.yml") -> Answer:
    return make_answer(make_question(text, file=file), problems=problems)


def changes_between(before: Run, after: Run) -> Changes:
    return compare(before, work_out_figures(before), after)


class TestChanges:
    def test_it_tells_what_is_newly_right_and_newly_wrong(self) -> None:
        before = make_run(ask("mended?", WRONG), ask("broken?"), ask("bad as ever?", WRONG), ask("good as ever?"))
        after = make_run(
            ask("mended?"), ask("broken?", ("topic none",)), ask("bad as ever?", WRONG), ask("good as ever?")
        )
        changes = changes_between(before, after)
        assert [(change.what, change.problems) for change in changes.newly_right] == [("mended?", WRONG)]
        assert [(change.what, change.problems) for change in changes.newly_wrong] == [("broken?", ("topic none",))]

    def test_it_tells_turns_of_dialogues_apart(self) -> None:
        def turns(*problems: tuple[str, ...]) -> tuple[TurnTaken, ...]:
            return tuple(make_turn(number=number, problems=each) for number, each in enumerate(problems, start=1))

        changes = changes_between(make_run(turns=turns((), ())), make_run(turns=turns((), WRONG)))
        assert [change.what for change in changes.newly_wrong] == ["asks twice, turn 2, says: and that?"]

    def test_it_knows_the_same_words_in_two_files_apart(self) -> None:
        before = make_run(ask("this?"), ask("this?", file="questions_second.yml"))
        after = make_run(ask("this?"), ask("this?", WRONG, file="questions_second.yml"))
        assert len(changes_between(before, after).newly_wrong) == 1

    def test_it_counts_what_was_asked_only_once_and_calls_it_neither_better_nor_worse(self) -> None:
        changes = changes_between(make_run(ask("old?"), ask("older?")), make_run(ask("new?", WRONG)))
        assert (changes.added, changes.gone) == (1, 2)
        assert changes.newly_right == changes.newly_wrong == ()

    def test_it_says_which_run_it_compares_with(self) -> None:
        before = make_run(ask("this?"), model="before.tar.gz", at=MORNING - timedelta(days=1))
        changes = changes_between(before, make_run(ask("this?")))
        assert (changes.model, changes.at) == ("before.tar.gz", MORNING - timedelta(days=1))
        assert changes.figures.right.of == 1
