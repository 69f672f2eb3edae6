"""What the documents point to is there: commands with their options, settings, pages, headings, files."""

import re
from pathlib import Path

import click
import pytest

from assistant.cli.main import assistant as command_line
from assistant.settings import PREFIX, Settings
from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_it_names_commands_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    calls = re.findall(r"(?:`|^|\$ )assistant ([a-z][^`\n|#>;]*)", text, re.MULTILINE)
    assert [call for call in calls if not is_call(call.split())] == []


def test_it_names_settings_that_exist(document: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z][A-Z_]*[A-Z]\b(?!_)", document.read_text(encoding="utf-8")))
    assert named - SETTINGS - {f"{PREFIX}KEEP"} == set()


def test_it_links_to_pages_and_headings_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if not leads_somewhere(document, link)] == []


def is_call(words: list[str]) -> bool:
    """Whether the first words name a command, and what looks like an option is one of its options."""
    command: click.Command = command_line
    for number, word in enumerate(words):
        if isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word.rstrip(",."))
            if found is None:
                return number > 0 and word == "..."
            command = found
        elif command.context_settings.get("ignore_unknown_options"):  # it is another program's command line
            return True
        elif word.strip("[]").startswith("--"):
            option = word.strip("[],.").partition("=")[0]
            if option not in {each for parameter in command.params for each in parameter.opts} | {"--help"}:
                return False
    return True


def leads_somewhere(document: Path, link: str) -> bool:
    """Whether the file is there, and the heading in it."""
    name, _, heading = link.partition("#")
    target = (document.parent / name) if name else document
    return target.exists() and (not heading or heading in headings(target))


def headings(path: Path) -> set[str]:
    """The headings of a page as links call them."""
    found = re.findall(r"^#+ (.+)$", BLOCK.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}
