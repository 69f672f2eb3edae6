"""Teams as one of the channels."""

import json
import logging
import re
from ipaddress import ip_address
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.channels.teams.arrivals import read_arrival
from assistant.channels.teams.courier import TeamsCourier
from assistant.channels.teams.errors import (
    ActivityRefusedError,
    ActivityUnreadableError,
    KeysUnavailableError,
    TeamsError,
    TokenRefusedError,
)
from assistant.channels.teams.keys import Keys
from assistant.channels.teams.service_urls import is_allowed
from assistant.channels.teams.tokens import TokenCheck, check_activity
from assistant.channels.teams.typing import Typing
from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.couriers import Courier
from assistant.messaging.inbox import Inbox
from assistant.messaging.models import ChannelName
from assistant.settings import LOOPBACK, Settings

logger = logging.getLogger(__name__)

PATH = "/webhooks/teams"
# Added by what stands between, or by a browser for a page that has its own reasons.
FROM_ELSEWHERE = re.compile(r"forwarded|x-forwarded-.*|x-real-ip|via|origin")
RETRY = {"Retry-After": "5"}  # seconds
STATUS: dict[type[TeamsError], int] = {
    TokenRefusedError: 401,
    ActivityRefusedError: 403,
    ActivityUnreadableError: 400,
    KeysUnavailableError: 503,
}


class TeamsChannel:
    """Takes messages of Teams: proves them genuine, writes them into the inbox, and acknowledges them."""

    name = ChannelName.TEAMS

    def __init__(self, settings: Settings, keys: Keys | None = None) -> None:
        """`keys` are Microsoft's, for tests with a clock of their own."""
        self._settings = settings
        self._check: TokenCheck | None = None
        if settings.teams_app_id is not None:
            self._check = TokenCheck(settings.teams_app_id, keys or Keys(str(settings.teams_openid_url)))
        self._inbox: Inbox | None = None
        self._typing: Typing | None = None
        self.router = APIRouter()
        self.router.add_api_route(PATH, self._receive, methods=["POST"], include_in_schema=False)

    def open(self, desk: EnquiryDesk, inbox: Inbox) -> Courier:
        """Take messages from now on."""
        courier = TeamsCourier(self._settings)
        self._inbox, self._typing = inbox, Typing(courier.connector)
        return courier

    async def listen(self) -> None:
        """There is nothing to hear."""

    async def _receive(self, request: Request) -> Response:
        """Take one activity. Microsoft delivers it again after a 5xx."""
        try:
            activity = await self._read(request)
            arrival = read_arrival(activity)
        except TeamsError as error:
            logger.warning("An activity was not taken: %s", error)
            status = STATUS[type(error)]
            return Response(status_code=status, headers=RETRY if status >= 500 else None)
        if arrival is not None:
            if self._inbox is None or self._typing is None:
                return Response(status_code=503, headers=RETRY)
            if await self._inbox.take(arrival):
                self._typing.show(arrival)
        return JSONResponse({}) if activity["type"] == "invoke" else Response(status_code=202)

    async def _read(self, request: Request) -> dict[str, Any]:
        """The activity, proved genuine. The token comes first: of what cannot show one nothing is read."""
        if self._check is None:
            _check_is_near(request)
            activity = _parse(request, await request.body())
        else:
            service_url = await self._check.check(request.headers.getlist("authorization"))
            activity = _parse(request, await request.body())
            check_activity(activity, service_url, self._settings.teams_tenant_id)
        if not is_allowed(activity.get("serviceUrl"), self._settings):
            raise ActivityRefusedError("a service URL that is not allowed")
        return activity


def _check_is_near(request: Request) -> None:
    """The playground is on this machine, and nothing stands between. Raises TokenRefusedError."""
    try:
        is_near = request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        is_near = False
    # A page in a browser here may have had its own name point to this machine.
    if (
        not is_near
        or request.url.hostname not in LOOPBACK
        or any(FROM_ELSEWHERE.fullmatch(name) for name in request.headers)
    ):
        raise TokenRefusedError("the playground is not on this machine")


def _parse(request: Request, body: bytes) -> dict[str, Any]:
    # A page in a browser here can send any other type without asking first.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ActivityUnreadableError("no JSON")
    try:
        activity = json.loads(body, parse_constant=_refuse)
        json.dumps(activity, ensure_ascii=False).encode()  # half a surrogate can be kept nowhere
    except (ValueError, RecursionError):
        raise ActivityUnreadableError("no JSON") from None
    if not isinstance(activity, dict):
        raise ActivityUnreadableError("no object")
    return activity


def _refuse(constant: str) -> None:
    raise ValueError(constant)
