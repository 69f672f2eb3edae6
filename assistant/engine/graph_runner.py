"""Run Rasa's prediction graph in order, without building a task graph for dask at every message."""

from __future__ import annotations

from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

T = TypeVar("T")


class InOrderGraphRunner(GraphRunner):
    """Runs each node after what it needs; which nodes a target needs is worked out once."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._orders: dict[tuple[tuple[str, ...], frozenset[str]], list[str]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> InOrderGraphRunner:
        """Make every node of the schema."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def find_component(self, kind: type[T]) -> T | None:
        """The first component of this class."""
        components = (node._component for node in self._nodes.values())
        return next((component for component in components if isinstance(component, kind)), None)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of the targets, given the inputs."""
        wanted = list(targets or self._schema.target_names)
        # A node is called with the outputs it needs, each as a pair of the name it came under and the value.
        outputs: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._order(tuple(wanted), frozenset(outputs)):
            needs = self._schema.nodes[name].needs.values()
            outputs[name] = self._nodes[name](*(outputs[need] for need in needs))
        return dict(outputs[name] for name in wanted)

    def _order(self, targets: tuple[str, ...], given: frozenset[str]) -> list[str]:
        if (targets, given) not in self._orders:
            order: list[str] = []
            for target in targets:
                self._visit(target, given, order)
            self._orders[targets, given] = order
        return self._orders[targets, given]

    def _visit(self, name: str, given: frozenset[str], order: list[str]) -> None:
        if name in given or name in order:
            return
        for need in self._schema.nodes[name].needs.values():
            self._visit(need, given, order)
        order.append(name)
