from sqlalchemy import func, select

from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry
from assistant.messaging.arrivals import ArrivalKind
from assistant.messaging.models import InboxMessage, PostKind
from tests.support.made_up_channel import MadeUpChannel


async def test_a_message_is_answered_once_however_often_it_is_delivered(
    channel: MadeUpChannel, database: Database
) -> None:
    new = [await channel.says("What is the observatory?", key="E1") for _ in range(3)]
    sent = await channel.does_everything()
    assert new == [True, False, False]
    assert [(post.kind, post.content["reply"]["outcome"]) for post in sent] == [(PostKind.REPLY, "offer")]
    await channel.says("What is the observatory?", key="E1")
    assert len(await channel.does_everything()) == 1
    with database.read() as session:
        assert session.scalar(select(func.count(Enquiry.reference))) == 1


async def test_two_events_for_one_message_are_one(channel: MadeUpChannel) -> None:
    assert await channel.says("hello", key="E1", twin="1.1")
    assert not await channel.says("hello", key="E2", twin="1.1")


async def test_nothing_that_was_said_stays_in_the_inbox(channel: MadeUpChannel, database: Database) -> None:
    await channel.says("What is the observatory?")
    await channel.answers()
    with database.read() as session:
        assert session.scalars(select(InboxMessage.arrival_encrypted)).all() == [None]


async def test_a_pressed_choice_is_answered_and_its_message_shown_anew(channel: MadeUpChannel) -> None:
    await channel.says("what about boards?")
    asked = (await channel.does_everything())[0]
    choice = asked.content["reply"]["choices"][0]
    pressed = {"choice": choice["id"], "label": choice["label"], "message": "message-1"}
    await channel.delivers(ArrivalKind.CHOICE, **pressed)
    sent = await channel.does_everything()
    kinds = {post.kind: post.content for post in sent[1:]}
    assert kinds[PostKind.REPLY]["reply"]["outcome"] == "offer"
    assert kinds[PostKind.UPDATE]["pressed"] == {"choice": choice["label"]}
