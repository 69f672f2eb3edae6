"""What judging and the check of the labels find, made up."""

from typing import Any

from assistant.db.engine import Database
from assistant.registry.models import Judgement, TrainedModel

_BETTER = {"key": "right", "title": "all answers right", "of": 1129, "live": 1085, "candidate": 1096, "better": 14}
_WORSE = {
    "key": "enquiries",
    "title": "confirmed enquiries right",
    "of": 240,
    "live": 201,
    "candidate": 200,
    "better": 2,
}
RESULT: dict[str, Any] = {
    "form": 1,
    "why": [],
    "measures": [
        {**_BETTER, "worse": 3, "p": 0.99, "is_worse": False},
        {**_WORSE, "worse": 3, "p": 0.5, "is_worse": False},
    ],
    "better": [{"source": "curated", "what": "Who runs the seminars?", "problems": ["not understood"]}],
    "worse": [
        {"source": "enquiry", "what": "ENQ-7K3F-92QD", "problems": ["outcome is unanswered, not offer"]},
        {"source": "guard", "what": "<b>Parking</b>?", "problems": []},
    ],
    "left_out": 4,
}
WHY = "All answers right: 1,040 of 1,129, live 1,085. 50 got worse and 5 better."

_FIRST = {"text": "<b>where</b> do I park", "label": "offer/lfhii", "example_id": 3}
_SECOND = {"text": "where can one park", "label": "out_of_scope", "example_id": None}
FINDINGS: dict[str, Any] = {
    "checked": 1129,
    "contradicted": [{"sentence": _FIRST, "says": "out_of_scope", "sure": 0.97}],
    "conflicts": [{"first": _FIRST, "second": _SECOND, "similarity": 0.97}],
    "duplicates": [],
    "duplicate_count": 7,
    "is_suspicious": True,
}


def add_judgement(
    database: Database, candidate: TrainedModel, against: TrainedModel, *, is_worse: bool = False
) -> None:
    """A judgement of one model against another."""
    first, *others = RESULT["measures"]
    worse = {**first, "candidate": 1040, "better": 5, "worse": 50, "p": 1e-9, "is_worse": True}
    result = {**RESULT, "why": [WHY], "measures": [worse, *others]} if is_worse else RESULT
    with database.write() as session:
        session.add(
            Judgement(candidate_id=candidate.id, against_id=against.id, seconds=8.5, is_worse=is_worse, result=result)
        )
