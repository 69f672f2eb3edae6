"""The digest on its way: by e-mail to a real mail server, to Slack and Teams as real servers on this machine."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.encryption import open_cipher
from assistant.enquiries.models import Group
from assistant.errors import SettingError
from assistant.mail.digests import DELAYS, TITLE, DigestError, Digests
from assistant.mail.sender import open_sender
from assistant.messaging.models import Post
from assistant.messaging.outbox import open_post
from assistant.review.models import Digest
from assistant.settings import Settings
from assistant.web.upkeep import do_round, upkeep_jobs
from tests.support.mail_server import HOST, PostBox
from tests.support.many_asked import add, ask
from tests.support.webhook import Webhook, listening

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)  # a Thursday
DAY = timedelta(days=1)
WORDS = "Is there help with Zanzibar?"
LINK = "https://ask.example.org/staff/queue"


@pytest.fixture
def slack() -> Iterator[Webhook]:
    with listening() as hook:
        yield hook


@pytest.fixture
def teams() -> Iterator[Webhook]:
    with listening() as hook:
        yield hook


@pytest.fixture
async def box() -> AsyncIterator[PostBox]:
    """A mail server without TLS."""
    box = PostBox()
    await box.open()
    yield box
    await box.shut()


class Office:
    """Sends digests at the time that a test sets; it waits for nobody, and notes for how long it would have."""

    def __init__(self, settings: Settings, slack: Webhook, teams: Webhook, box: PostBox) -> None:
        self.time = NOW
        self.waited: list[float] = []
        given = {
            "digest_emails": "robin@example.org, eden@example.org",
            "digest_slack_url": slack.url,
            "digest_teams_url": teams.url,
            "smtp_url": f"smtp://{HOST}:{box.port}?starttls=0",
            "mail_from": "Enquiry Assistant <assistant@example.org>",
            "public_url": "https://ask.example.org/",
        }
        self.settings = Settings(**{**settings.model_dump(), **given})
        self.digests = Digests(self.settings, open_sender(self.settings), lambda: self.time, self.waited.append)

    async def look(self, database: Database) -> object:
        """As the server does."""
        return await asyncio.to_thread(self.digests.look, database)


@pytest.fixture
def office(settings: Settings, slack: Webhook, teams: Webhook, box: PostBox) -> Office:
    return Office(settings, slack, teams, box)


@pytest.fixture
def asked(database: Database) -> Database:
    """With a question that is new, and whose words are nobody's business elsewhere."""
    add(database, [group := Group(first_at=NOW - DAY / 2, last_at=NOW)])
    ask(database, NOW - DAY / 2, 1, group=group.id, text=WORDS)
    return database


async def test_it_goes_to_everybody_with_counts_and_a_link(
    office: Office, asked: Database, slack: Webhook, teams: Webhook, box: PostBox
) -> None:
    await office.look(asked)
    assert sorted(str(letter["To"]) for letter in box.letters) == ["eden@example.org", "robin@example.org"]
    letter = box.letters[0]
    assert (letter["Subject"], letter["Auto-Submitted"]) == (TITLE, "auto-generated")
    assert "- 1 new question to look at" in letter.get_content() and LINK in letter.get_content()
    assert "• 1 new question to look at" in slack.told[0]["blocks"][1]["text"]["text"]
    assert teams.told[0]["attachments"][0]["content"]["actions"][0]["url"] == LINK
    told = json.dumps([slack.told, teams.told]) + "".join(each.get_content() for each in box.letters)
    assert "Zanzibar" not in told and "ENQ-" not in told


async def test_it_goes_once_a_day(office: Office, asked: Database, slack: Webhook) -> None:
    await office.look(asked)
    office.time += DAY / 4
    await office.look(asked)
    assert len(slack.told) == 1


async def test_several_servers_send_it_once(office: Office, asked: Database, slack: Webhook, box: PostBox) -> None:
    def look(_: int) -> None:
        office.digests.look(asked)

    with ThreadPoolExecutor(4) as pool:
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(pool, look, number) for number in range(4)))
    assert (len(slack.told), len(box.letters)) == (1, 2)


async def test_when_nobody_is_needed_nothing_is_sent(office: Office, asked: Database, slack: Webhook) -> None:
    await office.look(asked)
    office.time += DAY  # the new question was told of; what is to be confirmed did not get more
    assert await office.look(asked) is None
    assert len(slack.told) == 1
    with asked.read() as session:
        assert session.scalar(select(func.count()).select_from(Digest)) == 2


async def test_it_is_tried_three_times(office: Office, asked: Database, slack: Webhook, teams: Webhook) -> None:
    slack.answers, teams.answers = [500, 429], [503, 503, 503]
    with pytest.raises(DigestError, match="^The digest did not go out by Teams: answered 503.$"):
        await office.look(asked)
    assert (len(slack.told), len(teams.told), office.waited) == (3, 3, [*DELAYS, *DELAYS])


async def test_what_is_refused_for_good_keeps_none_from_the_others(
    office: Office, asked: Database, slack: Webhook, teams: Webhook, box: PostBox
) -> None:
    box.rcpt["robin@example.org"] = "550 No such mailbox"
    slack.answers = [404]
    with pytest.raises(DigestError, match=r"by e-mail 1: SMTPRecipientsRefused; Slack: answered 404\.$"):
        await office.look(asked)
    assert (len(box.letters), len(teams.told), office.waited) == (1, 1, [])


async def test_it_can_be_sent_at_any_hour(office: Office, database: Database, slack: Webhook) -> None:
    office.time = NOW + 2 * DAY  # a Saturday
    await asyncio.to_thread(office.digests.send_now, database)
    assert len(slack.told) == 1


async def test_without_a_way_nothing_is_noted(settings: Settings, asked: Database) -> None:
    assert Digests(settings, None, lambda: NOW).look(asked) is None
    with asked.read() as session:
        assert session.scalar(select(func.count()).select_from(Digest)) == 0


def test_e_mail_needs_a_mail_server(settings: Settings) -> None:
    given = Settings(**{**settings.model_dump(), "digest_emails": "robin@example.org"})
    with pytest.raises(SettingError, match="ASSISTANT_DIGEST_EMAILS needs ASSISTANT_SMTP_URL"):
        Digests(given, None)


class TestUpkeep:
    async def test_it_sees_to_everything_and_one_fault_keeps_none_from_the_next(
        self, office: Office, asked: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(_: Database) -> None:
            raise ValueError(WORDS)

        jobs = upkeep_jobs(office.settings, open_sender(office.settings))
        assert list(jobs) == ["counting days", "the record of acts", "the digest", "the nightly training"]
        with caplog.at_level(logging.INFO):
            await do_round({"a fault": fail, **jobs, "the digest": office.digests.look}, asked)
        assert "Something went wrong with a fault: ValueError" in caplog.text
        assert "Zanzibar" not in caplog.text and "hunter2" not in caplog.text
        with asked.read() as session:
            assert session.scalar(select(func.count()).select_from(Digest)) == 1


def test_where_staff_review_it_is_told_through_the_outbox_once(asked: Database, settings: Settings) -> None:
    slack = {"slack_signing_secret": "s", "slack_bot_token": "xoxb-1", "slack_review_channel": "C1"}
    given = Settings(**{**settings.model_dump(), **slack, "public_url": "https://ask.example.org/"})
    digests = Digests(given, None, lambda: NOW)
    assert digests.look(asked) is not None and digests.look(asked) is None
    with asked.read() as session:
        posts = [open_post(post, open_cipher(given)) for post in session.scalars(select(Post))]
    assert [(post.kind, post.address["channel"]) for post in posts] == [("digest", "C1")]
    assert posts[0].content["title"] == TITLE and posts[0].content["link"] == LINK
    assert "1 new question to look at" in posts[0].content["lines"] and WORDS not in str(posts[0].content)
