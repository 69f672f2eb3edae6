"""Compare replies with what tests/nlu expects of them."""

from typing import Any

MISSES = {"out_of_scope", "unanswered"}


def slugs(reply: dict[str, Any]) -> list[str]:
    """The offers of a reply, in the order shown."""
    return [offer["slug"] for offer in reply["offers"]]


def problems(expected: dict[str, Any], reply: dict[str, Any], people: dict[str, str]) -> list[str]:
    """Everything in which a reply differs from what is expected; `people` maps slugs to names."""
    wanted = expected.get("outcome", reply["outcome"])
    found = []
    if reply["outcome"] not in (wanted if isinstance(wanted, list) else [wanted]):
        found.append(f"outcome {reply['outcome']}, not {wanted}")
    if "offers" in expected and slugs(reply) != expected["offers"]:
        found.append(f"offers {slugs(reply)}, not {expected['offers']}")
    if expected.get("topic") and reply["topic"] != expected["topic"]:
        found.append(f"topic {reply['topic']}, not {expected['topic']}")
    if expected.get("person") and (reply["person"] or {}).get("name") != people[expected["person"]]:
        found.append(f"person {reply['person']}, not {expected['person']}")
    if "expects" in expected and reply["expects"] != expected["expects"]:
        found.append(f"expects {reply['expects']}, not {expected['expects']}")
    if expected.get("contact") and [o["contact"]["email"] for o in reply["offers"][:1]] != [expected["contact"]]:
        found.append(f"contact is not {expected['contact']}")
    said = " ".join(each["text"] for each in reply["replies"]).lower()
    found.extend(f"does not say {words!r}" for words in expected.get("contains", []) if words.lower() not in said)
    return found
