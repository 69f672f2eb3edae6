"""A real mail server on this machine, with everything it was sent on record."""

import asyncio
import datetime
import ipaddress
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


@dataclass
class PostBox:
    """Takes every letter, unless `rcpt` or `data` hold another answer. With `tls` it insists on STARTTLS and login."""

    tls: ssl.SSLContext | None = None
    port: int = 0
    rcpt: dict[str, str] = field(default_factory=dict)
    data: str = "250 OK"
    envelopes: list[Envelope] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        """Listen; the second time at the same port as before."""
        self._server = await asyncio.get_running_loop().create_server(self._protocol, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Listen no more."""
        self._server.close()
        await self._server.wait_closed()

    @property
    def letters(self) -> list[EmailMessage]:
        """What arrived, oldest first."""
        found = [message_from_bytes(bytes(each.content or b""), policy=policy.default) for each in self.envelopes]
        return [letter for letter in found if isinstance(letter, EmailMessage)]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        """Take the recipient, or answer as told."""
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Take the letter, or answer as told."""
        if self.data.startswith("250"):
            self.envelopes.append(envelope)
            self.arrived.set()
        return self.data

    def _protocol(self) -> SMTP:
        secured: dict[str, Any] = {}
        if self.tls:
            secured = {"tls_context": self.tls, "require_starttls": True, "auth_required": True}
        return SMTP(self, hostname="mail.test", enable_SMTPUTF8=True, authenticator=_check, **secured)


def _check(server: Any, session: Any, envelope: Any, mechanism: str, login: LoginPassword) -> AuthResult:
    right = (login.login, login.password) == (b"assistant", b"s3cret/word")
    return AuthResult(success=right, handled=False)  # the server tells the client


def make_certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate for this machine, and the server's side of TLS with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    today = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = folder / "key.pem"
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return file, context
