"""/chat shows whatever a member, the catalogue or the dialogue says as text, never as markup."""

from dataclasses import dataclass

import pytest

from assistant.catalogue.models import Contact, Offer, Person, Source
from assistant.db.engine import Database
from assistant.enquiries.engine import TurnReply, TurnRequest
from assistant.matching.cleaning import clean
from tests.support.browser import Browser, check_page
from tests.support.fake_engine import FakeEngine

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//elsewhere.test></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>press</a>",
    "javascript:alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "' onmouseover='alert(1)",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</p></article></main><form action=//elsewhere.test><button>Go</button></form>",
    "<style>body{display:none}</style>",
    "<base href=//elsewhere.test>",
    "<meta http-equiv=refresh content=0;url=//elsewhere.test>",
    "<!-- hidden -->",
    "<![CDATA[ hidden ]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;amp; &#60;b&#62; &nbsp;",
    "{{ 7 * 7 }} {% include 'chat/base.html.j2' %} {# hidden #}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "`onload=alert(1)` \\x3cscript\\x3e \\u003cscript\\u003e",
]


@dataclass
class Echo(FakeEngine):
    """Answers with the payload wherever a reply may hold something."""

    payload: str = ""

    async def answer(self, request: TurnRequest) -> TurnReply:
        """The same answer to everything."""
        return TurnReply(
            "list",
            (self.payload,),
            offers=("ics-diverse-boards",),
            people=("joan-saddler",),
            choices=((self.payload, "/choose_none"),),
            confidence=0.9,
        )


@pytest.fixture
def engine() -> Echo:
    """In place of the one that answers sensibly."""
    return Echo()


def poison(database: Database, payload: str) -> None:
    """Put the payload into everything of the catalogue that is shown."""
    with database.write() as session:
        offer = session.get_one(Offer, "ics-diverse-boards")
        offer.name = offer.summary = offer.tier = payload
        offer.stages = [payload]
        contact = session.get_one(Contact, offer.contact_slug)
        contact.name = contact.email = contact.phone = payload
        session.get_one(Source, offer.source_slug).title = payload
        session.get_one(Source, offer.source_slug).published = payload
        person = session.get_one(Person, "joan-saddler")
        person.name = person.role = payload


@pytest.mark.parametrize("payload", PAYLOADS)
class TestMarkup:
    async def test_what_is_answered_is_shown_as_text_wherever_it_stands(
        self, browser: Browser, database: Database, engine: Echo, payload: str
    ) -> None:
        tags = []
        for said in ("harmless", payload):
            poison(database, said)
            engine.payload = said
            browser.client.cookies.clear()
            page = await browser.says("hello")
            tags.append([each.tag for each in page.elements])
        assert tags[0] == tags[1], "The same page, whatever is said on it."
        assert page.texts("p", class_="words") == ["hello", payload]
        assert page.texts("h4") == [payload] and page.texts("strong") == [payload]
        assert page.texts("button", name="choice") == [payload]
        card = page.one("section", class_="card")
        links = [each for each in page.all("a") if each.is_in(card)]
        assert [each.text for each in links] == [payload, payload]
        assert [each.attributes["href"].partition(":")[0] for each in links] == ["mailto", "tel"]
        assert f"Stage: {payload}. {payload}." in card.text
        assert f"Source: {payload}, as published in {payload}." in card.text
        check_page(await browser.opens())

    async def test_what_a_member_says_is_shown_as_text(self, browser: Browser, payload: str) -> None:
        page = await browser.says(payload)
        assert page.texts("p", class_="words")[0] == payload
        transcript = await browser.client.get("/chat/transcript")
        assert f"You: {payload}" in transcript.text and transcript.headers["content-type"].startswith("text/plain")

    async def test_it_stays_in_the_box_as_it_was_typed(self, browser: Browser, payload: str) -> None:
        typed = payload + "x" * 1001
        check_page(await browser.posts(text=typed, key=payload), 422)
        assert browser.page.box() == clean(typed) and browser.page.key() == payload

    async def test_it_stays_in_the_form_as_it_was_typed(self, browser: Browser, payload: str) -> None:
        filled = {"question": payload, "name": payload, "email": payload, "consent": payload, "key": payload}
        check_page(await browser.posts("/chat/question", **filled), 422)
        page = browser.page
        assert page.by_id("question").text.removeprefix("\n") == payload
        assert page.by_id("name").attributes["value"] == page.by_id("email").attributes["value"] == payload

    async def test_it_is_no_note(self, browser: Browser, payload: str) -> None:
        response = await browser.client.get("/chat", headers={b"Cookie": f"note={payload}".encode()})
        check_page(response)
        assert 'id="note"' not in response.text
