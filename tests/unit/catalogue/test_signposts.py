from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.catalogue.errors import SignpostFileError
from assistant.catalogue.signposts import FRESH_DAYS, Signpost, SignpostState, read_signposts

REAL_FILES = Path(__file__).parents[3] / "data" / "catalogue"
CHECKED = date(2026, 3, 2)


def make_entry(**changes: Any) -> dict[str, Any]:
    entry = {"slug": "a-line", "name": "A line", "purpose": "Somebody to talk to", "phone": None, "text": None}
    return entry | {"nations": [], "owner": None, "source": "A reference", "checked_on": None} | changes


def make_signpost(**changes: Any) -> Signpost:
    return Signpost.model_validate(make_entry(**changes))


def write(folder: Path, *entries: dict[str, Any]) -> Path:
    (folder / "signposts.yml").write_text(yaml.safe_dump({"signposts": list(entries)}), encoding="utf-8")
    return folder


class TestTheRealFile:
    def test_it_can_be_read(self) -> None:
        slugs = [signpost.slug for signpost in read_signposts(REAL_FILES)]
        assert slugs == ["emergency", "samaritans", "shout", "nhs-mental-health", "eass", "guardian"]

    def test_it_limits_to_nations_only_what_the_source_limits(self) -> None:
        nations = {signpost.slug: signpost.nations for signpost in read_signposts(REAL_FILES) if signpost.nations}
        assert nations == {"nhs-mental-health": ["England", "Wales"]}


class TestState:
    @pytest.mark.parametrize(
        ("days", "state"),
        [
            (-1, SignpostState.AWAITING),
            (0, SignpostState.CONFIRMED),
            (FRESH_DAYS, SignpostState.CONFIRMED),
            (FRESH_DAYS + 1, SignpostState.STALE),
        ],
    )
    def test_it_is_confirmed_for_ninety_days(self, days: int, state: SignpostState) -> None:
        assert make_signpost(owner="A role", checked_on=CHECKED).state(CHECKED + timedelta(days)) is state

    @pytest.mark.parametrize("day", [date.min, CHECKED, date.max])
    def test_it_awaits_confirmation_as_long_as_nobody_confirmed_it(self, day: date) -> None:
        assert make_signpost(owner="A role").state(day) is SignpostState.AWAITING


class TestWay:
    def test_it_is_the_phone_the_text_or_else_the_name(self) -> None:
        assert make_signpost(phone="0808 800 0000").way == "0808 800 0000"
        assert make_signpost(text="HELLO to 12345").way == "HELLO to 12345"
        assert make_signpost().way == "A line"


class TestABrokenEntry:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda entry: entry.update(phone=999), "entry a-line, field phone: It should be a valid string"),
            (
                lambda entry: entry.update(phone="call 999"),
                "entry a-line, field phone: It does not have the right form",
            ),
            (lambda entry: entry.update(text="85258"), "entry a-line, field text: It does not have the right form"),
            (lambda entry: entry.update(nations=["Scotland"]), "entry a-line, field nations, item 1: "),
            (lambda entry: entry.update(checked_on="yesterday"), "entry a-line, field checked_on: "),
            (lambda entry: entry.update(hours="always"), "entry a-line, field hours: There is no such field"),
            (lambda entry: entry.pop("owner"), "entry a-line, field owner: It is missing"),
            (lambda entry: entry.pop("source"), "entry a-line, field source: It is missing"),
            (lambda entry: entry.update(phone="1", text="A to 1"), "entry a-line: It has both phone and text"),
            (lambda entry: entry.update(checked_on=CHECKED), "entry a-line: It has checked_on and no owner"),
        ],
    )
    def test_it_names_file_entry_and_field(
        self, change: Callable[[dict[str, Any]], object], words: str, tmp_path: Path
    ) -> None:
        entry = make_entry()
        change(entry)
        with pytest.raises(SignpostFileError) as caught:
            read_signposts(write(tmp_path, make_entry(slug="another"), entry))
        [problem] = map(str, caught.value.problems)
        assert problem.startswith(f"signposts.yml, {words}")


class TestABrokenFile:
    def test_it_refuses_a_slug_that_stands_twice(self, tmp_path: Path) -> None:
        with pytest.raises(SignpostFileError, match="signposts.yml, entry a-line, field slug: Entries 1 and 2"):
            read_signposts(write(tmp_path, make_entry(), make_entry()))

    def test_it_says_what_cannot_be_used(self, tmp_path: Path) -> None:
        with pytest.raises(
            SignpostFileError, match=r"^The signposts cannot be used\.\nsignposts.yml: It cannot be read"
        ):
            read_signposts(tmp_path)

    def test_it_refuses_to_be_without_entries(self, tmp_path: Path) -> None:
        with pytest.raises(SignpostFileError, match="There are no entries"):
            read_signposts(write(tmp_path))
