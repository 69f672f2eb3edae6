"""What a page says once about what was just done there.

It goes from the form to the page in a cookie and not in the address: a link on another site would say what is not so.
"""

from fastapi import Request, Response

from assistant.web.plain_chat.cookie import delete_cookie, set_cookie

NAME = "note"
SECONDS = 60  # longer than any redirect takes
NOTES = {
    "useful": "Thank you for telling us.",
    "not-useful": "Thank you for telling us. You can ask again in other words, or leave a question for a person.",
    "restarted": "You have started again. Your next question begins a new conversation.",
    "erased": "Your conversation is erased.",
}


def leave_note(request: Request, response: Response, note: str) -> None:
    """Have the next page say this; `note` is a key of NOTES."""
    set_cookie(request, response, NAME, note, SECONDS)


def take_note(request: Request, response: Response) -> None:
    """Have the browser forget the note that this response shows."""
    if NAME in request.cookies:
        delete_cookie(request, response, NAME)


def read_note(request: Request) -> str:
    """What is to be said; empty for nothing."""
    return NOTES.get(request.cookies.get(NAME, ""), "")
