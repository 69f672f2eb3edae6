"""`assistant slack`: what Slack has to know of the assistant."""

from pathlib import Path

import click
from pydantic import HttpUrl

from assistant.cli.setup import pass_settings
from assistant.settings import Settings

FOLDER = Path(__file__).parents[2] / "deploy" / "slack"
PLACEHOLDER = "https://YOUR-HOST"


@click.group()
def slack() -> None:
    """Setting up Slack."""


@slack.command()
@click.option("--url", help="Where Slack reaches the server, https; without it ASSISTANT_PUBLIC_URL.")
@click.option("--socket", "is_socket", is_flag=True, help="For a server without a public address (Socket Mode).")
@pass_settings
def manifest(settings: Settings, url: str | None, is_socket: bool) -> None:
    """Print the app manifest for api.slack.com/apps, with your address in it.

    \b
      assistant slack manifest --url https://assistant.example.org
      assistant slack manifest --socket
    """
    if is_socket:
        click.echo(read_manifest("manifest-socket.yml"), nl=False)
        return
    origin = _origin(url) if url else _origin(str(settings.public_url or ""))
    click.echo(read_manifest("manifest.yml").replace(PLACEHOLDER, origin), nl=False)


def read_manifest(name: str) -> str:
    """The manifest as the repository has it. Raises UsageError where it is not there."""
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise click.UsageError(f"{FOLDER / name} is missing. Run this in a checkout of the project.") from None


def _origin(url: str) -> str:
    """Scheme and host of the address, without a slash at the end."""
    try:
        parsed = HttpUrl(url)
    except ValueError:
        parsed = None
    if parsed is None or parsed.scheme != "https" or not parsed.host or parsed.path not in {None, "/"} or parsed.query:
        raise click.UsageError(
            "Slack sends to https addresses only. Give --url https://your.host, or set ASSISTANT_PUBLIC_URL so; "
            "without a public address take --socket."
        )
    return str(parsed).rstrip("/")
