"""docs/channels.md stays true: paths, scopes, commands, settings, answers and figures are those of the code."""

import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from assistant.channels.answering import MOST_TRIES
from assistant.channels.posting import MOST_AWAY
from assistant.channels.slack import door
from assistant.channels.slack.install_pages import INSTALL, OAUTH, SCOPES
from assistant.channels.slack.listeners import COMMAND
from assistant.channels.teams.channel import PATH, STATUS
from assistant.channels.teams.tokens import CHANNEL
from assistant.cli.main import assistant
from assistant.messaging.health import TOO_LONG
from assistant.messaging.identities import LIFETIME
from assistant.messaging.lanes import CLAIM, LONGEST_DELAY, LONGEST_WAIT
from assistant.settings import PREFIX, Settings
from assistant.web.body_limit import LARGEST_DELIVERY
from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "channels.md").read_text(encoding="utf-8")
PLAYGROUND = json.loads((ROOT / "tests" / "browser" / "playground" / "package.json").read_text(encoding="utf-8"))
FOR_TESTS = {"slack_api_url", "teams_openid_url", "teams_login_url"}  # nobody who sets up a channel needs these
APP_ID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
EXAMPLE = "assistant.example.org"


class TestAddresses:
    def test_it_names_every_path_that_is_answered_and_no_other(self) -> None:
        assert set(re.findall(r"/webhooks/[a-z/]+[a-z]", DOCUMENT)) == {door.PATH, INSTALL, OAUTH, PATH}

    def test_it_names_the_hosts_that_the_server_has_to_reach(self) -> None:
        settings = Settings()
        urls = (settings.slack_api_url, settings.teams_openid_url, settings.teams_login_url)
        hosts = {*settings.teams_service_hosts, *(str(url.host) for url in urls)}
        assert [host for host in hosts if f"`{host}`" not in DOCUMENT] == []

    def test_it_explains_the_answers_that_refuse(self) -> None:
        explained = {int(status) for status in re.findall(r"^\| (\d{3}) \|", DOCUMENT, re.MULTILINE)}
        assert set(STATUS.values()) - {400} <= explained  # 400 is for what neither vendor sends
        assert f"More than {LARGEST_DELIVERY // 1024} KiB" in DOCUMENT


class TestSlack:
    def test_it_gives_a_reason_for_every_scope(self) -> None:
        table = DOCUMENT.partition("| the app may |")[2].partition("\n\n")[0]
        assert set(re.findall(r"`([a-z_:]+)`", re.sub(r"\|[^|]*\|$", "", table, flags=re.MULTILINE))) == set(SCOPES)

    def test_it_calls_the_command_as_it_is_heard(self) -> None:
        assert f"The command is `{COMMAND}`" in DOCUMENT

    @pytest.mark.parametrize("call", re.findall(r"`assistant (slack [^`]+)`", DOCUMENT))
    def test_its_commands_run_as_written(self, call: str) -> None:
        result = CliRunner().invoke(assistant, call.replace("HOST", EXAMPLE).split())
        assert result.exit_code == 0, result.output


class TestTeams:
    @pytest.mark.parametrize("call", re.findall(r"`assistant (teams [^`]+)`", DOCUMENT))
    def test_its_commands_run_as_written(self, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        environment = {"PUBLIC_URL": f"https://{EXAMPLE}", "TEAMS_APP_ID": APP_ID, "TEAMS_APP_SECRET": "s"}
        given = {PREFIX + name: value for name, value in environment.items()}
        result = CliRunner().invoke(assistant, call.replace("HOST", EXAMPLE).split(), env=given)
        assert result.exit_code == 0, result.output
        assert [path.name for path in tmp_path.iterdir()] == ["teams-app.zip"] and "`teams-app.zip`" in DOCUMENT

    def test_it_names_the_version_of_the_manifest(self) -> None:
        manifest = json.loads((ROOT / "deploy" / "teams" / "manifest.json").read_text(encoding="utf-8"))
        assert f"schema version {manifest['manifestVersion']}." in DOCUMENT

    def test_its_playground_is_the_one_that_is_tested(self) -> None:
        found = re.search(r"^npx -p (\S+) agentsplayground start -e (\S+) -c (\S+)", DOCUMENT, re.MULTILINE)
        assert found
        package, url, channel = found.groups()
        assert package in PLAYGROUND["dependencies"] and channel == CHANNEL
        assert (urlsplit(url).path, urlsplit(url).port) == (PATH, Settings().port)
        assert f"Node.js {PLAYGROUND['engines']['node'].removeprefix('>=')} or later" in DOCUMENT

    def test_the_server_starts_with_the_settings_of_the_playground(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given = re.findall(rf"^({PREFIX}\w+)=(\S+) assistant serve$", DOCUMENT, re.MULTILINE)
        for name, value in given:
            monkeypatch.setenv(name, value)
        assert given and Settings().teams_playground


class TestSettings:
    def test_it_tells_what_every_setting_is_for(self) -> None:
        names = {name for name in Settings.model_fields if name.startswith(("slack_", "teams_"))} - FOR_TESTS
        assert [name for name in sorted(names) if PREFIX + name.upper() not in DOCUMENT] == []


class TestFigures:
    def test_they_are_those_of_the_code(self) -> None:
        assert timedelta(seconds=10) == CLAIM and "taken up after some ten seconds" in DOCUMENT
        assert timedelta(hours=1) == LONGEST_DELAY and timedelta(minutes=1) == MOST_AWAY
        assert "up to an hour (a minute while" in " ".join(DOCUMENT.split())
        assert timedelta(hours=24) == LONGEST_WAIT and "After 24 hours it is given up" in " ".join(DOCUMENT.split())
        assert MOST_TRIES == 12 and "after a dozen tries" in DOCUMENT
        assert timedelta(minutes=10) == LIFETIME and "for ten minutes, once" in DOCUMENT

    def test_so_are_those_for_operators(self) -> None:
        operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
        assert timedelta(minutes=5) == TOO_LONG and "more than five minutes is marked" in operations
        assert f"{LARGEST_DELIVERY // 1024} KiB to `/webhooks/`" in operations
