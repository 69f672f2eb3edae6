"""Compare replies with what is expected of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.learning.evaluation.facts import Facts
from assistant.learning.evaluation.questions import Expectation

Reply = dict[str, Any]
"""A reply in the shape of the public API."""


def slugs_of(reply: Reply) -> list[str]:
    """The offers of a reply, in the order shown."""
    return [str(offer["slug"]) for offer in reply["offers"]]


def find_problems(expected: Expectation, reply: Reply, people: Mapping[str, str]) -> list[str]:
    """Everything in which a reply differs from what is expected, in short; `people` maps slugs to names."""
    return [*_wrong_answers(expected, reply, people), *_wrong_words(expected, reply)]


def _wrong_answers(expected: Expectation, reply: Reply, people: Mapping[str, str]) -> Iterator[str]:
    if expected.accepted and reply["outcome"] not in expected.accepted:
        yield f"outcome {reply['outcome']}, not {' or '.join(expected.accepted)}"
    if expected.offers is not None and slugs_of(reply) != list(expected.offers):
        yield f"offers {_list(slugs_of(reply))}, not {_list(expected.offers)}"
    if expected.topic and reply["topic"] != expected.topic:
        yield f"topic {reply['topic'] or 'none'}, not {expected.topic}"
    name = (reply["person"] or {}).get("name")
    if expected.person and name != people[expected.person]:
        yield f"person {name or 'none'}, not {people[expected.person]}"


def _wrong_words(expected: Expectation, reply: Reply) -> Iterator[str]:
    if "expects" in expected.model_fields_set and reply["expects"] != expected.expects:
        yield f"expects {reply['expects'] or 'nothing'}, not {expected.expects or 'nothing'}"
    if expected.contact and [offer["contact"]["email"] for offer in reply["offers"][:1]] != [expected.contact]:
        yield f"contact is not {expected.contact}"
    said = _said(reply).lower()
    for words in expected.contains:
        if words.lower() not in said:
            yield f"does not say “{words}”"


def has_right_contact(reply: Reply, facts: Facts) -> bool:
    """Whether the first offer is shown, and told in words, with the contact printed for it or else the general one."""
    offer = reply["offers"][0]
    printed = facts.contacts[offer["slug"]]
    email = printed or facts.general_email
    contact = offer["contact"]
    is_shown = contact["email"] == email and contact["published"] == (printed is not None)
    return is_shown and email in _said(reply)


def _said(reply: Reply) -> str:
    return " ".join(str(paragraph["text"]) for paragraph in reply["replies"])


def _list(slugs: Sequence[str]) -> str:
    return ", ".join(slugs) or "none"
