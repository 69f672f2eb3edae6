"""Work on the database from the event loop: in a thread, as one unit."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

P = ParamSpec("P")
T = TypeVar("T")


async def in_unit(
    unit: Callable[[], AbstractContextManager[Session]],
    work: Callable[Concatenate[Session, P], T],
    *given: P.args,
    **named: P.kwargs,
) -> T:
    """Do this with a session of the unit, `Database.read` or `Database.write`. Raises DatabaseUnavailableError."""

    def run() -> T:
        with unit() as session:
            return work(session, *given, **named)

    return await asyncio.to_thread(run)
