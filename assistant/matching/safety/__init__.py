"""Messages that must be met with care, found by rules before the classifier sees them. No model, no threshold."""

from assistant.matching.safety.abuse import is_insulting, is_racist, is_told
from assistant.matching.safety.care import Care
from assistant.matching.safety.crisis import speaks_of_despair, speaks_of_own_life
from assistant.matching.safety.danger import speaks_of_danger
from assistant.matching.safety.disclosure import is_a_story, speaks_of_racism_met
from assistant.matching.safety.figures import without_figures
from assistant.matching.safety.folding import fold, sentences, without_quotations
from assistant.matching.safety.misspelt import put_right
from assistant.matching.safety.other_scripts import speaks_of_suicide_in_other_scripts
from assistant.matching.safety.remarks import is_contempt, is_sexual

__all__ = ["Care", "judge_safety"]


def judge_safety(text: str) -> Care | None:
    """Say whether a message must be met with care, and with which. Never raises, whatever the text.

    Risk to a life comes first, then racism that somebody met, then abuse. A slur that is quoted or reported is a
    disclosure. Despair that may be about less than a life gives way to racism told in the same message.
    """
    folded = fold(text)
    parts = sentences(folded)
    if speaks_of_suicide_in_other_scripts(text) or any(_is_of_life(part) for part in parts):
        return Care.CRISIS
    if '"' not in folded and is_contempt(parts) and not any(is_told(part) for part in parts):
        return Care.ABUSE
    if any(speaks_of_racism_met(part) for part in parts):
        return Care.DISCLOSURE
    if any(speaks_of_despair(without_figures(part)) for part in parts):
        return Care.CRISIS
    return _judge_the_rest(parts, folded)


def _is_of_life(sentence: str) -> bool:
    sentence = without_figures(sentence)
    if speaks_of_own_life(sentence) or speaks_of_danger(sentence):
        return True
    righted = put_right(sentence)
    return righted != sentence and speaks_of_own_life(righted)


def _judge_the_rest(parts: list[str], folded: str) -> Care | None:
    quoted = '"' in folded
    told = quoted or any(is_told(part) for part in parts)
    if any(is_racist(part) for part in parts):
        return Care.DISCLOSURE if told else Care.ABUSE
    if any(is_insulting(part) or is_sexual(part) for part in sentences(without_quotations(folded))):
        return Care.ABUSE
    return Care.DISCLOSURE if is_a_story(" ".join(parts)) else None
