"""The contract of the public API."""

import asyncio
import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.enquiries.desk import MOST_WAITING, EnquiryDesk
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.outcomes import Outcome
from assistant.settings import Settings
from tests.support.asker import Asker, create_app, open_asker
from tests.support.fake_desk import make_desk
from tests.support.fake_engine import FakeEngine
from tests.support.loaded_database import read_raw_bytes

CRISIS = "I want to kill myself"
REFERENCE = re.compile(r"ENQ-[0-9A-Z]{4}-[0-9A-Z]{4}")
MESSAGE_FIELDS = {"enquiry", "outcome", "replies", "offers", "topic", "person", "people", "choices", "expects"}
OFFER_FIELDS = {"slug", "name", "summary", "stages", "tier", "contact", "source"}
FORM = {"question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net", "consent": True}
# Every endpoint of a conversation, with a body that it takes.
OWN_ENDPOINTS = [
    ("POST", "/messages", {"text": "hello"}),
    ("GET", "/messages", None),
    ("DELETE", "", None),
    ("POST", "/enquiries/{reference}/feedback", {"useful": True}),
    ("DELETE", "/enquiries/{reference}/follow-up", None),
]
TABLES = ("conversations", "messages", "enquiries", "follow_ups")


class Stopped(BaseException):
    """What ends a turn when the process is stopped; no `except Exception` sees it."""


def check_problem(response: httpx.Response, status: int, *unsaid: str) -> str:
    """Problem JSON of RFC 9457 that says nothing of `unsaid`; gives its detail."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status and problem["title"] and problem["type"] == "about:blank"
    assert len(problem["detail"]) > 5
    assert not any(words in response.text for words in unsaid)
    return str(problem["detail"])


def count(database: Database, table: str) -> int:
    """Rows of a table."""
    with database.read() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608 names of our own


class TestOpening:
    async def test_it_gives_an_id_and_a_secret(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/api/conversations")
        assert response.status_code == 201
        opened = response.json()
        assert set(opened) == {"conversation", "token"}
        assert all(re.fullmatch(r"[\w-]{43}", value, re.ASCII) for value in opened.values())
        assert opened["conversation"] != opened["token"]

    async def test_it_gives_everybody_others(self, client: httpx.AsyncClient) -> None:
        opened = [(await client.post("/api/conversations")).json() for _ in range(3)]
        assert len({value for each in opened for value in each.values()}) == 6


class TestShapes:
    async def test_a_reply_has_every_field(self, asker: Asker) -> None:
        for question in ("hello", "what about boards?", "who leads this?", "gibberish", "leave a question", CRISIS):
            reply = await asker.asks(question)
            assert set(reply) == MESSAGE_FIELDS
            assert reply["outcome"] in {outcome.value for outcome in Outcome}
            assert reply["replies"] and all(set(each) == {"text"} and each["text"] for each in reply["replies"])

    async def test_an_offer_is_shown_with_contact_and_source(self, asker: Asker) -> None:
        reply = await asker.asks("What does the observatory do?")
        assert (reply["outcome"], len(reply["offers"])) == ("offer", 1)
        offer = reply["offers"][0]
        assert set(offer) == OFFER_FIELDS and offer["slug"] == "race-health-observatory"
        assert offer["contact"] == {
            "email": "enquiries@nhsconfed.org",
            "phone": "020 7799 6666",
            "published": False,
        }
        assert offer["source"]["published"] == "2022-11"
        assert REFERENCE.fullmatch(reply["enquiry"])

    async def test_a_published_contact_without_a_telephone_has_null(self, asker: Asker) -> None:
        reply = await asker.asks("what about boards?")
        contact = reply["offers"][0]["contact"]
        assert contact == {"email": "miranda.seed@nhsconfed.org", "phone": None, "published": True}

    async def test_a_question_back_has_choices_by_opaque_id(self, asker: Asker) -> None:
        reply = await asker.asks("what about boards?")
        assert reply["outcome"] == "clarify"
        assert [choice["label"] for choice in reply["choices"]] == ["For boards", "None of these"]
        assert all(set(choice) == {"id", "label"} for choice in reply["choices"])
        assert all(re.fullmatch(r"[\w-]{43}", choice["id"], re.ASCII) for choice in reply["choices"])

    async def test_people_and_topics_are_named(self, asker: Asker) -> None:
        reply = await asker.asks("who leads this?")
        assert (reply["outcome"], reply["topic"]) == ("info", "accountability")
        assert set(reply["person"]) == {"name", "role"} and len(reply["people"]) == 2
        person = await asker.asks("who is Matthew Taylor?")
        assert (person["outcome"], person["person"]["name"]) == ("person", "Matthew Taylor")

    async def test_small_talk_is_no_enquiry(self, asker: Asker, database: Database) -> None:
        reply = await asker.asks("hello")
        assert (reply["outcome"], reply["enquiry"]) == ("smalltalk", None)
        assert (count(database, "enquiries"), count(database, "messages")) == (0, 1)


class TestOffers:
    async def test_it_lists_all_nineteen(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/api/offers")
        assert response.status_code == 200
        assert len(response.json()) == 19
        assert all(set(offer) == OFFER_FIELDS for offer in response.json())

    async def test_it_shows_one(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/api/offers/lfhii")
        assert response.status_code == 200
        assert response.json() in (await client.get("/api/offers")).json()

    @pytest.mark.parametrize("slug", ["nothing-here", "LFHII", "%00", "%ff", "..%2f..", "x" * 1000, "%F0%9F%91%8D"])
    async def test_it_is_404_for_what_is_not_on_offer(self, client: httpx.AsyncClient, slug: str) -> None:
        check_problem(await client.get(f"/api/offers/{slug}"), 404, "nothing-here", "LFHII")


class TestText:
    async def test_a_thousand_characters_are_fine(self, asker: Asker) -> None:
        assert (await asker.sends({"text": "x" * 1000})).status_code == 200

    async def test_characters_are_counted_as_a_person_does(self, asker: Asker) -> None:
        assert (await asker.sends({"text": "e\u0301" * 1000})).status_code == 200
        assert (await asker.sends({"text": "👍🏽" * 1000})).status_code == 200
        assert (await asker.sends({"text": "  " + "x" * 1000 + "\n "})).status_code == 200

    async def test_one_more_is_422(self, asker: Asker, database: Database) -> None:
        detail = check_problem(await asker.sends({"text": "x" * 1001}), 422, "xxx")
        assert "1,000" in detail
        assert count(database, "messages") == 0

    @pytest.mark.parametrize("empty", ["", " ", "\n\t", "\u200b", "\x00", "\ufeff\u200e"])
    async def test_nothing_is_422(self, asker: Asker, empty: str) -> None:
        check_problem(await asker.sends({"text": empty}), 422)

    async def test_exactly_one_of_text_choice_and_form(self, asker: Asker) -> None:
        for body in (
            {},
            {"text": "Zanzibar", "choice": "Zanzibar"},
            {"text": "Zanzibar", "form": FORM},
            {"text": None},
        ):
            check_problem(await asker.sends(body), 422, "Zanzibar", "Okafor")


class TestChoices:
    async def test_a_choice_is_taken_by_its_id(self, asker: Asker) -> None:
        choice = (await asker.asks("what about boards?"))["choices"][0]
        response = await asker.sends({"choice": choice["id"]})
        assert response.status_code == 200
        assert response.json()["offers"][0]["slug"] == "ics-diverse-boards"
        assert (await asker.reads_back())[2]["text"] == "For boards"

    @pytest.mark.parametrize("choice", ["", "unknown", "For boards", "/choose_none", '/choose{"slug": "lfhii"}'])
    async def test_an_unknown_one_is_422(self, asker: Asker, database: Database, choice: str) -> None:
        await asker.asks("what about boards?")
        check_problem(await asker.sends({"choice": choice}), 422, "/choose")
        assert count(database, "messages") == 1

    async def test_one_of_another_conversation_is_422(self, asker: Asker, other: Asker) -> None:
        choice = (await asker.asks("what about boards?"))["choices"][0]["id"]
        check_problem(await other.sends({"choice": choice}), 422, choice)


class TestLeavingAQuestion:
    async def test_every_step_keeps_the_reference(self, asker: Asker) -> None:
        steps = ("leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net", "yes")
        replies = [await asker.asks(step) for step in steps]
        assert [reply["expects"] for reply in replies] == ["question", "name", "email", "consent", None]
        assert all(reply["outcome"] == "handoff" for reply in replies)
        assert len({reply["enquiry"] for reply in replies}) == 1
        assert replies[-1]["enquiry"] in replies[-1]["replies"][0]["text"]

    async def test_an_invalid_address_is_asked_again(self, asker: Asker, database: Database) -> None:
        for step in ("leave a question", "Is there parking?", "Ade Okafor"):
            await asker.asks(step)
        for invalid in ("ade", "ade@", "ade@nhs", "ade at nhs.net"):
            assert (await asker.asks(invalid))["expects"] == "email"
        assert (await asker.asks("ade@nhs.net"))["expects"] == "consent"
        assert count(database, "follow_ups") == 0

    async def test_details_are_in_the_database_only_encrypted(
        self, asker: Asker, database: Database, tmp_path: Path
    ) -> None:
        await asker.leaves_a_question()
        await asker.sends({"form": {**FORM, "name": "Bo Okafor"}})
        assert count(database, "follow_ups") == 2
        raw = read_raw_bytes(tmp_path)
        assert b"parking" in raw, "Else this would find nothing, whatever is there."
        assert b"Okafor" not in raw and b"ade@nhs.net" not in raw

    async def test_details_are_encrypted_before_consent_too(self, asker: Asker, tmp_path: Path) -> None:
        for step in ("leave a question", "Is there parking?", "Ade Okafor", "ade@nhs.net"):
            await asker.asks(step)
        raw = read_raw_bytes(tmp_path)
        assert b"Okafor" not in raw and b"ade@nhs.net" not in raw

    async def test_details_are_not_read_back(self, asker: Asker) -> None:
        await asker.leaves_a_question()
        asked = [entry["text"] for entry in await asker.reads_back() if entry["from"] == "asker"]
        assert asked == ["leave a question", "Is there parking?", "[name]", "[email]", "[yes or no]"]

    async def test_a_form_leaves_it_in_one_go(self, asker: Asker, database: Database) -> None:
        response = await asker.sends({"form": FORM})
        assert response.status_code == 200
        assert (response.json()["outcome"], response.json()["expects"]) == ("handoff", None)
        assert REFERENCE.fullmatch(response.json()["enquiry"])
        assert count(database, "follow_ups") == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"consent": False},
            {"consent": None},
            {"consent": "true"},
            {"consent": 1},
            {"email": "ade@"},
            {"email": ""},
            {"name": ""},
            {"name": "x" * 101},
            {"question": " "},
            {"question": "x" * 1001},
            {"name": 1},
            {"extra": "Zanzibar"},
        ],
        ids=repr,
    )
    async def test_a_form_that_is_not_right_is_422(
        self, asker: Asker, database: Database, change: dict[str, object]
    ) -> None:
        check_problem(await asker.sends({"form": {**FORM, **change}}), 422, "Okafor", "ade@nhs.net", "Zanzibar")
        assert count(database, "follow_ups") == 0

    @pytest.mark.parametrize("missing", list(FORM))
    async def test_a_form_without_a_field_is_422(self, asker: Asker, missing: str) -> None:
        form = {name: value for name, value in FORM.items() if name != missing}
        check_problem(await asker.sends({"form": form}), 422, "Okafor")

    async def test_consent_can_be_withdrawn(self, asker: Asker, database: Database) -> None:
        reference = (await asker.leaves_a_question())["enquiry"]
        for _ in range(2):
            response = await asker.client.delete(f"{asker.path}/enquiries/{reference}/follow-up", headers=asker.headers)
            assert (response.status_code, response.content) == (204, b"")
        with database.read() as session:
            row = session.execute(text("SELECT name_encrypted, email_encrypted, state FROM follow_ups")).one()
        assert tuple(row) == (None, None, "withdrawn")

    async def test_consent_that_was_not_given_is_404(self, asker: Asker, other: Asker) -> None:
        plain = (await asker.asks("question"))["enquiry"]
        foreign = (await other.leaves_a_question())["enquiry"]
        for reference in (plain, foreign, "ENQ-2222-2222", "x", "%00"):
            path = f"{asker.path}/enquiries/{reference}/follow-up"
            check_problem(await asker.client.delete(path, headers=asker.headers), 404, foreign)


class TestFeedback:
    @pytest.mark.parametrize("useful", [True, False])
    async def test_it_is_kept(self, asker: Asker, database: Database, useful: bool) -> None:
        reference = (await asker.asks("question"))["enquiry"]
        response = await self.give(asker, reference, {"useful": useful})
        assert (response.status_code, response.content) == (204, b"")
        with database.read() as session:
            assert bool(session.scalar(text("SELECT useful FROM enquiries"))) is useful

    @pytest.mark.parametrize(
        "body", [{}, {"useful": "yes"}, {"useful": 1}, {"useful": None}, {"useful": True, "x": 1}, []]
    )
    async def test_anything_else_is_422(self, asker: Asker, body: object) -> None:
        reference = (await asker.asks("question"))["enquiry"]
        check_problem(await self.give(asker, reference, body), 422)

    async def test_it_is_404_for_an_enquiry_elsewhere(self, asker: Asker, other: Asker) -> None:
        foreign = (await other.asks("question"))["enquiry"]
        for reference in (foreign, foreign.lower(), "ENQ-2222-2222", "x", "%00", "%ff", "x" * 1000):
            check_problem(await self.give(asker, reference, {"useful": True}), 404, foreign)

    @staticmethod
    async def give(asker: Asker, reference: str, body: object) -> httpx.Response:
        path = f"{asker.path}/enquiries/{reference}/feedback"
        return await asker.client.post(path, json=body, headers=asker.headers)


class TestHistory:
    async def test_it_shows_what_was_said_in_order(self, asker: Asker, other: Asker) -> None:
        await other.asks("Zanzibar")
        first, second = await asker.asks("hello"), await asker.asks("what about boards?")
        entries = await asker.reads_back()
        assert [entry["from"] for entry in entries] == ["asker", "assistant"] * 2
        assert [entries[place]["text"] for place in (0, 2)] == ["hello", "what about boards?"]
        for entry, reply in ((entries[1], first), (entries[3], second)):
            assert {name: entry[name] for name in MESSAGE_FIELDS} == reply
        assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)

    async def test_it_is_empty_at_first(self, asker: Asker) -> None:
        assert await asker.reads_back() == []

    async def test_it_keeps_redacted_text(self, asker: Asker, tmp_path: Path) -> None:
        await asker.asks("I am ade.okafor@trust.nhs.uk, 07700 900123. What is there?")
        entry = (await asker.reads_back())[0]
        assert "What is there?" in entry["text"]
        assert "okafor" not in entry["text"] and "900123" not in entry["text"]
        assert b"900123" not in read_raw_bytes(tmp_path)

    async def test_it_shows_none_for_words_that_are_not_kept(self, asker: Asker, tmp_path: Path) -> None:
        assert (await asker.asks(CRISIS))["outcome"] == "crisis"
        asked, answered = await asker.reads_back()
        assert asked["text"] is None
        assert answered["outcome"] == "crisis"
        assert CRISIS.encode() not in read_raw_bytes(tmp_path)


class TestErasing:
    async def test_it_leaves_no_row_in_any_table(
        self, asker: Asker, other: Asker, engine: FakeEngine, database: Database
    ) -> None:
        await asker.leaves_a_question()
        await asker.asks("what about boards?")
        await asker.asks(CRISIS)
        noise = await other.leaves_a_question()
        response = await asker.client.delete(asker.path, headers=asker.headers)
        assert (response.status_code, response.content) == (204, b"")
        assert {table: count(database, table) for table in TABLES} == {
            "conversations": 1,
            "messages": 5,
            "enquiries": 1,
            "follow_ups": 1,
        }
        assert engine.forgotten.count(asker.conversation) == 2, "a crisis and the erasing"
        assert (await other.reads_back())[-1]["enquiry"] == noise["enquiry"]

    async def test_it_leaves_no_trace_in_the_files(self, asker: Asker, database: Database, tmp_path: Path) -> None:
        await asker.asks("Zanzibar")
        await asker.leaves_a_question()
        assert b"Zanzibar" in read_raw_bytes(tmp_path)
        await asker.client.delete(asker.path, headers=asker.headers)
        database.close()  # the last to close writes the log back into the database
        raw = read_raw_bytes(tmp_path)
        assert b"Zanzibar" not in raw and asker.conversation.encode() not in raw

    async def test_it_ends_the_conversation(self, asker: Asker) -> None:
        await asker.client.delete(asker.path, headers=asker.headers)
        check_problem(await asker.sends({"text": "hello"}), 404)
        check_problem(await asker.client.delete(asker.path, headers=asker.headers), 404)


class TestWhoMayAsk:
    @pytest.mark.parametrize(("method", "path", "body"), OWN_ENDPOINTS)
    async def test_without_a_token_it_is_401(self, asker: Asker, method: str, path: str, body: object) -> None:
        reference = (await asker.leaves_a_question())["enquiry"]
        url = asker.path + path.format(reference=reference)
        response = await asker.client.request(method, url, json=body)
        check_problem(response, 401, asker.conversation)
        assert response.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize(("method", "path", "body"), OWN_ENDPOINTS)
    async def test_a_foreign_token_is_404(
        self, asker: Asker, other: Asker, database: Database, method: str, path: str, body: object
    ) -> None:
        reference = (await asker.leaves_a_question())["enquiry"]
        before = [count(database, table) for table in TABLES]
        url = asker.path + path.format(reference=reference)
        foreign = await asker.client.request(method, url, json=body, headers=other.headers)
        unknown = await asker.client.request(
            method, url.replace(asker.conversation, "x"), json=body, headers=other.headers
        )
        check_problem(foreign, 404, reference)
        assert foreign.content == unknown.content, "Nothing tells a foreign conversation from an unknown one."
        assert [count(database, table) for table in TABLES] == before
        assert len(await asker.reads_back()) == 10

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5", "Token x", "bearer"])
    async def test_another_scheme_is_401(self, asker: Asker, header: str) -> None:
        response = await asker.client.get(f"{asker.path}/messages", headers={"Authorization": header})
        check_problem(response, 401)

    async def test_a_reference_tells_nothing_elsewhere(self, asker: Asker, other: Asker) -> None:
        reference = (await asker.leaves_a_question())["enquiry"]
        feedback = f"{other.path}/enquiries/{reference}/feedback"
        known = await other.client.post(feedback, json={"useful": True}, headers=other.headers)
        unknown = await other.client.post(
            feedback.replace(reference, "ENQ-2222-2222"), json={"useful": True}, headers=other.headers
        )
        check_problem(known, 404, reference)
        assert known.content == unknown.content

    @pytest.mark.parametrize("path", ["/nowhere", "/api/nowhere", "/webhooks/slack", "/webhooks/teams"])
    async def test_what_does_not_exist_is_404(self, client: httpx.AsyncClient, path: str) -> None:
        check_problem(await client.get(path), 404)
        check_problem(await client.post(path), 404)

    @pytest.mark.parametrize(
        ("method", "path"), [("PUT", "/api/conversations"), ("POST", "/api/offers"), ("PATCH", "/")]
    )
    async def test_what_cannot_be_done_is_405(self, client: httpx.AsyncClient, method: str, path: str) -> None:
        response = await client.request(method, path)
        check_problem(response, 405)
        assert response.headers["allow"]


class TestIdempotency:
    async def test_the_same_key_gives_the_same_answer_and_one_row(
        self, asker: Asker, engine: FakeEngine, database: Database
    ) -> None:
        first = await asker.asks("what about boards?", "key")
        assert await asker.asks("what about boards?", "key") == first
        assert [count(database, table) for table in ("messages", "enquiries")] == [1, 1]
        assert len(engine.requests) == 1

    async def test_it_works_for_a_form_and_a_choice(self, asker: Asker, database: Database) -> None:
        choice = (await asker.asks("what about boards?"))["choices"][0]["id"]
        for number, body in enumerate(({"form": FORM}, {"choice": choice})):
            replies = [(await asker.sends(body, f"key {number}")).json() for _ in range(2)]
            assert replies[0] == replies[1]
        assert (count(database, "messages"), count(database, "follow_ups")) == (3, 1)

    async def test_another_body_is_422(self, asker: Asker, database: Database) -> None:
        await asker.asks("question", "key")
        for body in ({"text": "Zanzibar"}, {"form": FORM}, {"choice": "question"}):
            check_problem(await asker.sends(body, "key"), 422, "Zanzibar")
        assert count(database, "messages") == 1

    async def test_white_space_around_makes_no_other_body(self, asker: Asker) -> None:
        assert await asker.asks("question", "key") == await asker.asks("  question\n", "key")

    async def test_keys_of_conversations_are_apart(self, asker: Asker, other: Asker) -> None:
        assert (await asker.asks("hello", "key"))["outcome"] == "smalltalk"
        assert (await other.asks("question", "key"))["outcome"] == "offer"

    async def test_a_repeat_in_flight_waits(self, asker: Asker, engine: FakeEngine, database: Database) -> None:
        engine.gate = asyncio.Event()
        first = asyncio.create_task(asker.asks("question", "key"))
        await engine.entered.wait()
        second = asyncio.create_task(asker.asks("question", "key"))
        done, _ = await asyncio.wait({second}, timeout=0.05)
        assert not done
        engine.gate.set()
        assert await first == await second
        assert (count(database, "messages"), len(engine.requests)) == (1, 1)

    async def test_after_a_crash_it_resumes(self, asker: Asker, engine: FakeEngine, database: Database) -> None:
        engine.failure = Stopped()
        with pytest.raises(Stopped):
            await asker.sends({"text": "question"}, "key")
        assert [entry["text"] for entry in await asker.reads_back()] == ["question"]
        engine.failure = None
        reply = await asker.asks("question", "key")
        assert reply["outcome"] == "offer"
        assert [count(database, table) for table in ("messages", "enquiries")] == [1, 1]
        assert (await asker.reads_back())[1]["enquiry"] == reply["enquiry"]

    async def test_after_erasure_it_is_404(self, asker: Asker) -> None:
        await asker.asks("question", "key")
        await asker.client.delete(asker.path, headers=asker.headers)
        check_problem(await asker.sends({"text": "question"}, "key"), 404)

    @pytest.mark.parametrize("key", ["", "x" * 101])
    async def test_a_key_of_another_length_is_422(self, asker: Asker, key: str) -> None:
        check_problem(await asker.sends({"text": "question"}, key), 422, "xxx")

    async def test_the_longest_key_is_fine(self, asker: Asker) -> None:
        assert await asker.asks("question", "x" * 100) == await asker.asks("question", "x" * 100)


class TestQueue:
    async def test_twenty_are_answered_in_order_and_one_more_is_429(self, asker: Asker, engine: FakeEngine) -> None:
        engine.gate = asyncio.Event()
        waiting = [asyncio.create_task(asker.asks(f"question {number}")) for number in range(MOST_WAITING)]
        await engine.entered.wait()
        response = await asker.sends({"text": "Zanzibar"})
        check_problem(response, 429, "Zanzibar")
        assert int(response.headers["retry-after"]) > 0
        engine.gate.set()
        await asyncio.gather(*waiting)
        assert [request.text for request in engine.requests] == [f"question {number}" for number in range(MOST_WAITING)]

    async def test_another_conversation_does_not_wait(self, asker: Asker, other: Asker, engine: FakeEngine) -> None:
        gate = engine.gate = asyncio.Event()
        waiting = asyncio.create_task(asker.asks("question"))
        await engine.entered.wait()
        engine.gate = None
        assert (await other.asks("question"))["outcome"] == "offer"
        gate.set()
        await waiting


class TestRates:
    async def test_a_conversation_has_its_messages_a_minute(
        self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> None:
        limited = settings.model_copy(update={"messages_per_minute": 3})
        async with client_of(limited, make_desk(database, engine, cipher, limited)) as client:
            asker, other = await open_asker(client), await open_asker(client)
            for _ in range(3):
                await asker.asks("hello")
            response = await asker.sends({"text": "Zanzibar"})
            check_problem(response, 429, "Zanzibar")
            assert int(response.headers["retry-after"]) > 0
            await other.asks("hello")
            assert len(await asker.reads_back()) == 6

    async def test_an_address_has_its_requests_a_minute(
        self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> None:
        limited = settings.model_copy(update={"messages_per_minute_per_address": 4})
        async with client_of(limited, make_desk(database, engine, cipher, limited)) as client:
            asker, other = await open_asker(client), await open_asker(client)
            await asker.asks("hello")
            await other.asks("hello")
            response = await asker.sends({"text": "hello"})
            check_problem(response, 429)
            assert int(response.headers["retry-after"]) > 0
            assert (await client.get("/api/offers")).status_code == 200
            assert (await client.get("/healthz")).status_code == 200

    async def test_another_address_has_its_own(
        self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> None:
        limited = settings.model_copy(update={"messages_per_minute_per_address": 1})
        app = create_app(limited, make_desk(database, engine, cipher, limited))
        for address in ("192.0.2.1", "192.0.2.2"):
            transport = httpx.ASGITransport(app, client=(address, 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://assistant.test") as client:
                assert (await client.post("/api/conversations")).status_code == 201
                assert (await client.post("/api/conversations")).status_code == 429

    async def test_a_limit_of_nought_is_off(self, asker: Asker) -> None:
        for _ in range(30):
            await asker.asks("hello")


class TestFailures:
    async def test_a_failed_turn_is_an_apology(self, asker: Asker, engine: FakeEngine) -> None:
        engine.gate = None
        engine.failure = TimeoutError()
        reply = await asker.asks("question")
        assert reply["outcome"] == "unanswered" and REFERENCE.fullmatch(reply["enquiry"])
        assert "enquiries@nhsconfed.org" in reply["replies"][0]["text"]

    async def test_a_database_lost_during_the_answer_is_said_and_made_good(
        self, asker: Asker, engine: FakeEngine
    ) -> None:
        engine.failure = DatabaseUnavailableError("gone")
        detail = check_problem(await asker.sends({"text": "peer mentoring"}, "one"), 503, "mentoring")
        assert "is saved" in detail
        engine.failure = None
        assert (await asker.asks("peer mentoring", "one"))["outcome"] == "offer"

    async def test_a_bug_is_500_without_words_and_stays_here(
        self, asker: Asker, engine: FakeEngine, caplog: pytest.LogCaptureFixture
    ) -> None:
        engine.failure = RuntimeError("Zanzibar")
        with caplog.at_level(logging.DEBUG):
            detail = check_problem(await asker.sends({"text": "Zanzibar"}), 500, "Zanzibar")
        assert "enquiries@nhsconfed.org" in detail
        assert "RuntimeError" in caplog.text and "Zanzibar" not in caplog.text

    async def test_a_bug_does_not_reach_the_server_which_would_log_its_words(
        self, database: Database, engine: FakeEngine, cipher: Cipher, settings: Settings
    ) -> None:
        async with client_of(settings, make_desk(database, engine, cipher, settings)) as client:
            asker = await open_asker(client)
            engine.failure = RuntimeError("Zanzibar")
            assert (await asker.sends({"text": "Zanzibar"})).status_code == 500

    async def test_without_a_database_who_is_in_need_is_answered_without_a_conversation_too(
        self, client: httpx.AsyncClient, database: Database, tmp_path: Path
    ) -> None:
        lost = Asker(client, "none", "none")
        check_problem(await lost.sends({"text": CRISIS}), 404)
        database.close()
        for file in tmp_path.glob("assistant.db*"):
            file.unlink()
        (tmp_path / "assistant.db").mkdir()
        check_problem(await client.post("/api/conversations"), 503)
        check_problem(await lost.sends({"text": "Zanzibar"}), 503, "Zanzibar")
        reply = await lost.asks(CRISIS)
        assert reply["outcome"] == "crisis" and "999" in reply["replies"][0]["text"] and reply["enquiry"] is None

    async def test_a_database_without_tables_is_503(
        self, asker: Asker, database: Database, caplog: pytest.LogCaptureFixture
    ) -> None:
        with database.write() as session:
            session.execute(text("ALTER TABLE messages RENAME TO gone"))
        with caplog.at_level(logging.DEBUG):
            response = await asker.sends({"text": "Zanzibar"})
        detail = check_problem(response, 503, "Zanzibar")
        assert "not saved" in detail and int(response.headers["retry-after"]) > 0
        ours = [record.getMessage() for record in caplog.records if record.name.startswith("assistant")]
        assert ours and not any("Zanzibar" in line or asker.conversation in line for line in ours)


def client_of(settings: Settings, desk: EnquiryDesk) -> httpx.AsyncClient:
    """Asks an app of these settings; its exceptions are the test's."""
    transport = httpx.ASGITransport(create_app(settings, desk))
    return httpx.AsyncClient(transport=transport, base_url="http://assistant.test")
