"""Whatever a member, a colleague or a source wrote stands in the console as text (security.md, E1 to E4)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from assistant.console.pages import TEMPLATES
from assistant.console.queue.filters import FIELDS
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Group
from assistant.mail import digests
from assistant.matching.cleaning import clean
from assistant.review.digest import Counts
from assistant.review.searching import LONGEST_SEARCH
from assistant.showing.unseen import mark_unseen
from assistant.staff.audit import Act, record
from assistant.staff.models import Staff
from assistant.staff.roles import Role
from tests.browser.console.conftest import Open
from tests.support.hostile import LONG, read_payloads
from tests.support.hostile_console import (
    A_GROUP,
    add_group,
    add_staff,
    batches,
    letters,
    propose,
    shown,
    staff_names,
    tell,
    wait_for_answers,
    write,
)

PAYLOADS = read_payloads(Path(__file__).parent.with_name("payloads.yml"))
ALL = [payload for kind in PAYLOADS.values() for payload in kind]
LINES = [payload for payload in ALL if payload not in LONG and "\n" not in payload and payload.strip() == payload]
# What a name, and a line of the catalogue, is allowed to be; no two alike.
PRINTABLE = list({payload.casefold(): payload for payload in LINES if payload.isprintable()}.values())
MARKED = [mark_unseen(payload) for payload in ALL]
ENOUGH = 150
SHORT = 280  # characters of a question in the list of the queue
SCRIPTED = (
    "script tags", "event handlers", "svg and math", "addresses of scripts", "frames and plug-ins", "mutations",
    "ways out of a place", "for every parser",
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """Where the hostile words are: the group of each, large groups of all, and what staff wrote."""

    alone: list[int]
    together: list[int]
    told: list[tuple[int, str]]
    answers: list[int]
    effect: int


@pytest.fixture(scope="module")
def written(desk: EnquiryDesk) -> Written:
    """Every payload in every table."""
    with desk.database.write() as session:
        alone = [add_group(session, [payload])[0].id for payload in ALL]
        groups: list[Group] = []
        for some in batches(ALL, A_GROUP):
            group, references = add_group(session, some)
            wait_for_answers(session, desk, some, references)
            groups.append(group)
        told = [tell(session, desk, words) for words in letters(ALL)]
        answers = write(session, groups[0], ALL)
        return Written(alone, [group.id for group in groups], told, answers, propose(session, ALL))


@pytest.fixture
def reviewer(open_console: Open, written: Written) -> Page:
    """The page of somebody who reviews."""
    return open_console("/staff/account", Role.ADMIN)


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= ENOUGH and len(PRINTABLE) >= ENOUGH
    assert sum(mark_unseen(payload) == payload for payload in ALL) >= ENOUGH  # these stand exactly as they are


class TestWhatAMemberWrote:
    def test_it_stands_in_the_queue(self, reviewer: Page, home: str) -> None:
        reviewer.goto(f"{home}/staff/queue")
        found: list[str] = []
        while True:
            assert reviewer.title() == "Queue – Enquiries"
            found += shown(reviewer, ".queue-item blockquote.words")
            if not (following := reviewer.get_by_role("link", name="Next page")).count():
                break
            following.click()
        assert not [each for each in ALL if len(each) <= SHORT and mark_unseen(each) not in found]
        assert len(set(found)) >= ENOUGH

    def test_it_stands_in_its_group_and_in_the_conversation(self, reviewer: Page, home: str, written: Written) -> None:
        words: list[str] = []
        around: list[str] = []
        replies: list[str] = []
        for number, some in zip(written.together, batches(ALL, A_GROUP), strict=True):
            for place in range(-(-len(some) // 10)):
                reviewer.goto(f"{home}/staff/groups/{number}?page={place + 1}")
                assert reviewer.title().endswith(f"Group {number} – Enquiries")
                words += shown(reviewer, ".member > blockquote.words")
                around += shown(reviewer, ".said blockquote.words")
                replies += shown(reviewer, ".said__reply")
        assert words == around == replies == MARKED

    def test_it_stands_where_it_is_decided_on_and_answered(self, reviewer: Page, home: str, written: Written) -> None:
        ticks: list[str] = []
        askers: list[str] = []
        answered: list[str] = []
        for number, some in zip(written.together, batches(ALL, A_GROUP), strict=True):
            reviewer.goto(f"{home}/staff/groups/{number}/decide")
            assert reviewer.title() == f"Decide on group {number} – Enquiries"
            ticks += reversed(shown(reviewer, "label[for^=enquiry-]"))
            reviewer.get_by_label("Answer in writing").check()
            reviewer.get_by_role("button", name="Continue").click()
            expect(reviewer.get_by_role("heading", level=1)).to_have_text("Answer in writing")
            askers += shown(reviewer, "input[name=asker] + label")
            reviewer.locator("input[name=asker]").evaluate_all("all => all.forEach((each) => { each.checked = true })")
            for words in letters([each for each in some if each not in LONG]):  # an answer is no longer than a page
                text = reviewer.get_by_label("Your answer")
                text.evaluate("(box, words) => { box.value = words }", words)
                reviewer.get_by_role("button", name="See the letter").click()
                expect(reviewer.get_by_role("heading", level=1)).to_have_text("See the letter")
                (letter,) = shown(reviewer, ".letter__body")
                assert mark_unseen(clean(words)) in letter
                assert not re.search("name of|address-of", reviewer.content())  # theirs are in the letter only
                last = shown(reviewer, "ul.nhsuk-list > li > bdi")
                reviewer.get_by_role("button", name="Change it").click()
                expect(reviewer.get_by_role("heading", level=1)).to_have_text("Answer in writing")
            answered += last
        assert ticks == askers == answered == MARKED

    def test_what_they_let_us_keep_is_shown_as_it_was_told(self, reviewer: Page, home: str, written: Written) -> None:
        count = 0
        for (number, reference), words in zip(written.told, letters(ALL), strict=True):
            reviewer.goto(f"{home}/staff/groups/{number}")
            reviewer.locator("summary", has_text="Content note").click()
            reviewer.get_by_label("Why do you need to read it?").fill("To answer them in writing.")
            reviewer.get_by_role("button", name="Show what they wrote").click()
            expect(reviewer).to_have_title(f"What the asker of {reference} wrote – Enquiries")
            assert shown(reviewer, "blockquote.words") == [mark_unseen(words)]
            count += words.count("\n\n") + 1
        assert count >= ENOUGH

    def test_a_printed_page_has_the_same(self, reviewer: Page, home: str, written: Written) -> None:
        reviewer.emulate_media(media="print")
        reviewer.goto(f"{home}/staff/groups/{written.together[0]}/decide")
        assert list(reversed(shown(reviewer, "label[for^=enquiry-]"))) == MARKED[:A_GROUP]
        reviewer.goto(f"{home}/staff/groups/{written.together[0]}/decisions")
        assert set(MARKED) <= set(shown(reviewer, ".decide-entry > p[dir]"))

    def test_no_digest_holds_it(self, written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
        assert all(isinstance(value, int) for value in vars(Counts()).values())
        text = "\n".join(Counts(1, 2, 3, 4, 5).lines)
        assert digests.TITLE and not [payload for payload in ALL if len(payload) > 3 and payload in text]


class TestWhatStaffWrote:
    def test_notes_and_answers(self, reviewer: Page, home: str, written: Written) -> None:
        reviewer.goto(f"{home}/staff/groups/{written.together[0]}")
        assert sorted(shown(reviewer, ".history p[dir]")) == sorted(MARKED)
        reviewer.goto(f"{home}/staff/groups/{written.together[0]}/decisions")
        assert sorted(shown(reviewer, ".decide-entry > p[dir]")) == sorted(MARKED)
        for number, words in zip(written.answers, letters(ALL), strict=True):
            reviewer.goto(f"{home}/staff/answers/{number}")
            assert shown(reviewer, ".letter__body") == [mark_unseen(words)]

    def test_examples_and_what_they_would_change(self, reviewer: Page, home: str, written: Written) -> None:
        reviewer.goto(f"{home}/staff/examples")
        assert list(reversed(shown(reviewer, "label[for^=example-]"))) == MARKED
        reviewer.goto(f"{home}/staff/examples/effects/{written.effect}")
        assert shown(reviewer, ".effect__words") == MARKED

    def test_what_is_typed_stays_in_its_box_when_it_is_refused(self, reviewer: Page, home: str) -> None:
        for some in batches(LINES, 40):
            reviewer.goto(f"{home}/staff/catalogue/offers/new")
            for box in ("audiences", "details"):
                fill(reviewer, box, some)
            reviewer.get_by_role("button", name="Save draft and preview").click()
            expect(reviewer.get_by_role("alert")).to_contain_text("There is a problem")
            assert shown(reviewer, "h1") == ["New offer"]
            for box in ("audiences", "details"):
                assert reviewer.locator(f"#{box}").input_value() == "\n".join(some).replace("\0", "\ufffd")

    @pytest.fixture
    def colleagues(self, desk: EnquiryDesk) -> Iterator[None]:
        """For one test only: they are choices on many pages."""
        with desk.database.write() as session:
            add_staff(session, PRINTABLE)
        yield
        with desk.database.write() as session:
            session.execute(delete(Staff).where(Staff.email.endswith("@evil.test")))

    @pytest.mark.usefixtures("colleagues")
    def test_names_of_colleagues_and_what_is_recorded(self, reviewer: Page, home: str, desk: EnquiryDesk) -> None:
        with desk.database.write() as session:
            for payload in PRINTABLE:
                record(session, Act.VIEWED, None, f"group:{payload}", {"enquiries": [payload]})
            names = staff_names(session)
        reviewer.goto(f"{home}/staff/queue")
        options = shown(reviewer, "[name=assignee] option")
        assert {" ".join(name.split()) for name in PRINTABLE} <= {" ".join(option.split()) for option in options}
        reviewer.goto(f"{home}/staff/accounts")
        assert set(shown(reviewer, "td:first-child a")) == {mark_unseen(name) for name in names}
        reviewer.goto(f"{home}/staff/record")
        found = set()
        for _ in range(len(PRINTABLE) // 50 + 1):
            found |= {text.strip() for text in shown(reviewer, "tbody td")}
            reviewer.get_by_role("link", name="Older").click()
        assert not [each for each in PRINTABLE if not any(mark_unseen(f"group:{each}") in text for text in found)]
        reviewer.goto(f"{home}/staff/figures")
        shown(reviewer, "h1")


class TestWhatTheCatalogueHolds:
    def test_it_stands_in_a_draft_and_as_members_will_see_it(self, reviewer: Page, home: str) -> None:
        count = 0
        for some in lines_of(900):
            reviewer.goto(f"{home}/staff/catalogue/offers/lfhii/edit")
            fill(reviewer, "details", some)
            fill(reviewer, "audiences", some)
            reviewer.get_by_role("button", name="Save draft and preview").click()
            expect(reviewer.get_by_role("heading", level=1)).to_contain_text("Draft")
            assert shown(reviewer, "td:last-child li") == list(map(mark_unseen, some))
            (preview,) = shown(reviewer, ".catalogue-preview")
            assert "\n".join(some) in preview
            count += len(some)
        assert count >= ENOUGH


class TestWhatIsInTheAddress:
    def test_search_and_filters_keep_it_as_text(self, reviewer: Page, home: str) -> None:
        names = [name for name in FIELDS if name != "state"]
        for some in batches(LINES, len(names)):
            asked = dict(zip(names, some, strict=False))
            reviewer.goto(f"{home}/staff/queue?{urlencode(asked)}", wait_until="domcontentloaded")
            assert reviewer.title() == "Queue – Enquiries"
            shown(reviewer, "h1")
            assert reviewer.locator("[name=words]").input_value() == clean(asked["words"])
            kept = parse_qsl(urlsplit(str(reviewer.locator(".console-tabs a").first.get_attribute("href"))).query)
            wanted = {name: clean(value)[:LONGEST_SEARCH] for name, value in asked.items() if clean(value)}
            assert dict(kept) == {**wanted, "state": "open"}

    def test_pages_that_are_none(self, reviewer: Page, home: str, troubles: list[str]) -> None:
        for payload in LINES[::8]:
            reviewer.goto(f"{home}/staff/{quote(payload, safe='')}", wait_until="domcontentloaded")
            shown(reviewer, "h1")
        assert all("the server responded with a status of 4" in trouble for trouble in troubles)
        troubles.clear()


def test_right_to_left_words_turn_nothing_around_them(reviewer: Page, home: str, desk: EnquiryDesk) -> None:
    turning = "\u05d0\u05d1\u05d2 \u202e 123"
    with desk.database.write() as session:
        group, references = add_group(session, [turning])
        wait_for_answers(session, desk, [turning], references)
        number = group.id
    reviewer.goto(f"{home}/staff/groups/{number}")
    words = reviewer.locator(".member > blockquote.words")
    expect(words).to_have_text("\u05d0\u05d1\u05d2 [U+202E] 123")
    assert words.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert words.evaluate("each => getComputedStyle(each).unicodeBidi") in ("isolate", "plaintext")
    assert reviewer.locator(".member__facts").first.evaluate("each => getComputedStyle(each).direction") == "ltr"


class TestTheTests:
    """A console that puts words in as markup is found out, and even then the page's policy lets nothing run (E2)."""

    @pytest.fixture(autouse=True)
    def without_escaping(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(TEMPLATES, "autoescape", False)
            TEMPLATES.cache.clear()  # type: ignore[union-attr]
            yield
        TEMPLATES.cache.clear()  # type: ignore[union-attr]

    def test_no_script_runs(self, reviewer: Page, home: str, written: Written, troubles: list[str]) -> None:
        numbers = dict(zip(ALL, written.alone, strict=True))
        hostile = [payload for kind in SCRIPTED for payload in PAYLOADS[kind][:6]]
        found_out = 0
        for payload in hostile:
            reviewer.goto(f"{home}/staff/groups/{numbers[payload]}", wait_until="domcontentloaded")
            found_out += bool(reviewer.locator("main blockquote *, main script").count())
        assert found_out > len(hostile) / 2
        assert sum(trouble.startswith("policy: script-src") for trouble in troubles) > len(hostile) / 3
        assert not [trouble for trouble in troubles if trouble.startswith(("dialog", "error"))]
        troubles.clear()


def fill(page: Page, box: str, lines: Sequence[str]) -> None:
    """Put lines into a box; typing them would take long."""
    page.locator(f"#{box}").evaluate("(box, words) => { box.value = words }", "\n".join(lines))


def lines_of(most: int) -> Iterator[list[str]]:
    """Printable payloads, as many at once as have no more characters."""
    some: list[str] = []
    for payload in PRINTABLE:
        if sum(map(len, some)) + len(some) + len(payload) > most:
            yield some
            some = []
        some.append(payload)
    yield some
