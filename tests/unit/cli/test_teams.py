"""`assistant teams package`. What Teams asks of a manifest is written down here from Microsoft's schema 1.25."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from assistant.cli import teams as module
from assistant.cli.main import assistant

APP_ID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
KNOWN = {
    "$schema", "manifestVersion", "version", "id", "developer", "name", "description", "icons", "accentColor", "bots",
    "validDomains",
}  # fmt: skip
LONGEST = {"short": 80, "full": 4000}
MOST_COMMANDS, LONGEST_TITLE = 12, 128


def run(tmp_path: Path, *arguments: str, **environment: str) -> Result:
    given = {"ASSISTANT_PUBLIC_URL": "https://assistant.example.org", "ASSISTANT_TEAMS_APP_ID": APP_ID} | environment
    given |= {"ASSISTANT_TEAMS_APP_SECRET": "secret"} if given["ASSISTANT_TEAMS_APP_ID"] else {}
    command = ["teams", "package", "--output", str(tmp_path / "app.zip"), *arguments]
    return CliRunner().invoke(assistant, command, env={name: value or None for name, value in given.items()})


def written(tmp_path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(tmp_path / "app.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def package(tmp_path: Path) -> dict[str, bytes]:
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    return written(tmp_path)


@pytest.fixture
def manifest(package: dict[str, bytes]) -> dict[str, Any]:
    filled: dict[str, Any] = json.loads(package["manifest.json"])
    return filled


class TestPackage:
    def test_it_holds_the_three_files_at_the_top(self, package: dict[str, bytes]) -> None:
        assert set(package) == {"manifest.json", "color.png", "outline.png"}

    def test_the_same_input_gives_the_same_bytes(self, package: dict[str, bytes], tmp_path: Path) -> None:
        before = (tmp_path / "app.zip").read_bytes()
        run(tmp_path)
        assert (tmp_path / "app.zip").read_bytes() == before

    def test_its_icons_are_as_large_as_teams_asks_for(self, package: dict[str, bytes]) -> None:
        color, outline = (Image.open(io.BytesIO(package[name])) for name in ("color.png", "outline.png"))
        assert (color.format, color.size, outline.format, outline.size) == ("PNG", (192, 192), "PNG", (32, 32))

    def test_its_outline_is_white_on_nothing(self, package: dict[str, bytes]) -> None:
        pixels = Image.open(io.BytesIO(package["outline.png"])).convert("RGBA").getdata()
        assert {pixel[:3] for pixel in pixels if pixel[3]} == {(255, 255, 255)}
        assert any(pixel[3] == 0 for pixel in pixels)

    def test_it_says_where_it_is_and_never_the_secret(self, tmp_path: Path) -> None:
        result = run(tmp_path)
        assert str(tmp_path / "app.zip") in result.output.replace("\n", "") and "secret" not in result.output
        assert b"secret" not in (tmp_path / "app.zip").read_bytes()


class TestManifest:
    def test_it_has_no_key_that_the_schema_does_not_know(self, manifest: dict[str, Any]) -> None:
        assert set(manifest) == KNOWN
        assert set(manifest["developer"]) == {"name", "websiteUrl", "privacyUrl", "termsOfUseUrl"}
        assert set(manifest["bots"][0]) == {"botId", "scopes", "isNotificationOnly", "supportsFiles", "commandLists"}

    def test_it_is_of_one_version_of_the_schema(self, manifest: dict[str, Any]) -> None:
        assert f"/v{manifest['manifestVersion']}/" in manifest["$schema"]

    def test_its_texts_are_within_the_limits(self, manifest: dict[str, Any]) -> None:
        assert len(manifest["name"]["short"]) <= 30 and len(manifest["name"]["full"]) <= 100
        assert all(0 < len(manifest["description"][name]) <= most for name, most in LONGEST.items())

    def test_the_bot_is_met_in_chats_groups_and_teams(self, manifest: dict[str, Any]) -> None:
        bot = manifest["bots"][0]
        assert (manifest["id"], bot["botId"], bot["scopes"]) == (APP_ID, APP_ID, ["personal", "team", "groupChat"])

    def test_its_commands_are_within_the_limits(self, manifest: dict[str, Any]) -> None:
        lists = manifest["bots"][0]["commandLists"]
        assert all(0 < len(each["commands"]) <= MOST_COMMANDS for each in lists)
        assert all(len(command["title"]) <= LONGEST_TITLE for each in lists for command in each["commands"])

    def test_it_is_filled_in(self, manifest: dict[str, Any]) -> None:
        assert "${" not in json.dumps(manifest)
        assert manifest["developer"]["privacyUrl"] == "https://assistant.example.org/"
        assert manifest["validDomains"] == ["assistant.example.org"]

    def test_what_is_given_goes_before_the_settings(self, tmp_path: Path) -> None:
        other = APP_ID.replace("6", "7")
        given = ("--app-id", other, "--host", "Bot.example.org", "--privacy-url", "https://example.org/privacy")
        assert run(tmp_path, *given, "--organisation", 'A "quoted" name').exit_code == 0
        filled = json.loads(written(tmp_path)["manifest.json"])
        assert (filled["id"], filled["validDomains"]) == (other, ["bot.example.org"])
        assert filled["developer"]["privacyUrl"] == "https://example.org/privacy"
        assert filled["developer"]["name"] == 'A "quoted" name'


class TestWhatItRefuses:
    @pytest.mark.parametrize(
        ("arguments", "environment", "said"),
        [
            ((), {"ASSISTANT_TEAMS_APP_ID": ""}, "Give --app-id"),
            (("--app-id", "the bot"), {}, "no application (client) id"),
            ((), {"ASSISTANT_PUBLIC_URL": ""}, "Set ASSISTANT_PUBLIC_URL"),
            ((), {"ASSISTANT_PUBLIC_URL": "http://assistant.example.org"}, "https only"),
            (("--host", "https://assistant.example.org"), {}, "A host is a name only"),
            (("--host", "localhost"), {}, "A host is a name only"),
            (("--privacy-url", "http://example.org"), {}, "Give --privacy-url"),
            (("--terms-url", "nowhere"), {}, "Give --terms-url"),
            (("--organisation", "x" * 33), {}, "1 to 32 characters"),
            (("--version", "1"), {}, "three numbers"),
        ],
    )
    def test_it_says_what_to_do(
        self, tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str
    ) -> None:
        result = run(tmp_path, *arguments, **environment)
        assert result.exit_code == 2 and said in result.output
        assert not (tmp_path / "app.zip").exists()

    def test_it_says_that_a_file_cannot_be_written(self, tmp_path: Path) -> None:
        result = run(tmp_path, "--output", str(tmp_path / "nowhere" / "app.zip"))
        assert result.exit_code == 2 and "Choose another --output" in result.output

    def test_it_says_that_the_template_is_missing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "FOLDER", tmp_path)
        result = run(tmp_path)
        assert result.exit_code == 2 and "checkout of the project" in result.output
