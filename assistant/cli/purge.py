"""`assistant purge`: delete what was kept long enough."""

import click

from assistant.cli.console import console, output
from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings

IN_WORDS = {
    "closed": "questions left, closed without an answer",
    "drafts": "questions half left",
    "dialogue_states": "dialogue states",
    "contacts": "contact details of closed questions",
    "messages": "messages with their replies",
    "texts": "words of enquiries",
    "choices": "choices of old conversations",
    "inbox_given_up": "messages from channels that were switched off, given up",
    "posts_given_up": "messages to channels that were switched off, given up",
    "inbox": "marks of messages from channels",
    "posts": "messages to channels",
    "places": "places of old conversations in channels",
    "link_codes": "codes to link staff with, expired",
    "install_states": "installations begun and not finished",
    "waiting": "questions left that wait for an answer too long",
}


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count what would go.")
@pass_settings
def purge(settings: Settings, dry_run: bool) -> None:
    """Delete what was kept long enough, and leave no bytes of it on the disk.

    The server purges by itself every six hours; only this command also writes the tables anew.
    Counts of enquiries stay.
    The periods are settings: ASSISTANT_KEEP_TEXT_DAYS and its neighbours.
    """
    from assistant.cli.scrubbing import scrub_and_tell
    from assistant.db.base import now
    from assistant.enquiries import retention
    from assistant.enquiries.encryption import open_cipher
    from assistant.enquiries.outbox import lapse_teller
    from assistant.messaging import keeping

    periods = retention.Periods.of(settings)
    with opened_database(settings) as database:
        if dry_run:
            with database.read() as session:
                counts = keeping.count_due(session, now(), periods)
        else:
            with console.status("Purging …"):
                tell = lapse_teller(open_cipher(settings), settings)
                counts = keeping.purge(database, now(), periods, tell)
                scrub_and_tell(database)
    _show(counts, dry_run)


def _show(counts: dict[str, int], dry_run: bool) -> None:
    from rich.table import Table

    table = Table("What", "Would go" if dry_run else "Gone")
    table.columns[1].justify = "right"
    for name, words in IN_WORDS.items():
        if name != "waiting":
            table.add_row(words, f"{counts[name]:,}")
    output.print(table)
    if counts["waiting"]:
        console.print(f"{counts['waiting']:,} {IN_WORDS['waiting']}: please answer them.", style="yellow")
