"""Identifiers, names and published people together, with a finder of names that a test makes up."""

import re
from collections.abc import Callable

import pytest

from assistant.db.engine import Database
from assistant.enquiries.redaction import _Rank
from assistant.enquiries.redactor import Published, Redactor, redact_all
from assistant.matching.names.finder import PLACEHOLDER
from assistant.matching.names.own import OwnNames
from assistant.matching.names.published import PublishedPeople
from assistant.matching.names.words import Span
from assistant.settings import Settings

PUBLISHED = Published(
    ["carol.hill@nhsconfed.org", "020 7799 6666"],
    PublishedPeople({"joan-saddler": ["Joan Saddler OBE", "Saddler"], "matthew-taylor": ["Matthew Taylor"]}),
)


def finding(*names: str) -> Callable[[str], list[Span]]:
    """A finder that knows just these names."""
    return lambda text: sorted(match.span() for name in names for match in re.finditer(re.escape(name), text))


class TestRedactAll:
    @pytest.mark.parametrize(
        ("text", "names", "redacted"),
        [
            ("I am Ade Okafor", ["Ade Okafor"], "I am [name]"),
            ("Ade and Bo, ade@nhs.net", ["Ade", "Bo"], "[name] and [name], [email]"),
            ("Who is Joan Saddler OBE?", ["Joan Saddler"], "Who is [person:joan-saddler]?"),
            ("mathew taylor's role", [], "[person:matthew-taylor]'s role"),
            ("Ade met Ms Saddler", ["Ade", "Saddler"], "[name] met [person:joan-saddler]"),
            ("Peter Saddler of estates", ["Peter Saddler"], "[name] of estates"),
            ("Is Carol Hill in?", ["Carol Hill"], "Is Carol Hill in?"),
            ("carol.hill@nhsconfed.org", ["carol", "hill"], "carol.hill@nhsconfed.org"),
            ("carol hill and Ade", ["carol hill", "Ade"], "carol hill and [name]"),
            ("Carole Hilton", ["Carole Hilton"], "[name]"),
            ("nothing here", [], "nothing here"),
            ("", [], ""),
        ],
    )
    def test_it_takes_out_what_is_personal(self, text: str, names: list[str], redacted: str) -> None:
        assert redact_all(text, PUBLISHED, finding(*names)) == redacted

    @pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u2060"])
    def test_hidden_characters_hide_no_name(self, hidden: str) -> None:
        text = f"I am {hidden.join('Ade Okafor')}."
        assert redact_all(text, PUBLISHED, finding("Ade Okafor")) == "I am [name]."

    def test_a_misspelt_name_of_ours_stays(self) -> None:
        ours = Published((), PublishedPeople({}), OwnNames(["Welsh Confederation"]))
        text = "Wilsh Confedration, says Ade"
        assert redact_all(text, ours, finding("Wilsh Confedration", "Ade")) == "Wilsh Confedration, says [name]"

    def test_full_width_letters_hide_no_name(self) -> None:
        wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "Ade")
        assert redact_all(f"I am {wide}", PUBLISHED, finding("Ade")) == "I am [name]"

    def test_a_label_is_no_person(self) -> None:
        text = "[person:joan-saddler] and [name]"
        assert redact_all(text, PUBLISHED, finding()) == text


@pytest.mark.parametrize("rank", [rank for rank in _Rank if rank is not _Rank.KEPT])
def test_every_label_of_redaction_is_known_to_whatever_finds_names(rank: _Rank) -> None:
    assert PLACEHOLDER.fullmatch(rank.label)


class TestRedactor:
    def test_it_knows_what_the_catalogue_publishes(self, database: Database, settings: Settings) -> None:
        redactor = Redactor(database, settings, finding("Ade"))
        text = f"Ade asks for Habib Naqvi, carol.hill@nhsconfed.org, {settings.general_email} or ade@nhs.net"
        expected = (
            f"[name] asks for [person:habib-naqvi], carol.hill@nhsconfed.org, {settings.general_email} or [email]"
        )
        assert redactor(text) == expected
