"""How a rule is written: one pattern, or several that must all be found in the same sentence."""

import re
from collections.abc import Iterable

# Up to so many words in between. The word is matched possessively, so a gap costs at most one try a word.
GAP = "(?: [^ ]++){{0,{}}}?"


def gap(most: int) -> str:
    """A pattern for up to `most` words, whatever they are; the text before and after brings its own space."""
    return GAP.format(most)


def pattern(*alternatives: str) -> re.Pattern[str]:
    """Any of these, as whole words. `*` counts as a letter, because it masks one."""
    return re.compile(f"(?<![a-z0-9*])(?:{'|'.join(alternatives)})(?![a-z0-9*])")


class Rule:
    """Holds for a sentence in which all of its patterns are found, in any order."""

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        self.patterns = patterns

    def holds(self, sentence: str) -> bool:
        return all(each.search(sentence) for each in self.patterns)


def any_holds(rules: Iterable[Rule], sentence: str) -> bool:
    """True when at least one rule holds for the sentence."""
    return any(rule.holds(sentence) for rule in rules)
