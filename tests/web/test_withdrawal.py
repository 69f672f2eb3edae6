"""The page behind the link in letters."""

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Enquiry, FollowUp, Message
from assistant.enquiries.withdrawal import make_withdrawal_token
from assistant.settings import Settings
from tests.support.asker import Asker, create_app
from tests.support.browser import check_page as check_plain_page
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine

DETAILS = ("Ade", "Okafor", "ade@nhs.net", "parking")


@pytest.fixture
async def reference(asker: Asker) -> str:
    """A question that was left."""
    return str((await asker.leaves_a_question())["enquiry"])


@pytest.fixture
def path(reference: str, cipher: Cipher) -> str:
    """Where its link leads."""
    return f"/withdraw/{make_withdrawal_token(reference, cipher)}"


def kept(database: Database, reference: str) -> list[object]:
    """Everything that withdrawing removes."""
    with database.read() as session:
        left = session.get_one(FollowUp, reference)
        words = session.scalars(select(Message.text).where(Message.reference == reference).order_by(Message.id))
        return [left.name_encrypted, left.email_encrypted, session.get_one(Enquiry, reference).text, *words]


def check_page(response: httpx.Response, status: int = 200) -> None:
    """A plain page, without the asker's details."""
    check_plain_page(response, status, referrers="no-referrer")
    assert not any(detail in response.text for detail in DETAILS)


class TestAsking:
    async def test_it_says_what_will_be_removed_and_changes_nothing(
        self, client: httpx.AsyncClient, path: str, reference: str, database: Database
    ) -> None:
        before = kept(database, reference)
        for _ in range(2):
            page = await client.get(path)
            check_page(page)
            assert page.text.count("<button") == 1 and '<form method="post">' in page.text
            assert reference in page.text and "e-mail address" in page.text
        assert kept(database, reference) == before and None not in before

    async def test_head_changes_nothing(
        self, client: httpx.AsyncClient, path: str, reference: str, database: Database
    ) -> None:
        await client.head(path)
        assert None not in kept(database, reference)


class TestWithdrawing:
    async def test_it_removes_name_address_and_words_and_says_so(
        self, client: httpx.AsyncClient, path: str, reference: str, database: Database
    ) -> None:
        page = await client.post(path)
        check_page(page)
        assert "Your consent is withdrawn" in page.text and "<form" not in page.text
        assert set(kept(database, reference)) == {None}

    async def test_it_can_be_done_twice(self, client: httpx.AsyncClient, path: str) -> None:
        first, second, opened = await client.post(path), await client.post(path), await client.get(path)
        assert first.text == second.text == opened.text

    async def test_it_leaves_the_questions_of_others_alone(
        self, client: httpx.AsyncClient, path: str, other: Asker, database: Database
    ) -> None:
        theirs = str((await other.leaves_a_question())["enquiry"])
        await client.post(path)
        assert None not in kept(database, theirs)

    async def test_it_is_done_when_the_conversation_was_erased(
        self, client: httpx.AsyncClient, path: str, asker: Asker
    ) -> None:
        await client.delete(asker.path, headers=asker.headers)
        for response in (await client.get(path), await client.post(path)):
            check_page(response)
            assert "Your consent is withdrawn" in response.text

    async def test_the_words_are_gone_from_the_conversation_as_well(
        self, client: httpx.AsyncClient, path: str, asker: Asker
    ) -> None:
        await client.post(path)
        said = str(await asker.reads_back())
        assert not any(detail in said for detail in DETAILS)


class TestWrongLinks:
    async def test_they_are_a_404_that_says_how_else_to_reach_us(
        self, client: httpx.AsyncClient, path: str, reference: str, cipher: Cipher, database: Database
    ) -> None:
        other_key = Cipher(Fernet.generate_key().decode())
        tokens = [
            "x",
            "%00",
            "%F0%9F%8D%B5",
            "a" * 5000,
            reference,
            path.rpartition("/")[2][:-2],
            path.rpartition("/")[2][:40] + "AAAA" + path.rpartition("/")[2][44:],
            cipher.encrypt(reference).decode(),
            cipher.encrypt({"name": reference}).decode(),
            make_withdrawal_token(reference, other_key),
        ]
        for token in tokens:
            for response in (await client.get(f"/withdraw/{token}"), await client.post(f"/withdraw/{token}")):
                check_page(response, 404)
                assert "enquiries@nhsconfed.org" in response.text and reference not in response.text
        assert None not in kept(database, reference)


class TestLimit:
    async def test_it_counts_as_other_requests_of_an_address(
        self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> None:
        limited = settings.model_copy(update={"messages_per_minute_per_address": 2})
        app = create_app(limited, make_desk(database, engine, cipher, limited))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://assistant.test") as client:
            assert [(await client.get("/withdraw/x")).status_code for _ in range(3)] == [404, 404, 429]
