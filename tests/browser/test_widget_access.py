"""No state of the widget breaks a rule that axe-core knows, in any window or colours."""

import pytest

from tests.support.axe import violations
from tests.support.widget import Widget
from tests.support.widget_states import PHONE, STATES, WIDE, ZOOMED, State, forgive_failed_requests


class TestEveryState:
    @pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
    def test_breaks_no_rule(self, widget: Widget, reach: State, troubles: list[str]) -> None:
        reach(widget)
        found = []
        for size in (WIDE, PHONE, ZOOMED):
            widget.resize(size)
            found += [f"{size}: {line}" for line in violations(widget.page)]
        widget.page.emulate_media(forced_colors="active")
        found += [f"forced colours: {line}" for line in violations(widget.page)]
        forgive_failed_requests(troubles)
        assert not found, "\n".join(found)

    def test_is_found_wanting_where_it_is(self, widget: Widget) -> None:
        widget.open().window.evaluate("window => window.append(document.createElement('button'))")
        assert any(line.startswith("button-name (critical)") for line in violations(widget.page))
