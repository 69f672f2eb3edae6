"""Rules and sense together: what the enquiry desk asks of every message."""

import logging
from collections.abc import Callable, Iterable

from assistant.matching.names.words import Span
from assistant.matching.safety import judge_safety
from assistant.matching.safety.care import Care
from assistant.matching.safety.sense import CareSense

logger = logging.getLogger(__name__)

SOMEBODY = "somebody"  # stands for a name
# Which care goes before which: danger to a life outweighs what is told, and that outweighs a telling-off.
FIRST = (Care.CRISIS, Care.DISCLOSURE, Care.ABUSE)


class SafetyJudge:
    """Calls for the care that the rules or the sense find due, whichever goes first; depends on no engine."""

    def __init__(
        self,
        sense: CareSense,
        is_understood: Callable[[str], bool] = lambda text: True,
        find_names: Callable[[str], Iterable[Span]] = lambda text: (),
    ) -> None:
        """`is_understood` says whether a message would be answered; what is not is sooner taken for a disclosure.
        `find_names` says where people's names stand in a text.
        """
        self._sense = sense
        self._is_understood = is_understood
        self._find_names = find_names

    def __call__(self, text: str) -> Care | None:
        """The care due to a cleaned message, or None. Never raises: where the sense fails, the rules stand."""
        by_rules = judge_safety(text)
        if by_rules is Care.CRISIS:
            return by_rules
        found = (by_rules, self._sensed(text))
        return next((care for care in FIRST if care in found), None)

    def _without_names(self, text: str) -> str:
        for start, end in sorted(self._find_names(text), reverse=True):
            text = f"{text[:start]}{SOMEBODY}{text[end:]}"
        return text

    def _sensed(self, text: str) -> Care | None:
        found: Care | None = None
        try:
            found = self._sense.judge(text, self._is_understood)
            # Nobody is judged by a name, their own or anybody else's: care is due only if it is without it as well.
            if found is not None and (without := self._without_names(text)) != text:
                return self._sense.judge(without, self._is_understood)
            return found
        except Exception as error:
            # Nobody in need is turned away because a file is damaged. The message is not logged.
            logger.error("The sense for care failed with %s; what was found before stands.", type(error).__name__)
            return found
