"""The fields of each kind of entry: what the form calls them, how they are typed, and how they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from starlette.datastructures import FormData

from assistant.catalogue.kinds import Content, Kind
from assistant.catalogue.models import EMAIL_LENGTH, NAME_LENGTH, PHONE_LENGTH, SHORT_NAME_LENGTH
from assistant.catalogue.schema import SUMMARY_LENGTH, TEXT_LENGTH

LINE_OF_PART = "|"  # between a part's name and its aliases


class Control(StrEnum):
    """How a field is typed."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    """A list, one item a line."""
    PARTS = "parts"
    """A list of names, each with aliases behind a bar."""
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Field:
    """A field of a form. `most` is in characters; `options` names the list to choose from."""

    name: str
    label: str
    control: Control
    hint: str = ""
    most: int | None = None
    options: str = ""
    is_optional: bool = False


ALIASES = Field(
    "aliases",
    "Other names and spellings",
    Control.LINES,
    "One a line. Members never see them; they are understood after the next training.",
)
FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.OFFERS: (
        Field("name", "Name", Control.LINE, "As the source prints it.", NAME_LENGTH),
        Field("short_name", "Short name", Control.LINE, "Shown on buttons and in lists.", SHORT_NAME_LENGTH),
        Field("summary", "Summary", Control.TEXT, "One or two lines.", SUMMARY_LENGTH),
        Field("details", "Details", Control.TEXT, "What an answer says after the summary.", TEXT_LENGTH),
        Field("stages", "Stages", Control.SOME_OF, options="stages"),
        Field("tier", "Tier", Control.ONE_OF, options="tiers"),
        Field(
            "contact_slug",
            "Contact",
            Control.ONE_OF,
            "Only one that the source prints for this offer, or that you checked with its owner.",
            options="contacts",
            is_optional=True,
        ),
        Field("source_slug", "Source", Control.ONE_OF, options="sources"),
        Field("audiences", "Who it is for", Control.LINES, "One a line, as printed; empty where it is not stated."),
        Field("nations", "Nations", Control.SOME_OF, "None ticked means that it is not stated.", options="nations"),
        Field(
            "parts",
            "Parts",
            Control.PARTS,
            "One a line. Other names of a part go behind a bar: Health seminars | seminars, inequality seminars",
        ),
        Field("related", "Related offers", Control.SOME_OF, "They name this offer in turn.", options="offers"),
        ALIASES,
        Field(
            "active",
            "Do members see this offer?",
            Control.YES_NO,
            "An offer that is switched off is answered and listed nowhere.",
        ),
    ),
    Kind.PEOPLE: (
        Field("name", "Name", Control.LINE, "With titles and honours, as printed.", NAME_LENGTH),
        Field("role", "Role", Control.LINE, most=NAME_LENGTH),
        Field("note", "Note", Control.TEXT, most=TEXT_LENGTH, is_optional=True),
        ALIASES,
    ),
    Kind.TOPICS: (
        Field("title", "Title", Control.LINE, "For staff; members see the answer.", NAME_LENGTH),
        Field(
            "answer",
            "Answer",
            Control.TEXT,
            "{general_email} and {general_phone} are filled in with the general contact.",
            TEXT_LENGTH,
        ),
        Field("people", "People it names", Control.SOME_OF, options="people"),
        Field("grounding", "Where it is from", Control.ONE_OF, options="groundings"),
    ),
    Kind.CONTACTS: (
        Field("name", "Name", Control.LINE, "For staff, such as a team or the owner of the mailbox.", NAME_LENGTH),
        Field("email", "E-mail address", Control.LINE, most=EMAIL_LENGTH),
        Field("phone", "Telephone number", Control.LINE, most=PHONE_LENGTH, is_optional=True),
    ),
    Kind.SIGNPOSTS: (
        Field("name", "Name", Control.LINE, most=NAME_LENGTH),
        Field("purpose", "When members are pointed there", Control.LINE, most=NAME_LENGTH),
        Field("phone", "Telephone number", Control.LINE, "Digits with single spaces.", is_optional=True),
        Field("text", "Text message", Control.LINE, "A word and a number: SHOUT to 85258.", is_optional=True),
        Field("nations", "Nations", Control.SOME_OF, "None ticked means that it is not stated.", options="nations"),
        Field("owner", "Owner", Control.LINE, "The role with us that confirms it; never a person.", NAME_LENGTH),
        Field("source", "Where it is from", Control.LINE, most=NAME_LENGTH),
    ),
}
MANY = frozenset({Control.SOME_OF})


def read_values(kind: Kind, form: FormData) -> Content:
    """What a form says, as values of the fields; whether they can be taken is not judged here."""
    return {field.name: _read(field, form) for field in FIELDS[kind]}


def typed_values(kind: Kind, content: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are typed, for a form to begin with."""
    return {field.name: _typed(field, content.get(field.name)) for field in FIELDS[kind]}


def typed_again(kind: Kind, form: FormData) -> dict[str, Any]:
    """What was typed, for a form that is shown once more."""
    return {
        field.name: [str(each) for each in form.getlist(field.name)]
        if field.control in MANY
        else str(form.get(field.name, ""))
        for field in FIELDS[kind]
    }


def _read(field: Field, form: FormData) -> Any:
    if field.control is Control.SOME_OF:
        return [str(each) for each in form.getlist(field.name)]
    text = str(form.get(field.name, "")).replace("\r\n", "\n").strip()
    if field.control is Control.YES_NO:
        return text == "yes"
    if field.control is Control.LINES:
        return _lines(text)
    if field.control is Control.PARTS:
        return [_part(line) for line in _lines(text)]
    return None if field.is_optional and not text else text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _part(line: str) -> dict[str, Any]:
    name, _, aliases = line.partition(LINE_OF_PART)
    return {"name": name.strip(), "aliases": [each.strip() for each in aliases.split(",") if each.strip()]}


def _typed(field: Field, value: Any) -> Any:
    if field.control is Control.SOME_OF:
        return list(value or [])
    if field.control is Control.YES_NO:
        return "yes" if value or value is None else "no"
    if field.control is Control.LINES:
        return "\n".join(value or [])
    if field.control is Control.PARTS:
        return "\n".join(
            f"{part['name']} {LINE_OF_PART} {', '.join(part['aliases'])}" if part["aliases"] else part["name"]
            for part in value or []
        )
    return value or ""
