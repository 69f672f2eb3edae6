import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.mentions import MOST_TELLING, Mentions

NAMES = {
    "offer/network": ["BME Leadership Network"],
    "offer/consulting": ["BME Leadership Network consulting"],
    "offer/observatory": ["NHS Race and Health Observatory", "Observatory"],
    "offer/lgbtq": ["LGBTQ"],
    "offer/first": ["WRES"],
    "offer/second": ["WRES"],
    "person/habib-naqvi": ["Dr Habib Naqvi MBE"],
    "person/ruth-rankine": ["Ruth Rankine"],
    "topic/empty": ["", "Dr"],
}


@pytest.fixture(scope="module")
def mentions() -> Mentions:
    """A few names like the catalogue's."""
    return Mentions(NAMES)


class TestFind:
    @pytest.mark.parametrize("text", ["tell me about the bme LEADERSHIP network", "the BME Leadership Network's award"])
    def test_it_finds_a_name_whatever_its_case(self, mentions: Mentions, text: str) -> None:
        assert list(mentions.find(text)) == ["offer/network"]

    def test_it_lets_a_longer_name_hide_a_shorter(self, mentions: Mentions) -> None:
        assert list(mentions.find("BME Leadership Network consulting, please")) == ["offer/consulting"]

    def test_it_finds_several_in_the_order_they_stand(self, mentions: Mentions) -> None:
        found = mentions.find("Is Rankine in the observatory, and Naqvi in the BME leadership network?")
        assert list(found) == ["person/ruth-rankine", "offer/observatory", "person/habib-naqvi", "offer/network"]

    @pytest.mark.parametrize("text", ["Naqvi", "Habib Naqvi", "Dr Habib Naqvi MBE", "dr naqvi", "Naqvi’s role"])
    def test_it_finds_people_by_surname_and_without_honours(self, mentions: Mentions, text: str) -> None:
        assert list(mentions.find(text)) == ["person/habib-naqvi"]

    @pytest.mark.parametrize("text", ["", "Habib", "women", "dr", "lfhii", "the leadership", "🙂", "mbe obe"])
    def test_it_finds_nothing_else(self, mentions: Mentions, text: str) -> None:
        assert mentions.find(text) == {}


class TestMisspelling:
    @pytest.mark.parametrize(
        ("text", "label"),
        [
            ("the observatry", "offer/observatory"),
            ("ruth rankin", "person/ruth-rankine"),
            ("BME Leadrship Network", "offer/network"),
            ("the lgtbq one", "offer/lgbtq"),
        ],
    )
    def test_it_forgives_a_letter_or_two(self, mentions: Mentions, text: str, label: str) -> None:
        assert list(mentions.find(text)) == [label]

    @pytest.mark.parametrize("text", ["conservatory", "wres2 or wars", "ranking"])
    def test_it_does_not_take_other_words_for_names(self, mentions: Mentions, text: str) -> None:
        assert mentions.find(text) == {}


class TestHowMuchANameSays:
    def test_it_says_more_the_more_words_it_has(self, mentions: Mentions) -> None:
        assert mentions.find("naqvi")["person/habib-naqvi"] < mentions.find("habib naqvi")["person/habib-naqvi"]

    def test_it_says_at_most_so_much(self, mentions: Mentions) -> None:
        assert mentions.find("NHS Race and Health Observatory")["offer/observatory"] == MOST_TELLING

    def test_it_says_less_when_several_have_the_name(self, mentions: Mentions) -> None:
        found = mentions.find("WRES")
        assert found["offer/first"] == found["offer/second"] < 0.5

    def test_it_takes_the_most_telling_of_several(self, mentions: Mentions) -> None:
        found = mentions.find("the observatory, I mean the NHS Race and Health Observatory, the observatory")
        assert found == {"offer/observatory": MOST_TELLING}

    def test_it_gives_those_of_one_name_in_the_same_order_every_time(self) -> None:
        many = {f"offer/{number}": ["WRES"] for number in range(20)}
        assert list(Mentions(many).find("WRES")) == sorted(many)


class TestAnyText:
    @given(st.text(max_size=60))
    def test_it_finds_only_what_it_was_given(self, mentions: Mentions, text: str) -> None:
        assert mentions.find(text).keys() <= NAMES.keys()

    @given(st.text(max_size=60))
    def test_it_names_nothing_when_it_knows_no_names(self, text: str) -> None:
        assert Mentions({}).find(text) == {}
