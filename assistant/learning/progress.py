"""How far a training is: Rasa's graph is run node by node, and each is told of."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema

from assistant.learning.telling import Tell

LONGEST = "train_MessageMatcher"  # takes most of the time, and the rest next to none
READING, LEARNING, PACKING = "Reading the sentences", "Learning what questions mean", "Learning dialogues, packing"


class ProgressHook(GraphNodeHook):  # type: ignore[misc]  # Rasa leaves it out of its types
    """Tells of each node of the training graph before it runs."""

    def __init__(self, tell: Tell, pruned_schema: GraphSchema) -> None:
        self._tell = tell
        self._nodes = len(pruned_schema.nodes)
        self._ran = 0
        self._stage = READING

    def on_before_node(
        self, node_name: str, execution_context: ExecutionContext, config: dict[str, Any], received_inputs: Any
    ) -> dict[str, Any]:
        """Tell of the node that begins."""
        if node_name.startswith(LONGEST):
            self._stage = LEARNING
        self._tell(self._stage, self._ran / self._nodes)
        return {}

    def on_after_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        output: Any,
        input_hook_data: dict[str, Any],
    ) -> None:
        """Count it."""
        self._ran += 1
        if node_name.startswith(LONGEST):
            self._stage = PACKING
