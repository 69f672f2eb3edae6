"""Rasa as its makers ship it: the default pipeline with DIET, in a process of its own, because it needs TensorFlow."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from assistant.errors import AssistantError
from assistant.matching.labels import OUT_OF_SCOPE
from benchmarks.nlu.metrics import Reading

COMMAND = [sys.executable, "-m", "benchmarks.nlu.diet_process"]
END_OF_LOG = 2000  # characters of the process's log that an error repeats


class DietError(AssistantError):
    """DIET cannot be run here; the message says what to do."""


class Diet:
    """The process that trains and asks DIET, spoken to in lines of JSON."""

    name = "Rasa's default DIET"

    def __init__(self, process: "subprocess.Popen[str]", log: IO[str]) -> None:
        self._process, self._log = process, log

    def train(self, texts: Sequence[str], labels: Sequence[str]) -> "DietModel":
        """Train for the default 100 epochs; takes minutes for hundreds of questions and hours for many thousands."""
        # Rasa reads more than a name into some labels, such as `ask/this`; so it is given numbers.
        names = sorted(set(labels))
        intents = {label: f"label_{number}" for number, label in enumerate(names)}
        self.request({"train": [[text, intents[label]] for text, label in zip(texts, labels, strict=True)]})
        return DietModel(self, {intent: label for label, intent in intents.items()})

    def request(self, request: dict[str, Any]) -> Any:
        """What the process replies. Raises DietError with the end of its log when it has died."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            reply = self._process.stdout.readline()
        except BrokenPipeError:
            reply = ""
        if not reply:
            self._log.seek(0)
            raise DietError(f"Rasa's DIET stopped. The end of its log:\n{self._log.read()[-END_OF_LOG:]}")
        return json.loads(reply)


class DietModel:
    """The model that the process holds."""

    def __init__(self, diet: Diet, labels: dict[str, str]) -> None:
        self._diet, self._labels = diet, labels

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """A reading of each text."""
        return [self._reading(parsed) for parsed in self._diet.request({"read": list(texts)})]

    def _reading(self, parsed: dict[str, Any]) -> Reading:
        """Refused is what Rasa's FallbackClassifier refuses, and what DIET itself takes for out of scope."""
        ranking = [(self._labels[name], confidence) for name, confidence in parsed["ranking"] if name in self._labels]
        in_scope = [choice for choice in ranking if choice[0] != OUT_OF_SCOPE]
        label, confidence = in_scope[0] if in_scope else (OUT_OF_SCOPE, 0.0)
        answered = self._labels.get(parsed["intent"], OUT_OF_SCOPE) != OUT_OF_SCOPE
        return Reading(label, confidence, confidence, answered)


@contextmanager
def started_diet() -> Iterator[Diet]:
    """Start the process and stop it at the end. Raises DietError when there is no TensorFlow."""
    if importlib.util.find_spec("tensorflow") is None:
        raise DietError(
            "--with-diet needs TensorFlow, which there is for Python 3.11 only. Install it with: tools/uv sync --frozen"
        )
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2"}
    pipe = subprocess.PIPE
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        process = subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=log, text=True, env=environment)
        try:
            diet = Diet(process, log)
            diet.request({"read": []})  # replies once everything is imported, which training is not charged with
            yield diet
        finally:
            process.kill()
            process.communicate()
