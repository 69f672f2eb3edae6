"""What the assistant would have said, put together from the catalogue and the responses of domain.yml."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from sqlalchemy.orm import Session

from assistant.catalogue.models import Offer, Person, Topic
from assistant.catalogue.standing import month
from assistant.demo.errors import DemoFileError
from assistant.demo.script import Ask
from assistant.demo.visits import Question
from assistant.enquiries.care import CareReplies
from assistant.enquiries.engine import TurnReply
from assistant.enquiries.outcomes import Outcome
from assistant.matching.safety import Care
from assistant.settings import Settings

DOMAIN = Path("domain.yml")  # of the working directory, as training reads it
WHICH = "Which of these do you mean?"


class Responses:
    """The responses of domain.yml, filled in."""

    def __init__(self, settings: Settings, domain: Path = DOMAIN) -> None:
        """Raises DemoFileError."""
        try:
            content = yaml.load(domain.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            self._texts = {name: entries[0]["text"] for name, entries in content["responses"].items()}
        except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise DemoFileError(f"{domain} cannot be used ({type(error).__name__}).") from None
        self._general = {"email": settings.general_email, "phone": settings.general_phone}

    def say(self, response: str, /, **values: object) -> str:
        """One response, the general contact filled in where it is named."""
        return str(self._texts[response]).format(**{**self._general, **values})


class Replies:
    """The reply to each invented question. What was told by the engine goes before what the file says."""

    def __init__(self, session: Session, settings: Settings, told: Mapping[str, TurnReply] | None = None) -> None:
        """`told` is what the engine made of redacted texts."""
        self._session = session
        self._settings = settings
        self._told = told or {}
        self._care = CareReplies(settings)
        self.responses = Responses(settings)

    def reply(self, question: Question, redacted: str | None) -> TurnReply:
        """What is said to a question, of which this is left once redacted."""
        if redacted is not None and redacted in self._told:
            return self._told[redacted]
        ask = question.ask
        if ask.is_care:
            return self._care.reply(Care(ask.outcome.value), None)
        texts = tuple(self._texts(ask))
        return TurnReply(
            outcome=ask.outcome.value,
            texts=texts,
            offers=ask.offers,
            topic=ask.topic,
            person=ask.person,
            choices=self._choices(ask) if ask.outcome is Outcome.CLARIFY else (),
            confidence=question.confidence,
        )

    def _texts(self, ask: Ask) -> list[str]:
        say = self.responses.say
        match ask.outcome:
            case Outcome.OFFER:
                return self._of_offer(self._session.get_one(Offer, ask.offers[0]), ask.aspect)
            case Outcome.LIST:
                lines = "\n".join(f"• {offer.short_name}" for offer in self._offers(ask))
                return [say("utter_list", count=len(ask.offers), criteria="that may be what you mean", lines=lines)]
            case Outcome.CLARIFY:
                return [say("utter_ask_which", question=WHICH)]
            case Outcome.INFO:
                answer = self._session.get_one(Topic, ask.topic).answer
                filled = answer.replace("{general_email}", self._settings.general_email)
                return [filled.replace("{general_phone}", self._settings.general_phone)]
            case Outcome.PERSON:
                person = self._session.get_one(Person, ask.person)
                return [say("utter_person", name=person.name, role=person.role), say("utter_people_source")]
            case _:
                return [say(f"utter_{ask.outcome.value}")]

    def _of_offer(self, offer: Offer, aspect: str | None) -> list[str]:
        say = self.responses.say
        texts = [say("utter_offer", name=offer.name, summary=offer.summary, details=offer.details)]
        if aspect == "eligibility" and offer.audiences:
            texts.append(say("utter_audiences", audiences=", ".join(offer.audiences)))
        elif aspect is not None:
            texts.append(say(f"utter_{aspect}_not_stated"))
        if offer.contact is not None:
            texts.append(say("utter_contact_published", email=offer.contact.email))
        else:
            texts.append(say("utter_contact_general"))
        return [*texts, say("utter_source", title=offer.source.title, published=month(offer.source.published))]

    def _choices(self, ask: Ask) -> tuple[tuple[str, str], ...]:
        offers = ((offer.short_name, f'/choose{{"slug": "{offer.slug}"}}') for offer in self._offers(ask))
        return (*offers, ("None of these", "/choose_none"))

    def _offers(self, ask: Ask) -> list[Offer]:
        return [self._session.get_one(Offer, slug) for slug in ask.offers]
