"""What holds for every template that is made of components."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.conftest import ROOT

TEMPLATES = sorted(
    path for room in ("console", "showing") for path in (ROOT / "assistant" / room / "templates").rglob("*.*")
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "assistant")))
def test_a_condition_says_what_holds_otherwise(path: Path) -> None:
    """Without it the value is something undefined, which some components fail at, and only in that case."""
    template = Environment().parse(path.read_text(encoding="utf-8"))
    assert [each.lineno for each in template.find_all(nodes.CondExpr) if each.expr2 is None] == []
