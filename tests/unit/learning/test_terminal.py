"""The report in a terminal."""

import io

from rich.console import Console

from assistant.learning.evaluation.report import Report
from assistant.learning.evaluation.terminal import MOST_CHANGES, show_report
from tests.unit.learning.made_up_run import make_answer, make_question, make_run, make_turn, report_on

WRONG = {"problems": ("outcome unanswered, not offer",)}


def shown(report: Report) -> str:
    printed = io.StringIO()
    Console(file=printed, width=120).print(show_report(report))
    return printed.getvalue()


class TestTerminal:
    def test_it_shows_the_headline_with_what_it_was_before(self) -> None:
        before, after = make_run(make_answer(**WRONG)), make_run(make_answer(), turns=(make_turn(),))
        lines = shown(report_on(after, report_on(before))).splitlines()
        [right] = [line.split() for line in lines if line.startswith("right overall")]
        assert right[2:] == ["100.0%", "1/1", "0.0%"]

    def test_it_shows_a_dash_for_what_was_not_measured(self) -> None:
        assert "dialogue turns right" in shown(report_on(make_run()))
        assert "–" in shown(report_on(make_run()))

    def test_it_shows_offers_with_what_they_were_taken_for(self) -> None:
        assert "unanswered (1)" in shown(report_on(make_run(make_answer(outcome="unanswered", **WRONG))))

    def test_it_shows_no_markup_of_a_question(self) -> None:
        question = make_question("[red]is this[/nonsense] a [link=x]question")
        assert "[red]is this[/nonsense] a [link=x]question" in shown(report_on(make_run(make_answer(question))))

    def test_it_shortens_long_questions_to_a_line(self) -> None:
        text = shown(report_on(make_run(make_answer(make_question("long \n" * 100)))))
        assert "long long" in text
        assert "…" in text

    def test_it_lists_changes_up_to_a_screenful(self) -> None:
        questions = [make_question(f"number {number}?") for number in range(MOST_CHANGES + 3)]
        before = make_run(*(make_answer(question) for question in questions))
        after = make_run(*(make_answer(question, **WRONG) for question in questions))
        text = shown(report_on(after, report_on(before)))
        assert f"Newly wrong: {MOST_CHANGES + 3}" in text
        assert "and 3 more" in text
        assert "Newly right: none" in text
