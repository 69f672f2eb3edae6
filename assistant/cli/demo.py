"""`assistant demo`: a month of invented enquiries, and the console on them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import track
from rich.table import Table

from assistant.cli.console import console, output
from assistant.cli.serve import serve
from assistant.cli.setup import pass_settings, prepare_database, prepare_model
from assistant.errors import AssistantError
from assistant.settings import PREFIX, Settings, load_settings

if TYPE_CHECKING:
    from assistant.db.engine import Database
    from assistant.demo.colleagues import SignIn
    from assistant.demo.loading import Tools
    from assistant.demo.script import Script
    from assistant.demo.visits import Visit
    from assistant.enquiries.engine import TurnReply

DATABASE, FOLDER = "demo.db", "demo"
# Where and how it runs. Nothing else is taken over: invented letters go to nobody, and no key of one's own is used.
TAKEN_OVER = frozenset(
    f"{PREFIX}{name}"
    for name in ("HOST", "PORT", "LOG_LEVEL", "DATA_FOLDER", "MODELS_FOLDER", "GENERAL_EMAIL", "GENERAL_PHONE")
)
LEARNT = ("encoder", "names", "care")  # what need not be learnt again for the demonstration


class NotADemoError(AssistantError):
    """The database holds real enquiries or staff, or cannot be begun anew."""


@click.command()
@click.option("--database", "url", metavar="URL", help="Another database than demo.db in the var folder.")
@click.option("--serve/--no-serve", "is_served", default=True, help="Start the server on it afterwards.")
@click.option("--live", is_flag=True, help="Ask the live model what is invented, instead of taking the file's word.")
@click.option("--fresh", is_flag=True, help="Delete the demonstration's own SQLite file first, and begin anew.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed makes up another month.")
@click.pass_context
@pass_settings
def demo(
    settings: Settings, context: click.Context, url: str | None, is_served: bool, live: bool, fresh: bool, seed: int
) -> None:
    """Show the console with a month of invented enquiries, in a database of its own.

    Prints how its three members of staff sign in; each run gives them new passwords and recovery codes, which stand for
    the second factor, so that no authenticator app is needed. What was loaded stays as it was
    left, until --fresh. No e-mail is sent.
    """
    settings = _settings_of_demo(settings, url or f"sqlite:///{settings.var_folder / DATABASE}")
    if fresh:
        _delete_file(settings)
    with closing(prepare_database(settings)) as database:
        if live:
            prepare_model(settings, database)
        sign_ins = _load(settings, database, live, seed)
        if is_served:  # after loading, so that a first model learns from the invented reviewers' examples as well
            prepare_model(settings, database)
    _show(settings, sign_ins, is_served)
    if is_served:
        context.obj = settings
        context.invoke(serve)


def _settings_of_demo(settings: Settings, url: str) -> Settings:
    """Settings of the demonstration's own, put into the environment as well: server and actions read them there."""
    folder = settings.var_folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in LEARNT:
        _share(settings.var_folder / name, folder / name)
    for name in [name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in TAKEN_OVER]:
        del os.environ[name]
    os.environ[f"{PREFIX}DATABASE_URL"] = url
    os.environ[f"{PREFIX}VAR_FOLDER"] = str(folder)
    return load_settings()


def _share(folder: Path, link: Path) -> None:
    """What is learnt once serves both."""
    folder.mkdir(exist_ok=True)
    if not link.exists():
        link.symlink_to(folder.resolve(), target_is_directory=True)


def _delete_file(settings: Settings) -> None:
    """Delete the database if it is a file and a demonstration's. Raises NotADemoError."""
    from sqlalchemy.engine import make_url

    from assistant.db.engine import Database, is_missing_file
    from assistant.db.migrate import upgrade
    from assistant.demo.loading import Held, find_held

    if is_missing_file(settings.database_url):
        return
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NotADemoError("Only a file can be begun anew. Make another database, and name it with --database.")
    database = Database(settings.database_url)
    upgrade(database.engine)
    with database.read() as session:
        held = find_held(session)
    database.close()
    if held is Held.REAL:
        raise NotADemoError("This database holds real enquiries or staff, so it is not deleted.")
    for ending in ("", "-wal", "-shm"):
        Path(f"{url.database}{ending}").unlink(missing_ok=True)


def _load(settings: Settings, database: Database, live: bool, seed: int) -> list[SignIn]:
    """Load the month unless it is there, and let its staff in. Raises NotADemoError."""
    from assistant.db.base import now
    from assistant.demo.colleagues import let_in
    from assistant.demo.loading import Held, find_held, load_demo, settle
    from assistant.demo.script import read_script
    from assistant.enquiries.encryption import open_cipher

    script = read_script(settings.data_folder)
    with database.read() as session:
        held = find_held(session)
    if held is Held.REAL:
        raise NotADemoError(
            "This database holds real enquiries or staff, and invented ones have no place in it. Leave out --database, "
            "or name another one."
        )
    if held is Held.DEMO:
        console.print("The demonstration is loaded already, and stays as it was left. Begin anew with --fresh.")
    else:
        tools = _tools(settings, database, script, live)
        moment = now()
        with database.write() as session:
            count = load_demo(session, script, tools, moment, seed=seed)
        settle(database, tools.encode, moment)
        console.print(f"Loaded {count:,} invented enquiries of the last month. Nobody asked any of them.")
    with database.write() as session:
        return let_in(session, script.story.staff, open_cipher(settings))


def _tools(settings: Settings, database: Database, script: Script, live: bool) -> Tools:
    from assistant.demo.loading import Tools
    from assistant.enquiries.encryption import open_cipher
    from assistant.enquiries.redactor import Redactor
    from assistant.matching.encoder import meanings, shared_encoder
    from assistant.matching.names.learning import open_names
    from assistant.registry.promotions import find_live

    encoder = shared_encoder(settings.encoder_graph)
    names = open_names(settings.encoder_graph, settings.data_folder, settings.names_folder)
    with database.read() as session:
        live_model = find_live(session)
    return Tools(
        settings=settings,
        cipher=open_cipher(settings),
        redact=Redactor(database, settings, names.find),
        encode=lambda texts: meanings(encoder.encode(texts)),
        model=live_model.model.name if live_model else "",
        told=_ask_live(settings, database, script) if live else {},
        track=_tracked,
    )


def _ask_live(settings: Settings, database: Database, script: Script) -> dict[str, TurnReply]:
    import warnings

    from rich.progress import Progress

    from assistant.demo.live import ask_desk

    with warnings.catch_warnings(record=True):
        from assistant.engine.opening import open_desk  # imports Rasa

        desk = open_desk(settings, database)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Asking the model …", total=sum(len(ask.texts) for ask in script.asks))
        return ask_desk(desk, script.asks, lambda: progress.advance(task))


def _tracked(visits: Sequence[Visit]) -> Iterator[Visit]:
    return iter(track(visits, "Making up a month …", console=console, transient=True))


def _show(settings: Settings, sign_ins: Sequence[SignIn], is_served: bool) -> None:
    # Without lines, so that a terminal of 80 characters cuts nothing off.
    table = Table("Role", "E-mail", "Password", "Recovery code", box=None, padding=(0, 2, 0, 0))
    for each in sign_ins:
        table.add_row(each.role, each.email, each.password, each.recovery_code)
    output.print(table)
    address = f"http://{settings.host}:{settings.port}"
    if is_served:
        output.print(f"Open {address}/staff and sign in; give the recovery code in place of an app's.", soft_wrap=True)
        output.print(f"What members see is on {address}", soft_wrap=True)
    else:
        output.print("Start the server on it with: assistant demo")
