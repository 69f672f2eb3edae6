"""The one component of the NLU pipeline: our matcher as a Rasa intent classifier."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.enquiries.engine import Understanding
from assistant.enquiries.references import find_references
from assistant.matching.decision import Choice, Costs, Decision, Verdict
from assistant.matching.encoder import shared_encoder
from assistant.matching.entities import find_entities
from assistant.matching.labels import LIST_OFFERS, OFFER, OUT_OF_SCOPE, PERSON, TOPIC, kind_of
from assistant.matching.language import is_english
from assistant.matching.linker_file import OutdatedLinkerError, read_linker, write_linker
from assistant.matching.matcher import Matcher
from assistant.matching.remembering import training_encoder
from assistant.matching.segments import find_ruled_out
from assistant.matching.spelling import Spelling
from assistant.matching.taught import Taught
from assistant.matching.terms import read_alike
from assistant.nlu.errors import OutdatedModelError
from assistant.settings import load_settings

DECISION = "decision"
# Intents that no training sentence has: what the matcher decides beyond a single label.
ASK_WHICH, SEVERAL, OTHER_LANGUAGE, FALLBACK = "ask_which", "several", "other_language", "nlu_fallback"
NOT_ANSWERED = {FALLBACK, OTHER_LANGUAGE, OUT_OF_SCOPE}
# Of the others some only ask back or go on with what was said before.
ANSWERED = {OFFER, TOPIC, PERSON, LIST_OFFERS, SEVERAL}
INTENT_OF_VERDICT = {Verdict.ASK: ASK_WHICH, Verdict.SEVERAL: SEVERAL, Verdict.UNKNOWN: FALLBACK}

# A message that is little more than a reference asks what became of it.
ASK_STATUS, WORDS_AROUND_A_REFERENCE = "ask_status", 12


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MessageMatcher(GraphComponent, IntentClassifier):
    """Sets intent, ranking and entities, and adds the whole decision to the parsed message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The costs of the decision; config.yml may set others."""
        return {"costs": {}}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, matcher: Matcher | None = None
    ) -> None:
        self._costs = Costs(**config["costs"])
        self._storage = storage
        self._resource = resource
        self._matcher = matcher

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageMatcher:
        """An untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every labelled sentence, with the catalogue's names from the lookup tables named after labels."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        names = {table["name"]: table["elements"] for table in training_data.lookup_tables}
        self._matcher = Matcher.train(
            training_encoder(load_settings().encoder_graph),
            [str(example.get(TEXT)) for example in examples],
            [str(example.get_full_intent()) for example in examples],
            names,
            self._costs,
        )
        with self._storage.write_to(self._resource) as folder:
            words, taught = self._matcher.spelling.words, self._matcher.taught.labels
            write_linker(self._matcher.linker, folder, words=words, taught=taught)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MessageMatcher:
        """The trained component."""
        with model_storage.read_from(resource) as folder:
            try:
                linker, names = read_linker(Path(folder))
            except OutdatedLinkerError:
                raise OutdatedModelError from None
        encoder = shared_encoder(load_settings().encoder_graph)
        spelling, taught = Spelling(names["words"], encoder.knows), Taught(names.get("taught", {}))
        matcher = Matcher(encoder, linker, spelling, Costs(**config["costs"]), taught)
        return cls(config, model_storage, resource, matcher)

    def understand(self, text: str) -> Understanding:
        """What a text means. The text goes no further: no Rasa message, no log."""
        decision = self._get_matcher().match(text)
        intent = _intent_of(decision, text)
        best, *others = dict.fromkeys(choice.label for choice in (*decision.meant, *decision.ranking)) or (None,)
        return Understanding(intent, decision.confidence, best, intent in ANSWERED, tuple(others))

    def knows(self, text: str) -> bool:
        """Whether a text means something that is answered; it goes no further either."""
        return self.understand(text).intent not in NOT_ANSWERED

    def _get_matcher(self) -> Matcher:
        if self._matcher is None:
            raise RuntimeError("The message matcher was asked before it was trained or loaded.")
        return self._matcher

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message. Trusted payloads (`/intent{...}`) have their intent already and are left alone."""
        for message in messages:
            if message.get(INTENT) is None:
                self._judge(message, str(message.get(TEXT) or ""))
        return messages

    def _judge(self, message: Message, text: str) -> None:
        decision = self._get_matcher().match(text)
        intent = _intent_of(decision, text)
        message.set(INTENT, {"name": intent, "confidence": decision.confidence}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, _ranking(intent, decision), add_to_output=True)
        message.set(DECISION, decision.as_dict(), add_to_output=True)
        text = read_alike(text)  # where an entity stands is where it stands in this
        ruled_out = find_ruled_out(text)
        found = [
            {"entity": entity.name, "value": entity.value, "start": entity.start, "end": entity.end}
            for entity in find_entities(text)
            if not re.search(rf"\b{re.escape(text[entity.start : entity.end])}\b", ruled_out)
        ]
        message.set(ENTITIES, [*(message.get(ENTITIES) or []), *found], add_to_output=True)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training sentences need no features of ours."""
        return training_data


def _intent_of(decision: Decision, text: str) -> str:
    if find_references(text) and len(text.split()) <= WORDS_AROUND_A_REFERENCE:
        return ASK_STATUS
    if not decision.is_familiar and not is_english(text):
        return OTHER_LANGUAGE
    return INTENT_OF_VERDICT.get(decision.verdict) or kind_of(decision.meant[0].label)


def _ranking(intent: str, decision: Decision) -> list[dict[str, Any]]:
    """Rasa's ranking is over intents: for each kind its best leaf, best first, led by the intent chosen."""
    best: dict[str, float] = {intent: decision.confidence}
    choice: Choice
    for choice in decision.ranking:
        best.setdefault(kind_of(choice.label), choice.confidence)
    return [{"name": name, "confidence": confidence} for name, confidence in best.items()]
