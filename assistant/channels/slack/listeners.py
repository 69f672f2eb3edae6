"""What is done with each thing that Slack delivers: into the inbox, and only then acknowledged."""

import asyncio
import logging
import re
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from assistant.channels.slack.api import SlackApi, open_client
from assistant.channels.slack.api_errors import told_apart
from assistant.channels.slack.arrivals import (
    Payload,
    Workspace,
    from_action,
    from_command,
    from_form_button,
    from_home,
    from_message,
    text_at,
)
from assistant.channels.slack.form_answers import find_mistakes, from_form, metadata_of
from assistant.channels.slack.installations import Installations
from assistant.channels.slack.logs import library_log
from assistant.channels.slack.rendering import form_view
from assistant.db.base import now
from assistant.db.engine import DatabaseUnavailableError
from assistant.errors import detail_of, log_unexpected
from assistant.messaging.arrivals import Arrival
from assistant.messaging.errors import PostError
from assistant.messaging.inbox import Inbox
from assistant.settings import Settings

logger = logging.getLogger(__name__)

COMMAND = "/support"
TOLD_ASIDE = "I am writing to you in our direct messages, where nobody else reads along."
FORM, FORM_BUTTON = "question_form", "leave_question"
LAST_SECOND = 1 << 35  # far beyond any event, and still a date
IS_SHOWN = "exchanged_trigger_id"  # the same press, delivered again: its form was opened the first time


class Listeners:
    """Takes what arrives. Nothing here waits for Slack or for the engine; opening a form goes on by itself."""

    def __init__(self, inbox: Inbox, api: SlackApi, installations: Installations) -> None:
        self._inbox = inbox
        self._api = api
        self._installations = installations
        self._opening: set[asyncio.Task[None]] = set()

    async def on_message(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Somebody wrote, or mentioned the assistant."""
        await self._take(from_message(body, workspace_of(context)))
        await ack()

    async def on_home(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Somebody opened the assistant's page or its direct messages."""
        await self._take(from_home(body, workspace_of(context)))
        await ack()

    async def on_command(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Somebody used the slash command. What they read at once, nobody else sees."""
        await self._take(from_command(body, workspace_of(context)))
        await ack(TOLD_ASIDE)

    async def on_action(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Somebody pressed a button. One that is only a link has nothing to be taken."""
        await self._take(from_action(body, workspace_of(context)))
        await ack()

    async def on_form_button(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Somebody wants to leave a question. Slack gives three seconds to show the form, our answer included."""
        await ack()
        workspace = workspace_of(context)
        view = form_view(metadata_of(body, workspace))
        task = asyncio.create_task(self._open_form(body, view, workspace))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def on_form(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Somebody sent the form: they put it right, or it is taken and closes."""
        if mistakes := find_mistakes(body.get("view", {})):
            await ack(response_action="errors", errors=mistakes)
            return
        await self._take(from_form(body, workspace_of(context)))
        await ack()

    async def on_gone(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """A workspace took the assistant out, or its token back. It may have installed it anew since."""
        event = body.get("event", {})
        is_ours = text_at(event, "type") == "app_uninstalled" or _are_bots(event.get("tokens"))
        if is_ours:
            team = None if context.is_enterprise_install else context.team_id
            await self._installations.drop_of_before(context.enterprise_id, team, _second_after(body))
        await ack()

    async def _take(self, arrival: Arrival | None) -> None:
        if arrival is not None:
            await self._inbox.take(arrival)

    async def _open_form(self, body: Payload, view: dict[str, Any], workspace: Workspace) -> None:
        try:
            client = await self._api.client_of({"enterprise": workspace.enterprise, "team": workspace.team})
            with told_apart():
                await client.views_open(trigger_id=text_at(body, "trigger_id"), view=view)
        except PostError as error:
            logger.warning("A form was not shown in Slack: %s", error)
            if str(error) != IS_SHOWN:
                await self._tell_of_no_form(from_form_button(body, workspace))

    async def _tell_of_no_form(self, arrival: Arrival | None) -> None:
        try:
            await self._take(arrival)
        except DatabaseUnavailableError as error:
            logger.error("Nobody is told that a form was not shown: %s", detail_of(error))


def workspace_of(context: AsyncBoltContext) -> Workspace:
    """Where the assistant is installed that this came to."""
    return Workspace(str(context.enterprise_id or ""), str(context.team_id or ""))


def create_bolt(settings: Settings, listeners: Listeners) -> AsyncApp:
    """Slack's own framework, which tells apart what arrives. It proves nothing: that is done before (see door)."""
    app = AsyncApp(
        name="assistant",
        logger=library_log(),
        client=open_client(settings),
        authorize=_authorize,
        process_before_response=True,  # what raises is not acknowledged, and Slack delivers it again
        raise_error_for_unhandled_request=True,  # otherwise it is logged word by word
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,  # arrivals leaves out whatever is a bot's
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.event("message")(listeners.on_message)
    app.event("app_mention")(listeners.on_message)
    app.event("app_home_opened")(listeners.on_home)
    app.event("app_uninstalled")(listeners.on_gone)
    app.event("tokens_revoked")(listeners.on_gone)
    app.command(COMMAND)(listeners.on_command)
    app.block_action(FORM_BUTTON)(listeners.on_form_button)
    app.block_action(re.compile(""))(listeners.on_action)
    app.view_submission(FORM)(listeners.on_form)
    app.error(_on_error)
    return app


async def _authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
    """Whoever Slack proved to be there may ask. Tokens are looked for when something is sent, not before the answer."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)


async def _on_error(error: Exception) -> BoltResponse:
    if isinstance(error, BoltUnhandledRequestError):  # nothing we asked Slack for
        return BoltResponse(status=200)
    if isinstance(error, DatabaseUnavailableError):
        logger.error("Slack has to deliver again: %s", detail_of(error))
        return BoltResponse(status=503)
    log_unexpected(error)
    return BoltResponse(status=500)


def _second_after(body: Payload) -> datetime:
    """When the event was surely over: Slack tells whole seconds."""
    told = body.get("event_time")
    return datetime.fromtimestamp(told + 1, UTC) if type(told) is int and 0 < told < LAST_SECOND else now()


def _are_bots(tokens: object) -> bool:
    return isinstance(tokens, dict) and bool(tokens.get("bot"))
