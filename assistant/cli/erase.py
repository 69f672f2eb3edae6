"""`assistant erase`: erase everything held about a person."""

import click

from assistant.cli.console import output
from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings


@click.command()
@click.argument("name", metavar="REFERENCE_OR_CONVERSATION")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@pass_settings
def erase(settings: Settings, name: str, yes: bool) -> None:
    """Erase a conversation with everything said, logged or left in it, down to the bytes on the disk.

    A reference stands for the whole conversation that it was given in. Backups are not reached: erase again after
    restoring one.
    """
    from assistant.cli.scrubbing import scrub_and_tell
    from assistant.enquiries.erasure import find_conversation
    from assistant.messaging import erasing

    with opened_database(settings) as database:
        with database.read() as session:
            conversation = find_conversation(session, name).id
            held = erasing.count_held(session, conversation)
        if not yes:
            click.confirm(f"This erases {_in_words(held)}, for good. Go on?", abort=True, err=True)
        erased = erasing.erase(database, conversation)
        output.print(f"Erased: {_in_words(erased)}.", markup=False)
        scrub_and_tell(database)


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(f"{table.replace('_', ' ')} {count:,}" for table, count in counts.items())
