"""Send what waits in the outbox. A try that may have got through is looked for before the next."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from assistant.channels.cards import note_name
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.errors import log_unexpected
from assistant.messaging.couriers import Courier
from assistant.messaging.errors import PostDelayedError, PostError, PostRefusedError
from assistant.messaging.lanes import LONGEST_DELAY, LONGEST_WAIT, give_up, next_delay, put_off, renew
from assistant.messaging.models import Post, PostKind
from assistant.messaging.outbox import ClaimedPost, OpenPost, claim_posts, note_progress, note_sent, open_post
from assistant.review.answers import send_by_letter
from assistant.settings import Settings

logger = logging.getLogger(__name__)

MOST_AWAY = timedelta(minutes=1)  # between two looks whether a channel is there again
LONGEST_TRY = timedelta(seconds=25)
TOO_OLD = "WaitedTooLong"

T = TypeVar("T")


class Posting:
    """Sends posts through the couriers of their channels; those of a channel that is away wait."""

    def __init__(self, database: Database, cipher: Cipher, settings: Settings, couriers: Mapping[str, Courier]) -> None:
        self._database = database
        self._cipher = cipher
        self._settings = settings
        self._couriers = couriers
        self._away: dict[str, tuple[datetime, int]] = {}  # until when, and after how many looks in vain

    def claim(self, most: int) -> Sequence[ClaimedPost]:
        """Claim what is due in the channels that are there."""
        moment = now()
        there = [name for name in self._couriers if name not in self._away or self._away[name][0] <= moment]
        if not there:
            return ()
        with self._database.write() as session:
            return claim_posts(session, there, most)

    def renew(self, claimed: Sequence[ClaimedPost]) -> None:
        """Claim for longer what takes its time."""
        with self._database.write() as session:
            renew(session, [each.post for each in claimed], now())

    async def send(self, claimed: ClaimedPost) -> None:
        """Send one, and note what became of it."""
        post = claimed.post
        try:
            sent_as = await self._try(claimed)
        except PostRefusedError as error:
            await self._note(self._give_up, post, str(error))
        except PostDelayedError as error:
            if error.is_away:
                self._note_away(post.channel, error)
            await self._note(self._put_off, post, error)
        else:
            self._away.pop(post.channel, None)
            await self._note(_note_sent, post, sent_as)

    async def _try(self, claimed: ClaimedPost) -> str:
        """What the channel calls the message. Whatever goes wrong is a PostRefusedError or a PostDelayedError."""
        courier = self._couriers[claimed.post.channel]
        try:
            post = open_post(claimed.post, self._cipher)
        except ContactKeyError as error:
            seconds = LONGEST_DELAY.total_seconds()
            raise PostDelayedError(_name(error), retry_after=seconds, is_unsure=claimed.is_unsure) from None
        try:
            async with asyncio.timeout(LONGEST_TRY.total_seconds()):
                return await self._deliver(courier, post, claimed.is_unsure)
        except PostError:
            raise
        except Exception as error:
            log_unexpected(error)
            raise PostDelayedError(_name(error), is_unsure=True) from None

    async def _deliver(self, courier: Courier, post: OpenPost, is_unsure: bool) -> str:
        async def keep(progress: str | None) -> None:
            await asyncio.to_thread(self._keep, post.id, progress)

        found = await self._find(courier, post) if is_unsure else None
        return await courier.deliver(post, keep) if found is None else found

    async def _find(self, courier: Courier, post: OpenPost) -> str | None:
        try:
            return await courier.find(post)
        except PostDelayedError as error:
            error.is_unsure = True  # as unsure as before
            raise

    def _keep(self, post_id: int, progress: str | None) -> None:
        with self._database.write() as session:
            note_progress(session, post_id, progress)

    async def _note(self, change: Callable[[Session, Post, T], None], post: Post, detail: T) -> None:
        def unit() -> None:
            with self._database.write() as session:
                change(session, post, detail)

        await asyncio.to_thread(unit)

    def _put_off(self, session: Session, post: Post, error: PostDelayedError) -> None:
        if now() - post.created_at > LONGEST_WAIT:
            self._give_up(session, post, f"{TOO_OLD}: {error}")
            return
        logger.warning("Post %d to %s waits: %s", post.id, post.channel, error)
        put_off(session, post, str(error), now() + self._delay(post, error), is_unsure=error.is_unsure)

    def _delay(self, post: Post, error: PostDelayedError) -> timedelta:
        if error.retry_after:
            return min(timedelta(seconds=error.retry_after), LONGEST_DELAY)
        # Once the channel is there again, what waited for it is not kept waiting for hours of its own.
        return min(next_delay(post.attempts), MOST_AWAY if error.is_away else LONGEST_DELAY)

    def _give_up(self, session: Session, post: Post, fault: str) -> None:
        if not give_up(session, post, fault):
            return
        logger.error("Post %d to %s was given up: %s", post.id, post.channel, fault)
        send_by_letter(session, post.id, self._cipher, self._settings)  # a reviewer's answer has another way

    def _note_away(self, channel: str, error: PostDelayedError) -> None:
        moment = now()
        until, looks = self._away.get(channel, (moment, 0))
        if until > moment:
            return  # others that were under way have failed as well: that was one look
        wanted = timedelta(seconds=error.retry_after) if error.retry_after else next_delay(looks + 1)
        self._away[channel] = (moment + min(wanted, MOST_AWAY), looks + 1)


def _note_sent(session: Session, post: Post, sent_as: str) -> None:
    note_sent(session, post, sent_as)
    if post.kind == PostKind.REVIEW and sent_as:
        note_name(session, post, sent_as)


def _name(error: Exception) -> str:
    return type(error).__name__
