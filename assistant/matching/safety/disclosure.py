"""Racism that somebody has met, seen or been told of, as against questions about how to work on it."""

from assistant.matching.safety.phrases import Rule, any_holds, phrases
from assistant.matching.safety.racism_deeds import (
    ASIDE,
    BY_WHOM,
    CALLED,
    DEED,
    LANGUAGE_BAN,
    MOCKERY,
    RACIST_SAYING,
    REFUSAL,
    SAID,
    SENT_HOME,
    TO_SOMEBODY,
    TOLD_OF,
)
from assistant.matching.safety.racism_words import STAFF
from assistant.matching.safety.requests import REQUEST, STATISTICS, WANTED
from assistant.matching.safety.unfair_treatment import (
    AFRAID,
    BECAUSE,
    CONTRAST,
    FEAR,
    HAPPENED,
    HARM,
    MET,
    MET_MYSELF,
    MET_OURSELVES,
    ONLY,
    PUT_UPON,
    RACE,
    RACIST_PERSON,
    REPORTING,
    UNEQUAL,
    WHITE_PREFERRED,
)

ONESELF = phrases("i|im|ive|id|me|my|myself|mine")
# What is imagined of others happened to nobody.
IMAGINED = phrases(
    r"^(?:and |so |but |say |hello |hi )?if (?:someone|somebody|anyone|anybody|an?|any|one of|staff|another|the) \w+"
)
SPEAKER = phrases("i|im|ive|id|me|us")
WE = phrases("i|im|ive|id|me|my|we|weve|us|our|ours")
SOMEBODY = phrases(
    r"""
    i|im|ive|id|me|my|us|she|he|her|him|shes|hes|they|them|dem|someone|somebody|friend|one of (?:my|our|the)|people
    people like
    (?:a|an|the|my|our|some|another|this|that|two)~2 (?:patients?|relatives?|visitors?|<staff>)|overheard
    our~2 (?:nurses?|staff|doctors?)
""",
    staff=STAFF,
)

# Told by whom it happened to, or so plainly that no request around it makes it anything else.
PLAIN = (
    Rule(CALLED),
    Rule(DEED, WE),
    Rule(DEED, SAID),
    Rule(DEED, SOMEBODY),
    Rule(MOCKERY, SOMEBODY),
    Rule(LANGUAGE_BAN, SOMEBODY),
    Rule(RACIST_SAYING, SAID, TO_SOMEBODY),
    Rule(RACIST_SAYING, TOLD_OF, SOMEBODY),
    Rule(RACIST_SAYING, TOLD_OF, WE),
    Rule(SENT_HOME, BY_WHOM),
    Rule(REPORTING),
    Rule(MET_MYSELF),
    Rule(BECAUSE, HARM, ONESELF),
)
# Told about others. Behind a request for a programme, or among numbers, it is a question about work.
TOLD = (
    Rule(DEED),
    Rule(MET, ONESELF),
    Rule(MET_OURSELVES),
    Rule(REFUSAL),
    Rule(CONTRAST, UNEQUAL, ONESELF),
    Rule(CONTRAST, UNEQUAL, ONLY),
    Rule(WHITE_PREFERRED),
    Rule(ONLY, PUT_UPON),
    Rule(RACIST_PERSON, ONESELF),
    Rule(MET, SOMEBODY, HAPPENED),
    Rule(RACIST_PERSON, HAPPENED),
    Rule(ASIDE, SOMEBODY),
    Rule(AFRAID, FEAR),
    Rule(BECAUSE, HARM),
    Rule(RACE, HARM, SOMEBODY),
)


def speaks_of_racism_met(sentence: str) -> bool:
    """True when the sentence tells of racism that somebody met, saw or heard of."""
    if IMAGINED.search(sentence) and not SPEAKER.search(sentence):
        return False
    if any_holds(PLAIN, sentence):
        return True
    if STATISTICS.search(sentence):
        return False
    return any(_is_told_before_request(rule, sentence) for rule in TOLD)


def is_a_story(message: str) -> bool:
    """True when a whole message speaks of race, of a person and of what was said or done, and asks for nothing."""
    if WANTED.search(message) or REQUEST.search(message) or STATISTICS.search(message):
        return False
    return bool(RACE.search(message) and SOMEBODY.search(message) and (SAID.search(message) or HARM.search(message)))


def _is_told_before_request(rule: Rule, sentence: str) -> bool:
    if not rule.holds(sentence):
        return False
    request, told = REQUEST.search(sentence), rule.patterns[0].search(sentence)
    return request is None or (told is not None and told.start() < request.start())
