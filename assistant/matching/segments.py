"""Take a message apart: its sentences and clauses, what it rules out, and what is only a signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.matching.ruling_out import part_ruled_out

if TYPE_CHECKING:
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
    sentences, ruled_out = part_ruled_out(_sentences(_without_signature(text)))
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


def find_ruled_out(text: str) -> str:
    """What a cleaned message rules out, or empty."""
    return part_ruled_out(_sentences(_without_signature(text)))[1]


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
    import spacy  # takes a second, and is needed only where something is taken apart

    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    return splitter
