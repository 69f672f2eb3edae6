"""Acts of staff in a channel: who may do what, what becomes of it, and what is said."""

from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.catalogue.models import Example
from assistant.channels.review_cards import ReviewCards
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import Enquiry, Group
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.messaging.arrivals import ArrivalKind
from assistant.messaging.identities import give_code
from assistant.messaging.models import LinkCode, PostKind
from assistant.messaging.outbox import OpenPost
from assistant.review.assigning import assign
from assistant.review.decisions import Choice, claim_group, decide
from assistant.review.examples import propose
from assistant.review.models import Decision, DecisionKind
from assistant.settings import Settings
from assistant.staff.models import AuditEntry, Staff
from assistant.staff.roles import Role
from tests.support.asked import add_group
from tests.support.linked import add_linked
from tests.support.made_up_channel import MadeUpChannel

LABEL = "offer/lfhii"
OTHERS = ["offer/observatory", "small_talk/hello", "list_offers", "out_of_scope"]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Slack is on, with a place to review in."""
    slack = {"slack_signing_secret": "s", "slack_bot_token": "xoxb-1", "slack_review_channel": "C1"}
    return Settings(**{**settings.model_dump(), **slack, "public_url": "https://ask.example.org"})


@pytest.fixture
def cards(desk: EnquiryDesk) -> ReviewCards:
    """Switched on now."""
    cards = ReviewCards(desk)
    cards.go_round()
    return cards


async def show_group(
    database: Database, cards: ReviewCards, channel: MadeUpChannel, *texts: str | None, kind: str = "question"
) -> int:
    """A group of these texts, whose card is in the channel; returns its number."""
    with database.write() as session:
        number, _ = add_group(session, *texts, kind=kind, label=LABEL)
        group = session.get_one(Group, number)
        group.judged_by, group.others, group.first_at = "m", OTHERS, now()
    cards.go_round()
    await channel.sends()
    return number


def pressed(card: OpenPost, act: str = "take", **other: Any) -> dict[str, Any]:
    """What a button of this card sends."""
    content = card.content
    return {"group": content["group"], "version": content["version"], "act": act, "label": LABEL, **other}


def group_of(database: Database, number: int) -> Group:
    with database.read() as session:
        return session.get_one(Group, number)


class TestLinking:
    async def test_a_code_said_in_private_links(self, channel: MadeUpChannel, database: Database) -> None:
        with database.write() as session:
            staff = Staff(email="a@example.org", name="Ada Lovelace", role="reviewer")
            session.add(staff)
            session.flush()
            code = give_code(session, staff.id, now())
        await channel.says(f"`{code.lower()}`.")
        [notice] = await channel.does_everything()
        assert notice.kind is PostKind.NOTICE and "you are Ada Lovelace" in notice.content["texts"][0]
        await channel.says(code)
        assert "not known, was used" in (await channel.does_everything())[-1].content["texts"][0]

    async def test_a_code_that_others_read_is_burnt(self, channel: MadeUpChannel, database: Database) -> None:
        with database.write() as session:
            staff = Staff(email="a@example.org", name="Ada Lovelace", role="reviewer")
            session.add(staff)
            session.flush()
            code = give_code(session, staff.id, now())
        await channel.says(code, is_private=False)
        [notice] = await channel.does_everything()
        assert "Others can read this" in notice.content["texts"][0] and notice.address["aside"] == "yes"
        with database.read() as session:
            assert session.scalars(select(LinkCode)).all() == []

    @pytest.mark.parametrize(
        ("is_private", "said"), [(True, "send me nothing but the code"), (False, "Others can read this")]
    )
    async def test_a_code_among_other_words_is_burnt_and_never_reaches_the_desk(
        self, channel: MadeUpChannel, database: Database, is_private: bool, said: str
    ) -> None:
        with database.write() as session:
            staff = Staff(email="a@example.org", name="Ada Lovelace", role="reviewer")
            session.add(staff)
            session.flush()
            code = give_code(session, staff.id, now())
        await channel.says(f"The link - organisation: my code is {code}", is_private=is_private)
        [notice] = await channel.does_everything()
        assert notice.kind is PostKind.NOTICE and said in notice.content["texts"][0]
        with database.read() as session:
            assert session.scalars(select(LinkCode)).all() == []
            assert session.scalar(select(func.count(Enquiry.reference))) == 0

    @pytest.mark.parametrize("is_private", [True, False])
    @pytest.mark.parametrize(
        ("text", "outcome"),
        [
            ("Could you send me the link - registration for the programme", "offer"),
            ("the link \u2013 organisation page is broken and I want to kill myself", "crisis"),
            ("LINK-0000-0000-0000 I want to kill myself", "crisis"),
        ],
    )
    async def test_words_that_only_look_like_a_code_are_answered(
        self, channel: MadeUpChannel, text: str, outcome: str, is_private: bool
    ) -> None:
        await channel.says(text, is_private=is_private)
        [reply] = await channel.does_everything()
        assert (reply.kind, reply.content["reply"]["outcome"]) == (PostKind.REPLY, outcome)

    async def test_what_looks_like_a_code_never_reaches_the_desk(
        self, channel: MadeUpChannel, database: Database
    ) -> None:
        for _ in range(7):
            await channel.says("LINK-0000-0000-0000")
        sent = await channel.does_everything()
        assert "too many attempts" in sent[-1].content["texts"][0]
        with database.read() as session:
            assert session.scalar(select(func.count(Enquiry.reference))) == 0


class TestWhoMay:
    @pytest.mark.parametrize("role", Role)
    async def test_every_role_that_may_review(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards, role: Role
    ) -> None:
        add_linked(database, role=role)
        number = await show_group(database, cards, channel, "Is there parking?")
        await channel.delivers(ArrivalKind.DECISION, **pressed(channel.courier.sent[-1], message="message-1"))
        await channel.does_everything()
        assert group_of(database, number).closed_as == "label"

    @pytest.mark.parametrize(
        "who", [{"user": "U2"}, {"is_active": False}, {"channel": "teams"}], ids=["unlinked", "disabled", "elsewhere"]
    )
    async def test_nobody_else(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards, who: dict[str, Any]
    ) -> None:
        add_linked(database, **who)
        number = await show_group(database, cards, channel, "Is there parking?")
        card = channel.courier.sent[-1]
        for act in ("take", "out_of_scope", "assign"):
            await channel.delivers(ArrivalKind.DECISION, is_private=False, **pressed(card, act, message="message-1"))
        sent = (await channel.does_everything())[1:]
        assert {post.kind for post in sent} == {PostKind.NOTICE} and len(sent) == 3
        assert {post.address["aside"] for post in sent} == {"yes"}
        [text] = sent[0].content["texts"]
        assert "nothing was changed" in text and text.endswith("https://ask.example.org/staff/account/channels")
        group = group_of(database, number)
        assert (group.state, group.version, group.assignee_id) == ("open", 0, None)

    async def test_a_role_that_may_not_review_is_told(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("assistant.channels.acts.may", lambda role, permission: False)
        add_linked(database)
        number = await show_group(database, cards, channel, "Is there parking?")
        await channel.delivers(ArrivalKind.DECISION, **pressed(channel.courier.sent[-1], message="message-1"))
        assert "Your role does not allow this" in (await channel.does_everything())[-1].content["texts"][0]
        assert group_of(database, number).state == "open"

    async def test_whose_access_ended_after_linking_may_not_any_more(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards
    ) -> None:
        ada = add_linked(database)
        number = await show_group(database, cards, channel, "Is there parking?")
        await channel.delivers(ArrivalKind.DECISION, **pressed(channel.courier.sent[-1], message="message-1"))
        with database.write() as session:
            session.get_one(Staff, ada).is_active = False
        await channel.does_everything()
        assert group_of(database, number).state == "open"


class TestDeciding:
    async def test_the_top_suggestion_closes_it_teaches_and_is_recorded(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards
    ) -> None:
        ada = add_linked(database)
        await show_group(database, cards, channel, "Is there parking?", "Where do I park in Kigali?")
        await channel.delivers(ArrivalKind.DECISION, **pressed(channel.courier.sent[-1], message="message-1"))
        shown = (await channel.does_everything())[-1]
        assert shown.kind is PostKind.REVIEW and shown.content["message"] == "message-1"
        assert shown.content["decided"].startswith("Ada Lovelace said that it is “")
        assert not shown.content["can_decide"]
        with database.read() as session:
            decision = session.scalars(select(Decision)).one()
            assert (decision.kind, decision.label, decision.staff_id) == ("label", LABEL, ada)
            examples = session.scalars(select(Example).where(Example.id.in_(decision.examples))).all()
            assert {(each.text, each.label, each.state) for each in examples} == {
                ("Is there parking?", LABEL, "proposed"),
                ("Where do I park in Kigali?", LABEL, "proposed"),
            }
            entry = session.scalars(select(AuditEntry)).one()
            assert (entry.act, entry.staff_id, entry.details["channel"]) == ("decided", ada, "slack")

    async def test_pressed_twice_it_decides_once(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards
    ) -> None:
        add_linked(database)
        number = await show_group(database, cards, channel, "Is there parking?")
        for _ in range(2):
            await channel.delivers(ArrivalKind.DECISION, **pressed(channel.courier.sent[-1], message="message-1"))
        sent = (await channel.does_everything())[1:]
        assert [post.content["texts"] for post in sent if post.kind is PostKind.NOTICE] == [
            ["This group was changed meanwhile: Ada Lovelace said what it is. Nothing of yours was saved."]
        ]
        with database.read() as session:
            assert session.scalar(select(func.count(Decision.id))) == 1
            assert session.scalar(select(func.count(AuditEntry.number))) == 1
        assert group_of(database, number).version == 1

    @pytest.mark.parametrize("act", ["take", "out_of_scope", "assign"])
    async def test_its_record_is_that_of_the_console_with_the_channel(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards, act: str
    ) -> None:
        ada = add_linked(database)
        number = await show_group(database, cards, channel, "Is there parking?")
        await channel.delivers(ArrivalKind.DECISION, **pressed(channel.courier.sent[-1], act, message="message-1"))
        await channel.does_everything()
        with database.write() as session:
            other, _ = add_group(session, "Is there parking?")
            if act == "assign":
                assign(session, other, 0, ada, ada)
            else:
                label = LABEL if act == "take" else OUT_OF_SCOPE
                kind = DecisionKind.LABEL if act == "take" else DecisionKind.OUT_OF_SCOPE
                examples = propose(session, ["Is there parking?"], label, ada)
                decide(session, claim_group(session, other, 0), ada, Choice(kind, label=label), examples)
        with database.read() as session:
            card, console = session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        told_apart = {"examples", "decision"}  # numbers of rows
        here, there = ({k: v for k, v in each.details.items() if k not in told_apart} for each in (card, console))
        assert here == {**there, "channel": "slack"}
        assert card.details.keys() - {"channel"} == console.details.keys()
        assert (card.act, card.staff_id, card.subject) == (console.act, console.staff_id, f"group:{number}")

    async def test_what_has_a_fault_is_not_taught(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards
    ) -> None:
        add_linked(database)
        await show_group(database, cards, channel, "Write to [email] about parking", "Where is it?")
        card = channel.courier.sent[-1]
        await channel.delivers(ArrivalKind.DECISION, **pressed(card, "out_of_scope", label="", message="message-1"))
        shown = (await channel.does_everything())[-1]
        assert shown.content["decided"] == "Ada Lovelace said that it is not our subject."
        with database.read() as session:
            taught = session.scalars(select(Example).where(Example.state == "proposed")).all()
            assert [(each.text, each.label) for each in taught] == [("Where is it?", "out_of_scope")]

    async def test_it_is_assigned_to_whoever_pressed(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards
    ) -> None:
        ada = add_linked(database)
        number = await show_group(database, cards, channel, "Is there parking?")
        card = channel.courier.sent[-1]
        await channel.delivers(ArrivalKind.DECISION, **pressed(card, "assign", label="", message="message-1"))
        shown = (await channel.does_everything())[-1]
        assert "Assigned to Ada Lovelace" in shown.content["facts"] and shown.content["can_decide"]
        assert shown.content["version"] == 1 and "decided" not in shown.content
        assert group_of(database, number).assignee_id == ada

    async def test_of_two_at_once_one_decides_and_the_other_is_told(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards
    ) -> None:
        add_linked(database)
        add_linked(database, "U2", name="Grace Hopper")
        number = await show_group(database, cards, channel, "Is there parking?")
        card = channel.courier.sent[-1]
        await channel.delivers(ArrivalKind.DECISION, **pressed(card, message="message-1"))
        await channel.delivers(ArrivalKind.DECISION, user="U2", **pressed(card, "out_of_scope", message="message-1"))
        sent = (await channel.does_everything())[1:]
        [notice] = [post for post in sent if post.kind is PostKind.NOTICE]
        assert "Ada Lovelace said what it is" in notice.content["texts"][0]
        assert [post.content["decided"][:12] for post in sent if post.kind is PostKind.REVIEW] == ["Ada Lovelace"] * 2
        assert group_of(database, number).closed_as == "label"
        assert cards.go_round() == 0

    @pytest.mark.parametrize(
        "other",
        [
            {"label": "offer/none-such"}, {"label": "out_of_scope"}, {"label": ""}, {"label": None}, {"act": "dismiss"},
            {"group": 999}, {"group": "1"}, {"group": 2**40}, {"version": True}, {"version": -1}, {"act": ["take"]},
        ],
        ids=str,
    )  # fmt: skip
    async def test_what_is_no_button_of_ours_does_nothing(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards, other: dict[str, Any]
    ) -> None:
        add_linked(database)
        number = await show_group(database, cards, channel, "Is there parking?")
        content = {**pressed(channel.courier.sent[-1], message="message-1"), **other}
        await channel.delivers(ArrivalKind.DECISION, **content)
        sent = (await channel.does_everything())[1:]
        assert PostKind.NOTICE in {post.kind for post in sent}
        group = group_of(database, number)
        assert (group.state, group.version) == ("open", 0)

    async def test_where_care_was_due_nothing_is_decided_from_a_card(
        self, channel: MadeUpChannel, database: Database, cards: ReviewCards
    ) -> None:
        add_linked(database)
        number = await show_group(database, cards, channel, None, kind="disclosure")
        await channel.delivers(ArrivalKind.DECISION, **pressed(channel.courier.sent[-1], message="message-1"))
        assert "open the question in the console" in (await channel.does_everything())[1].content["texts"][0]
        assert group_of(database, number).state == "open"
