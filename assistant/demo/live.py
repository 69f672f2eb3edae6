"""Ask the real desk what is invented, so that outcomes are those of the live model and not those of the file."""

import asyncio
from collections.abc import Callable, Iterable

from assistant.demo.script import Ask
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.engine import TurnFailedError, TurnReply, TurnRequest
from assistant.enquiries.outcomes import Outcome
from assistant.tokens import new_token

# What needs a second message to be an enquiry is left to the file.
NOT_TAKEN = frozenset({Outcome.SMALLTALK, Outcome.HANDOFF})


def ask_desk(desk: EnquiryDesk, asks: Iterable[Ask], advance: Callable[[], None]) -> dict[str, TurnReply]:
    """What the desk's engine makes of each redacted text; nothing is written. `advance` is called after each."""
    texts = dict.fromkeys(desk.redactor(text) for ask in asks for text in ask.texts)
    return asyncio.run(_ask_all(desk, texts, advance))


async def _ask_all(desk: EnquiryDesk, texts: Iterable[str], advance: Callable[[], None]) -> dict[str, TurnReply]:
    told = {}
    for text in texts:
        reply = await _ask(desk, text)
        if reply is not None and reply.outcome not in NOT_TAKEN:
            told[text] = reply
        advance()
    return told


async def _ask(desk: EnquiryDesk, text: str) -> TurnReply | None:
    conversation = new_token()
    try:
        return await desk.engine.answer(TurnRequest(conversation, text))
    except TurnFailedError:
        return None
    finally:
        await desk.engine.forget(conversation)
