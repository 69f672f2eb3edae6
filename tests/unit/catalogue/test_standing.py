"""What an edited offer says of itself: when it was edited and checked, and no longer that it stands as published."""

from datetime import UTC, date, datetime

from rasa_sdk import Tracker
from sqlalchemy.orm import Session

from actions.presenting import show_offer
from actions.turn import Turn
from assistant.catalogue.models import Contact
from assistant.catalogue.offers import get_offer
from assistant.catalogue.standing import edited_on
from assistant.enquiries.replies import public_offer
from assistant.settings import Settings

LATE = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)  # in London the day after
OTHER = "chief-executive-advisory"


def said(session: Session, slug: str) -> list[str]:
    """What the answer says of where it is from."""
    tracker = Tracker("one", {}, {}, [], False, None, {}, "")
    turn = Turn(tracker, session, Settings())
    show_offer(turn, get_offer(session, slug))
    return [f"{response} {values.get('standing', values.get('published'))}" for response, values in turn.said[-1:]]


def test_one_that_nobody_edited_stands_as_published(catalogue: Session) -> None:
    assert edited_on(get_offer(catalogue, OTHER)) is None
    assert said(catalogue, OTHER) == ["utter_source November 2022"]


def test_a_check_alone_changes_nothing_of_that(catalogue: Session) -> None:
    get_offer(catalogue, OTHER).verified_on = date(2026, 7, 1)
    assert said(catalogue, OTHER) == ["utter_source November 2022"]
    assert public_offer(get_offer(catalogue, OTHER), Settings())["source"]["checked_on"] == "2026-07-01"


def test_an_edited_one_says_when_that_was_in_london(catalogue: Session) -> None:
    get_offer(catalogue, OTHER).edited_at = LATE
    source = public_offer(get_offer(catalogue, OTHER), Settings())["source"]
    assert (source["edited_on"], source["checked_on"]) == ("2026-07-03", None)
    assert said(catalogue, OTHER) == ["utter_source_edited edited by our staff on 3 July 2026"]


def test_an_edited_contact_counts_too_and_the_latest_of_both(catalogue: Session) -> None:
    offer = get_offer(catalogue, OTHER)
    assert offer.contact_slug is not None
    catalogue.get_one(Contact, offer.contact_slug).edited_at = LATE
    offer.edited_at, offer.verified_on = datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 1)
    words = "edited by our staff on 3 July 2026, last checked on 1 June 2026"
    assert said(catalogue, OTHER) == [f"utter_source_edited {words}"]


def test_one_without_a_contact_can_be_edited_too(catalogue: Session) -> None:
    get_offer(catalogue, "lfhii").edited_at = LATE
    assert edited_on(get_offer(catalogue, "lfhii")) == date(2026, 7, 3)
