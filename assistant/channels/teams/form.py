"""What unfolds from a button of a card: the form to leave a question, and what confirms erasing and withdrawing."""

from typing import Any

from assistant.channels import wording
from assistant.channels.teams.elements import VERSION, Element, paragraph, submit
from assistant.enquiries.follow_ups import CONSENT_WORDING

LONGEST_QUESTION = 1000
LONGEST_FIELD = 320  # characters of a name or an address


def form_action(title: str) -> Element:
    """The form, with the words and the consent of the widget's; the consent brings back its wording's version."""
    return _unfold(
        title,
        [
            *paragraph(wording.FORM_INTRO),
            _field("question", f"{wording.QUESTION}. {wording.QUESTION_HINT}", LONGEST_QUESTION, isMultiline=True),
            _field("name", wording.NAME, LONGEST_FIELD),
            _field("email", f"{wording.EMAIL}. {wording.EMAIL_HINT}", LONGEST_FIELD, style="Email"),
            {**_tick("consent", wording.CONSENT), **_required("consent")},
            _tick("keep_words", wording.KEEP_WORDS),
        ],
        submit(wording.SUBMIT, {"act": "form", "wording": CONSENT_WORDING}),
    )


def erase_action() -> Element:
    """Has what was asked erased, once that is confirmed."""
    texts = [*paragraph(wording.ERASE_TITLE, weight="Bolder"), *paragraph(wording.ERASE_CONFIRM)]
    return _unfold(wording.ERASE, texts, submit(wording.ERASE_YES, {"act": "erase"}))


def withdraw_action(reference: str) -> Element:
    """Withdraws a question that was left, once that is confirmed."""
    texts = [*paragraph(wording.WITHDRAW_TITLE, weight="Bolder"), *paragraph(wording.WITHDRAW_CONFIRM)]
    return _unfold(wording.WITHDRAW, texts, submit(wording.WITHDRAW_YES, {"act": "withdraw", "reference": reference}))


def _unfold(title: str, body: list[Element], action: Element) -> Element:
    card = {"type": "AdaptiveCard", "version": VERSION, "body": body, "actions": [action]}
    return {"type": "Action.ShowCard", "title": title, "card": card}


def _field(name: str, label: str, longest: int, **more: Any) -> Element:
    return {"type": "Input.Text", "id": name, "label": label, "maxLength": longest, **_required(name), **more}


def _tick(name: str, title: str) -> Element:
    return {"type": "Input.Toggle", "id": name, "title": title, "valueOn": "true", "valueOff": "false", "wrap": True}


def _required(name: str) -> Element:
    return {"isRequired": True, "errorMessage": wording.MISSING[name]}
