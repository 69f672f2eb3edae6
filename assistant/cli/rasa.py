"""`assistant rasa ...`: Rasa's own command line, without TensorFlow."""

import sys
from pathlib import Path

import click
import yaml

from assistant.engine import lean


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(arguments: tuple[str, ...]) -> None:
    """Rasa's own command line in the lean set-up, for example `assistant rasa shell`."""
    config = Path("config.yml")
    if config.exists():
        lean.refuse_tensorflow_components(yaml.safe_load(config.read_text(encoding="utf-8")) or {})
    lean.install()
    import rasa.__main__

    sys.argv = ["rasa", *arguments]
    rasa.__main__.main()
