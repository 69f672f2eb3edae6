"""Microsoft's own local client of Teams, the Agents Playground: a process, and its page as a member sees it."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.conftest import ROOT

# `make test` puts it there.
CLIENT = ROOT / "tests/browser/playground/node_modules/@microsoft/m365agentsplayground/cli.js"
LISTENING = re.compile(rb"Listening on (\d+)")
SECONDS = 30
UNDER_WAY = re.compile("Looking that up")  # said while an answer is on its way, which then takes its place


@contextmanager
def playground(webhook: str, folder: Path) -> Iterator[str]:
    """The client of whoever answers at `webhook`, with a chat of its own; gives its origin. It logs into `folder`."""
    assert CLIENT.exists(), "Microsoft's client is not installed. Run: make tests/browser/playground/node_modules"
    command = ["node", str(CLIENT), "start", "--app-endpoint", webhook, "--channel-id", "msteams", "--port", "0"]
    command.append("--disable-telemetry")
    environment = {"PATH": os.environ["PATH"], "TEAMSAPPTESTER_BROWSER": "none"}  # it would open a browser of its own
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout
        listening = LISTENING.match(process.stdout.readline())
        assert listening, f"The playground did not start (exit code {process.poll()})."
        yield f"http://127.0.0.1:{listening[1].decode()}"
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def opened_chat(browser: Browser, origin: str) -> Iterator["Chat"]:
    """The page of the playground, in a browser that reaches nobody else."""
    with browser.new_context(viewport={"width": 1300, "height": 900}) as context:
        context.set_default_timeout(SECONDS * 1000)
        chat = Chat(context.new_page())

        def pass_on(route: Route) -> None:
            if route.request.url.startswith(f"{origin}/"):
                return route.continue_()
            chat.refused.add(urlsplit(route.request.url).hostname or "")
            route.abort()

        context.route("**/*", pass_on)
        chat.page.goto(origin)
        yield chat


@dataclass
class Chat:
    """The personal chat with the assistant; `refused` are the hosts that the page wanted to reach and could not."""

    page: Page
    refused: set[str] = field(default_factory=set)

    @property
    def answers(self) -> Locator:
        """What the assistant has sent, oldest first, as it looks by now; without what only says that it is busy."""
        return self.page.locator(".fai-OutputCard").filter(has_not_text=UNDER_WAY)

    def ask(self, text: str) -> Locator:
        """Type, send, and wait for the answer, which is given back."""
        count = self.answers.count()
        self.page.get_by_role("textbox").last.fill(text)
        self.page.get_by_role("button", name="Send Message").click()
        return self._wait_for(count)

    def choose(self, answer: Locator, button: str) -> Locator:
        """Press a button of an answer that is answered itself; gives that answer."""
        count = self.answers.count()
        self.press(answer, button)
        return self._wait_for(count)

    def press(self, answer: Locator, button: str) -> None:
        """Press a button of an answer."""
        answer.get_by_role("button", name=button, exact=True).click()

    def fill(self, answer: Locator, fields: Mapping[str, str]) -> None:
        """Type into the fields of an answer, by their labels."""
        for label, value in fields.items():
            answer.get_by_role("textbox", name=label).fill(value)

    def _wait_for(self, number: int) -> Locator:
        expect(self.answers).to_have_count(number + 1, timeout=SECONDS * 1000)
        return self.answers.nth(number)
