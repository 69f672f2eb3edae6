"""The kinds of messages that must be met with care."""

from enum import StrEnum


class Care(StrEnum):
    """Why a message gets a fixed, careful reply instead of an answer."""

    CRISIS = "crisis"
    DISCLOSURE = "disclosure"
    ABUSE = "abuse"
