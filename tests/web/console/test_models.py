"""Models: who may do what; training, its progress and cancelling; comparing; putting live and rolling back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.catalogue.models import Example
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry
from assistant.registry.models import Judgement, Promotion, Run, RunKind, RunOutcome, TrainedModel
from assistant.registry.overview import PAGE
from assistant.registry.promotions import find_live, promote
from assistant.registry.runs import ask_for_run, claim_run, finish_run, note_progress
from assistant.settings import Settings
from assistant.staff.models import AuditEntry
from assistant.staff.roles import Role
from tests.support.asked import add_group
from tests.support.made_up_judgements import FINDINGS, RESULT, WHY, add_judgement
from tests.support.made_up_models import put_live, put_model
from tests.support.staff import Desk

REASON = "The old one says nothing of the new seminars."
LOOKS_AGAIN = {"HX-Request": "true"}
Put = Callable[[str], TrainedModel]


@pytest.fixture
def put(database: Database, settings: Settings, tmp_path: Path) -> Put:
    """Registers a model of this name."""
    return lambda name: put_model(database, settings, tmp_path, f"{name}.tar.gz")


@pytest.fixture
def live(database: Database, settings: Settings, tmp_path: Path) -> TrainedModel:
    """The model that answers."""
    return put_live(database, settings, tmp_path, "heron.tar.gz")


@pytest.fixture
def otter(put: Put, live: TrainedModel) -> TrainedModel:
    """A model that is not judged yet."""
    return put("otter")


def begin_run(database: Database, stage: str = "", done: float = 0.0) -> int:
    """A training that somebody asked for; under way once it has a stage."""
    with database.write() as session:
        run_id = ask_for_run(session, RunKind.TRAIN, None).id
        if stage:
            claim_run(session, now())
            note_progress(session, run_id, stage, done)
        return run_id


def live_name(database: Database) -> str:
    """Which model answers."""
    with database.read() as session:
        promotion = find_live(session)
        return promotion.model.name if promotion else ""


def runs_of(database: Database) -> list[Run]:
    """All runs."""
    with database.read() as session:
        return list(session.scalars(select(Run).order_by(Run.id)))


async def basis_of(desk: Desk, model: TrainedModel) -> str:
    """What the page that asks to confirm holds about what it showed."""
    page = await desk.get(f"/staff/models/{model.id}/promote")
    return page.text.partition('name="basis" value="')[2].partition('"')[0]


class TestOverview:
    async def test_without_any_model_it_says_what_to_do(self, editor: Desk, reviewer: Desk) -> None:
        page = (await editor.get("/staff/models")).text
        assert "No model is live yet" in page and "Train the first one above" in page
        assert "Ask an editor or an admin" in (await reviewer.get("/staff/models")).text
        for path in ("/staff/models/history", "/staff/models/runs"):
            assert "yet." in (await reviewer.get(path)).text

    async def test_every_state_is_named(
        self, reviewer: Desk, database: Database, put: Put, live: TrainedModel, otter: TrainedModel
    ) -> None:
        wren, finch = put("wren"), put("finch")
        with database.write() as session:
            promote(session, session.get_one(TrainedModel, otter.id), reviewer.colleague.id, REASON)
        add_judgement(database, wren, otter, is_worse=True)
        add_judgement(database, finch, live, is_worse=True)  # which is live no longer
        page = (await reviewer.get("/staff/models")).text
        for part in ("Live", "Was live", "Judged worse", "Not judged", REASON, "First model by the server"):
            assert part in page
        assert "Candidate" not in page and ".tar.gz" not in page
        add_judgement(database, finch, otter)
        page = (await reviewer.get("/staff/models")).text
        assert "Candidate" in page and "Not judged" not in page and "97.1%" in page

    async def test_it_counts_what_the_live_model_did_not_learn(
        self, editor: Desk, reviewer: Desk, database: Database, live: TrainedModel
    ) -> None:
        assert "would hardly differ" in (await editor.get("/staff/models")).text
        with database.write() as session:
            session.add(Example(text="old", label="offer/lfhii", approved_at=live.trained_at - timedelta(days=1)))
            session.add(Example(text="new", label="offer/lfhii", approved_at=live.trained_at + timedelta(days=1)))
        assert "1 approved example is new" in (await editor.get("/staff/models")).text
        assert "Train a model with these" in (await editor.get("/staff/examples?state=approved")).text
        assert "Train a model with these" not in (await reviewer.get("/staff/examples?state=approved")).text

    async def test_many_models_take_pages(self, reviewer: Desk, put: Put) -> None:
        for number in range(PAGE + 1):
            put(f"model-{number:02}")
        first, last = [(await reviewer.get("/staff/models", page=page)).text for page in ("1", "99")]
        assert "model-20" in first and "model-00" not in first and "Page 2 of 2" in first
        assert "model-00" in last and "model-20" not in last

    async def test_the_history_says_how_long_each_was_live(
        self, reviewer: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        with database.write() as session:
            session.scalars(select(Promotion)).one().at = now() - timedelta(days=3)
            promote(session, session.get_one(TrainedModel, otter.id), reviewer.colleague.id, REASON)
        page = (await reviewer.get("/staff/models/history")).text
        assert (
            "3 days" in page
            and "Put live by <bdi>Robin Reviewer</bdi>" in page
            and page.index("otter") < page.index("heron")
        )


class TestTraining:
    async def test_it_is_asked_for_and_recorded(self, editor: Desk, database: Database, live: TrainedModel) -> None:
        page = await editor.post("/staff/models/train")
        assert page.url.path == "/staff/models" and "Training under way" in page.text
        assert "Waiting to begin" in page.text and "Eden Editor" in page.text
        run = runs_of(database)[0]
        assert run.kind == RunKind.TRAIN and run.staff_id == editor.colleague.id
        with database.read() as session:
            assert f"run:{run.id}" in session.scalars(select(AuditEntry.subject)).all()

    async def test_a_second_one_is_told_why_it_has_to_wait(self, editor: Desk, admin: Desk, database: Database) -> None:
        await editor.post("/staff/models/train")
        page = await admin.post("/staff/models/train")
        assert page.status_code == 409 and "under way. Wait until it has ended" in page.text
        assert "disabled" in page.text and "Training under way" in page.text
        assert len(runs_of(database)) == 1

    async def test_a_page_that_looks_again_gets_only_what_is_new(self, reviewer: Desk, database: Database) -> None:
        run = begin_run(database, "Learning what questions mean", 0.42)
        page = await reviewer.get("/staff/models")
        assert 'value="42"' in page.text and "42%" in page.text and "every 2s" in page.text

        async def look(percent: str, stage: str) -> tuple[int, str, str | None]:
            seen = {"run": str(run), "percent": percent, "stage": stage}
            answer = await reviewer.client.get("/staff/models", params=seen, headers=LOOKS_AGAIN)
            return answer.status_code, answer.text, answer.headers.get("HX-Retarget")

        assert await look("42", "Learning what questions mean") == (204, "", None)
        status, text, target = await look("10", "Learning what questions mean")
        assert status == 200 and target is None and "hx-swap-oob" not in text
        assert "hx-swap-oob" in (await look("10", "Starting"))[1]  # a new stage is said aloud
        with database.write() as session:
            finish_run(session, run, RunOutcome.DONE)
        status, text, target = await look("42", "Learning what questions mean")
        assert status == 200 and target == "#standing" and "The run has ended" in text

    async def test_it_is_cancelled(self, editor: Desk, database: Database) -> None:
        run = begin_run(database, "Learning", 0.5)
        page = await editor.post(f"/staff/models/runs/{run}/cancel")
        assert "Being cancelled" in page.text and "Cancel the training" not in page.text
        with database.write() as session:
            finish_run(session, run, RunOutcome.CANCELLED)
        assert "nothing to cancel" in (await editor.post(f"/staff/models/runs/{run}/cancel")).text
        assert (await editor.post("/staff/models/runs/99/cancel")).status_code == 404

    async def test_one_that_nobody_began_ends_at_once(self, editor: Desk, database: Database) -> None:
        run = begin_run(database)
        page = await editor.post(f"/staff/models/runs/{run}/cancel")
        assert "under way" not in page.text and "Cancelled" in page.text

    async def test_one_that_failed_says_why_and_what_was_found(self, reviewer: Desk, database: Database) -> None:
        run = begin_run(database, "Checking the labels")
        with database.write() as session:
            session.get_one(Run, run).findings = FINDINGS
            finish_run(session, run, RunOutcome.FAILED, "It could not be done.")
        assert "The last training failed. It could not be done." in (await reviewer.get("/staff/models")).text
        page = (await reviewer.get(f"/staff/models/runs/{run}")).text
        for part in ("Failed", "It could not be done.", "None was made", "seem to mean something else", "1,129"):
            assert part in page
        assert "&lt;b&gt;where&lt;/b&gt; do I park" in page and 'href="/staff/examples/3"' in page
        assert "Not our subject" in page and "7 pairs say nearly the same" in page

    async def test_a_reviewer_sees_it_and_cannot_change_it(
        self, reviewer: Desk, database: Database, otter: TrainedModel
    ) -> None:
        run = begin_run(database, "Learning", 0.5)
        page = (await reviewer.get("/staff/models")).text
        assert "Training under way" in page and "<form" not in page.partition("<main")[2]
        assert "<form" not in (await reviewer.get(f"/staff/models/{otter.id}")).text.partition("<main")[2]
        for path in ("train", f"runs/{run}/cancel", f"{otter.id}/judge", f"{otter.id}/promote"):
            assert (await reviewer.post(f"/staff/models/{path}")).status_code == 403
        assert live_name(database) == "heron.tar.gz"


class TestOneModel:
    async def test_it_says_what_it_is_made_of(self, reviewer: Desk, otter: TrainedModel) -> None:
        page = (await reviewer.get(f"/staff/models/{otter.id}")).text
        for part in ("Not judged", "3 sentences it came with", "2 meanings", "2 seconds", otter.sha256, "otter.tar.gz"):
            assert part in page
        assert (await reviewer.get("/staff/models/99")).status_code == 404

    async def test_the_comparison_begins_with_a_verdict(
        self, reviewer: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        add_judgement(database, otter, live)
        page = (await reviewer.get(f"/staff/models/{otter.id}")).text
        assert "No worse than the live model: 1 question gets better, 2 get worse." in page
        for part in (
            "96.1%",
            "97.1%",
            "Worse, likely by chance",
            "not understood",
            "&lt;b&gt;Parking",
            "4 questions were",
        ):
            assert part in page

    async def test_members_words_are_shown_while_they_are_kept_and_that_is_recorded(
        self, reviewer: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        add_judgement(database, otter, live)
        assert "whose words are no longer kept" in (await reviewer.get(f"/staff/models/{otter.id}")).text
        with database.write() as session:
            _, references = add_group(session, "who <i>leads</i> it")
        with database.write() as session:
            result = {**RESULT, "worse": [{"source": "enquiry", "what": references[0], "problems": []}]}
            session.scalars(select(Judgement)).one().result = result
        assert "who &lt;i&gt;leads&lt;/i&gt; it" in (await reviewer.get(f"/staff/models/{otter.id}")).text
        with database.read() as session:
            entry = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
            assert entry is not None and entry.subject == f"model:{otter.id}"
            assert entry.details == {"enquiries": references}

    async def test_a_judgement_of_another_form_is_shown_as_far_as_it_goes(
        self, reviewer: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        add_judgement(database, otter, live)
        with database.write() as session:
            session.scalars(select(Judgement)).one().result = {"measures": [{}], "worse": [{}], "more": 3}
        assert (await reviewer.get(f"/staff/models/{otter.id}")).status_code == 200

    async def test_the_check_of_its_sentences_stands_with_it(
        self, reviewer: Desk, database: Database, otter: TrainedModel
    ) -> None:
        run = begin_run(database, "Checking the labels")
        with database.write() as session:
            session.get_one(Run, run).findings = FINDINGS
            session.get_one(Run, run).model_id = otter.id
            finish_run(session, run, RunOutcome.DONE)
        page = (await reviewer.get(f"/staff/models/{otter.id}")).text
        assert "seem to mean something else" in page and f"training {run}" in page

    async def test_it_is_judged_against_the_live_one(
        self, editor: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        assert "Judge against the live model" in (await editor.get(f"/staff/models/{otter.id}")).text
        page = await editor.post(f"/staff/models/{otter.id}/judge")
        assert "Judging under way" in page.text and "otter" in page.text
        run = runs_of(database)[0]
        assert run.kind == RunKind.JUDGE and run.model_id == otter.id
        assert "one at a time" in (await editor.get(f"/staff/models/{otter.id}")).text
        assert (await editor.post(f"/staff/models/{otter.id}/judge")).status_code == 409
        assert (await editor.post("/staff/models/99/judge")).status_code == 404
        add_judgement(database, otter, live)
        assert "Judge against the live model" not in (await editor.get(f"/staff/models/{otter.id}")).text

    async def test_an_enquiry_says_which_model_read_it(
        self, reviewer: Desk, database: Database, live: TrainedModel
    ) -> None:
        with database.write() as session:
            number, references = add_group(session, "one", "two")
            session.get_one(Enquiry, references[0]).model = live.name
            session.get_one(Enquiry, references[1]).model = "forgotten.tar.gz"
        page = (await reviewer.get(f"/staff/groups/{number}")).text
        assert f'href="/staff/models/{live.id}">heron</a>' in page and "read by model forgotten" in page


class TestPuttingLive:
    async def test_one_that_is_no_worse_goes_live(
        self, editor: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        add_judgement(database, otter, live)
        page = await editor.get(f"/staff/models/{otter.id}/promote")
        assert (
            "Put this model live?" in page.text and "No message is lost" in page.text and "Why (optional)" in page.text
        )
        done = await editor.post(f"/staff/models/{otter.id}/promote", basis=await basis_of(editor, otter))
        assert "otter is live. It answers within seconds" in done.text and live_name(database) == "otter.tar.gz"
        with database.read() as session:
            assert f"model:{otter.id}" in session.scalars(select(AuditEntry.subject)).all()

    @pytest.mark.parametrize("is_judged", [True, False])
    @pytest.mark.parametrize("reason", ["", "   ", "because", "x" * 501])
    async def test_what_the_gate_stops_needs_a_reason(
        self, editor: Desk, database: Database, live: TrainedModel, otter: TrainedModel, is_judged: bool, reason: str
    ) -> None:
        if is_judged:
            add_judgement(database, otter, live, is_worse=True)
        page = (await editor.get(f"/staff/models/{otter.id}/promote")).text
        assert ("Judging speaks against it" if is_judged else "It was not judged against") in page
        assert (WHY in page) == is_judged
        basis = await basis_of(editor, otter)
        refused = await editor.post(f"/staff/models/{otter.id}/promote", basis=basis, reason=reason)
        assert refused.status_code == 422 and "Say in 10 to 500 characters" in refused.text
        assert "Error:" in refused.text and live_name(database) == "heron.tar.gz"

    async def test_a_reason_is_kept_with_the_name(self, editor: Desk, database: Database, otter: TrainedModel) -> None:
        basis = await basis_of(editor, otter)
        page = await editor.post(f"/staff/models/{otter.id}/promote", basis=basis, reason=f"  {REASON} ")
        assert f"“{REASON}”" in page.text and "Put live by <bdi>Eden Editor</bdi>" in page.text
        assert live_name(database) == "otter.tar.gz"

    async def test_one_that_was_live_is_rolled_back_to_without_a_reason(
        self, editor: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        await editor.post(f"/staff/models/{otter.id}/promote", basis=await basis_of(editor, otter), reason=REASON)
        assert "Roll back to this model" in (await editor.get(f"/staff/models/{live.id}")).text
        assert "Approved examples stay approved" in (await editor.get(f"/staff/models/{live.id}/promote")).text
        page = await editor.post(f"/staff/models/{live.id}/promote", basis=await basis_of(editor, live))
        assert "Rolled back to by" in page.text and live_name(database) == "heron.tar.gz"

    async def test_if_another_went_live_meanwhile_nothing_is_changed_and_the_reason_stays(
        self, editor: Desk, sign_in: Callable[..., Desk], database: Database, put: Put, otter: TrainedModel
    ) -> None:
        wren, colleague = put("wren"), sign_in(Role.ADMIN)
        basis = await basis_of(editor, otter)
        await colleague.post(f"/staff/models/{wren.id}/promote", basis=await basis_of(colleague, wren), reason=REASON)
        page = await editor.post(f"/staff/models/{otter.id}/promote", basis=basis, reason="My own good reason")
        assert page.status_code == 409 and "went live meanwhile" in page.text
        assert "My own good reason" in page.text and live_name(database) == "wren.tar.gz"
        again = await editor.post(
            f"/staff/models/{otter.id}/promote", basis=await basis_of(editor, otter), reason="My own good reason"
        )
        assert again.status_code == 200 and live_name(database) == "otter.tar.gz"

    async def test_if_it_was_judged_worse_meanwhile_the_page_says_so(
        self, editor: Desk, database: Database, live: TrainedModel, otter: TrainedModel
    ) -> None:
        add_judgement(database, otter, live)
        basis = await basis_of(editor, otter)
        add_judgement(database, otter, live, is_worse=True)
        page = await editor.post(f"/staff/models/{otter.id}/promote", basis=basis, reason="It is for the seminars.")
        assert page.status_code == 409 and "Judging speaks against it" in page.text
        assert live_name(database) == "heron.tar.gz"

    async def test_the_live_one_has_nothing_to_do(self, editor: Desk, live: TrainedModel) -> None:
        assert "live already" in (await editor.get(f"/staff/models/{live.id}/promote")).text
        page = await editor.post(f"/staff/models/{live.id}/promote", basis="1.0.live")
        assert page.status_code == 409 and "live already" in page.text
        assert (await editor.get("/staff/models/99/promote")).status_code == 404
