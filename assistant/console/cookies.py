"""The console's cookies. No script, no other site and no other path of ours reads or sets them.

`__Host-` cookies are taken over https only, and by browsers from 127.0.0.1 and localhost, which is what is wanted.
"""

from urllib.parse import quote, unquote

from fastapi import Request, Response

SECRET = "__Host-staff"
NOTE = "__Host-staff-note"
LONGEST_NOTE = 300


def read_secret(request: Request) -> str:
    """The secret of the session, or nothing."""
    return request.cookies.get(SECRET, "")


def keep_secret(response: Response, secret: str) -> None:
    """Have the browser hold the session until it is closed."""
    _set(response, SECRET, secret)


def drop_secret(response: Response) -> None:
    """Have the browser forget the session."""
    _delete(response, SECRET)


def leave_note(response: Response, note: str) -> None:
    """Have the next page say what was done."""
    _set(response, NOTE, quote(note[:LONGEST_NOTE]))


def take_note(request: Request, response: Response) -> None:
    """The note was shown: forget it."""
    if NOTE in request.cookies:
        _delete(response, NOTE)


def read_note(request: Request) -> str:
    """What was done on the page before, or nothing."""
    return unquote(request.cookies.get(NOTE, ""))[:LONGEST_NOTE]


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, path="/", secure=True, httponly=True, samesite="strict")


def _delete(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="strict")
