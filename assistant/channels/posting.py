"""Send what waits in the outbox. A try that may have got through is looked for before the next."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assistant.channels.cards import note_card
from assistant.channels.units import in_unit
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.errors import log_unexpected
from assistant.messaging.couriers import Courier
from assistant.messaging.errors import PostDelayedError, PostError, PostRefusedError
from assistant.messaging.lanes import LONGEST_DELAY, LONGEST_WAIT, give_up, next_delay, put_off, renew
from assistant.messaging.models import ChannelName, Post, PostKind
from assistant.messaging.outbox import ClaimedPost, OpenPost, claim_posts, note_progress, note_sent, open_post
from assistant.review.answers import send_by_letter
from assistant.settings import Settings

logger = logging.getLogger(__name__)

MOST_AWAY = timedelta(minutes=1)  # between two looks whether a channel is there again
LONGEST_TRY = timedelta(seconds=25)
TOO_OLD = "WaitedTooLong"


class Posting:
    """Sends the posts of one channel through its courier; while it is away they wait."""

    def __init__(
        self, database: Database, cipher: Cipher, settings: Settings, channel: ChannelName, courier: Courier
    ) -> None:
        self._database = database
        self._cipher = cipher
        self._settings = settings
        self._channel = channel
        self._courier = courier
        self._away_until: datetime | None = None
        self._looks = 0  # in vain, since it was there last

    def claim(self, most: int) -> Sequence[ClaimedPost]:
        """Claim what is due, unless the channel is away."""
        if self._is_away():
            return ()
        with self._database.write() as session:
            return claim_posts(session, [self._channel], most)

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
            await in_unit(self._database.write, self._give_up, post, str(error))
        except PostDelayedError as error:
            if error.is_away:
                self._note_away(error)
            await in_unit(self._database.write, self._put_off, post, error)
        else:
            self._away_until, self._looks = None, 0
            await in_unit(self._database.write, self._note_sent, post, sent_as)

    async def _try(self, claimed: ClaimedPost) -> str:
        """What the channel calls the message. Whatever goes wrong is a PostRefusedError or a PostDelayedError."""
        try:
            post = open_post(claimed.post, self._cipher)
        except ContactKeyError as error:
            seconds = LONGEST_DELAY.total_seconds()
            raise PostDelayedError(_name(error), retry_after=seconds, is_unsure=claimed.is_unsure) from None
        try:
            async with asyncio.timeout(LONGEST_TRY.total_seconds()):
                return await self._deliver(post, claimed.is_unsure)
        except PostError:
            raise
        except Exception as error:
            log_unexpected(error)
            raise PostDelayedError(_name(error), is_unsure=True) from None

    async def _deliver(self, post: OpenPost, is_unsure: bool) -> str:
        async def keep(progress: str | None) -> None:
            await in_unit(self._database.write, note_progress, post.id, progress)

        found = await self._find(post) if is_unsure else None
        return await self._courier.deliver(post, keep) if found is None else found

    async def _find(self, post: OpenPost) -> str | None:
        """None too where the channel does not let us look. Somebody waits: twice is better than never."""
        try:
            return await self._courier.find(post)
        except PostRefusedError as error:
            logger.warning("Post %d to %s cannot be looked for, and is sent again: %s", post.id, post.channel, error)
            return None
        except PostDelayedError as error:
            error.is_unsure = True  # as unsure as before
            raise

    def _note_sent(self, session: Session, post: Post, sent_as: str) -> None:
        is_kept = note_sent(session, post, sent_as)
        if post.kind == PostKind.REVIEW:
            note_card(session, post, sent_as, is_kept=is_kept, cipher=self._cipher)

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
        try:
            send_by_letter(session, post.id, self._cipher, self._settings)  # a reviewer's answer has another way
        except ContactKeyError:
            logger.error("Post %d cannot be sent by e-mail instead: the key to the address is missing", post.id)

    def _is_away(self) -> bool:
        return self._away_until is not None and self._away_until > now()

    def _note_away(self, error: PostDelayedError) -> None:
        if self._is_away():
            return  # others that were under way have failed as well: that was one look
        self._looks += 1
        wanted = timedelta(seconds=error.retry_after) if error.retry_after else next_delay(self._looks)
        self._away_until = now() + min(wanted, MOST_AWAY)


def _name(error: Exception) -> str:
    return type(error).__name__
