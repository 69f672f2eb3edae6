import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.names.published import PublishedPeople

PEOPLE = PublishedPeople(
    {
        "joan-saddler": ["Joan Saddler OBE", "Saddler"],
        "marie-pritchard": ["Marie Pritchard"],
        "john-obrien": ["John O'Brien"],
        "victor-adebowale": ["Lord Victor Adebowale", "Adebowale"],
        "habib-naqvi": ["Dr Habib Naqvi MBE", "Naqvi"],
    }
)


def find(text: str) -> list[tuple[str, str]]:
    """Slugs, and what of the text is meant by them."""
    return [(found.slug, text[slice(*found.span)]) for found in PEOPLE.find(text)]


class TestPublishedPeople:
    @pytest.mark.parametrize(
        ("text", "slug", "named"),
        [
            ("What does Joan Saddler do?", "joan-saddler", "Joan Saddler"),
            ("is Joan Saddler OBE in", "joan-saddler", "Joan Saddler OBE"),
            ("joan sadler's talk", "joan-saddler", "joan sadler"),
            ("ask Ms Saddler", "joan-saddler", "Ms Saddler"),
            ("mary pritchard, governance", "marie-pritchard", "mary pritchard"),
            ("Marie Prichard", "marie-pritchard", "Marie Prichard"),
            ("jon o’brien", "john-obrien", "jon o’brien"),
            ("Dr. Habeeb Naqvi", "habib-naqvi", "Dr. Habeeb Naqvi"),
            ("Viktor Adebowale", "victor-adebowale", "Viktor Adebowale"),
        ],
    )
    def test_they_are_found_as_people_write_them(self, text: str, slug: str, named: str) -> None:
        assert find(text) == [(slug, named)]

    @pytest.mark.parametrize(
        "text",
        [
            "Mark Pritchard",
            "Margaret Pritchard",
            "Martin Pritchard",
            "Johanna O'Brien",
            "Ms Pritchard",
            "Marie",
            "John the porter, O'Brien the nurse",
            "Joan, Saddlery road",
        ],
    )
    def test_nobody_else_is_taken_for_them(self, text: str) -> None:
        assert find(text) == []

    def test_a_misspelt_surname_alone_is_nobody(self) -> None:
        assert find("Mr Sadler") == []

    def test_each_is_found_where_they_stand(self) -> None:
        assert [slug for slug, _ in find("Marie Pritchard met Joan Saddler and Dr Naqvi")] == [
            "marie-pritchard",
            "joan-saddler",
            "habib-naqvi",
        ]

    @given(st.text(max_size=200))
    def test_any_text_is_read(self, text: str) -> None:
        for _, named in find(text):
            assert named.strip() == named != ""
