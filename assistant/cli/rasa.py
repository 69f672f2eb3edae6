"""`assistant rasa ...`: Rasa's own command line, without TensorFlow."""

import sys
from itertools import takewhile
from pathlib import Path

import click
import yaml

from assistant.engine import lean


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(arguments: tuple[str, ...]) -> None:
    """Rasa's own command line in the lean set-up, for example `assistant rasa shell`."""
    for config in _configs(arguments):
        if config.is_file():
            lean.refuse_tensorflow_components(yaml.safe_load(config.read_text(encoding="utf-8")) or {})
    lean.install()
    import rasa.__main__

    sys.argv = ["rasa", *arguments]
    rasa.__main__.main()


def _configs(arguments: tuple[str, ...]) -> list[Path]:
    """The files that `--config` names, else Rasa's default. Rasa itself says only that it knows no such component."""
    options = list(arguments)
    for place, option in enumerate(options):
        if option in ("-c", "--config"):
            return [Path(value) for value in takewhile(lambda value: not value.startswith("-"), options[place + 1 :])]
        if option.startswith("--config="):
            return [Path(option.partition("=")[2])]
    return [Path("config.yml")]
