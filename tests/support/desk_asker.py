"""An asker at the enquiry desk itself, as the lanes with the real engine drive it."""

from typing import Any

from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.intake import Form, Incoming
from assistant.matching.cleaning import clean
from assistant.messaging.outbox import drop_answers


class DeskAsker:
    """Holds one conversation and remembers the last reply."""

    def __init__(self, desk: EnquiryDesk, conversation: str, token: str) -> None:
        self._desk = desk
        self._conversation = conversation
        self._token = token
        self.reply: dict[str, Any] = {}

    @classmethod
    async def begins(cls, desk: EnquiryDesk) -> "DeskAsker":
        """Start a conversation."""
        return cls(desk, *await desk.open("test"))

    async def says(self, text: str) -> dict[str, Any]:
        """Type a message."""
        return await self._send(Incoming(text=clean(text)))

    async def picks(self, label: str) -> dict[str, Any]:
        """Press the choice whose label contains this."""
        choice = next(each["id"] for each in self.reply["choices"] if label.lower() in each["label"].lower())
        return await self._send(Incoming(choice=choice))

    async def leaves(self, question: str, name: str, email: str, keep_words: bool = False) -> dict[str, Any]:
        """Send the form."""
        return await self._send(Incoming(form=Form(question, name, email, keep_words)))

    async def withdraws(self, reference: str) -> None:
        """Withdraw consent to be written to about a question left."""
        await self._desk.withdraw(self._conversation, self._token, reference, drop_answers)

    async def erases(self) -> None:
        """Erase the conversation."""
        await self._desk.erase(self._conversation, self._token)

    async def _send(self, incoming: Incoming) -> dict[str, Any]:
        self.reply = await self._desk.handle(self._conversation, self._token, incoming)
        return self.reply
