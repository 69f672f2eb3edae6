"""axe-core on a page as it is at the moment; it looks into open shadow roots by itself."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Some rules, target-size among them, are off until they are asked for by name.
RUN = """tags => {
  const rules = Object.fromEntries(axe.getRules(tags).map(({ ruleId }) => [ruleId, { enabled: true }]));
  return axe.run(document, { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] });
}"""


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule of WCAG 2.0 to 2.2, levels A and AA, or a best practice."""
    page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate(RUN, TAGS)
    return [
        f"{broken['id']} ({broken['impact']}): {broken['help']}: {element['html']}"
        for broken in found["violations"]
        for element in broken["nodes"]
    ]
