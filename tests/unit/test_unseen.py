"""What is not drawn is marked for staff; what belongs to a language or an emoji is left alone."""

import pytest

from assistant.showing.unseen import mark_unseen


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("\u202egnp.exe\u202c", "[U+202E]gnp.exe[U+202C]"),
        ("\u2066left\u2069", "[U+2066]left[U+2069]"),
        ("al\u200bert\u200c(\u200d1\u2060)", "al[U+200B]ert[U+200C]([U+200D]1[U+2060])"),
        ("\ufeffsoft\u00adhyphen", "[U+FEFF]soft[U+00AD]hyphen"),
        ("nul \0, bell \a, escape \x1b[31m", "nul [U+0000], bell [U+0007], escape [U+001B][31m"),
        ("one\u2028two\rthree\x85four", "one[U+2028]two[U+000D]three[U+0085]four"),
        ("half \ud800, none \uffff \U0010fffe", "half [U+D800], none [U+FFFF] [U+10FFFE]"),
        ("Help\U000e0073\U000e0061\U000e0079\U000e007f me", "Help[hidden: say] me"),
        ("\U000e0001\U000e0100", "[U+E0001][U+E0100]"),
        ("x\ufe0fy\ufe0f\ufe0f", "x[U+FE0F]y[U+FE0F][U+FE0F]"),
        ("\u0915\u200d\u200d", "\u0915[U+200D][U+200D]"),
        ("\u200b\ufe0f", "[U+200B][U+FE0F]"),
        ("\u0000\ufe0f", "[U+0000][U+FE0F]"),
    ],
)
def test_what_is_not_drawn_stands_as_a_mark(text: str, marked: str) -> None:
    assert mark_unseen(text) == marked
    assert mark_unseen(marked) == marked


@pytest.mark.parametrize(
    "text",
    [
        "Is there help? <script>alert(1)</script> [U+202E]",
        "Ydych chi\u2019n medru helpu\u2019r t\u0177? Ll\u0177n, g\u0175yl, \u00e2",
        "a line\nand\ta tab\r\nand another",
        "\u0647\u0644 \u064a\u0648\u062c\u062f \u062f\u0639\u0645\u061f",  # Arabic
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, with a joiner that parts
        "\u06a9\u06cc\u0627 \u0645\u062f\u062f \u06c1\u06d2\u061f",  # Urdu
        "\u0915\u094d\u200d\u0937 \u0930\u094d\u200d",  # Hindi, half forms
        "\u0de1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f44b\U0001f3ff \u2764\ufe0f \u00a9\ufe0f 1\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",  # the flag of Wales
        "e\u0301 and Z\u0351\u036b",
    ],
)
def test_what_is_spelt_with_it_is_left_alone(text: str) -> None:
    assert mark_unseen(text) == text


def test_no_flag_carries_words() -> None:
    words = "".join(chr(0xE0000 + ord(each)) for each in "gbxyz")
    assert mark_unseen(f"\U0001f3f4{words}\U000e007f") == "\U0001f3f4[hidden: gbxyz]"
