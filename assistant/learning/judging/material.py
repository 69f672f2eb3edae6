"""What both models are asked: the curated set, confirmed enquiries of the past, and what reviewers keep for judging."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from assistant.learning.evaluation.facts import Facts, read_facts, read_live_facts
from assistant.learning.evaluation.question_files import QUESTION_FILES, Examination, read_examination
from assistant.learning.evaluation.questions import Dialogue, Question
from assistant.learning.judging.past import Wanted, list_past, wanted_of_label
from assistant.learning.regression_set import QUESTIONS
from assistant.review.examples import list_guards
from assistant.settings import Settings

Form = TypeVar("Form", bound=BaseModel)


class Source(StrEnum):
    """Where a question comes from."""

    CURATED = "curated"
    """The project's own, of tests/nlu."""
    ENQUIRY = "enquiry"
    """A member's, whose asker or a reviewer said what is right."""
    GUARD = "guard"
    """One that a reviewer keeps for judging."""


@dataclass(frozen=True)
class Asked:
    """A question, and what it is called in results: by its words, a member's by its reference only."""

    source: Source
    name: str
    question: Question


@dataclass(frozen=True)
class Material:
    """Everything that is asked, and what replies are judged by. `left_out` expects what there is no more."""

    facts: Facts
    asked: tuple[Asked, ...]
    dialogues: tuple[Dialogue, ...]
    left_out: int
    has_curated: bool

    @property
    def examination(self) -> Examination:
        """All of it in the order of `asked`."""
        return Examination(tuple(each.question for each in self.asked), self.dialogues)


def gather(session: Session, settings: Settings) -> Material:
    """Read what to ask from files and database. Raises CatalogueFileError, QuestionFileError."""
    facts, curated = read_live_facts(session, settings), _read_curated(settings)
    asked, dialogues = [], []
    left_out = 0
    for each in [*_curated(curated), *_past(session), *_guards(session)]:
        question = _check(Question, each.fields, facts)
        if question is None:
            left_out += 1
        else:
            asked.append(Asked(each.source, each.name, question))
    for dialogue in curated.dialogues if curated else ():
        if _check(Dialogue, dialogue.model_dump(exclude_unset=True), facts) is None:
            left_out += 1
        else:
            dialogues.append(dialogue)
    return Material(facts, tuple(asked), tuple(dialogues), left_out, curated is not None)


@dataclass(frozen=True)
class _Draft:
    source: Source
    name: str
    fields: dict[str, Any]


def _read_curated(settings: Settings) -> Examination | None:
    """The project's questions, None where it is not checked out whole."""
    folder = settings.data_folder.resolve().parent / QUESTIONS
    return read_examination(folder, read_facts(settings)) if any(folder.glob(QUESTION_FILES)) else None


def _curated(examination: Examination | None) -> Iterator[_Draft]:
    for question in examination.questions if examination else ():
        yield _Draft(Source.CURATED, question.text, question.model_dump(exclude_unset=True))


def _past(session: Session) -> Iterator[_Draft]:
    for number, past in enumerate(list_past(session), start=1):
        yield _draft(Source.ENQUIRY, past.reference, past.text, number, past.wanted)


def _guards(session: Session) -> Iterator[_Draft]:
    for example in list_guards(session):
        yield _draft(Source.GUARD, example.text, example.text, example.id, wanted_of_label(example.label))


def _draft(source: Source, name: str, text: str, number: int, wanted: Wanted | None) -> _Draft:
    return _Draft(source, name, {"file": source.value, "entry": number, "text": text, **(wanted or {})})


def _check(form: type[Form], fields: dict[str, Any], facts: Facts) -> Form | None:
    """The entry, None where it asks for what the live catalogue does not have."""
    try:
        return form.model_validate(fields, context=facts)
    except ValidationError:
        return None
