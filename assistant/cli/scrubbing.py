"""Leave no bytes, and say what the database did not let us do."""

from assistant.cli.console import console
from assistant.db.engine import Database
from assistant.db.scrubbing import scrub
from assistant.messaging.erasing import SCRUBBED_TABLES


def scrub_and_tell(database: Database) -> None:
    """Write the tables anew. Raises ScrubbingError when that could not be done."""
    for statement in scrub(database, SCRUBBED_TABLES):
        console.print(
            f"The database's role may not run {statement}, so PostgreSQL's log keeps the bytes for longer. "
            "Have an administrator run it.",
            style="yellow",
            markup=False,
        )
