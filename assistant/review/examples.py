"""Examples on their way into training: proposed, edited, withdrawn, approved. None may hold personal data."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.examples import list_examples
from assistant.catalogue.models import Example, ExampleState
from assistant.catalogue.names import published_people
from assistant.db.base import now
from assistant.enquiries.errors import MessageRefusedError
from assistant.enquiries.texts import check_text
from assistant.matching.taught import alike
from assistant.review.errors import ChangedMeanwhileError, ExampleNotFoundError
from assistant.review.training_sentences import read_training_sentences
from assistant.staff.audit import Act, record

PERSON = re.compile(r"\[person:([a-z0-9-]+)\]")
PLACEHOLDER = re.compile(r"\[[a-z][a-z ]*\]|\[person:[a-z0-9-]+\]")
Redact = Callable[[str], str]


def known_sentences(session: Session, data_folder: Path) -> dict[str, str]:
    """The label of every sentence that is taught or proposed already, by the sentence as `alike` writes it."""
    known = {alike(text): label for text, label in read_training_sentences(data_folder)}
    standing = select(Example).where(Example.state != ExampleState.WITHDRAWN.value)
    known.update((alike(example.text), example.label) for example in session.scalars(standing))
    return known


def suggest_text(session: Session, text: str) -> str:
    """A redacted text as a reviewer begins to edit it: people of the catalogue, who are public, by their names."""
    names = published_people(session)
    return PERSON.sub(lambda found: names[found[1]][0] if found[1] in names else found[0], text)


def find_fault(text: str, redact: Redact, known: Mapping[str, str], titles: Mapping[str, str]) -> str | None:
    """What keeps a text from being an example, with what to do about it; None when nothing does."""
    try:
        text = check_text(text)
    except MessageRefusedError as error:
        return str(error)
    if left := PLACEHOLDER.findall(text):
        return f"Write something else in place of {_list(left)}, or leave it out: nobody asks in these words."
    found = Counter(each for each in PLACEHOLDER.findall(redact(text)) if not PERSON.fullmatch(each))
    if found:
        return f"This looks like personal data: {_list(found)}. Take it out, so that the model never holds it."
    if label := known.get(alike(text)):
        return f"The model is taught this sentence already, as “{titles.get(label, label)}”. Change it or leave it out."
    return None


def propose(session: Session, texts: Iterable[str], label: str, staff_id: int) -> list[Example]:
    """Propose sentences that were found without fault; one that was withdrawn is proposed again."""
    proposed = []
    for text in dict.fromkeys(map(check_text, texts)):
        example = session.scalars(select(Example).where(Example.text == text, Example.label == label)).first()
        if example is None:
            example = Example(text=text, label=label)
            session.add(example)
        example.state, example.staff_id, example.approved_at = ExampleState.PROPOSED.value, staff_id, None
        proposed.append(example)
    session.flush()
    return proposed


def get_example(session: Session, example_id: int) -> Example:
    """The example. Raises ExampleNotFoundError."""
    example = session.get(Example, example_id)
    if example is None:
        raise ExampleNotFoundError
    return example


def claim_example(session: Session, example_id: int, mark: str) -> Example:
    """The example, held for this transaction, as it was when `mark_of` gave that mark.

    Raises ExampleNotFoundError, ChangedMeanwhileError.
    """
    example = session.get(Example, example_id, with_for_update=True)
    if example is None:
        raise ExampleNotFoundError
    if mark_of(example) != mark:
        raise ChangedMeanwhileError("Somebody changed this example meanwhile.")
    return example


def mark_of(example: Example) -> str:
    """What a form carries, so that it changes only what its user saw."""
    return _hash([example.text, example.label, example.state])


def edit_example(session: Session, example: Example, text: str, label: str, staff_id: int) -> None:
    """Change a proposed example, found without fault."""
    same = select(Example).where(Example.text == text, Example.label == label, Example.id != example.id)
    if session.scalars(same).first() is not None:
        raise ChangedMeanwhileError("There is such an example already, among the proposed, approved or withdrawn ones.")
    example.text, example.label = text, label
    record(session, Act.EDITED, staff_id, f"example:{example.id}", {"label": label})


def move_example(session: Session, example: Example, state: ExampleState, staff_id: int) -> None:
    """Withdraw an example, keep it for judging, or propose it again."""
    example.state, example.approved_at = state.value, None
    record(session, Act.EDITED, staff_id, f"example:{example.id}", {"state": state.value})


def list_guards(session: Session) -> list[Example]:
    """The examples kept for judging, oldest first."""
    return list(reversed(list_in_state(session, ExampleState.GUARD)))


def list_in_state(session: Session, state: ExampleState) -> list[Example]:
    """The examples of a state, newest first."""
    return list(session.scalars(select(Example).where(Example.state == state.value).order_by(Example.id.desc())))


def list_proposed(session: Session, ids: Collection[int]) -> list[Example]:
    """Those of `ids` that are proposed, oldest first."""
    proposed = select(Example).where(Example.id.in_(ids), Example.state == ExampleState.PROPOSED.value)
    return list(session.scalars(proposed.order_by(Example.id)))


def hash_examples(session: Session, proposed: Iterable[Example]) -> str:
    """The same as long as these examples, and those approved before, are word for word as they are now."""
    both = [
        [[each.id, each.text, each.label] for each in sorted(examples, key=lambda each: each.id)]
        for examples in (proposed, list_examples(session))
    ]
    return _hash(both)


def approve(session: Session, proposed: Iterable[Example], staff_id: int) -> int:
    """Have the next training take these in; returns how many."""
    approved = list(proposed)
    for example in approved:
        example.state, example.approved_at = ExampleState.APPROVED.value, now()
    ids = [example.id for example in approved]
    record(session, Act.PUBLISHED, staff_id, "examples", {"examples": ids})
    return len(approved)


def _list(placeholders: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(placeholders))


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()
