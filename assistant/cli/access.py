"""`assistant access`: a person's copy of everything held about them."""

import json

import click

from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings


@click.command()
@click.argument("reference")
@pass_settings
def access(settings: Settings, reference: str) -> None:
    """Print everything held about the person of REFERENCE as JSON, contact details readable; nothing of others."""
    from assistant.enquiries.encryption import open_cipher
    from assistant.review.copies import copy_of

    with opened_database(settings) as database, database.read() as session:
        held = copy_of(session, reference, open_cipher(settings))
    click.echo(json.dumps(held, ensure_ascii=False, indent=2))
