"""A member without a mouse, who looks after every key where the focus is."""

from typing import Any

from playwright.sync_api import Page

FOCUSED = """let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;"""
NAME = f"""() => {{
  {FOCUSED}
  if (element === document.body) return "";
  const title = element.getRootNode().getElementById(element.getAttribute("aria-labelledby"));
  const name = element.ariaLabel ?? (title ?? element.labels?.[0] ?? element).textContent;
  return name.trim().replace(/\\s+/g, " ");
}}"""
# What a key sets off, events of a closing dialog among it, is over with the next picture.
SETTLE = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
LOOK = f"""() => {{
  {FOCUSED}
  const {{ outlineStyle, outlineWidth, boxShadow }} = getComputedStyle(element);
  const ring = [outlineStyle, outlineWidth, boxShadow].join(" ");
  const isMarked = boxShadow !== "none" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
  return {{ ring, isMarked }};
}}"""


class Keyboard:
    """Keys on a page; `lost` are those after which nothing had the focus, `unmarked` the unmarked places."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lost: list[str] = []
        self.unmarked: list[str] = []

    @property
    def at(self) -> str:
        """The accessible name of what has the focus; "" for nothing."""
        name: str = self.page.evaluate(NAME)
        return name

    def press(self, *keys: str) -> str:
        """Press one key after the other; gives where the focus is then."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.evaluate(SETTLE)
            look: dict[str, Any] = self.page.evaluate(LOOK)
            if not self.at:
                self.lost.append(key)
            elif not look["isMarked"]:
                self.unmarked.append(f"{self.at}: {look['ring']}")
        return self.at

    def type(self, text: str) -> None:
        """Type it where the focus is."""
        self.page.keyboard.type(text)

    def go_to(self, name: str, key: str = "Tab", most: int = 60) -> None:
        """Press Tab, or another key, until something of this name has the focus."""
        for _ in range(most):
            if self.at.startswith(name):
                return
            self.press(key)
        raise AssertionError(f"no way to {name} by {key}; the focus is at {self.at}")

    def walk(self, steps: int) -> list[str]:
        """Where so many tabs lead."""
        return [self.press("Tab") for _ in range(steps)]
