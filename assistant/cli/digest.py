"""`assistant digest`: tell staff, where they work, what there is to do."""

import click

from assistant.cli.console import console, output
from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings


@click.command()
@click.option("--now", "is_now", is_flag=True, help="Send it whatever the hour, and even if it was sent today.")
@click.option("--dry-run", is_flag=True, help="Only show what it would say.")
@pass_settings
def digest(settings: Settings, is_now: bool, dry_run: bool) -> None:
    """Send the summary of what there is to do, if it is due today.

    The server does that by itself on weekdays, from the hour of ASSISTANT_DIGEST_HOUR. Where it goes is set by
    ASSISTANT_DIGEST_EMAILS, ASSISTANT_DIGEST_SLACK_URL and ASSISTANT_DIGEST_TEAMS_URL.
    """
    from assistant.db.base import now
    from assistant.mail.digests import NOTHING, Digests
    from assistant.mail.sender import open_sender
    from assistant.review.digest import count_work

    digests = Digests(settings, open_sender(settings))
    with opened_database(settings) as database:
        if dry_run:
            with database.read() as session:
                counts = count_work(session, now(), settings.data_folder / "catalogue")
            output.print("\n".join(counts.lines) or NOTHING, markup=False)
            return
        if not digests.has_ways:
            raise click.UsageError("It has nowhere to go. Set ASSISTANT_DIGEST_EMAILS or one of its neighbours.")
        told = digests.send_now(database) if is_now else digests.look(database)
    if told is None:
        console.print("Nothing was sent: it is not due, or nobody is needed.")
    else:
        output.print("\n".join(told.lines) or NOTHING, markup=False)
