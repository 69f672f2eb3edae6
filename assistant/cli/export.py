"""`assistant export`: what reviewers and editors did, back into the files that git keeps."""

import sys
from pathlib import Path

import click

from assistant.cli.console import console, output
from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings

NOTHING = "Nothing to export."


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another data folder to bring up to date, such as that of a git checkout.",
)
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit code 1 when something would change.")
@pass_settings
def export(settings: Settings, folder: Path | None, is_check: bool) -> None:
    """Write approved examples and published edits of the catalogue into the data folder, for git.

    Sentences are added to the files of data/nlu, and the fields that staff changed are changed in those of
    data/catalogue; everything else in the files stays as it is. All files are written, or none. Drafts and examples
    that were only proposed are not exported.
    """
    from assistant.catalogue.export import plan_catalogue
    from assistant.catalogue.file_changes import write_changes
    from assistant.review.example_files import list_withdrawn_in_files, plan_examples

    data = folder or settings.data_folder
    with opened_database(settings) as database, database.read() as session:
        changes = [*plan_examples(session, data / "nlu"), *plan_catalogue(session, data / "catalogue")]
        withdrawn = list_withdrawn_in_files(session, data / "nlu")
    if not is_check:
        write_changes(changes)
    for change in changes:
        output.print(f"{change.path.relative_to(data)}: {change.what}", markup=False, soft_wrap=True)
    if withdrawn:
        numbers = ", ".join(map(str, withdrawn))
        console.print(f"Withdrawn, but still in the files: examples {numbers}. Take them out by hand.", style="yellow")
    if not changes:
        output.print(NOTHING)
    elif is_check:
        sys.exit(1)
