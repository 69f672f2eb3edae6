"""Where answers may be sent: Microsoft's own addresses, and nowhere else."""

import re

from assistant.settings import LOOPBACK, Settings

# Nothing that two programs may read in two ways: no user, no escapes, no backslash, no other alphabet.
URL = re.compile(
    r"(https?)://([a-z0-9.-]+)(:[1-9][0-9]{0,4})?((?:/[a-z0-9_~-][a-z0-9._~-]*)*/?)", re.ASCII | re.IGNORECASE
)


def is_allowed(url: object, settings: Settings) -> bool:
    """Whether the assistant's answers, and its token, may go to this service URL.

    It is https, and its host one of those set. Unencrypted it is only within this machine: for the playground, which
    gets no token, or where the very host and port are set.
    """
    found = URL.fullmatch(url) if isinstance(url, str) else None
    if found is None:
        return False
    scheme, host, place = found[1].lower(), found[2].lower(), (found[2] + (found[3] or "")).lower()
    if settings.teams_playground:
        return scheme == "http" and host in LOOPBACK
    is_named = place in {each.lower() for each in settings.teams_service_hosts}
    return is_named and (scheme == "https" or host in LOOPBACK)
