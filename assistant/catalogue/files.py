"""Read the catalogue's YAML files and say exactly what is wrong with them."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assistant.catalogue.checks import Catalogue, find_contradictions
from assistant.catalogue.errors import CatalogueFileError, Problem
from assistant.catalogue.schema import (
    ContactEntry,
    Entry,
    OfferEntry,
    PersonEntry,
    SharedPartEntry,
    SourceEntry,
    TopicEntry,
)
from assistant.catalogue.slugs import is_slug

AnyEntry = TypeVar("AnyEntry", bound=Entry)

SHOWN_LENGTH = 40  # a longer value is found by its place, and would hide the advice

# Where pydantic's own sentence does not say what to do, ours does.
ADVICE = {
    "missing": "It is missing. Add it.",
    "extra_forbidden": "There is no such field here. Take it out, or correct its name.",
    "string_pattern_mismatch": "It does not have the right form. Compare it with the other entries.",
    "string_too_short": "It is empty. Write something, or leave the field out where that is allowed.",
}


def read_catalogue(folder: Path) -> Catalogue:
    """Read and check all files of `folder`. Raises CatalogueFileError with everything that is wrong."""
    problems: list[Problem] = []
    catalogue = Catalogue(
        sources=read_entries(folder, "sources", SourceEntry, problems),
        contacts=read_entries(folder, "contacts", ContactEntry, problems),
        offers=read_entries(folder, "offers", OfferEntry, problems),
        people=read_entries(folder, "people", PersonEntry, problems),
        topics=read_entries(folder, "topics", TopicEntry, problems),
        shared_parts=read_entries(folder, "shared_parts", SharedPartEntry, problems),
    )
    # An entry that could not be read would be reported a second time by everything that refers to it.
    problems = problems or find_contradictions(catalogue)
    if problems:
        raise CatalogueFileError(problems)
    return catalogue


def read_entries(folder: Path, kind: str, form: type[AnyEntry], problems: list[Problem]) -> list[AnyEntry]:
    """The entries of `kind`.yml in the form given; what is wrong with others, or with the file, goes to `problems`."""
    file = f"{kind}.yml"
    try:
        content = _read_yaml(folder / file)
    except OSError as error:
        problems.append(Problem(file, f"It cannot be read from {folder} ({error.strerror}). Put the file there."))
        return []
    except UnicodeDecodeError:
        problems.append(Problem(file, "It is not UTF-8. Save it as UTF-8."))
        return []
    except yaml.YAMLError as error:
        problems.append(Problem(file, f"It is not usable YAML{_place(error)}. Correct it there."))
        return []
    # An empty list is refused too: it would take everything of this kind out of the catalogue.
    if not isinstance(content, dict) or list(content) != [kind] or not isinstance(content[kind], list):
        problems.append(Problem(file, f"Under the one key '{kind}:' there must be a list of entries. Make it so."))
        return []
    if not content[kind]:
        problems.append(Problem(file, f"There are no entries under '{kind}:'. Add them."))
    return [
        entry
        for number, raw in enumerate(content[kind], start=1)
        if (entry := _read_entry(file, number, raw, form, problems)) is not None
    ]


def _read_entry(file: str, number: int, raw: Any, form: type[AnyEntry], problems: list[Problem]) -> AnyEntry | None:
    try:
        return form.model_validate(raw)
    except ValidationError as error:
        slug = raw.get("slug") if isinstance(raw, dict) else None
        label = slug if isinstance(slug, str) and is_slug(slug) else f"number {number}"
        problems.extend(Problem(file, advise(found), label, _field(found)) for found in error.errors())
        return None


def _field(found: ErrorDetails) -> str | None:
    """The place inside the entry, such as `parts, item 2, name`; None when it is the entry as a whole."""
    places = [f"item {place + 1}" if isinstance(place, int) else str(place) for place in found["loc"]]
    return ", ".join(places) or None


def advise(found: ErrorDetails) -> str:
    """What is wrong with a value and what to do about it."""
    if found["type"] == "model_type":
        return "It is not a list of fields with values. Write it like the other entries."
    if found["type"] in ADVICE:
        return ADVICE[found["type"]]
    sentence = found["msg"].removeprefix("Value error, ").replace("Input should", "It should").removesuffix(".")
    value = found["input"]
    is_short = isinstance(value, str | int | float | bool | None) and len(str(value)) <= SHOWN_LENGTH
    return f"{sentence}. It is {value!r}." if is_short else f"{sentence}."


def _place(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        return f" at line {mark.line + 1}, column {mark.column + 1} ({error.problem})"
    return ""


class _CarefulLoader(yaml.SafeLoader):
    """YAML's safe loader, without two of its silences."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that stands twice; YAML would keep the last and drop the other."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else None)
        return super().construct_mapping(node, deep)

    def construct_date(self, node: yaml.ScalarNode) -> Any:
        """Leave an impossible date as text, so that the entry and field can be named."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_CarefulLoader.add_constructor("tag:yaml.org,2002:timestamp", _CarefulLoader.construct_date)


def _read_yaml(path: Path) -> Any:
    # A subclass of the safe loader is as safe.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_CarefulLoader)
