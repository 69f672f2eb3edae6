"""The widget as a member sees it: found by roles and names, never by the way it is built."""

from playwright.sync_api import Locator, Page, expect

# Resolves after the browser has drawn twice: by then it has told the page about its new size.
DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


class Widget:
    """The widget on a page, by mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def launcher(self) -> Locator:
        """The button in the corner."""
        return self.page.get_by_role("button", name="Ask a question")

    @property
    def window(self) -> Locator:
        """What it opens."""
        return self.page.get_by_role("dialog", name="Support against racism")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log", name="Conversation")

    @property
    def box(self) -> Locator:
        """What is typed into."""
        return self.window.locator("textarea#text")

    @property
    def answers(self) -> Locator:
        """The assistant's entries, the welcome first."""
        return self.log.get_by_role("article", name="Assistant")

    @property
    def newest(self) -> Locator:
        """The last answer."""
        return self.answers.last

    @property
    def problem(self) -> Locator:
        """What is announced as wrong."""
        return self.window.get_by_role("alert")

    def button(self, name: str) -> Locator:
        """A button of the window."""
        return self.window.get_by_role("button", name=name, exact=True)

    def open(self) -> "Widget":
        """Open the window."""
        self.launcher.click()
        expect(self.box).to_be_focused()
        return self

    def ask(self, text: str) -> Locator:
        """Type, send, and wait for the answer, which is given back."""
        count = self.answers.count()
        self.box.fill(text)
        self.button("Send").click()
        expect(self.answers).to_have_count(count + 1)
        return self.answers.nth(count)

    def choose(self, name: str) -> Locator:
        """Press one of the choices of the newest answer; gives the next answer."""
        count = self.answers.count()
        self.newest.get_by_role("button", name=name, exact=True).click()
        expect(self.answers).to_have_count(count + 1)
        return self.answers.nth(count)

    def resize(self, size: tuple[int, int]) -> None:
        """Give the browser's window this size, in CSS pixels, and let the page be drawn in it."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate(DRAWN)

    def more(self, name: str) -> None:
        """Press one of the buttons behind "More"."""
        self.button("More").click()
        self.button(name).click()
