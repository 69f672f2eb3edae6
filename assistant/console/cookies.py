"""The console's cookies. No script, no other site and no other path of ours reads or sets them.

`__Host-` cookies are taken over https only, and by browsers from 127.0.0.1 and localhost, which is what is wanted.
"""

from urllib.parse import quote, unquote

from fastapi import Request, Response

SECRET = "__Host-staff"
NOTE = "__Host-staff-note"
VISIT = "__Host-staff-visit"
ERRAND = "__Host-staff-errand"
LONGEST_ERRAND = 600  # seconds at the organisation's provider
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


def read_visit(request: Request) -> str:
    """What the forms of somebody who is not signed in hang on, or nothing. It stands for nobody."""
    return request.cookies.get(VISIT, "")


def keep_visit(response: Response, visit: str) -> None:
    """Have the browser hold that until it is closed."""
    _set(response, VISIT, visit)


def read_errand(request: Request) -> str:
    """What a sign-in at the organisation's provider hangs on, encrypted, or nothing."""
    return request.cookies.get(ERRAND, "")


def keep_errand(response: Response, errand: str) -> None:
    """Have the browser hold that while it is there. `lax`, because it comes back from another site."""
    response.set_cookie(ERRAND, errand, max_age=LONGEST_ERRAND, path="/", secure=True, httponly=True, samesite="lax")


def drop_errand(response: Response) -> None:
    """It is back: what it brought is not taken twice."""
    response.delete_cookie(ERRAND, path="/", secure=True, httponly=True, samesite="lax")


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
