"""A browser without JavaScript: it reads pages, keeps cookies, fills in forms and follows where it is led."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

VOID = {"meta", "link", "input", "br"}


@dataclass
class Element:
    """An element of a page, with all the text that stands in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parent: "Element | None" = None

    def is_in(self, other: "Element") -> bool:
        """Whether it stands somewhere in another element."""
        above = self.parent
        while above is not None and above is not other:
            above = above.parent
        return above is other


@dataclass
class Page(HTMLParser):
    """What a browser makes of HTML."""

    markup: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        element = Element(tag, {name: value or "" for name, value in attrs}, "", self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and it has to be the one that began last."""
        assert self._open and self._open.pop().tag == tag, f"</{tag}> closes another element."

    def handle_data(self, data: str) -> None:
        """Text, of every element that is open."""
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements with these attributes; `class_` stands for class."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [each for each in self.elements if each.tag == tag and wanted.items() <= each.attributes.items()]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """What stands in such elements."""
        return [each.text for each in self.all(tag, **attributes)]

    def by_id(self, name: str) -> Element:
        """The only element of this id."""
        (found,) = [each for each in self.elements if each.attributes.get("id") == name]
        return found

    def box(self) -> str:
        """What stands in the box. A browser drops the newline that a textarea begins with."""
        found = self.by_id("text")
        return found.attributes["value"] if found.tag == "input" else found.text.removeprefix("\n")

    def key(self) -> str:
        """The key of this page's forms."""
        (key,) = {each.attributes["value"] for each in self.all("input", name="key")}
        return key


@dataclass
class Browser:
    """Somebody at the pages."""

    client: httpx.AsyncClient
    page: Page = field(default_factory=lambda: Page(""))

    async def opens(self, path: str = "/chat") -> httpx.Response:
        """Go to a page."""
        response = await self.client.get(path)
        self.page = Page(response.text)
        return response

    async def posts(self, path: str = "/chat", **fields: str) -> httpx.Response:
        """Send a form from the page that is open, without following where it leads."""
        keys = self.page.all("input", name="key")
        key = {"key": keys[0].attributes["value"]} if keys else {}
        response = await self.client.post(path, data={**key, **fields})
        if not response.is_redirect:
            self.page = Page(response.text)
        return response

    async def does(self, path: str = "/chat", **fields: str) -> Page:
        """Send a form and go where it leads."""
        response = await self.posts(path, **fields)
        assert response.status_code == 303, response.text
        await self.opens(response.headers["location"].partition("#")[0])
        return self.page

    async def says(self, text: str) -> Page:
        """Send a text and see the answer."""
        return await self.does(text=text)

    @property
    def newest(self) -> str:
        """What stands in the newest entry."""
        return self.page.by_id("newest").text


def check_page(response: httpx.Response, status: int = 200, referrers: str = "same-origin") -> None:
    """A page without scripts, whose policy lets it post to this server only, and which no other site hears of."""
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    assert "form-action 'self'" in policy and "script-src 'none'" in policy and "default-src 'none'" in policy
    assert response.headers["referrer-policy"] == referrers and response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    page = Page(response.text)
    assert not page.all("script") and not page.all("style")
    assert not any(name == "style" or name.startswith("on") for each in page.elements for name in each.attributes)
