import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.slack.arrivals import Workspace, from_action, from_command, from_home, from_message
from assistant.channels.slack.form_answers import CONSENT_OUTDATED, find_mistakes, from_form, metadata_of
from assistant.messaging.arrivals import Arrival, ArrivalKind
from tests.support.slack_caller import CHANNEL, DIRECT, command, direct, home, mention, press, sent_form

WHERE = Workspace("", "T1")


def message(payload: dict[str, Any]) -> Arrival:
    arrival = from_message(payload, WHERE)
    assert arrival is not None
    return arrival


def action(payload: dict[str, Any]) -> Arrival:
    arrival = from_action(payload, WHERE)
    assert arrival is not None
    return arrival


class TestPlaces:
    def test_direct_messages_by_whichever_way_are_one_place(self) -> None:
        written = message(direct("hello"))
        by_command = from_command(command("hello"), WHERE)
        greeted = from_home(home("messages"), WHERE)
        pressed = action(press({"action_id": "useful", "value": "R1"}))
        assert {each.place_id for each in (written, by_command, greeted, pressed) if each} == {written.place_id}
        assert by_command is not None and by_command.address["channel"] == ""

    def test_a_thread_a_channel_another_person_and_another_workspace_are_others(self) -> None:
        arrivals = [
            message(direct("hello")),
            message(direct("hello", thread_ts="1.5")),
            message(direct("hello", user="U2")),
            message(mention("hello", ts="2.5")),
            message(mention("hello", ts="2.6")),
            message(mention("hello", ts="2.5", user="U2")),
            message(mention("hello", ts="2.5", channel="C2")),
            from_message(direct("hello"), Workspace("", "T2")),
            from_message(direct("hello"), Workspace("E1", "T1")),
        ]
        assert len({each.place_id for each in arrivals if each}) == len(arrivals)

    def test_a_thread_goes_on_where_its_first_message_was(self) -> None:
        first = message(mention("hello", ts="2.5"))
        later = message(mention("hello", ts="2.9", thread_ts="2.5"))
        button = {"action_id": "useful", "value": "R1"}
        pressed = action(press(button, message="2.7", channel=CHANNEL, thread="2.5"))
        assert first.place_id == later.place_id == pressed.place_id
        assert not first.is_private and not pressed.is_private

    def test_a_button_of_a_direct_message_that_somebody_answered_in_a_thread_stays_outside(self) -> None:
        pressed = action(press({"action_id": "useful", "value": "R1"}, message="1.5", thread="1.5"))
        assert pressed.place_id == message(direct("hello")).place_id


class TestKeys:
    def test_each_delivery_of_an_event_has_the_same_key_and_another_event_another(self) -> None:
        payload = direct("hello", event_id="E1")
        assert message(payload).key == message(json.loads(json.dumps(payload))).key
        assert message(payload).key != message(direct("hello", event_id="E2")).key

    def test_a_message_and_its_mention_are_twins_and_two_messages_are_not(self) -> None:
        written = direct("<@UBOT> hello", ts="1.5")
        mentioned = mention("hello", ts="1.5", channel=DIRECT)
        assert message(written).twin == message(mentioned).twin
        assert message(direct("<@UBOT> hello", ts="1.6")).twin != message(written).twin

    def test_two_presses_are_two(self) -> None:
        button = {"action_id": "erase", "value": "-"}
        assert action(press(button)).key != action(press(button)).key


class TestActions:
    @pytest.mark.parametrize(
        ("pressed", "kind", "content"),
        [
            (
                {"action_id": "choice:3", "value": "abc", "text": {"type": "plain_text", "text": "Boards &amp; more"}},
                ArrivalKind.CHOICE,
                {"choice": "abc", "label": "Boards & more"},
            ),
            ({"action_id": "useful", "value": "R1"}, ArrivalKind.FEEDBACK, {"reference": "R1", "useful": True}),
            ({"action_id": "not_useful", "value": "R1"}, ArrivalKind.FEEDBACK, {"reference": "R1", "useful": False}),
            ({"action_id": "withdraw", "value": "R1"}, ArrivalKind.WITHDRAW, {"reference": "R1"}),
            ({"action_id": "erase", "value": "-"}, ArrivalKind.ERASE, {}),
            (
                {"action_id": "decide:take:0", "value": '{"group": 7, "version": 2, "label": "offer/x"}'},
                ArrivalKind.DECISION,
                {"group": 7, "version": 2, "act": "take", "label": "offer/x"},
            ),
            (
                {"action_id": "decide:out_of_scope", "value": '{"group": 7, "version": 2, "label": ""}'},
                ArrivalKind.DECISION,
                {"group": 7, "version": 2, "act": "out_of_scope", "label": ""},
            ),
            (
                {"action_id": "decide:assign", "value": '{"group": 7, "version": 2, "label": ""}'},
                ArrivalKind.DECISION,
                {"group": 7, "version": 2, "act": "assign", "label": ""},
            ),
            (
                {
                    "action_id": "decide:other",
                    "selected_option": {"value": '{"group": 7, "version": 2, "label": "offer/y"}'},
                },
                ArrivalKind.DECISION,
                {"group": 7, "version": 2, "act": "take", "label": "offer/y"},
            ),
        ],
    )
    def test_each_button_is_what_it_says(self, pressed: Any, kind: ArrivalKind, content: dict[str, Any]) -> None:
        arrival = action(press(pressed, message="1.5"))
        assert (arrival.kind, arrival.content) == (kind, {**content, "message": "1.5"})

    @pytest.mark.parametrize("name", ["link:0", "something", "decide:shout", "decide:take:0"])
    def test_any_other_is_nothing(self, name: str) -> None:
        assert from_action(press({"action_id": name, "value": "x"}), WHERE) is None


class TestMessages:
    def test_a_file_with_words_is_a_message_and_without_it_is_said_that_there_are_files(self) -> None:
        files = {"files": [{"id": "F1", "mimetype": "audio/mp4"}]}
        for more in (files, {"subtype": "file_share"}, {**files, "subtype": "file_share"}):
            assert message(direct("look", **more)).content == {"text": "look"}
            assert message(direct("", **more)).content == {"text": "", "files": True}
            assert message(mention("look", **more)).content == {"text": "look"}
            assert message(mention("", **more)).content == {"text": "", "files": True}
        assert message(direct("")).content == {"text": ""}

    @pytest.mark.parametrize("said", [direct, mention])
    def test_what_was_edited_is_not_answered_anew(self, said: Callable[..., dict[str, Any]]) -> None:
        edited = said("hello", edited={"user": "U1", "ts": "1.6"})
        assert from_message(edited, WHERE) is None

    def test_a_bare_mention_wants_to_know_what_the_assistant_is(self) -> None:
        assert message(mention("")).kind == ArrivalKind.WELCOME

    def test_its_own_mention_is_left_out_even_where_slack_does_not_say_who_it_is(self) -> None:
        payload = {**mention("what is it?"), "authorizations": []}
        assert message(payload).content == {"text": "what is it?"}

    @given(st.text())
    def test_whatever_somebody_writes_comes_through_the_inbox_unchanged(self, text: str) -> None:
        arrival = message(direct(text))
        assert Arrival.from_dict(json.loads(json.dumps(arrival.to_dict()))) == arrival

    @given(
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                         st.sampled_from(["type", "user", "text", "channel", "ts", "bot_id", "tab", "id"]), inner)),
    )  # fmt: skip
    def test_no_event_is_too_strange(self, inner: Any) -> None:
        event = inner if isinstance(inner, dict) else {"type": "message", "user": inner}
        for turn in (from_message, from_home):
            turn({"event": event, "authorizations": inner}, WHERE)
        from_action({"actions": inner, "user": inner, "container": inner}, WHERE)
        from_command({"user_id": inner, "text": inner}, WHERE)


class TestTheForm:
    def test_it_is_answered_where_it_was_opened(self) -> None:
        pressed = press({"action_id": "leave_question"}, message="2.7", channel=CHANNEL, thread="2.5")
        arrival = from_form(sent_form(metadata_of(pressed, WHERE), keeps=True), WHERE)
        assert arrival is not None
        assert arrival.place_id == message(mention("hello", ts="2.5")).place_id
        assert arrival.content == {
            "question": "Is there parking?", "name": "Ade Okafor", "email": "ade@nhs.net", "keep_words": True,
            "message": "2.7",
        }  # fmt: skip

    def test_nothing_to_put_right(self) -> None:
        assert find_mistakes(sent_form("{}")["view"]) == {}

    def test_consent_to_another_wording_is_none(self) -> None:
        outdated = sent_form("{}", wording="consent of long ago")["view"]
        assert find_mistakes(outdated) == {"consent": CONSENT_OUTDATED}

    def test_a_form_that_holds_nothing_has_every_mistake(self) -> None:
        assert set(find_mistakes({})) == {"question", "name", "email", "consent"}
