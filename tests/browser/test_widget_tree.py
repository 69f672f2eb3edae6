"""What screen readers are told: names, roles and announcements."""

import re

from playwright.sync_api import expect

from tests.support.widget import Widget
from tests.support.widget_states import CARD, MANY, form_with_errors, too_long, unreachable, waiting

# Notes how the log was announced each time that something came into it, as browsers see it: after the script is done.
WATCH = """log => {
  log.seen = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const entry of addedNodes) log.seen.push([entry.ariaLabel, log.getAttribute("aria-live")]);
  }).observe(log, { childList: true });
}"""
# Notes what a live region said, and whether it was there before it said something.
LISTEN = """region => {
  region.wasThere = region.checkVisibility();
  region.said = [];
  const listen = () => region.said.push(region.textContent);
  new MutationObserver(listen).observe(region, { childList: true, characterData: true, subtree: true });
}"""


class TestTheTree:
    def test_a_button_that_opens_something(self, widget: Widget) -> None:
        expect(widget.launcher).to_match_aria_snapshot('- button "Ask a question"')

    def test_the_window_with_its_welcome(self, widget: Widget) -> None:
        expect(widget.open().window).to_match_aria_snapshot("""
          - dialog "Support against racism":
            - heading "Support against racism" [level=2]
            - button "More"
            - button "Close"
            - log "Conversation":
              - article "Assistant":
                - paragraph: Assistant
                - paragraph: /Hello/
                - paragraph: /computer program/
                - button "What support is there for nurses and midwives?"
                - button "How do I join the BME Leadership Network?"
                - button "What can our integrated care system do first?"
            - status
            - text: Your question
            - paragraph: /leave out names/
            - textbox "Your question"
            - status
            - button "Send"
            - button "Leave a question for a person"
        """)

    def test_an_answer(self, widget: Widget) -> None:
        expect(widget.open().ask(CARD)).to_match_aria_snapshot("""
          - article "Assistant":
            - paragraph: Assistant
            - paragraph: /.+/
            - heading "BME Leadership Network support" [level=3]
            - paragraph: /Stage. commit Current support/
            - paragraph:
              - text: "Contact:"
              - link "miranda.seed@nhsconfed.org"
            - paragraph: /Source/
            - paragraph:
              - text: "Your reference:"
              - strong: /ENQ-/
              - button /Copy the reference ENQ-/
            - group "Was this useful?":
              - button "Yes"
              - button "No"
        """)

    def test_choices_that_are_past_are_disabled(self, widget: Widget) -> None:
        widget.open().ask(CARD)
        expect(widget.answers.first).to_match_aria_snapshot("""
          - article "Assistant":
            - button "What support is there for nurses and midwives?" [disabled]
            - button "How do I join the BME Leadership Network?" [disabled]
            - button "What can our integrated care system do first?" [disabled]
        """)

    def test_what_is_behind_more(self, widget: Widget) -> None:
        widget.open().button("More").click()
        expect(widget.window).to_match_aria_snapshot("""
          - dialog "Support against racism":
            - heading "Support against racism" [level=2]
            - button "More"
            - button "Close"
            - heading "More" [level=3]
            - button "What happens to what I write?"
            - button "Download this conversation"
            - button "Start again"
            - button "Erase my conversation"
            - link "Open as a plain page"
            - button "Back to the conversation"
        """)

    def test_a_form_with_errors(self, widget: Widget) -> None:
        form_with_errors(widget)
        expect(widget.window.get_by_role("form", name="Leave a question for a person")).to_match_aria_snapshot("""
          - form "Leave a question for a person":
            - heading "Leave a question for a person" [level=3]
            - alert:
              - heading "There is a problem" [level=4]
              - list:
                - listitem:
                  - button "Enter your question"
                - listitem:
                  - button "Enter your name"
                - listitem:
                  - button "Enter an e-mail address, like name@example.org"
                - listitem:
                  - button /Tick the box/
            - textbox "Your question"
            - textbox "Your name"
            - textbox "Your e-mail address"
            - checkbox /You may keep my name/
            - checkbox /If my question tells of racism/
            - button "Leave my question"
            - button "Cancel"
        """)
        for name in ("Your question", "Your name", "Your e-mail address"):
            expect(widget.window.get_by_role("textbox", name=name)).to_have_attribute("aria-invalid", "true")
        expect(widget.window.get_by_label("Your name")).to_have_accessible_description("Enter your name")

    def test_it_says_its_language_on_pages_of_another(self, widget: Widget) -> None:
        expect(widget.page.locator("enquiry-assistant")).to_have_attribute("lang", "en-GB")


class TestAnnouncements:
    def test_the_log_tells_what_comes_into_it(self, widget: Widget) -> None:
        widget.open().log.evaluate(WATCH)
        widget.ask(CARD)
        assert widget.log.evaluate("log => log.seen") == [["You", None], ["Assistant", None]]

    def test_a_conversation_that_is_fetched_again_is_not_read_out(self, widget: Widget) -> None:
        widget.open().ask(CARD)
        widget.page.reload()
        widget.page.locator("[role=log]").evaluate(WATCH)
        widget.open()
        expect(widget.answers).to_have_count(2)
        assert widget.log.evaluate("log => log.seen") == [["You", "off"], ["Assistant", "off"]]
        expect(widget.log).not_to_have_attribute("aria-live", "off")

    def test_it_says_that_the_message_is_on_its_way(self, widget: Widget) -> None:
        status = widget.open().window.locator(".status")
        status.evaluate(LISTEN)
        widget.ask(CARD)
        said = status.evaluate("status => [status.role ?? status.getAttribute('role'), status.wasThere, status.said]")
        assert said == ["status", True, ["Sending your message. The answer is on its way.", ""]]

    def test_while_it_waits_nothing_is_taken_away(self, widget: Widget) -> None:
        waiting(widget)
        expect(widget.box).to_be_focused()
        expect(widget.box).to_have_attribute("readonly", "")
        expect(widget.button("Send")).to_have_attribute("aria-disabled", "true")
        expect(widget.window.get_by_role("status").filter(has_text="Sending your message.")).to_be_visible()

    def test_problems_are_alerts(self, widget: Widget, troubles: list[str]) -> None:
        unreachable(widget)
        expect(widget.problem.get_by_role("paragraph")).to_have_text(
            [
                "The assistant cannot be reached. Check your connection, then try again.",
                "If you or somebody else is in danger right now, please call 999.",
            ]
        )
        troubles.clear()

    def test_a_question_that_is_too_long_is_an_alert(self, widget: Widget) -> None:
        too_long(widget)
        expect(widget.problem).to_have_text("Your question is too long. It can have up to 1,000 characters.")
        expect(widget.box).to_be_focused()

    def test_how_much_is_left_is_said_once_the_typing_pauses(self, widget: Widget) -> None:
        counter = widget.open().window.locator("#counter")
        counter.evaluate(LISTEN)
        widget.box.fill("a" * 799)
        widget.box.press_sequentially("aa")
        expect(counter).to_have_text("You have 199 characters left")
        said = counter.evaluate("counter => [counter.wasThere, counter.said.filter(Boolean)]")
        assert said == [True, ["You have 199 characters left"]]
        expect(counter).to_have_role("status")
        expect(widget.box).to_have_accessible_description(re.compile("You have 199 characters left"))


class TestTheFocus:
    def test_it_goes_to_the_answer(self, widget: Widget) -> None:
        expect(widget.open().ask(MANY)).to_be_focused()

    def test_it_goes_to_the_box_when_the_next_step_is_to_type(self, widget: Widget) -> None:
        widget.open().ask("I would like to leave a question for a person")
        expect(widget.box).to_be_focused()

    def test_it_goes_to_the_list_of_errors(self, widget: Widget) -> None:
        form_with_errors(widget)
        expect(widget.problem).to_be_focused()

    def test_it_is_in_the_box_of_a_conversation_that_is_fetched_again(self, widget: Widget) -> None:
        widget.open().ask(CARD)
        widget.page.reload()
        widget.open()
        expect(widget.answers).to_have_count(2)
        expect(widget.box).to_be_focused()
