"""Workspaces that installed the assistant, in our database: their tokens, encrypted, and installations just begun."""

import asyncio
import json
import logging
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import delete

from assistant.channels.slack.logs import library_log
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.messaging.arrivals import hash_of
from assistant.messaging.models import SlackInstallation, SlackInstallState
from assistant.tokens import hash_token, new_token

STATE_LIFE = timedelta(minutes=10)
NOT_KEPT = ("user_token", "user_refresh_token")  # we act as the assistant, and for nobody else


class Installations(AsyncInstallationStore):
    """One installation for each workspace, or for a whole organisation. A new one replaces what was there."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    @property
    def logger(self) -> logging.Logger:
        """Where Slack's library logs."""
        return library_log()

    async def async_save(self, installation: Installation) -> None:
        """Keep it. Raises DatabaseUnavailableError."""
        is_for_all = installation.is_enterprise_install
        name = _name(installation.enterprise_id, None if is_for_all else installation.team_id)
        kept = {key: value for key, value in installation.to_dict().items() if key not in NOT_KEPT}
        text = self._cipher.encrypt(json.dumps(kept, default=datetime.isoformat))

        def save() -> None:
            with self._database.write() as session:
                session.merge(SlackInstallation(id=name, installation_encrypted=text, installed_at=now()))

        await asyncio.to_thread(save)

    async def async_save_bot(self, bot: Bot) -> None:
        """Not needed: what Slack's library saves is the whole installation."""

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """That of the workspace, or else of its organisation. Raises DatabaseUnavailableError, ContactKeyError."""
        names = [] if is_enterprise_install or not team_id else [_name(enterprise_id, team_id)]
        names += [_name(enterprise_id, None)] if enterprise_id else []

        def find() -> bytes | None:
            with self._database.read() as session:
                rows = (session.get(SlackInstallation, name) for name in names)
                return next((row.installation_encrypted for row in rows if row is not None), None)

        found = await asyncio.to_thread(find)
        return Installation(**json.loads(str(self._cipher.decrypt(found)))) if found else None

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The assistant's own side of it. Raises DatabaseUnavailableError, ContactKeyError."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Drop it. Raises DatabaseUnavailableError."""
        await self.drop_of_before(enterprise_id, team_id, now())

    async def drop_of_before(self, enterprise: str | None, team: str | None, moment: datetime) -> None:
        """Drop one of before this moment: its token is worth nothing any more. Raises DatabaseUnavailableError."""
        is_it = (SlackInstallation.id == _name(enterprise, team), SlackInstallation.installed_at < moment)

        def drop() -> None:
            with self._database.write() as session:
                session.execute(delete(SlackInstallation).where(*is_it))

        await asyncio.to_thread(drop)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """The same: there are no installations of single users. Raises DatabaseUnavailableError."""
        await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)


def _name(enterprise: str | None, team: str | None) -> str:
    """Without a team it is for the whole organisation. Workspaces have names that no other organisation uses."""
    return hash_of("workspace", team) if team else hash_of("organisation", enterprise or "")


class InstallStates(AsyncOAuthStateStore):
    """Ties the end of an installation to its beginning: each state is good once, for ten minutes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def logger(self) -> logging.Logger:
        """Where Slack's library logs."""
        return library_log()

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A new state; those that are too old go. Raises DatabaseUnavailableError."""
        state = new_token()

        def issue() -> None:
            with self._database.write() as session:
                session.execute(delete(SlackInstallState).where(SlackInstallState.expires_at <= now()))
                session.add(SlackInstallState(state_hash=hash_token(state), expires_at=now() + STATE_LIFE))

        await asyncio.to_thread(issue)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it was good; it is so no longer. Raises DatabaseUnavailableError."""
        this = (SlackInstallState.state_hash == hash_token(state), SlackInstallState.expires_at > now())

        def consume() -> bool:
            with self._database.write() as session:
                used = session.scalars(delete(SlackInstallState).where(*this).returning(SlackInstallState.state_hash))
                return used.first() is not None

        return await asyncio.to_thread(consume)
