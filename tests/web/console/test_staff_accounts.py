"""Everybody's accounts: what an administrator does there, and that nobody else may."""

import re

import pytest

from assistant.db.engine import Database
from assistant.staff.accounts import find_staff, get_staff
from assistant.staff.models import AuditEntry
from assistant.staff.passwords import is_password
from tests.support.staff import Desk

BOB = {"name": "Bob Brown", "email": "bob@example.org", "role": "reviewer"}


async def test_it_says_who_has_access(admin: Desk, reviewer: Desk) -> None:
    page = await admin.get("/staff/accounts")
    assert admin.colleague.name in page.text and reviewer.colleague.name in page.text


async def test_adding_shows_a_password_once(admin: Desk, database: Database) -> None:
    page = await admin.post("/staff/accounts/add", **BOB)
    shown = re.findall(r'account-key">([^<]+)<', page.text)
    with database.read() as session:
        bob = get_staff(session, "bob@example.org")
        entry = session.query(AuditEntry).order_by(AuditEntry.number.desc()).limit(1).one()
    assert is_password(shown[0], bob.password_hash) and bob.must_change_password
    assert (entry.staff_id, entry.subject) == (admin.colleague.id, f"staff:{bob.id}")
    assert shown[0] not in (await admin.get(f"/staff/accounts/{bob.id}")).text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("email", "bob", "Enter an e-mail address"),
        ("name", " ", "Enter a name"),
        ("role", "", "Choose a role"),
        ("role", "owner", "not as it should be"),
    ],
)
async def test_what_is_wrong_is_told_and_nobody_added(
    admin: Desk, database: Database, field: str, value: str, told: str
) -> None:
    page = await admin.post("/staff/accounts/add", **{**BOB, field: value})
    assert page.status_code == 422 and told in page.text
    with database.read() as session:
        assert find_staff(session, "bob@example.org") is None


async def test_a_name_is_shown_as_text(admin: Desk, database: Database) -> None:
    await admin.post("/staff/accounts/add", **{**BOB, "name": "<script>alert(1)</script>"})
    page = await admin.get("/staff/accounts")
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)" in page.text


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("role", "The role is editor now"),
        ("password", "It is not shown again"),
        ("second-factor", "set up a new second factor"),
        ("provider", "known again by their e-mail address"),
        ("end", "Their access has ended"),
    ],
)
async def test_each_act_signs_them_out_and_says_what_was_done(admin: Desk, reviewer: Desk, act: str, told: str) -> None:
    page = await admin.post(f"/staff/accounts/{reviewer.colleague.id}/{act}", role="editor")
    assert page.status_code == 200 and told in page.text
    assert "/staff/sign-in" in str((await reviewer.get("/staff/account")).url)


@pytest.mark.parametrize("act", ["role", "end"])
async def test_the_last_administrator_stays(admin: Desk, act: str) -> None:
    page = await admin.post(f"/staff/accounts/{admin.colleague.id}/{act}", role="editor")
    assert page.status_code == 422 and "only administrator" in page.text
    assert (await admin.get("/staff/accounts")).status_code == 200


async def test_there_is_nobody_of_an_unknown_number(admin: Desk) -> None:
    assert (await admin.get("/staff/accounts/999")).status_code == 404
    assert (await admin.post("/staff/accounts/999/end")).status_code == 404
