"""The table of dialogue states: throw-away, the enquiry log is the record."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base, UTCDateTime, now

SENDER_LENGTH = 255


class DialogueState(Base):
    """The last turns of a conversation, as Rasa's events in JSON."""

    __tablename__ = "dialogue_states"

    conversation_id: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    events: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, onupdate=now)
