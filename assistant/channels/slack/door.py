"""Where Slack delivers: proved genuine before anything is parsed, and acknowledged once it is in the inbox."""

import json
from typing import Any, Self
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, model_validator
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from assistant.channels.slack.signatures import Signatures

PATH = "/webhooks/slack"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
BAD_SHAPE = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


class Action(BaseModel):
    """A pressed button."""

    action_id: str
    type: str = ""


class State(BaseModel):
    """What a form holds."""

    values: dict[str, dict[str, Any]] = {}


class View(BaseModel):
    """A form."""

    type: str
    callback_id: str | None = None
    state: State | None = None


class Shape(BaseModel):
    """What Bolt takes for granted in a payload."""

    type: str = ""
    event: dict[str, Any] = {}
    actions: list[Action] = Field([], min_length=1)
    view: View | None = None

    @model_validator(mode="after")
    def _has_its_form(self) -> Self:
        if self.type.startswith("view_") and self.view is None:
            raise ValueError("a form that was sent, without the form")
        return self


class Door:
    """Lets in what Slack signed."""

    def __init__(self, signatures: Signatures) -> None:
        self._signatures = signatures
        self._app: AsyncApp | None = None
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route(PATH, self.receive, methods=["GET", "POST"])

    def open(self, app: AsyncApp) -> None:
        """Let in from now on."""
        self._app = app

    async def receive(self, request: Request) -> Response:
        """One delivery: 401 unless Slack signed it, 503 while nobody can take it, 400 for what is no payload."""
        if request.method != "POST" or not self._signatures.look_right(request.headers):
            return Response(status_code=401)
        body = await request.body()
        if not self._signatures.prove(body, request.headers):
            return Response(status_code=401)
        if self._app is None:
            return Response(status_code=503)
        try:
            payload = parse(body.decode(), request.headers.get("Content-Type", ""))
            # The mode says only that it is parsed. Bolt takes a form for JSON when somebody typed the word "payload".
            delivered = AsyncBoltRequest(body=payload, headers={"content-type": JSON}, mode="socket_mode")
        except BAD_SHAPE:
            return Response(status_code=400)
        return to_starlette_response(await self._app.async_dispatch(delivered))


def parse(body: str, content_type: str) -> dict[str, Any]:
    """The payload of a body: JSON, a form with JSON in it, or a form. Raises ValueError, RecursionError."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON:
        return _object(body)
    if kind != FORM:
        raise ValueError("not what Slack sends")
    fields = {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True, errors="strict").items()}
    return _object(fields["payload"]) if "payload" in fields else fields


def _object(text: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(text)
    Shape.model_validate(payload)
    return payload
