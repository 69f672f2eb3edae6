"""What activities mean. They are as Teams writes them."""

from typing import Any

import pytest

from assistant.channels.teams.arrivals import read_arrival
from assistant.channels.teams.errors import ActivityUnreadableError
from assistant.enquiries.follow_ups import CONSENT_WORDING
from assistant.messaging.arrivals import Arrival, ArrivalKind
from tests.support.teams_messages import Message
from tests.support.teams_stand_in import BOT, TENANT, TeamsStandIn

TEAMS = TeamsStandIn(url="https://smba.trafficmanager.net")
CARD = Message("17", "a:personal", {})


def read(activity: dict[str, Any]) -> Arrival:
    """What somebody did."""
    arrival = read_arrival(activity)
    assert arrival is not None
    return arrival


def test_a_message_in_a_personal_chat() -> None:
    arrival = read(TEAMS.activity("Who leads this?", id="1"))
    assert (arrival.kind, arrival.content, arrival.is_private) == (
        ArrivalKind.MESSAGE,
        {"text": "Who leads this?"},
        True,
    )
    assert arrival.place == (TENANT, "a:personal", "member")
    assert arrival.who == (TENANT, "member")
    assert arrival.address == {
        "service_url": "https://smba.trafficmanager.net/emea/",
        "conversation": "a:personal",
        "tenant": TENANT,
        "user": "29:member",
        "bot": BOT,
        "is_personal": "yes",
        "reply_to": "1",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<at>Enquiries</at> who leads this?", "who leads this?"),
        ("who leads this, <at>Enquiries</at>?\n", "who leads this, ?"),
        ("<at>Enquiries</at>&nbsp;R&amp;D &lt;3", "R&D <3"),
        ('<at>Enquiries</at> ask <at id="1">Joan</at>', "ask somebody"),
        ("<at>Enquiries</at> &amp;lt; &copy;", "&lt; &copy;"),
    ],
)
def test_a_mention_in_a_channel_without_the_assistants_name(text: str, said: str) -> None:
    arrival = read({**TEAMS.in_channel(""), "text": text})
    assert (arrival.content, arrival.is_private) == ({"text": said}, False)
    assert arrival.place[1] == "19:channel@thread.tacv2;messageid=1"


GROUP = {"id": "19:group@thread.v2", "conversationType": "groupChat", "isGroup": True, "tenantId": TENANT}


def test_in_a_group_chat_only_what_is_said_to_the_assistant_is_taken_and_others_read_along() -> None:
    arrival = read(TEAMS.in_channel("who leads this?", conversation=GROUP))
    assert (arrival.kind, arrival.is_private, arrival.address["is_personal"]) == (ArrivalKind.MESSAGE, False, "")
    assert arrival.place == (TENANT, "19:group@thread.v2", "member")
    assert read_arrival(TEAMS.in_channel("who leads this?", conversation=GROUP, entities=[])) is None


def test_an_assistant_that_is_mentioned_twice_is_asked_once() -> None:
    mention = TEAMS.in_channel("")["entities"][0]
    activity = TEAMS.in_channel("", entities=[mention, mention])
    arrival = read({**activity, "text": "<at>Enquiries</at> who leads this? <at>Enquiries</at>"})
    assert arrival.content == {"text": "who leads this?"}


def test_nobody_else_who_is_mentioned_is_passed_on_by_name() -> None:
    own = TEAMS.in_channel("")["entities"][0]
    jane = {"type": "mention", "text": "<at>Jane Smith</at>", "mentioned": {"id": "29:jane", "name": "Jane Smith"}}
    text = "<at>Enquiries</at> can <at>Jane Smith</at> and <at>Joan</at> come, or <at>Jane Smith</at>?"
    arrival = read({**TEAMS.in_channel("", entities=[jane, own]), "text": text})
    assert arrival.content == {"text": "can somebody and somebody come, or somebody?"}
    direct = read(TEAMS.activity("Who helps <at>Jane Smith</at>?", entities=[jane]))
    assert direct.content == {"text": "Who helps somebody?"}


def test_the_same_ids_in_two_tenants_are_different_people_places_and_messages() -> None:
    def in_tenant(tenant: str) -> Arrival:
        conversation = {"id": "a:personal", "conversationType": "personal", "tenantId": tenant}
        return read(TEAMS.activity(id="1", conversation=conversation, channelData={"tenant": {"id": tenant}}))

    first, second = in_tenant("first"), in_tenant("second")
    assert first.key != second.key
    assert first.who_id != second.who_id
    assert first.place_id != second.place_id


def test_a_mention_and_nothing_else_is_met_with_a_welcome() -> None:
    html = {"contentType": "text/html", "content": "<p><at>Enquiries</at>&nbsp;</p>"}
    assert read(TEAMS.in_channel("")).kind == ArrivalKind.WELCOME
    assert read(TEAMS.in_channel("", attachments=[html])).kind == ArrivalKind.WELCOME


@pytest.mark.parametrize(
    "attachment",
    [
        {
            "contentType": "image/*",
            "contentUrl": "https://smba.trafficmanager.net/emea/v3/attachments/1/views/original",
        },
        {"contentType": "text/html", "content": '<p><img alt="GIF" src="https://example.org/a.gif"></p>'},
        {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "a.pdf", "content": {}},
        {"contentType": "audio/mp4"},
    ],
    ids=lambda each: each["contentType"],
)
def test_files_without_a_word_are_told_from_an_empty_message(attachment: dict[str, Any]) -> None:
    for activity in (TEAMS.activity("", attachments=[attachment]), TEAMS.in_channel("", attachments=[attachment])):
        arrival = read(activity)
        assert (arrival.kind, arrival.content) == (ArrivalKind.MESSAGE, {"text": "", "files": True})
    assert read(TEAMS.activity("Look", attachments=[attachment])).content == {"text": "Look"}
    assert read(TEAMS.activity("")).content == {"text": ""}
    assert read_arrival(TEAMS.in_channel("", attachments=[attachment], entities=[])) is None


@pytest.mark.parametrize(
    "entities",
    [
        [],
        [{"type": "mention", "text": "<at>Enquiries</at>", "mentioned": {"id": "29:joan", "name": "Enquiries"}}],
    ],
    ids=["nobody", "somebody of that name"],
)
def test_what_is_said_among_others_and_not_to_the_assistant_is_not_taken(entities: list[Any]) -> None:
    assert read_arrival(TEAMS.in_channel("who leads this?", entities=entities)) is None


def test_a_chat_and_a_channel_and_two_people_in_one_thread_are_different_places() -> None:
    other = {"id": "29:other", "aadObjectId": "other"}
    places = {
        read(activity).place_id
        for activity in (
            TEAMS.activity(),
            TEAMS.in_channel("hello"),
            TEAMS.in_channel("hello", thread="2"),
            TEAMS.in_channel("hello", **{"from": other}),
        )
    }
    assert len(places) == 4


@pytest.mark.parametrize(
    ("value", "kind", "content"),
    [
        (
            {"act": "choice", "choice": "c1", "label": "For boards"},
            ArrivalKind.CHOICE,
            {"choice": "c1", "label": "For boards", "message": "17"},
        ),
        (
            {"act": "useful", "reference": "E-1"},
            ArrivalKind.FEEDBACK,
            {"reference": "E-1", "useful": True, "message": "17"},
        ),
        (
            {"act": "withdraw", "reference": "E-1"},
            ArrivalKind.WITHDRAW,
            {"reference": "E-1", "message": "17"},
        ),
        (
            {"act": "not_useful", "reference": "E-1"},
            ArrivalKind.FEEDBACK,
            {"reference": "E-1", "useful": False, "message": "17"},
        ),
        (
            {
                "act": "form",
                "question": "Q?",
                "name": "A",
                "email": "a@nhs.net",
                "consent": "true",
                "wording": CONSENT_WORDING,
                "keep_words": "true",
            },
            ArrivalKind.FORM,
            {"question": "Q?", "name": "A", "email": "a@nhs.net", "keep_words": True, "message": "17"},
        ),
        (
            {"act": "form", "question": "Q?", "name": "A", "email": "a@nhs.net", "consent": "false"},
            ArrivalKind.FORM,
            {"consent": "missing", "message": "17"},
        ),
        (
            {"act": "decide", "do": "take", "group": 5, "version": 2, "label": "offer/x"},
            ArrivalKind.DECISION,
            {"group": 5, "version": 2, "act": "take", "label": "offer/x", "message": "17"},
        ),
        (
            {"act": "decide", "do": "take_other", "group": 5, "version": 2, "label": "offer/y"},
            ArrivalKind.DECISION,
            {"group": 5, "version": 2, "act": "take", "label": "offer/y", "message": "17"},
        ),
        (
            {"act": "decide", "do": "assign", "group": 5, "version": 2},
            ArrivalKind.DECISION,
            {"group": 5, "version": 2, "act": "assign", "label": "", "message": "17"},
        ),
        ({"act": "erase"}, ArrivalKind.ERASE, {}),
    ],
)
def test_what_a_button_means(value: dict[str, Any], kind: ArrivalKind, content: dict[str, Any]) -> None:
    arrival = read(TEAMS.pressed(CARD, value))
    assert (arrival.kind, arrival.content) == (kind, content)
    invoke = {"name": "adaptiveCard/action", "value": {"trigger": "manual", "action": _execute(value)}}
    arrival = read({**TEAMS.pressed(CARD, {}, type="invoke"), **invoke})
    assert (arrival.kind, arrival.content) == (kind, content)


def _execute(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Action.Execute", "verb": "press", "data": value}


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"act": "launch"},
        {"act": ["choice"]},
        {"act": "decide", "do": "take", "group": "5", "version": 1},
        {"act": "decide", "do": "take", "group": True, "version": 1},
        {"act": "decide", "do": "purge", "group": 5, "version": 1},
        {"act": "decide"},
        "choice",
        [],
        5,
    ],
    ids=repr,
)
def test_a_button_that_is_not_ours_means_nothing(value: Any) -> None:
    assert read_arrival(TEAMS.pressed(CARD, value)) is None


def test_what_is_missing_from_a_button_is_empty() -> None:
    arrival = read(TEAMS.pressed(CARD, {"act": "choice", "choice": {"$ne": 1}}))
    assert arrival.content == {"choice": "", "label": "", "message": "17"}


def test_who_opens_the_chat_is_welcomed_once_however_often_they_are_added() -> None:
    added = [
        TEAMS.activity(None, type="conversationUpdate", id=str(n), membersAdded=[{"id": who}])
        for n, who in enumerate((BOT, "29:member"))
    ]
    arrivals = [read(each) for each in added]
    assert {each.kind for each in arrivals} == {ArrivalKind.WELCOME}
    assert len({each.key for each in arrivals}) == 1


@pytest.mark.parametrize(
    "activity",
    [
        {"type": "installationUpdate", "action": "add"},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "messageDelete"},
        {"type": "messageUpdate"},
        {"type": "typing"},
        {"type": "event", "name": "application/vnd.microsoft.readReceipt"},
        {"type": "invoke", "name": "composeExtension/query"},
        {"type": "something new"},
        {"type": "conversationUpdate", "membersRemoved": [{"id": "29:other"}]},
        {"from": {"id": BOT, "name": "Enquiries"}},
        {"from": {"id": "28:another", "name": "Another", "role": "bot"}},
    ],
    ids=lambda each: str(each.get("type", each.get("from"))),
)
def test_what_asks_for_nothing_is_not_taken(activity: dict[str, Any]) -> None:
    assert read_arrival({**TEAMS.activity(), **activity}) is None


def test_a_channel_that_gets_the_assistant_is_not_greeted() -> None:
    activity = TEAMS.in_channel("", type="conversationUpdate", membersAdded=[{"id": BOT}])
    assert read_arrival(activity) is None


def test_a_message_with_html_beside_it_is_taken_as_text() -> None:
    attachments = [{"contentType": "text/html", "content": "<p>Who leads <b>this</b>?</p>"}]
    assert read(TEAMS.activity("Who leads this?", attachments=attachments)).content == {"text": "Who leads this?"}


@pytest.mark.parametrize(
    "activity",
    [
        {"type": None},
        {"type": 5},
        {"text": 5},
        {"from": None},
        {"from": "29:member"},
        {"recipient": {}},
        {"conversation": None},
        {"conversation": {"id": 5}},
        {"id": {"$ne": 1}},
        {"entities": "mention"},
        {"channelData": []},
        {"id": None},
    ],
    ids=str,
)
def test_what_is_no_activity_is_said_to_be_none(activity: dict[str, Any]) -> None:
    given = {name: each for name, each in {**TEAMS.activity(), **activity}.items() if each is not None}
    with pytest.raises(ActivityUnreadableError):
        read_arrival(given)


@pytest.mark.parametrize(
    ("given", "consent"),
    [
        ({"consent": "true", "wording": "2020-01-01"}, "outdated"),
        ({"consent": "true"}, "outdated"),
        ({"consent": "true", "wording": [CONSENT_WORDING]}, "outdated"),
        ({"consent": "false", "wording": CONSENT_WORDING}, "missing"),
        ({"consent": True, "wording": CONSENT_WORDING}, "missing"),
        ({"wording": CONSENT_WORDING}, "missing"),
    ],
    ids=repr,
)
def test_nothing_is_taken_from_a_form_without_consent_to_what_is_said_today(
    given: dict[str, Any], consent: str
) -> None:
    form = {"act": "form", "question": "Q?", "name": "A", "email": "a@nhs.net", "keep_words": "true", **given}
    assert read(TEAMS.pressed(CARD, form)).content == {"consent": consent, "message": "17"}
