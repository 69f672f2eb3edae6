"""`assistant teams`: the app package that Teams is given."""

import json
import re
import zipfile
from pathlib import Path
from string import Template
from uuid import UUID

import click
from pydantic import HttpUrl

from assistant.cli.console import console
from assistant.cli.setup import pass_settings
from assistant.settings import Settings

FOLDER = Path(__file__).parents[2] / "deploy" / "teams"
MANIFEST = "manifest.json"
ICONS = ("color.png", "outline.png")
SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows: the same input gives the same bytes
READABLE = 0o644 << 16
UNIX = 3
HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
VERSION = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")
LONGEST_ORGANISATION = 32  # Microsoft's schema of the manifest


@click.group()
def teams() -> None:
    """Setting up Microsoft Teams."""


@teams.command()
@click.option("--host", help="Host of the server, such as assistant.example.org; without it that of the public URL.")
@click.option("--app-id", help="Application (client) id of the registration; without it ASSISTANT_TEAMS_APP_ID.")
@click.option("--organisation", default="NHS Confederation", show_default=True, help="Who offers the app.")
@click.option("--privacy-url", help="The organisation's privacy notice, https; without it the public URL.")
@click.option("--terms-url", help="The organisation's terms of use, https; without it the public URL.")
@click.option("--version", default="1.0.0", show_default=True, help="Raise it each time that the package changes.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("teams-app.zip"),
    show_default=True,
    help="Where to write it.",
)
@pass_settings
def package(
    settings: Settings,
    host: str | None,
    app_id: str | None,
    organisation: str,
    privacy_url: str | None,
    terms_url: str | None,
    version: str,
    output: Path,
) -> None:
    """Write the package to upload in the Teams admin centre: manifest and two icons.

    Needs ASSISTANT_PUBLIC_URL, https. The same input gives the same file, byte for byte.

    \b
      assistant teams package --host assistant.example.org
      assistant teams package --app-id 00000000-0000-0000-0000-000000000000 --output app.zip
    """
    public_url = _https(str(settings.public_url or ""), "Set ASSISTANT_PUBLIC_URL to where askers reach the server")
    values = {
        "app_id": _app_id(app_id or settings.teams_app_id),
        "host": _host(host or str(HttpUrl(public_url).host)),
        "organisation": _organisation(organisation),
        "privacy_url": _https(privacy_url, "Give --privacy-url") if privacy_url else public_url,
        "terms_url": _https(terms_url, "Give --terms-url") if terms_url else public_url,
        "public_url": public_url,
        "version": _version(version),
    }
    write_package(output, fill_manifest(values))
    console.print(f"Wrote {output}. Upload it in the Teams admin centre under Teams apps, Manage apps.", markup=False)


def fill_manifest(values: dict[str, str]) -> bytes:
    """The template with these values. Raises UsageError where the template is not there."""
    escaped = {name: json.dumps(value)[1:-1] for name, value in values.items()}
    return Template(_read(MANIFEST).decode()).substitute(escaped).encode()


def write_package(output: Path, manifest: bytes) -> None:
    """Write the zip: what Teams asks for, at the top level. Raises UsageError where it cannot be written."""
    files = {MANIFEST: manifest} | {name: _read(name) for name in ICONS}
    try:
        with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
            for name, content in files.items():
                entry = zipfile.ZipInfo(name, SAME_TIME)
                entry.external_attr, entry.create_system = READABLE, UNIX
                archive.writestr(entry, content)
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}. Choose another --output.") from None


def _read(name: str) -> bytes:
    try:
        return (FOLDER / name).read_bytes()
    except FileNotFoundError:
        raise click.UsageError(f"{FOLDER / name} is missing. Run this in a checkout of the project.") from None


def _app_id(given: str | None) -> str:
    if not given:
        raise click.UsageError(
            "Give --app-id, or set ASSISTANT_TEAMS_APP_ID: the application (client) id of the registration in Entra."
        )
    try:
        return str(UUID(given))
    except ValueError:
        raise click.UsageError(
            "The app id is no application (client) id. It looks like 00000000-0000-0000-0000-000000000000."
        ) from None


def _host(host: str) -> str:
    if not HOST.fullmatch(host.lower()):
        raise click.UsageError("A host is a name only, such as assistant.example.org: no https://, port or path.")
    return host.lower()


def _organisation(name: str) -> str:
    if not 0 < len(name.strip()) <= LONGEST_ORGANISATION:
        raise click.UsageError(f"Teams takes 1 to {LONGEST_ORGANISATION} characters for --organisation.")
    return name.strip()


def _version(version: str) -> str:
    if not VERSION.fullmatch(version):
        raise click.UsageError("A --version has three numbers, such as 1.0.1.")
    return version


def _https(url: str, what_to_do: str) -> str:
    try:
        parsed = HttpUrl(url)
    except ValueError:
        parsed = None
    if parsed is None or parsed.scheme != "https":
        raise click.UsageError(f"{what_to_do}, such as https://assistant.example.org. Teams takes https only.")
    return str(parsed)
