"""A slow network and a broken one: nothing typed is lost, and nothing is asked twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.catalogue.signposts import read_signposts
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.conftest import ROOT
from tests.support.sites import free_port, served
from tests.support.widget import Widget

MESSAGES = "**/api/conversations/*/messages"
QUESTION = "What is the Race and Health Observatory?"
NO_CONNECTION = "net::ERR_"


@pytest.fixture
def broken(widget: Widget, troubles: list[str]) -> Any:
    """Breaks the connection for messages until `mend` is called; what the browser says of that is expected."""

    class Broken:
        def __init__(self) -> None:
            self.tried: list[dict[str, str]] = []
            widget.page.route(MESSAGES, self._refuse)

        def _refuse(self, route: Route) -> None:
            self.tried.append(route.request.headers)
            route.abort("connectionfailed")

        def mend(self) -> None:
            widget.page.unroute(MESSAGES)
            troubles[:] = [trouble for trouble in troubles if NO_CONNECTION not in trouble]

    return Broken()


def try_and_fail(widget: Widget) -> None:
    widget.open().box.fill(QUESTION)
    widget.button("Send").click()
    expect(widget.problem).to_contain_text("cannot be reached")


class TestABrokenNetwork:
    def test_what_was_typed_stays_and_trying_again_answers(self, widget: Widget, broken: Any) -> None:
        try_and_fail(widget)
        expect(widget.box).to_have_value(QUESTION)
        broken.mend()
        widget.button("Try again").click()
        expect(widget.newest).to_contain_text("Observatory")
        expect(widget.box).to_have_value("")
        expect(widget.problem).to_have_count(0)

    def test_who_is_in_danger_is_told_whom_to_call(self, widget: Widget, broken: Any) -> None:
        (emergency,) = [each for each in read_signposts(ROOT / "data" / "catalogue") if each.slug == "emergency"]
        try_and_fail(widget)
        broken.mend()
        expect(widget.problem).to_contain_text("If you or somebody else is in danger right now, please call")
        expect(widget.problem.get_by_role("link", name=emergency.way)).to_have_attribute("href", f"tel:{emergency.way}")

    def test_trying_again_asks_once(self, widget: Widget, home: str, troubles: list[str]) -> None:
        """The answer is lost on its way; the server gives the same one again."""
        keys: list[str] = []

        def lose_the_first(route: Route) -> None:
            keys.append(route.request.headers["idempotency-key"])
            if len(keys) == 1:
                route.fetch()
                route.abort("connectionreset")
            else:
                route.continue_()

        widget.page.route(MESSAGES, lose_the_first)
        try_and_fail(widget)
        troubles[:] = [trouble for trouble in troubles if NO_CONNECTION not in trouble]
        widget.button("Try again").click()
        expect(widget.answers).to_have_count(2)
        assert len(keys) == 2 and keys[0] == keys[1]
        widget.page.unroute(MESSAGES)
        widget.page.reload()
        widget.open()
        expect(widget.log.get_by_role("article", name="You")).to_have_count(1)

    def test_another_question_gets_another_key(self, widget: Widget) -> None:
        keys: list[str] = []
        widget.page.on("request", lambda request: keys.append(request.headers.get("idempotency-key", "")))
        widget.open().ask("hello")
        widget.ask("hello")
        sent = [key for key in keys if key]
        assert len(sent) == 2 and sent[0] != sent[1]

    def test_it_tries_again_by_itself_when_the_connection_is_back(self, widget: Widget, broken: Any) -> None:
        try_and_fail(widget)
        broken.mend()
        widget.page.evaluate("dispatchEvent(new Event('online'))")
        expect(widget.newest).to_contain_text("Observatory")

    def test_what_was_changed_is_not_sent_when_the_connection_is_back(self, widget: Widget, broken: Any) -> None:
        try_and_fail(widget)
        widget.box.fill("")
        expect(widget.problem).to_have_count(0)
        broken.mend()
        widget.page.evaluate("dispatchEvent(new Event('online'))")
        expect(widget.ask("hello")).not_to_contain_text("Observatory")
        expect(widget.log.get_by_role("article", name="You")).to_have_count(1)

    def test_the_plain_page_is_still_a_way(self, widget: Widget, broken: Any, home: str) -> None:
        try_and_fail(widget)
        broken.mend()
        widget.button("More").click()
        expect(widget.window.get_by_role("link", name="Open as a plain page")).to_have_attribute("href", f"{home}/chat")

    def test_the_form_keeps_what_was_typed(self, widget: Widget, broken: Any) -> None:
        widget.open().button("Leave a question for a person").click()
        widget.window.get_by_role("textbox", name="Your question").fill("Is there parking?")
        widget.window.get_by_label("Your name").fill("Sam Example")
        widget.window.get_by_label("Your e-mail address").fill("sam@example.org")
        widget.window.get_by_label("You may keep my name").check()
        widget.button("Leave my question").click()
        expect(widget.problem).to_contain_text("cannot be reached")
        expect(widget.problem.get_by_role("link", name="999")).to_be_visible()
        expect(widget.window.get_by_label("Your name")).to_have_value("Sam Example")
        broken.mend()
        widget.button("Leave my question").click()
        expect(widget.newest).to_contain_text("ENQ-")

    @pytest.mark.parametrize(
        ("status", "headers", "body", "said"),
        [
            (429, {"Retry-After": "7"}, "{}", "Please wait 7 seconds"),
            (503, {}, '{"detail": "I cannot save anything just now."}', "I cannot save anything just now."),
            (500, {}, "<html>Bad gateway</html>", "could not do that (error 500)"),
            (200, {}, "<html>A portal asks you to log in</html>", "cannot be reached"),
        ],
    )
    def test_it_says_what_the_server_says(
        self, widget: Widget, troubles: list[str], status: int, headers: dict[str, str], body: str, said: str
    ) -> None:
        exposed = {"Content-Type": "application/problem+json", **headers}
        widget.page.route(MESSAGES, lambda route: route.fulfill(status=status, headers=exposed, body=body))
        widget.open().box.fill(QUESTION)
        widget.button("Send").click()
        expect(widget.problem).to_contain_text(said)
        expect(widget.button("Try again")).to_be_visible()
        troubles.clear()

    def test_a_conversation_that_is_gone_begins_anew(self, widget: Widget, home: str, troubles: list[str]) -> None:
        widget.open().ask("hello")
        own = widget.page.evaluate("JSON.parse(sessionStorage.getItem('enquiry-assistant'))")
        widget.page.request.delete(
            f"{home}/api/conversations/{own['conversation']}", headers={"Authorization": f"Bearer {own['token']}"}
        )
        widget.box.fill(QUESTION)
        widget.button("Send").click()
        expect(widget.problem).to_contain_text("no longer kept")
        expect(widget.box).to_have_value(QUESTION)
        troubles.clear()
        widget.button("Send").click()
        expect(widget.newest).to_contain_text("Observatory")


class TestALostDatabase:
    @pytest.fixture
    def lost(self, page: Page, real_desk: EnquiryDesk, tmp_path: Path, troubles: list[str]) -> Iterator[Widget]:
        """The widget of an assistant whose database cannot be opened; what the browser says of that is expected."""
        settings = Settings(data_folder=ROOT / "data", var_folder=tmp_path / "var")
        database = Database(f"sqlite:///{tmp_path}")
        desk = EnquiryDesk(database, real_desk.engine, real_desk.cipher, settings, real_desk.redactor, real_desk._judge)
        with served(create_app(settings, desk), free_port()) as site:
            page.goto(site.origin)
            yield Widget(page).open()
        database.close()
        troubles[:] = [trouble for trouble in troubles if "503" not in trouble]

    def test_somebody_in_need_is_answered_at_the_first_message(self, lost: Widget) -> None:
        answer = lost.ask("I want to kill myself")
        expect(answer.get_by_role("link", name="116 123").first).to_have_attribute("href", "tel:116123")
        expect(lost.problem).to_have_count(0)
        assert lost.page.evaluate("sessionStorage.length") == 0

    def test_everybody_else_is_told_and_pointed_to_a_person(self, lost: Widget) -> None:
        lost.box.fill(QUESTION)
        lost.button("Send").click()
        expect(lost.problem).to_contain_text("your message was not saved")
        expect(lost.problem.get_by_role("link", name="enquiries@nhsconfed.org")).to_be_visible()
        expect(lost.problem.get_by_role("link", name="999")).to_be_visible()
        expect(lost.box).to_have_value(QUESTION)


class TestASlowNetwork:
    def test_waiting_is_shown_and_nothing_is_sent_twice(self, widget: Widget) -> None:
        held: list[Route] = []
        widget.page.route(MESSAGES, lambda route: held.append(route))
        widget.open().box.fill(QUESTION)
        widget.button("Send").click()
        expect(widget.window.get_by_role("status").filter(has_text="Sending your message")).to_be_visible()
        expect(widget.box).not_to_be_editable()
        expect(widget.button("Send")).to_be_disabled()
        widget.box.press("Enter")
        assert len(held) == 1
        held[0].continue_()
        expect(widget.newest).to_contain_text("Observatory")
        expect(widget.box).to_be_editable()


class TestBudgets:
    def test_no_task_is_long_and_nothing_moves_on_opening(self, page: Page, home: str) -> None:
        page.add_init_script(
            """window.seen = {long: [], moved: 0};
            new PerformanceObserver((list) => seen.long.push(...list.getEntries().map((e) => e.duration)))
              .observe({type: "longtask", buffered: true});
            new PerformanceObserver((list) => list.getEntries().forEach((e) => (seen.moved += e.value)))
              .observe({type: "layout-shift", buffered: true});"""
        )
        page.goto(home)
        page.evaluate("seen.long.length = 0")
        widget = Widget(page).open()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
        assert page.evaluate("seen") == {"long": [], "moved": 0}
        expect(widget.window).to_be_visible()
