"""`assistant slack manifest`. What Slack knows is written down here from its schema of manifests, version 1."""

import importlib
import importlib.util
import re
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from assistant.cli.main import assistant
from assistant.cli.slack import FOLDER

NAMES = ("manifest.yml", "manifest-socket.yml")
SCOPES = {
    "app_mentions:read", "channels:history", "chat:write", "commands", "groups:history", "im:history", "im:read",
    "im:write",
}  # fmt: skip
# Every key with the longest text it takes, or None.
KNOWN: dict[str, int | None] = {
    "display_information.name": 35,
    "display_information.description": 140,
    "display_information.long_description": 4000,
    "display_information.background_color": 7,
    "features.app_home.home_tab_enabled": None,
    "features.app_home.messages_tab_enabled": None,
    "features.app_home.messages_tab_read_only_enabled": None,
    "features.bot_user.display_name": 80,
    "features.bot_user.always_online": None,
    "features.slash_commands.command": 32,
    "features.slash_commands.url": 3000,
    "features.slash_commands.description": 2000,
    "features.slash_commands.usage_hint": 1000,
    "features.slash_commands.should_escape": None,
    "oauth_config.redirect_urls": 2500,
    "oauth_config.scopes.bot": 50,
    "settings.event_subscriptions.request_url": 3500,
    "settings.event_subscriptions.bot_events": 50,
    "settings.interactivity.is_enabled": None,
    "settings.interactivity.request_url": 3500,
    "settings.org_deploy_enabled": None,
    "settings.socket_mode_enabled": None,
    "settings.token_rotation_enabled": None,
}
SHORTEST_LONG_DESCRIPTION = 175


def run(*arguments: str, public_url: str | None = None) -> Result:
    return CliRunner().invoke(assistant, ["slack", "manifest", *arguments], env={"ASSISTANT_PUBLIC_URL": public_url})


def declared(module: str, name: str, otherwise: Any) -> Any:
    """A constant of the code that talks to Slack, where it is there."""
    full = f"assistant.channels.slack.{module}"
    return getattr(importlib.import_module(full), name) if importlib.util.find_spec(full) else otherwise


def leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Each value with the keys that lead to it; lists add nothing."""
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in leaves(each, f"{path}.{key}".lstrip("."))]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each, path)]
    return [(path, value)]


@pytest.fixture(params=NAMES)
def manifest(request: pytest.FixtureRequest) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((FOLDER / request.param).read_text(encoding="utf-8"))
    return read


class TestBothManifests:
    def test_slack_knows_every_key_and_takes_every_text(self, manifest: dict[str, Any]) -> None:
        found = leaves(manifest)
        assert {path for path, _ in found} - set(KNOWN) == set()
        assert [(path, len(value)) for path, value in found if len(str(value)) > (KNOWN[path] or 5)] == []
        assert len(manifest["display_information"]["long_description"]) >= SHORTEST_LONG_DESCRIPTION

    def test_every_address_is_a_placeholder(self, manifest: dict[str, Any]) -> None:
        addresses = [value for _, value in leaves(manifest) if "://" in str(value)]
        assert [each for each in addresses if not each.startswith("https://YOUR-HOST/")] == []

    def test_it_asks_for_these_scopes_and_no_others(self, manifest: dict[str, Any]) -> None:
        assert (
            set(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES == set(declared("install_pages", "SCOPES", SCOPES))
        )

    def test_it_has_the_command_that_the_assistant_takes(self, manifest: dict[str, Any]) -> None:
        commands = [each["command"] for each in manifest["features"]["slash_commands"]]
        assert commands == [declared("listeners", "COMMAND", "/support")]

    def test_it_hears_of_what_the_assistant_answers(self, manifest: dict[str, Any]) -> None:
        assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == {
            "app_mention", "message.im", "app_home_opened", "tokens_revoked", "app_uninstalled",
        }  # fmt: skip

    def test_tokens_do_not_expire(self, manifest: dict[str, Any]) -> None:
        assert manifest["settings"]["token_rotation_enabled"] is False


class TestTheTwo:
    def test_they_differ_in_addresses_and_in_socket_mode_only(self) -> None:
        plain, socket = (leaves(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))) for name in NAMES)
        without = [(path, value) for path, value in plain if "://" not in str(value)]
        switched = [(path, True if path == "settings.socket_mode_enabled" else value) for path, value in without]
        assert socket == switched

    def test_the_addresses_are_those_that_the_assistant_answers_at(self) -> None:
        text = (FOLDER / "manifest.yml").read_text(encoding="utf-8")
        paths = set(re.findall(r"https://YOUR-HOST(/\S+)", text))
        door, back = "/webhooks/slack", "/webhooks/slack/oauth"
        assert paths == {declared("door", "PATH", door), declared("install_pages", "OAUTH", back)}


class TestTheCommand:
    def test_it_prints_the_manifest_with_the_address(self) -> None:
        result = run("--url", "https://assistant.example.org/")
        settings = yaml.safe_load(result.output)["settings"]
        assert result.exit_code == 0 and "YOUR-HOST" not in result.output
        assert settings["event_subscriptions"]["request_url"] == "https://assistant.example.org/webhooks/slack"

    def test_it_takes_the_address_of_the_settings(self) -> None:
        result = run(public_url="https://assistant.example.org")
        assert len(re.findall(r"https://assistant\.example\.org/\w", result.output)) == 4

    def test_it_prints_the_one_without_addresses(self) -> None:
        result = run("--socket")
        assert yaml.safe_load(result.output)["settings"]["socket_mode_enabled"] is True and "://" not in result.output

    @pytest.mark.parametrize("url", ["", "http://assistant.example.org", "assistant.example.org", "https://a.org/path"])
    def test_it_says_what_to_do_about_an_address_that_slack_would_refuse(self, url: str) -> None:
        result = run("--url", url)
        assert result.exit_code == 2 and "Slack sends to https addresses only" in result.output
