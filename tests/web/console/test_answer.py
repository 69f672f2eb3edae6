"""Answering askers in writing, from the form to a real mail server on this machine."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Enquiry, FollowUp, Group, OutboxLetter, QueuedEnquiry
from assistant.mail.postman import Postman
from assistant.mail.sender import open_sender
from assistant.messaging.models import Place, Post
from assistant.messaging.status import find_status
from assistant.settings import Settings
from tests.support.asked import add_group
from tests.support.asker import Asker
from tests.support.mail_server import HOST, PostBox
from tests.support.staff import Desk

QUESTIONS = ("Is there parking in Zanzibar Street?", "Where can I park?", "parking")
TEXT = "You asked about parking.\n\nThe source says nothing of it."


@pytest.fixture
async def box() -> AsyncIterator[PostBox]:
    """Takes letters without TLS."""
    box = PostBox()
    await box.open()
    yield box
    await box.shut()


@pytest.fixture
def postman(database: Database, cipher: Cipher, settings: Settings, box: PostBox) -> Postman:
    mail = {
        "smtp_url": f"smtp://{HOST}:{box.port}?starttls=0",
        "mail_from": "Enquiries <assistant@example.org>",
        "public_url": "https://ask.example.org",
    }
    return Postman(database, cipher, open_sender(Settings(**{**settings.model_dump(), **mail})))


@pytest.fixture
def group(database: Database, cipher: Cipher) -> tuple[int, list[str]]:
    """Three askers who wait for the same answer."""
    with database.write() as session:
        return add_group(session, *QUESTIONS, cipher=cipher)


async def send(desk: Desk, number: int, do: str = "send", **fields: Any) -> Any:
    return await desk.post(f"/staff/groups/{number}/decide/answer", version="0", do=do, **{"text": TEXT, **fields})


class TestWriting:
    async def test_each_question_stands_beside_its_tick_and_nobody_is_ticked(
        self, reviewer: Desk, group: tuple[int, list[str]]
    ) -> None:
        number, references = group
        page = (await reviewer.post(f"/staff/groups/{number}/decide", version="0", kind="answer")).text
        for text, reference in zip(QUESTIONS, references, strict=True):
            assert text in page and f'value="{reference}">' in page
        assert "@nhs.net" not in page and "Asker 0" not in page
        ticked = (await send(reviewer, number, do="all", text="")).text
        assert all(f'value="{reference}" checked' in ticked for reference in references)

    @pytest.mark.parametrize(
        ("text", "ticks", "fault"),
        [(" ", 1, "Write the answer"), ("x" * 5001, 1, "Shorten the answer"), (TEXT, 0, "Tick at least one asker")],
    )
    @pytest.mark.parametrize("do", ["preview", "send"])
    async def test_it_says_what_is_missing_and_sends_nothing(
        self, reviewer: Desk, group: tuple[int, list[str]], database: Database,
        text: str, ticks: int, fault: str, do: str,
    ) -> None:  # fmt: skip
        number, references = group
        page = await send(reviewer, number, do, text=text, asker=references[:ticks])
        assert page.status_code == 422 and fault in page.text
        with database.read() as session:
            assert session.scalars(select(OutboxLetter)).all() == []

    async def test_the_longest_answer_in_any_script_is_taken_and_more_is_refused_by_a_page(
        self, reviewer: Desk, group: tuple[int, list[str]]
    ) -> None:
        number, references = group
        page = await send(reviewer, number, "preview", text="\u6c34" * 5000, asker=references[:1])
        assert page.status_code == 200 and "See the letter" in page.text
        page = await send(reviewer, number, "preview", text="x" * 200_000, asker=references[:1])
        assert page.status_code == 413 and "<h1>" in page.text and "nothing was saved" in page.text

    async def test_the_preview_is_the_letter_and_sends_nothing(
        self, reviewer: Desk, group: tuple[int, list[str]], database: Database
    ) -> None:
        number, references = group
        page = (await send(reviewer, number, "preview", asker=references[:2])).text
        for part in (TEXT, f"Your question {references[0]}", "020 7799 6666", "To withdraw your consent", "2 letters"):
            assert part in page
        assert "E-mail is off" in page and "Send to 2 askers" in page and references[2] not in page
        with database.read() as session:
            assert session.scalars(select(OutboxLetter)).all() == []
        changed = await send(reviewer, number, "change", asker=references[:2])
        assert f'value="{references[1]}" checked' in changed.text and TEXT in changed.text

    async def test_the_preview_warns_of_what_looks_personal(self, reviewer: Desk, group: tuple[int, list[str]]) -> None:
        number, references = group
        page = (await send(reviewer, number, "preview", text="Write to eve@example.com", asker=references[:1])).text
        assert "This looks personal" in page and "[email]" in page

    async def test_a_disclosure_is_answered_alone(self, reviewer: Desk, database: Database, cipher: Cipher) -> None:
        with database.write() as session:
            number, references = add_group(session, None, None, cipher=cipher, kind="disclosure")
        page = await send(reviewer, number, asker=references)
        assert page.status_code == 422 and "answer each asker alone" in page.text


class TestSending:
    async def test_it_reaches_those_ticked_once_and_staff_see_how_far_it_got(
        self, reviewer: Desk, group: tuple[int, list[str]], postman: Postman, box: PostBox
    ) -> None:
        number, references = group
        box.rcpt["asker1@nhs.net"] = "550 no such mailbox"
        page = await send(reviewer, number, asker=references[:2])
        assert page.url.path == "/staff/answers/1" and "Answer written for 2 askers" in page.text
        assert page.text.count("Waiting") == 2 and "@nhs.net" not in page.text
        await postman.go_round()
        await postman.go_round()
        [letter] = box.letters
        assert box.envelopes[0].rcpt_tos == ["asker0@nhs.net"]
        text = letter.get_content()
        for part in ("Hello Asker 0,", references[0], "The source says nothing of it.", "/withdraw/"):
            assert part in text
        assert "Zanzibar" not in text
        page = await reviewer.get("/staff/answers/1")
        assert "Sent" in page.text and "Failed" in page.text and "@nhs.net" not in page.text
        # The same form once more, as a second press of the button sends it.
        assert (await send(reviewer, number, asker=references[:2])).status_code == 409
        await postman.go_round()
        assert len(box.letters) == 1

    async def test_its_asker_hears_in_the_chat_that_it_was_answered(
        self, asker: Asker, reviewer: Desk, database: Database, postman: Postman, box: PostBox
    ) -> None:
        form = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net", "consent": True}
        reference = (await asker.sends({"form": form})).json()["enquiry"]
        with database.write() as session:
            enquiry = session.get_one(Enquiry, reference)
            group = Group(askers=1, enquiries=1, first_at=enquiry.received_at, last_at=enquiry.received_at)
            session.add(group)
            session.flush()
            session.get_one(QueuedEnquiry, reference).group_id = group.id
            number = group.id
        await send(reviewer, number, asker=[reference])
        await postman.go_round()
        assert box.envelopes[0].rcpt_tos == ["ade@nhs.net"]
        with database.read() as session:
            assert session.get_one(FollowUp, reference).state == "answered"
            status = find_status(session, session.get_one(Enquiry, reference).conversation_id, reference)
            assert status == "your question was answered by e-mail."

    async def test_it_stays_open_for_those_who_wait_and_were_not_ticked(
        self, reviewer: Desk, group: tuple[int, list[str]], database: Database
    ) -> None:
        number, references = group
        await send(reviewer, number, asker=references[:2])
        with database.read() as session:
            assert session.get_one(Group, number).state == "open"
        assert "1 asker of this group still waits" in (await reviewer.get(f"/staff/groups/{number}/decisions")).text
        await reviewer.post(
            f"/staff/groups/{number}/decide/answer", version="1", do="send", text=TEXT, asker=references[2:]
        )
        with database.read() as session:
            assert session.get_one(Group, number).closed_as == "answer"

    async def test_who_has_a_chat_of_their_own_is_answered_there(
        self, reviewer: Desk, database: Database, cipher: Cipher, app: FastAPI
    ) -> None:
        slack = {"slack_signing_secret": SecretStr("s")}
        app.state.desk.settings = app.state.desk.settings.model_copy(update=slack)
        with database.write() as session:
            number, [reference] = add_group(session, "parking", cipher=cipher, channel="slack")
            place = {"token_encrypted": b"", "address_encrypted": cipher.encrypt("{}"), "is_private": True}
            session.add(Place(id="p", channel="slack", conversation_id=f"c-{reference}", **place))
        preview = await send(reviewer, number, "preview", asker=reference)
        assert "1 message in chats" in preview.text and "(in Slack)" in preview.text
        page = await send(reviewer, number, asker=reference)
        assert "Waiting" in page.text and ">Slack<" in page.text and "E-mail is off" not in page.text
        with database.read() as session:
            assert [post.kind for post in session.scalars(select(Post))] == ["answer"]
            assert session.get_one(FollowUp, reference).state == "answered"

    async def test_it_cannot_be_undone_and_says_so(self, reviewer: Desk, group: tuple[int, list[str]]) -> None:
        number, references = group
        await send(reviewer, number, asker=references[:1])
        history = await reviewer.get(f"/staff/groups/{number}/decisions")
        assert ">Undo" not in history.text and "/staff/answers/1" in history.text
        refused = await reviewer.post(f"/staff/groups/{number}/decisions/1/undo", version="1")
        assert refused.status_code == 422 and "cannot be undone" in refused.text
