import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.matching.cleaning import HIDDEN, clean, count_characters

CLEANED = [
    ("  Who leads this?\n", "Who leads this?"),
    ("Caf\u0065\u0301", "Caf\u00e9"),
    ("a\x00b", "ab"),
    ("bell\x07 and escape\x1b[31m", "bell and escape[31m"),
    ("one\r\ntwo\rthree\vfour\ffive\x85six\u2028seven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
    ("tab\there", "tab\there"),
    ("lone \ud83d surrogate", "lone \ufffd surrogate"),
    ("\udc00", "\ufffd"),
    ("\ud83d\ude00", "\U0001f600"),
    ("zero\u200bwidth\u200c\ufeff", "zerowidth"),
    ("\u202eesrever\u202c \u2066x\u2069", "esrever x"),
    ("soft\u00adhyphen", "softhyphen"),
    ("hi" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all"), "hi"),
    ("\U000e0001\U000e007f", ""),
    ("a\u200db", "ab"),
    ("a\ufe0fb", "ab"),
    ("e\u200d\u0301", "\u00e9"),
    ("", ""),
    ("\x00\u200b \n", ""),
]
KEPT = [
    "Support gyda hiliaeth: sut mae ymuno? ŵ ŷ",
    "Sinéad O’Connor – “quoted” … £5",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u2764\ufe0f thanks",
    "\U0001f44d\U0001f3fd",
    "\U0001f3f3\ufe0f\u200d\U0001f308",
    "नमस्ते",
]
any_text = st.text(st.characters(), max_size=60) | st.text(
    "ae\u0301\u200d\ufe0f\u200b\U0001f44d\U0001f3fd\U0001f1ec\ud83d\udc4d\r\n\x00 \u2190\u0338", max_size=20
)


class TestClean:
    @pytest.mark.parametrize(("typed", "cleaned"), CLEANED)
    def test_it_removes_what_is_not_seen(self, typed: str, cleaned: str) -> None:
        assert clean(typed) == cleaned

    @pytest.mark.parametrize("typed", KEPT)
    def test_it_keeps_what_is_seen(self, typed: str) -> None:
        assert clean(typed) == typed

    @given(any_text)
    @example("\U0001f44d\u200d\u200d\U0001f3fd\ufe0f")
    def test_it_changes_nothing_the_second_time(self, typed: str) -> None:
        assert clean(clean(typed)) == clean(typed)

    @given(any_text)
    def test_it_gives_text_that_every_database_takes(self, typed: str) -> None:
        cleaned = clean(typed)
        cleaned.encode()
        assert cleaned == cleaned.strip() and unicodedata.is_normalized("NFC", cleaned)
        assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
        assert set(HIDDEN.findall(cleaned)) <= set("\u200d\ufe0e\ufe0f")


class TestCountCharacters:
    @pytest.mark.parametrize(
        ("typed", "count"),
        [
            ("", 0),
            ("  four ", 4),
            ("ŵ", 1),
            ("q\u0302\u0301", 1),
            ("\u0301", 1),
            ("\U0001f468\u200d\U0001f469\u200d\U0001f467!", 2),
            ("\U0001f44d\U0001f3fd" * 3, 3),
            ("\u2764\ufe0f", 1),
            ("\U0001f1ec\U0001f1e7\U0001f1ee\U0001f1ea", 2),
            ("a\u200bb", 2),
            ("x" * 1000, 1000),
        ],
    )
    def test_it_counts_as_a_person_would(self, typed: str, count: int) -> None:
        assert count_characters(typed) == count

    @given(any_text)
    def test_it_never_counts_more_than_there_is(self, typed: str) -> None:
        assert bool(clean(typed)) <= count_characters(typed) <= len(clean(typed))
