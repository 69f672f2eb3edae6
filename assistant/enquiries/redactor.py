"""Everything personal out of a text: identifiers by rules, names by what was learnt. Published people keep a label."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from assistant.catalogue.names import names_of_offers, published_addresses, published_people
from assistant.db.engine import Database
from assistant.enquiries.folding import fold, replace
from assistant.enquiries.redaction import redact
from assistant.matching.names.own import OwnNames
from assistant.matching.names.published import PublishedPeople
from assistant.matching.names.words import Span
from assistant.matching.terms import without_points
from assistant.settings import Settings

NAME = "[name]"
ADDRESS = re.compile(r"(?<![^\s@])[^\s@]++@\S++")
PERSON_LABEL = re.compile(r"\[person:[a-z0-9-]+\]")

FindNames = Callable[[str], Iterable[Span]]
"""Where the names of people stand in a text."""


@dataclass(frozen=True)
class Published:
    """What is public: addresses and those they are called after stay, as do our own names; people are named by slug."""

    addresses: Collection[str]
    people: PublishedPeople
    ours: OwnNames = OwnNames(())

    @property
    def mailboxes(self) -> PublishedPeople:
        """Those whom addresses are called after: "Carol Hill" of carol.hill@..."""
        names = {address: address.partition("@")[0].replace(".", " ") for address in self.addresses if "@" in address}
        return PublishedPeople({address: [name] for address, name in names.items() if " " in name})


class Redactor:
    """Takes out of a message what is personal, before it is stored or given to anything else."""

    def __init__(self, database: Database, settings: Settings, find_names: FindNames) -> None:
        self._database = database
        self._general = (settings.general_email, settings.general_phone)
        self._find_names = find_names

    def __call__(self, text: str) -> str:
        """The text with placeholders. Raises DatabaseUnavailableError."""
        if not text:
            return text
        with self._database.read() as session:
            published = Published(
                [*published_addresses(session), *self._general],
                PublishedPeople(published_people(session)),
                OwnNames(name for names in names_of_offers(session).values() for name in names),
            )
        return redact_all(text, published, self._find_names)


def redact_all(text: str, published: Published, find_names: FindNames) -> str:
    """`text` without identifiers and names: `[name]` for a person, `[person:slug]` for one whom the catalogue names."""
    text = without_points(redact(text, published.addresses))
    folded, origins = fold(text)
    # Whatever address is left by now is a published one.
    kept = [found.span() for found in ADDRESS.finditer(folded)]
    kept += [found.span for found in published.mailboxes.find(folded)]
    names = [span for span in find_names(folded) if not any(_overlap(span, each) for each in kept)]
    names = [span for span in names if not published.ours.hold(folded, span)]
    people = [found for found in published.people.find(folded) if not _is_of_another(found.span, folded, names)]
    finds = [(*found.span, f"[person:{found.slug}]") for found in people]
    finds += [(*span, NAME) for span in names if not any(_overlap(span, found.span) for found in people)]
    return replace(text, origins, sorted(finds))


def _is_of_another(span: Span, text: str, names: Iterable[Span]) -> bool:
    """Whether a lone surname is part of a longer name: that of somebody else in the same family."""
    is_lone = " " not in text[slice(*span)]
    return is_lone and any(_overlap(span, name) and name[0] < span[0] for name in names)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
