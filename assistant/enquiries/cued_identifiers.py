"""Identifiers that only the words around them give away: dates of birth, staff and registration numbers.

A date or a short number means nothing by itself; "born" or "payroll" in the same breath says whose it is. Texts are
folded as `redaction` folds them. Every repeat has an upper bound, so that each pattern is linear on hostile text.
"""

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"[0-3]?[0-9](?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
_GAP = r"(?:\s?[/.,-]\s?|\s)"
_NUMERIC_DATE = (
    rf"(?:[0-3]?[0-9]{_GAP}[01]?[0-9]{_GAP}{_YEAR}|(?:19|20)[0-9]{{2}}{_GAP}[01]?[0-9]{_GAP}[0-3]?[0-9]"
    r"|(?:19|20)[0-9]{6}|[0-3][0-9][01][0-9](?:19|20)[0-9]{2}|[0-3][0-9][01][0-9]{3}"
    rf"|{_DAY}[\s,.-]{{0,2}}(?:of\s)?{_MONTH}(?:[\s,.-]{{1,2}}{_YEAR})?)(?![0-9])"
)
_MONTH_FIRST = rf"{_MONTH}\s(?:the\s)?{_DAY}(?:[\s,]{{1,2}}{_YEAR})?(?![0-9])"
_BIRTH = (
    r"(?<!\w)(?:d[\s.-]{0,2}o[\s.-]{0,2}b|date\s(?:of\s)?birth|birth\s?dates?|birthda(?:y|te)|b-?day|born|"
    r"(?:brought|came)\sinto\s(?:this|the)\sworld)(?!\w)"
)
_NEARBY = r"[^0-9!?;]{0,40}"  # what may stand between the word and what it is about
_DATES_OF_BIRTH = (
    re.compile(rf"{_BIRTH}{_NEARBY}+(?P<found>{_NUMERIC_DATE})", re.IGNORECASE),
    re.compile(rf"{_BIRTH}{_NEARBY}?(?<!\w)(?P<found>{_MONTH_FIRST})", re.IGNORECASE),
    re.compile(rf"(?<![0-9])(?P<found>{_NUMERIC_DATE}){_NEARBY}?{_BIRTH}", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?P<found>{_MONTH_FIRST}){_NEARBY}?{_BIRTH}", re.IGNORECASE),
)

_REGULATOR = (
    r"gmc|general\smedical\scouncil|nmc|nursing\sand\smidwifery\scouncil|hcpc|gphc|gdc|goc|gosc|gcc|swe|"
    r"social\swork\sengland|niscc|sssc|regulator|regist(?:er|ered|ration|rant)(?!\s(?:charit|compan|societ|office|provider|trade))|reg"
)
_HOLDER = (
    r"(?:staff|employee|payroll|personnel|assignment|esr|badge|smart\s?card|clock(?:ing)?|locker|identity|bank|swipe|"
    r"licence|membership|id|pin|works|emp)"
)
_NUMBERED = r"numbers?|num|nos?|nr|id|ids|card|worker|member|code|ref(?:erence)?|pin"
_CUE = rf"(?<!\w)(?:{_REGULATOR}|{_HOLDER}(?:['’]?s)?(?:\s(?:{_NUMBERED}))?)(?!\w)"
# A registration as the nurses' council gives them; it looks like nothing else.
_NURSES_PIN = r"(?<![\w.])[0-9]{2}[a-z][0-9]{4}[a-z](?!\w)"
_TOKEN = (
    r"(?<![\w.£$€/])(?:(?:[a-z]{1,3}-?|[b-hj-z]\s)[0-9]{4,8}[a-z]?|[0-9]{5,12}|[0-9]{2}[a-z][0-9]{4}[a-z]|"
    r"(?:[a-z]{1,2}-?|[b-hj-z]\s)?[0-9]{2,4}(?:[\s/-][0-9]{2,6}){1,3})(?![\w£]|,[0-9]{3})"
)
# Behind "number" and the like even a short one is an identifier.
_SHORT_TOKEN = r"(?<![\w.£$€/])[a-z]{0,3}-?[0-9]{3,}[a-z]?(?![\w£]|,[0-9]{3})"
_STAFF_NUMBERS = (
    re.compile(rf"{_CUE}{_NEARBY}?(?P<found>{_TOKEN})", re.IGNORECASE),
    re.compile(rf"(?P<found>{_TOKEN})[^0-9.!?;]{{0,20}}?{_CUE}", re.IGNORECASE),
    re.compile(
        rf"(?<!\w){_HOLDER}\s(?:{_NUMBERED})(?:['’]s)?[\s:=#,(-]{{1,3}}(?:(?:is|was|being)\s)?(?P<found>{_SHORT_TOKEN})",
        re.IGNORECASE,
    ),
    # These abbreviations number nothing but people.
    re.compile(
        r"(?<!\w)(?:emp|esr|gmc|nmc|hcpc|gphc)[\s:#.-]{0,3}(?P<found>[0-9]{3,12})(?![\w,.]?[0-9])", re.IGNORECASE
    ),
    re.compile(rf"(?P<found>{_NURSES_PIN})", re.IGNORECASE),
)
_A_YEAR = re.compile(r"(?:in |of |since |by |for )?(?:19|20)[0-9]{2}(?:[\s/-][0-9]{2,4})?", re.IGNORECASE)


def find_dates_of_birth(folded: str) -> Iterator[tuple[int, int]]:
    """Where dates of birth begin and end."""
    for pattern in _DATES_OF_BIRTH:
        for match in pattern.finditer(folded):
            yield match.span("found")


def find_staff_numbers(folded: str) -> Iterator[tuple[int, int]]:
    """Where staff, payroll, badge and professional registration numbers begin and end. A year is none."""
    for pattern in _STAFF_NUMBERS:
        for match in pattern.finditer(folded):
            if not _A_YEAR.fullmatch(match["found"].strip()):
                yield match.span("found")
