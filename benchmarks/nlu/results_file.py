"""RESULTS.md: one section a benchmark, each replaced by itself, so that the slow ones need not run with the quick."""

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "RESULTS.md"


def replace_section(text: str, title: str, body: str) -> str:
    """The Markdown `text` with the section `title` (a heading of level two) replaced, or added as the last."""
    section = f"## {title}\n\n{body.strip()}\n"
    old = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if old.search(text):
        return old.sub(lambda _: section + "\n", text).rstrip() + "\n"
    return f"{text.rstrip()}\n\n{section}".lstrip()


def write_section(title: str, body: str, file: Path = RESULTS) -> None:
    """Put a section into the file."""
    text = file.read_text(encoding="utf-8") if file.exists() else "# Results\n"
    file.write_text(replace_section(text, title, body), encoding="utf-8")


def circumstances() -> str:
    """Date, commit and machine, in one line."""
    folder = Path(__file__).parent
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout.strip()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, commit {commit or 'unknown'}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.machine()}."
    )


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; every column but the first is set to the right where `header` ends in a colon."""
    names = [name.removesuffix(":") for name in header]
    rules = ["---:" if name.endswith(":") else "---" for name in header]
    lines = [f"| {' | '.join(row)} |" for row in [names, *rows]]
    return "\n".join([lines[0], f"|{'|'.join(rules)}|", *lines[1:]])
