"""Take a message apart: its sentences and clauses, what it rules out, and what is only a signature."""

import re
from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.language import Language

# What follows a line like these is a signature: names, titles and trust names that would mislead.
SIGN_OFF = re.compile(
    r"^\s*(kind(est)? regards|best( regards| wishes)?|warm(est)? regards|regards|many thanks|"
    r"thanks( again| in advance)?|"
    r"thank you( in advance)?|yours (sincerely|faithfully|truly)|cheers|all the best|sent from my \w+)[\s,.!-]*$",
    re.IGNORECASE,
)
FEWEST_WORDS_OF_A_CLAUSE = 3
MOST_SEGMENTS = 12  # a message of a thousand characters rarely has more; the rest is judged with the whole

# Possessive, and never begun within white space: a thousand blanks would take seconds otherwise.
CLAUSE_BORDER = re.compile(
    r"(?<!\s)(?:\s*+[;?]|,?\s++(?:and|plus|as well as|also)\b(?:\s+also\b)?)\s++(?=\S+\s)", re.IGNORECASE
)

NOT_WANTED = (
    r"^(?:(?:no|sorry|actually|oh|hm+)[,.!]?\s+)*"
    r"(?:(?:i|we)\s+(?:do\s*not|don'?t|did\s*not|didn'?t)\s+(?:mean|want|need)|"
    r"(?:(?:i\s+am|i'?m|we\s+are|we'?re|i\s+was|we\s+were)\s+not|(?:i\s+was|we\s+were)n'?t)\s+"
    r"(?:asking\s+(?:about|for)|talking\s+about|after|looking\s+for)|not(?!\s+(?:just|only|sure)\b))\s+"
)
RULED_OUT_FIRST = re.compile(
    NOT_WANTED
    + r"(?P<out>[^,;.!?]{2,80}?)\s*(?:[,;.!?]+|\s-+\s|\bbut\b)\s*(?:but\s+|i\s+mean\s+|rather\s+)?(?P<wanted>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
RULED_OUT_WHOLLY = re.compile(
    NOT_WANTED + r"(?P<out>(?:(?:the|your|that|those|about|any|more)\s|(?-i:(?<=ot\s)[A-Z]))[^,;.!?]{2,80}?)[\s.!]*$",
    re.IGNORECASE,
)
# "I have the guide already. What I want is ...": what is already there is ruled out by the sentence that follows.
HAD_ALREADY = re.compile(
    r"^(?:i|we)(?:'ve|\s+have)?\s+(?:already\s+(?:got|have|had|done|seen|read)\s+(?P<out>[^,;.!?]{2,80}?)|"
    r"(?:got|have|had|done|seen|read)\s+(?P<out_too>[^,;.!?]{2,80}?)\s+already)[\s.!]*$",
    re.IGNORECASE,
)
WANTED_INSTEAD = re.compile(
    r"^\W*(?:(?:now|so|but)\s+)?(?:what\s+(?:i|we)(?:'m|'re|\s+am|\s+are)?\s+(?:really\s+|actually\s+)?(?:want|need|after)|"
    r"(?:it'?s\b.*\b(?:after|want|need)|i\s+want|i\s+need|we\s+want|we\s+need|i'?m\s+after|we'?re\s+after))\b",
    re.IGNORECASE,
)
RULED_OUT_LAST = re.compile(
    r"^(?P<wanted>.{4,}?)(?:(?<![,;(\s-])[,;(\s-]++(?:"
    r"(?:rather\s+than|instead\s+of|as\s+opposed\s+to)\s+(?=(?:the|your|that|those|about|for)\s|(?-i:[A-Z]))|"
    r"not\s+(?=(?:the|your|that|those|about|for)\s))|[,;(-]\s?(?-i:not\s(?=[A-Z])))"
    r"(?P<out>[^,;.!?]{3,80}?)\s*[.!?)]*$",
    re.IGNORECASE | re.DOTALL,
)
GIVEN_INSTEAD = re.compile(
    r"^(?P<wanted>(?:i|we)\s(?:asked|wanted|was\sasking|were\sasking)\s.{4,}?),?\s(?:and|but)\s(?:i\s|we\s)?"
    r"(?:got|(?:was|were)\s(?:given|sent|shown)|you\s(?:gave|sent|showed)\s(?:me|us))\s"
    r"(?P<out>[^,;.!?]{2,80}?)(?:\sinstead)?[.!?]*$",
    re.IGNORECASE | re.DOTALL,
)
RULED_OUT_BESIDE = (RULED_OUT_FIRST, RULED_OUT_LAST, GIVEN_INSTEAD)

# How a question or a request begins. What only tells a story has none of these and no question mark.
ASKING = re.compile(
    r"^\W*(?:(?:and|also|plus|so|but|then|oh|ok|secondly|finally|lastly|please|pls|hi|hello)\b[\s,]*)*"
    r"(?:what|whats|who|whos|whom|whose|how|hows|where|when|which|why|"
    r"is|are|do|does|did|can|could|would|should|will|may|"
    r"tell|give|send|show|explain|list|name|i'?d|i would|i want|i need|i am looking|i'm looking|we'?d|we would|we want|"
    r"we need|we are looking|we're looking|looking for|interested in|any|contact|the contact|"
    r"info|information|details|"
    r"(?:my|our)\s+(?:\w+\s+){1,3}(?:would like|wants?|needs?|(?:is|are) (?:looking for|interested in|after)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Message:
    """A message taken apart. `wanted` is the message without signature and without what it rules out."""

    wanted: str
    ruled_out: str
    sentences: tuple[str, ...]
    clauses: tuple[str, ...]


def take_apart(text: str) -> Message:
    """Split a cleaned message. Sentences and clauses are given only where there are several."""
    sentences, ruled_out = _without_ruled_out(_sentences(_without_signature(text)))
    wanted = " ".join(sentences)
    clauses = [clause for sentence in sentences for clause in _clauses(sentence)]
    return Message(
        wanted=wanted,
        ruled_out=ruled_out,
        sentences=tuple(sentences[:MOST_SEGMENTS]) if len(sentences) > 1 else (),
        clauses=tuple(clauses[:MOST_SEGMENTS]) if len(clauses) > len(sentences) else (),
    )


def is_asking(part: str) -> bool:
    """Whether a sentence or clause asks for something, by its question mark or by how it begins."""
    return part.rstrip().endswith("?") or ASKING.match(part) is not None


def _without_signature(text: str) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not SIGN_OFF.match(line) or not any(previous.strip() for previous in lines[:number]):
            continue
        # "Thanks!" may also stand between two questions; no signature asks one.
        if not any(following.rstrip().endswith("?") for following in lines[number + 1 :]):
            return "\n".join(lines[:number])
    return text


def _without_ruled_out(sentences: list[str]) -> tuple[list[str], str]:
    """The sentences without what they rule out, and that. "Not the board one. The one for chairs" spans two."""
    wanted, ruled_out = [], []
    for place, sentence in enumerate(sentences):
        found = next((match for form in RULED_OUT_BESIDE if (match := form.match(sentence))), None)
        whole = RULED_OUT_WHOLLY.match(sentence) if not found and len(sentences) > 1 else None
        had = HAD_ALREADY.match(sentence) if WANTED_INSTEAD.match("".join(sentences[place + 1 : place + 2])) else None
        if found:
            wanted.append(found["wanted"].strip())
            ruled_out.append(found["out"].strip())
        elif whole:
            ruled_out.append(whole["out"].strip())
        elif had:
            ruled_out.append((had["out"] or had["out_too"]).strip())
        else:
            wanted.append(sentence)
    return wanted, "; ".join(ruled_out)


def find_ruled_out(text: str) -> str:
    """What a cleaned message rules out, or empty."""
    return _without_ruled_out(_sentences(_without_signature(text)))[1]


def _sentences(text: str) -> list[str]:
    return [
        sentence.text.strip()
        for line in text.split("\n")
        if line.strip()
        for sentence in _sentence_splitter()(line).sents
        if any(character.isalnum() for character in sentence.text)
    ]


def _clauses(sentence: str) -> list[str]:
    """The clauses of a sentence: a new one begins after "and" and the like only where it asks for itself."""
    clauses: list[str] = []
    start = 0
    for border in CLAUSE_BORDER.finditer(sentence):
        rest = sentence[border.end() :]
        if ASKING.match(rest) and len(rest.split()) >= FEWEST_WORDS_OF_A_CLAUSE:
            clauses.append(sentence[start : border.end()].strip())
            start = border.end()
    return [*clauses, sentence[start:].strip()]


@lru_cache(maxsize=1)
def _sentence_splitter() -> Language:
    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    return splitter
