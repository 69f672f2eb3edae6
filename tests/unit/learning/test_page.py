"""The page of the report: what it says, that it needs nothing else, and that no question breaks it."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from assistant.learning.evaluation.facts import Facts
from assistant.learning.evaluation.page import render_page
from assistant.learning.evaluation.report import Report
from assistant.learning.evaluation.run import Certainty, Got
from tests.unit.learning.made_up_run import FACTS, make_answer, make_question, make_run, make_turn, report_on

ATTACK = '<script>alert("1")</script> & <b>$x_1$</b>'
VOID = {"meta", "br", "link", "input", "img", "hr"}


class Outline(HTMLParser):
    """Collects tags with their attributes, and tags that are not closed in their turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unbalanced.append(tag)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)

    def values(self, attribute: str) -> list[str | None]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


def make_report(text: str = "what is the LFHII?") -> Report:
    """A run with something in every part of the report, compared with one in which that was the other way round."""
    question = make_question(text, kind="story")
    strange = make_question("who won the cup?", "out_of_scope", entry=2)
    wrong = {"problems": ("outcome unanswered, not offer",)}
    sure = Certainty(confidence=0.3, known=0.4, ranking=(("topic/commit", 0.3),))
    before = make_run(make_answer(question), make_answer(strange, **wrong), turns=(make_turn(),))
    after = make_run(
        make_answer(question, outcome="person", certainty=sure, **wrong),
        make_answer(strange, outcome="unanswered", sure=0.1),
        make_answer(make_question("new?"), sure=0.95),
        turns=(make_turn(got=Got(outcome="list", offers=("primary-care-hub",)), **wrong),),
    )
    return report_on(after, report_on(before))


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(make_report(), FACTS)


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


class TestWords:
    def test_it_shows_the_figures(self, page: str) -> None:
        assert "66.7%" in page
        assert "2 of 3" in page

    def test_it_shows_a_wrong_question_with_expected_and_got(self, page: str) -> None:
        words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        assert "Expected offer: Inequalities framework Got person Sure 30.0% Weighed topic/commit 30.0%" in words
        assert "Where questions.yml, entry 1, story" in words

    def test_it_shows_a_wrong_turn(self, page: str) -> None:
        assert "asks twice, turn 2" in page
        assert "list: Member hub" in page

    def test_it_shows_what_changed(self, page: str) -> None:
        assert "Newly right: 1" in page
        assert "Newly wrong: 2" in page

    def test_it_says_nothing_of_changes_in_a_first_run(self) -> None:
        assert "Newly" not in render_page(report_on(make_run(make_answer())), FACTS)

    def test_it_has_a_page_for_a_run_of_nothing(self) -> None:
        assert "There are none." in render_page(report_on(make_run()), FACTS)


class TestEscaping:
    def test_it_shows_what_was_asked_as_text_everywhere(self) -> None:
        page = render_page(make_report(ATTACK), FACTS)
        assert Outline(page).count("script") == 0
        assert page.count("&lt;script&gt;alert(&#34;1&#34;)") == 4  # changed, least certain, slow, wrong

    def test_it_draws_the_names_of_offers_as_they_are(self) -> None:
        facts = Facts(**{**vars(FACTS), "offers": {"lfhii": ATTACK, "primary-care-hub": "$5 & more $"}})
        page = render_page(make_report(), facts)
        assert Outline(page).count("script") == 0
        assert "$5 &amp; more $" in page[page.index("<svg") :]


class TestForm:
    def test_it_loads_nothing(self, page: str, outline: Outline) -> None:
        assert [outline.count(tag) for tag in ("script", "link", "img", "iframe", "image")] == [0] * 5
        assert outline.values("src") == []
        assert all(target and target.startswith("#") for target in outline.values("href"))
        assert "@import" not in page
        assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", page))

    def test_it_closes_every_tag(self, outline: Outline) -> None:
        assert outline.unbalanced == []

    def test_it_gives_each_id_once(self, outline: Outline) -> None:
        assert [each for each, count in Counter(outline.values("id")).items() if count > 1] == []

    def test_it_points_only_to_what_is_there(self, outline: Outline) -> None:
        there = {f"#{each}" for each in outline.values("id")}
        assert {each for name in ("href", "xlink:href") for each in outline.values(name)} <= there

    def test_it_names_every_table_heading_cell_and_picture(self, outline: Outline) -> None:
        pictures = [attributes for tag, attributes in outline.tags if tag == "svg"]
        ids = set(outline.values("id"))
        assert outline.count("table") == outline.count("caption") > 0
        assert all(attributes.get("scope") in ("col", "row") for tag, attributes in outline.tags if tag == "th")
        assert len(pictures) == 3
        for attributes in pictures:
            assert attributes["role"] == "img"
            assert set((attributes["aria-labelledby"] or "").split()) <= ids

    def test_it_is_the_same_page_for_the_same_run(self, page: str) -> None:
        assert render_page(make_report(), FACTS) == page
