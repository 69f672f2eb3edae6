"""Read what a form of these pages sends, and refuse what other sites send."""

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request

from assistant.enquiries.intake import Incoming
from assistant.tokens import hash_token, new_token

MOST_FIELDS = 20
OUR_KEY = re.compile(r"[A-Za-z0-9_-]{43}")  # the shape of a token
FOREIGN = 403
OWN = ("same-origin", "none")  # values of Sec-Fetch-Site; none is somebody's own bookmark or typing


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields that were sent, each as text; empty when they cannot be read. Raises HTTPException when too large."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}


async def refuse_other_sites(request: Request) -> None:
    """FastAPI dependency: 403 for a form on another site's page. The cookie alone would keep most of them out."""
    if request.method == "POST" and _is_from_elsewhere(request):
        raise HTTPException(
            FOREIGN, "This was sent from another website, so I did not take it. Please send it from here."
        )


def _is_from_elsewhere(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in OWN
    # Over plain http. Browsers always send an origin then, "null" for one that hides; what sends none is no browser.
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")


def idempotency_key(form: Mapping[str, str], incoming: Incoming) -> str:
    """The same for the same message from the same page, so that sent twice it is asked once.

    A key that no page of ours made could be somebody else's as well, so it is none.
    """
    key = form.get("key", "")
    return hash_token((key if OUR_KEY.fullmatch(key) else new_token()) + incoming.canonical())


Fields = Annotated[Mapping[str, str], Depends(read_form)]
