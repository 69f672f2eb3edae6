"""Change fields of a YAML file of data/catalogue and leave every other byte of it as it is.

Loading a file and writing it back would lay out anew what nobody changed, so each value is found by its place in the
text. Whoever calls this reads the result again and compares it with what was wanted.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

LINE_END = re.compile(r"\r?\n|\Z")
# One sentence a line, so that a changed sentence is one changed line.
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) (?=\S)")
WORDS = re.compile(r"[^\d ]")  # what has none, such as a telephone number, is written in quotes

Values = Mapping[str, Any]
"""The fields of an entry by their names in the file."""


def set_fields(text: str, slug: str, changes: Values) -> str:
    """The file's text with these fields of an entry changed, or added to its end where the entry has them not."""
    entries = _entries(text)
    entry = next(each for each in entries if _slug(each) == slug)
    present = {str(key.value): (key, value) for key, value in entry.value}
    column, folded = entry.value[0][0].start_mark.column, _folded_fields(entries)
    edits = []
    for name, value in changes.items():
        if name in present:
            key, old = present[name]
            start, end = key.start_mark.index, _end(text, key, old)
            has_comment = text[end : line_end(text, end)].strip() != ""
            is_block = name in folded or _is_block_list(old)
            field = _field(name, value, column, is_block=is_block, in_one_line=has_comment)
        else:
            start = end = line_end(text, _end(text, *entry.value[-1]))
            field = f"\n{' ' * column}" + _field(name, value, column, is_block=name in folded)
        edits.append((start, end, field))
    for start, end, field in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        text = text[:start] + _with_line_ends_of(text, field) + text[end:]
    return text


def add_entry(text: str, values: Values) -> str:
    """The file's text with an entry at its end, laid out as the last one is."""
    entries = _entries(text)
    last = entries[-1]
    column = last.value[0][0].start_mark.column
    folded = _folded_fields(entries)
    order = [str(key.value) for key, _ in last.value]
    names = [name for name in order if name in values] + [name for name in values if name not in order]
    fields = [_field(name, values[name], column, is_block=name in folded) for name in names]
    dash = " " * (column - 2) + "- "
    entry = dash + f"\n{' ' * column}".join(fields)
    place = line_end(text, _end(text, *last.value[-1]))
    gap = "\n\n" if _has_gaps(text, entries) else "\n"
    return text[:place] + _with_line_ends_of(text, gap + entry) + text[place:]


def line_end(text: str, index: int) -> int:
    """Where the line ends that this place is in."""
    found = LINE_END.search(text, index)
    assert found is not None  # \Z is always found
    return found.start()


def _entries(text: str) -> list[yaml.MappingNode]:
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    entries: list[yaml.MappingNode] = root.value[0][1].value
    return entries


def _slug(entry: yaml.MappingNode) -> str:
    return next(str(value.value) for key, value in entry.value if key.value == "slug")


def _folded_fields(entries: list[yaml.MappingNode]) -> set[str]:
    """The fields that the file writes as folded blocks."""
    return {str(key.value) for entry in entries for key, value in entry.value if _is_folded(value)}


def _is_folded(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style == ">"


def _is_block_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and not node.flow_style


def _has_gaps(text: str, entries: list[yaml.MappingNode]) -> bool:
    """Whether blank lines stand between entries."""
    if len(entries) < 2:
        return False
    between = text[_end(text, *entries[-2].value[-1]) : entries[-1].start_mark.index]
    return re.search(r"\n[ \t\r]*\n", between) is not None


def _end(text: str, key: yaml.Node, value: yaml.Node) -> int:
    """Where a field ends. A block of YAML lasts to what comes next, comments included that are not about it."""
    start = key.start_mark.index
    found = text[start : value.end_mark.index].rstrip()
    while "\n" in found:
        before, _, last = found.rpartition("\n")
        if not last.lstrip().startswith("#") or len(last) - len(last.lstrip()) > key.start_mark.column:
            break
        found = before.rstrip()
    return int(start + len(found))


def _field(name: str, value: Any, column: int, *, is_block: bool, in_one_line: bool = False) -> str:
    """`name: value`; lines after the first are indented to stand in an entry whose fields begin at `column`.

    `is_block` asks for several lines where the value can be written so, `in_one_line` for one whatever it is.
    """
    first, *rest = [_in_one_line(value)] if in_one_line else _lines(value, is_block=is_block)
    head = f"{name}: {first}" if first else f"{name}:"
    return "\n".join([head, *(" " * column + line if line else "" for line in rest)])


def _lines(value: Any, *, is_block: bool) -> Iterator[str]:
    if isinstance(value, str) and is_block:
        yield from _folded(value)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield ""
        for item in value:
            for number, (name, inner) in enumerate(item.items()):
                yield ("  " if number else "- ") + f"{name}: {_in_one_line(inner)}"
    elif isinstance(value, list) and value and is_block:
        yield ""
        yield from (f"- {_in_one_line(item)}" for item in value)
    else:
        yield _in_one_line(value)


def _in_one_line(value: Any) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case date():
            return value.isoformat()
        case str():
            return _scalar(value)
        case list():
            return f"[{', '.join(_flow_item(item) for item in value)}]"
        case _:
            raise TypeError(type(value).__name__)


def _flow_item(item: Any) -> str:
    if isinstance(item, str):
        return item if _reads_as(f"[{item}]", [item]) else _quoted(item)
    return json.dumps(item, ensure_ascii=False)


def _scalar(text: str) -> str:
    return text if WORDS.search(text) and _reads_as(f"x: {text}", {"x": text}) else _quoted(text)


def _folded(text: str) -> list[str]:
    """As a folded block, one sentence a line, where YAML reads that as it was; else in quotes."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += [*([""] if lines else []), *BETWEEN_SENTENCES.split(paragraph)]
    block = "\n".join(["x: >-", *(f"  {line}" if line else "" for line in lines)])
    if not _reads_as(block, {"x": text}):
        return [_scalar(text)]
    return [">-", *(f"  {line}" if line else "" for line in lines)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _reads_as(snippet: str, value: object) -> bool:
    try:
        read: object = yaml.safe_load(snippet)
    except (yaml.YAMLError, ValueError):  # ValueError: an impossible date
        return False
    return read == value


def _with_line_ends_of(text: str, addition: str) -> str:
    return addition.replace("\n", "\r\n") if "\r\n" in text else addition
