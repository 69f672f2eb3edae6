"""States of examples, and an answer of the matcher, in words."""

from collections.abc import Sequence

from assistant.catalogue.models import ExampleState
from assistant.matching.decision import Verdict
from assistant.review.meanings import title_of

STATES = {
    ExampleState.PROPOSED: "Proposed",
    ExampleState.APPROVED: "Approved",
    ExampleState.GUARD: "Kept for judging",
    ExampleState.WITHDRAWN: "Withdrawn",
}
MOVE_WORDS = {
    ExampleState.PROPOSED: "Propose again",
    ExampleState.GUARD: "Keep for judging",
    ExampleState.WITHDRAWN: "Withdraw",
}


def word_answer(answer: Sequence[str], titles: dict[str, str]) -> str:
    """What a member would get, from a verdict followed by its labels."""
    verdict, *labels = answer
    named = " and ".join(title_of(label, titles) for label in labels)
    return {Verdict.UNKNOWN.value: "Not understood", Verdict.ASK.value: f"Asks which: {named}"}.get(verdict, named)
