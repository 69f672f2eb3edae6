"""Nothing invented, ever: every reply of every offer, topic and person holds only what the catalogue holds."""

import re
from typing import Any

import pytest
import yaml

from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.engine import TurnRequest
from tests.conftest import ROOT

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
FACTS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a telephone number": re.compile(r"\+?\d[\d ()-]{8,}\d"),
    "a link": re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:org|com|uk|net|nhs)(?:\.\w+)*(?:/\S*)?\b"),
    "a price": re.compile(r"[£$€]\s?\d[\d,.]*"),
    # "may" is a verb more often than a month, so a month alone does not count.
    "a date": re.compile(
        rf"(?:{MONTH}) \d{{4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH})\b|\b(?:19|20)\d\d(?:-\d\d)?\b|"
        r"\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    ),
}
FOLLOW_UPS = ("ask_contact", "ask_more", "ask_stage", "ask_tier", "ask_joining", "ask_cost", "ask_date",
              "ask_eligibility", "ask_source", "ask_nation")  # fmt: skip


GENERAL = "enquiries@nhsconfed.org 020 7799 6666 November 2022 name@example.org"


def _entries(kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((ROOT / "data" / "catalogue" / f"{kind}.yml").read_text())[kind]
    return entries


def _known() -> str:
    """Everything that may be said anywhere: the catalogue and the general contact.

    Without the signposts: only the replies of care may name them; tests/unit/enquiries/test_care.py sees to that.
    """
    files = (file for file in (ROOT / "data" / "catalogue").glob("*.yml") if file.stem != "signposts")
    texts = [file.read_text() for file in files]
    return " ".join([*texts, GENERAL])


def _known_of(slug: str) -> str:
    """Everything that may be said of one offer: its own entry with its own contact, never that of another offer."""
    offer = next(entry for entry in _entries("offers") if entry["slug"] == slug)
    contact = next((entry["email"] for entry in _entries("contacts") if entry["slug"] == offer["contact"]), "")
    return " ".join([str(offer), contact, GENERAL])


def _invented(texts: tuple[str, ...], known: str) -> list[str]:
    return [
        f"{what}: {found.group()}"
        for text in texts
        for what, pattern in FACTS.items()
        for found in pattern.finditer(text)
        if found.group().strip(" .,") not in known
    ]


@pytest.mark.parametrize("slug", [entry["slug"] for entry in _entries("offers")])
async def test_every_reply_about_an_offer_is_grounded(slug: str, real_desk: EnquiryDesk) -> None:
    conversation = f"grounding-{slug}"
    payloads = [f'/choose{{"slug": "{slug}"}}', *(f"/{intent}" for intent in FOLLOW_UPS)]
    for payload in payloads:
        reply = await real_desk.engine.answer(TurnRequest(conversation, "", payload=payload))
        is_about_it = slug in reply.offers
        assert _invented(reply.texts, _known_of(slug) if is_about_it else _known()) == []
        assert is_about_it or payload == "/ask_nation"


async def test_every_response_of_the_domain_is_grounded() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]
    texts = tuple(variant["text"] for variants in responses.values() for variant in variants)
    assert _invented(texts, _known()) == []
