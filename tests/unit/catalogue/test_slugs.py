"""Slugs made from names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalogue.slugs import is_slug, make_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Race & Health: what's next?", "race-health-whats-next"),
        ("Zoë O'Neil", "zoe-oneil"),
        ("  --  ", "entry"),
        ("日本", "entry"),
        ("x" * 80, "x" * 60),
    ],
)
def test_it_says_the_name(name: str, slug: str) -> None:
    assert make_slug(name, ()) == slug


@given(st.text(max_size=200), st.integers(0, 12))
def test_whatever_the_name_it_is_a_slug_that_nobody_has(name: str, times: int) -> None:
    taken: set[str] = set()
    for _ in range(times):
        slug = make_slug(name, taken)
        assert is_slug(slug) and slug not in taken
        taken.add(slug)
