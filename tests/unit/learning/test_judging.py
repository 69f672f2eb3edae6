"""Replies against what is expected of them."""

from typing import Any

import pytest

from assistant.learning.evaluation.judging import find_problems, has_right_contact
from assistant.learning.evaluation.questions import Turn
from tests.unit.learning.made_up_run import FACTS, make_question, make_reply


def problems_of(reply: dict[str, Any], **expected: Any) -> list[str]:
    return find_problems(Turn.model_validate({"says": "hello", **expected}), reply, FACTS.people)


class TestProblems:
    def test_it_finds_none_where_all_is_as_expected(self) -> None:
        expected = {
            "outcome": "offer",
            "offers": ["lfhii"],
            "contact": "general@example.org",
            "contains": ["FRAMEWORK"],
        }
        assert problems_of(make_reply(), expects=None, **expected) == []

    def test_it_judges_only_what_is_given(self) -> None:
        assert problems_of(make_reply("info", topic="commit", expects="name")) == []

    @pytest.mark.parametrize(
        ("expected", "problem"),
        [
            ({"outcome": "list"}, "outcome offer, not list"),
            ({"outcome": ["list", "clarify"]}, "outcome offer, not list or clarify"),
            ({"offers": []}, "offers lfhii, not none"),
            ({"offers": ["lfhii", "primary-care-hub"]}, "offers lfhii, not lfhii, primary-care-hub"),
            ({"topic": "commit"}, "topic none, not commit"),
            ({"person": "joan-saddler"}, "person none, not Joan Saddler"),
            ({"expects": "name"}, "expects nothing, not name"),
            ({"contact": "hub@example.org"}, "contact is not hub@example.org"),
            ({"contains": ["The framework", "price"]}, "does not say “price”"),
        ],
    )
    def test_it_says_what_differs(self, expected: dict[str, Any], problem: str) -> None:
        assert problems_of(make_reply(), **expected) == [problem]

    def test_it_wants_no_open_step_where_null_is_written(self) -> None:
        assert problems_of(make_reply(expects="name"), expects=None) == ["expects name, not nothing"]

    @pytest.mark.parametrize("outcome", ["out_of_scope", "unanswered"])
    def test_it_takes_one_way_of_refusing_for_the_other(self, outcome: str) -> None:
        question = make_question("who won?", "out_of_scope")
        assert find_problems(question, make_reply(outcome), FACTS.people) == []


class TestContact:
    def reply(self, slug: str, email: str, *, published: bool, said: str) -> dict[str, Any]:
        offer = {"slug": slug, "contact": {"email": email, "published": published}}
        return make_reply(offers=[offer], replies=[{"text": f"Write to {said}."}])

    def test_it_is_right_as_printed(self) -> None:
        reply = self.reply("primary-care-hub", "hub@example.org", published=True, said="hub@example.org")
        assert has_right_contact(reply, FACTS)

    def test_it_is_right_as_the_general_one_where_none_is_printed(self) -> None:
        reply = self.reply("lfhii", "general@example.org", published=False, said="general@example.org")
        assert has_right_contact(reply, FACTS)

    @pytest.mark.parametrize(
        ("slug", "email", "published", "said"),
        [
            ("primary-care-hub", "general@example.org", False, "general@example.org"),
            ("lfhii", "hub@example.org", True, "hub@example.org"),
            ("lfhii", "general@example.org", True, "general@example.org"),
            ("primary-care-hub", "hub@example.org", True, "us"),
        ],
    )
    def test_it_is_wrong_otherwise(self, slug: str, email: str, published: bool, said: str) -> None:
        assert not has_right_contact(self.reply(slug, email, published=published, said=said), FACTS)
