"""The vectors of leaders in memory."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.review.leaders import Leaders, from_bytes, to_bytes, unit


def vector(seed: int) -> np.ndarray:
    """A unit vector, the same for the same seed."""
    return unit(np.random.default_rng(seed).normal(size=(1, 16)))[0]


def test_without_groups_nothing_is_near() -> None:
    assert Leaders().nearest(vector(1)) is None


def test_it_finds_the_nearest_with_its_cosine() -> None:
    leaders = Leaders()
    for number in range(1, 600):
        leaders.replace(number, to_bytes(vector(number)))
    found = leaders.nearest(vector(77))
    assert found is not None and found[0] == 77 and abs(found[1] - 1) < 1e-3


def test_what_is_stored_is_what_is_compared() -> None:
    assert (from_bytes(to_bytes(vector(5))) == vector(5)).all()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["replace", "drop"]), st.integers(1, 8), st.integers(1, 50))))
def test_it_holds_what_was_set_last_and_not_dropped(acts: list[tuple[str, int, int]]) -> None:
    leaders, held = Leaders(), dict[int, int]()
    for act, number, seed in acts:
        if act == "drop":
            leaders.drop(number)
            held.pop(number, None)
        else:
            leaders.replace(number, to_bytes(vector(seed)))
            held[number] = seed
    assert len(leaders) == len(held)
    for seed in set(held.values()):
        found = leaders.nearest(vector(seed))
        assert found is not None and held[found[0]] == seed
    for number, seed in held.items():
        assert leaders.is_current(number, to_bytes(vector(seed)))
