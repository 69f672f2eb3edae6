"""Read alike the many words that members have for racialised communities, as the one that programmes are called by."""

import re

READ_AS = "BME"

_PEOPLE = (
    r"people|persons?|folks?|staff|leaders?|colleagues?|nurses?|midwives|doctors?|managers?|directors?|chairs?|"
    r"executives?|non-execs?|professionals?|members?|patients?|employees?|workers?|trainees?|students?|applicants?|"
    r"candidates?|wom[ae]n|m[ae]n|communit(?:y|ies)|groups?|networks?"
)
_SPACE = r"[\s-]{1,3}"
_GROUP = (
    rf"ethnic{_SPACE}minorit(?:y|ies)|minority{_SPACE}ethnics?|minoriti[sz]ed{_SPACE}ethnic|"
    rf"ethnically{_SPACE}(?:diverse|minoriti[sz]ed)"
)
_COLOUR = r"black|asian|brown"
_LISTED = rf"(?:other{_SPACE})?(?:{_GROUP}|{_COLOUR})"
_AND = r"(?:\s?[,/&+]\s?(?:(?:and|or|&)\s)?|\s(?:and|or|n)\s)"
_DOTTED = r"b\.(?:a\.)?m\.e\.?"
_TERM = "|".join(
    (
        r"ba?me",
        _DOTTED,
        rf"(?:{_COLOUR})(?:{_AND}{_LISTED})+",
        _GROUP,
        rf"(?:visible|racial){_SPACE}minorit(?:y|ies)",
        rf"raciali[sz]ed(?:{_SPACE}minorit(?:y|ies))?",
        r"minoriti[sz]ed",
        rf"global{_SPACE}(?:ethnic{_SPACE})?majority",
        rf"diverse{_SPACE}ethnic(?:ities)?",
        rf"non{_SPACE}white|nonwhite",
        # In a hospital this is also the point of care, where something is tested.
        r"(?:bi)?poc(?!\s(?:test|device|diagnos|analys|ultrasound))",
        rf"coloured(?=\s(?:{_PEOPLE})\b)",
    )
)
TERM = re.compile(
    rf"\b(?:(?P<people>{_PEOPLE})\sof\scolou?r\b|(?:{_TERM})(?!\w)(?:\s?/\s?(?:{_TERM})(?!\w))*)", re.IGNORECASE
)
DOTTED = re.compile(rf"\b{_DOTTED}(?!\w)", re.IGNORECASE)


def without_points(text: str) -> str:
    """The text with "B.A.M.E." written as "BAME", which nobody takes for somebody's initials."""
    return DOTTED.sub(lambda found: found.group().replace(".", ""), text)


def read_alike(text: str) -> str:
    """The text with every such word read as READ_AS, to train on and to match; it is never shown to anybody.

    "Leaders of colour" turn into "BME leaders", so that the word stands where the others do.
    """
    return TERM.sub(lambda found: f"{READ_AS} {found['people']}" if found["people"] else READ_AS, text)
