import pytest

from assistant.matching.labels import ANSWERABLE, COURTESIES, GENERIC, OUT_OF_SCOPE, kind_of, leaf, slug_of, words_of


class TestLabels:
    @pytest.mark.parametrize(
        ("label", "kind", "slug"),
        [("offer/lfhii", "offer", "lfhii"), ("topic/about-confederation", "topic", "about-confederation")],
    )
    def test_it_takes_a_leaf_apart_and_puts_it_together(self, label: str, kind: str, slug: str) -> None:
        assert (kind_of(label), slug_of(label)) == (kind, slug)
        assert leaf(kind, slug) == label

    def test_it_takes_an_intent_without_leaves_as_its_own_kind(self) -> None:
        assert (kind_of("greet"), slug_of("greet")) == ("greet", "")

    def test_it_never_takes_a_courtesy_for_a_question(self) -> None:
        assert not COURTESIES & ANSWERABLE

    def test_it_can_answer_what_is_generic(self) -> None:
        assert GENERIC < ANSWERABLE

    @pytest.mark.parametrize(
        ("label", "words"),
        [
            ("ask_contact", "ask contact"),
            ("greet", "greet"),
            ("offer/lfhii", "lfhii"),
            ("topic/about-confederation", "about confederation"),
            ("shared/wres_and-wdes", "wres and wdes"),
            ("person/-somebody-", "somebody"),
        ],
    )
    def test_it_says_a_label_in_plain_words(self, label: str, words: str) -> None:
        assert words_of(label) == [words]

    def test_it_has_no_words_for_what_is_out_of_scope(self) -> None:
        assert words_of(OUT_OF_SCOPE) == []
