from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.errors import CatalogueFileError
from assistant.catalogue.files import read_catalogue
from assistant.catalogue.loader import TABLES, load_catalogue

Entries = list[dict[str, Any]]
EditFile = Callable[[str, Callable[[Entries], object]], None]


@dataclass(frozen=True)
class Broken:
    """One way to break one file, the entry and field that the message names, and what else it says."""

    kind: str
    change: Callable[[list[Any]], object]
    place: str
    words: str


BROKEN = {
    "wrong stage": Broken(
        "offers",
        lambda offers: offers[2].update(stages=["commit", "begin"]),
        "entry lfhii, field stages, item 2",
        "'commit', 'understand' or 'act'",
    ),
    "no stage": Broken(
        "offers", lambda offers: offers[2].update(stages=[]), "entry lfhii, field stages", "at least 1 item"
    ),
    "wrong tier": Broken(
        "offers",
        lambda offers: offers[2].update(tier="gold"),
        "entry lfhii, field tier",
        "It should be 'current' or 'enhanced'. It is 'gold'.",
    ),
    "wrong nation": Broken(
        "offers",
        lambda offers: offers[2].update(nations=["wales"]),
        "entry lfhii, field nations, item 1",
        "'Wales'",
    ),
    "unknown contact": Broken(
        "offers",
        lambda offers: offers[0].update(contact="nobody"),
        "entry ics-diverse-boards, field contact",
        "There is no 'nobody' in contacts.yml.",
    ),
    "unknown source": Broken(
        "offers",
        lambda offers: offers[0].update(source="hearsay"),
        "entry ics-diverse-boards, field source",
        "There is no 'hearsay' in sources.yml.",
    ),
    "unknown related": Broken(
        "offers",
        lambda offers: offers[2].update(related=["nothing"]),
        "entry lfhii, field related",
        "There is no 'nothing' in offers.yml.",
    ),
    "unsymmetrical related": Broken(
        "offers",
        lambda offers: offers[2].update(related=["population-health"]),
        "entry lfhii, field related",
        "'population-health' does not name 'lfhii'",
    ),
    "related to itself": Broken(
        "offers",
        lambda offers: offers[2].update(related=["lfhii"]),
        "entry lfhii, field related",
        "itself",
    ),
    "missing field": Broken(
        "offers",
        lambda offers: offers[2].pop("contact"),
        "entry lfhii, field contact",
        "missing. Add it.",
    ),
    "missing slug": Broken(
        "offers", lambda offers: offers[2].pop("slug"), "entry number 3, field slug", "missing. Add it."
    ),
    "extra field": Broken(
        "offers",
        lambda offers: offers[2].update(price="free"),
        "entry lfhii, field price",
        "no such field",
    ),
    "extra field of a part": Broken(
        "offers",
        lambda offers: offers[2]["parts"][1].update(link="x"),
        "entry lfhii, field parts, item 2, link",
        "no such field",
    ),
    "bad slug": Broken(
        "offers",
        lambda offers: offers[2].update(slug="LF HII"),
        "entry number 3, field slug",
        "right form",
    ),
    "duplicate slug": Broken(
        "people",
        lambda people: people[4].update(slug="matthew-taylor"),
        "entry matthew-taylor, field slug",
        "Entries 1 and 5",
    ),
    "repeated alias": Broken(
        "offers",
        lambda offers: offers[2].update(aliases=["LFHII", "lfhii"]),
        "entry lfhii, field aliases",
        "more than once",
    ),
    "repeated part": Broken(
        "offers",
        lambda offers: offers[2]["parts"].append(offers[2]["parts"][0]),
        "entry lfhii, field parts",
        "more than once",
    ),
    "wrong type": Broken("offers", lambda offers: offers[2].update(name=5), "entry lfhii, field name", "valid string"),
    "text for a list": Broken(
        "offers", lambda offers: offers[2].update(aliases="LFHII"), "entry lfhii, field aliases", "list"
    ),
    "number for a date": Broken(
        "offers",
        lambda offers: offers[2].update(verified_on=86400),
        "entry lfhii, field verified_on",
        "date",
    ),
    "entry that is text": Broken(
        "topics", lambda topics: topics.insert(1, "commit"), "entry number 2", "fields with values"
    ),
    "empty text": Broken(
        "offers", lambda offers: offers[2].update(summary="  "), "entry lfhii, field summary", "empty"
    ),
    "long short name": Broken(
        "offers",
        lambda offers: offers[2].update(short_name="x" * 51),
        "entry lfhii, field short_name",
        "at most 50 characters",
    ),
    "unprintable text": Broken(
        "topics", lambda topics: topics[0].update(title="a\0b"), "entry approach, field title", "printed"
    ),
    "bad e-mail": Broken(
        "contacts",
        lambda contacts: contacts[2].update(email="edi at nhsconfed.org"),
        "entry edi, field email",
        "valid email address",
    ),
    "bad phone": Broken(
        "contacts",
        lambda contacts: contacts[2].update(phone="ask us"),
        "entry edi, field phone",
        "form",
    ),
    "address of another contact": Broken(
        "contacts",
        lambda contacts: contacts[2].update(email="Carol.Hill@nhsconfed.org"),
        "entry edi, field email",
        "Entry carol-hill has the same address.",
    ),
    "bad month": Broken(
        "sources",
        lambda sources: sources[0].update(published="2022-13"),
        "entry anti-racism-strategy-2022, field published",
        "right form",
    ),
    "other placeholder": Broken(
        "topics",
        lambda topics: topics[0].update(answer="Write to {my_email}."),
        "entry approach, field answer",
        "{my_email} cannot be filled in",
    ),
    "lone brace": Broken(
        "topics",
        lambda topics: topics[0].update(answer="Write to {general_email."),
        "entry approach, field answer",
        "brace without its partner",
    ),
    "unknown person": Broken(
        "topics",
        lambda topics: topics[0].update(people=["nobody"]),
        "entry approach, field people",
        "There is no 'nobody' in people.yml.",
    ),
    "wrong grounding": Broken(
        "topics",
        lambda topics: topics[0].update(grounding="guess"),
        "entry approach, field grounding",
        "",
    ),
    "unknown offer": Broken(
        "shared_parts",
        lambda parts: parts[0].update(offers=["lfhii", "nothing"]),
        "entry wres, field offers",
        "There is no 'nothing' in offers.yml.",
    ),
    "one offer": Broken(
        "shared_parts",
        lambda parts: parts[0].update(offers=["lfhii"]),
        "entry wres, field offers",
        "at least 2 items",
    ),
    "no entries": Broken("offers", lambda offers: offers.clear(), "", "There are no entries"),
}

BROKEN_TEXT = {
    "not YAML": ("offers:\n- slug: a\n  name: 'x\n", "offers.yml: It is not usable YAML at line "),
    "control character": ("offers:\n- slug: a\0\n", "offers.yml: It is not usable YAML"),
    "field twice": ("offers:\n- slug: a\n  name: x\n  name: y\n", "at line 4, column 3 ('name' stands twice)"),
    "tag of Python": ("offers: !!python/object/apply:os.getcwd []\n", "offers.yml: It is not usable YAML at line 1"),
    "empty file": ("", "offers.yml: Under the one key 'offers:' there must be a list"),
    "other key": ("people: []\n", "offers.yml: Under the one key 'offers:' there must be a list"),
    "no list": ("offers: {slug: a}\n", "offers.yml: Under the one key 'offers:' there must be a list"),
    "impossible date": ("offers:\n- slug: a\n  verified_on: 2026-02-30\n", "entry a, field verified_on: "),
}


class TestABrokenEntry:
    @pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
    def test_it_names_file_entry_and_field_and_changes_nothing(
        self, catalogue: Session, folder: Path, edit_file: EditFile, broken: Broken
    ) -> None:
        edit_file("sources", lambda sources: sources[0].update(title="A change that must not be made"))
        edit_file(broken.kind, broken.change)
        before = rows(catalogue)
        with pytest.raises(CatalogueFileError) as caught:
            load_catalogue(catalogue, folder)
        first = str(caught.value.problems[0])
        assert first.startswith(", ".join(filter(None, [f"{broken.kind}.yml", broken.place])) + ": ")
        assert broken.words in first
        assert first.endswith(".")
        assert not catalogue.new | catalogue.dirty | catalogue.deleted
        assert rows(catalogue) == before


class TestABrokenFile:
    @pytest.mark.parametrize(("text", "words"), BROKEN_TEXT.values(), ids=BROKEN_TEXT.keys())
    def test_it_names_the_file_and_the_place(self, folder: Path, text: str, words: str) -> None:
        (folder / "offers.yml").write_text(text, encoding="utf-8")
        with pytest.raises(CatalogueFileError) as caught:
            read_catalogue(folder)
        assert words in str(caught.value)

    def test_it_says_that_a_file_is_missing(self, folder: Path) -> None:
        (folder / "people.yml").unlink()
        with pytest.raises(CatalogueFileError, match=r"people\.yml: It cannot be read from .*No such file"):
            read_catalogue(folder)

    def test_it_says_that_a_file_is_not_utf_8(self, folder: Path) -> None:
        (folder / "people.yml").write_bytes("people: [é]".encode("latin-1"))
        with pytest.raises(CatalogueFileError, match=r"people\.yml: It is not UTF-8"):
            read_catalogue(folder)


class TestSeveralProblems:
    def test_it_says_them_all_at_once(self, folder: Path, edit_file: EditFile) -> None:
        edit_file("offers", lambda offers: offers[0].update(tier="gold", stages=["begin"]))
        edit_file("contacts", lambda contacts: contacts[2].update(email="edi"))
        with pytest.raises(CatalogueFileError) as caught:
            read_catalogue(folder)
        lines = str(caught.value).splitlines()
        assert lines[0] == "The catalogue was not loaded and nothing was changed."
        assert [line.split(": ")[0] for line in lines[1:]] == [
            "contacts.yml, entry edi, field email",
            "offers.yml, entry ics-diverse-boards, field stages, item 1",
            "offers.yml, entry ics-diverse-boards, field tier",
        ]


class TestWhatIsAllowed:
    def test_it_takes_a_date_of_verification(self, folder: Path, edit_file: EditFile) -> None:
        edit_file("offers", lambda offers: offers[0].update(verified_on=date(2026, 11, 2)))
        assert read_catalogue(folder).offers[0].verified_on == date(2026, 11, 2)

    def test_it_takes_a_phone(self, folder: Path, edit_file: EditFile) -> None:
        edit_file("contacts", lambda contacts: contacts[2].update(phone="020 7799 6666"))
        assert read_catalogue(folder).contacts[2].phone == "020 7799 6666"


def rows(session: Session) -> dict[str, Sequence[Any]]:
    """Every row of the catalogue."""
    return {kind: session.execute(select(table.__table__)).all() for kind, table in TABLES.items()}
