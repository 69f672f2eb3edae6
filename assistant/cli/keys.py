"""`assistant keys`: make and change the key that contact details are encrypted with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.cli.console import console, output
from assistant.cli.setup import pass_settings
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.db.engine import Database
    from assistant.enquiries.encryption import Cipher
    from assistant.enquiries.key_rotation import Reencryption


@click.group()
def keys() -> None:
    """The keys that encrypt contact details: make one, change to it."""


@keys.command()
@pass_settings
def new(settings: Settings) -> None:
    """Print a new key.

    Nothing is changed: put it into ASSISTANT_CONTACT_KEY, in front of the key in use and a comma.
    """
    from assistant.enquiries.encryption import make_key

    click.echo(make_key())
    console.print(_how_to_change(settings), markup=False, soft_wrap=True)


@keys.command()
@pass_settings
def rotate(settings: Settings) -> None:
    """Encrypt contact details with the newest key.

    The newest is the first of ASSISTANT_CONTACT_KEY; those behind it only open what they encrypted. The server may go
    on running, once it was started with the new key in front. May be stopped and run again at any time. What none of
    the keys opens is left as it is, and listed; the exit code is then 1.
    """
    from assistant.db.engine import Database
    from assistant.db.migrate import upgrade
    from assistant.enquiries.encryption import open_cipher
    from assistant.enquiries.errors import ContactKeyError

    if settings.contact_key is None:
        raise ContactKeyError(f"ASSISTANT_CONTACT_KEY is not set. {_how_to_change(settings)}")
    cipher = open_cipher(settings)
    database = Database(settings.database_url)
    try:
        upgrade(database.engine)  # this imports every room's tables too
        done = _reencrypt_with_progress(database, cipher)
    finally:
        database.close()
    _report(done, settings)


def _reencrypt_with_progress(database: Database, cipher: Cipher) -> Reencryption:
    from assistant.enquiries.key_rotation import count_encrypted, reencrypt

    columns = (TextColumn("Encrypting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("encrypting", total=count_encrypted(database))
        return reencrypt(database, cipher, lambda values: progress.advance(task, values))


def _report(done: Reencryption, settings: Settings) -> None:
    from assistant.enquiries.encryption import find_generated_key
    from assistant.enquiries.errors import ContactKeyError

    output.print(f"Values encrypted again: {done.renewed}. Under the newest key already: {done.current}.")
    if not done.unreadable:
        output.print(
            "Every server has to run with the new key in front; if one does not, start it so and run this again. "
            f"Drop the old key from ASSISTANT_CONTACT_KEY in {settings.keep_contact_days} days: until then the links "
            "in letters already sent need it.",
            soft_wrap=True,
        )
        return
    for place in done.unreadable:
        output.print(f"No key opens {place}", markup=False, soft_wrap=True)
    generated = find_generated_key(settings)
    hint = f" It may be the generated key in {generated}." if generated else ""
    raise ContactKeyError(
        f"Values that no key in ASSISTANT_CONTACT_KEY opens, left as they are: {len(done.unreadable)}. Put the key "
        f"they were encrypted with behind the others, and run this again; until then drop none.{hint}"
    )


def _how_to_change(settings: Settings) -> str:
    """What to do for a change of keys, from the one in use."""
    from assistant.enquiries.encryption import find_generated_key

    generated = None if settings.contact_key is not None else find_generated_key(settings)
    if settings.contact_key is None and generated is None:
        return "No key is in use yet. Set ASSISTANT_CONTACT_KEY to a key that `assistant keys new` makes, and keep it."
    in_use = f"the generated key, which stands in {generated}" if generated else "the key in use"
    last = f" and delete {generated}" if generated else ""
    return (
        f"To change keys, set ASSISTANT_CONTACT_KEY to a key that `assistant keys new` makes, a comma and {in_use}. "
        f"Start the server again, run `assistant keys rotate`, then drop the old key from the setting{last}."
    )
