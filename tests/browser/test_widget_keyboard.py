"""Everything that the widget can do, done by keyboard alone; the focus is never lost, and always seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewPage
from tests.support.keyboard import Keyboard
from tests.support.widget import Widget
from tests.support.widget_states import API, CARD, MANY

PERSON = "Leave a question for a person"
IN_THE_TALK = (
    "What support is there for nurses and midwives?",
    "How do I join the BME Leadership Network?",
    "What can our integrated care system do first?",
    "Your question",
    "Send",
    PERSON,
)


@pytest.fixture
def keys(widget: Widget) -> Iterator[Keyboard]:
    """The keyboard of the widget's page. Wherever it leads, the focus is somewhere and is marked."""
    keyboard = Keyboard(widget.page)
    yield keyboard
    assert keyboard.lost == [] and keyboard.unmarked == []


@pytest.fixture
def talk(widget: Widget, keys: Keyboard) -> Widget:
    """The widget, opened by keyboard."""
    keys.go_to("Ask a question")
    keys.press("Enter")
    return widget


def ask(widget: Widget, keys: Keyboard, text: str) -> None:
    """Type and send in the box, which has the focus."""
    count = widget.answers.count()
    keys.type(text)
    keys.press("Enter")
    expect(widget.answers).to_have_count(count + 1)


class TestOpening:
    @pytest.mark.parametrize("key", ["Enter", "Space"])
    def test_it_opens_and_goes_to_the_box(self, widget: Widget, keys: Keyboard, key: str) -> None:
        keys.go_to("Ask a question")
        assert keys.press(key) == "Your question"

    def test_escape_closes_and_gives_the_focus_back(self, talk: Widget, keys: Keyboard) -> None:
        assert keys.press("Escape") == "Ask a question"
        expect(talk.window).to_be_hidden()
        assert keys.press("Enter") == "Your question"

    @pytest.mark.parametrize("way", ["More", PERSON])
    def test_what_was_open_is_open_again(self, talk: Widget, keys: Keyboard, way: str) -> None:
        keys.go_to(way, "Shift+Tab" if way == "More" else "Tab")
        heading = keys.press("Enter")
        keys.press("Escape")
        assert keys.press("Enter") == heading == way

    def test_it_closes_with_its_button(self, talk: Widget, keys: Keyboard) -> None:
        keys.go_to("Close", "Shift+Tab")
        assert keys.press("Enter") == "Ask a question"


class TestTheOrder:
    def test_it_is_the_order_that_is_seen(self, talk: Widget, keys: Keyboard) -> None:
        keys.go_to("More", "Shift+Tab")
        assert keys.walk(7) == [
            "Close",
            *IN_THE_TALK,
        ]

    def test_an_answer_comes_with_its_links_and_buttons(self, talk: Widget, keys: Keyboard) -> None:
        ask(talk, keys, CARD)
        mail, copy, *rest = keys.walk(6)
        assert mail == "miranda.seed@nhsconfed.org" and copy.startswith("Copy the reference ENQ-")
        assert rest == ["Yes", "No", "Your question", "Send"]

    def test_beside_the_page_the_focus_may_go_back_to_it(self, talk: Widget, keys: Keyboard) -> None:
        keys.go_to("More", "Shift+Tab")
        assert keys.press("Shift+Tab") == "a plain page without JavaScript"
        expect(talk.window).to_be_visible()


class TestOverTheWholePage:
    @pytest.mark.parametrize("size", [(320, 640), (320, 256)])
    @pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
    def test_the_focus_stays_in_the_window(self, new_page: NewPage, home: str, size: tuple[int, int], key: str) -> None:
        page = new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(home)
        Widget(page).open()
        keys = Keyboard(page)
        been = {keys.press(key) for _ in range(20)}
        # Between the last and the first the focus is with the browser, whose own buttons have to be reached too.
        assert been - {""} == {
            "Support against racism",  # the window itself, which arrow keys scroll
            "More",
            "Close",
            *IN_THE_TALK,
        }
        assert keys.press("Escape") == "Ask a question"


class TestAnswers:
    def test_a_choice_is_taken(self, talk: Widget, keys: Keyboard) -> None:
        ask(talk, keys, "I want consulting")
        keys.go_to("None of these")
        keys.press("Space")
        expect(talk.answers).to_have_count(3)
        expect(talk.newest).to_be_focused()

    def test_a_choice_that_comes_too_late_leaves_the_focus_in_the_box(
        self, talk: Widget, keys: Keyboard, troubles: list[str]
    ) -> None:
        ask(talk, keys, "I want consulting")
        talk.page.route(API, lambda route: route.fulfill(status=404, json={"title": "Not Found"}))
        keys.go_to("None of these")
        keys.press("Space")
        expect(talk.problem).to_contain_text("no longer kept")
        expect(talk.box).to_be_focused()
        troubles.clear()

    def test_trying_again_leaves_the_focus_in_the_box_until_the_answer_is_there(
        self, talk: Widget, keys: Keyboard, troubles: list[str]
    ) -> None:
        talk.page.route(API, lambda route: route.abort())
        keys.type(CARD)
        keys.press("Enter")
        expect(talk.button("Try again")).to_be_visible()
        keys.go_to("Try again", "Shift+Tab")
        keys.press("Enter")
        expect(talk.button("Try again")).to_be_visible()
        assert keys.at == "Your question"
        talk.page.unroute(API)
        keys.go_to("Try again", "Shift+Tab")
        keys.press("Enter")
        expect(talk.newest).to_be_focused()
        troubles.clear()

    def test_cards_unfold_and_fold(self, talk: Widget, keys: Keyboard) -> None:
        ask(talk, keys, MANY)
        keys.press("Tab", "Enter")
        first = talk.newest.get_by_role("group").first
        expect(first).to_have_attribute("open", "")
        keys.press("Space")
        expect(first).not_to_have_attribute("open", "")

    @pytest.mark.parametrize("judgement", ["Yes", "No"])
    def test_an_answer_is_judged(self, talk: Widget, keys: Keyboard, judgement: str) -> None:
        ask(talk, keys, CARD)
        keys.go_to(judgement)
        keys.press("Enter")
        expect(talk.newest.get_by_text("Thank you")).to_be_focused()

    def test_a_bad_answer_leads_to_the_form(self, talk: Widget, keys: Keyboard) -> None:
        ask(talk, keys, CARD)
        keys.go_to("No")
        keys.press("Enter")
        expect(talk.newest.get_by_text("Thank you")).to_be_focused()
        assert keys.press("Tab") == PERSON
        keys.press("Enter")
        expect(talk.window.get_by_role("heading", name=PERSON)).to_be_focused()

    def test_a_reference_is_copied_and_the_focus_stays(self, talk: Widget, keys: Keyboard) -> None:
        talk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        ask(talk, keys, CARD)
        keys.go_to("Copy the reference")
        keys.press("Enter")
        expect(talk.window.get_by_role("status").filter(has_text="copied")).to_be_visible()
        assert keys.at.startswith("Copy the reference")

    def test_an_answer_takes_no_focus_from_the_page(self, talk: Widget, keys: Keyboard) -> None:
        held: list[Route] = []
        talk.page.route(API, lambda route: held.append(route), times=1)
        with talk.page.expect_request(API):
            keys.type(CARD)
            keys.press("Enter")
        keys.go_to("a plain page", "Shift+Tab")
        held[0].continue_()
        expect(talk.answers).to_have_count(2)
        assert keys.at == "a plain page without JavaScript"


class TestTheForm:
    def test_it_is_filled_in_from_the_list_of_errors(self, talk: Widget, keys: Keyboard) -> None:
        keys.go_to(PERSON)
        keys.press("Enter")
        assert keys.walk(5) == [
            "Your question",
            "Your name",
            "Your e-mail address",
            "You may keep my name and e-mail address until my question is answered and for some weeks after, "
            "and use them only to answer me. I can withdraw this at any time.",
            "If my question tells of racism, you may keep those words too (you need not)",
        ]
        keys.go_to("Leave my question")
        keys.press("Enter")
        expect(talk.problem).to_be_focused()
        assert keys.press("Tab", "Enter") == "Your question"
        keys.type("Is there parking?")
        for error, field, text in (
            ("Enter your name", "Your name", "Sam Example"),
            ("Enter an e-mail address", "Your e-mail address", "sam@example.org"),
            ("Tick the box", "You may keep my name", " "),
        ):
            keys.go_to(error, "Shift+Tab")
            assert keys.press("Enter").startswith(field)
            keys.type(text)
        keys.press("Tab", "Tab", "Enter")
        expect(talk.answers).to_have_count(2)
        assert keys.at.startswith("Assistant")

    def test_cancelling_goes_back_to_the_box(self, talk: Widget, keys: Keyboard) -> None:
        keys.go_to(PERSON)
        keys.press("Enter")
        keys.go_to("Cancel")
        assert keys.press("Enter") == "Your question"
        expect(talk.box).to_be_focused()


class TestMore:
    def test_it_goes_to_its_heading_and_back(self, talk: Widget, keys: Keyboard) -> None:
        keys.go_to("More", "Shift+Tab")
        assert keys.press("Enter") == "More"
        assert keys.walk(6) == [
            "What happens to what I write?",
            "Download this conversation",
            "Start again",
            "Erase my conversation",
            "Open as a plain page",
            "Back to the conversation",
        ]
        assert keys.press("Enter") == "Your question"

    @pytest.mark.parametrize("way", ["Start again", "Erase my conversation"])
    def test_what_cannot_be_undone_is_asked_for_twice(self, talk: Widget, keys: Keyboard, way: str) -> None:
        ask(talk, keys, CARD)
        for confirm, answers in (("No, go back", 2), (way, 1)):
            keys.go_to("More", "Shift+Tab")
            keys.press("Enter")
            keys.go_to(way)
            assert keys.press("Enter").startswith(way.split()[0])
            keys.press("Tab")
            keys.go_to(confirm)
            assert keys.press("Enter") == "Your question"
            expect(talk.answers).to_have_count(answers)
        expect(talk.box).to_be_focused()
