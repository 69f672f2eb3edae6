"""What the demonstration is made of: invented questions, invented people who ask, and what staff did about them."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, EmailStr, Field, TypeAdapter, ValidationError, model_validator

from assistant.catalogue.schema import Slug
from assistant.demo.errors import DemoFileError
from assistant.enquiries.outcomes import Outcome
from assistant.review.models import DecisionKind
from assistant.staff.roles import Role

FOLDER = "demo"
CARE = frozenset({Outcome.DISCLOSURE, Outcome.CRISIS, Outcome.ABUSE})

Share = Annotated[float, Field(ge=0, le=1)]
DaysAgo = Annotated[int, Field(ge=0)]
T = TypeVar("T")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ask(_Entry):
    """One thing that is asked, in the words of several people, and what became of it; questions.yml says more."""

    slug: Slug
    outcome: Outcome
    offers: tuple[Slug, ...] = ()
    topic: Slug | None = None
    person: Slug | None = None
    aspect: Literal["cost", "date", "joining", "link", "eligibility"] | None = None
    weight: Annotated[float, Field(gt=0)] = 1
    rising: bool = False
    confidence: Literal["sure", "fair", "low"] | None = None
    not_useful: Share = 0
    left: Share = 0
    texts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _keep_words_from_care(self) -> Self:
        if self.is_care == bool(self.texts):
            raise ValueError("Where care is due there are no texts, everywhere else there are")
        return self

    @property
    def is_care(self) -> bool:
        """Whether it is met with care, so that its words are kept nowhere."""
        return self.outcome in CARE


class Colleague(_Entry):
    """An invented member of staff."""

    role: Role
    name: str
    email: EmailStr


class _Act(_Entry):
    """Something that somebody did, so many days ago."""

    by: Role
    days_ago: DaysAgo


class Decided(_Act):
    """What was decided on those who ask one thing. An answer is written out; a label may teach examples."""

    about: Slug
    kind: DecisionKind
    label: str | None = None
    note: str = ""
    answer: str = ""
    teaches: tuple[str, ...] = ()


class Assigned(_Act):
    """Who was to look at those who ask one thing."""

    about: Slug
    to: Role


class Proposed(_Act):
    """An example that was proposed for training and is not yet approved."""

    text: str
    label: str


class Revised(_Act):
    """An edit of an entry of the catalogue: the fields that it changes."""

    kind: Literal["offers", "topics"]
    slug: Slug
    changes: dict[str, Any]
    why: str
    published: bool


class Checked(_Entry):
    """When somebody last made sure that a contact is right."""

    slug: Slug
    verified_days_ago: DaysAgo
    by: Role


class Story(_Entry):
    """What staff did in the month."""

    staff: tuple[Colleague, ...]
    decisions: tuple[Decided, ...]
    assigned: tuple[Assigned, ...]
    proposed: tuple[Proposed, ...]
    revisions: tuple[Revised, ...]
    contacts: tuple[Checked, ...]


class _Askers(_Entry):
    askers: tuple[str, ...]


class Script(_Entry):
    """Everything in data/demo."""

    asks: tuple[Ask, ...]
    askers: tuple[str, ...]
    story: Story

    @model_validator(mode="after")
    def _refuse_strangers(self) -> Self:
        slugs = [ask.slug for ask in self.asks]
        acts: tuple[Decided | Assigned, ...] = (*self.story.decisions, *self.story.assigned)
        about = [act.about for act in acts]
        if unknown := set(about) - set(slugs):
            raise ValueError(f"There is no {', '.join(sorted(unknown))} in questions.yml")
        if len(about) != len(set(about)) or len(slugs) != len(set(slugs)):
            raise ValueError("Each slug is to stand once in questions.yml, and once in story.yml at most")
        if {colleague.role for colleague in self.story.staff} != set(Role):
            raise ValueError("There is to be one member of staff of each role")
        return self


def read_script(data: Path) -> Script:
    """The files of `data`/demo, checked. Raises DemoFileError naming the file."""
    folder = data / FOLDER
    asks = _read(folder / "questions.yml", tuple[Ask, ...])
    askers = _read(folder / "askers.yml", _Askers).askers
    story = _read(folder / "story.yml", Story)
    try:
        return Script(asks=asks, askers=askers, story=story)
    except ValidationError as error:
        raise DemoFileError(f"The files in {folder} do not go together: {_first(error)}.") from None


def _read(file: Path, form: type[T]) -> T:
    try:
        return TypeAdapter(form).validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise DemoFileError(f"{file} cannot be read ({type(error).__name__}).") from None
    except ValidationError as error:
        raise DemoFileError(f"{file} cannot be used: {_first(error)}.") from None


def _first(error: ValidationError) -> str:
    """Where the first fault is, and which."""
    fault = error.errors()[0]
    return f"{'/'.join(map(str, fault['loc'])) or 'all'}: {fault['msg']}"
