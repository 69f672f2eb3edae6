"""Messages that must be met with care, found by rules before the classifier sees them. No model, no threshold."""

from assistant.matching.safety.abuse import is_insulting, is_racist, is_told
from assistant.matching.safety.care import Care
from assistant.matching.safety.crisis import speaks_of_despair, speaks_of_own_life
from assistant.matching.safety.danger import speaks_of_danger
from assistant.matching.safety.disclosure import is_a_story, speaks_of_racism_met
from assistant.matching.safety.folding import fold, sentences

__all__ = ["Care", "judge_safety"]


def judge_safety(text: str) -> Care | None:
    """Say whether a message must be met with care, and with which. Never raises, whatever the text.

    Risk to a life comes first, then racism that somebody met, then abuse. A slur that is quoted or reported is a
    disclosure. Despair that may be about less than a life gives way to racism told in the same message.
    """
    folded = fold(text)
    parts = sentences(folded)
    if any(speaks_of_own_life(part) or speaks_of_danger(part) for part in parts):
        return Care.CRISIS
    if any(speaks_of_racism_met(part) for part in parts):
        return Care.DISCLOSURE
    if any(speaks_of_despair(part) for part in parts):
        return Care.CRISIS
    return _judge_the_rest(parts, quoted='"' in folded)


def _judge_the_rest(parts: list[str], quoted: bool) -> Care | None:
    told = quoted or any(is_told(part) for part in parts)
    if any(is_racist(part) for part in parts):
        return Care.DISCLOSURE if told else Care.ABUSE
    if not quoted and any(is_insulting(part) for part in parts):
        return Care.ABUSE
    return Care.DISCLOSURE if is_a_story(" ".join(parts)) else None
