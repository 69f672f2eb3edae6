"""Somebody who talks to the public API, and the app they talk to."""

from dataclasses import dataclass
from typing import Any

import httpx

from assistant.web.app import create_app

__all__ = ["Asker", "create_app", "open_asker"]


@dataclass
class Asker:
    """Somebody with a conversation of their own, who talks to the API."""

    client: httpx.AsyncClient
    conversation: str
    token: str

    @property
    def path(self) -> str:
        """Where the conversation is."""
        return f"/api/conversations/{self.conversation}"

    @property
    def headers(self) -> dict[str, str]:
        """What proves it is theirs."""
        return {"Authorization": f"Bearer {self.token}"}

    async def sends(self, body: object, key: str | None = None) -> httpx.Response:
        """Post a message of any shape."""
        headers = {**self.headers, "Idempotency-Key": key} if key is not None else self.headers
        return await self.client.post(f"{self.path}/messages", json=body, headers=headers)

    async def sends_raw(self, content: Any, **headers: str) -> httpx.Response:
        """Post bytes as they are, as JSON unless the headers say otherwise."""
        given = {"Content-Type": "application/json", **self.headers, **headers}
        return await self.client.post(f"{self.path}/messages", content=content, headers=given)

    async def asks(self, text: str, key: str | None = None) -> dict[str, Any]:
        """Post a text that is answered."""
        response = await self.sends({"text": text}, key)
        assert response.status_code == 200, response.text
        reply: dict[str, Any] = response.json()
        return reply

    async def leaves_a_question(self) -> dict[str, Any]:
        """Go through every step."""
        for text in ("leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net"):
            await self.asks(text)
        return await self.asks("yes")

    async def reads_back(self) -> list[dict[str, Any]]:
        """The conversation so far."""
        response = await self.client.get(f"{self.path}/messages", headers=self.headers)
        assert response.status_code == 200
        entries: list[dict[str, Any]] = response.json()
        return entries


async def open_asker(client: httpx.AsyncClient) -> Asker:
    """Open a conversation."""
    opened = (await client.post("/api/conversations")).json()
    return Asker(client, opened["conversation"], opened["token"])
