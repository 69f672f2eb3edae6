"""What can come of an enquiry."""

from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of an enquiry, as in the public API."""

    OFFER = "offer"
    """One offer is the answer."""
    LIST = "list"
    """Several offers are the answer."""
    CLARIFY = "clarify"
    """We asked which of a few offers is meant."""
    PERSON = "person"
    """A person is the answer."""
    INFO = "info"
    """A topic is the answer."""
    HANDOFF = "handoff"
    """The asker is leaving, or has left, a question for a person."""
    DISCLOSURE = "disclosure"
    """Somebody told of racism; met with care, words not kept."""
    CRISIS = "crisis"
    """A life may be in danger; signposted, words not kept."""
    ABUSE = "abuse"
    """Insults; declined once, words not kept."""
    SMALLTALK = "smalltalk"
    """Courtesy; not an enquiry."""
    OUT_OF_SCOPE = "out_of_scope"
    """Understood, and not our subject."""
    UNANSWERED = "unanswered"
    """Not understood."""


MISSES = frozenset({Outcome.UNANSWERED, Outcome.OUT_OF_SCOPE})
