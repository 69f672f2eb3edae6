"""Redaction judged on sentences by an author who had not seen its rules; their misses have been read since.

Names are judged in tests/nlu/test_names.py: finding them is learnt.
"""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.enquiries.redaction import redact
from tests.support.canaries import CANARIES, STRUCTURED, entries

PUBLISHED = [
    "miranda.seed@nhsconfed.org",
    "carol.hill@nhsconfed.org",
    "edi@nhsconfed.org",
    "enquiries@nhsconfed.org",
    "020 7799 6666",
    "SW1P 3HZ",
]
LEAST_RECALL = 0.99
MOST_FALSE_ALARMS = 0.05
HIDDEN = ("\u200b", "\u00ad", "\u2060", "\U000e0041")
FULL_WIDTH = {ord(character): chr(ord(character) - 0x21 + 0xFF01) for character in map(chr, range(0x21, 0x7F))}


CLEAN, KEPT = entries(CANARIES, "clean"), entries(CANARIES, "published")


def left_over(texts: list[str]) -> list[tuple[str, str]]:
    """The kind and value of each identifier that is still to be read in its redacted text."""
    return [
        (find["kind"], find["value"])
        for entry, text in zip(STRUCTURED, texts, strict=True)
        for find in entry["finds"]
        if find["value"] in text
    ]


class TestStructuredIdentifiers:
    def test_it_takes_out_ninety_nine_of_a_hundred(self) -> None:
        all_of_them = Counter(find["kind"] for entry in STRUCTURED for find in entry["finds"])
        missed = left_over([redact(entry["text"]) for entry in STRUCTURED])
        assert all_of_them.total() >= 300
        assert len(missed) <= all_of_them.total() * (1 - LEAST_RECALL), missed

    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_it_takes_them_out_when_hidden_characters_split_them(self, hidden: str) -> None:
        redacted = [redact(hidden.join(entry["text"])) for entry in STRUCTURED]
        missed = left_over([text.replace(hidden, "") for text in redacted])
        assert len(missed) <= len(STRUCTURED) * (1 - LEAST_RECALL), missed

    def test_it_takes_them_out_of_full_width_writing(self) -> None:
        redacted = [redact(entry["text"].translate(FULL_WIDTH)) for entry in STRUCTURED]
        back = {wide: plain for plain, wide in ((key, ord(value)) for key, value in FULL_WIDTH.items())}
        missed = left_over([text.translate(back) for text in redacted])
        assert len(missed) <= len(STRUCTURED) * (1 - LEAST_RECALL), missed


class TestCleanSentences:
    def test_it_leaves_all_but_a_few_alone(self) -> None:
        changed = [entry["text"] for entry in CLEAN if redact(entry["text"]) != entry["text"]]
        assert len(CLEAN) >= 300
        assert len(changed) <= len(CLEAN) * MOST_FALSE_ALARMS, changed

    @pytest.mark.parametrize("text", [entry["text"] for entry in KEPT])
    def test_it_leaves_what_is_published(self, text: str) -> None:
        assert redact(text, PUBLISHED) == text


class TestCuedIdentifiers:
    @pytest.mark.parametrize(
        ("text", "redacted"),
        [
            ("I was born on the 4th of July 1990 in Leeds", "I was born on the [date of birth] in Leeds"),
            ("dob: 3/4/71", "dob: [date of birth]"),
            ("July 4, 1990 is my date of birth", "[date of birth] is my date of birth"),
            ("my payroll number is 20417", "my payroll number is [staff number]"),
            ("NMC PIN 98I1234E", "NMC PIN [staff number]"),
            ("7012345 (GMC)", "[staff number] (GMC)"),
        ],
    )
    def test_it_goes_by_the_words_around(self, text: str, redacted: str) -> None:
        assert redact(text) == redacted

    @pytest.mark.parametrize(
        "text",
        [
            "The staff survey of 2023 has 1,200 answers",
            "GMC 2022 report",
            "born in Wales",
            "the meeting is on 3/4/2025",
            "registered charity 1090329",
            "NMC register, 18 weeks",
        ],
    )
    def test_it_takes_no_other_date_or_number_out(self, text: str) -> None:
        assert redact(text) == text

    @given(st.text(alphabet="0123456789 bornGMCdob.-/:staff", max_size=120))
    def test_it_changes_nothing_more_the_second_time(self, text: str) -> None:
        once = redact(text)
        assert redact(once) == once
