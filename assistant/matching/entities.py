"""Find what narrows a question: stage, tier, nation, audience, mailbox, and what is asked about an offer."""

from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.language import Language

# Patterns in spaCy's own form: a list of lower-case words; "OP" and "IN" as in its Matcher.
PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    "stage": {
        "commit": ("commit", "commit stage", "commitment", "committing", "stage one", "stage 1", "first stage"),
        "understand": ("understand stage", "understanding stage", "stage two", "stage 2", "second stage"),
        "act": ("act stage", "action stage", "acting", "stage three", "stage 3", "third stage", "last stage"),
    },
    "tier": {
        "enhanced": ("enhanced", "premium", "advanced"),
        "current": ("current", "existing", "standard"),
    },
    "nation": {
        "wales": ("wales", "welsh", "cymru", "cardiff", "swansea"),
        "northern-ireland": ("northern ireland", "n ireland", "northern irish", "belfast", "ni", "ulster"),
        "england": ("england", "english"),
        "scotland": ("scotland", "scottish", "glasgow", "edinburgh"),
    },
    "audience": {
        "chairs": ("chairs", "chair", "chairperson", "chairpeople"),
        "chief executives": ("chief executives", "chief executive", "chief execs", "chief exec", "ceo", "ceos"),
        "EDI leads": ("edi leads", "edi lead", "edi managers", "equality leads", "diversity leads"),
        "black and minority ethnic leaders": (
            "bme leaders",  # other words for them are read as this one, see terms.py
            "black leaders",
        ),
        "nursing and midwifery": ("nurses", "nurse", "midwives", "midwife", "nursing staff"),
        "frontline staff": ("frontline staff", "front line staff", "front-line staff"),
    },
    "mailbox": {
        "miranda-seed": ("miranda seed", "miranda", "miranda.seed@nhsconfed.org"),
        "carol-hill": ("carol hill", "carol", "carol.hill@nhsconfed.org"),
        "edi": ("edi@nhsconfed.org", "edi mailbox", "edi inbox", "edi email"),
    },
    "aspect": {
        "cost": (
            "cost",
            "costs",
            "price",
            "prices",
            "fee",
            "fees",
            "free",
            "charge",
            "charges",
            "pay",
            "paid",
            "how much",
            "funded",
            "expensive",
            "budget",
        ),
        "date": (
            "when",
            "date",
            "dates",
            "deadline",
            "deadlines",
            "start",
            "starts",
            "how often",
            "what time",
            "schedule",
            "timetable",
            "next one",
            "next intake",
            "how long",
        ),
        "eligibility": (
            "eligible",
            "eligibility",
            "qualify",
            "open to",
            "can we join",
            "who can join",
            "who is it for",
            "who can apply",
            "are we able",
        ),
        "joining": (
            "join",
            "joining",
            "sign up",
            "sign-up",
            "signup",
            "enrol",
            "enroll",
            "register",
            "apply",
            "get access",
            "get involved",
            "take part",
            "book",
            "booking",
            "get on",
            "get onto",
        ),
        "link": ("link", "url", "website", "web page", "webpage", "web address"),
        "contact": (
            "contact",
            "email",
            "e-mail",
            "phone",
            "telephone",
            "ring",
            "who do i",
            "who should i",
            "get in touch",
            "speak to",
            "reach",
            "mailbox",
            "call",
        ),
    },
    "ordinal": {
        **{
            str(place): (word, str(place), f"number {place}", f"option {place}", f"{place}th", f"no {place}")
            for place, word in enumerate(
                ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=1
            )
        },
        "1": ("first", "1", "1st", "number one", "number 1", "option 1", "option one", "former", "top one"),
        "2": ("second", "2", "2nd", "number two", "number 2", "option 2", "option two"),
        "3": ("third", "3", "3rd", "number three", "number 3", "option 3", "option three"),
        "last": ("last", "last one", "final", "latter", "bottom one"),
    },
}

# Words that are a stage only beside these, because members also say "we act on ..." and "we understand that ...".
STAGE_CUES = (
    "under",
    "in",
    "within",
    "stage",
    "for",
    "called",
    "at",
    "from",
    "to",
    "the",
    "our",
    "offers",
    "support",
    "is",
    "which",
    "current",
    "enhanced",
    "existing",
)


A_QUOTE = {"TEXT": {"IN": ["'", '"', "‘", "’", "“", "”"]}}


@dataclass(frozen=True)
class Entity:
    """A narrowing word in a message; `start` and `end` are character positions."""

    name: str
    value: str
    start: int
    end: int


def find_entities(text: str) -> list[Entity]:
    """Every entity of a cleaned message, in the order they stand."""
    document = _recogniser()(text)
    return [
        Entity(name=span.label_, value=span.id_, start=span.start_char, end=span.end_char)
        for span in sorted(document.spans["found"], key=lambda span: (span.start, -span.end))
    ]


@lru_cache(maxsize=1)
def _recogniser() -> Language:
    recogniser = spacy.blank("en")
    ruler = recogniser.add_pipe("span_ruler", config={"spans_key": "found", "phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(
        [
            {"label": name, "id": value, "pattern": phrase}
            for name, by_value in PHRASES.items()
            for value, phrases in by_value.items()
            for phrase in phrases
        ]
        + [
            {"label": "stage", "id": word, "pattern": [{"LOWER": {"IN": list(STAGE_CUES)}}, {"LOWER": word}]}
            for word in ("understand", "act")
        ]
        + [
            {
                "label": "stage",
                "id": word,
                "pattern": [A_QUOTE, {"LOWER": word}, A_QUOTE],
            }
            for word in ("understand", "act")
        ]
        + [{"label": "stage", "id": word.lower(), "pattern": [{"TEXT": word}]} for word in ("UNDERSTAND", "ACT")]
    )
    return recogniser
