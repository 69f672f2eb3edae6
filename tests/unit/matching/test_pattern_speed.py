"""No pattern that meets a member's words may be slow, whatever the words are."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import assistant.enquiries
import assistant.matching
from assistant.matching.safety import judge_safety
from assistant.matching.safety.phrases import Rule

LENGTH = 10_000  # characters
MOST_SECONDS = 0.05  # of processor time, for one pattern
LONGEST_MESSAGE = 1_000  # characters; the desk refuses longer ones
MOST_SECONDS_TO_JUDGE = 0.05
REPEATED = (
    *("a", " ", "0", "@", ".", ". ", "... a", "'", '"', "-", "(", "*", "/", "$", "_", "\n", "é", "а ", "我", "مر "),
    *("a ", "a1", "1 ", "07 ", "a@", "@a.", "a@b.", "http://a.", "A. ", "Mr ", "my name is "),
    *("i ", "you are ", "call me a ", "i want to ", "f*", "because of ", "suicde ", "the phone is "),
)
WORD = re.compile(r"[a-z]{2,}")
STRETCH, MOST_STRETCHES = 4, 10  # words of a pattern's own in a row, and how many such rows are tried


def patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Rule):
        yield from value.patterns
    elif isinstance(value, dict):
        yield from (found for each in (*value, *value.values()) for found in patterns_in(each))
    elif isinstance(value, tuple | list):
        yield from (found for each in value for found in patterns_in(each))


def all_patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern at the level of a module, by where it stands."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for package in (assistant.matching, assistant.enquiries):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(info.name)).items():
                for pattern in patterns_in(value):
                    found.setdefault((pattern.pattern, pattern.flags), (f"{info.name}.{name}", pattern))
    return {f"{where}-{place}": pattern for place, (where, pattern) in enumerate(found.values())}


PATTERNS = all_patterns()


def near_misses(pattern: re.Pattern[str]) -> list[str]:
    words = WORD.findall(pattern.pattern)
    starts = range(0, len(words), max(1, len(words) // MOST_STRETCHES))
    return [" ".join(words[start : start + STRETCH]) + " " for start in starts]


def filled(repeated: str, length: int) -> str:
    return (repeated * (length // len(repeated) + 1))[:length]


def best_seconds(act: Callable[[], object], most: float) -> float:
    """Processor time of this thread, best of three; once is enough when it is quick."""
    best = float("inf")
    for _ in range(3):
        begun = time.thread_time()
        act()
        best = min(best, time.thread_time() - begun)
        if best <= most / 2:
            break
    return best


class TestPatternSpeed:
    def test_patterns_are_found(self) -> None:
        assert len(PATTERNS) > 140

    @pytest.mark.parametrize("name", PATTERNS)
    def test_no_pattern_is_slow_on_hostile_text(self, name: str) -> None:
        pattern = PATTERNS[name]
        slow = {}
        for repeated in (*REPEATED, *near_misses(pattern)):
            text = filled(repeated, LENGTH)
            seconds = best_seconds(lambda text=text: [*pattern.finditer(text)], MOST_SECONDS)  # type: ignore[misc]
            if seconds > MOST_SECONDS:
                slow[repeated] = seconds
        assert slow == {}

    @pytest.mark.parametrize("repeated", REPEATED)
    def test_the_longest_message_is_judged_in_time(self, repeated: str) -> None:
        text = filled(repeated, LONGEST_MESSAGE)
        assert best_seconds(lambda: judge_safety(text), MOST_SECONDS_TO_JUDGE) <= MOST_SECONDS_TO_JUDGE
