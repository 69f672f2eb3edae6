import json

import pytest

from assistant.channels import wording
from assistant.channels.offers_by_stage import list_by_stage
from assistant.channels.slack.rendering import SlackMessage, form_view, home_view, render
from assistant.db.engine import Database
from assistant.enquiries.follow_ups import CONSENT_WORDING
from assistant.enquiries.outcomes import Outcome
from assistant.settings import Settings
from tests.support.block_kit_checks import check_message, check_view
from tests.support.made_up_posts import LINK, post_of, real_offers, reply_of


def shown(kind: str, **content: object) -> SlackMessage:
    message = render(post_of(kind, **content), Settings())
    check_message(message.text, message.blocks)
    return message


def buttons(message: SlackMessage) -> list[str]:
    return [each["action_id"] for block in message.blocks for each in block.get("elements", ())]


def test_an_offer_has_its_facts_once_and_is_asked_about(database: Database) -> None:
    offer = real_offers(database)[0]
    message = shown("reply", reply=reply_of(outcome="offer", replies=[{"text": offer["summary"]}], offers=[offer]))
    assert message.text.count(offer["summary"]) == 1
    assert f"*{offer['name']}*\nStage: commit. Current support.\nContact: <mailto:" in message.text
    assert f"Source: {offer['source']['title']}, as published in November 2022." in message.text
    assert "Your reference: ENQ-ABCD-EFGH. Was this useful?" in message.text
    assert buttons(message) == ["useful", "not_useful"]


def test_what_a_reply_tells_of_offers_stands_once_under_their_names(database: Database) -> None:
    offers = real_offers(database)[:2]
    told = [f"{offer['name']}. {offer['summary']} And more." for offer in offers]
    texts = []
    for offer, each in zip(offers, told, strict=True):
        texts += [each, "It belongs to the commit stage and is current support."]
        texts += [
            f"To find out more, write to {offer['contact']['email']}.",
            "From “It”, as published in November 2022.",
        ]
    texts.append("The strategy says nothing about what it costs.")
    message = shown("reply", reply=reply_of(outcome="list", replies=[{"text": text} for text in texts], offers=offers))
    for offer in offers:
        assert message.text.count(offer["name"]) == message.text.count(offer["summary"]) == 1
        assert f"*{offer['name']}*\n{offer['summary']} And more.\nStage: commit. Current support." in message.text
    assert message.text.startswith("The strategy says nothing about what it costs.")
    assert "belongs to" not in message.text and "To find out more" not in message.text and "From “" not in message.text


def test_a_person_who_is_told_of_is_not_named_again() -> None:
    person = {"name": "A B", "role": "Chair"}
    message = shown("reply", reply=reply_of(outcome="person", person=person, replies=[{"text": "A B is Chair."}]))
    assert message.text.count("A B") == 1


def test_all_offers_fit_into_one_message(database: Database) -> None:
    offers = real_offers(database)
    message = shown("reply", reply=reply_of(outcome="list", replies=[{"text": "These:\n• one"}], offers=offers))
    said = json.dumps(message.blocks)
    assert len(offers) == 19
    assert all(offer["name"] in said for offer in offers)
    assert wording.ASK_BY_NAME in said
    assert "more parts are left out" not in said
    assert "• one" not in said


@pytest.mark.parametrize("count", [0, 1, 12, 25, 26, 60])
def test_any_number_of_choices_are_buttons(count: int) -> None:
    choices = [{"id": f"id{number}", "label": f"Choice {number}"} for number in range(count)]
    message = shown("reply", reply=reply_of(outcome="clarify", choices=choices))
    assert [each for each in buttons(message) if each.startswith("choice:")] == [f"choice:{n}" for n in range(count)]


def test_choices_that_do_not_fit_are_counted() -> None:
    choices = [{"id": f"id{number}", "label": f"Choice {number}"} for number in range(300)]
    message = shown("reply", reply=reply_of(outcome="clarify", choices=choices))
    left = 300 - len([each for each in buttons(message) if each.startswith("choice:")])
    assert wording.MORE_CHOICES.format(count=left) in json.dumps(message.blocks)


def test_a_label_that_is_cut_on_its_button_stands_in_the_text() -> None:
    label = "A very long label " * 8
    assert label in shown("reply", reply=reply_of(outcome="clarify", choices=[{"id": "x", "label": label}])).text


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_answers_are_asked_about(outcome: Outcome) -> None:
    is_asked = "useful" in buttons(shown("reply", reply=reply_of(outcome=outcome.value)))
    assert is_asked == (outcome not in {"handoff", "crisis", "disclosure", "abuse", "smalltalk"})


def test_yes_is_said_to_one_question_only() -> None:
    message = shown("reply", reply=reply_of(outcome="unanswered", replies=[{"text": "Would you like a person?"}]))
    labels = [each["text"]["text"] for block in message.blocks for each in block.get("elements", ())]
    assert labels == ["Useful", "Not useful", wording.USE_FORM]


def test_a_question_can_be_left_in_a_form_where_it_can_be_left() -> None:
    for outcome in ("unanswered", "out_of_scope", "disclosure"):
        assert "leave_question" in buttons(shown("reply", reply=reply_of(outcome=outcome)))
    assert "leave_question" in buttons(shown("reply", reply=reply_of(outcome="handoff", expects="name")))
    assert "leave_question" not in buttons(shown("reply", reply=reply_of(outcome="handoff")))


def test_buttons_that_were_pressed_are_gone_and_it_is_said() -> None:
    reply = reply_of(outcome="clarify", choices=[{"id": "x", "label": "X"}], expects="question")
    message = shown("update", reply=reply, pressed={"choice": "X", "useful": True, "form": True}, message="1.1")
    assert buttons(message) == []
    for said in ("You chose: X", wording.THANKS, wording.FORM_SENT):
        assert said in message.text


def test_who_sent_the_form_is_not_asked_to_leave_the_question_again() -> None:
    reply = reply_of(outcome="unanswered", choices=[{"id": "x", "label": "Leave my question for a person"}])
    assert buttons(shown("update", reply=reply, pressed={"form": True}, message="1.1")) == ["useful", "not_useful"]


def test_a_reference_that_is_told_is_not_told_again() -> None:
    reply = reply_of(outcome="handoff", replies=[{"text": "Your reference is ENQ-ABCD-EFGH; you can ask me."}])
    assert shown("reply", reply=reply).text.count("ENQ-ABCD-EFGH") == 1


def test_telephone_numbers_in_need_are_links() -> None:
    reply = reply_of(outcome="crisis", replies=[{"text": "Call 999, or Samaritans on 116 123."}])
    assert "Call <tel:999|999>, or Samaritans on <tel:116123|116 123>." in shown("reply", reply=reply).text


def test_people_stand_with_their_roles() -> None:
    message = shown("reply", reply=reply_of(outcome="person", person={"name": "A B", "role": "Chair"}))
    assert "*A B*\nChair" in message.text


def test_a_review_offers_three_suggestions_until_it_is_decided() -> None:
    suggestions = [{"label": f"offer/{number}", "title": f"Offer {number}"} for number in range(3)]
    content = {"title": "A group", "lines": ["what is it"], "facts": ["Asked twice"], "group": 7, "version": 2}
    content |= {"suggestions": suggestions, "link": LINK, "can_decide": True}
    message = shown("review", **content)
    takes = ["decide:take:0", "decide:take:1", "decide:take:2"]
    assert buttons(message) == [*takes, "decide:out_of_scope", "decide:assign", "link:0"]
    value = next(block for block in message.blocks if block["type"] == "actions")["elements"][1]["value"]
    assert json.loads(value) == {"group": 7, "version": 2, "label": "offer/1"}
    assert buttons(shown("review", **content, decided="Taken by A.")) == []
    assert buttons(shown("review", **{**content, "can_decide": False})) == ["link:0"]


def test_the_page_has_every_offer_by_stage(database: Database) -> None:
    with database.read() as session:
        view = home_view({"stages": list_by_stage(session, Settings())})
    check_view(view)
    said = json.dumps(view)
    assert all(offer["name"] in said for offer in real_offers(database))
    assert "more parts are left out" not in said
    assert "computer program" in said


def test_the_form_asks_for_consent_in_the_words_of_the_widget() -> None:
    view = form_view("metadata", "What is it?")
    check_view(view)
    fields = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert list(fields) == ["question", "name", "email", "consent", "keep_words"]
    assert fields["consent"]["element"]["options"][0]["value"] == CONSENT_WORDING
    assert {field["element"]["action_id"] for field in fields.values()} == {"value"}
    assert [name for name, field in fields.items() if field.get("optional")] == ["keep_words"]


def test_a_question_that_was_left_can_be_withdrawn_until_it_is() -> None:
    reply = reply_of(outcome="handoff", replies=[{"text": "Your reference is ENQ-ABCD-EFGH."}])
    [*_, last] = shown("reply", reply=reply, can_withdraw=True).blocks
    [withdraw] = last["elements"]
    assert (withdraw["action_id"], withdraw["value"]) == ("withdraw", "ENQ-ABCD-EFGH")
    assert withdraw["confirm"]["confirm"]["text"] == wording.WITHDRAW_YES
    gone = shown("update", reply=reply, can_withdraw=True, pressed={"withdrawn": True}, message="1")
    assert buttons(gone) == [] and wording.WITHDRAWN in gone.text
    assert buttons(shown("reply", reply=reply)) == []
