"""The public API: conversations and their messages."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from assistant.enquiries.desk import EnquiryDesk
from assistant.messaging.outbox import drop_answers
from assistant.web.metrics import count_message
from assistant.web.problems import NotReadyError
from assistant.web.schema import ConversationReply, FeedbackBody, MessageBody, MessageReply

CHANNEL = "web"
LONGEST_KEY = 100

router = APIRouter(prefix="/api/conversations", tags=["conversations"])
_bearer = HTTPBearer(auto_error=False, description="The token that came with the conversation.")


async def get_desk(request: Request) -> EnquiryDesk:
    """The desk, once the assistant is ready. Raises NotReadyError before."""
    desk: EnquiryDesk | None = request.app.state.desk
    if desk is None:
        raise NotReadyError("A request came before the assistant was ready.")
    return desk


async def get_token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    """The bearer token; 401 without one."""
    if credentials is None:
        raise HTTPException(
            401, "Send the conversation's token: Authorization: Bearer …", {"WWW-Authenticate": "Bearer"}
        )
    return credentials.credentials


Desk = Annotated[EnquiryDesk, Depends(get_desk)]
Token = Annotated[str, Depends(get_token)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=LONGEST_KEY)]


@router.post("", status_code=201)
async def open_conversation(desk: Desk) -> ConversationReply:
    """Start a conversation."""
    conversation, token = await desk.open(CHANNEL)
    return ConversationReply(conversation=conversation, token=token)


@router.post("/{conversation}/messages", response_model=MessageReply)
async def send_message(
    conversation: str, body: MessageBody, desk: Desk, token: Token, idempotency_key: Key = None
) -> dict[str, Any]:
    """Send a message and get its answer."""
    with count_message(CHANNEL) as counted:
        reply = await desk.handle(conversation, token, body.incoming(), idempotency_key)
        counted.outcome = reply["outcome"]
    return reply


@router.get("/{conversation}/messages")
async def read_messages(conversation: str, desk: Desk, token: Token) -> list[dict[str, Any]]:
    """The conversation so far, oldest first: entries from the asker and from the assistant."""
    return await desk.history(conversation, token)


@router.delete("/{conversation}", status_code=204)
async def erase_conversation(conversation: str, desk: Desk, token: Token) -> Response:
    """Erase the conversation and everything said, logged or left in it."""
    await desk.erase(conversation, token)
    return Response(status_code=204)


@router.post("/{conversation}/enquiries/{reference}/feedback", status_code=204)
async def give_feedback(conversation: str, reference: str, body: FeedbackBody, desk: Desk, token: Token) -> Response:
    """Say whether an answer was useful."""
    await desk.feedback(conversation, token, reference, useful=body.useful)
    return Response(status_code=204)


@router.delete("/{conversation}/enquiries/{reference}/follow-up", status_code=204)
async def withdraw_consent(conversation: str, reference: str, desk: Desk, token: Token) -> Response:
    """Withdraw the consent to be answered; name and address are forgotten."""
    await desk.withdraw(conversation, token, reference, drop_answers)
    return Response(status_code=204)
