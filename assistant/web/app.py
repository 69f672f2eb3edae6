"""The composition root: puts the web app together and starts what it needs."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import Depends, FastAPI

from assistant.catalogue.loader import load_catalogue
from assistant.channels.opening import Channels, open_channels
from assistant.console.routes import FILES, ROUTERS
from assistant.db.engine import Database, DatabaseUnavailableError
from assistant.db.migrate import upgrade
from assistant.engine.opening import open_desk
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.outbox import lapse_teller
from assistant.enquiries.retention import Periods
from assistant.errors import detail_of
from assistant.mail.sender import open_sender
from assistant.settings import Settings, load_settings
from assistant.staff.provider import open_provider
from assistant.web import catalogue, conversations, documentation, health, metrics, pages, withdrawal
from assistant.web.address_limit import AddressLimit
from assistant.web.body_limit import BodyLimit
from assistant.web.cross_origin import CrossOrigin
from assistant.web.effects import work_out_effects
from assistant.web.host_check import HostCheck
from assistant.web.letters import send_letters
from assistant.web.live_model import follow_live_model
from assistant.web.plain_chat import question_routes, routes
from assistant.web.plain_chat.openings import Openings
from assistant.web.problems import add_problem_handlers
from assistant.web.public_files import serve_public_files
from assistant.web.purging import Purging
from assistant.web.runs import carry_out_runs
from assistant.web.security_headers import SecurityHeaders
from assistant.web.sorting import sort_queue
from assistant.web.upkeep import keep_up, upkeep_jobs

logger = logging.getLogger(__name__)
RETRY_SECONDS = 2.0

DESCRIPTION = "Questions about the NHS Confederation's support against racism, as published in November 2022."


def create_app(settings: Settings | None = None, desk: EnquiryDesk | None = None) -> FastAPI:
    """The app. With a `desk` it answers at once; without, it opens one of its own when it starts."""
    settings = settings or load_settings()
    sender = open_sender(settings)
    jobs = upkeep_jobs(settings, sender)
    channels = open_channels(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if desk is not None:
            channels.open(desk)
        tasks = [
            asyncio.create_task(send_letters(app, sender)),
            asyncio.create_task(work_out_effects(app, settings)),
            asyncio.create_task(carry_out_runs(app, settings)),
            asyncio.create_task(follow_live_model(app)),
            asyncio.create_task(keep_up(app, jobs)),
            asyncio.create_task(_run_in_background(app, settings, channels)),
            asyncio.create_task(sort_queue(app)),
            asyncio.create_task(channels.run()),
        ]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    app = FastAPI(
        title="Member Enquiry Assistant", description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.settings = settings
    app.state.desk = desk
    app.state.provider = open_provider(settings)
    app.state.openings = Openings()
    app.state.purging = Purging(Periods.of(settings))
    for router in channels.routers:  # first: what they deliver has to be acknowledged in time
        app.include_router(router)
    limit = [Depends(AddressLimit(settings.messages_per_minute_per_address))]
    for part in (conversations, withdrawal, routes, question_routes):
        app.include_router(part.router, dependencies=limit)
    for part in (catalogue, health, metrics, pages, documentation):
        app.include_router(part.router)
    app.mount("/staff/static", serve_public_files(FILES), "staff-static")
    for router in ROUTERS:
        app.include_router(router)
    pages.mount_files(app)
    documentation.mount_assets(app)
    add_problem_handlers(app, settings)
    app.add_middleware(BodyLimit)
    if settings.widget_origins:
        app.add_middleware(
            CrossOrigin,
            allow_origins=settings.widget_origins,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=("Authorization", "Content-Type", "Idempotency-Key"),
            expose_headers=("Retry-After",),
        )
    app.add_middleware(HostCheck)
    app.add_middleware(SecurityHeaders)
    return app


async def _run_in_background(app: FastAPI, settings: Settings, channels: Channels) -> None:
    """Open the desk unless there is one, then purge for as long as the server runs."""
    if app.state.desk is None:
        await _open_when_possible(app, settings, channels)
    desk: EnquiryDesk | None = app.state.desk
    if desk is not None:
        await app.state.purging.run(desk.database, lapse_teller(desk.cipher, settings))


async def _open_when_possible(app: FastAPI, settings: Settings, channels: Channels) -> None:
    """Open the desk; while the database does not answer, try again, so that no restart is needed."""
    database = Database(settings.database_url)
    while True:
        try:
            opened = await asyncio.to_thread(_open, settings, database)
            channels.open(opened)  # before it says that it is ready: what a channel delivers then is taken
            app.state.desk = opened
        except DatabaseUnavailableError as error:
            logger.error("Not ready, trying again: %s", error)
            await asyncio.sleep(RETRY_SECONDS)
        except Exception as error:  # nothing that time would mend; an operator has to see it
            logger.critical("The assistant cannot start: %s", detail_of(error))
            signal.raise_signal(signal.SIGTERM)
            return
        else:
            logger.info("Ready with model %s", app.state.desk.engine.model)
            return


def _open(settings: Settings, database: Database) -> EnquiryDesk:
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, settings.data_folder / "catalogue")
    return open_desk(settings, database)
