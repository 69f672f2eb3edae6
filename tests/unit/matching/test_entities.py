import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.entities import PHRASES, Entity, find_entities

NARROWED = [
    ("What is in the commit stage?", "stage", ["commit"]),
    ("what is there under act", "stage", ["act"]),
    ("What do you offer in stage three?", "stage", ["act"]),
    ("I have a slide headed ACT and nothing on it", "stage", ["act"]),
    ("Which offers are in the 'understand' stage?", "stage", ["understand"]),
    ("anything enhanced?", "tier", ["enhanced"]),
    ("In Wales and northern ireland", "nation", ["wales", "northern-ireland"]),
    ("What about Scotland", "nation", ["scotland"]),
    ("for Chief Executives and nurses", "audience", ["chief executives", "nursing and midwifery"]),
    ("what does Miranda.Seed@nhsconfed.org answer", "mailbox", ["miranda-seed"]),
    ("how much does it cost, and when does it start?", "aspect", ["cost", "date"]),
    ("the second one please", "ordinal", ["2"]),
    ("the latter", "ordinal", ["last"]),
]
OTHERWISE_MEANT = [
    ("we understand that you act on it", "stage"),
    ("that is nice", "nation"),
    ("a nursery in the region", "audience"),
    ("the carolers", "mailbox"),
    ("a secondary school", "ordinal"),
]
WORDS = sorted({word for phrases in PHRASES.values() for of_value in phrases.values() for word in of_value})


def values(found: list[Entity], name: str) -> list[str]:
    """The different values of one entity, in the order they stand."""
    return list(dict.fromkeys(entity.value for entity in found if entity.name == name))


class TestFindEntities:
    @pytest.mark.parametrize(("text", "name", "expected"), NARROWED)
    def test_it_finds_what_narrows_a_question(self, text: str, name: str, expected: list[str]) -> None:
        assert values(find_entities(text), name) == expected

    @pytest.mark.parametrize(("text", "name"), OTHERWISE_MEANT)
    def test_it_leaves_other_words_alone(self, text: str, name: str) -> None:
        assert values(find_entities(text), name) == []

    @pytest.mark.parametrize(
        ("name", "value", "phrase"),
        [
            (name, value, phrase)
            for name, by_value in PHRASES.items()
            for value, phrases in by_value.items()
            for phrase in phrases
        ],
    )
    def test_it_knows_every_phrase_in_capitals_too(self, name: str, value: str, phrase: str) -> None:
        text = f"Hello: {phrase.upper()}"
        assert Entity(name, value, 7, len(text)) in find_entities(text)

    def test_it_finds_nothing_in_nothing(self) -> None:
        assert find_entities("") == []

    @given(st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=8).map(" ".join))
    def test_it_points_into_the_text_in_order(self, text: str) -> None:
        found = find_entities(text)
        assert [entity.start for entity in found] == sorted(entity.start for entity in found)
        for entity in found:
            assert 0 <= entity.start < entity.end <= len(text)
            assert entity.value in PHRASES[entity.name]


class TestValues:
    def test_it_gives_each_value_once_in_order(self) -> None:
        found = [Entity("nation", name, 0, 1) for name in ("wales", "england", "wales")]
        assert values([*found, Entity("tier", "current", 0, 1)], "nation") == ["wales", "england"]
