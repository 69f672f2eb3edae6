"""What staff can edit: the kinds of entries, their forms, and an entry's fields as a revision keeps them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.catalogue.models import Contact, FromFiles, Offer, Person, Topic
from assistant.catalogue.schema import ContactEntry, Entry, Name, OfferEntry, PersonEntry, TopicEntry
from assistant.catalogue.signposts import Signpost

Content = dict[str, Any]
"""The fields of an entry by their names in the tables, as JSON can hold them; when it was checked is not among them."""

SET_BY_CHECK = frozenset({"verified_on", "checked_on"})  # fields that nobody types


class Kind(StrEnum):
    """A kind of entry that staff edit, by the name of its table or file."""

    OFFERS = "offers"
    PEOPLE = "people"
    TOPICS = "topics"
    CONTACTS = "contacts"
    SIGNPOSTS = "signposts"


class EditedSignpost(Signpost):
    """A signpost as staff edit it: they name the role that confirms it."""

    owner: Name


FORMS: dict[Kind, type[Entry]] = {
    Kind.OFFERS: OfferEntry,
    Kind.PEOPLE: PersonEntry,
    Kind.TOPICS: TopicEntry,
    Kind.CONTACTS: ContactEntry,
    Kind.SIGNPOSTS: EditedSignpost,
}
TABLES: dict[Kind, type[FromFiles]] = {
    Kind.OFFERS: Offer,
    Kind.PEOPLE: Person,
    Kind.TOPICS: Topic,
    Kind.CONTACTS: Contact,
}
# A signpost that no reply of care.yml names would be shown nowhere, so there are no new ones.
ADDABLE = frozenset(TABLES)


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its kind and slug."""

    kind: Kind
    slug: str

    @property
    def subject(self) -> str:
        """What the record of acts calls it."""
        return f"{self.kind}:{self.slug}"


def name_of(content: Content) -> str:
    """What the entry is called."""
    return str(content.get("name") or content.get("title") or content["slug"])


def content_of_row(kind: Kind, row: FromFiles) -> Content:
    """The fields of a row that staff edit."""
    return {name: getattr(row, name) for name in FORMS[kind].model_fields if name not in SET_BY_CHECK}
