"""The widget where there is little room, other colours, other spacing, no motion, or paper."""

import shutil

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import NewPage
from tests.support.keyboard import Keyboard
from tests.support.widget import Widget
from tests.support.widget_states import (
    CARD,
    MANY,
    PHONE,
    STATES,
    WIDE,
    ZOOMED,
    State,
    asked,
    forgive_failed_requests,
    form_with_errors,
    unreachable,
    waiting,
)

# Text spacing of WCAG 2.2, 1.4.12; set inside the window too, as readers' own tools do.
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
SPACED = """(window, css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  window.getRootNode().adoptedStyleSheets.push(sheet);
}"""
# What is wider than the place it has, or cut off in it.
OVERFLOWING = """window => [window, ...window.querySelectorAll("*")].filter((element) => {
  const { overflowX, overflowY, display } = getComputedStyle(element);
  if (display === "inline") return false;
  const isWide = element.scrollWidth > element.clientWidth + 1;
  const isCut = overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
  return isWide || isCut || overflowX === "scroll";
}).map((element) => element.outerHTML.slice(0, 200))"""
# Links within sentences are as high as their line, which WCAG lets be.
CONTROLS = "button, summary, textarea, input, .menu > a"
SIZES = """controls => controls.filter((control) => control.checkVisibility()).map((control) => {
  const { width, height } = control.getBoundingClientRect();
  const isMain = control.matches("button:not(.small, .link), textarea, .menu > a, input:not([type=checkbox])");
  const least = isMain ? 44 : 24;
  return width < 24 || height < least - 0.5 ? `${control.outerHTML}: ${width} x ${height}` : "";
}).filter(Boolean)"""
# Whether what is on top at the corners and the middle of the focused element is it, or in it, or holds it.
COVERED = """element => {
  const root = element.getRootNode();
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const inside = (low, high, most) => Math.min(Math.max((low + high) / 2, 1), most - 1);
  const over = root.elementFromPoint(inside(left, right, innerWidth), inside(top, bottom, innerHeight));
  if (over && (element.contains(over) || over.contains(element))) return "";
  return `${element.outerHTML} under ${over?.outerHTML}`;
}"""


def at(new_page: NewPage, home: str, size: tuple[int, int], **options: str) -> Widget:
    """The widget on a page of this size."""
    page = new_page(viewport={"width": size[0], "height": size[1]}, **options)
    page.goto(home)
    return Widget(page)


def style(element: Locator, name: str) -> str:
    """A computed style."""
    value: str = element.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    return value


def expect_room(widget: Widget) -> None:
    """Nothing is wider than its place or cut off, and every control can be scrolled to."""
    if widget.window.is_visible():
        assert widget.window.evaluate(OVERFLOWING) == []
    for control in widget.window.locator(CONTROLS).filter(visible=True).all():
        control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport(ratio=0.9)


class TestEveryState:
    @pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
    def test_fits_and_can_be_pressed(self, new_page: NewPage, home: str, reach: State, troubles: list[str]) -> None:
        widget = at(new_page, home, PHONE)
        reach(widget)
        for size in (PHONE, ZOOMED):
            widget.resize(size)
            assert widget.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert widget.page.locator(CONTROLS).evaluate_all(SIZES) == []
            expect_room(widget)
        forgive_failed_requests(troubles)


@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "zoomed"])
class TestLittleRoom:
    def test_the_window_covers_the_page(self, new_page: NewPage, home: str, size: tuple[int, int]) -> None:
        box = at(new_page, home, size).open().window.bounding_box()
        assert box == {"x": 0, "y": 0, "width": size[0], "height": size[1]}

    def test_the_window_ends_where_the_scroll_bar_of_the_page_begins(
        self, browser: Browser, home: str, size: tuple[int, int]
    ) -> None:
        chromium = browser.browser_type.launch(
            executable_path=shutil.which("chromium"), ignore_default_args=["--hide-scrollbars"]
        )
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(home)
        box = Widget(page).open().window.bounding_box()
        room: int = page.evaluate("document.documentElement.clientWidth")
        chromium.close()
        assert box and box["width"] == room < size[0]

    @pytest.mark.parametrize("reach", [asked(MANY), form_with_errors], ids=["answer", "form"])
    def test_nothing_covers_what_has_the_focus(
        self, new_page: NewPage, home: str, size: tuple[int, int], reach: State
    ) -> None:
        widget = at(new_page, home, size)
        reach(widget)
        keys = Keyboard(widget.page)
        covered = []
        for _ in range(25):
            if keys.press("Tab"):
                covered.append(widget.window.locator(":focus").or_(widget.window).last.evaluate(COVERED))
        assert [line for line in covered if line] == []


class TestSpacing:
    @pytest.mark.parametrize("size", [WIDE, PHONE, ZOOMED], ids=["wide", "phone", "zoomed"])
    @pytest.mark.parametrize("reach", [asked(CARD), asked(MANY), form_with_errors, unreachable])
    def test_wider_text_loses_nothing(
        self, new_page: NewPage, home: str, size: tuple[int, int], reach: State, troubles: list[str]
    ) -> None:
        widget = at(new_page, home, size)
        reach(widget)
        widget.window.evaluate(SPACED, SPACING)
        assert style(widget.window.locator("p").first, "wordSpacing") != "0px"
        expect_room(widget)
        forgive_failed_requests(troubles)


class TestTurning:
    @pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "zoomed"])
    def test_another_size_keeps_words_focus_and_conversation(self, widget: Widget, size: tuple[int, int]) -> None:
        widget.open().ask(CARD)
        before = widget.log.inner_text()
        widget.box.fill("and what is")
        for turned, modal_windows in ((size, 1), (WIDE, 0)):
            widget.resize(turned)
            expect(widget.page.locator("dialog:modal")).to_have_count(modal_windows)
            expect(widget.box).to_be_focused()
            expect(widget.box).to_have_value("and what is")
            assert widget.log.inner_text() == before
        widget.page.keyboard.press("Escape")
        expect(widget.launcher).to_be_focused()

    def test_what_has_the_focus_in_the_page_keeps_it(self, widget: Widget) -> None:
        link = widget.page.get_by_role("link", name="a plain page without JavaScript")
        widget.open().ask(CARD)
        link.focus()
        widget.resize(PHONE)
        expect(link).to_be_focused()
        expect(widget.window).to_be_hidden()  # it would stand over the page
        widget.resize(WIDE)
        expect(link).to_be_focused()
        expect(widget.open().answers).to_have_count(2)

    def test_nothing_has_the_focus_that_nothing_had(self, new_page: NewPage, home: str) -> None:
        widget = at(new_page, home, PHONE).open()
        widget.box.blur()
        assert widget.page.evaluate("document.activeElement.localName") == "body"
        widget.resize(WIDE)
        expect(widget.window).to_be_visible()
        assert widget.page.evaluate("document.activeElement.localName") == "body"

    def test_another_size_keeps_the_form(self, widget: Widget) -> None:
        form_with_errors(widget)
        widget.window.get_by_label("Your name").fill("Sam")
        widget.resize(PHONE)
        expect(widget.window.get_by_label("Your name")).to_be_focused()
        expect(widget.window.get_by_label("Your name")).to_have_value("Sam")


class TestForcedColours:
    @pytest.mark.parametrize("reach", [asked(CARD), form_with_errors, asked("I want consulting")])
    def test_what_only_colours_would_show_has_borders(self, new_page: NewPage, home: str, reach: State) -> None:
        widget = at(new_page, home, WIDE, forced_colors="active")
        reach(widget)
        shown = widget.window.locator(
            "button:not(.link), article, textarea, input:not([type=checkbox]), .problem, .card, .head"
        ).filter(visible=True)
        assert shown.count() > 5
        for element in shown.all():
            assert style(element, "borderBottomStyle") not in ("none", "hidden"), element.evaluate("it => it.outerHTML")
            assert style(element, "borderBottomWidth") != "0px"

    def test_the_focus_is_outlined(self, new_page: NewPage, home: str) -> None:
        widget = at(new_page, home, WIDE, forced_colors="active").open()
        assert style(widget.box, "outlineStyle") == "solid"
        assert style(widget.box, "outlineColor") not in ("rgba(0, 0, 0, 0)", style(widget.window, "backgroundColor"))


class TestMotion:
    RUNNING = """window => window.getRootNode().getAnimations()
      .filter((one) => one.effect.getComputedTiming().activeDuration > 0).length"""

    def test_something_moves_while_it_waits(self, widget: Widget) -> None:
        waiting(widget)
        assert widget.window.evaluate(self.RUNNING) == 3

    def test_nothing_moves_for_those_who_want_that(self, new_page: NewPage, home: str) -> None:
        widget = at(new_page, home, WIDE, reduced_motion="reduce")
        waiting(widget)
        expect(widget.window.get_by_text("Sending your message.")).to_be_visible()
        assert widget.window.evaluate(self.RUNNING) == 0


class TestPaper:
    @pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
    def test_the_whole_conversation_is_on_it(self, new_page: NewPage, home: str, size: tuple[int, int]) -> None:
        widget = at(new_page, home, size)
        asked(CARD, MANY)(widget)
        widget.page.emulate_media(media="print")
        assert widget.window.evaluate(OVERFLOWING) == []
        window = widget.window.bounding_box()
        assert window and window["height"] > widget.log.evaluate("log => log.scrollHeight")
        for folded in widget.newest.get_by_role("group").all():
            expect(folded.locator("p").last).to_be_visible()
        expect(widget.box).to_be_hidden()
