"""What proposed examples would change: two matchers, with and without them, are asked the same questions.

Run as a process of its own, `python -m assistant.learning.effect NUMBER`, because training would hold up answering.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.examples import list_examples
from assistant.catalogue.names import list_names
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry, Group, GroupState
from assistant.learning.regression_set import Wanted, read_regression_set, wanted_label
from assistant.learning.training import CONFIG
from assistant.matching.decision import Costs, Decision, Verdict
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.matching.matcher import Matcher
from assistant.matching.remembering import training_encoder
from assistant.review.effects import covered_examples, finish_effect, get_effect
from assistant.review.training_sentences import leave_out_taught, read_training_sentences
from assistant.settings import Settings, load_settings

WEEK = timedelta(days=7)
MOST_ENQUIRIES, MOST_GROUPS = 1000, 500  # asked of both matchers, newest and largest first; 20 ms each
MOST_SHOWN = 100  # changes that are listed; all are counted
POLITENESS = 15  # of 19: whoever asks a question goes first
OPEN = (GroupState.OPEN.value, GroupState.WAITING.value)

Sentences = Sequence[tuple[str, str]]
Match = Callable[[str], Decision]
Train = Callable[[Sentences], Match]


@dataclass(frozen=True)
class Material:
    """What the effect is worked out from. `enquiries` and `groups` are texts with their reference or number."""

    taught: Sentences
    proposed: Sentences
    wanted: Sequence[Wanted]
    is_held_out: bool
    enquiries: Sequence[tuple[str, str]]
    groups: Sequence[tuple[int, str]]


def compare(material: Material, train: Train) -> dict[str, Any]:
    """The effect as plain values. Members' words are not in it: their enquiries are named by reference."""
    started = perf_counter()
    before, after = train(material.taught), train([*material.taught, *material.proposed])
    return {
        "regression": {**_compare_wanted(material.wanted, before, after), "held_out": material.is_held_out},
        "week": _compare_enquiries(material.enquiries, before, after),
        "groups": [
            {"group": group, "after": _answer(decision)}
            for group, text in material.groups
            if not _is_answered(before(text)) and _is_answered(decision := after(text))
        ],
        "seconds": round(perf_counter() - started),
    }


def _compare_wanted(wanted: Sequence[Wanted], before: Match, after: Match) -> dict[str, Any]:
    changes = []
    right = {"before": 0, "after": 0}
    for each in wanted:
        was, will = _answer(before(each.text)), _answer(after(each.text))
        was_right, is_right = each.accepts(was), each.accepts(will)
        right["before"] += was_right
        right["after"] += is_right
        if was != will:
            change = {"text": each.text, "before": was, "after": will, "was_right": was_right, "is_right": is_right}
            changes.append(change)
    changes.sort(key=lambda change: (change["is_right"], not change["was_right"]))  # what gets worse comes first
    return {**_counted(len(wanted), changes), "right": right}


def _compare_enquiries(enquiries: Sequence[tuple[str, str]], before: Match, after: Match) -> dict[str, Any]:
    pairs = [(reference, _answer(before(text)), _answer(after(text))) for reference, text in enquiries]
    changes = [{"reference": reference, "before": was, "after": will} for reference, was, will in pairs if was != will]
    return _counted(len(enquiries), changes)


def _counted(asked: int, changes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"unchanged": asked - len(changes), "changed": len(changes), "changes": changes[:MOST_SHOWN]}


def _answer(decision: Decision) -> list[str]:
    """What a member would get: the verdict, then the labels that are answered or asked about."""
    labels = decision.asked if decision.verdict is Verdict.ASK else [choice.label for choice in decision.meant]
    return [decision.verdict.value, *labels]


def _is_answered(decision: Decision) -> bool:
    labels = [choice.label for choice in decision.meant]
    return decision.verdict in (Verdict.ANSWER, Verdict.SEVERAL) and labels != [OUT_OF_SCOPE]


def gather(session: Session, settings: Settings, effect_id: int) -> Material:
    """Read what the effect is about. Raises ChangedMeanwhileError when its examples changed since it was asked for."""
    proposed = [(each.text, each.label) for each in covered_examples(session, get_effect(session, effect_id))]
    files, wanted, is_held_out = read_regression_set(settings)
    approved, asked = list_examples(session), {each.text for each in wanted}
    new = leave_out_taught(approved, read_training_sentences(settings.data_folder))
    enquiries = session.execute(
        select(Enquiry.reference, Enquiry.text)
        .where(Enquiry.received_at > now() - WEEK, Enquiry.text.is_not(None))
        .order_by(Enquiry.received_at.desc())
        .limit(MOST_ENQUIRIES)
    )
    groups = session.execute(
        select(Group.id, Enquiry.text)
        .join(Enquiry, Enquiry.reference == Group.leader)
        .where(Group.state.in_(OPEN), Enquiry.text.is_not(None))
        .order_by(Group.askers.desc(), Group.id)
        .limit(MOST_GROUPS)
    )
    return Material(
        taught=[*files, *((each.text, each.label) for each in new)],
        proposed=proposed,
        wanted=[*wanted, *(wanted_label(each.text, each.label) for each in approved if each.text not in asked)],
        is_held_out=is_held_out,
        enquiries=[(reference, text or "") for reference, text in enquiries],
        groups=[(number, text or "") for number, text in groups],
    )


def read_costs() -> Costs:
    """The costs of the decision, as the project's config.yml sets them."""
    if not CONFIG.exists():
        return Costs()
    pipeline = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return Costs(**next((part["costs"] for part in pipeline if "costs" in part), {}))


def work_out(database: Database, settings: Settings, effect_id: int) -> None:
    """Work out an effect that was asked for, and keep it."""
    with database.read() as session:
        material, names = gather(session, settings, effect_id), list_names(session)
    encoder, costs = training_encoder(settings.encoder_graph), read_costs()

    def train(sentences: Sentences) -> Match:
        texts, labels = zip(*sentences, strict=True)
        return Matcher.train(encoder, texts, labels, names, costs).match

    result = compare(material, train)
    with database.write() as session:
        finish_effect(session, effect_id, result)


def main() -> None:
    """Work out the effect of the number given, after everybody else's work."""
    os.nice(POLITENESS)
    settings = load_settings()
    database = Database(settings.database_url)
    try:
        work_out(database, settings, int(sys.argv[1]))
    finally:
        database.close()


if __name__ == "__main__":
    main()
