"""The `assistant` command."""

import sys

import click

from assistant.cli.ask import ask
from assistant.cli.catalogue import catalogue
from assistant.cli.chat import chat
from assistant.cli.console import console
from assistant.cli.rasa import rasa
from assistant.cli.serve import serve
from assistant.cli.train import train
from assistant.errors import AssistantError, SettingError
from assistant.settings import load_settings

# Exit codes: 0 done, 1 could not be done, 2 the call itself is wrong (click's own), 3 a setting is wrong.
FAILED, BAD_SETTING = 1, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def assistant(context: click.Context) -> None:
    """Answers members' questions about the NHS Confederation's support against racism."""
    context.obj = load_settings()


for command in (serve, chat, ask, train, catalogue, rasa):
    assistant.add_command(command)


def main() -> None:
    """Run the command line; errors of ours are told in a sentence, not in a traceback."""
    try:
        assistant()
    except SettingError as error:
        console.print(str(error), style="red", markup=False)
        sys.exit(BAD_SETTING)
    except AssistantError as error:
        console.print(str(error), style="red", markup=False)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
