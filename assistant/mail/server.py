"""The mail server that letters are handed to, by SMTP."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import parse_qsl, unquote, urlsplit

from assistant.errors import SettingError
from assistant.mail.errors import LetterDelayedError, LetterRefusedError, MailServerError

SECONDS = 20.0  # for each answer of the server
PERMANENT = 500  # replies from here on mean never, those below mean not now
SUBMISSION_PORT, TLS_PORT = 587, 465
HOW = "Write smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465"


@dataclass(frozen=True)
class MailServer:
    """Where it is, how to get in, and how the way there is encrypted. Certificates are verified."""

    host: str
    port: int
    tls: bool  # from the first byte
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str) -> "MailServer":
        """Read ASSISTANT_SMTP_URL. Raises SettingError, which repeats nothing of it."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise _unusable("is no URL") from None
        tls = parts.scheme == "smtps"
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        starttls = options.pop("starttls", "0" if tls else "1")
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
            raise _unusable("is no URL of a mail server")
        if options or starttls not in ("0", "1") or (tls and starttls == "1"):
            raise _unusable("has an unknown option; there is only ?starttls=0, for smtp")
        if parts.username and not tls and starttls == "0":
            raise _unusable("would send the password unencrypted")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        port = port or (TLS_PORT if tls else SUBMISSION_PORT)
        return cls(parts.hostname, port, tls, starttls == "1", user, password)

    def send(self, message: EmailMessage, sender: str, recipient: str) -> None:
        """Hand one message over; takes as long as the server does.

        Raises LetterRefusedError, LetterDelayedError, MailServerError.
        """
        try:
            connection = self._connect()
            try:
                connection.send_message(message, sender, [recipient])
                with suppress(OSError):  # the letter is taken, however the goodbye goes
                    connection.quit()
            finally:
                connection.close()
        except smtplib.SMTPRecipientsRefused as error:
            raise _judged(error, error.recipients[recipient][0]) from None
        except smtplib.SMTPDataError as error:
            raise _judged(error, error.smtp_code) from None
        except OSError as error:  # smtplib's errors are of this kind, too
            raise MailServerError(error) from None

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            if self.starttls:
                connection.starttls(context=context)  # fails where the server offers none
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _judged(error: smtplib.SMTPException, code: int) -> LetterRefusedError | LetterDelayedError:
    return LetterRefusedError(error) if code >= PERMANENT else LetterDelayedError(error)


def _unusable(why: str) -> SettingError:
    return SettingError(f"ASSISTANT_SMTP_URL {why}. {HOW}.")
