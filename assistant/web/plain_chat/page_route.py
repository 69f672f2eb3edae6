"""Routes whose errors are pages too: what was typed is kept in the box, and the ways to a person are shown."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from assistant.enquiries.desk import EnquiryDesk
from assistant.errors import AssistantError
from assistant.web.plain_chat.cookie import let_go, read_held
from assistant.web.plain_chat.failures import Failure, explain
from assistant.web.plain_chat.form import FOREIGN, read_form
from assistant.web.plain_chat.page import TOO_LARGE, Entry, draw_chat


class PageRoute(APIRoute):
    """Answers any error, those of its dependencies included, with the chat page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, with errors made into pages."""
        handle = super().get_route_handler()

        async def handle_or_explain(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:
                failure = explain(request, error)
            response = await self.show(request, failure, await _read_typed(request, failure))
            if failure.is_gone:
                let_go(request, response)
            return response

        return handle_or_explain

    async def show(self, request: Request, failure: Failure, typed: Mapping[str, str]) -> Response:
        """The page that says what went wrong."""
        return draw_chat(request, await _read_what_can_be(request), failure, typed)


async def _read_typed(request: Request, failure: Failure) -> Mapping[str, str]:
    """What was typed; nothing of what another site sent."""
    if request.method != "POST" or failure.status in (FOREIGN, TOO_LARGE):
        return {}  # too large: the rest is not read, and to wait for it would be to wait for ever
    return await read_form(request)


async def _read_what_can_be(request: Request) -> Sequence[Entry]:
    """The conversation so far, or nothing when the error keeps it away."""
    desk: EnquiryDesk | None = request.app.state.desk
    held = read_held(request)
    if desk is None or held is None:
        return []
    try:
        return await desk.history(held.conversation, held.token)
    except AssistantError:
        return []
