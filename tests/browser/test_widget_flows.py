"""What a member does with the widget, by mouse, with real answers."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.widget import Widget

REFERENCE = re.compile(r"ENQ-[0-9A-Z]{4}-[0-9A-Z]{4}")


class TestOpening:
    def test_it_is_a_button_in_the_corner_of_an_ordinary_page(self, widget: Widget) -> None:
        expect(widget.launcher).to_be_visible()
        expect(widget.window).to_be_hidden()
        expect(widget.page.get_by_role("heading", level=1)).to_have_text(
            "Support against racism for member organisations"
        )

    def test_it_says_what_it_is(self, widget: Widget) -> None:
        widget.open()
        expect(widget.newest).to_contain_text("I am a computer program, not a person.")

    def test_it_closes_and_gives_the_focus_back(self, widget: Widget) -> None:
        widget.open().button("Close").click()
        expect(widget.window).to_be_hidden()
        expect(widget.launcher).to_be_focused()

    def test_it_keeps_nothing_and_asks_nothing_before_the_first_message(self, page: Page, home: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(home)
        Widget(page).open()
        assert not [url for url in asked if "/api/" in url]
        assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]


class TestAnswers:
    def test_an_offer_is_a_card_with_everything_on_it(self, widget: Widget) -> None:
        answer = widget.open().ask("Who do I contact about peer mentoring?")
        expect(answer.get_by_role("heading", name="BME Leadership Network support")).to_be_visible()
        expect(answer).to_contain_text("Stage: commit")
        expect(answer).to_contain_text("Current support")
        expect(answer.get_by_role("link", name="miranda.seed@nhsconfed.org")).to_have_attribute(
            "href", "mailto:miranda.seed@nhsconfed.org"
        )
        expect(answer).to_contain_text("published in November 2022")
        expect(answer).to_contain_text(REFERENCE)

    def test_an_edited_offer_says_when_instead_of_as_published(self, widget: Widget) -> None:
        def edit(route: Route) -> None:
            reply = route.fetch().json()
            for offer in reply.get("offers", []):
                offer["source"] |= {"edited_on": "2026-11-03", "checked_on": "2026-11-14"}
            route.fulfill(json=reply)

        widget.page.route("**/api/conversations/*/messages", edit)
        answer = widget.open().ask("Who do I contact about peer mentoring?")
        expect(answer).to_contain_text("edited by our staff on 3 November 2026, last checked on 14 November 2026")
        expect(answer).not_to_contain_text("published in November 2022")

    def test_a_card_says_what_the_sentences_would_say_again(self, widget: Widget) -> None:
        answer = widget.open().ask("Who do I contact about peer mentoring?")
        assert answer.inner_text().count("miranda.seed@nhsconfed.org") == 1

    def test_the_general_contact_says_that_it_is_one(self, widget: Widget) -> None:
        answer = widget.open().ask("What is the NHS Race and Health Observatory?")
        expect(answer).to_contain_text("No contact is published for this offer.")
        expect(answer.get_by_role("link", name="020 7799 6666")).to_have_attribute("href", "tel:02077996666")

    def test_many_offers_are_folded(self, widget: Widget) -> None:
        answer = widget.open().ask("What is there under act?")
        folded = answer.get_by_role("group")
        assert folded.count() > 3
        expect(folded.first.get_by_role("paragraph").first).to_be_hidden()
        folded.first.locator("summary").click()
        expect(folded.first.get_by_role("paragraph").first).to_be_visible()

    def test_a_choice_is_a_button_that_answers(self, widget: Widget) -> None:
        question = widget.open().ask("I want consulting")
        first = question.get_by_role("button").first
        label = first.inner_text()
        answer = widget.choose(label)
        expect(widget.log.get_by_role("article", name="You").last).to_contain_text(label)
        expect(question.get_by_role("button", name=label, exact=True)).to_be_disabled()
        expect(answer).to_contain_text(REFERENCE)

    def test_an_example_asks_itself(self, widget: Widget) -> None:
        answer = widget.open().choose("What support is there for nurses and midwives?")
        expect(answer).to_contain_text("nursing and midwifery")

    @pytest.mark.parametrize(
        "example",
        ["What support is there for nurses and midwives?", "How do I join the BME Leadership Network?"],
    )
    def test_an_example_is_answered(self, widget: Widget, example: str) -> None:
        expect(widget.open().choose(example)).to_contain_text("Contact: ")

    def test_it_goes_to_the_answer(self, widget: Widget) -> None:
        expect(widget.open().ask("What is the Race and Health Observatory?")).to_be_focused()

    def test_people_are_listed(self, widget: Widget) -> None:
        answer = widget.open().ask("Who leads the strategy?")
        assert answer.get_by_role("listitem").count() >= 1

    def test_a_crisis_is_met_with_numbers_to_ring(self, widget: Widget) -> None:
        answer = widget.open().ask("I want to kill myself")
        expect(answer.get_by_role("link", name="116 123").first).to_have_attribute("href", "tel:116123")
        expect(answer.get_by_text("Was this useful?")).to_have_count(0)


class TestTheBox:
    def test_it_says_first_that_names_are_better_left_out(self, widget: Widget) -> None:
        expect(widget.open().box).to_have_accessible_description(re.compile("leave out names and personal details"))

    def test_an_empty_question_is_asked_for(self, widget: Widget) -> None:
        widget.open().button("Send").click()
        expect(widget.problem).to_have_text("Type your question first.")

    def test_it_counts_when_little_is_left(self, widget: Widget) -> None:
        widget.open().box.fill("a" * 999)
        expect(widget.window).to_contain_text("You have 1 character left")
        widget.box.fill("a" * 1002)
        expect(widget.window).to_contain_text("2 characters too many")
        widget.button("Send").click()
        expect(widget.problem).to_contain_text("too long")
        assert len(widget.box.input_value()) == 1002

    def test_enter_sends_and_shift_enter_does_not(self, widget: Widget) -> None:
        widget.open().box.press_sequentially("What is")
        widget.box.press("Shift+Enter")
        widget.box.press_sequentially("LFHII?")
        widget.box.press("Enter")
        expect(widget.answers).to_have_count(2)
        expect(widget.newest).to_contain_text("LFHII")


class TestWaysOut:
    def test_a_question_is_left_with_the_form(self, widget: Widget) -> None:
        widget.open().box.fill("Is there parking at the summer event?")
        widget.button("Leave a question for a person").click()
        widget.button("Leave my question").click()
        summary = widget.window.get_by_role("alert")
        expect(summary).to_contain_text("Enter your name")
        summary.get_by_role("button", name="Enter your name").click()
        expect(widget.window.get_by_label("Your name")).to_be_focused()
        widget.page.keyboard.type("Sam Example")
        widget.window.get_by_label("Your e-mail address").fill("sam@example")
        widget.window.get_by_label("You may keep my name").check()
        widget.button("Leave my question").click()
        expect(widget.window.get_by_label("Your e-mail address")).to_have_attribute("aria-invalid", "true")
        widget.window.get_by_label("Your e-mail address").fill("sam@example.org")
        widget.button("Leave my question").click()
        expect(widget.newest).to_contain_text(REFERENCE)
        expect(widget.box).to_have_value("")

    def test_the_form_is_left_without_a_trace(self, widget: Widget) -> None:
        widget.open().box.fill("Is there parking?")
        widget.button("Leave a question for a person").click()
        widget.button("Cancel").click()
        expect(widget.box).to_be_focused()
        expect(widget.box).to_have_value("Is there parking?")

    def test_more_is_there_while_the_form_is_open_and_what_stands_in_it_stays(self, widget: Widget) -> None:
        widget.open().button("Leave a question for a person").click()
        widget.window.get_by_label("Your name").fill("Sam Example")
        widget.button("More").click()
        expect(widget.window.get_by_role("heading", name="More")).to_be_focused()
        widget.button("Back to the form").click()
        expect(widget.window.get_by_label("Your name")).to_have_value("Sam Example")
        widget.more("Erase my conversation")
        widget.button("No, go back").click()
        expect(widget.window.get_by_label("Your name")).to_have_value("Sam Example")
        widget.more("What happens to what I write?")
        expect(widget.newest).to_contain_text("You can erase this conversation")
        widget.button("Leave a question for a person").click()
        expect(widget.window.get_by_label("Your name")).to_have_value("Sam Example")
        widget.button("Cancel").click()
        widget.button("Leave a question for a person").click()
        expect(widget.window.get_by_label("Your name")).to_have_value("")

    def test_what_stands_in_the_form_goes_with_the_conversation(self, widget: Widget) -> None:
        widget.open().button("Leave a question for a person").click()
        widget.window.get_by_label("Your name").fill("Sam Example")
        widget.more("Start again")
        widget.button("Start again").click()
        widget.button("Leave a question for a person").click()
        expect(widget.window.get_by_label("Your name")).to_have_value("")

    def test_a_question_is_left_step_by_step(self, widget: Widget) -> None:
        widget.open().ask("I would like to leave a question for a person")
        widget.ask("Is there parking?")
        expect(widget.window.get_by_label("Your name")).to_be_focused()
        widget.ask("Sam Example")
        expect(widget.window.get_by_label("Your e-mail address")).to_have_attribute("autocomplete", "email")
        widget.ask("sam@example.org")
        expect(widget.ask("yes")).to_contain_text(REFERENCE)
        expect(widget.window.get_by_label("Your question")).to_be_visible()

    def test_not_useful_opens_a_way_on(self, widget: Widget) -> None:
        answer = widget.open().ask("What is the Race and Health Observatory?")
        answer.get_by_role("button", name="No").click()
        expect(answer).to_contain_text("You can ask in other words")
        answer.get_by_role("button", name="Leave a question for a person").click()
        expect(widget.window.get_by_role("heading", name="Leave a question for a person")).to_be_focused()

    def test_useful_is_thanked_for(self, widget: Widget) -> None:
        answer = widget.open().ask("What is the Race and Health Observatory?")
        answer.get_by_role("button", name="Yes").click()
        expect(answer).to_contain_text("Thank you for telling us.")

    def test_it_tells_what_happens_to_what_is_written(self, widget: Widget) -> None:
        widget.open().more("What happens to what I write?")
        expect(widget.newest).to_contain_text("You can erase this conversation")


class TestTheConversation:
    def test_it_is_there_after_a_reload(self, widget: Widget) -> None:
        widget.open().ask("What is the Race and Health Observatory?")
        before = widget.answers.all_inner_texts()
        widget.page.reload()
        widget.open()
        expect(widget.answers).to_have_count(2)
        assert widget.answers.all_inner_texts() == before
        expect(widget.log).not_to_have_attribute("aria-live", "off")

    def test_it_starts_again_only_when_that_is_confirmed(self, widget: Widget) -> None:
        widget.open().ask("What is the Race and Health Observatory?")
        widget.more("Start again")
        widget.button("No, go back").click()
        expect(widget.answers).to_have_count(2)
        widget.more("Start again")
        widget.button("Start again").click()
        expect(widget.answers).to_have_count(1)
        widget.page.reload()
        widget.open()
        expect(widget.answers).to_have_count(1)

    def test_it_is_erased_here_and_on_the_server(self, widget: Widget, home: str) -> None:
        widget.open().ask("What is the Race and Health Observatory?")
        own = widget.page.evaluate("JSON.parse(sessionStorage.getItem('enquiry-assistant'))")
        widget.more("Erase my conversation")
        widget.button("Erase my conversation").click()
        expect(widget.window).to_contain_text("Your conversation is erased.")
        expect(widget.answers).to_have_count(1)
        path = f"{home}/api/conversations/{own['conversation']}/messages"
        gone = widget.page.request.get(path, headers={"Authorization": f"Bearer {own['token']}"})
        assert gone.status == 404

    def test_it_is_downloaded_as_text(self, widget: Widget) -> None:
        widget.open().ask("Who do I contact about peer mentoring?")
        with widget.page.expect_download() as started:
            widget.more("Download this conversation")
        assert started.value.suggested_filename == "conversation.txt"
        text = started.value.path().read_text(encoding="utf-8")
        assert "You: Who do I contact about peer mentoring?" in text
        assert "miranda.seed@nhsconfed.org" in text and REFERENCE.search(text)
        assert re.search(r"^Source: .+, published in November 2022$", text, re.MULTILINE)

    def test_people_and_choices_are_downloaded_too(self, widget: Widget) -> None:
        people = widget.open().ask("Who leads the strategy?").get_by_role("listitem").all_inner_texts()
        widget.ask("I want consulting")
        with widget.page.expect_download() as started:
            widget.more("Download this conversation")
        lines = started.value.path().read_text(encoding="utf-8").splitlines()
        assert people and {f"- {each}" for each in people} <= set(lines)
        assert {"- Nursing and midwifery consulting and coaching", "- None of these"} <= set(lines)

    def test_a_reference_is_copied(self, widget: Widget) -> None:
        widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        answer = widget.open().ask("What is the Race and Health Observatory?")
        answer.get_by_role("button", name="Copy the reference").click()
        expect(widget.window.get_by_role("status").filter(has_text="copied")).to_be_visible()
        copied = widget.page.evaluate("navigator.clipboard.readText()")
        assert REFERENCE.fullmatch(copied) and copied in answer.inner_text()
