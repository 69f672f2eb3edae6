"""The widget on pages of other sites: where it may answer, and that neither gets in the other's way."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.support.sites import Site
from tests.support.widget import DRAWN, Widget

QUESTION = "What is the Race and Health Observatory?"
HOST = (
    '<!doctype html><html lang="en"><head><title>Elsewhere</title>{head}</head><body><h1>Elsewhere</h1>'
    '<p class="entry">A paragraph with <a href="#x">a link</a></p><form><label>A box <input id="text"></label>'
    "<button type=button>A button</button></form><dialog open>A dialog</dialog>{body}</body></html>"
)
# What other people's style sheets do, and worse.
LOUD = """<style>
    html { font-size: 62.5% }
    * { color: red; font: 62.5% serif; letter-spacing: 1em; text-transform: uppercase; text-align: right;
        direction: rtl; cursor: wait; word-spacing: 2em; color-scheme: dark; user-select: none }
    body > * { display: block !important; transform: rotate(1deg); filter: blur(1px); opacity: 0.5; contain: paint;
        margin: 50px; width: 100px }
    button, dialog, article, textarea, .head, .launcher, .entry, #text { display: none !important }
</style>"""
IN_A_ROW = "<style>body { display: flex; gap: 20px; justify-content: space-between }</style>"
IN_A_GRID = "<style>body { display: grid; gap: 20px; grid-auto-rows: 1fr; height: 90vh }</style>"
# Every element of a tree but what the widget puts there, with its box and the whole of its computed style.
# In order of names: custom properties are listed in an order of the browser's own.
LOOKS = """(root) => [...root.querySelectorAll(":not(script, enquiry-assistant)")].map((each) => {
    const style = getComputedStyle(each);
    const { x, y, width, height } = each.getBoundingClientRect();
    return [each.localName, x, y, width, height, ...[...style].sort().map((name) => `${name}: ${style[name]}`)];
})"""
KEPT = """async () => [
    document.cookie, sessionStorage.length, localStorage.length,
    (await indexedDB.databases()).length, (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
]"""

Visit = Callable[..., Widget]


@pytest.fixture
def script(home: str) -> str:
    """The one tag."""
    return f'<script src="{home}/widget.js" defer></script>'


@pytest.fixture
def visit(new_page: NewPage, sites: dict[str, Site]) -> Visit:
    """Opens a page of the friend's that has this in its head and at the end of its body."""

    def open_page(head: str = "", body: str = "") -> Widget:
        page = new_page()
        page.goto(sites["friend"].add(HOST.format(head=head, body=body)))
        return Widget(page)

    return open_page


def looks_of_page(page: Page) -> Any:
    """How all of the host's elements look."""
    return page.locator("html").evaluate(LOOKS)


def looks_of_widget(widget: Widget) -> Any:
    """How all of the widget's elements look, without what differs from one conversation to the next."""
    widget.open()
    expect(widget.answers).to_have_count(1)
    widget.page.evaluate(DRAWN)
    return widget.page.locator("enquiry-assistant").evaluate(f"each => ({LOOKS})(each.shadowRoot)")


def differences(before: Any, after: Any) -> list[Any]:
    """What does not look the same."""
    assert len(before) == len(after)
    return [(old[0], set(old) ^ set(new)) for old, new in zip(before, after, strict=True) if old != new]


class TestWhoMayShowIt:
    def test_on_a_friends_page_it_answers_under_the_strictest_policy(self, page: Page, sites: dict[str, Site]) -> None:
        page.goto(sites["friend"].origin)
        expect(Widget(page).open().ask(QUESTION)).to_contain_text("NHS Race and Health Observatory")

    def test_everything_else_works_there_too(self, page: Page, sites: dict[str, Site]) -> None:
        page.goto(sites["friend"].origin)
        widget = Widget(page).open()
        widget.ask(QUESTION).get_by_role("button", name="Yes").click()
        expect(widget.newest).to_contain_text("Thank you for telling us.")
        page.reload()
        widget.open()
        expect(widget.answers).to_have_count(2)
        widget.more("Erase my conversation")
        widget.button("Erase my conversation").click()
        expect(widget.answers).to_have_count(1)

    def test_on_a_strangers_page_nothing_is_answered(
        self, page: Page, sites: dict[str, Site], troubles: list[str]
    ) -> None:
        page.goto(sites["stranger"].origin)
        widget = Widget(page).open()
        widget.box.fill(QUESTION)
        widget.button("Send").click()
        expect(widget.problem).to_contain_text("The assistant cannot be reached.")
        expect(widget.answers).to_have_count(1)
        expect(widget.box).to_have_value(QUESTION)
        assert troubles and all("CORS policy" in each or "net::ERR_FAILED" in each for each in troubles)
        troubles.clear()


class TestWhereItStands:
    @pytest.mark.parametrize("kind", ["", "defer", "async"])
    @pytest.mark.parametrize("place", ["head", "body"])
    def test_the_script_may_stand_anywhere(self, visit: Visit, home: str, kind: str, place: str) -> None:
        widget = visit(**{place: f'<script src="{home}/widget.js" {kind}></script>'})
        widget.open()
        assert widget.page.locator("body > enquiry-assistant:last-child").count() == 1

    @pytest.mark.parametrize("kind", ["", "defer", "async"])
    def test_an_element_that_is_there_is_used(self, visit: Visit, home: str, kind: str) -> None:
        script = f'<script src="{home}/widget.js" {kind}></script>'
        widget = visit(script, "<main><enquiry-assistant id=own></enquiry-assistant></main>").open()
        assert widget.page.locator("enquiry-assistant").count() == widget.page.locator("main > #own").count() == 1

    def test_two_scripts_make_one_widget(self, visit: Visit, script: str) -> None:
        widget = visit(script + script, script)
        expect(widget.launcher).to_have_count(1)
        assert widget.page.locator("enquiry-assistant").count() == 1
        expect(widget.open().ask(QUESTION)).to_be_visible()

    @pytest.mark.parametrize(
        "names",
        [
            '<img name="currentScript" src="/elsewhere.png">',
            '<form name="body"><input name="token" id="token"><input name="append"></form>',
            '<form id="text" name="conversation"></form><a id="customElements"></a><a id="fetch"></a>',
        ],
    )
    def test_names_in_the_page_do_not_lead_it_astray(self, visit: Visit, script: str, names: str) -> None:
        expect(visit(script, names).open().ask(QUESTION)).to_contain_text("NHS Race and Health Observatory")


class TestLooks:
    def test_the_style_of_the_page_does_not_reach_in(self, visit: Visit, script: str) -> None:
        plain = looks_of_widget(visit(script))
        assert len(plain) > 20
        assert differences(plain, looks_of_widget(visit(LOUD + script))) == []

    @pytest.mark.parametrize("style", ["", LOUD, IN_A_ROW, IN_A_GRID], ids=["plain", "loud", "row", "grid"])
    def test_the_page_looks_as_without_it_and_nothing_moves(self, visit: Visit, script: str, style: str) -> None:
        without = looks_of_page(visit(style).page)
        widget = visit(style + script)
        assert differences(without, looks_of_page(widget.page)) == []
        widget.open()
        assert differences(without, looks_of_page(widget.page)) == []

    @pytest.mark.parametrize("selector", [":root", "enquiry-assistant"])
    def test_custom_properties_give_it_another_look(self, visit: Visit, script: str, selector: str) -> None:
        theme = "--enquiry-colour: rgb(1, 2, 3); --enquiry-right: 50px; --enquiry-width: 20em; --enquiry-font: fantasy"
        widget = visit(f"<style>{selector} {{ {theme} }}</style>{script}").open()
        expect(widget.window.get_by_role("heading", level=2).locator("xpath=..")).to_have_css(
            "background-color", "rgb(1, 2, 3)"
        )
        expect(widget.box).to_have_css("font-family", "fantasy")
        box = widget.window.bounding_box()
        assert box is not None and box["x"] + box["width"] == 1100 - 50 and box["width"] == 320

    def test_it_is_hidden_by_the_ordinary_attribute(self, visit: Visit, script: str) -> None:
        widget = visit(script, "<enquiry-assistant hidden></enquiry-assistant>")
        expect(widget.page.locator("enquiry-assistant .launcher")).to_be_hidden()


class TestWhatItKeeps:
    def test_nothing_before_the_first_message_and_no_cookie_after(self, visit: Visit, script: str, home: str) -> None:
        widget = visit(script).open()
        assert widget.page.evaluate(KEPT) == ["", 0, 0, 0, 0]
        widget.ask(QUESTION)
        assert widget.page.evaluate(KEPT) == ["", 1, 0, 0, 0]
        assert widget.page.context.cookies() == []

    def test_nothing_is_asked_for_but_the_script(self, new_page: NewPage, sites: dict[str, Site], home: str) -> None:
        page, asked = new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(sites["friend"].origin)
        Widget(page).open()
        assert asked == [f"{sites['friend'].origin}/", f"{home}/widget.js"]
