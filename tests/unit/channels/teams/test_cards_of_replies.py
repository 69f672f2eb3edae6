import json
from typing import Any

import pytest

from assistant.channels import wording
from assistant.channels.teams.rendering import TeamsMessage, render
from assistant.db.engine import Database
from assistant.enquiries.outcomes import Outcome
from assistant.settings import Settings
from tests.support.adaptive_card_checks import check_message
from tests.support.made_up_posts import LINK, post_of, real_offers, reply_of


def shown(kind: str, **content: object) -> TeamsMessage:
    message = render(post_of(kind, **content), Settings())
    check_message(message.text, message.card)
    return message


def buttons(message: TeamsMessage) -> list[dict[str, Any]]:
    body = message.card["body"] if message.card else []
    return [each for element in body for each in element.get("actions", ())]


def acts(message: TeamsMessage) -> list[str]:
    return [each["data"]["act"] for each in buttons(message) if "data" in each]


def test_an_offer_has_its_facts_once(database: Database) -> None:
    offer = real_offers(database)[0]
    message = shown("reply", reply=reply_of(outcome="offer", replies=[{"text": offer["summary"]}], offers=[offer]))
    said = json.dumps(message.card)
    assert said.count(offer["summary"]) == 1
    for fact in (offer["name"], "Stage: commit. Current support.", offer["contact"]["email"], "in November 2022."):
        assert fact in said
    assert acts(message) == ["useful", "not_useful"]


def test_all_offers_fit_into_one_card(database: Database) -> None:
    offers = real_offers(database)
    said = json.dumps(shown("reply", reply=reply_of(outcome="list", offers=offers)).card)
    assert all(offer["name"] in said for offer in offers)
    assert wording.ASK_BY_NAME in said
    assert "more parts are left out" not in said


@pytest.mark.parametrize("count", [1, 6, 7, 12, 60])
def test_any_number_of_choices_are_buttons(count: int) -> None:
    choices = [{"id": f"id{number}", "label": f"Choice {number}"} for number in range(count)]
    message = shown("reply", reply=reply_of(outcome="clarify", choices=choices))
    data = [each["data"] for each in buttons(message)[:count]]
    assert data == [{"act": "choice", "choice": each["id"], "label": each["label"]} for each in choices]


def test_choices_that_do_not_fit_are_counted() -> None:
    choices = [{"id": f"id{number}", "label": f"Choice {number}"} for number in range(300)]
    message = shown("reply", reply=reply_of(outcome="clarify", choices=choices))
    left = 300 - acts(message).count("choice")
    assert wording.MORE_CHOICES.format(count=left) in json.dumps(message.card)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_answers_are_asked_about(outcome: Outcome) -> None:
    is_asked = "useful" in acts(shown("reply", reply=reply_of(outcome=outcome.value)))
    assert is_asked == (outcome not in {"handoff", "crisis", "disclosure", "abuse", "smalltalk"})


def test_short_words_without_buttons_need_no_card() -> None:
    assert shown("notice", texts=["Done."]) == TeamsMessage("Done.", None)
    assert shown("notice", texts=["See [x](https://evil)"]).card


def test_the_form_has_the_fields_and_words_of_the_widget() -> None:
    action = buttons(shown("reply", reply=reply_of(outcome="unanswered")))[0]
    inputs = [each for each in action["card"]["body"] if each["type"].startswith("Input.")]
    assert [each["id"] for each in inputs] == ["question", "name", "email", "consent", "keep_words"]
    assert [each.get("isRequired", False) for each in inputs] == [True, True, True, True, False]
    assert inputs[3]["title"] == wording.CONSENT
    assert action["card"]["actions"][0]["data"]["act"] == "form"


def test_buttons_that_were_pressed_are_gone_and_it_is_said() -> None:
    reply = reply_of(outcome="clarify", choices=[{"id": "x", "label": "X"}], expects="question")
    message = shown("update", reply=reply, pressed={"choice": "X", "useful": True, "form": True}, message="1")
    assert buttons(message) == []
    for said in ("You chose: X", wording.THANKS, wording.FORM_SENT):
        assert said in json.dumps(message.card)


def test_leaving_a_question_stands_with_its_choice_and_apart_from_whether_that_was_useful() -> None:
    reply = reply_of(outcome="unanswered", choices=[{"id": "x", "label": "Leave my question for a person"}])
    message = shown("reply", reply=reply)
    assert message.card
    *_, leave, asked, marks = message.card["body"]
    assert [each["title"] for each in leave["actions"]] == ["Leave my question for a person", wording.USE_FORM]
    assert asked["separator"] and wording.USEFUL in json.dumps(asked)
    assert [each["title"] for each in marks["actions"]] == [wording.IS_USEFUL, wording.IS_NOT_USEFUL]


def test_who_left_a_question_in_the_form_is_not_asked_to_leave_it() -> None:
    reply = reply_of(outcome="unanswered", choices=[{"id": "x", "label": "Leave my question for a person"}])
    assert acts(shown("update", reply=reply, pressed={"form": True}, message="1")) == ["useful", "not_useful"]


def test_a_reference_that_is_told_already_is_told_once() -> None:
    reply = reply_of(outcome="handoff", replies=[{"text": "Your reference is ENQ-ABCD-EFGH; keep it."}])
    message = shown("reply", reply=reply)
    assert (message.text + json.dumps(message.card)).count("ENQ-ABCD-EFGH") == 1


def test_the_welcome_offers_the_form_and_to_erase_once_confirmed() -> None:
    form, erase = buttons(shown("notice", texts=[], is_welcome=True))
    assert form["title"] == wording.LEAVE_QUESTION
    assert erase["card"]["actions"][0]["data"] == {"act": "erase"}


def test_a_review_offers_three_suggestions_until_it_is_decided() -> None:
    suggestions = [{"label": f"offer/{number}", "title": f"Offer {number}"} for number in range(3)]
    content = {"title": "A group", "lines": [], "facts": ["Asked twice"], "group": 7, "version": 2}
    content |= {"suggestions": suggestions, "link": LINK, "can_decide": True}
    message = shown("review", **content)
    assert [each.get("data", {}).get("do") for each in buttons(message)] == [
        "take", "take", "take", "out_of_scope", "assign", None,
    ]  # fmt: skip
    assert buttons(message)[1]["data"]["label"] == "offer/1"
    assert wording.NO_WORDS in json.dumps(message.card)
    assert [each["title"] for each in buttons(message)[:3]] == ["Take 1", "Take 2", "Take 3"]
    said = json.dumps(message.card)
    assert all(f"{number}. Offer {number - 1}" in said for number in (1, 2, 3))
    decided = shown("review", **content, decided="Taken by A.")
    assert buttons(decided) == []
    assert "Taken by A." in json.dumps(decided.card) and "Offer 1" not in json.dumps(decided.card)


def test_a_review_begins_with_what_was_asked() -> None:
    content = {"title": "A group", "lines": ["Is there parking?"], "facts": ["3 askers", "2 not understood"]}
    content |= {"group": 7, "version": 2, "suggestions": [], "link": None, "can_decide": False}
    message = shown("review", **content)
    assert message.card
    said = [element["inlines"][0]["text"] for element in message.card["body"]]
    assert said == ["A group", "• Is there parking?", "3 askers · 2 not understood"]


def test_labels_that_a_narrow_card_would_cut_stand_in_full() -> None:
    label = "Nursing and midwifery consulting and coaching for boards"
    message = shown("reply", reply=reply_of(outcome="clarify", choices=[{"id": "x", "label": label}]))
    assert json.dumps(message.card, ensure_ascii=False).count(f"• {label}") == 1


def test_both_channels_use_the_words_of_the_widget() -> None:
    words = (Settings().data_folder.parent / "assistant/web/widget/words.js").read_text(encoding="utf-8")
    for text in (wording.CONSENT, wording.KEEP_WORDS, wording.FORM_INTRO, wording.GENERAL_CONTACT, wording.SORRY):
        assert text in words


def test_a_question_that_was_left_can_be_withdrawn_until_it_is() -> None:
    reply = reply_of(outcome="handoff", replies=[{"text": "Your reference is ENQ-ABCD-EFGH."}])
    [withdraw] = buttons(shown("reply", reply=reply, can_withdraw=True))
    assert withdraw["title"] == wording.WITHDRAW
    assert withdraw["card"]["actions"][0]["data"] == {"act": "withdraw", "reference": "ENQ-ABCD-EFGH"}
    gone = shown("update", reply=reply, can_withdraw=True, pressed={"withdrawn": True}, message="1")
    assert buttons(gone) == [] and wording.WITHDRAWN in json.dumps(gone.card)
    assert shown("reply", reply=reply).card is None
