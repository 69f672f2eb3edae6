"""The matcher as a component of Rasa's graph: trained, written down, read again."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.matching.linker_file import NAMES_FILE, NUMBERS_FILE
from assistant.nlu.errors import OutdatedModelError
from assistant.nlu.message_matcher import DECISION, MessageMatcher
from tests.conftest import ROOT

NETWORK, NURSES = "offer/network", "offer/nurses"
SENTENCES = {
    NETWORK: [
        "What is the leadership network?",
        "How do I join the network of minority ethnic leaders?",
        "I would like to meet other minority ethnic leaders",
        "mentoring for leaders from minority ethnic backgrounds",
    ],
    NURSES: [
        "What is there for nurses and midwives?",
        "a guide against racism for nursing staff",
        "our midwives need help with anti-racist practice",
        "the programme for nursing and midwifery",
    ],
    "greet": ["hello", "hi there", "good morning", "hey"],
    "out_of_scope": ["What is the weather tomorrow?", "book me a flight", "a recipe for lasagne", "who won the match?"],
}
ASKED = ["how do I join the network?", "is there help for midwives", "hello!", "will it rain tomorrow?", "zzkq", ""]
NAMES = [{"name": NETWORK, "elements": ["BME Leadership Network"]}]
CONTEXT = ExecutionContext(GraphSchema({}))


@pytest.fixture(autouse=True)
def _encoder_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_VAR_FOLDER", str(ROOT / "var" / "tests"))


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage(tmp_path)


def trained(storage: LocalModelStorage, **config: Any) -> MessageMatcher:
    """A component trained on a few sentences and kept in the storage."""
    component = MessageMatcher.create(with_defaults(config), storage, Resource("matcher"), CONTEXT)
    examples = [
        Message(
            {"text": text, "intent": label.partition("/")[0], "intent_response_key": label if "/" in label else None}
        )
        for label, of_label in SENTENCES.items()
        for text in of_label
    ]
    component.train(TrainingData(examples, lookup_tables=NAMES))
    return component


def loaded(storage: LocalModelStorage, **config: Any) -> MessageMatcher:
    return MessageMatcher.load(with_defaults(config), storage, Resource("matcher"), CONTEXT)


def with_defaults(config: dict[str, Any]) -> dict[str, Any]:
    return {**MessageMatcher.get_default_config(), **config}


def judged(component: MessageMatcher, text: str) -> Message:
    [message] = component.process([Message({"text": text})])
    return message


class TestKeeping:
    def test_it_decides_the_same_after_it_is_read_again(self, storage: LocalModelStorage) -> None:
        before = trained(storage)
        after = loaded(storage)
        for text in ASKED:
            one, other = judged(before, text), judged(after, text)
            assert one.get(INTENT)["name"] == other.get(INTENT)["name"], text
            assert one.get(INTENT)["confidence"] == pytest.approx(other.get(INTENT)["confidence"], abs=0.02), text

    def test_it_keeps_half_the_digits_and_no_code(self, storage: LocalModelStorage) -> None:
        trained(storage)
        with storage.read_from(Resource("matcher")) as folder:
            numbers = np.load(Path(folder) / NUMBERS_FILE, allow_pickle=False)
            kinds = {name: numbers[name].dtype for name in numbers.files}
            names = json.loads((Path(folder) / NAMES_FILE).read_text(encoding="utf-8"))
        assert kinds.pop("example_rows") == np.int32
        assert set(kinds.values()) == {np.dtype(np.float16)}
        assert set(names) == {"labels", "names", "words", "taught", "calibration"}
        assert names["labels"] == sorted(SENTENCES)
        assert set(names["calibration"]) == {"temperature", "slope", "offset"}

    @pytest.mark.parametrize("field", ["centres", "dense"])
    def test_it_says_what_to_do_with_a_model_of_another_release(self, storage: LocalModelStorage, field: str) -> None:
        trained(storage)
        with storage.write_to(Resource("matcher")) as folder:
            numbers = dict(np.load(folder / NUMBERS_FILE, allow_pickle=False))
            # Without the field it is older, with fewer columns its vectors were others.
            narrower = {"dense": numbers["dense"][:, :10]} if field == "dense" else {}
            kept = {name: value for name, value in numbers.items() if name != field}
            np.savez(folder / NUMBERS_FILE, **kept, **narrower)
        with pytest.raises(OutdatedModelError, match="assistant train"):
            loaded(storage)


class TestCosts:
    def test_it_decides_by_the_costs_of_the_configuration(self, storage: LocalModelStorage) -> None:
        trained(storage)
        text = "how do I join the network?"
        assert judged(loaded(storage), text).get(INTENT)["name"] == "offer"
        careful = loaded(storage, costs={"wrong_answer": 1e9, "asking": 1e9})
        assert judged(careful, text).get(INTENT)["name"] == "nlu_fallback"

    def test_it_refuses_a_cost_that_there_is_not(self, storage: LocalModelStorage) -> None:
        with pytest.raises(TypeError, match="likeness"):
            MessageMatcher.create({"costs": {"likeness": 0.3}}, storage, Resource("matcher"), CONTEXT)


class TestJudging:
    def test_it_sets_intent_ranking_entities_and_decision(self, storage: LocalModelStorage) -> None:
        trained(storage)
        message = judged(loaded(storage), "Not the BME Leadership Network, what is there for nurses in Wales?")
        assert message.get(INTENT)["name"] == message.get(INTENT_RANKING_KEY)[0]["name"] == "offer"
        assert message.get(DECISION)["meant"][0]["label"] == NURSES
        assert message.get(DECISION)["ruled_out"] == (NETWORK,)
        assert {"nation", "audience"} <= {entity["entity"] for entity in message.get(ENTITIES)}
        json.dumps(message.get(DECISION))

    def test_it_leaves_a_payload_alone(self, storage: LocalModelStorage) -> None:
        trained(storage)
        [message] = loaded(storage).process([Message({"text": "/choose", INTENT: {"name": "choose"}})])
        assert (message.get(INTENT), message.get(DECISION)) == ({"name": "choose"}, None)

    def test_it_says_that_it_is_not_trained(self, storage: LocalModelStorage) -> None:
        untrained = MessageMatcher.create(MessageMatcher.get_default_config(), storage, Resource("matcher"), CONTEXT)
        with pytest.raises(RuntimeError, match="before it was trained"):
            judged(untrained, "hello")
