"""Editing YAML in its text: what changes reads back exactly, and nothing else changes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalogue.yaml_edits import add_entry, set_fields

REAL_FILES = Path(__file__).parents[3] / "data" / "catalogue"
FILE = """\
# What stands here stays.
things:
- slug: one   # the first
  name: One  # as printed
  details: >-
    A sentence.
    Another one.
  # About the parts.
  parts:
  - name: Inner
    aliases: [a, b]
  # About the day.
  day: null

- slug: two
  name: "Two"
  details: >-
    Nothing.
  parts: []
  day: 2026-01-02
# The end.
"""
PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "), min_size=1)
TEXTS = st.one_of(PRINTABLE, st.lists(PRINTABLE, min_size=2).map("\n".join))
PARTS = st.lists(st.fixed_dictionaries({"name": TEXTS, "aliases": st.lists(TEXTS)}))
DAYS = st.none() | st.dates(date(2000, 1, 1))
VALUES = st.fixed_dictionaries(
    {"name": TEXTS, "details": TEXTS, "parts": PARTS, "day": DAYS, "active": st.booleans(), "words": st.lists(TEXTS)}
)


def read(text: str) -> dict[str, dict[str, Any]]:
    entries = next(iter(yaml.safe_load(text).values()))
    return {entry["slug"]: entry for entry in entries}


class TestSetFields:
    @settings(deadline=None)  # PyYAML's own parser, which knows the places, is slow
    @given(VALUES)
    def test_it_reads_back_what_was_set(self, values: dict[str, Any]) -> None:
        text = set_fields(FILE, "one", values)
        assert read(text) == {**read(FILE), "one": {"slug": "one", **values}}

    @settings(deadline=None)  # PyYAML's own parser, which knows the places, is slow
    @given(VALUES)
    def test_it_sets_the_same_again_without_a_change(self, values: dict[str, Any]) -> None:
        once = set_fields(FILE, "two", values)
        assert set_fields(once, "two", values) == once

    def test_it_changes_nothing_but_the_value(self) -> None:
        changed = set_fields(FILE, "one", {"name": "Uno", "day": date(2026, 3, 4)})
        assert changed == FILE.replace("name: One ", "name: Uno ").replace("day: null", "day: 2026-03-04")

    def test_it_changes_one_line_where_one_sentence_changed(self) -> None:
        changed = set_fields(FILE, "one", {"details": "A sentence. Yet another one."})
        assert changed == FILE.replace("    Another one.", "    Yet another one.")

    def test_it_keeps_a_comment_behind_a_value_that_needs_quotes(self) -> None:
        changed = set_fields(FILE, "one", {"name": "One: two"})
        assert changed == FILE.replace("name: One  #", 'name: "One: two"  #')

    def test_it_keeps_the_comment_after_a_block(self) -> None:
        changed = set_fields(FILE, "one", {"parts": [{"name": "Outer", "aliases": []}]})
        assert changed == FILE.replace("Inner\n    aliases: [a, b]", "Outer\n    aliases: []")

    def test_it_adds_a_field_at_the_end_of_its_entry(self) -> None:
        changed = set_fields(FILE, "two", {"active": False})
        assert changed == FILE.replace("2026-01-02\n", "2026-01-02\n  active: false\n")

    def test_it_keeps_line_ends_as_they_are(self) -> None:
        changed = set_fields(FILE.replace("\n", "\r\n"), "one", {"details": "One. Two."})
        assert "\n" not in changed.replace("\r\n", "")
        assert read(changed)["one"]["details"] == "One. Two."


class TestAddEntry:
    @settings(deadline=None)  # PyYAML's own parser, which knows the places, is slow
    @given(VALUES)
    def test_it_adds_lines_that_read_back_and_changes_none(self, values: dict[str, Any]) -> None:
        added = {"slug": "three", **values}
        text = add_entry(FILE, added)
        assert read(text) == {**read(FILE), "three": added}
        assert text.startswith(FILE.removesuffix("# The end.\n")) and text.endswith("\n# The end.\n")

    def test_it_lays_it_out_as_the_entry_before(self) -> None:
        added = add_entry(FILE, {"slug": "three", "day": None, "details": "One. Two.", "name": "999", "parts": []})
        entry = '\n- slug: three\n  name: "999"\n  details: >-\n    One.\n    Two.\n  parts: []\n  day: null\n'
        assert added == FILE.replace("# The end.\n", entry + "# The end.\n")

    def test_it_leaves_a_file_without_a_last_line_end_without_one(self) -> None:
        assert add_entry("things:\n- slug: a\n", {"slug": "b"}) == "things:\n- slug: a\n- slug: b\n"
        assert add_entry("things:\n- slug: a", {"slug": "b"}) == "things:\n- slug: a\n- slug: b"


class TestTheRealFiles:
    @pytest.mark.parametrize("kind", ["contacts", "offers", "people", "topics", "signposts"])
    def test_it_writes_every_field_as_it_stands(self, kind: str) -> None:
        text = (REAL_FILES / f"{kind}.yml").read_text(encoding="utf-8")
        for slug, values in read(text).items():
            assert set_fields(text, slug, values) == text
