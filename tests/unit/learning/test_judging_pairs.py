"""Two models asked the same: pairs, and what chance alone makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.learning.judging.pairs import UNLIKELY, chance_of, measure

Pairs = list[tuple[bool, bool]]
pairs_of_any_kind = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60)


def swapped(pairs: Pairs) -> Pairs:
    return [(candidate, live) for live, candidate in pairs]


class TestMeasure:
    def test_it_counts_pairs(self) -> None:
        pairs = [(True, True)] * 5 + [(True, False)] * 3 + [(False, True)] * 2 + [(False, False)]
        found = measure("right", "all right", pairs)
        assert (found.of, found.live, found.candidate, found.better, found.worse) == (11, 8, 7, 2, 3)

    @pytest.mark.parametrize(
        ("better", "worse", "p"),
        [
            (0, 0, 1.0),
            (0, 1, 1 / 2),
            (0, 7, 1 / 128),
            (1, 3, 5 / 16),  # (4 + 1) of 16
            (2, 8, 56 / 1024),  # (45 + 10 + 1) of 1,024
            (3, 0, 1.0),
        ],
    )
    def test_chance_is_as_worked_out_by_hand(self, better: int, worse: int, p: float) -> None:
        assert chance_of(better, worse) == pytest.approx(p)

    def test_six_that_are_worse_may_be_chance_and_seven_are_not(self) -> None:
        assert not measure("right", "all right", [(True, False)] * 6).is_worse
        assert measure("right", "all right", [(True, False)] * 7).is_worse

    def test_not_one_may_be_worse_where_nothing_is_tolerated(self) -> None:
        pairs = [(True, False)] + [(False, True)] * 50
        assert not measure("right", "all right", pairs).is_worse
        assert measure("contacts", "contact right", pairs, zero_tolerance=True).is_worse


class TestInvariants:
    @given(st.lists(st.booleans(), max_size=60), st.booleans())
    def test_a_model_is_never_worse_than_itself(self, right: list[bool], is_strict: bool) -> None:
        found = measure("right", "all right", [(each, each) for each in right], zero_tolerance=is_strict)
        assert not found.is_worse and found.better == found.worse == 0 and found.p == 1.0

    @given(pairs_of_any_kind)
    def test_it_is_the_same_from_the_other_side(self, pairs: Pairs) -> None:
        one, other = measure("right", "all right", pairs), measure("right", "all right", swapped(pairs))
        assert (one.live, one.candidate, one.better, one.worse) == (
            other.candidate,
            other.live,
            other.worse,
            other.better,
        )
        assert not (one.is_worse and other.is_worse)

    @given(pairs_of_any_kind)
    def test_order_does_not_matter(self, pairs: Pairs) -> None:
        assert measure("right", "all right", pairs) == measure("right", "all right", sorted(pairs))

    @given(st.integers(0, 40), st.integers(0, 40))
    def test_one_more_that_is_worse_never_speaks_for_the_candidate(self, better: int, worse: int) -> None:
        assert chance_of(better, worse + 1) <= chance_of(better, worse)

    def test_a_harmless_candidate_is_seldom_stopped(self) -> None:
        """The share of all ways in which pairs that differ can fall that counts as worse, whatever their number."""
        from scipy.stats import binom

        for differing in range(1, 200):
            stopped = [worse for worse in range(differing + 1) if chance_of(differing - worse, worse) < UNLIKELY]
            assert sum(binom.pmf(worse, differing, 0.5) for worse in stopped) < UNLIKELY
