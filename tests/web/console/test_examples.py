"""Examples: proposed, edited, withdrawn; approved only after what they would change was seen."""

import asyncio
from pathlib import Path

import pytest
from httpx import Response
from sqlalchemy import select

from assistant.catalogue.examples import list_examples
from assistant.catalogue.models import Example
from assistant.db.engine import Database
from assistant.review.effects import finish_effect
from assistant.review.examples import list_guards, mark_of, propose
from assistant.review.models import Effect
from assistant.settings import Settings
from assistant.web.effects import FAILED, work_out_next
from tests.support.asked import add_group
from tests.support.small_data import VAR, write_small_data
from tests.support.staff import Desk

RESULT = {
    "regression": {
        "unchanged": 1193, "changed": 1, "right": {"before": 1100, "after": 1099}, "held_out": False,
        "changes": [
            {"text": "<b>park</b>", "before": ["answer", "offer/lfhii"], "after": ["ask", "offer/lfhii", "topic/why"],
             "was_right": True, "is_right": False},
        ],
    },
    "week": {"unchanged": 3, "changed": 1, "changes": []},
    "groups": [{"group": 4, "after": ["answer", "offer/lfhii"]}],
    "seconds": 31,
}  # fmt: skip


@pytest.fixture
def proposed(reviewer: Desk, database: Database) -> list[Example]:
    """Two examples of the reviewer."""
    with database.write() as session:
        return propose(session, ["is there parking", "where to park"], "out_of_scope", reviewer.colleague.id)


def state_of(database: Database, example: Example) -> str:
    with database.read() as session:
        return session.get_one(Example, example.id).state


async def move(reviewer: Desk, database: Database, example: Example, to: str) -> Response:
    with database.read() as session:
        mark = mark_of(session.get_one(Example, example.id))
    return await reviewer.post(f"/staff/examples/{example.id}/move", mark=mark, to=to)


class TestList:
    async def test_it_says_what_to_do_when_there_are_none(self, reviewer: Desk) -> None:
        for state, words in (
            ("proposed", "Decide on a group"),
            ("approved", "Nothing is approved"),
            ("guard", "Nothing is kept for judging"),
            ("withdrawn", "was"),
        ):
            page = await reviewer.get("/staff/examples", state=state)
            assert page.status_code == 200 and words in page.text

    async def test_it_shows_each_with_what_it_means(self, reviewer: Desk, proposed: list[Example]) -> None:
        page = (await reviewer.get("/staff/examples")).text
        assert "is there parking" in page and "Not our subject" in page and "Proposed (2)" in page


class TestEdit:
    async def test_it_saves_a_clean_sentence(self, reviewer: Desk, proposed: list[Example], database: Database) -> None:
        path = f"/staff/examples/{proposed[0].id}"
        assert "is there parking" in (await reviewer.get(path)).text
        page = await reviewer.post(path, mark=mark_of(proposed[0]), text="parking at the venue", label="topic/why")
        assert page.status_code == 200 and "Saved" in page.text and "parking at the venue" in page.text

    @pytest.mark.parametrize("text", ["", "ring 07700 900123", "where to park", "LFHII", "ask [name]"])
    async def test_it_refuses_the_rest_and_keeps_what_was_typed(
        self, reviewer: Desk, proposed: list[Example], text: str
    ) -> None:
        path = f"/staff/examples/{proposed[0].id}"
        page = await reviewer.post(path, mark=mark_of(proposed[0]), text=text, label="out_of_scope")
        assert page.status_code == 422 and "There is a problem" in page.text and text in page.text

    async def test_it_changes_nothing_that_somebody_else_changed(
        self, reviewer: Desk, proposed: list[Example], database: Database
    ) -> None:
        path, mark = f"/staff/examples/{proposed[0].id}", mark_of(proposed[0])
        await reviewer.post(path, mark=mark, text="parking at the venue", label="out_of_scope")
        page = await reviewer.post(path, mark=mark, text="parking at your venue", label="out_of_scope")
        assert page.status_code == 409 and "parking at your venue" in page.text
        moved = await reviewer.post(f"{path}/move", mark=mark, to="withdrawn")
        assert moved.status_code == 409 and state_of(database, proposed[0]) == "proposed"

    async def test_it_is_withdrawn_kept_for_judging_and_proposed_again(
        self, reviewer: Desk, proposed: list[Example], database: Database
    ) -> None:
        for state in ("withdrawn", "proposed", "guard", "proposed"):
            assert (await move(reviewer, database, proposed[0], state)).status_code == 200
            assert state_of(database, proposed[0]) == state

    async def test_what_is_kept_for_judging_has_a_page_and_is_not_trained_on(
        self, reviewer: Desk, proposed: list[Example], database: Database
    ) -> None:
        assert "Keep for judging" in (await reviewer.get("/staff/examples")).text
        page = await move(reviewer, database, proposed[0], "guard")
        assert "Kept for judging (1)" in page.text
        kept = (await reviewer.get("/staff/examples", state="guard")).text
        assert "is there parking" in kept and "No model is trained on these" in kept
        with database.read() as session:
            assert list_examples(session) == [] and [each.id for each in list_guards(session)] == [proposed[0].id]

    @pytest.mark.parametrize("to", ["approved", "proposed"])
    async def test_it_is_not_approved_without_its_effect(
        self, reviewer: Desk, proposed: list[Example], database: Database, to: str
    ) -> None:
        assert (await move(reviewer, database, proposed[0], to)).status_code == 422
        assert state_of(database, proposed[0]) == "proposed"


class TestEffect:
    async def test_it_is_worked_out_before_anything_can_be_approved(
        self, reviewer: Desk, proposed: list[Example], database: Database
    ) -> None:
        ids = [str(each.id) for each in proposed]
        page = await reviewer.post("/staff/examples/effects/new", example=ids)
        assert page.url.path == "/staff/examples/effects/1" and "about to begin" in page.text
        assert "hx-trigger" in page.text and "Approve" not in page.text
        looked = await reviewer.client.get("/staff/examples/effects/1", headers={"HX-Request": "true"})
        assert looked.status_code == 204
        assert (await reviewer.post("/staff/examples/effects/1/approve")).status_code == 422
        with database.write() as session:
            finish_effect(session, 1, RESULT)
        page = await reviewer.get("/staff/examples/effects/1")
        for part in ("1,193", "1,099", "Fewer are right", "1 open group would be answered", "Asks which:", "&lt;b&gt;"):
            assert part in page.text
        done = await reviewer.post("/staff/examples/effects/1/approve")
        assert "2 examples approved" in done.text and state_of(database, proposed[0]) == "approved"

    async def test_it_holds_for_exactly_what_it_covers(
        self, reviewer: Desk, proposed: list[Example], database: Database
    ) -> None:
        await reviewer.post("/staff/examples/effects/new", example=[str(proposed[0].id)])
        with database.write() as session:
            finish_effect(session, 1, RESULT)
            session.get_one(Example, proposed[0].id).text = "something else"
        page = await reviewer.get("/staff/examples/effects/1")
        assert "no longer holds" in page.text and ">Approve" not in page.text
        assert (await reviewer.post("/staff/examples/effects/1/approve")).status_code == 409
        assert state_of(database, proposed[0]) == "proposed"

    async def test_it_needs_an_example(self, reviewer: Desk) -> None:
        page = await reviewer.post("/staff/examples/effects/new")
        assert page.status_code == 422 and "Tick at least one" in page.text
        assert (await reviewer.get("/staff/examples/effects/9")).status_code == 404


@pytest.fixture
def small_project(tmp_path: Path, settings: Settings) -> Settings:
    """With data that are trained on in seconds."""
    return settings.model_copy(update={"data_folder": write_small_data(tmp_path / "small"), "var_folder": VAR})


class TestWorkingOut:
    async def test_a_process_of_its_own_finds_what_would_change(
        self, reviewer: Desk, proposed: list[Example], database: Database, small_project: Settings
    ) -> None:
        with database.write() as session:
            add_group(session, "leadership framework now please", "is there parking here")
        await reviewer.post("/staff/examples/effects/new", example=[str(each.id) for each in proposed])
        assert await work_out_next(database, small_project)
        with database.read() as session:
            effect = session.scalars(select(Effect)).one()
            assert effect.error is None and effect.result is not None and effect.finished_at is not None
            assert effect.result["regression"]["held_out"] is True
            week = effect.result["week"]
            assert week["changed"] + week["unchanged"] == 2
            assert "parking" not in str(week)  # words stay where they can be erased
        assert not await work_out_next(database, small_project)
        assert "Answered as before" in (await reviewer.get(f"/staff/examples/effects/{effect.id}")).text

    async def test_what_cannot_be_worked_out_says_so(
        self, reviewer: Desk, proposed: list[Example], database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        broken = settings.model_copy(update={"data_folder": tmp_path / "nowhere"})
        await reviewer.post("/staff/examples/effects/new", example=[str(each.id) for each in proposed])
        assert await work_out_next(database, broken)
        assert FAILED in (await reviewer.get("/staff/examples/effects/1")).text

    async def test_a_server_that_stops_leaves_it_to_the_next(
        self, reviewer: Desk, proposed: list[Example], database: Database, small_project: Settings
    ) -> None:
        await reviewer.post("/staff/examples/effects/new", example=[str(proposed[0].id)])
        working = asyncio.create_task(work_out_next(database, small_project))
        async with asyncio.timeout(20):
            while not _is_started(database):
                await asyncio.sleep(0.01)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
        assert not _is_started(database)


def _is_started(database: Database) -> bool:
    with database.read() as session:
        return session.scalars(select(Effect)).one().started_at is not None
