"""One turn of a conversation as an action sees it: what was understood, what was said before, what to reply."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from assistant.catalogue.models import Offer
from assistant.db.engine import Database
from assistant.enquiries.outcomes import Outcome
from assistant.matching.labels import OFFER, kind_of, slug_of
from assistant.settings import Settings, load_settings

# Forgotten after every turn that does not set them anew.
PASSING_SLOTS = {"misses": 0.0, "offered_person": False, "asked_which": False}


@lru_cache(maxsize=1)
def shared_settings() -> Settings:
    """The settings, read once for all actions."""
    return load_settings()


@lru_cache(maxsize=1)
def shared_database() -> Database:
    """The database that all actions read."""
    return Database(shared_settings().database_url)


class Turn:
    """Collects the reply of one turn. `said` are responses of domain.yml with their values."""

    def __init__(self, tracker: Tracker, session: Session, settings: Settings) -> None:
        self.session = session
        self.settings = settings
        self.conversation = str(tracker.sender_id)
        message: dict[str, Any] = tracker.latest_message or {}
        self.text = str(message.get("text") or "")
        self.intent = str((message.get("intent") or {}).get("name") or "")
        self.metadata: dict[str, Any] = message.get("metadata") or {}
        self._decision: dict[str, Any] = message.get("decision") or {}
        self._entities: list[dict[str, Any]] = message.get("entities") or []
        self.slots: dict[str, Any] = dict(tracker.slots)
        # The desk knows which step is open; the slot is for Rasa's own shell, which has no desk.
        self.step: str | None = self.metadata["step"] if "step" in self.metadata else self.slots.get("step")
        self._changes: dict[str, Any] = {}
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.reply: dict[str, Any] = {}

    # What was understood.

    def entity(self, name: str) -> str | None:
        """The first value of an entity in the message."""
        return next(iter(self.entities(name)), None)

    def entities(self, name: str) -> list[str]:
        """The different values of an entity in the message, in the order they stand."""
        return list(dict.fromkeys(str(found["value"]) for found in self._entities if found.get("entity") == name))

    @property
    def meant(self) -> list[str]:
        """The labels to answer, in the order asked."""
        return [choice["label"] for choice in self._decision.get("meant", [])]

    @property
    def asked(self) -> list[str]:
        """The labels of offers and shared parts that the message may mean."""
        return list(self._decision.get("asked", []))

    @property
    def likeliest_intent(self) -> tuple[str, float]:
        """The kind of the most probable label with its probability, also where that was not enough for an answer."""
        best: dict[str, Any] = next(iter(self._decision.get("ranking", [])), {"label": "", "confidence": 0.0})
        return kind_of(best["label"]), float(best["confidence"])

    def ranked_offers(self, least: float = 0.0) -> list[str]:
        """Slugs of the offers the message may mean, likeliest first, with at least this probability."""
        return [
            slug_of(choice["label"])
            for choice in self._decision.get("ranking", [])
            if kind_of(choice["label"]) == OFFER and choice["confidence"] >= least
        ]

    # What was said before.

    @property
    def subject(self) -> str:
        """The label of what the last answer was about, or empty."""
        return str(self.slots.get("subject") or "")

    @property
    def shown(self) -> list[str]:
        """Slugs of the offers last shown together."""
        return list(self.slots.get("shown") or [])

    def remember(self, **slots: Any) -> None:
        """Keep something for the turns to come."""
        self._changes.update(slots)

    def remember_subject(self, label: str) -> None:
        """Keep what this answer is about, and what the one before was about."""
        if label != self.subject:
            self.remember(previous_subject=self.subject or None)
        self.remember(subject=label)

    # What to reply.

    def say(self, response: str, **values: Any) -> None:
        """Add a response of domain.yml to the reply."""
        self.said.append((response, values))

    def say_with_general_contact(self, response: str, **values: Any) -> None:
        """Add a response that shows the general contact."""
        self.say(response, email=self.settings.general_email, phone=self.settings.general_phone, **values)

    def outcome(self, outcome: Outcome) -> None:
        """Set the outcome; the first one of a turn stands."""
        self.reply.setdefault("outcome", outcome.value)

    def add_offers(self, offers: Iterable[Offer]) -> None:
        """Show the cards of these offers, after those already there."""
        cards = self.reply.setdefault("offers", [])
        cards.extend(offer.slug for offer in offers if offer.slug not in cards)

    def expect(self, step: str | None) -> None:
        """Open a step of leaving a question, or close it."""
        self.reply["expects"] = step
        self.remember(step=step)

    def send(self, dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
        """Hand the reply to Rasa; the first utterance carries its fields. Returns the events that keep the slots."""
        for number, (response, values) in enumerate(self.said):
            dispatcher.utter_message(response=response, json_message=self.reply if number == 0 else None, **values)
        changes = {**{name: value for name, value in PASSING_SLOTS.items() if self.slots.get(name)}, **self._changes}
        return [SlotSet(name, value) for name, value in changes.items()]
