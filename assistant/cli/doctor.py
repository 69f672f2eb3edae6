"""`assistant doctor`: whether everything is as it should be, and what to do about what is not."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from assistant.cli.console import output

if TYPE_CHECKING:
    from assistant.engine.checkup import Finding

STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON object instead of a table.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check settings, database, catalogue, model, keys and signposts, and say what to do.

    Changes nothing. The exit code is 1 when there is a problem; warnings alone leave it 0.

    \b
      assistant doctor
      assistant doctor --json | jq '.findings[] | select(.state != "ok")'
    """
    from assistant.engine.checkup import examine_from_environment

    findings = examine_from_environment(date.today())
    counts = Counter(finding.state.value for finding in findings)
    if as_json:
        summary = {"problems": counts["problem"], "warnings": counts["warning"]}
        click.echo(json.dumps(summary | {"findings": [asdict(finding) for finding in findings]}, indent=2))
    else:
        output.print(_table(findings))
        output.print(f"\n{_summary(counts)}")
    context.exit(1 if counts["problem"] else 0)


def _table(findings: list[Finding]) -> Table:
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        words = Text(finding.found)
        if finding.advice:
            words.append(f"\n{finding.advice}", style="dim")
        table.add_row(Text(finding.state, style=STYLES[finding.state]), Text(finding.subject, style="bold"), words)
    return table


def _summary(counts: Counter[str]) -> str:
    if not counts["problem"] and not counts["warning"]:
        return "All is well."
    return f"{_count(counts, 'problem')}, {_count(counts, 'warning')}.".capitalize()


def _count(counts: Counter[str], state: str) -> str:
    return f"{counts[state] or 'no'} {state}{'' if counts[state] == 1 else 's'}"
