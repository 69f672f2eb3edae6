"""The form of one entry of each file in data/catalogue. What ties entries together is in checks.py."""

from collections.abc import Sequence
from datetime import date
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, StringConstraints

from assistant.catalogue.models import (
    EMAIL_LENGTH,
    NAME_LENGTH,
    PHONE_LENGTH,
    SHORT_NAME_LENGTH,
    SLUG_LENGTH,
    Stage,
    Tier,
)
from assistant.catalogue.slugs import SLUG_PATTERN

SUMMARY_LENGTH = 200  # one or two lines in a list of offers
TEXT_LENGTH = 1000  # more is not read in a chat
MOST_CHOICES = 4  # a question with more choices is a list
PLACEHOLDERS = frozenset({"general_email", "general_phone"})


def _refuse_unprintable(text: str) -> str:
    # NUL and lone surrogates are possible in YAML, and PostgreSQL cannot store them.
    if not text.replace("\n", " ").isprintable():
        raise ValueError("Take out the characters that cannot be printed")
    return text


def _refuse_repeats(items: Sequence[Any]) -> Sequence[Any]:
    names = [str(getattr(item, "name", item)).casefold() for item in items]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"'{name}' stands here more than once. Take one of them out")
    return items


def _refuse_other_placeholders(answer: str) -> str:
    allowed = "Only {general_email} and {general_phone} may stand in braces"
    try:
        parts = list(Formatter().parse(answer))
    except ValueError:
        raise ValueError(f"There is a brace without its partner. {allowed}") from None
    for _, name, form, conversion in parts:
        if name is not None and (name not in PLACEHOLDERS or form or conversion):
            raise ValueError(f"{{{name}}} cannot be filled in. {allowed}")
    return answer


def _line(length: int) -> Any:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=length)


Printable = AfterValidator(_refuse_unprintable)
NoRepeats = AfterValidator(_refuse_repeats)
Slug = Annotated[str, StringConstraints(max_length=SLUG_LENGTH, pattern=SLUG_PATTERN)]
Name = Annotated[str, _line(NAME_LENGTH), Printable]
LongText = Annotated[str, _line(TEXT_LENGTH), Printable]
Slugs = Annotated[list[Slug], NoRepeats]
Names = Annotated[list[Name], NoRepeats]
# Strict, because a number would be read as seconds since 1970.
CheckedOn = Annotated[date, Field(strict=True)] | None
# Scotland is not among the nations that the Confederation covers.
Nation = Literal["England", "Wales", "Northern Ireland"]


class Entry(BaseModel):
    """What every entry has. The aliases are the words of the files, the names those of the tables."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True, hide_input_in_errors=True)

    slug: Slug


class SourceEntry(Entry):
    """One document of sources.yml."""

    title: Name
    publisher: Name
    published: Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]


class ContactEntry(Entry):
    """One mailbox of contacts.yml."""

    name: Name
    email: Annotated[EmailStr, Field(max_length=EMAIL_LENGTH)]
    phone: Annotated[str, StringConstraints(max_length=PHONE_LENGTH, pattern=r"^\+?[0-9][0-9 ]{6,}$")] | None = None
    verified_on: CheckedOn = None


class PartEntry(BaseModel):
    """One part of an offer."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    aliases: Names


class OfferEntry(Entry):
    """One support programme of offers.yml. What is not stated is written as null or [], so nothing is left out."""

    name: Name
    short_name: Annotated[str, _line(SHORT_NAME_LENGTH), Printable]
    summary: Annotated[str, _line(SUMMARY_LENGTH), Printable]
    details: LongText
    parts: Annotated[list[PartEntry], NoRepeats]
    stages: Annotated[list[Stage], Field(min_length=1), NoRepeats]
    tier: Tier
    contact_slug: Slug | None = Field(alias="contact")
    audiences: Names
    nations: Annotated[list[Nation], NoRepeats]
    related: Slugs
    aliases: Names
    source_slug: Slug = Field(alias="source")
    verified_on: CheckedOn
    active: bool = True  # staff may switch an offer off and leave it in its place


class PersonEntry(Entry):
    """One person of people.yml."""

    name: Name
    role: Name
    note: LongText | None = None
    aliases: Names


class TopicEntry(Entry):
    """One topic of topics.yml."""

    title: Name
    answer: Annotated[LongText, AfterValidator(_refuse_other_placeholders)]
    people: Slugs
    grounding: Literal["source", "ours"]


class SharedPartEntry(Entry):
    """One shared part of shared_parts.yml. With two to four offers it can be asked back."""

    name: Name
    question: Name
    offers: Annotated[list[Slug], Field(min_length=2, max_length=MOST_CHOICES), NoRepeats]
