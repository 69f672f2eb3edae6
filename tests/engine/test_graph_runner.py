"""Rasa's prediction graph, run in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from assistant.engine.graph_runner import InOrderGraphRunner


class Adding(GraphComponent):
    """Adds what it is given to its own number, and tells that it ran."""

    ran: list[str] = []

    def __init__(self, name: str, number: int) -> None:
        self._name = name
        self._number = number

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Adding:
        return cls(resource.name, config["number"])

    def add(self, left: int = 0, right: int = 0) -> int:
        Adding.ran.append(self._name)
        return self._number + left + right

    def fail(self) -> None:
        raise ValueError("the words of a member")


def _node(
    number: int, needs: dict[str, str] | None = None, *, function: str = "add", target: bool = False
) -> SchemaNode:
    return SchemaNode(
        needs=needs or {},
        uses=Adding,
        constructor_name="create",
        fn=function,
        config={"number": number},
        is_target=target,
    )


# "far" reaches "first" by two ways; "aside" is nobody's need; "asked" takes an input of the run.
SCHEMA = GraphSchema(
    {
        "far": _node(1000, {"left": "second", "right": "third"}, target=True),
        "third": _node(100, {"left": "first"}),
        "second": _node(10, {"left": "first"}),
        "first": _node(1),
        "aside": _node(7),
        "asked": _node(5, {"left": "question"}),
        "failing": _node(0, function="fail"),
    }
)


@pytest.fixture(autouse=True)
def forget_what_ran() -> None:
    Adding.ran.clear()


def _make(kind: type[GraphRunner], folder: Path) -> GraphRunner:
    storage = LocalModelStorage.create(folder)
    runner: GraphRunner = kind.create(SCHEMA, storage, ExecutionContext(SCHEMA))
    return runner


@pytest.fixture
def runner(tmp_path: Path) -> GraphRunner:
    return _make(InOrderGraphRunner, tmp_path)


class TestOutputs:
    @pytest.mark.parametrize(
        ("inputs", "targets"),
        [
            (None, None),
            ({}, ["far"]),
            (None, ["second", "third"]),
            ({"question": 2}, ["asked"]),
            ({"question": 2}, ["asked", "far"]),
            ({"first": 50}, ["far"]),
            ({"first": 50, "second": 0}, ["far", "third"]),
            ({"far": 3}, ["far"]),
        ],
    )
    def test_it_gives_what_rasas_own_runner_gives(
        self, runner: GraphRunner, tmp_path: Path, inputs: dict[str, Any] | None, targets: list[str] | None
    ) -> None:
        rasas = _make(DaskGraphRunner, tmp_path)
        assert runner.run(inputs, targets) == rasas.run(inputs, targets)

    def test_it_gives_the_schemas_targets_when_none_is_asked_for(self, runner: GraphRunner) -> None:
        assert runner.run() == {"far": 1000 + (10 + 1) + (100 + 1)}

    def test_it_takes_an_input_in_place_of_a_node_at_one_run_and_not_at_the_next(self, runner: GraphRunner) -> None:
        assert runner.run({"first": 50}, ["second"]) == {"second": 60}
        assert runner.run({}, ["second"]) == {"second": 11}
        assert runner.run({"first": 50}, ["second"]) == {"second": 60}

    def test_it_keeps_nothing_of_a_run_for_the_next(self, runner: GraphRunner) -> None:
        assert runner.run({"question": 1}, ["asked"]) == {"asked": 6}
        assert runner.run({"question": 2}, ["asked"]) == {"asked": 7}


class TestOrder:
    def test_it_runs_each_node_once_and_after_what_it_needs(self, runner: GraphRunner) -> None:
        runner.run(targets=["far", "second"])
        assert sorted(Adding.ran) == ["far", "first", "second", "third"]
        assert Adding.ran[0] == "first"
        assert Adding.ran[-1] == "far"

    def test_it_runs_nothing_that_no_target_needs(self, runner: GraphRunner) -> None:
        runner.run(targets=["second"])
        assert Adding.ran == ["first", "second"]

    def test_it_does_not_run_what_is_given(self, runner: GraphRunner) -> None:
        runner.run({"second": 1, "third": 1}, ["far"])
        assert Adding.ran == ["far"]


def test_it_lets_the_error_of_a_node_through(runner: GraphRunner) -> None:
    with pytest.raises(GraphComponentException) as caught:
        runner.run(targets=["failing"])
    assert "words of a member" not in str(caught.value)
