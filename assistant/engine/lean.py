"""Keep TensorFlow and other companies' channels out of Rasa: placeholders for the Rasa modules that import them.

None of them is used by us, but Rasa imports them on its way to the parts that are. Each placeholder hands out a class
for any name asked of it, which refuses, saying why, when somebody tries to use it. Our default installation has no
TensorFlow at all, starts in a third of the time and takes a third of the memory; without the channels it starts
another second earlier.
"""

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from assistant.errors import AssistantError

NEED_TENSORFLOW = frozenset(
    {
        "rasa.utils.tensorflow.callback",
        "rasa.utils.tensorflow.data_generator",
        "rasa.utils.tensorflow.models",
        "rasa.utils.tensorflow.model_data",
        "rasa.utils.tensorflow.environment",
        "rasa.nlu.classifiers.diet_classifier",
        "rasa.nlu.selectors.response_selector",
        "rasa.core.policies.ted_policy",
        "rasa.core.policies.unexpected_intent_policy",
        "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
        "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
    }
)
CHANNELS = frozenset(
    f"rasa.core.channels.{channel}"
    for channel in (
        "botframework",
        "facebook",
        "hangouts",
        "mattermost",
        "rocketchat",
        "slack",
        "socketio",
        "telegram",
        "twilio",
        "twilio_voice",
        "webexteams",
    )
)
PLACEHOLDERS = NEED_TENSORFLOW | CHANNELS

# The components of Rasa that live in those modules, by the names used in config.yml.
TENSORFLOW_COMPONENTS = frozenset(
    {
        "DIETClassifier",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "ConveRTFeaturizer",
        "LanguageModelFeaturizer",
    }
)

# How Rasa comes by a component or channel besides calling the class; a trained model or credentials.yml may name one.
WAYS_IN = ("create", "load", "get_default_config", "from_credentials")


class LeftOutError(AssistantError):
    """A part of Rasa was asked for that the lean set-up does without."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is left out here: this set-up has neither TensorFlow nor Rasa's channels to other companies. Take "
            f"it out of config.yml or credentials.yml, or use Rasa's own command line with the dependency group "
            f"'stock' (uv sync --group stock, Python 3.11)."
        )


class _PlaceholderModule(ModuleType):
    """A module that hands out a refusing class for every public name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.__name__.endswith("environment"):  # called at start-up by Rasa's command line, to set up TensorFlow
            return lambda *args, **kwargs: None

        def refuse(*args: object, **kwargs: object) -> None:
            raise LeftOutError(name)

        refusing = {way_in: staticmethod(refuse) for way_in in WAYS_IN}
        channel = staticmethod(lambda: self.__name__.rpartition(".")[2])  # Rasa keeps its channels under their names
        placeholder = type(name, (), {"__init__": refuse, **refusing, "name": channel, "__module__": self.__name__})
        setattr(self, name, placeholder)
        return placeholder


class _PlaceholderFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in PLACEHOLDERS:
            return None
        return importlib.machinery.ModuleSpec(fullname, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _PlaceholderModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the placeholder as it is."""


def install() -> None:
    """Put the placeholders in place and switch Rasa's telemetry off. Call before the first `import rasa`."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    if any(isinstance(finder, _PlaceholderFinder) for finder in sys.meta_path):
        return
    imported = PLACEHOLDERS & sys.modules.keys()
    if imported:
        raise AssistantError(f"Rasa was imported before its lean set-up: {', '.join(sorted(imported))}.")
    sys.meta_path.insert(0, _PlaceholderFinder())


def refuse_tensorflow_components(config: dict[str, Any]) -> None:
    """Raise LeftOutError when a pipeline or policy of a Rasa config needs TensorFlow."""
    for part in [*(config.get("pipeline") or []), *(config.get("policies") or [])]:
        if part.get("name", "").rpartition(".")[2] in TENSORFLOW_COMPONENTS:
            raise LeftOutError(part["name"])
