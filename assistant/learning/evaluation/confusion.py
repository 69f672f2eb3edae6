"""Which offer is taken for which."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assistant.enquiries.outcomes import MISSES, Outcome
from assistant.learning.evaluation.run import Answer

NOTHING, SEVERAL, ASKED_WHICH, SOMETHING_ELSE, NO_ANSWER = (
    "nothing of ours",
    "several offers",
    "asked which",
    "something else",
    "no answer",
)


class Confusion(BaseModel):
    """How often a question for the offer of a row got the answer of a column.

    Rows are offers by slug, and at the end the questions that are beyond us. Columns are offers in the same order, and
    then what else can come of a question.
    """

    model_config = ConfigDict(frozen=True)

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def count_confusions(answers: Sequence[Answer], offers: Sequence[str]) -> Confusion:
    """Count the questions for one offer and those beyond us; `offers` are all slugs in catalogue order."""
    rows, columns = [*offers, NOTHING], [*offers, SEVERAL, ASKED_WHICH, SOMETHING_ELSE, NO_ANSWER]
    counts = [[0] * len(columns) for _ in rows]
    for answer in answers:
        row, column = _row_of(answer), _column_of(answer)
        if row in rows and column in columns:  # an offer that has gone from the catalogue has no place
            counts[rows.index(row)][columns.index(column)] += 1
    return Confusion(rows=tuple(rows), columns=tuple(columns), counts=tuple(map(tuple, counts)))


def _row_of(answer: Answer) -> str | None:
    question = answer.question
    if not question.is_answerable:
        return NOTHING
    return question.offers[0] if question.wanted is Outcome.OFFER and question.offers else None


def _column_of(answer: Answer) -> str:
    got = answer.got
    if got.outcome is Outcome.OFFER and got.offers:
        return got.offers[0]
    if got.outcome in MISSES:
        return NO_ANSWER
    return {Outcome.LIST: SEVERAL, Outcome.CLARIFY: ASKED_WHICH}.get(got.outcome, SOMETHING_ELSE)
