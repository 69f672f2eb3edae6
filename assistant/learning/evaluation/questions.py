"""The form of one question and one dialogue, with what the reply must hold."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.outcomes import MISSES, Outcome
from assistant.enquiries.texts import check_text
from assistant.learning.evaluation.facts import Facts

# What a question must say besides its outcome, and how often.
NEEDED = {Outcome.OFFER: "offers", Outcome.LIST: "offers", Outcome.CLARIFY: "offers"} | {
    Outcome.PERSON: "person",
    Outcome.INFO: "topic",
}


def _known(what: str, file: str, names: Callable[[Facts], Any]) -> AfterValidator:
    """Refuse what the catalogue does not have. Without facts, as when an old report is read, anything goes."""

    def check(value: str, info: ValidationInfo) -> str:
        if info.context is not None and value not in names(info.context):
            raise ValueError(f"There is no {what} '{value}'. Take one from {file} of the catalogue.")
        return value

    return AfterValidator(check)


def _sendable(text: str) -> str:
    try:
        check_text(text)
    except MessageRefusedError as error:
        raise ValueError(str(error)) from None
    return text


Text = Annotated[str, AfterValidator(_sendable)]
OfferSlug = Annotated[str, _known("offer", "offers.yml", lambda facts: facts.offers)]
TopicSlug = Annotated[str, _known("topic", "topics.yml", lambda facts: facts.topics)]
PersonSlug = Annotated[str, _known("person", "people.yml", lambda facts: facts.people)]
Address = Annotated[str, _known("contact", "contacts.yml", lambda facts: facts.addresses)]
Outcomes = Annotated[tuple[Outcome, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Expectation(BaseModel):
    """What a reply must hold. What is left out is not judged, except that `expects: null` means no open step."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    outcome: Outcomes = ()
    offers: tuple[OfferSlug, ...] | None = None
    topic: TopicSlug | None = None
    person: PersonSlug | None = None
    contact: Address | None = None
    contains: tuple[str, ...] = ()
    expects: Literal["question", "name", "email", "consent"] | None = None

    @property
    def accepted(self) -> tuple[Outcome, ...]:
        """The outcomes that are right; empty when any is."""
        return self.outcome


class Question(Expectation):
    """A question to be asked in a conversation of its own, with its place in the files."""

    file: str
    entry: int
    text: Text
    kind: str = "other"
    outcome: Annotated[Outcomes, Field(min_length=1, max_length=1)]

    @property
    def wanted(self) -> Outcome:
        """The outcome it asks for."""
        return self.outcome[0]

    @property
    def is_answerable(self) -> bool:
        """Whether it deserves more than being refused."""
        return self.wanted not in MISSES

    @property
    def accepted(self) -> tuple[Outcome, ...]:
        """How the assistant says that it cannot answer is a matter of degree: either way of refusing is right."""
        return self.outcome if self.is_answerable else tuple(sorted(MISSES))

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        field = NEEDED.get(self.wanted)
        if field and not getattr(self, field):
            raise ValueError(f"With the outcome '{self.wanted}' it needs '{field}'. Add it.")
        if self.wanted is Outcome.OFFER and len(self.offers or ()) != 1:
            raise ValueError("With the outcome 'offer' there is one offer. For several take 'list' or 'clarify'.")
        return self


class FormEntry(BaseModel):
    """A question that is left in one go. Without consent there is no form, so it may stand here and is only true."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    question: str
    name: str
    email: str
    consent: Literal[True] = True


class Turn(Expectation):
    """One message of a dialogue: a text, the choice whose label contains `picks`, or a form."""

    says: Text | None = None
    picks: str | None = None
    form: FormEntry | None = None

    @property
    def sent(self) -> str:
        """What the asker does, for people to read."""
        if self.form:
            return f"leaves by form: {self.form.question}"
        return f"says: {self.says}" if self.says else f"picks: {self.picks}"

    @model_validator(mode="after")
    def _is_one_message(self) -> Self:
        if [self.says, self.picks, self.form].count(None) != 2:
            raise ValueError("A turn has one of 'says', 'picks' and 'form'. Keep one.")
        return self


class Dialogue(BaseModel):
    """Turns of one conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1)]
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
