"""Approved examples, as lines to add to the files of data/nlu. Nothing else in those files is touched."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.errors import ExportRefusedError
from assistant.catalogue.examples import list_examples
from assistant.catalogue.file_changes import FileChange, read_exactly
from assistant.catalogue.models import Example, ExampleState
from assistant.catalogue.slugs import is_slug
from assistant.catalogue.yaml_edits import line_end
from assistant.matching.labels import OFFER, PERSON, SHARED, TOPIC, kind_of, slug_of
from assistant.review.training_sentences import leave_out_taught, sentences_of

FOLDERS = {OFFER: "offers", PERSON: "people", SHARED: "shared", TOPIC: "topics"}
NEW_FILE = 'version: "3.1"\nnlu:\n'
ANNOTATION = re.compile(r"\[[^\]]+\][({\[]")  # Rasa takes the brackets for the name of an entity, and out of the text
ESCAPE = re.compile(r"\\[uU]")  # Rasa reads these as characters in some files and not in others
# In a line of YAML.
UNWRITABLE = re.compile(r"[^\t\x20-\x7E\xA0-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\U00010000-\U0010FFFF]")
BLOCK = "|"  # a text of several lines, as they stand


def plan_examples(session: Session, folder: Path) -> list[FileChange]:
    """What has to be added to the files of `folder` so that they hold every approved example.

    One that stands there, or differs from one that does in case, spaces and the point at the end only, is not added.
    Raises ExportRefusedError naming the number of an example that would not read back exactly.
    """
    texts = _read_files(folder)
    sentences = {path: _sentences(path, text) for path, text in texts.items()}
    taught = [sentence for in_file in sentences.values() for sentence in in_file]
    new: dict[str, list[Example]] = {}
    for example in leave_out_taught(list_examples(session), taught):
        new.setdefault(example.label, []).append(example)
    _refuse_unwritable(example for examples in new.values() for example in examples)
    places = {label: path for path, in_file in reversed(sentences.items()) for _, label in in_file}
    added: dict[Path, int] = {}
    for label, examples in new.items():
        path = places.get(label) or _new_place(folder, label, examples[0])
        texts[path] = _add(path, texts.get(path, NEW_FILE), label, [example.text for example in examples])
        added[path] = added.get(path, 0) + len(examples)
    return [FileChange(path, texts[path], _count(lines)) for path, lines in sorted(added.items())]


def list_withdrawn_in_files(session: Session, folder: Path) -> list[int]:
    """The numbers of withdrawn examples that the files of `folder` still teach, because they were exported before.

    Nothing takes them out of the files but a person, so that what git holds is only ever added to by itself.
    """
    taught = {sentence for path, text in _read_files(folder).items() for sentence in _sentences(path, text)}
    withdrawn = select(Example).where(Example.state == ExampleState.WITHDRAWN.value).order_by(Example.id)
    return [each.id for each in session.scalars(withdrawn) if (each.text, each.label) in taught]


def _read_files(folder: Path) -> dict[Path, str]:
    return {path: read_exactly(path) for path in sorted(folder.rglob("*.yml"))}


def _count(lines: int) -> str:
    return f"{lines} {'sentence' if lines == 1 else 'sentences'} added"


def find_unwritable(text: str) -> str | None:
    """Why a text would not come back exactly from a file that Rasa reads; None when it would."""
    if not text.strip():
        return "is empty"
    if text != text.strip():
        return "begins or ends with a space"
    if len(text.splitlines()) > 1:
        return "has more than one line"
    if UNWRITABLE.search(text):
        return "has a character that YAML cannot hold"
    if ANNOTATION.search(text):
        return "has brackets that Rasa takes for an entity, such as [x](y)"
    if ESCAPE.search(text):
        return "has a backslash before a u, which Rasa takes for a character"
    return None


def _refuse_unwritable(examples: Iterable[Example]) -> None:
    faults = [
        f"Example {example.id} ({example.label}) {fault}."
        for example in examples
        if (fault := find_unwritable(example.text))
    ]
    if faults:
        advice = "Withdraw what cannot be written, and approve it in other words."
        raise ExportRefusedError("\n".join([advice, *faults]))


def _sentences(path: Path, text: str) -> list[tuple[str, str]]:
    try:
        return sentences_of(text)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        reason = f"{path} is not a training file ({type(error).__name__}). See its neighbours."
        raise ExportRefusedError(reason) from None


def _new_place(folder: Path, label: str, example: Example) -> Path:
    kind, slug = kind_of(label), slug_of(label)
    if kind not in FOLDERS or not is_slug(slug):
        advice = "Add an intent of that name to a file of data/nlu first, or withdraw the example."
        raise ExportRefusedError(f"Example {example.id} has a label that no file has. {advice}")
    return folder / FOLDERS[kind] / f"{slug}.yml"


def _add(path: Path, text: str, label: str, sentences: Sequence[str]) -> str:
    """The file's text with the sentences at the end of the label's block, or in a new block at the end of the file."""
    before = _sentences(path, text) if text != NEW_FILE else []
    block = _find_block(text, label)
    changed = _append_block(text, label, sentences) if block is None else _insert(text, block, sentences)
    _refuse_inexact(path, changed, before, [(sentence, label) for sentence in sentences])
    return changed


def _find_block(text: str, label: str) -> yaml.ScalarNode | None:
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    entries: list[Any] = next((value.value for key, value in root.value if key.value == "nlu"), [])
    for entry in entries:
        fields = {key.value: value for key, value in entry.value}
        if "intent" in fields and fields["intent"].value == label:
            examples = fields["examples"]
            if isinstance(examples, yaml.ScalarNode) and examples.style == BLOCK:
                return examples
    return None


def _insert(text: str, block: yaml.ScalarNode, sentences: Sequence[str]) -> str:
    start = block.start_mark.index
    written = text[start : block.end_mark.index].rstrip()
    last_line = written.rpartition("\n")[2]
    place, indent = line_end(text, start + len(written)), last_line[: len(last_line) - len(last_line.lstrip())]
    newline = _newline(text)
    return text[:place] + "".join(f"{newline}{indent}- {sentence}" for sentence in sentences) + text[place:]


def _append_block(text: str, label: str, sentences: Sequence[str]) -> str:
    newline = _newline(text)
    lines = [f"- intent: {label}", f"  examples: {BLOCK}", *(f"    - {sentence}" for sentence in sentences)]
    return text + ("" if text.endswith("\n") else newline) + "".join(line + newline for line in lines)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _refuse_inexact(
    path: Path, changed: str, before: Sequence[tuple[str, str]], added: Sequence[tuple[str, str]]
) -> None:
    if sorted(_sentences(path, changed)) != sorted([*before, *added]):
        advice = f"Write its sentences as its neighbours do, under 'examples: {BLOCK}'."
        raise ExportRefusedError(f"{path} is written in a way that nothing can be added to exactly. {advice}")
