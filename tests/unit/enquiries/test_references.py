import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.enquiries.references import ALPHABET, REFERENCE_PATTERN, find_references, new_reference


class TestNewReference:
    def test_it_is_easy_to_read_out(self) -> None:
        for _ in range(500):
            assert re.fullmatch(f"ENQ-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", new_reference())
        assert not set("ILOU01") & set(ALPHABET)

    def test_it_does_not_repeat_itself(self) -> None:
        assert len({new_reference() for _ in range(2000)}) == 2000


class TestFindReferences:
    @pytest.mark.parametrize(
        "quoted",
        [
            "ENQ-7K3F-92QD",
            "enq-7k3f-92qd",
            "What about enq 7k3f 92qd?",
            "ENQ7K3F92QD",
            "ENQ: 7K3F-92QD, please",
            "Enq\u20117k3f\u201392qd",
            "ＥＮＱ-７Ｋ３Ｆ-９２ＱＤ",
            "(ENQ_7K3F_92QD)",
            "Ref ENQ - 7K3F - 92QD.",
            "ENQ-7K3F\n92QD",
        ],
    )
    def test_it_finds_one_however_it_is_written(self, quoted: str) -> None:
        assert find_references(quoted) == ["ENQ-7K3F-92QD"]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "I have an enquiry about ICS boards",
            "enq next week",
            "ENQ-7K3F-92Q",
            "ENQ-7K3F-92QDX",
            "XENQ-7K3F-92QD",
            "ENQ-1O0I-92QD",
            "7K3F-92QD",
            "enquiries@nhsconfed.org 2022",
        ],
    )
    def test_it_finds_none_where_there_is_none(self, text: str) -> None:
        assert find_references(text) == []

    def test_it_lists_each_once_in_order(self) -> None:
        assert find_references("ENQ-9999-2222 enq 7k3f 92qd ENQ99992222") == ["ENQ-9999-2222", "ENQ-7K3F-92QD"]

    def test_it_finds_whatever_was_given_out(self) -> None:
        for reference in [new_reference() for _ in range(500)]:
            assert find_references(f"status of {reference.lower().replace('-', ' ')} please") == [reference]

    @given(st.text(st.characters()))
    def test_it_never_raises_and_gives_references_only(self, text: str) -> None:
        assert all(REFERENCE_PATTERN.fullmatch(reference) for reference in find_references(text))

    @pytest.mark.parametrize("piece", ["ENQ", "ENQ-", "ENQ ", "ENQ-AAAA-", "enq - a - ", "- "])
    def test_it_stays_quick_on_hostile_text(self, piece: str) -> None:
        began = time.perf_counter()
        find_references((piece * 10_000)[:10_000])
        assert time.perf_counter() - began < 0.5
