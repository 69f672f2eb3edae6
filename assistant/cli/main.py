"""The `assistant` command."""

import importlib
import sys

import click

from assistant.cli.console import console
from assistant.errors import AssistantError, SettingError
from assistant.settings import Settings, load_settings

# Exit codes: 0 done, 1 could not be done, 2 the call itself is wrong (click's own), 3 a setting is wrong.
FAILED, BAD_SETTING = 1, 3


class OneModuleEach(click.Group):
    """Commands from the modules of this package, imported when asked for: Rasa alone takes seconds."""

    names = (
        "serve", "demo", "chat", "ask", "check-examples", "train", "evaluate", "models", "export", "benchmark",
        "catalogue", "purge", "erase", "access", "keys", "staff", "digest", "slack", "teams", "doctor", "rasa",
    )  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of a newcomer's first day."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in self.names:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(f"assistant.cli.{name}"), name)
        return command


@click.group(cls=OneModuleEach, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def assistant(context: click.Context) -> None:
    """Answers members' questions about the NHS Confederation's support against racism."""
    try:
        context.obj = load_settings()
    except SettingError:
        if context.invoked_subcommand != "doctor":  # it reports what is wrong with the settings, beside the rest
            raise
    else:
        _keep_bytecode(context.obj)


def _keep_bytecode(settings: Settings) -> None:
    """Keep what Python compiles in a folder of ours where the environment forbids to keep it beside the code.

    Rasa's three thousand modules take four seconds to compile, at every start.
    """
    if sys.dont_write_bytecode:
        sys.pycache_prefix = str((settings.var_folder / "bytecode").resolve())
        sys.dont_write_bytecode = False


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
