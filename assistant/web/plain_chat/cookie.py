"""The cookie that holds a browser's conversation until the browser is closed."""

from dataclasses import dataclass

from fastapi import Request, Response

NAME = "conversation"
PATH = "/chat"
BETWEEN = "."  # occurs in neither id nor token


@dataclass(frozen=True)
class Held:
    """The conversation that a browser holds, and the secret that opens it."""

    conversation: str
    token: str


def read_held(request: Request) -> Held | None:
    """The conversation that the browser holds, whether or not it is still kept; None when it holds none."""
    conversation, _, token = request.cookies.get(NAME, "").partition(BETWEEN)
    return Held(conversation, token) if conversation and token else None


def hold(request: Request, response: Response, held: Held) -> None:
    """Have the browser hold the conversation."""
    set_cookie(request, response, NAME, f"{held.conversation}{BETWEEN}{held.token}")


def let_go(request: Request, response: Response) -> None:
    """Have the browser forget its conversation."""
    delete_cookie(request, response, NAME)


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Have the browser keep a value so long, or until it is closed. No script and no other site can use it."""
    response.set_cookie(name, value, seconds, path=PATH, secure=_is_secure(request), httponly=True, samesite="strict")


def delete_cookie(request: Request, response: Response, name: str) -> None:
    """Have the browser forget a value."""
    response.delete_cookie(name, path=PATH, secure=_is_secure(request), httponly=True, samesite="strict")


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
