"""Rasa without TensorFlow."""

import json
import shutil
import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from assistant.db.engine import Database
from assistant.engine import lean
from assistant.engine.rasa_engine import RasaEngine
from assistant.errors import AssistantError
from assistant.nlu.message_matcher import MessageMatcher
from tests.conftest import ROOT, Trained
from tests.engine.conftest import RunPython
from tests.support.stock_rasa import needs_stock_rasa

# Imports what trains, loads and answers, and tells what was seen on the way.
IMPORT_EVERYTHING = """
import json, os, sys

class Watch:
    telemetry = None

    def find_spec(self, name, path=None, target=None):
        if name == "rasa":
            Watch.telemetry = os.environ.get("RASA_TELEMETRY_ENABLED")

sys.meta_path.insert(0, Watch())
from assistant.engine import lean
lean.install()
import rasa.__main__, rasa.engine.loader, rasa.engine.recipes.default_components, rasa.model_training, rasa.telemetry
import assistant.engine.processor, assistant.engine.rasa_engine, assistant.learning.training

heavy = {"tensorflow", "keras", "tensorflow_addons", "tensorflow_hub", "transformers", "aiogram", "slack_sdk", "twilio"}
print(json.dumps({
    "imported": sorted(heavy & {name.partition(".")[0] for name in sys.modules}),
    "telemetry before": Watch.telemetry,
    "telemetry": rasa.telemetry.is_telemetry_enabled(),
}))
"""

CALL_COMMAND = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "rasa":
            print("TELEMETRY", os.environ.get("RASA_TELEMETRY_ENABLED"))

sys.meta_path.insert(0, Watch())
from assistant.cli.main import main
main()
"""


@pytest.fixture
def bare_environment(clean_environment: dict[str, str]) -> dict[str, str]:
    """Nothing set that the lean set-up sets itself."""
    return {name: value for name, value in clean_environment.items() if name != "RASA_TELEMETRY_ENABLED"}


@pytest.fixture
def with_tensorflow(bare_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """An environment in which TensorFlow could be imported, wherever these tests run."""
    for name in ("tensorflow", "keras"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    path = f"{tmp_path}:{bare_environment['PYTHONPATH']}"
    return {**bare_environment, "PYTHONPATH": path}


class TestImports:
    @pytest.mark.parametrize("environment", ["bare_environment", "with_tensorflow"])
    def test_it_leaves_tensorflow_out_and_telemetry_off(
        self, environment: str, run_python: RunPython, request: pytest.FixtureRequest
    ) -> None:
        done = run_python("-c", IMPORT_EVERYTHING, environment=request.getfixturevalue(environment))
        assert done.returncode == 0, done.stderr
        seen = json.loads(done.stdout.splitlines()[-1])
        assert seen == {"imported": [], "telemetry before": "false", "telemetry": False}

    def test_it_switches_telemetry_off_before_the_command_imports_rasa(
        self, run_python: RunPython, bare_environment: dict[str, str]
    ) -> None:
        environment = {**bare_environment, "RASA_TELEMETRY_ENABLED": "true"}
        done = run_python("-c", CALL_COMMAND, "rasa", "--version", environment=environment)
        assert done.returncode == 0, done.stderr
        assert "TELEMETRY false" in done.stdout


class TestInstalling:
    def test_it_can_be_asked_for_twice(self) -> None:
        before = list(sys.meta_path)
        lean.install()
        assert sys.meta_path == before

    def test_it_refuses_when_a_module_of_rasa_is_there_already(self, monkeypatch: pytest.MonkeyPatch) -> None:
        name = "rasa.nlu.classifiers.diet_classifier"
        monkeypatch.setattr(sys, "meta_path", [f for f in sys.meta_path if type(f).__module__ != lean.__name__])
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
        with pytest.raises(AssistantError, match=name):
            lean.install()

    @needs_stock_rasa
    def test_it_refuses_after_stock_rasa_was_imported(
        self, run_python: RunPython, bare_environment: dict[str, str]
    ) -> None:
        code = "import rasa.core.agent\nfrom assistant.engine import lean\nlean.install()"
        done = run_python("-c", code, environment=bare_environment)
        assert done.returncode == 1
        assert "AssistantError: Rasa was imported before its lean set-up" in done.stderr


class TestRefusing:
    @pytest.mark.parametrize("name", sorted(lean.TENSORFLOW_COMPONENTS))
    @pytest.mark.parametrize("part", ["pipeline", "policies"])
    def test_it_refuses_what_needs_tensorflow(self, part: str, name: str) -> None:
        with pytest.raises(lean.LeftOutError, match=f"{name} is left out"):
            lean.refuse_tensorflow_components({part: [{"name": "WhitespaceTokenizer"}, {"name": name, "epochs": 1}]})

    def test_it_knows_a_component_by_its_module_path_too(self) -> None:
        path = "rasa.nlu.classifiers.diet_classifier.DIETClassifier"
        with pytest.raises(lean.LeftOutError, match="DIETClassifier"):
            lean.refuse_tensorflow_components({"pipeline": [{"name": path}]})

    def test_it_takes_our_own_config(self) -> None:
        lean.refuse_tensorflow_components(yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8")))

    @pytest.mark.parametrize("config", [{}, {"pipeline": None, "policies": None}, {"pipeline": []}])
    def test_it_takes_a_config_that_names_nothing(self, config: dict[str, object]) -> None:
        lean.refuse_tensorflow_components(config)

    def test_it_says_why_a_class_of_a_placeholder_cannot_be_used(self) -> None:
        from rasa.core.policies.ted_policy import TEDPolicy

        with pytest.raises(lean.LeftOutError, match="TEDPolicy is left out"):
            TEDPolicy()

    @pytest.mark.parametrize("channel", ["slack", "telegram", "socketio"])
    def test_it_says_why_a_channel_of_rasas_own_cannot_be_used(self, channel: str) -> None:
        from rasa.core.channels import BUILTIN_CHANNELS

        with pytest.raises(lean.LeftOutError, match="credentials.yml"):
            BUILTIN_CHANNELS[channel].from_credentials({"token": "a"})

    @pytest.mark.parametrize("channel", ["rest", "callback", "cmdline"])
    def test_it_leaves_rasas_channels_that_need_nobody_else(self, channel: str) -> None:
        from rasa.core.channels import BUILTIN_CHANNELS, InputChannel

        assert issubclass(BUILTIN_CHANNELS[channel], InputChannel)

    def test_it_says_why_a_model_of_stock_rasa_cannot_be_loaded(
        self, trained: Trained, database: Database, tmp_path: Path
    ) -> None:
        with tarfile.open(trained.archive) as archive:
            archive.extractall(tmp_path / "model", filter="data")
        metadata = tmp_path / "model" / "metadata.json"
        ours, theirs = (
            f"{MessageMatcher.__module__}.MessageMatcher",
            "rasa.nlu.classifiers.diet_classifier.DIETClassifier",
        )
        metadata.write_text(metadata.read_text(encoding="utf-8").replace(ours, theirs), encoding="utf-8")
        with tarfile.open(tmp_path / "stock.tar.gz", "w:gz") as archive:
            archive.add(tmp_path / "model", arcname="")
        with pytest.raises(lean.LeftOutError, match="DIETClassifier is left out"):
            RasaEngine(tmp_path / "stock.tar.gz", database)


class TestCommands:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        """A project whose config.yml names DIETClassifier, and other.yml TEDPolicy."""
        config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
        self._write(tmp_path / "config.yml", {**config, "pipeline": [*config["pipeline"], {"name": "DIETClassifier"}]})
        self._write(tmp_path / "other.yml", {**config, "policies": [{"name": "TEDPolicy"}]})
        shutil.copy(ROOT / "domain.yml", tmp_path)
        return tmp_path

    def _write(self, path: Path, config: dict[str, object]) -> None:
        path.write_text(yaml.dump(config), encoding="utf-8")

    @pytest.mark.parametrize(
        ("command", "component"),
        [
            (["train"], "DIETClassifier"),
            (["rasa", "train"], "DIETClassifier"),
            (["rasa", "train", "--config", "other.yml"], "TEDPolicy"),
            (["rasa", "train", "-c", "other.yml", "--out", "models"], "TEDPolicy"),
            (["rasa", "train", "--config=other.yml"], "TEDPolicy"),
        ],
        ids=lambda value: value if isinstance(value, str) else " ".join(value),
    )
    def test_it_refuses_to_train_and_says_why(
        self,
        project: Path,
        run_python: RunPython,
        clean_environment: dict[str, str],
        command: list[str],
        component: str,
    ) -> None:
        environment = {**clean_environment, "ASSISTANT_DATA_FOLDER": str(ROOT / "data")}
        done = run_python("-m", "assistant.cli.main", *command, environment=environment, cwd=project)
        told = " ".join(done.stderr.split())
        assert done.returncode == 1, told
        assert f"{component} is left out here: this set-up has neither TensorFlow" in told
        assert "Traceback" not in told
        assert not list(project.glob("models/*"))
