"""The public API's requests and replies (DESIGN §5), as FastAPI documents and checks them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, field_validator, model_validator

from assistant.enquiries.form_checks import check_address, check_name
from assistant.enquiries.intake import Form, Incoming
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.texts import check_text


class Strict(BaseModel):
    """Refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid")


class FormBody(Strict):
    """A question left for a person in one go. `consent` has to be true: without it nothing may be kept.

    Where the question tells of racism, its words are kept only when `keep_words` is true; name and address are.
    """

    question: StrictStr
    name: StrictStr
    email: StrictStr
    consent: Literal[True]
    keep_words: StrictBool = False

    @field_validator("consent", mode="before")
    @classmethod
    def _is_true_itself(cls, value: object) -> object:
        # Pydantic takes 1 for true, and consent has to be plain.
        if value is not True:
            raise ValueError("Send true. Without consent nothing may be kept.")
        return value


class MessageBody(Strict):
    """One of: a text, a choice that was offered, a form."""

    text: StrictStr | None = None
    choice: Annotated[StrictStr, Field(max_length=100)] | None = None
    form: FormBody | None = None

    @model_validator(mode="after")
    def _has_one(self) -> "MessageBody":
        if sum(part is not None for part in (self.text, self.choice, self.form)) != 1:
            raise ValueError("Send exactly one of text, choice and form.")
        return self

    def incoming(self) -> Incoming:
        """The message, cleaned. Raises MessageRefusedError when it is empty, too long, or not usable."""
        if self.form is not None:
            return Incoming(form=_form(self.form))
        if self.choice is not None:
            return Incoming(choice=self.choice)
        return Incoming(text=check_text(self.text or ""))


def _form(form: FormBody) -> Form:
    name, email = check_name(form.name), check_address(form.email)
    return Form(question=check_text(form.question), name=name, email=email, keep_words=form.keep_words)


class FeedbackBody(Strict):
    """Whether an answer was useful."""

    useful: StrictBool


class ConversationReply(BaseModel):
    """A new conversation and the secret that opens it."""

    conversation: str
    token: str


class Text(BaseModel):
    """One paragraph of a reply."""

    text: str


class ContactReply(BaseModel):
    """Where to ask. `published` is false when it is the general contact."""

    email: str
    phone: str | None
    published: bool


class SourceReply(BaseModel):
    """Where a fact is from; `published` is a month such as 2022-11.

    `edited_on` is the day on which staff last changed what is shown, null where it is as published; `checked_on` the
    day on which they last made sure of it with its owner, null where they never did.
    """

    title: str
    published: str
    edited_on: str | None = None
    checked_on: str | None = None


class OfferReply(BaseModel):
    """One support programme."""

    slug: str
    name: str
    summary: str
    stages: list[str]
    tier: str
    contact: ContactReply
    source: SourceReply


class PersonReply(BaseModel):
    """Someone in the strategy's leadership."""

    name: str
    role: str


class ChoiceReply(BaseModel):
    """Something to choose; send its id back."""

    id: str
    label: str


class MessageReply(BaseModel):
    """The answer to a message."""

    enquiry: str | None
    outcome: Outcome
    replies: list[Text]
    offers: list[OfferReply]
    topic: str | None
    person: PersonReply | None
    people: list[PersonReply]
    choices: list[ChoiceReply]
    expects: Literal["question", "name", "email", "consent"] | None
