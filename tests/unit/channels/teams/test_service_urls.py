"""Where answers, and the assistant's token, may go."""

import pytest

from assistant.channels.teams.service_urls import is_allowed
from assistant.settings import Settings

REGISTERED = Settings(teams_app_id="app", teams_app_secret="secret")
PLAYGROUND = Settings(teams_playground=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/uk/",
        "https://smba.trafficmanager.net/emea/6f6b2e1c-0000-4000-8000-000000000000/",
        "https://smba.trafficmanager.net",
        "https://SMBA.trafficmanager.net/UK",
    ],
)
def test_microsofts_addresses_are_allowed(url: str) -> None:
    assert is_allowed(url, REGISTERED)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/uk/",
        "http://127.0.0.1:4567/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "https://evil.example/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/smba.trafficmanager.net/",
        "https://evil-smba.trafficmanager.net/",
        "https://a.smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net:443@evil.example/",
        "https://user@smba.trafficmanager.net/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\\.evil.example/",
        "https://evil.example#@smba.trafficmanager.net/",
        "https://evil.example?@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net:443/",
        "https://smba.trafficmanager.net:/",
        "https://smba.trafficmanager.net./",
        "https://smba.trafficmanager.net%2eevil.example/",
        "https://smba.trafficmanager.net%00.evil.example/",
        "https://smba.trafficmanager.net/../evil",
        "https://smba.trafficmanager.net//evil.example/",
        "https://smba.trafficmanager.net/uk?to=evil",
        "https://smba.trafficmanager.net/uk#evil",
        "https://ѕmba.trafficmanager.net/",  # a Cyrillic letter
        "https://smba。trafficmanager。net/",  # full stops of another script
        "https://ｓmba.trafficmanager.net/",
        "https://xn--mba-hed.trafficmanager.net/",
        " https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/\n",
        "https://smba.traffic\tmanager.net/",
        "https:smba.trafficmanager.net/",
        "https:///smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "ftp://smba.trafficmanager.net/",
        "javascript:https://smba.trafficmanager.net/",
        "",
        None,
        5,
        ["https://smba.trafficmanager.net/"],
    ],
    ids=repr,
)
def test_every_other_address_is_refused(url: object) -> None:
    assert not is_allowed(url, REGISTERED)


@pytest.mark.parametrize("url", ["http://localhost:56150/_connector", "http://127.0.0.1:56150/_connector/"])
def test_the_playground_is_on_this_machine(url: str) -> None:
    assert is_allowed(url, PLAYGROUND)
    assert not is_allowed(url, REGISTERED)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/uk/",
        "http://192.168.0.7:56150/_connector",
        "http://localhost.evil.example:56150/",
        "http://localhost@evil.example/",
        "http://127.0.0.1.nip.io/",
    ],
)
def test_the_playground_is_nowhere_else(url: str) -> None:
    assert not is_allowed(url, PLAYGROUND)


def test_a_host_of_this_machine_is_allowed_where_it_is_set_with_its_port() -> None:
    settings = REGISTERED.model_copy(update={"teams_service_hosts": ("127.0.0.1:4567", "other.example")})
    assert is_allowed("http://127.0.0.1:4567/emea/", settings)
    assert not is_allowed("http://127.0.0.1:4568/emea/", settings)
    assert not is_allowed("http://other.example/", settings)
    assert is_allowed("https://other.example/", settings)
