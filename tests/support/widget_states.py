"""Everything that the widget can look like, by name: how a member comes there from the page with the launcher."""

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.support.widget import Widget

CARD = "Who do I contact about peer mentoring?"
MANY = "What is there under act?"
API = "**/api/**"

# Sizes of the browser's window; the last is 1280x1024 at 400 %.
WIDE, PHONE, ZOOMED = (1100, 800), (320, 640), (320, 256)

State = Callable[[Widget], object]


def forgive_failed_requests(troubles: list[str]) -> None:
    """Some states come of a failed request, which the browser notes on its console."""
    troubles[:] = [trouble for trouble in troubles if "Failed to load resource" not in trouble]


def asked(*texts: str) -> State:
    """The answer to the last of these, asked one after the other."""

    def reach(widget: Widget) -> None:
        widget.open()
        for text in texts:
            widget.ask(text)

    return reach


def unfolded(widget: Widget) -> None:
    """The first two of many offers unfolded."""
    summaries = widget.open().ask(MANY).locator("summary")
    for place in range(2):
        summaries.nth(place).click()


def chosen(widget: Widget) -> None:
    """One of the choices taken, the others past."""
    first = widget.open().ask("I want consulting").get_by_role("button").first
    widget.choose(first.inner_text())


def unreachable(widget: Widget) -> None:
    """No answer for want of a connection."""
    widget.page.route(API, lambda route: route.abort())
    widget.open().box.fill(CARD)
    widget.button("Send").click()
    expect(widget.button("Try again")).to_be_visible()


def gone(widget: Widget) -> None:
    """The conversation was erased elsewhere."""
    widget.open().ask(CARD)
    widget.page.route(API, lambda route: route.fulfill(status=404, json={"title": "Not Found"}))
    widget.box.fill(MANY)
    widget.button("Send").click()
    expect(widget.problem).to_contain_text("no longer kept")


def too_long(widget: Widget) -> None:
    """More typed than can be sent."""
    widget.open().box.fill("a" * 1002)
    widget.button("Send").click()
    expect(widget.problem).to_be_visible()


def empty(widget: Widget) -> None:
    """Nothing typed, but sent."""
    widget.open().button("Send").click()
    expect(widget.problem).to_be_visible()


def hold(route: Route) -> None:
    """Never answer."""


def waiting(widget: Widget) -> None:
    """Sent, and not yet answered."""
    widget.page.route(API, hold)
    widget.open().box.fill(CARD)
    widget.button("Send").click()
    expect(widget.window.get_by_text("Sending your message.")).to_be_visible()


def menu(widget: Widget) -> None:
    """What is behind "More"."""
    widget.open().button("More").click()


def start_again(widget: Widget) -> None:
    """Asked whether to start again."""
    widget.open().more("Start again")


def erase(widget: Widget) -> None:
    """Asked whether to erase."""
    widget.open().more("Erase my conversation")


def erased(widget: Widget) -> None:
    """Told that it is erased."""
    widget.open().ask(CARD)
    widget.more("Erase my conversation")
    widget.button("Erase my conversation").click()
    expect(widget.window.get_by_text("Your conversation is erased.")).to_be_visible()


def form(widget: Widget) -> None:
    """The form, with what was typed before."""
    widget.open().box.fill("Is there parking?")
    widget.button("Leave a question for a person").click()


def form_with_errors(widget: Widget) -> None:
    """Nothing filled in, but sent."""
    widget.open().button("Leave a question for a person").click()
    widget.button("Leave my question").click()
    expect(widget.problem).to_contain_text("There is a problem")


def form_refused(widget: Widget) -> None:
    """All filled in, and the server has an objection."""
    widget.page.route(API, lambda route: route.fulfill(status=422, json={"detail": "Enter an e-mail address."}))
    form(widget)
    widget.window.get_by_label("Your name").fill("Sam Example")
    widget.window.get_by_label("Your e-mail address").fill("sam@example.org")
    widget.window.get_by_label("You may keep my name").check()
    widget.button("Leave my question").click()
    expect(widget.problem).to_contain_text("Enter an e-mail address.")


def judged(answer: str) -> State:
    """Said whether it was useful."""

    def reach(widget: Widget) -> None:
        widget.open().ask(CARD).get_by_role("button", name=answer, exact=True).click()
        expect(widget.newest).to_contain_text("Thank you")

    return reach


def restored(widget: Widget) -> None:
    """After a reload."""
    asked(CARD, "I want consulting")(widget)
    widget.page.reload()
    widget.open()
    expect(widget.answers).to_have_count(3)


HANDOFF = ("I would like to leave a question for a person", "Is there parking?", "Sam Example", "sam@example.org")
STATES: dict[str, State] = {
    "launcher": lambda widget: None,
    "welcome": asked(),
    "card": asked(CARD),
    "folded": asked(MANY),
    "unfolded": unfolded,
    "choices": asked("I want consulting"),
    "chosen": chosen,
    "people": asked("Who leads the strategy?"),
    "crisis": asked("I want to kill myself"),
    "disclosure": asked("My manager called me a racist name"),
    "handoff question": asked(*HANDOFF[:1]),
    "handoff name": asked(*HANDOFF[:2]),
    "handoff e-mail": asked(*HANDOFF[:3]),
    "handoff consent": asked(*HANDOFF),
    "unreachable": unreachable,
    "gone": gone,
    "too long": too_long,
    "empty": empty,
    "waiting": waiting,
    "menu": menu,
    "start again": start_again,
    "erase": erase,
    "erased": erased,
    "form": form,
    "form with errors": form_with_errors,
    "form refused": form_refused,
    "useful": judged("Yes"),
    "not useful": judged("No"),
    "restored": restored,
}
