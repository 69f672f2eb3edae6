"""The catalogue as channels show it: every offer, by stage."""

from typing import Any

from sqlalchemy.orm import Session

from assistant.catalogue.offers import list_offers
from assistant.enquiries.replies import public_offer
from assistant.settings import Settings

STAGES = ("commit", "understand", "act")


def list_by_stage(session: Session, settings: Settings) -> list[dict[str, Any]]:
    """Each stage with its offers, as the API shows them; one that stands in two stages is in both."""
    offers = [public_offer(offer, settings) for offer in list_offers(session)]
    return [{"stage": stage, "offers": [each for each in offers if stage in each["stages"]]} for stage in STAGES]
