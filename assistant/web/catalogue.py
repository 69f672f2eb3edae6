"""The public API: the catalogue of offers."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from assistant.catalogue.offers import get_offer, list_offers
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.replies import public_offer
from assistant.web.conversations import get_desk
from assistant.web.schema import OfferReply

router = APIRouter(prefix="/api/offers", tags=["catalogue"])
Desk = Annotated[EnquiryDesk, Depends(get_desk)]


@router.get("", response_model=list[OfferReply])
async def read_offers(desk: Desk) -> list[dict[str, Any]]:
    """Every offer, in catalogue order."""

    def work() -> list[dict[str, Any]]:
        with desk.database.read() as session:
            return [public_offer(offer, desk.settings) for offer in list_offers(session)]

    return await asyncio.to_thread(work)


@router.get("/{slug}", response_model=OfferReply)
async def read_offer(slug: str, desk: Desk) -> dict[str, Any]:
    """One offer."""

    def work() -> dict[str, Any]:
        with desk.database.read() as session:
            return public_offer(get_offer(session, slug), desk.settings)

    return await asyncio.to_thread(work)
