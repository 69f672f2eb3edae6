"""Since when what is shown of an offer stands as it does: as its source printed it, or as staff edited it."""

import re
from datetime import date

from assistant.catalogue.models import Offer
from assistant.db.base import LONDON

MONTH = re.compile(r"(?!0000)\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def edited_on(offer: Offer) -> date | None:
    """The day in London on which staff last edited the offer or its contact; None where both are as printed."""
    moments = (offer.edited_at, offer.contact.edited_at if offer.contact else None)
    latest = max((moment for moment in moments if moment is not None), default=None)
    return latest.astimezone(LONDON).date() if latest else None


def standing(published: str, edited: str | None = None, checked: str | None = None) -> str:
    """That in words: `as published in November 2022`, or when it was edited and, if it ever was, checked.

    `published` is a month such as 2022-11, the others days such as 2026-11-03.
    """
    if not edited:
        return f"as published in {month(published)}"
    return f"edited by our staff on {day(edited)}" + (f", last checked on {day(checked)}" if checked else "")


def month(published: str) -> str:
    """A month such as 2022-11 in words; anything else as it is."""
    return f"{date.fromisoformat(published + '-01'):%B %Y}" if MONTH.fullmatch(published) else published


def day(written: str) -> str:
    """A day such as 2026-11-03 in words; anything else as it is."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{found.day} {found:%B %Y}"
