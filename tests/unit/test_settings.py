import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import AssistantError, SettingError
from assistant.settings import PREFIX, load_settings

CHANNEL_SECRETS = (
    "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_APP_TOKEN",
    "SLACK_REVIEW_CHANNEL", "TEAMS_APP_ID", "TEAMS_APP_SECRET", "TEAMS_TENANT_ID", "TEAMS_REVIEW_CHANNEL",
)  # fmt: skip
ONE = {"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxb-1"}
SEVERAL = {"SLACK_SIGNING_SECRET": "s", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "c"}
HALF = [
    ({"SLACK_SIGNING_SECRET": "s", "SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET together"),
    ({**ONE, "SLACK_CLIENT_SECRET": "c"}, "SLACK_CLIENT_SECRET together"),
    ({**ONE, "SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET together"),
    ({**ONE, **SEVERAL}, "not both"),
    ({"SLACK_REVIEW_CHANNEL": "C1"}, "SLACK_REVIEW_CHANNEL is refused while Slack is off"),
    ({**ONE, "SLACK_REVIEW_CHANNEL": "general"}, "such as C0123456789"),
    ({**ONE, "SLACK_REVIEW_CHANNEL": "D1"}, "such as C0123456789"),
    ({**SEVERAL, "SLACK_REVIEW_CHANNEL": "C1"}, "such as T0123456789/C0123456789"),
    ({"TEAMS_REVIEW_CHANNEL": "19:a@thread.tacv2"}, "TEAMS_REVIEW_CHANNEL is refused while Teams is off"),
    ({"TEAMS_TENANT_ID": "tenant"}, "TEAMS_TENANT_ID needs ASSISTANT_TEAMS_APP_ID"),
]

UNUSABLE = [
    ("PORT", "http"),
    ("PORT", ""),
    ("PORT", "-1"),
    ("PORT", "65536"),
    ("MESSAGES_PER_MINUTE", "-1"),
    ("MESSAGES_PER_MINUTE", "1.5"),
    ("MESSAGES_PER_MINUTE_PER_ADDRESS", "many"),
    ("TURN_SECONDS", "0"),
    ("TURN_SECONDS", "nan"),
    ("TURN_SECONDS", "inf"),
    ("KEEP_TEXT_DAYS", "0"),
    ("KEEP_CONTACT_DAYS", "0"),
    ("KEEP_STATE_HOURS", "0"),
    ("WARN_WAITING_DAYS", "0"),
    ("CLOSE_WAITING_DAYS", "0"),
    ("CLOSE_WAITING_DAYS", "9999999999"),
    ("LOG_LEVEL", "CHATTY"),
    ("MODELS_URL", ""),
    ("MODELS_URL", "models"),
    ("MODELS_URL", "s3://"),
    ("MODELS_URL", "s3:///live"),
    ("MODELS_URL", "s3://ab"),
    ("MODELS_URL", "s3://" + "a" * 64),
    ("MODELS_URL", "s3://Models"),
    ("MODELS_URL", "s3://my_models"),
    ("MODELS_URL", "s3://-models"),
    ("MODELS_URL", "s3://models-"),
    ("MODELS_URL", "s3://my..models"),
    ("MODELS_URL", "s3://192.168.0.1"),
    ("MODELS_URL", "s3://models:9000/live"),
    ("MODELS_URL", "s3://models//live"),
    ("MODELS_URL", "s3://models/../live"),
    ("MODELS_URL", "s3://models/."),
    ("MODELS_URL", "s3://models/live?region=eu-west-2"),
    ("MODELS_URL", "s3://models/live#newest"),
    ("MODELS_URL", "s3://models/two words"),
    ("MODELS_URL", "s3://models/live\n"),
    ("MODELS_URL", "https://models.example.org/live"),
    ("MAIL_FROM", "nobody"),
    ("PUBLIC_URL", "ask.example.org"),
    ("DIGEST_HOUR", "24"),
    ("DIGEST_EMAILS", "robin"),
    ("DIGEST_EMAILS", "robin@example.org,Eden <eden@example.org>"),
    ("DIGEST_SLACK_URL", "http://hooks.slack.com/services/hunter2"),
    ("DIGEST_SLACK_URL", "http://127.0.0.1.example.org/hunter2"),
    ("DIGEST_SLACK_URL", "hooks.slack.com"),
    ("DIGEST_TEAMS_URL", "https://"),
    ("DIGEST_TEAMS_URL", "https://[hunter2"),
    ("DIGEST_TEAMS_URL", "file:///etc/passwd"),
    *((name, value) for name in CHANNEL_SECRETS for value in ("", " ")),
    ("TEAMS_REVIEW_CHANNEL", "General"),
    ("TEAMS_REVIEW_CHANNEL", "19:abc@thread"),
    ("TEAMS_REVIEW_CHANNEL", "19%3Aabc%40thread.tacv2"),
    ("WIDGET_ORIGINS", "*"),
    ("WIDGET_ORIGINS", "null"),
    ("WIDGET_ORIGINS", "www.example.org"),
    ("WIDGET_ORIGINS", "//www.example.org"),
    ("WIDGET_ORIGINS", "https://"),
    ("WIDGET_ORIGINS", "https://*.example.org"),
    ("WIDGET_ORIGINS", "https://www.example.org/"),
    ("WIDGET_ORIGINS", "https://www.example.org/page"),
    ("WIDGET_ORIGINS", "https://www.example.org?"),
    ("WIDGET_ORIGINS", "https://user@www.example.org"),
    ("WIDGET_ORIGINS", "https://WWW.example.org"),
    ("WIDGET_ORIGINS", "https://www.example.org:"),
    ("WIDGET_ORIGINS", "https://www.example.org:0"),
    ("WIDGET_ORIGINS", "https://www.example.org:443"),
    ("WIDGET_ORIGINS", "http://www.example.org:80"),
    ("WIDGET_ORIGINS", "https://b\u00fccher.example"),
    ("WIDGET_ORIGINS", "https://www.example.org https://other.example.org"),
    ("WIDGET_ORIGINS", "https://www.example.org,*"),
    ("WIDGET_ORIGINS", "ftp://www.example.org"),
]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)


class TestDefaults:
    def test_it_listens_to_this_machine_only(self) -> None:
        settings = load_settings()
        assert (settings.host, settings.port) == ("127.0.0.1", 8000)

    def test_it_keeps_its_data_in_the_var_folder(self) -> None:
        settings = load_settings()
        assert settings.database_url == "sqlite:///var/assistant.db"
        assert settings.encoder_graph.parent.parent == settings.var_folder == Path("var")

    def test_it_limits_messages(self) -> None:
        settings = load_settings()
        assert (settings.messages_per_minute, settings.messages_per_minute_per_address) == (15, 300)

    def test_no_other_site_may_show_the_widget(self) -> None:
        assert load_settings().widget_origins == ()

    def test_it_shows_the_general_contact_of_the_source(self) -> None:
        settings = load_settings()
        assert (settings.general_email, settings.general_phone) == ("enquiries@nhsconfed.org", "020 7799 6666")


class TestReading:
    def test_it_reads_the_environment(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("ASSISTANT_PORT", "0")
        monkeypatch.setenv("ASSISTANT_VAR_FOLDER", str(tmp_path))
        settings = load_settings()
        assert settings.port == 0
        assert settings.encoder_graph.is_relative_to(tmp_path)

    def test_it_takes_a_limit_of_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASSISTANT_MESSAGES_PER_MINUTE", "0")
        assert load_settings().messages_per_minute == 0

    def test_it_takes_a_name_in_small_letters(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("assistant_port", "9000")
        assert load_settings().port == 9000

    def test_it_leaves_the_settings_of_others_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", "9000")
        monkeypatch.setenv("OTHER_ASSISTANT_PORT", "9000")
        assert load_settings().port == 8000

    @pytest.mark.parametrize(
        ("value", "origins"),
        [
            ("", ()),
            (" , ", ()),
            ("https://www.example.org", ("https://www.example.org",)),
            (
                " https://www.example.org ,http://localhost:8080,\nhttp://127.0.0.1:8044,",
                ("https://www.example.org", "http://localhost:8080", "http://127.0.0.1:8044"),
            ),
            (
                "https://www.example.org:80,http://www.example.org:443",
                ("https://www.example.org:80", "http://www.example.org:443"),
            ),
            ("https://xn--bcher-kva.example", ("https://xn--bcher-kva.example",)),
        ],
    )
    def test_it_splits_the_sites_that_may_show_the_widget(
        self, monkeypatch: pytest.MonkeyPatch, value: str, origins: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("ASSISTANT_WIDGET_ORIGINS", value)
        assert load_settings().widget_origins == origins

    @pytest.mark.parametrize(
        ("value", "url"),
        [
            ("s3://models", "s3://models"),
            ("s3://models/", "s3://models"),
            ("s3://my-models.example.org/live", "s3://my-models.example.org/live"),
            ("s3://a--b/Assistant/v1.0_x/", "s3://a--b/Assistant/v1.0_x"),
        ],
    )
    def test_it_takes_a_bucket_for_models(self, monkeypatch: pytest.MonkeyPatch, value: str, url: str) -> None:
        monkeypatch.setenv("ASSISTANT_MODELS_URL", value)
        assert load_settings().models_url == url

    def test_it_cannot_be_changed_afterwards(self) -> None:
        with pytest.raises(ValidationError):
            load_settings().port = 9000

    def test_it_hides_the_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASSISTANT_CONTACT_KEY", "hunter2")
        settings = load_settings()
        assert "hunter2" not in f"{settings!r} {settings}"
        assert settings.contact_key is not None
        assert settings.contact_key.get_secret_value() == "hunter2"


class TestRefusing:
    @pytest.mark.parametrize(("name", "value"), UNUSABLE)
    def test_it_names_the_setting_that_is_unusable(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.setenv(PREFIX + name, value)
        with pytest.raises(SettingError, match=f"ASSISTANT_{name}: "):
            load_settings()

    def test_it_repeats_no_secret_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASSISTANT_DIGEST_SLACK_URL", "http://hooks.slack.com/services/hunter2")
        with pytest.raises(SettingError) as refusal:
            load_settings()
        assert "hunter2" not in str(refusal.value)

    def test_it_repeats_no_credentials_of_a_store(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASSISTANT_MODELS_URL", "s3://key:hunter2@models/live")
        with pytest.raises(SettingError, match="ASSISTANT_MODELS_URL: ") as refusal:
            load_settings()
        assert "hunter2" not in str(refusal.value)

    def test_it_names_all_that_are_unusable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASSISTANT_PORT", "http")
        monkeypatch.setenv("ASSISTANT_LOG_LEVEL", "CHATTY")
        with pytest.raises(SettingError, match="ASSISTANT_PORT: .*ASSISTANT_LOG_LEVEL: "):
            load_settings()

    def test_it_names_a_setting_that_does_not_exist(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ASSISTANT_PROT", "9000")
        with pytest.raises(SettingError, match="no setting ASSISTANT_PROT. The settings are: .*ASSISTANT_PORT"):
            load_settings()

    def test_it_is_an_error_of_ours(self) -> None:
        assert issubclass(SettingError, AssistantError)

    @pytest.mark.parametrize(
        "beside",
        [
            {"TEAMS_APP_ID": "app", "TEAMS_APP_SECRET": "secret"},
            {"HOST": "0.0.0.0"},
            {"HOST": "192.168.0.7"},
            {"PUBLIC_URL": "https://assistant.example"},
        ],
        ids=str,
    )
    def test_it_refuses_the_playground_where_strangers_could_use_it(
        self, monkeypatch: pytest.MonkeyPatch, beside: dict[str, str]
    ) -> None:
        monkeypatch.setenv("ASSISTANT_TEAMS_PLAYGROUND", "true")
        assert load_settings().teams_playground
        for name, value in beside.items():
            monkeypatch.setenv(f"{PREFIX}{name}", value)
        with pytest.raises(SettingError, match="ASSISTANT_TEAMS_PLAYGROUND is refused"):
            load_settings()

    @pytest.mark.parametrize("name", ["TEAMS_APP_ID", "TEAMS_APP_SECRET"])
    def test_it_refuses_half_a_registration_with_microsoft(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.setenv(f"{PREFIX}{name}", "half")
        with pytest.raises(SettingError, match="ASSISTANT_TEAMS_APP_SECRET together"):
            load_settings()

    @pytest.mark.parametrize(("given", "why"), HALF, ids=str)
    def test_it_refuses_a_channel_that_is_half_set_up(
        self, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], why: str
    ) -> None:
        for name, value in given.items():
            monkeypatch.setenv(f"{PREFIX}{name}", value)
        with pytest.raises(SettingError, match=why):
            load_settings()

    @pytest.mark.parametrize(
        "given",
        [
            {**ONE, "SLACK_REVIEW_CHANNEL": "C0123456789"},
            {**ONE, "SLACK_REVIEW_CHANNEL": "G0123456789"},
            {**SEVERAL, "SLACK_REVIEW_CHANNEL": "T0123456789/C0123456789"},
            {"TEAMS_APP_ID": "a", "TEAMS_APP_SECRET": "s", "TEAMS_REVIEW_CHANNEL": "19:a-B_1@thread.tacv2"},
            {"TEAMS_PLAYGROUND": "on", "TEAMS_REVIEW_CHANNEL": "19:a@thread.skype"},
        ],
        ids=str,
    )
    def test_it_takes_a_channel_that_is_whole(self, monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
        for name, value in given.items():
            monkeypatch.setenv(f"{PREFIX}{name}", value)
        load_settings()
