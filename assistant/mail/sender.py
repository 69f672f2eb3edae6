"""Make a message of a letter and hand it over."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from email_validator import validate_email
from pydantic import NameEmail

from assistant.db.base import now
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.letters import withdrawal_note
from assistant.enquiries.withdrawal import make_withdrawal_token
from assistant.errors import SettingError
from assistant.mail.errors import LetterRefusedError
from assistant.mail.server import MailServer
from assistant.settings import Settings

WITHDRAWAL_PATH = "/withdraw/"  # web/withdrawal.py answers there


@dataclass(frozen=True)
class Sender:
    """Who writes, through which server, and where the links in letters lead."""

    server: MailServer
    address: NameEmail
    public_url: str

    def send(self, content: dict[str, str], reference: str, cipher: Cipher) -> None:
        """Send what `queue_letter` kept. Raises LetterRefusedError, LetterDelayedError, MailServerError."""
        link = f"{self.public_url}{WITHDRAWAL_PATH}{make_withdrawal_token(reference, cipher)}"
        try:
            recipient = _recipient(content["recipient"])
            message = self._message(content, recipient, link)
        except ValueError as error:  # an address or a header that cannot be written down
            raise LetterRefusedError(error) from None
        self.server.send(message, self.address.email, recipient.addr_spec)

    def _message(self, content: dict[str, str], recipient: Address, link: str) -> EmailMessage:
        message = EmailMessage()  # refuses line breaks in headers
        message["From"] = Address(self.address.name, addr_spec=self.address.email)
        message["To"] = recipient
        message["Subject"] = content["subject"]
        message["Date"] = format_datetime(now())
        message["Message-ID"] = f"<{content['id']}@{self.address.email.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{content['body']}\n{withdrawal_note(link)}", charset="utf-8")
        return message


def _recipient(address: str) -> Address:
    """The address as mail servers understand it: its domain in ASCII."""
    checked = validate_email(address, check_deliverability=False)
    return Address(username=checked.local_part, domain=checked.ascii_domain)


def open_sender(settings: Settings) -> Sender | None:
    """The sender of the settings, or None where e-mail is off. Connects to nothing. Raises SettingError."""
    if settings.smtp_url is None:
        return None
    if settings.mail_from is None or settings.public_url is None:
        raise SettingError("ASSISTANT_SMTP_URL needs ASSISTANT_MAIL_FROM and ASSISTANT_PUBLIC_URL beside it.")
    server = MailServer.from_url(settings.smtp_url.get_secret_value())
    return Sender(server, settings.mail_from, str(settings.public_url).rstrip("/"))
