import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.enquiries.encryption import Cipher, make_key
from assistant.messaging.arrivals import Arrival, ArrivalKind, hash_of

CIPHER = Cipher(make_key())
TEXTS = st.text()
NAMES = st.lists(TEXTS, min_size=1, max_size=4).map(tuple)
ARRIVALS = st.builds(
    Arrival,
    channel=st.sampled_from(["slack", "teams"]),
    key=TEXTS,
    place=NAMES,
    who=NAMES,
    kind=st.sampled_from(list(ArrivalKind)),
    address=st.dictionaries(TEXTS, TEXTS, max_size=3),
    content=st.dictionaries(TEXTS, TEXTS | st.booleans() | st.integers(), max_size=3),
    is_private=st.booleans(),
    twin=st.none() | TEXTS,
)


@given(ARRIVALS)
def test_it_comes_out_of_the_inbox_as_it_went_in(arrival: Arrival) -> None:
    kept = CIPHER.decrypt(CIPHER.encrypt(json.dumps(arrival.to_dict())))
    assert Arrival.from_dict(json.loads(str(kept))) == arrival


@pytest.mark.parametrize("text", ["\0", "\ud800", "\udfff", "a\0b\ud83d", "\x1f", "é" * 5000])
def test_it_keeps_texts_that_are_no_text(text: str) -> None:
    arrival = Arrival("teams", text, (text,), (text,), ArrivalKind.MESSAGE, {"conversation": text}, {"text": text})
    kept = CIPHER.decrypt(CIPHER.encrypt(json.dumps(arrival.to_dict())))
    assert Arrival.from_dict(json.loads(str(kept))) == arrival
    assert len(arrival.place_id) == len(arrival.who_id) == 64


@given(NAMES, NAMES)
def test_other_names_have_another_hash(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (hash_of(*one) == hash_of(*other)) == (one == other)


def test_no_separator_makes_two_places_one() -> None:
    assert hash_of("a\x1fb", "c") != hash_of("a", "b\x1fc")
    assert hash_of("slack", "T", "D") != hash_of("slack", "T", "D", "")
