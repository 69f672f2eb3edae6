"""The fixed replies to crisis, disclosure and abuse."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.catalogue.signposts import CLOSED, Signpost, read_signposts
from assistant.enquiries.engine import TurnReply
from assistant.errors import AssistantError
from assistant.matching.safety import Care
from assistant.settings import Settings

CARE_FILE = Path("catalogue") / "care.yml"
Texts = tuple[str, ...]
PLACEHOLDER = re.compile(r"{([^{}]*)}")

logger = logging.getLogger(__name__)


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
    """The replies, kept in memory: no mistake in a file and no database that is down may meet somebody in crisis."""

    def __init__(self, settings: Settings) -> None:
        """Raises CareFileError or SignpostFileError naming what is wrong."""
        self._file = settings.data_folder / CARE_FILE
        self._content = _read(self._file)
        self._general_email = settings.general_email
        self.signposts: Sequence[Signpost] = read_signposts(self._file.parent)
        self.from_file = tuple(self.signposts)
        self._texts, self._told, self._pause = self._fill_in(self.signposts)

    def use(self, signposts: Sequence[Signpost]) -> None:
        """Point to these from now on. Where they do not serve, the replies stay as they were."""
        if signposts == self.signposts:
            return
        try:
            filled = self._fill_in(signposts)
        except CareFileError as error:
            logger.error("The signposts that staff published are not used: %s", error)
            return
        self._texts, self._told, self._pause = filled
        self.signposts = signposts

    def texts_with(self, signpost: Signpost) -> list[str]:
        """The paragraphs that name a signpost, as they would be with this one in its place."""
        signposts = [signpost if each.slug == signpost.slug else each for each in self.signposts]
        filled, told, pause = self._fill_in(signposts)
        written = [text for care in filled for text in self._content.care[care].replies]
        written += [*self._content.told.replies, *self._content.pause.replies]
        shown = [text for texts in filled.values() for text in texts] + [*told, *pause]
        naming = f"{{{signpost.slug}}}"
        return list(dict.fromkeys(text for text, raw in zip(shown, written, strict=True) if naming in raw))

    def _fill_in(self, signposts: Sequence[Signpost]) -> tuple[dict[Care, Texts], Texts, Texts]:
        """The replies to each kind, what is said while a question is left, and what is said at the third abuse."""
        fillings = {signpost.slug: signpost.way for signpost in signposts}
        fillings["general_email"] = self._general_email
        filled = {
            care: tuple(_fill(text, fillings, f"{self._file}, {care.value}") for text in entry.replies)
            for care, entry in self._content.care.items()
        }
        told = tuple(_fill(text, fillings, f"{self._file}, told") for text in self._content.told.replies)
        pause = tuple(_fill(text, fillings, f"{self._file}, pause") for text in self._content.pause.replies)
        return filled, told, pause

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
