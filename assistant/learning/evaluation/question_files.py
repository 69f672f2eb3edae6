"""Read the files of questions and dialogues, and say exactly what is wrong with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assistant.catalogue.errors import Problem
from assistant.learning.evaluation.errors import QuestionFileError
from assistant.learning.evaluation.facts import Facts
from assistant.learning.evaluation.questions import Dialogue, Question

QUESTION_FILES, DIALOGUE_FILES = "questions*.yml", "dialogues*.yml"

Form = TypeVar("Form", bound=BaseModel)

# Where pydantic's own sentence does not say what to do, ours does.
ADVICE = {
    "missing": "It is missing. Add it.",
    "extra_forbidden": "There is no such field here. Take it out, or correct its name.",
    "model_type": "It is not a list of fields with values. Write it like the other entries.",
}


@dataclass(frozen=True)
class Examination:
    """Everything that is asked."""

    questions: tuple[Question, ...]
    dialogues: tuple[Dialogue, ...]

    def __len__(self) -> int:
        """How many questions and dialogues there are."""
        return len(self.questions) + len(self.dialogues)


def read_examination(folder: Path, facts: Facts) -> Examination:
    """Read all questions and dialogues of `folder`. Raises QuestionFileError with everything that is wrong."""
    problems: list[Problem] = []
    questions = [
        question
        for file in _list_files(folder, QUESTION_FILES)
        for question in _read_entries(file, Question, facts, problems, _name_question)
    ]
    dialogues = [
        dialogue
        for file in _list_files(folder, DIALOGUE_FILES)
        for dialogue in _read_entries(file, Dialogue, facts, problems, _name_dialogue)
    ]
    if not questions and not problems:
        problems.append(Problem(QUESTION_FILES, f"There are no questions in {folder}. Name another folder."))
    if problems:
        raise QuestionFileError(problems)
    return Examination(tuple(questions), tuple(dialogues))


def _list_files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def _name_question(question: Question) -> str:
    return question.text


def _name_dialogue(dialogue: Dialogue) -> str:
    return dialogue.name


def _read_entries(
    file: Path, form: type[Form], facts: Facts, problems: list[Problem], name: Callable[[Form], str]
) -> Iterator[Form]:
    """The usable entries of a file; of the others the problems."""
    first: dict[str, int] = {}
    for number, raw in enumerate(_read_list(file, problems), start=1):
        entry = _read_entry(file.name, number, raw, form, facts, problems)
        if entry is None:
            continue
        # Results of two runs are brought together by these.
        if first.setdefault(name(entry), number) != number:
            advice = f"It is the same as entry number {first[name(entry)]}. Take one of them out."
            problems.append(Problem(file.name, advice, f"number {number}"))
        yield entry


def _read_list(file: Path, problems: list[Problem]) -> list[Any]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        problems.append(Problem(file.name, f"It cannot be read ({error.strerror}). Let this user read it."))
    except UnicodeDecodeError:
        problems.append(Problem(file.name, "It is not UTF-8. Save it as UTF-8."))
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an impossible date
        problems.append(Problem(file.name, f"It is not usable YAML{_place(error)}. Correct it there."))
    else:
        if isinstance(content, list):
            return content
        problems.append(Problem(file.name, "It is not a list of entries. Begin each entry with a hyphen."))
    return []


def _place(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        return f" at line {mark.line + 1}, column {mark.column + 1} ({error.problem})"
    return ""


def _read_entry(
    file: str, number: int, raw: Any, form: type[Form], facts: Facts, problems: list[Problem]
) -> Form | None:
    if isinstance(raw, dict) and issubclass(form, Question):
        raw = raw | {"file": file, "entry": number}
    try:
        return form.model_validate(raw, context=facts)
    except ValidationError as error:
        problems.extend(Problem(file, _advice(each), f"number {number}", _field(each)) for each in error.errors())
        return None


def _field(found: ErrorDetails) -> str | None:
    """The place inside the entry, such as `turns, item 2, outcome`; None when it is the entry as a whole."""
    places = [f"item {place + 1}" if isinstance(place, int) else str(place) for place in found["loc"]]
    return ", ".join(places) or None


def _advice(found: ErrorDetails) -> str:
    if found["type"] in ADVICE:
        return ADVICE[found["type"]]
    return found["msg"].removeprefix("Value error, ").replace("Input should", "It should").removesuffix(".") + "."
