"""Run our custom actions in this process, where stock Rasa would call an action server over HTTP."""

import json
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

ACTIONS_PACKAGE = "actions"


class InProcessActions(EndpointConfig):
    """An endpoint whose requests are answered by rasa-sdk's own executor."""

    def __init__(self) -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(ACTIONS_PACKAGE)

    async def request(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> Any:
        """Run the action that the request names."""
        try:
            return await self._executor.run(json)  # type: ignore[arg-type]
        except ActionExecutionRejection as rejection:
            raise _as_status_400(rejection) from rejection


def _as_status_400(rejection: ActionExecutionRejection) -> ClientResponseError:
    """What an action server would answer; Rasa turns it back into a rejection."""
    body = json.dumps({"error": str(rejection), "action_name": rejection.action_name})
    return ClientResponseError(400, "Action execution was rejected", body)


def trust_our_own_actions() -> None:
    """Skip Rasa's check of action replies against a JSON schema, which it compiles anew each time (20-50 ms a turn)."""
    RemoteAction._validate_action_result = lambda self, result: True
