"""How the rules are written: phrases, one a line, of words, gaps and named groups of words.

`want to <die>` takes any word of the group `die`; `told~3 go home` lets up to three words stand in between. All else is
an ordinary regular expression. A backslash at the end of a line continues it on the next. Every gap is bounded and
takes whole words possessively, so a search stays linear in the length of the text.
"""

import re
from collections.abc import Iterable

_GROUP = re.compile(r"<(\w+)>")
_GAP = re.compile(r"~(\d+)")
_CONTINUED = re.compile(r"\\\n\s*")
_WORDS_BETWEEN = r"(?: [^ ]++){0,\1}?"


def group(words: str, **groups: str) -> str:
    """A pattern for any of these words, parted by bars or lines. It may use groups made before."""
    return f"(?:{_filled(_one_of(words), groups)})"


def phrases(lines: str, **groups: str) -> re.Pattern[str]:
    """Compile phrases, one a line, into one pattern that finds any of them as whole words.

    An asterisk counts as a letter, because it masks one.
    """
    return re.compile(f"(?<![a-z0-9*])(?:{_filled(_one_of(lines), groups)})(?![a-z0-9*])")


def _one_of(lines: str) -> str:
    joined = _CONTINUED.sub("", lines)
    return "|".join(line.strip() for line in joined.splitlines() if line.strip())


def _filled(text: str, groups: dict[str, str]) -> str:
    return _GAP.sub(_WORDS_BETWEEN, _GROUP.sub(lambda found: groups[found[1]], text))


class Rule:
    """Holds for a sentence in which each of its patterns is found, in any order."""

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        self.patterns = patterns

    def holds(self, sentence: str) -> bool:
        return all(each.search(sentence) for each in self.patterns)


def any_holds(rules: Iterable[Rule], sentence: str) -> bool:
    """True when at least one rule holds for the sentence."""
    return any(rule.holds(sentence) for rule in rules)
