"""Send what waits in the outbox. A try that may have got through is looked for before the next."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.messaging.couriers import Courier
from assistant.messaging.errors import PostDelayedError, PostRefusedError
from assistant.messaging.lanes import LONGEST_DELAY, LONGEST_WAIT, give_up, next_delay, put_off
from assistant.messaging.models import Post
from assistant.messaging.outbox import ClaimedPost, OpenPost, claim_posts, note_progress, note_sent, open_post
from assistant.review.answers import send_by_letter
from assistant.settings import Settings

logger = logging.getLogger(__name__)

MOST_AWAY = timedelta(minutes=1)  # between two looks whether a channel is there again
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

    async def send(self, claimed: ClaimedPost) -> None:
        """Send one, and note what became of it."""
        post = claimed.post
        try:
            sent_as = await self._deliver(self._couriers[post.channel], open_post(post, self._cipher), claimed)
        except PostRefusedError as error:
            await self._note(self._give_up, post, str(error))
        except PostDelayedError as error:
            if error.is_away:
                self._note_away(post.channel)
            await self._note(self._put_off, post, error)
        except ContactKeyError as error:
            await self._note(self._put_off, post, PostDelayedError(type(error).__name__, retry_after=3600))
        else:
            self._away.pop(post.channel, None)
            await self._note(note_sent, post, sent_as)

    async def _deliver(self, courier: Courier, post: OpenPost, claimed: ClaimedPost) -> str:
        async def keep(progress: str | None) -> None:
            await asyncio.to_thread(self._keep, post.id, progress)

        found = await self._find(courier, post) if claimed.is_unsure else None
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
        wanted = timedelta(seconds=error.retry_after) if error.retry_after else next_delay(post.attempts)
        put_off(session, post, str(error), now() + min(wanted, LONGEST_DELAY), is_unsure=error.is_unsure)

    def _give_up(self, session: Session, post: Post, fault: str) -> None:
        logger.error("Post %d to %s was given up: %s", post.id, post.channel, fault)
        send_by_letter(session, post.id, self._cipher, self._settings)  # a reviewer's answer has another way
        give_up(session, post, fault)

    def _note_away(self, channel: str) -> None:
        _, looks = self._away.get(channel, (now(), 0))
        self._away[channel] = (now() + min(next_delay(looks + 1), MOST_AWAY), looks + 1)
