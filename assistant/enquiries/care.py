"""The fixed replies to crisis, disclosure and abuse."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.catalogue.signposts import read_signposts
from assistant.enquiries.engine import TurnReply
from assistant.errors import AssistantError
from assistant.matching.safety import Care
from assistant.settings import Settings

CARE_FILE = Path("catalogue") / "care.yml"
PLACEHOLDER = re.compile(r"{([^{}]*)}")
CLOSED = "nationalguardian.org.uk"  # the National Guardian's Office is no more


class CareFileError(AssistantError):
    """The file of careful replies cannot be used. Nothing is answered without it."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    replies: list[str] = Field(min_length=1)


class _CareFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    care: dict[Care, _Entry]
    told: _Entry
    pause: _Entry


class CareReplies:
    """The replies, read once when the desk is made: a mistake in the file must not meet somebody in crisis."""

    def __init__(self, settings: Settings) -> None:
        """Raises CareFileError or SignpostFileError naming what is wrong."""
        file = settings.data_folder / CARE_FILE
        content = _read(file)
        fillings = {signpost.slug: signpost.way for signpost in read_signposts(file.parent)}
        fillings["general_email"] = settings.general_email
        self._texts = {
            care: tuple(_fill(text, fillings, f"{file}, {care.value}") for text in entry.replies)
            for care, entry in content.care.items()
        }
        self._told = tuple(_fill(text, fillings, f"{file}, told") for text in content.told.replies)
        self._pause = tuple(_fill(text, fillings, f"{file}, pause") for text in content.pause.replies)

    def pause(self) -> TurnReply:
        """The reply to abuse for the third time, and to what follows until the pause is over."""
        return TurnReply(Care.ABUSE.value, self._pause, confidence=1.0)

    def reply(self, care: Care, expects: str | None, following: TurnReply | None = None) -> TurnReply:
        """The reply to a message that must be met with care.

        A crisis ends the leaving of a question; after the other two the step that is open stays open. `following` is
        what the engine says next to somebody who disclosed while leaving a question.
        """
        if following is not None:
            return replace(following, outcome=care.value, texts=(*self._told, *following.texts), confidence=1.0)
        if care is Care.CRISIS:
            expects = None
        may_leave = care is Care.DISCLOSURE and not expects
        choices = (("Leave a question for a person", "/leave_question"),) if may_leave else ()
        return TurnReply(care.value, self._texts[care], choices=choices, expects=expects, confidence=1.0)


def _read(file: Path) -> _CareFile:
    try:
        content = _CareFile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise CareFileError(f"{file} cannot be used: {error}") from None
    missing = [care.value for care in Care if care not in content.care]
    if missing:
        raise CareFileError(f"{file} has no replies for {', '.join(missing)}.")
    return content


def _fill(text: str, fillings: Mapping[str, str], place: str) -> str:
    """The text with its placeholders filled in. Raises CareFileError when that would show something wrong."""
    for name in PLACEHOLDER.findall(text):
        if name not in fillings:
            raise CareFileError(f"{place}: there is no {{{name}}} to fill in. Take one of {', '.join(fillings)}.")
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        raise CareFileError(f"{place}: there is a brace without its partner. Correct it.")
    filled = PLACEHOLDER.sub(lambda found: fillings[found[1]], text)
    if CLOSED in filled.casefold():
        raise CareFileError(f"{place}: {CLOSED} is closed. Point to the organisation's own guardian: {{guardian}}.")
    return filled
