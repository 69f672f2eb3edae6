"""Tell staff, where they work, that the queue needs somebody: by e-mail, in Slack, in Teams. Counts and a link only."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from functools import partial
from typing import Any

from pydantic import SecretStr
from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import open_cipher
from assistant.errors import AssistantError, SettingError
from assistant.mail.errors import LetterRefusedError, MailError
from assistant.mail.sender import Sender
from assistant.mail.webhooks import WebhookError, WebhookRefusedError, post, slack_message, teams_message
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import queue_post
from assistant.messaging.switched_on import review_channels
from assistant.review.digest import Counts, is_due, note_digest
from assistant.settings import Settings

TITLE = "Enquiries that need somebody"
QUEUE = "/staff/queue"
DELAYS = (2.0, 10.0)  # seconds before the second and third try

NOTHING = "There is nothing to do"

Tell = Callable[[Counts], None]
Writer = Callable[[str, Sequence[str], str | None], dict[str, Any]]


class DigestError(AssistantError):
    """The digest did not go out by every way; names ways and faults, never addresses."""


class Digests:
    """Sends the digest when it is due, by every way that the settings give."""

    def __init__(
        self,
        settings: Settings,
        sender: Sender | None,
        clock: Callable[[], datetime] = now,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._review_channels = review_channels(settings)
        self._hour = settings.digest_hour
        self._catalogue = settings.data_folder / "catalogue"
        self._clock = clock
        self._wait = wait
        self.ways = dict(_ways(settings, sender))

    def look(self, database: Database) -> Counts | None:
        """Send today's digest unless it was sent, by this process or another. Returns what it told, if anything.

        Raises DigestError, DatabaseUnavailableError, SignpostFileError.
        """
        if not self.has_ways:
            return None
        with database.write() as session:
            if not is_due(session, self._clock(), self._hour):
                return None
            counts, is_needed = note_digest(session, self._clock(), self._catalogue)
            if is_needed:
                self._queue_posts(session, counts)
        return self._send(counts) if is_needed else None

    def send_now(self, database: Database) -> Counts:
        """Send it whatever the hour, and even when it tells of nothing. Raises the same as `look`."""
        with database.write() as session:
            counts, _ = note_digest(session, self._clock(), self._catalogue)
            self._queue_posts(session, counts)
        return self._send(counts)

    @property
    def has_ways(self) -> bool:
        """Whether it goes anywhere."""
        return bool(self.ways or self._review_channels)

    def _queue_posts(self, session: Session, counts: Counts) -> None:
        """Have the channels where staff review told through the outbox, which tries again by itself."""
        if not self._review_channels:
            return
        cipher = open_cipher(self._settings)
        content = {"title": TITLE, "lines": counts.lines or [NOTHING], "link": queue_link(self._settings)}
        for head in self._review_channels:
            key = f"digest:{head.lane}:{self._clock().isoformat()}"
            queue_post(session, head, PostKind.DIGEST, key, content, cipher)

    def _send(self, counts: Counts) -> Counts:
        faults = [f"{name}: {fault}" for name, tell in self.ways.items() if (fault := self._try(tell, counts))]
        if faults:
            raise DigestError(f"The digest did not go out by {'; '.join(faults)}.")
        return counts

    def _try(self, tell: Tell, counts: Counts) -> str | None:
        """Tell it, three times at most while the other side is away. Returns the fault."""
        for delay in (*DELAYS, None):
            try:
                tell(counts)
                return None
            except (WebhookError, MailError) as error:
                if delay is None or isinstance(error, WebhookRefusedError | LetterRefusedError):
                    return str(error)
                self._wait(delay)
        return None


def queue_link(settings: Settings) -> str | None:
    """Where the queue is, as far as the settings say."""
    return str(settings.public_url).rstrip("/") + QUEUE if settings.public_url else None


def _ways(settings: Settings, sender: Sender | None) -> Iterator[tuple[str, Tell]]:
    link = queue_link(settings)
    if settings.digest_emails:
        if sender is None:
            raise SettingError("ASSISTANT_DIGEST_EMAILS needs ASSISTANT_SMTP_URL beside it.")
        for number, address in enumerate(settings.digest_emails, 1):
            yield f"e-mail {number}", partial(_send_letter, sender, address, link)
    if settings.digest_slack_url is not None:
        yield "Slack", partial(_send_message, settings.digest_slack_url, slack_message, link)
    if settings.digest_teams_url is not None:
        yield "Teams", partial(_send_message, settings.digest_teams_url, teams_message, link)


def _send_message(url: SecretStr, write: Writer, link: str | None, counts: Counts) -> None:
    post(url.get_secret_value(), write(TITLE, counts.lines or [NOTHING], link))


def _send_letter(sender: Sender, address: str, link: str | None, counts: Counts) -> None:
    message = EmailMessage()
    message["From"] = Address(sender.address.name, addr_spec=sender.address.email)
    message["To"] = Address(addr_spec=address)
    message["Subject"] = TITLE
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=sender.address.email.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    points = "\n".join(f"- {line}" for line in counts.lines or [NOTHING])
    message.set_content(f"{points}\n" + (f"\nOpen the queue: {link}\n" if link else ""), charset="utf-8")
    sender.server.send(message, sender.address.email, address)
