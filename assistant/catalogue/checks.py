"""What must hold between the entries of the catalogue's files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.catalogue.errors import Problem
from assistant.catalogue.schema import (
    ContactEntry,
    Entry,
    OfferEntry,
    PersonEntry,
    SharedPartEntry,
    SourceEntry,
    TopicEntry,
)


@dataclass(frozen=True)
class Catalogue:
    """Every entry of every file, in the order of the files."""

    sources: list[SourceEntry]
    contacts: list[ContactEntry]
    offers: list[OfferEntry]
    people: list[PersonEntry]
    topics: list[TopicEntry]
    shared_parts: list[SharedPartEntry]

    def kinds(self) -> dict[str, Sequence[Entry]]:
        """The entries by the name of their file. What others refer to comes before them."""
        return {
            "sources": self.sources,
            "contacts": self.contacts,
            "offers": self.offers,
            "people": self.people,
            "topics": self.topics,
            "shared_parts": self.shared_parts,
        }


def find_contradictions(catalogue: Catalogue) -> list[Problem]:
    """Everything that two entries, each right by itself, have wrong between them."""
    return [
        *repeated_slugs(catalogue.kinds()),
        *_repeated_addresses(catalogue),
        *_unknown_slugs(catalogue),
        *_one_sided_relations(catalogue),
    ]


def repeated_slugs(kinds: Mapping[str, Sequence[Entry]]) -> Iterator[Problem]:
    """Every entry whose slug an earlier one of its kind has."""
    for kind, entries in kinds.items():
        first: dict[str, int] = {}
        for number, entry in enumerate(entries, start=1):
            if first.setdefault(entry.slug, number) != number:
                advice = f"Entries {first[entry.slug]} and {number} have the same slug. Give one of them another."
                yield Problem(f"{kind}.yml", advice, entry.slug, "slug")


def _repeated_addresses(catalogue: Catalogue) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for entry in catalogue.contacts:
        other = owner.setdefault(entry.email.lower(), entry.slug)
        if other != entry.slug:
            advice = f"Entry {other} has the same address. Keep one entry and let its offers refer to that one."
            yield Problem("contacts.yml", advice, entry.slug, "email")


def _unknown_slugs(catalogue: Catalogue) -> Iterator[Problem]:
    known = {kind: {entry.slug for entry in entries} for kind, entries in catalogue.kinds().items()}
    for file, entry, field, kind, slugs in _references(catalogue):
        for slug in slugs:
            if slug not in known[kind]:
                advice = f"There is no '{slug}' in {kind}.yml. Correct the slug, or add the entry there."
                yield Problem(f"{file}.yml", advice, entry, field)


def _references(catalogue: Catalogue) -> Iterator[tuple[str, str, str, str, list[str]]]:
    """Every reference as file, entry, field, the kind referred to and the slugs."""
    for offer in catalogue.offers:
        yield "offers", offer.slug, "contact", "contacts", [offer.contact_slug] if offer.contact_slug else []
        yield "offers", offer.slug, "source", "sources", [offer.source_slug]
        yield "offers", offer.slug, "related", "offers", offer.related
    for topic in catalogue.topics:
        yield "topics", topic.slug, "people", "people", topic.people
    for part in catalogue.shared_parts:
        yield "shared_parts", part.slug, "offers", "offers", part.offers


def _one_sided_relations(catalogue: Catalogue) -> Iterator[Problem]:
    related = {offer.slug: offer.related for offer in catalogue.offers}
    for slug, others in related.items():
        for other in others:
            if other == slug:
                yield Problem("offers.yml", "An offer is not related to itself. Take it out.", slug, "related")
            elif slug not in related.get(other, [slug]):
                advice = f"'{other}' does not name '{slug}' in turn. Add '{slug}' there, or take '{other}' out here."
                yield Problem("offers.yml", advice, slug, "related")
