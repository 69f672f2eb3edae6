"""docs/privacy.md stays true: what it must name it names, and what it names is there."""

import ast
import re
from datetime import timedelta
from typing import Any

import click
import pytest

import assistant.catalogue.models
import assistant.enquiries.models  # noqa: F401 - with it every table is known
from assistant.cli.main import assistant as command_line
from assistant.db.base import Base
from assistant.enquiries.erasure import PERSONAL
from assistant.enquiries.redaction import _Rank
from assistant.enquiries.redactor import NAME
from assistant.messaging import erasing
from assistant.messaging.keeping import KEEP_DEALT_WITH, KEEP_UNDONE, LONGEST_HELD
from assistant.settings import PREFIX, Settings
from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", DOCUMENT))
RETENTION = [name for name in Settings.model_fields if name.startswith(("keep_", "warn_", "close_"))]
COMMANDS = sorted(code for code in CODE if code.startswith("assistant "))
PERCENT = 100
HOUR = timedelta(hours=1)


class TestWhatIsStored:
    def test_it_names_every_column_about_askers(self) -> None:
        tables = (*PERSONAL, *erasing.PERSONAL)
        columns = {f"{table.__tablename__}.{column.key}" for table in tables for column in table.__table__.columns}
        assert columns - CODE == set()

    def test_it_names_every_other_table(self) -> None:
        named = {code.partition(".")[0] for code in CODE}
        assert set(Base.metadata.tables) - named == set()

    def test_it_names_no_column_that_is_gone(self) -> None:
        tables = Base.metadata.tables
        named = (code.split(".") for code in CODE if re.fullmatch(r"[a-z_]+\.[a-z_]+", code))
        assert [(table, column) for table, column in named if table in tables and column not in tables[table].c] == []


class TestRetention:
    @pytest.mark.parametrize("name", RETENTION)
    def test_it_gives_every_setting_with_its_default(self, name: str) -> None:
        assert f"| `{PREFIX}{name.upper()}` | {Settings.model_fields[name].default} |" in DOCUMENT

    def test_it_gives_the_fixed_times_of_the_inbox(self) -> None:
        assert f"{KEEP_DEALT_WITH.days} days after it came, {KEEP_UNDONE.days} if it was given up (fixed)" in DOCUMENT
        assert f"the next purge after {LONGEST_HELD // HOUR} hours" in DOCUMENT

    def test_it_names_no_setting_that_is_gone(self) -> None:
        known = {PREFIX + name.upper() for name in Settings.model_fields}
        assert set(re.findall(rf"{PREFIX}[A-Z_]+", DOCUMENT)) - known == set()


class TestRedaction:
    def test_it_names_every_placeholder(self) -> None:
        labels = {rank.label for rank in _Rank if rank is not _Rank.KEPT} | {NAME}
        assert labels - CODE == set()

    def test_it_promises_what_the_tests_hold(self) -> None:
        names, canaries = constants("tests/nlu/test_names.py"), constants("tests/unit/enquiries/test_canaries.py")
        promised = [int(figure) / PERCENT for figure in re.findall(r"^\|.*\| (\d+) % \|", DOCUMENT, re.MULTILINE)]
        assert names["LEAST_STRUCTURED"] == canaries["LEAST_RECALL"]
        held = [names["LEAST_STRUCTURED"], names["LEAST_RECALL"], 1 - names["MOST_FALSE_ALARMS"]]
        assert promised == pytest.approx(held)


class TestWhatItPointsTo:
    @pytest.mark.parametrize("call", COMMANDS)
    def test_it_names_commands_that_exist(self, call: str) -> None:
        command: click.Command = command_line
        for word in call.split()[1:]:
            if isinstance(command, click.Group):
                found = command.get_command(click.Context(command), word)
                assert found is not None, word
                command = found
            elif word.startswith("--"):
                assert word in {option for parameter in command.params for option in parameter.opts}

    def test_it_names_files_that_exist(self) -> None:
        named = {code for code in CODE if re.fullmatch(r"(?:tests|assistant|data)/[\w/.-]+", code)}
        assert any(name.startswith("tests/") for name in named)
        assert [name for name in sorted(named) if not (ROOT / name).exists()] == []

    def test_it_links_to_headings_and_pages_that_exist(self) -> None:
        anchors = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", DOCUMENT, re.MULTILINE)}
        links = re.findall(r"\]\(([^)]+)\)", DOCUMENT)
        assert {link[1:] for link in links if link.startswith("#")} - anchors == set()
        pages = [link for link in links if not link.startswith("#")]
        assert [page for page in pages if not (ROOT / "docs" / page).exists()] == []

    def test_it_names_metrics_that_exist(self) -> None:
        code = (ROOT / "assistant" / "web" / "metrics.py").read_text(encoding="utf-8")
        assert {name for name in CODE if name.startswith("assistant_") and f'"{name}"' not in code} == set()


def constants(file: str) -> dict[str, Any]:
    """The numbers that stand in capitals at the top of a file, without importing it."""
    found: dict[str, Any] = {}
    for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = zip(target.elts, value.elts, strict=True) if is_pair(target, value) else [(target, value)]
            found |= {each.id: number.value for each, number in pairs if isinstance(number, ast.Constant)}
    return found


def is_pair(target: ast.expr, value: ast.expr) -> bool:
    return isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)


def anchor(heading: str) -> str:
    """The heading as links call it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
