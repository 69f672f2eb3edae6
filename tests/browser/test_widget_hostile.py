"""Whatever anybody types, and whatever a source holds, stands as text: nothing runs, nothing is asked for (E1, E2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.hostile import (
    FIELDS_OF_A_CARD,
    LOOK_AT_PAGE,
    TAGS_OF_A_MESSAGE,
    TAGS_OF_A_PROBLEM,
    TAGS_OF_A_REPLY,
    MadeUpApi,
    look_at,
    made_up_reply,
    read_payloads,
)
from tests.support.widget import Widget

PAYLOADS = read_payloads(Path(__file__).with_name("payloads.yml"))
ALL = [payload for kind in PAYLOADS.values() for payload in kind]
NOT_KEPT = "(these words are not kept)"

by_kind = pytest.mark.parametrize("kind", PAYLOADS)


@pytest.fixture
def page_that_stays(widget: Widget, home: str) -> Iterator[None]:
    """Same address, same title, same elements; nobody asked but the API. `troubles` sees to dialogs and the policy."""
    asked: list[str] = []
    before = widget.page.evaluate(LOOK_AT_PAGE)
    widget.page.on("request", lambda request: asked.append(request.url))
    yield
    assert widget.page.evaluate(LOOK_AT_PAGE) == before
    assert not [url for url in asked if not is_expected(url, home)]


def is_expected(url: str, home: str) -> bool:
    """Of the API, a download, or one that the page itself needs when it is loaded again."""
    expected = ("blob:", f"{home}/api/conversations", f"{home}/static/", f"{home}/widget.js")
    return url.startswith(expected) or url == f"{home}/"


def test_there_are_enough_of_them() -> None:
    assert len(set(ALL)) == len(ALL) >= 250
    assert max(map(len, ALL)) == 1000


@pytest.mark.usefixtures("page_that_stays")
class TestWhatAMemberTypes:
    @by_kind
    def test_it_stands_as_it_was_typed_and_after_a_reload_as_it_was_kept(
        self, widget: Widget, home: str, kind: str
    ) -> None:
        widget.open()
        said = widget.log.get_by_role("article", name="You")
        for payload in PAYLOADS[kind]:
            widget.ask(payload)
            assert look_at(said.last, TAGS_OF_A_MESSAGE) == f"You{payload}"
            look_at(widget.newest, TAGS_OF_A_REPLY)
        kept = [entry["text"] or NOT_KEPT for entry in self.history(widget.page, home) if entry["from"] == "asker"]
        assert kept  # not always all of them: some sound like abuse, and what comes in the pause after it is not kept
        widget.page.reload()
        widget.open()
        expect(said).to_have_count(len(kept))
        assert [look_at(entry, TAGS_OF_A_MESSAGE) for entry in said.all()] == [f"You{text}" for text in kept]

    def history(self, page: Page, home: str) -> list[dict[str, str]]:
        """What the API kept."""
        own = page.evaluate("JSON.parse(sessionStorage.getItem('enquiry-assistant'))")
        path = f"{home}/api/conversations/{own['conversation']}/messages"
        response = page.request.get(path, headers={"Authorization": f"Bearer {own['token']}"})
        entries: list[dict[str, str]] = response.json()
        return entries


@pytest.mark.usefixtures("page_that_stays")
class TestWhatAReplyHolds:
    @by_kind
    def test_it_stands_as_text_in_every_field_and_is_sent_back_as_it_was(self, widget: Widget, kind: str) -> None:
        api = MadeUpApi(widget.page)
        widget.open()
        press = widget.box.locator("xpath=ancestor::form").get_by_role("button", name="Send")
        widget.box.fill("What is there?")
        for number, payload in enumerate(PAYLOADS[kind]):
            cards = 4 if number % 2 else 2  # folded or not
            api.reply = made_up_reply(payload, cards)
            press.click()
            expect(widget.answers).to_have_count(number + 2)
            text = look_at(widget.newest, TAGS_OF_A_REPLY)
            assert text.count(payload) == 5 + cards * FIELDS_OF_A_CARD
            if number:
                before = PAYLOADS[kind][number - 1]
                assert api.sent[-1][1] == {"choice": before}
                said = widget.log.get_by_role("article", name="You").last
                assert look_at(said, TAGS_OF_A_MESSAGE) == f"You{before}"
            press = widget.newest.locator("button.choice")

    def test_it_stands_as_text_when_it_is_restored_and_downloaded(self, widget: Widget) -> None:
        api = MadeUpApi(widget.page)
        times = {"at": "2022-11-01T12:00:00Z"}
        for payload in ALL:
            api.history.append({"from": "asker", "text": payload, **times})
            api.history.append({"from": "assistant", **made_up_reply(payload), **times})
        widget.page.evaluate('sessionStorage.setItem(\'enquiry-assistant\', \'{"conversation": "x", "token": "x"}\')')
        widget.page.reload()
        widget.open()
        entries = widget.log.get_by_role("article")
        expect(entries).to_have_count(1 + 2 * len(ALL))
        said = entries.all()[1:]
        for payload, question, answer in zip(ALL, said[::2], said[1::2], strict=True):
            assert look_at(question, TAGS_OF_A_MESSAGE) == f"You{payload}"
            assert look_at(answer, TAGS_OF_A_REPLY).count(payload) == 5 + 2 * FIELDS_OF_A_CARD
        with widget.page.expect_download() as started:
            widget.more("Download this conversation")
        text = started.value.path().read_text(encoding="utf-8")
        assert not [payload for payload in ALL if f"You: {payload}\n" not in text]

    def test_a_reference_stays_one_part_of_an_address(self, widget: Widget) -> None:
        api = MadeUpApi(widget.page)
        widget.open()
        for reference in ("a/b", "?a=b", "#a", "https://evil.test/", "//evil.test", "<img src=x>", "%2e%2e"):
            api.reply = made_up_reply(reference)
            widget.ask("What is there?").get_by_role("button", name="Yes").click()
            expect(widget.newest).to_contain_text("Thank you")
            path, body = api.sent[-1]
            assert path.count("/") == 6 and path.endswith("/feedback") and body == {"useful": True}

    @pytest.mark.parametrize("field", ["detail", "title"])
    def test_it_stands_as_text_in_a_problem(self, widget: Widget, troubles: list[str], field: str) -> None:
        api = MadeUpApi(widget.page)
        widget.open().box.fill("What is there?")
        for payload in (kind[0] for kind in PAYLOADS.values()):
            api.problem = {field: payload}
            widget.button("Send").click()
            expect(widget.problem).to_have_text(payload)
            assert look_at(widget.problem, TAGS_OF_A_PROBLEM) == payload
        assert all("status of 400" in trouble for trouble in troubles)
        troubles.clear()

    def test_the_next_step_has_a_label_whatever_it_is_called(self, widget: Widget) -> None:
        api = MadeUpApi(widget.page)
        widget.open()
        for name in PAYLOADS["names of the machine"]:
            api.reply = {**made_up_reply("hello"), "expects": name}
            widget.ask("What is there?")
            expect(widget.box).to_have_accessible_name("Your question")


class TestTheTests:
    """A widget that puts words in as markup is found out, and even then the page's policy lets nothing run."""

    def test_they_see_a_widget_that_does_not_escape(self, page: Page, home: str, troubles: list[str]) -> None:
        script = page.request.get(f"{home}/widget.js").text()
        assert "textContent:" in script
        page.route("**/widget.js", lambda route: route.fulfill(body=script.replace("textContent:", "innerHTML:")))
        page.goto(home)
        widget = Widget(page).open()
        widget.ask("<b>bold</b><img src=x onerror=alert(1)><a href=javascript:alert(1)>x</a>")
        said = widget.log.get_by_role("article", name="You").last
        with pytest.raises(AssertionError):
            look_at(said, TAGS_OF_A_MESSAGE)
        expect(said.locator("b")).to_have_text("bold")
        with page.expect_console_message(lambda message: message.text.startswith("policy: script-src-elem")):
            said.locator("a").click()
        assert any(trouble.startswith("policy: script-src-attr") for trouble in troubles)
        assert not [trouble for trouble in troubles if trouble.startswith("dialog")]
        troubles.clear()
