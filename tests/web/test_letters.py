"""Letters to askers, from the outbox to a real mail server on this machine."""

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.letters import LetterKind
from assistant.enquiries.models import FollowUp, OutboxLetter
from assistant.enquiries.outbox import CLAIM, FIRST_DELAY, LONGEST_WAIT, queue_letter
from assistant.mail.postman import Postman
from assistant.mail.sender import Sender, open_sender
from assistant.settings import Settings
from tests.support.asker import Asker, create_app
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.mail_server import HOST, PostBox, make_certificate

ADDRESS = "ade@nhs.net"
PUBLIC_URL = "https://ask.example.org"
LINK = re.compile(re.escape(PUBLIC_URL) + r"(/withdraw/\S+)")


@dataclass
class Clock:
    """A time that stands until it is put on."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock(now() + timedelta(seconds=1))


@pytest.fixture
async def box() -> AsyncIterator[PostBox]:
    """Takes letters without TLS."""
    box = PostBox()
    await box.open()
    yield box
    await box.shut()


def with_mail(settings: Settings, url: str) -> Settings:
    """The settings with e-mail on."""
    mail = {"smtp_url": url, "mail_from": "Enquiry Assistant <assistant@example.org>", "public_url": PUBLIC_URL}
    return Settings(**{**settings.model_dump(), **mail})


@pytest.fixture
def sender(settings: Settings, box: PostBox) -> Sender:
    sender = open_sender(with_mail(settings, f"smtp://{HOST}:{box.port}?starttls=0"))
    assert sender is not None
    return sender


@pytest.fixture
def postman(database: Database, cipher: Cipher, sender: Sender, clock: Clock) -> Postman:
    return Postman(database, cipher, sender, clock)


@pytest.fixture
async def reference(asker: Asker, database: Database, cipher: Cipher, settings: Settings) -> str:
    """A question that was left, with a letter waiting."""
    return await leave(asker, database, cipher, settings)


async def leave(asker: Asker, database: Database, cipher: Cipher, settings: Settings, **change: str) -> str:
    """Leave a question, and have a letter about it queued. `change` changes what was kept of the asker."""
    form = {"question": "Is there Zanzibar?", "name": "Ade Okafor", "email": ADDRESS, "consent": True}
    reference: str = (await asker.sends({"form": form})).json()["enquiry"]
    with database.write() as session:
        left = session.get_one(FollowUp, reference)
        for name, value in change.items():
            setattr(left, f"{name}_encrypted", cipher.encrypt(value))
        queue_letter(session, left, LetterKind.LAPSED, cipher, settings)
    return reference


def row(database: Database) -> OutboxLetter | None:
    with database.read() as session:
        return session.scalars(select(OutboxLetter)).one_or_none()


def waits(database: Database, fault: str) -> bool:
    """The letter is kept for another try, because of this."""
    found = row(database)
    assert found is not None
    assert found.last_error == fault
    return found.next_try_at is not None and found.letter_encrypted is not None and found.sent_at is None


def has_failed(database: Database, fault: str) -> bool:
    """The letter is kept no more, and was not sent, because of this."""
    found = row(database)
    assert found is not None
    assert found.last_error == fault
    return found.next_try_at is None and found.letter_encrypted is None and found.sent_at is None


class TestSending:
    async def test_it_sends_a_letter_once_and_keeps_only_that_it_did(
        self, reference: str, postman: Postman, box: PostBox, database: Database, clock: Clock
    ) -> None:
        await postman.go_round()
        clock.moment += LONGEST_WAIT
        await postman.go_round()
        assert [envelope.rcpt_tos for envelope in box.envelopes] == [[ADDRESS]]
        sent = row(database)
        assert sent is not None and sent.sent_at is not None
        assert (sent.reference, sent.kind, sent.letter_encrypted, sent.last_error) == (reference, "lapsed", None, None)

    @pytest.mark.usefixtures("reference")
    async def test_it_sends_it_once_though_two_processes_look(self, postman: Postman, box: PostBox) -> None:
        await asyncio.gather(*(postman.go_round() for _ in range(4)))
        assert len(box.envelopes) == 1

    async def test_it_says_what_there_is_to_say(self, reference: str, postman: Postman, box: PostBox) -> None:
        await postman.go_round()
        [letter] = box.letters
        assert letter["From"] == "Enquiry Assistant <assistant@example.org>"
        assert (letter["To"], letter["Subject"]) == (ADDRESS, f"Your question {reference}")
        assert letter["Auto-Submitted"] == "auto-generated" and letter["Date"]
        assert letter["Message-ID"].endswith("@example.org>")
        assert (letter.get_content_type(), letter.get_content_charset()) == ("text/plain", "utf-8")
        text = letter.get_content()
        for part in ("Hello Ade Okafor,", reference, "180 days", "enquiries@nhsconfed.org", "020 7799 6666"):
            assert part in text
        assert LINK.search(text) and text.rstrip().endswith(LINK.search(text)[0])  # type: ignore[index]
        assert "Zanzibar" not in text

    async def test_its_link_works(
        self, reference: str, postman: Postman, box: PostBox, client: httpx.AsyncClient, database: Database
    ) -> None:
        await postman.go_round()
        link = LINK.search(box.letters[0].get_content())
        assert link
        page = await client.get(link[1])
        assert page.status_code == 200 and reference in page.text and "<button" in page.text
        assert (await client.post(link[1])).status_code == 200
        with database.read() as session:
            left = session.get_one(FollowUp, reference)
            assert (left.email_encrypted, left.state) == (None, "withdrawn")

    @pytest.mark.parametrize(
        ("address", "recipient"), [("ade@bücher.example", "ade@xn--bcher-kva.example"), ("zoë@nhs.net", "zoë@nhs.net")]
    )
    async def test_it_reaches_addresses_of_any_script(
        self, asker: Asker, postman: Postman, box: PostBox, database: Database, cipher: Cipher, settings: Settings,
        address: str, recipient: str,
    ) -> None:  # fmt: skip
        await leave(asker, database, cipher, settings, name="Sinéad Ní Bhriain", email=address)
        await postman.go_round()
        assert box.envelopes[0].rcpt_tos == [recipient]
        assert "Hello Sinéad Ní Bhriain," in box.letters[0].get_content()

    async def test_it_is_sent_while_the_server_runs(
        self, reference: str, box: PostBox, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> None:
        mailing = with_mail(settings, f"smtp://{HOST}:{box.port}?starttls=0")
        app = create_app(mailing, make_desk(database, engine, cipher, mailing))
        async with app.router.lifespan_context(app):
            await asyncio.wait_for(box.arrived.wait(), 20)
        assert reference in str(box.letters[0]["Subject"])


class TestNames:
    async def test_a_header_in_a_name_is_inert(
        self, asker: Asker, postman: Postman, box: PostBox, database: Database, cipher: Cipher, settings: Settings
    ) -> None:
        await leave(asker, database, cipher, settings, name="Ade\r\nBcc: eve\r\nSubject: Free money\r\n\r\nHello")
        await postman.go_round()
        [letter] = box.letters
        assert box.envelopes[0].rcpt_tos == [ADDRESS]
        assert letter["Bcc"] is None and letter.get_all("Subject") == [letter["Subject"]]
        assert "money" not in str(letter["Subject"])

    async def test_a_link_in_a_name_is_not_passed_on(
        self, asker: Asker, postman: Postman, box: PostBox, database: Database, cipher: Cipher, settings: Settings
    ) -> None:
        await leave(asker, database, cipher, settings, name="Win at evil.example")
        await postman.go_round()
        text = box.letters[0].get_content()
        assert text.startswith("Hello,") and "evil" not in text

    async def test_a_header_in_an_address_sends_nothing(
        self, asker: Asker, postman: Postman, box: PostBox, database: Database, cipher: Cipher, settings: Settings
    ) -> None:
        await leave(asker, database, cipher, settings, email="ade@nhs.net\r\nBcc: eve@evil.example")
        await postman.go_round()
        assert not box.envelopes and has_failed(database, "EmailSyntaxError")


class TestFaults:
    @pytest.mark.usefixtures("reference")
    async def test_it_is_sent_later_when_the_server_was_down(
        self, postman: Postman, box: PostBox, database: Database, clock: Clock
    ) -> None:
        await box.shut()
        await postman.go_round()
        assert waits(database, "ConnectionRefusedError")
        await box.open()
        await postman.go_round()
        assert not box.envelopes  # not before its time
        clock.moment += FIRST_DELAY
        await postman.go_round()
        assert len(box.envelopes) == 1

    async def test_a_server_that_is_down_is_asked_once_a_round(
        self, asker: Asker, postman: Postman, box: PostBox, database: Database, cipher: Cipher, settings: Settings
    ) -> None:
        for _ in range(2):
            await leave(asker, database, cipher, settings)
        await box.shut()
        await postman.go_round()
        await box.open()
        with database.read() as session:
            assert sorted(session.scalars(select(OutboxLetter.attempts))) == [0, 1]

    @pytest.mark.usefixtures("reference")
    @pytest.mark.parametrize("answer", ["450 busy", "421 closing"])
    async def test_it_waits_when_it_is_not_taken_now(
        self, postman: Postman, box: PostBox, database: Database, clock: Clock, answer: str
    ) -> None:
        box.rcpt[ADDRESS] = answer
        await postman.go_round()
        assert waits(database, "SMTPRecipientsRefused")
        box.rcpt.clear()
        clock.moment += FIRST_DELAY
        await postman.go_round()
        assert len(box.envelopes) == 1

    @pytest.mark.usefixtures("reference")
    async def test_it_fails_when_the_address_is_refused(
        self, postman: Postman, box: PostBox, database: Database
    ) -> None:
        box.rcpt[ADDRESS] = "550 no such mailbox"
        await postman.go_round()
        assert has_failed(database, "SMTPRecipientsRefused")

    @pytest.mark.usefixtures("reference")
    async def test_it_fails_when_the_letter_is_refused(
        self, postman: Postman, box: PostBox, database: Database
    ) -> None:
        box.data = "554 no"
        await postman.go_round()
        assert has_failed(database, "SMTPDataError")

    async def test_a_refused_letter_holds_up_no_other(
        self, asker: Asker, postman: Postman, box: PostBox, database: Database, cipher: Cipher, settings: Settings
    ) -> None:
        for address in (ADDRESS, "busy@nhs.net", "ola@nhs.net"):
            await leave(asker, database, cipher, settings, email=address)
        box.rcpt = {ADDRESS: "550 no such mailbox", "busy@nhs.net": "450 busy"}
        await postman.go_round()
        assert [envelope.rcpt_tos for envelope in box.envelopes] == [["ola@nhs.net"]]

    @pytest.mark.usefixtures("reference")
    async def test_nothing_of_the_asker_is_logged(
        self, postman: Postman, box: PostBox, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        for answer in (f"450 {ADDRESS} is busy", f"550 {ADDRESS} is unknown"):
            box.rcpt[ADDRESS] = answer
            await postman.go_round()
            clock.moment += FIRST_DELAY
        ours = [record.getMessage() for record in caplog.records if record.name.startswith("assistant")]
        assert len(ours) == 2
        assert not any(word in line for word in (ADDRESS, "Okafor", "Zanzibar") for line in ours)

    @pytest.mark.usefixtures("reference")
    async def test_a_second_copy_after_a_kill_has_the_same_number(
        self, postman: Postman, sender: Sender, box: PostBox, database: Database, cipher: Cipher, clock: Clock
    ) -> None:
        with pytest.raises(Killed):
            await Postman(database, cipher, KilledAfterwards(**vars(sender)), clock).go_round()
        await postman.go_round()
        assert len(box.letters) == 1  # claimed, and the claim lasts
        clock.moment += CLAIM
        await postman.go_round()
        first, second = box.letters
        assert first["Message-ID"] == second["Message-ID"]


class Killed(BaseException):
    """What ends a process, as far as `except Exception` is concerned."""


class KilledAfterwards(Sender):
    """Sends, and is killed before that can be noted."""

    def send(self, content: dict[str, str], reference: str, cipher: Cipher) -> None:
        super().send(content, reference, cipher)
        raise Killed


class TestEncryption:
    @pytest.fixture
    def certificate(self, tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
        return make_certificate(tmp_path)

    @pytest.fixture
    async def box(self, certificate: tuple[Path, ssl.SSLContext]) -> AsyncIterator[PostBox]:
        """Insists on STARTTLS and a login."""
        box = PostBox(tls=certificate[1])
        await box.open()
        yield box
        await box.shut()

    @pytest.fixture
    def sender(self, settings: Settings, box: PostBox) -> Sender:
        sender = open_sender(with_mail(settings, f"smtp://assistant:s3cret%2Fword@{HOST}:{box.port}"))
        assert sender is not None
        return sender

    @pytest.mark.usefixtures("reference")
    async def test_a_certificate_that_nobody_vouches_for_is_refused(
        self, postman: Postman, box: PostBox, database: Database
    ) -> None:
        await postman.go_round()
        assert waits(database, "SSLCertVerificationError") and not box.envelopes

    @pytest.mark.usefixtures("reference")
    async def test_one_that_the_machine_trusts_is_taken(
        self, postman: Postman, box: PostBox, certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        await postman.go_round()
        assert len(box.envelopes) == 1

    @pytest.mark.usefixtures("reference")
    async def test_a_wrong_password_keeps_the_letter_waiting(
        self, sender: Sender, box: PostBox, database: Database, cipher: Cipher, clock: Clock,
        certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        wrong = replace(sender, server=replace(sender.server, password="guess"))
        await Postman(database, cipher, wrong, clock).go_round()
        assert waits(database, "SMTPAuthenticationError") and not box.envelopes

    @pytest.mark.usefixtures("reference")
    async def test_a_server_without_encryption_gets_nothing(
        self, sender: Sender, database: Database, cipher: Cipher, clock: Clock
    ) -> None:
        plain = PostBox()
        await plain.open()
        there = replace(sender, server=replace(sender.server, port=plain.port))
        await Postman(database, cipher, there, clock).go_round()
        await plain.shut()
        assert waits(database, "SMTPNotSupportedError") and not plain.envelopes


class TestDropping:
    async def test_withdrawing_drops_what_waits(
        self, reference: str, asker: Asker, postman: Postman, box: PostBox, database: Database
    ) -> None:
        await asker.client.delete(f"{asker.path}/enquiries/{reference}/follow-up", headers=asker.headers)
        await postman.go_round()
        assert row(database) is None and not box.envelopes

    @pytest.mark.usefixtures("reference")
    async def test_erasing_drops_what_waits(
        self, asker: Asker, postman: Postman, box: PostBox, database: Database
    ) -> None:
        await asker.client.delete(asker.path, headers=asker.headers)
        await postman.go_round()
        assert row(database) is None and not box.envelopes

    @pytest.mark.usefixtures("reference")
    async def test_without_a_mail_server_letters_wait_thirty_days_and_no_longer(
        self, database: Database, cipher: Cipher, clock: Clock
    ) -> None:
        off = Postman(database, cipher, None, clock)
        await off.go_round()
        found = row(database)
        assert found is not None and found.letter_encrypted is not None
        clock.moment += LONGEST_WAIT
        await off.go_round()
        assert has_failed(database, "WaitedTooLong")


class TestMetrics:
    async def test_they_count_what_waits_and_what_has_failed(
        self, reference: str, client: httpx.AsyncClient, postman: Postman, box: PostBox
    ) -> None:
        assert 'assistant_letters{state="waiting"} 1.0' in (await client.get("/metrics")).text
        box.rcpt[ADDRESS] = "550 no such mailbox"
        await postman.go_round()
        metrics = (await client.get("/metrics")).text
        assert 'assistant_letters{state="waiting"} 0.0' in metrics
        assert 'assistant_letters{state="failed"} 1.0' in metrics
        assert reference not in metrics and ADDRESS not in metrics
