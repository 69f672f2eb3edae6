"""`assistant chat`, with a desk that offers two choices when it is asked which."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner

from assistant.cli.chat import Chat, chat
from assistant.db.engine import DatabaseUnavailableError
from assistant.enquiries.intake import Incoming
from assistant.settings import Settings

CHOICES = [{"id": "id-a", "label": "The first"}, {"id": "id-b", "label": "The second"}]


class FakeDesk:
    """Keeps what came, with the number of its conversation."""

    def __init__(self) -> None:
        self.conversations = 0
        self.came: list[tuple[str, str]] = []  # conversation, and the text or choice

    async def open(self, channel: str) -> tuple[str, str]:
        self.conversations += 1
        return str(self.conversations), "secret"

    async def handle(self, conversation: str, token: str, incoming: Incoming) -> dict[str, Any]:
        self.came.append((conversation, incoming.choice or incoming.text))
        if incoming.text == "break":
            raise DatabaseUnavailableError("The database refused.")
        return {
            "enquiry": None,
            "outcome": "clarify" if incoming.text == "which" else "info",
            "replies": [{"text": f"Answer to {incoming.choice or incoming.text}."}],
            "offers": [],
            "person": None,
            "people": [],
            "choices": CHOICES if incoming.text == "which" else [],
        }


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    desk = FakeDesk()

    @contextmanager
    def opened(settings: Settings) -> Iterator[FakeDesk]:
        yield desk

    monkeypatch.setattr("assistant.cli.chat.opened_desk", opened)
    return desk


def say(*lines: str | bytes) -> str:
    """What is shown when these lines come from a pipe."""
    typed = b"".join(line.encode() + b"\n" if isinstance(line, str) else line + b"\n" for line in lines)
    result = CliRunner().invoke(chat, input=typed, obj=Settings(), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


class TestTalking:
    def test_it_says_what_it_is_and_how_old_its_facts_are(self, desk: FakeDesk) -> None:
        shown = say()
        assert "computer program" in shown
        assert "November 2022" in shown

    def test_it_answers_in_one_conversation(self, desk: FakeDesk) -> None:
        shown = say("hello", "who leads it?")
        assert "You: hello\nAnswer to hello." in shown
        assert "Answer to who leads it?" in shown
        assert desk.came == [("1", "hello"), ("1", "who leads it?")]

    def test_it_passes_over_empty_lines(self, desk: FakeDesk) -> None:
        say("", "  ", "\u200b", "hello")
        assert desk.came == [("1", "hello")]

    def test_it_takes_bytes_that_are_no_text(self, desk: FakeDesk) -> None:
        say(b"caf\xff")
        assert desk.came == [("1", "caf\ufffd")]

    def test_it_shows_what_looks_like_markup_as_it_is(self, desk: FakeDesk) -> None:
        assert "You: [red]x[/nope]" in say("[red]x[/nope]")

    def test_it_tells_an_error_and_goes_on(self, desk: FakeDesk) -> None:
        shown = say("break", "a" * 1001, "hello")
        assert "The database refused." in shown
        assert "Please shorten it to 1,000 characters." in shown
        assert "Answer to hello." in shown


class TestChoosing:
    def test_it_sends_the_choice_of_a_number(self, desk: FakeDesk) -> None:
        shown = say("which", "2")
        assert "1. The first" in shown
        assert desk.came == [("1", "which"), ("1", "id-b")]

    @pytest.mark.parametrize("typed", ["1.", "1)", " 1 "])
    def test_it_takes_numbers_as_people_write_them(self, desk: FakeDesk, typed: str) -> None:
        say("which", typed)
        assert desk.came[-1] == ("1", "id-a")

    @pytest.mark.parametrize("typed", ["0", "3"])
    def test_it_keeps_the_choices_open_after_another_number(self, desk: FakeDesk, typed: str) -> None:
        shown = say("which", typed, "1")
        assert f"There is no choice {typed}." in shown
        assert desk.came == [("1", "which"), ("1", "id-a")]

    def test_it_keeps_the_choices_open_after_an_error(self, desk: FakeDesk) -> None:
        say("which", "break", "1")
        assert desk.came[-1] == ("1", "id-a")

    def test_it_takes_a_number_as_text_once_the_choices_are_gone(self, desk: FakeDesk) -> None:
        say("which", "the other one", "1")
        assert desk.came[-1] == ("1", "1")


class TestCommands:
    def test_it_lists_them(self, desk: FakeDesk) -> None:
        shown = say("/help")
        assert "/new" in shown and "/quit" in shown
        assert desk.came == []

    def test_it_starts_anew(self, desk: FakeDesk) -> None:
        say("which", "/new", "1")
        assert desk.came == [("1", "which"), ("2", "1")]

    def test_it_leaves(self, desk: FakeDesk) -> None:
        assert "Goodbye" in say("/quit", "hello")
        assert desk.came == []

    def test_it_says_so_when_there_is_none_of_that_name(self, desk: FakeDesk) -> None:
        assert "There is no /hepl." in say("/hepl")

    def test_it_sends_what_only_looks_like_one(self, desk: FakeDesk) -> None:
        say('/greet{"slot": "x"}', "/ or both")
        assert desk.came == [("1", '/greet{"slot": "x"}'), ("1", "/ or both")]


class TestLeaving:
    def test_it_takes_the_end_of_the_input_as_goodbye(self, desk: FakeDesk) -> None:
        assert say("hello").endswith("Goodbye, and all the best with your work.\n")

    @pytest.mark.parametrize("key", [EOFError, KeyboardInterrupt])
    async def test_it_ends_on_control_keys(self, desk: FakeDesk, key: type[BaseException]) -> None:
        async def read() -> str:
            raise key

        await Chat(desk, read).run()
        assert desk.came == []

    def test_it_is_polite_when_it_is_interrupted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(settings: Settings) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("assistant.cli.chat.opened_desk", interrupted)
        assert "Goodbye" in say()
