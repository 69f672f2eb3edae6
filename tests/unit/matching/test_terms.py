import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.terms import READ_AS, read_alike, without_points

ALIKE = [
    "BME",
    "bame",
    "BAME",
    "B.A.M.E.",
    "b.m.e.",
    "BME/BAME",
    "black and minority ethnic",
    "Black & Minority Ethnic",
    "black, Asian and minority ethnic",
    "Black, Asian and other ethnic minority",
    "Black, Asian, and Minority Ethnic",
    "black and ethnic minority",
    "minority ethnic",
    "minority-ethnic",
    "ethnic minority",
    "racial minority",
    "visible minority",
    "minoritised",
    "minoritised ethnic",
    "ethnically minoritized",
    "ethnically diverse",
    "diverse ethnic",
    "racialised",
    "racialized",
    "racialised minority",
    "global majority",
    "global ethnic majority",
    "non-white",
    "non white",
    "nonwhite",
    "Black and brown",
    "black or Asian",
    "Asian/black",
    "POC",
    "BIPOC",
    "coloured",
]
SENTENCES = [
    ("support for people of colour?", "support for BME people?"),
    ("Leaders of color", "BME Leaders"),
    ("staff from ethnic minorities, and nurses of colour", "staff from BME, and BME nurses"),
    ("from diverse ethnic backgrounds", "from BME backgrounds"),
    ("global majority health professionals", "BME health professionals"),
    ("with racialised communities", "with BME communities"),
    ("BAME or global majority?", "BME or BME?"),
    ("the Black, Asian and Minority Ethnic Leadership Network", "the BME Leadership Network"),
]
OTHERS = [
    "BME Leadership Network",
    "BMELN",
    "Black History Month",
    "black leaders",
    "an Asian deputy director",
    "the women's network",
    "a minority of trusts",
    "the majority of members, globally",
    "diverse boards",
    "the colour of the logo",
    "coloured pencils",
    "POC testing",
    "ethnicity pay gap",
    "ethnic group codes",
    "white",
    "the brown envelope",
    "big, black and heavy",
    "racial equality",
    "",
]
HOSTILE = [
    "black, " * 1500,
    "black and " * 1000,
    "b.a.m." * 1600,
    "bme/" * 2500,
    "non" + " " * 9997,
    "people of " * 1000,
]


class TestReadAlike:
    @pytest.mark.parametrize("term", ALIKE)
    def test_it_reads_every_term_as_one(self, term: str) -> None:
        for sentence in ("Is there a network for {} leaders?", "{} staff", "(we have {} people here)"):
            assert read_alike(sentence.format(term)) == sentence.format(READ_AS)

    @pytest.mark.parametrize(("text", "alike"), SENTENCES)
    def test_it_leaves_the_rest_of_the_sentence(self, text: str, alike: str) -> None:
        assert read_alike(text) == alike

    @pytest.mark.parametrize("text", OTHERS)
    def test_it_leaves_other_words_alone(self, text: str) -> None:
        assert read_alike(text) == text

    @given(
        st.lists(
            st.sampled_from("black asian and , / bme b.m.e. non white people of colour poc minority ethnic".split())
        )
    )
    def test_it_changes_nothing_the_second_time(self, words: list[str]) -> None:
        alike = read_alike(" ".join(words))
        assert read_alike(alike) == alike

    @pytest.mark.parametrize("text", HOSTILE)
    def test_it_is_quick_with_hostile_text(self, text: str) -> None:
        started = time.perf_counter()
        read_alike(text)
        assert time.perf_counter() - started < 0.05


class TestWithoutPoints:
    def test_it_takes_the_points_out_of_these_words_alone(self) -> None:
        assert without_points("Is B.A.M.E. or b.m.e ok, J.R. Hartley?") == "Is BAME or bme ok, J.R. Hartley?"
