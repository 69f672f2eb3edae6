"""Enquiries in the queue, written straight into the tables, and an encoder that knows words only."""

import asyncio
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Message, Reason
from assistant.enquiries.queueing import queue_enquiry
from assistant.enquiries.references import new_reference
from assistant.review.sorting import Encode, Sorter

WIDTH = 256


def encode_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row for each text that counts its words: the more words two share, the nearer they are."""
    rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in f"^ {text.lower()}".split():
            row[zlib.crc32(word.encode()) % WIDTH] += 1
    return rows


def ask(
    database: Database,
    text: str | None,
    reason: Reason = Reason.UNANSWERED,
    *,
    conversation: str = "",
    at: datetime | None = None,
    channel: str = "web",
    outcome: str = "unanswered",
    model: str = "earlier-model",
    **follow_up: Any,
) -> str:
    """An enquiry in the queue, not sorted yet; with `follow_up`, left for a person too. Returns its reference."""
    reference, moment = new_reference(), at or now()
    conversation = conversation or f"of {reference}"
    with database.write() as session:
        if session.get(Conversation, conversation) is None:
            session.add(Conversation(id=conversation, channel=channel, token_hash="h", created_at=moment))
            session.flush()
        enquiry = Enquiry(
            reference=reference,
            conversation_id=conversation,
            channel=channel,
            text=text,
            outcome=outcome,
            model=model,
            received_at=moment,
        )
        reply = {"replies": [{"text": "I do not know that."}]}
        message = Message(
            conversation_id=conversation,
            fingerprint="f",
            text=text,
            reference=reference,
            reply=reply,
            received_at=moment,
        )
        session.add_all([enquiry, message])
        session.flush()
        queue_enquiry(session, enquiry, reason)
        if follow_up:
            queue_enquiry(session, enquiry, Reason.HANDOFF)
            kept = {"name_encrypted": b"n", "email_encrypted": b"e", "consent_wording": "w", "consent_at": moment}
            session.add(FollowUp(**{"reference": reference, "channel": channel, **kept, **follow_up}))
    return reference


def sort(database: Database, encode: Encode = encode_words) -> None:
    """Sort all that waits; in a thread, since a browser's test has a loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Sorter(database, encode).go_round()).result()
