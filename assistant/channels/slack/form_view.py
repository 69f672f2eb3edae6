"""The window in which a question is left for a person, with the words and the consent of the widget's form."""

from typing import Any

from assistant.channels import wording
from assistant.channels.readable import cut, readable
from assistant.channels.slack.blocks import Block, sections
from assistant.channels.slack.escaping import plain
from assistant.enquiries.follow_ups import CONSENT_WORDING

CALLBACK = "question_form"
LONGEST_QUESTION = 1000
LONGEST_LABEL = 2000
LONGEST_OPTION = 75
LONGEST_TITLE = 24


def form_view(metadata: str, question: str = "") -> dict[str, Any]:
    """The window. `metadata` comes back with what was filled in; the consent brings back its wording's version."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": metadata,
        "title": plain(wording.LEAVE_QUESTION, LONGEST_TITLE),
        "submit": plain(wording.SUBMIT, LONGEST_TITLE),
        "close": plain(wording.CANCEL, LONGEST_TITLE),
        "blocks": [
            *sections(wording.FORM_INTRO),
            _input("question", wording.QUESTION, _question(question), wording.QUESTION_HINT),
            _input("name", wording.NAME, {"type": "plain_text_input"}),
            _input("email", wording.EMAIL, {"type": "email_text_input"}, wording.EMAIL_HINT),
            _input("consent", wording.CONSENT, _tick(wording.CONSENT_TICK, CONSENT_WORDING)),
            {**_input("keep_words", wording.KEEP_WORDS, _tick(wording.KEEP_WORDS_TICK, "yes")), "optional": True},
        ],
    }


def _question(question: str) -> dict[str, Any]:
    given = cut(readable(question), LONGEST_QUESTION)
    filled = {"initial_value": given} if given.strip() else {}
    return {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_QUESTION, **filled}


def _tick(label: str, value: str) -> dict[str, Any]:
    return {"type": "checkboxes", "options": [{"text": plain(label, LONGEST_OPTION), "value": value}]}


def _input(name: str, label: str, element: dict[str, Any], hint: str | None = None) -> Block:
    hinted = {"hint": plain(hint, LONGEST_LABEL)} if hint else {}
    label_text = plain(label, LONGEST_LABEL)
    return {
        "type": "input",
        "block_id": name,
        "label": label_text,
        "element": {**element, "action_id": "value"},
        **hinted,
    }
