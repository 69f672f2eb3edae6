import pytest

from assistant.errors import SettingError
from assistant.mail.sender import open_sender
from assistant.mail.server import MailServer
from assistant.settings import Settings


class TestReading:
    @pytest.mark.parametrize(
        ("url", "server"),
        [
            ("smtp://mail.example.org", MailServer("mail.example.org", 587, False, True)),
            ("smtp://mail.example.org:25?starttls=1", MailServer("mail.example.org", 25, False, True)),
            ("smtp://localhost:25?starttls=0", MailServer("localhost", 25, False, False)),
            ("smtps://mail.example.org", MailServer("mail.example.org", 465, True, False)),
            ("smtp://me%40x:p%2Fw@mail.example.org", MailServer("mail.example.org", 587, False, True, "me@x", "p/w")),
        ],
    )
    def test_it_reads_where_and_how(self, url: str, server: MailServer) -> None:
        assert MailServer.from_url(url) == server

    @pytest.mark.parametrize(
        "url",
        [
            "mail.example.org",
            "http://u:hunter2@mail.example.org",
            "smtp://",
            "smtp://u:hunter2@mail.example.org:port",
            "smtp://u:hunter2@mail.example.org/path",
            "smtp://u:hunter2@mail.example.org?starttls=maybe",
            "smtp://u:hunter2@mail.example.org?verify=0",
            "smtps://u:hunter2@mail.example.org?starttls=1",
            "smtp://u:hunter2@mail.example.org?starttls=0",
        ],
    )
    def test_it_refuses_the_rest_without_repeating_it(self, url: str) -> None:
        with pytest.raises(SettingError, match="^ASSISTANT_SMTP_URL ") as refusal:
            MailServer.from_url(url)
        assert "hunter2" not in str(refusal.value) and refusal.value.__cause__ is None

    def test_it_hides_the_password(self) -> None:
        assert "hunter2" not in repr(MailServer.from_url("smtp://u:hunter2@mail.example.org"))


class TestOpenSender:
    def test_it_is_off_without_a_server(self) -> None:
        assert open_sender(Settings(mail_from="a@example.org", public_url="https://x.example.org")) is None

    @pytest.mark.parametrize("given", [{"mail_from": "a@example.org"}, {"public_url": "https://x.example.org"}])
    def test_it_needs_a_sender_and_a_public_address(self, given: dict[str, str]) -> None:
        with pytest.raises(SettingError, match="needs ASSISTANT_MAIL_FROM and ASSISTANT_PUBLIC_URL"):
            open_sender(Settings(smtp_url="smtp://mail.example.org", **given))

    def test_it_takes_a_public_address_with_a_path(self) -> None:
        sender = open_sender(
            Settings(
                smtp_url="smtp://mail.example.org",
                mail_from="A <a@example.org>",
                public_url="https://x.example.org/ask/",
            )
        )
        assert sender is not None
        assert (sender.public_url, sender.address.name) == ("https://x.example.org/ask", "A")
