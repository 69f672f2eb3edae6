"""`assistant ask`, with a desk that repeats what it was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.ask import LineRefusedError, LinesNotAnsweredError, ask, read_line
from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.intake import Incoming
from assistant.enquiries.texts import LONGEST_TEXT, check_text
from assistant.settings import Settings


def make_reply(text: str, **changes: Any) -> dict[str, Any]:
    """A reply of the shape of the public API that says only this text, but for the changes."""
    nothing: dict[str, Any] = {
        "offers": [],
        "topic": None,
        "person": None,
        "people": [],
        "choices": [],
        "expects": None,
    }
    return {"enquiry": "ENQ-7K3F-92QD", "outcome": "info", "replies": [{"text": text}], **nothing, **changes}


def make_offer(name: str, *, published: bool) -> dict[str, Any]:
    contact = {"email": f"{name}@example.org", "phone": None if published else "020 0000", "published": published}
    source = {"title": "The strategy", "published": "2022-11"}
    return {"slug": name, "name": name, "stages": ["commit", "act"], "tier": "current"} | {
        "summary": "Support.",
        "contact": contact,
        "source": source,
    }


class FakeDesk:
    """Says in which conversation a text came, and gives the changes a test wants to its reply."""

    def __init__(self, **changes: Any) -> None:
        self.conversations = 0
        self._changes = changes

    async def open(self, channel: str) -> tuple[str, str]:
        self.conversations += 1
        return f"{channel} {self.conversations}", "secret"

    async def handle(self, conversation: str, token: str, incoming: Incoming) -> dict[str, Any]:
        if incoming.text == "break":
            raise DatabaseUnavailableError("The database refused.")
        return make_reply(f"{conversation}: {incoming.text}", **self._changes)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    return use(FakeDesk(), monkeypatch)


def use(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    @contextmanager
    def opened(settings: Settings) -> Iterator[FakeDesk]:
        yield desk

    monkeypatch.setattr("assistant.cli.ask.opened_desk", opened)
    return desk


def run(*arguments: str, says: str | bytes = "") -> Result:
    return CliRunner().invoke(ask, arguments, input=says, obj=Settings())


def answers_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestOneQuestion:
    def test_it_prints_answer_and_reference(self, desk: FakeDesk) -> None:
        result = run("what is the LFHII?")
        assert "terminal 1: what is the LFHII?" in result.stdout
        assert "ENQ-7K3F-92QD" in result.stdout
        assert result.exit_code == 0

    def test_it_takes_words_without_quotes(self, desk: FakeDesk) -> None:
        assert "what is it" in run("what", "is", "it").stdout

    def test_it_prints_the_reply_as_json(self, desk: FakeDesk) -> None:
        assert answers_of(run("hello", "--json")) == [make_reply("terminal 1: hello")]

    @pytest.mark.parametrize("text", ["", " \u200b ", "a" * (LONGEST_TEXT + 1)])
    def test_it_refuses_what_the_api_refuses(self, desk: FakeDesk, text: str) -> None:
        assert isinstance(run(text).exception, MessageRefusedError)
        assert desk.conversations == 0


class TestWhatIsShown:
    def show(self, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> str:
        use(FakeDesk(**changes), monkeypatch)
        return run("a question").stdout

    def test_it_shows_an_offer_with_its_own_contact(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = self.show(monkeypatch, offers=[make_offer("lfhii", published=True)])
        for line in (
            "lfhii",
            "Commit and act stages, current tier",
            " Contact: lfhii@example.org",
            "Source: The strategy, as published in November 2022",
        ):
            assert line in shown
        assert "General contact" not in shown

    def test_it_says_when_the_contact_is_the_general_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = self.show(monkeypatch, offers=[make_offer("lfhii", published=False)])
        assert "General contact: lfhii@example.org, 020 0000" in shown

    def test_it_shows_each_of_many_offers_with_its_contact(self, monkeypatch: pytest.MonkeyPatch) -> None:
        names = [f"a-name-longer-than-most-{number}" for number in range(19)]
        shown = self.show(monkeypatch, outcome="list", offers=[make_offer(name, published=True) for name in names])
        assert all(f"Contact: {name}@example.org" in shown for name in names)

    def test_it_cuts_no_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = self.show(monkeypatch, offers=[make_offer("long " * 30 + "end", published=True)])
        assert "end" in shown

    def test_it_numbers_choices_instead_of_showing_offers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        choices = [{"id": "x", "label": "The first"}, {"id": "y", "label": "[red]The second"}]
        offers = [make_offer("lfhii", published=True)]
        shown = self.show(monkeypatch, outcome="clarify", offers=offers, choices=choices)
        assert "1. The first" in shown
        assert "2. [red]The second" in shown
        assert "lfhii@example.org" not in shown

    def test_it_shows_the_people_that_the_text_does_not_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        person = {"name": "Ann Example", "role": "Chair"}
        assert "Ann Example, Chair" in self.show(monkeypatch, person=person)
        assert "Ann Example, Chair" in self.show(monkeypatch, people=[person])
        assert "Chair" not in self.show(monkeypatch, person=person, replies=[{"text": "Ann Example leads."}])

    def test_it_shows_no_reference_of_small_talk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Reference" not in self.show(monkeypatch, enquiry=None)


class TestManyQuestions:
    def test_it_answers_each_line_in_a_conversation_of_its_own(self, desk: FakeDesk) -> None:
        result = run(says='{"text": "one"}\n"two"\n\nthree, with "quotes"')
        assert [answer["text"] for answer in answers_of(result)] == ["one", "two", 'three, with "quotes"']
        assert [answer["replies"][0]["text"][:10] for answer in answers_of(result)] == [
            "terminal 1",
            "terminal 2",
            "terminal 3",
        ]
        assert result.exit_code == 0

    def test_it_keeps_lines_of_one_conversation_together(self, desk: FakeDesk) -> None:
        lines = [("a", "x"), ("b", 7), ("c", "x"), ("d", "7"), ("e", 7)]
        said = "\n".join(json.dumps({"text": text, "conversation": name}) for text, name in lines)
        answers = answers_of(run(says=said))
        assert [answer["conversation"] for answer in answers] == ["x", 7, "x", "7", 7]
        assert [answer["replies"][0]["text"] for answer in answers] == [
            "terminal 1: a",
            "terminal 2: b",
            "terminal 1: c",
            "terminal 3: d",
            "terminal 2: e",
        ]

    def test_it_gives_the_reply_of_the_api_beside_what_was_asked(self, desk: FakeDesk) -> None:
        assert answers_of(run(says="hello")) == [{"text": "hello", **make_reply("terminal 1: hello")}]

    @pytest.mark.parametrize(
        "line", [b"{broken", b"[1]", b"42", b'{"text": 1}', b'{"question": "x"}', b"\xff\xfe", b'""', b"[" * 100_000]
    )
    def test_it_answers_the_others_when_a_line_is_not_usable(self, desk: FakeDesk, line: bytes) -> None:
        result = run(says=b"first\n" + line + b"\nlast\n")
        first, refused, last = answers_of(result)
        assert "error" in refused and "replies" not in refused
        assert (first["text"], last["text"]) == ("first", "last")
        assert isinstance(result.exception, LinesNotAnsweredError)

    def test_it_tells_an_error_of_ours_in_the_line(self, desk: FakeDesk) -> None:
        [answer] = answers_of(run(says='{"text": "break", "conversation": 3}'))
        assert answer == {"text": "break", "conversation": 3, "error": "The database refused."}

    def test_it_gives_lone_surrogates_back_as_escapes(self, desk: FakeDesk) -> None:
        result = run(says='{"text": "\\ud800 caf\\u00e9"}')
        assert answers_of(result)[0]["text"] == "\ud800 café"
        assert "café" in result.stdout

    def test_it_passes_over_the_signature_of_a_file_from_windows(self, desk: FakeDesk) -> None:
        assert answers_of(run(says=b'\xef\xbb\xbf{"text": "one"}\r\n'))[0]["text"] == "one"


class TestAnyLine:
    @given(st.binary())
    def test_it_gives_a_text_or_refuses(self, line: bytes) -> None:
        try:
            assert isinstance(read_line(line)["text"], str)
        except LineRefusedError as error:
            assert str(error)

    @given(st.text())
    def test_it_checks_any_text(self, text: str) -> None:
        try:
            assert check_text(text)
        except MessageRefusedError as error:
            assert "empty" in str(error)


class TestTheLimit:
    def test_it_counts_as_a_person_does(self) -> None:
        assert check_text("e\u0301" * LONGEST_TEXT)
