"""What a message can mean: the labels of the training sentences.

A leaf such as `offer/lfhii` has a kind (`offer`) and a slug; an intent without leaves, such as `greet`, is its kind.
"""

import re

OFFER, TOPIC, PERSON, SHARED = "offer", "topic", "person", "shared"
LIST_OFFERS, OUT_OF_SCOPE = "list_offers", "out_of_scope"
ANSWERABLE = frozenset({OFFER, TOPIC, PERSON, SHARED, LIST_OFFERS})

# Said beside a question, as in "Hi, ... thanks", these are courtesy and not a second question.
COURTESIES = frozenset({"greet", "thank", "say_goodbye", "chat", "affirm"})

# Say which kind of thing is wanted, but not which one: beside a part that says it, they add nothing.
GENERIC = frozenset({LIST_OFFERS, SHARED})


def kind_of(label: str) -> str:
    """`offer` for `offer/lfhii`, `greet` for `greet`."""
    return label.partition("/")[0]


def slug_of(label: str) -> str:
    """`lfhii` for `offer/lfhii`, empty for `greet`."""
    return label.partition("/")[2]


def leaf(kind: str, slug: str) -> str:
    """The label of a leaf."""
    return f"{kind}/{slug}"


def words_of(label: str) -> list[str]:
    """What a label says in plain words, as a list of one: `ask contact` for `ask_contact`; none for out of scope."""
    return [] if label == OUT_OF_SCOPE else [re.sub(r"[_/\W]+", " ", slug_of(label) or label).strip()]
