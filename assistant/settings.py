"""Every setting, read once from the environment (prefix ASSISTANT_) by `load_settings`."""

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    Field,
    HttpUrl,
    NameEmail,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
    validate_email,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.errors import SettingError

PREFIX = "ASSISTANT_"
# As browsers send it: no path, no slash at the end, no port that goes without saying.
ORIGIN = re.compile(r"(?!https:.+:443$|http:.+:80$)https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,4})?")
S3 = "s3://"
# Amazon's rules for buckets, and prefixes that are the same to every service and every shell.
S3_URL = re.compile(
    S3 + r"(?!\d+\.\d+\.\d+\.\d+(?:/|$))(?=[a-z0-9.-]{3,63}(?:/|$))[a-z0-9]+(?:(?:\.|-+)[a-z0-9]+)*"
    r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]+)*/?"
)
SLACK_CHANNEL = re.compile(r"(?P<team>T[A-Z0-9]+/)?[CG][A-Z0-9]+")
TEAMS_CHANNEL = re.compile(r"19:[^\s@/]+@thread\.[a-z0-9]+")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LONGEST_KEPT = 36_500  # of days or hours: what is kept longer is not kept for a time


class NightlyTraining(StrEnum):
    """What is done at night when there is something new to learn."""

    OFF = "off"
    """Nothing."""
    PROPOSE = "propose"
    """A model is trained and judged; staff put it live."""
    PROMOTE = "promote"
    """It goes live by itself where judging finds it no worse."""


class Settings(BaseSettings):
    """What an operator may set. A limit set to 0 is off; a time to keep something for cannot be."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the server listens on; 0 takes a free one.")
    database_url: str = Field(
        "sqlite:///var/assistant.db", description="SQLAlchemy URL: sqlite:///file or postgresql://user@host/name."
    )
    data_folder: Path = Field(Path("data"), description="Folder of catalogue and training sentences.")
    models_folder: Path = Field(
        Path("models"), description="Folder of trained models, for all that share the database."
    )
    models_url: str | None = Field(
        None, description="S3-compatible store of models instead of the folder, such as s3://bucket/prefix."
    )
    var_folder: Path = Field(Path("var"), description="Folder for what the assistant makes for itself.")
    general_email: str = Field(
        "enquiries@nhsconfed.org", description="General contact, shown where an offer has none of its own."
    )
    general_phone: str = Field("020 7799 6666", description="Telephone number of the general contact.")
    contact_key: SecretStr | None = Field(
        None,
        description="Fernet key that encrypts contact details, or several separated by commas, newest first; "
        "without it one is generated in the var folder.",
    )
    smtp_url: SecretStr | None = Field(
        None,
        description="Mail server for letters to askers: smtp://user:password@host:587 (STARTTLS) or smtps://...; "
        "without it e-mail is off.",
    )
    mail_from: NameEmail | None = Field(None, description="Sender of letters: address, or Name <address>.")
    public_url: HttpUrl | None = Field(None, description="Where askers reach this server; links in letters begin so.")
    widget_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Other sites whose pages may show the widget, separated by commas, such as "
        "https://www.example.org; pages of this server always may.",
    )
    messages_per_minute: int = Field(15, ge=0, description="Messages a minute from one conversation.")
    messages_per_minute_per_address: int = Field(300, ge=0, description="Messages a minute from one network address.")
    turn_seconds: float = Field(
        10.0, gt=0, allow_inf_nan=False, description="Longest time one answer may take before the asker is told."
    )
    keep_text_days: int = Field(90, ge=1, le=LONGEST_KEPT, description="Days that what askers wrote is kept.")
    keep_contact_days: int = Field(
        30, ge=1, le=LONGEST_KEPT, description="Days that contact details are kept after a question left was closed."
    )
    keep_state_hours: int = Field(
        24, ge=1, le=LONGEST_KEPT, description="Hours that a dialogue's state and a question half left are kept."
    )
    warn_waiting_days: int = Field(
        60, ge=1, le=LONGEST_KEPT, description="Days after which staff are warned of a question left that waits."
    )
    close_waiting_days: int = Field(
        180, ge=1, le=LONGEST_KEPT, description="Days after which a question left is closed without an answer."
    )
    oidc_issuer: str | None = Field(
        None, description="OpenID Connect issuer that staff sign in with, exactly as its discovery document names it."
    )
    oidc_client_id: str | None = Field(None, description="What the issuer calls this assistant.")
    oidc_client_secret: SecretStr | None = Field(
        None, description="What proves to the issuer that it is this assistant."
    )
    oidc_email_claim: str = Field("email", description="Claim that holds the e-mail address staff were added with.")
    oidc_verified_claim: str = Field(
        "email_verified", description="Claim that says that address is theirs; xms_edov with Entra ID."
    )
    oidc_role_claim: str | None = Field(
        None, description="Claim with the role reviewer, editor or admin; without it roles are given here only."
    )
    digest_emails: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses of staff who are told by e-mail when the queue needs somebody, separated by commas."
    )
    digest_slack_url: SecretStr | None = Field(
        None, description="Slack's address of an incoming webhook; the same is said in its channel."
    )
    digest_teams_url: SecretStr | None = Field(
        None, description="Teams' address of a workflow that takes a webhook; the same is said in its channel."
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        description="What proves that a request is Slack's, or several separated by commas while one replaces another; "
        "with it Slack is on.",
    )
    slack_bot_token: SecretStr | None = Field(
        None, description="Token of the one workspace that uses the assistant (xoxb-...)."
    )
    slack_client_id: str | None = Field(
        None, description="What Slack calls this assistant, so that several workspaces can install it."
    )
    slack_client_secret: SecretStr | None = Field(
        None, description="What proves to Slack that it is this assistant, for those installations."
    )
    slack_app_token: SecretStr | None = Field(
        None,
        description="Token for Socket Mode (xapp-...): Slack is reached from here, without a public address of ours.",
    )
    slack_review_channel: str | None = Field(
        None,
        description="Channel of staff where the queue can be decided on: its id, such as C0123456789, after the "
        "workspace's and a stroke where several installed it, such as T0123456789/C0123456789.",
    )
    slack_api_url: HttpUrl = Field(HttpUrl("https://slack.com/api/"), description="Where Slack's Web API is.")
    teams_app_id: str | None = Field(
        None, description="Application id of the assistant's registration with Microsoft; with it Teams is on."
    )
    teams_app_secret: SecretStr | None = Field(None, description="Client secret of that registration.")
    teams_tenant_id: str | None = Field(
        None,
        description="Tenant of a registration for a single one, which alone is answered; without it every tenant is.",
    )
    teams_service_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("smba.trafficmanager.net",),
        description="Hosts of Microsoft's that the assistant's token may go to, separated by commas.",
    )
    teams_review_channel: str | None = Field(
        None, description="Channel of staff where the queue can be decided on: its id, such as 19:...@thread.tacv2."
    )
    teams_openid_url: HttpUrl = Field(
        HttpUrl("https://login.botframework.com/v1/.well-known/openidconfiguration"),
        description="Where the keys are named that prove that a request is from Teams.",
    )
    teams_login_url: HttpUrl = Field(
        HttpUrl("https://login.microsoftonline.com"), description="Where the assistant's own token is from."
    )
    teams_playground: bool = Field(
        False,
        description="Talk to Microsoft's Agents Playground on this machine, which proves nothing; refused beside a "
        "registration and on any but a loopback address.",
    )
    digest_hour: int = Field(8, ge=0, le=23, description="Hour of the day, in London, from which staff are told.")
    nightly_training: NightlyTraining = Field(
        NightlyTraining.OFF,
        description="What is done at night when there is something new to learn: off, propose a model to staff, or "
        "promote it where judging finds it no worse.",
    )
    nightly_hour: int = Field(2, ge=0, le=23, description="Hour of the night, in London, from which that is done.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much the server logs.")

    @field_validator("widget_origins", "digest_emails", "teams_service_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value

    @field_validator("models_url")
    @classmethod
    def _is_bucket(cls, url: str | None) -> str | None:
        if url is not None and not S3_URL.fullmatch(url):
            raise ValueError(
                "a store of models is s3://, a bucket's name and perhaps a prefix, such as s3://bucket/models"
            )
        return url and url.rstrip("/")

    @field_validator("widget_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not ORIGIN.fullmatch(origin):
                raise ValueError("an origin is a scheme, a host and any unusual port, such as https://www.example.org")
        return origins

    @field_validator("digest_emails")
    @classmethod
    def _are_addresses(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        for address in addresses:
            if validate_email(address)[1] != address:
                raise ValueError("an address is such as staff@example.org, without a name")
        return addresses

    @field_validator("digest_slack_url", "digest_teams_url")
    @classmethod
    def _is_webhook(cls, url: SecretStr | None) -> SecretStr | None:
        # The address is the secret, and goes unencrypted nowhere but within this machine.
        if url is not None and not _is_safe_url(url.get_secret_value()):
            raise ValueError("a webhook's address begins with https:// and a host")
        return url

    @field_validator(
        "slack_signing_secret", "slack_bot_token", "slack_client_id", "slack_client_secret", "slack_app_token",
        "slack_review_channel", "teams_app_id", "teams_app_secret", "teams_tenant_id", "teams_review_channel",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _holds_something(cls, value: object) -> object:
        if isinstance(value, str) and not value.strip():
            raise ValueError("it is empty: give it a value, or take it away")
        return value

    @field_validator("teams_review_channel")
    @classmethod
    def _is_teams_channel(cls, channel: str | None) -> str | None:
        if channel is not None and not TEAMS_CHANNEL.fullmatch(channel):
            raise ValueError("a channel's id is such as 19:...@thread.tacv2")
        return channel

    @field_validator("slack_api_url", "teams_openid_url", "teams_login_url")
    @classmethod
    def _is_safe(cls, url: HttpUrl) -> HttpUrl:
        if not _is_safe_url(str(url)):
            raise ValueError("an address begins with https:// and a host; http:// only within this machine")
        return url

    @model_validator(mode="after")
    def _is_whole(self) -> "Settings":
        """What only works together stands together."""
        check_slack(self)
        check_teams(self)
        return self

    @property
    def encoder_graph(self) -> Path:
        """Where the sentence encoder is kept once it is written."""
        return self.var_folder / "encoder" / "all-MiniLM-L6-v2-int8.onnx"

    @property
    def model_copies_folder(self) -> Path:
        """Where copies of models from the store are kept."""
        return self.var_folder / "models"

    @property
    def names_folder(self) -> Path:
        """Where it is kept what was learnt about people's names."""
        return self.var_folder / "names"

    @property
    def care_folder(self) -> Path:
        """Where it is kept what was learnt about messages that are met with care."""
        return self.var_folder / "care"


def check_slack(settings: Settings) -> None:
    """Raise ValueError where Slack is half set up."""
    has_token = settings.slack_bot_token is not None
    has_client = settings.slack_client_id is not None
    is_on = settings.slack_signing_secret is not None or settings.slack_app_token is not None
    if has_client != (settings.slack_client_secret is not None):
        raise ValueError("Slack needs ASSISTANT_SLACK_CLIENT_ID and ASSISTANT_SLACK_CLIENT_SECRET together")
    if is_on and not has_token and not has_client:
        raise ValueError(
            "Slack needs ASSISTANT_SLACK_BOT_TOKEN for one workspace, or ASSISTANT_SLACK_CLIENT_ID and "
            "ASSISTANT_SLACK_CLIENT_SECRET for several"
        )
    if has_token and has_client:
        raise ValueError("Slack is for one workspace or for several: set its bot token or its client, not both")
    if (has_token or has_client) and not is_on:
        raise ValueError("Slack needs ASSISTANT_SLACK_SIGNING_SECRET, or ASSISTANT_SLACK_APP_TOKEN for Socket Mode")
    if has_client and settings.slack_signing_secret is None:
        raise ValueError("ASSISTANT_SLACK_CLIENT_ID needs ASSISTANT_SLACK_SIGNING_SECRET beside it")
    if settings.slack_review_channel is not None:
        _check_slack_channel(settings.slack_review_channel, is_on, has_client)


def _check_slack_channel(channel: str, is_on: bool, has_client: bool) -> None:
    if not is_on:
        raise ValueError("ASSISTANT_SLACK_REVIEW_CHANNEL is refused while Slack is off")
    named = SLACK_CHANNEL.fullmatch(channel)
    if named is None or (has_client and named["team"] is None):
        wanted = "T0123456789/C0123456789, with its workspace's before it" if has_client else "C0123456789"
        raise ValueError(f"ASSISTANT_SLACK_REVIEW_CHANNEL is the id of a channel, such as {wanted}")


def check_teams(settings: Settings) -> None:
    """Raise ValueError where Teams is half set up, or the playground might let strangers in."""
    if (settings.teams_app_id is None) != (settings.teams_app_secret is None):
        raise ValueError("Teams needs ASSISTANT_TEAMS_APP_ID and ASSISTANT_TEAMS_APP_SECRET together")
    if settings.teams_tenant_id is not None and settings.teams_app_id is None:
        raise ValueError("ASSISTANT_TEAMS_TENANT_ID needs ASSISTANT_TEAMS_APP_ID beside it")
    if settings.teams_review_channel is not None and settings.teams_app_id is None and not settings.teams_playground:
        raise ValueError("ASSISTANT_TEAMS_REVIEW_CHANNEL is refused while Teams is off")
    if not settings.teams_playground:
        return
    if settings.teams_app_id is not None:
        raise ValueError("ASSISTANT_TEAMS_PLAYGROUND is refused beside a registration: take one of them away")
    if settings.host not in LOOPBACK:
        raise ValueError("ASSISTANT_TEAMS_PLAYGROUND is refused unless ASSISTANT_HOST is a loopback address")
    if settings.public_url is not None and settings.public_url.host not in LOOPBACK:
        raise ValueError("ASSISTANT_TEAMS_PLAYGROUND is refused while ASSISTANT_PUBLIC_URL is an address for others")


def _is_safe_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def load_settings() -> Settings:
    """Read the settings. Raises SettingError naming the setting when one is unknown or unusable."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingError(f"There is no setting {name}. The settings are: {', '.join(sorted(known))}.")
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(_problem(each["loc"], each["msg"]) for each in error.errors())
        raise SettingError(f"Unusable setting. {problems}.") from None


def _problem(place: tuple[int | str, ...], message: str) -> str:
    """What is wrong, and with which setting unless it is with several together."""
    return f"{PREFIX}{str(place[0]).upper()}: {message}" if place else message.removeprefix("Value error, ")
