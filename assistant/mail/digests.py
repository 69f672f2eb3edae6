"""Tell staff, where they work, that the queue needs somebody: by e-mail, in Slack, in Teams. Counts and a link only."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.errors import AssistantError
from assistant.mail.errors import LetterRefusedError
from assistant.mail.sender import Sender
from assistant.mail.webhooks import post, slack_message, teams_message
from assistant.review.digest import Counts, claim_digest, is_due
from assistant.settings import Settings

TITLE = "Enquiries that need somebody"
QUEUE = "/staff/queue"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Way:
    """How to reach staff; `tell` raises AssistantError when it did not work."""

    name: str
    tell: Callable[[Counts], None]


class Digests:
    """Sends the digest when it is due, by every way that the settings give."""

    def __init__(self, settings: Settings, sender: Sender | None, clock: Callable[[], datetime] = now) -> None:
        self._settings = settings
        self._clock = clock
        self._catalogue = settings.data_folder / "catalogue"
        self.ways = tuple(_ways(settings, sender))

    def look(self, database: Database) -> Counts | None:
        """Send today's digest unless it was sent, by this process or another. Returns what it told.

        Raises DatabaseUnavailableError, SignpostFileError.
        """
        if not self.ways:
            return None
        with database.write() as session:
            if not is_due(session, self._clock(), self._settings.digest_hour):
                return None
            counts = claim_digest(session, self._clock(), self._catalogue)
        return self._send(counts)

    def send_now(self, database: Database) -> Counts | None:
        """Send it whatever the hour. Raises the same as `look`."""
        with database.write() as session:
            counts = claim_digest(session, self._clock(), self._catalogue)
        return self._send(counts)

    def _send(self, counts: Counts | None) -> Counts | None:
        for way in self.ways if counts else ():
            assert counts is not None
            try:
                way.tell(counts)
            except AssistantError as error:  # its message names the fault only; the other ways are still tried
                logger.error("The digest did not go out by %s: %s", way.name, error)
            else:
                logger.info("The digest went out by %s.", way.name)
        return counts


def queue_link(settings: Settings) -> str | None:
    """Where the queue is, as far as the settings say."""
    return str(settings.public_url).rstrip("/") + QUEUE if settings.public_url else None


def _ways(settings: Settings, sender: Sender | None) -> Iterator[Way]:
    link = queue_link(settings)
    if settings.digest_emails and sender is not None:
        yield Way("e-mail", lambda counts: _send_letters(settings.digest_emails, counts, link, sender))
    if (slack := settings.digest_slack_url) is not None:
        yield Way("Slack", lambda counts: post(slack.get_secret_value(), slack_message(TITLE, counts.lines, link)))
    if (teams := settings.digest_teams_url) is not None:
        yield Way("Teams", lambda counts: post(teams.get_secret_value(), teams_message(TITLE, counts.lines, link)))


def _send_letters(addresses: tuple[str, ...], counts: Counts, link: str | None, sender: Sender) -> None:
    """A letter each, so that one address that is refused keeps none from the others. Raises the last MailError."""
    fault: AssistantError | None = None
    for address in addresses:
        try:
            sender.server.send(_write(address, counts, link, sender), sender.address.email, address)
        except AssistantError as error:
            fault = error
        except ValueError as error:  # an address that cannot be written down
            fault = LetterRefusedError(error)
    if fault is not None:
        raise fault


def _write(address: str, counts: Counts, link: str | None, sender: Sender) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(sender.address.name, addr_spec=sender.address.email)
    message["To"] = Address(addr_spec=address)
    message["Subject"] = TITLE
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=sender.address.email.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    points = "\n".join(f"- {line}" for line in counts.lines)
    message.set_content(f"{points}\n" + (f"\nOpen the queue: {link}\n" if link else ""), charset="utf-8")
    return message
