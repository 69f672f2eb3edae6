"""An editor trains a model, reads how it compares, puts it live and rolls back. No training is done: rows move."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from assistant.db.base import now
from assistant.enquiries.desk import EnquiryDesk
from assistant.registry.models import Judgement, Promotion, Run, RunOutcome, TrainedModel
from assistant.registry.runs import claim_run, finish_run, note_progress
from assistant.staff.roles import Role
from assistant.web import runs
from tests.browser.console.conftest import Open
from tests.support.made_up_judgements import FINDINGS, add_judgement
from tests.support.made_up_models import put_live, put_model
from tests.support.windows import is_fit

REASON = "The old one says nothing of the new seminars."


@pytest.fixture(scope="module", autouse=True)
def _nobody_carries_runs_out() -> Iterator[None]:
    async def carry_out_next(*_: object) -> bool:
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "carry_out_next", carry_out_next)
        yield


@pytest.fixture
def live(desk: EnquiryDesk, tmp_path: Path) -> Iterator[TrainedModel]:
    """The model that answers. Whatever the test adds is taken away."""
    settings = desk.settings.model_copy(update={"models_folder": tmp_path / "models"})
    yield put_live(desk.database, settings, tmp_path, "20261105-090000-brisk-heron.tar.gz")
    with desk.database.write() as session:
        for table in (Judgement, Promotion, Run, TrainedModel):
            session.execute(delete(table))


@pytest.fixture
def otter(desk: EnquiryDesk, live: TrainedModel, tmp_path: Path) -> TrainedModel:
    """A model that is not judged yet."""
    settings = desk.settings.model_copy(update={"models_folder": tmp_path / "models"})
    return put_model(desk.database, settings, tmp_path, "20261112-140500-calm-otter.tar.gz")


def the_run(desk: EnquiryDesk) -> int:
    """The number of the only run."""
    with desk.database.read() as session:
        return session.scalars(select(Run.id)).one()


def move(desk: EnquiryDesk, stage: str, done: float) -> None:
    """As the process of a run does."""
    with desk.database.write() as session:
        claim_run(session, now())
        note_progress(session, session.scalars(select(Run.id)).one(), stage, done)


def test_a_model_is_trained_read_about_and_put_live_and_rolled_back(
    open_console: Open, desk: EnquiryDesk, live: TrainedModel, otter: TrainedModel
) -> None:
    page = open_console("/staff/models", Role.EDITOR)
    is_fit(page, "overview")
    page.get_by_role("button", name="Train a model").click()
    expect(page.get_by_role("heading", name="Training under way")).to_be_visible()
    expect(page.get_by_role("button", name="Train a model")).to_be_disabled()
    # The page looks again by itself, and what has the focus keeps it.
    page.get_by_role("button", name="Cancel the training").focus()
    move(desk, "Learning what questions mean", 0.42)
    expect(page.get_by_role("progressbar", name="Learning what questions mean")).to_have_attribute("value", "42")
    expect(page.get_by_role("status")).to_have_text("Training: Learning what questions mean")
    expect(page.get_by_role("button", name="Cancel the training")).to_be_focused()
    is_fit(page, "running")
    add_judgement(desk.database, otter, live)
    with desk.database.write() as session:
        run = session.get_one(Run, the_run(desk))
        run.model_id, run.findings = otter.id, FINDINGS
        finish_run(session, run.id, RunOutcome.DONE)
    expect(page.get_by_role("heading", name="Training under way")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("The run has ended")
    expect(page.get_by_role("button", name="Train a model")).to_be_enabled()

    page.get_by_role("link", name="calm-otter").first.click()
    expect(page.locator("main")).to_contain_text("1 question gets better, 2 get worse")
    page.get_by_text("What gets better (1)").click()
    page.get_by_text("Technical details").click()
    is_fit(page, "model")
    page.get_by_role("button", name="Put this model live").click()
    is_fit(page, "promote")
    page.get_by_role("button", name="Put live").click()
    expect(page.get_by_role("alert")).to_contain_text("calm-otter is live")

    page.get_by_role("link", name="brisk-heron").first.click()
    is_fit(page, "was-live")
    page.get_by_role("button", name="Roll back to this model").click()
    page.get_by_role("button", name="Roll back", exact=True).click()
    expect(page.get_by_role("region", name="Live now")).to_contain_text("brisk-heron")
    is_fit(page, "rolled-back")


def test_what_is_worse_needs_a_reason(
    open_console: Open, desk: EnquiryDesk, live: TrainedModel, otter: TrainedModel
) -> None:
    add_judgement(desk.database, otter, live, is_worse=True)
    page = open_console(f"/staff/models/{otter.id}", Role.EDITOR)
    is_fit(page, "worse")
    page.get_by_role("button", name="Put this model live").click()
    page.get_by_role("button", name="Put live").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in 10 to 500 characters")
    is_fit(page, "promote-refused")
    page.get_by_label("Why it should go live all the same").fill(REASON)
    page.get_by_role("button", name="Put live").click()
    expect(page.get_by_role("region", name="Live now")).to_contain_text(REASON)


def test_a_training_is_cancelled_without_scripts(open_console: Open, desk: EnquiryDesk, live: TrainedModel) -> None:
    page = open_console("/staff/models", Role.EDITOR, java_script_enabled=False)
    page.get_by_role("button", name="Train a model").click()
    move(desk, "Learning what questions mean", 0.42)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "42")
    page.get_by_role("button", name="Cancel the training").click()
    expect(page.get_by_role("progressbar", name="Being cancelled")).to_be_visible()
    with desk.database.write() as session:
        finish_run(session, the_run(desk), RunOutcome.FAILED, "It could not be done.")
    page.goto(page.url)
    expect(page.locator("main")).to_contain_text("The last training failed")
    page.get_by_role("link", name="See what happened").click()
    expect(page.get_by_role("heading", name="Failed")).to_be_visible()


def test_the_page_of_a_run_has_no_barrier(
    open_console: Open, desk: EnquiryDesk, live: TrainedModel, otter: TrainedModel
) -> None:
    page = open_console(f"/staff/models/{otter.id}", Role.EDITOR)
    page.get_by_role("button", name="Judge against the live model").click()
    expect(page.get_by_role("heading", name="Judging under way")).to_be_visible()
    with desk.database.write() as session:
        run = session.get_one(Run, the_run(desk))
        run.findings = FINDINGS
        finish_run(session, run.id, RunOutcome.FAILED, "It could not be done.")
    for path in (f"/staff/models/runs/{run.id}", "/staff/models", "/staff/models/runs", "/staff/models/history"):
        page.goto(page.url.partition("/staff")[0] + path)
        is_fit(page, path.replace("/", "-"))
