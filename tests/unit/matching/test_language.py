import pytest

from assistant.matching.language import FEWEST_LETTERS, is_english

ENGLISH = [
    "Who leads the anti-racism strategy?",
    "WHO LEADS THE STRATEGY FOR ANTI RACISM",
    "wats the contct for peer mentering plz",
    "hi there\nmy friend asked how we join the network",
    "Is there anything for the Welsh NHS Confederation in Cardiff?",
]
OTHER = [
    "Sut mae ymuno â'r rhwydwaith?",
    "Beth yw'r cynnig hwn ar hiliaeth?",
    "Bonjour, qui dirige cette stratégie contre le racisme?",
    "Czy mogę dołączyć do programu?",
    "¿Quién dirige la estrategia\ncontra el racismo?",
]
IN_DOUBT = ["", "lfhii", "ok", "12345 67890 !!!", "hiliaeth", "\n\n", "👍👍👍👍👍👍👍👍👍👍👍👍👍"]


class TestIsEnglish:
    @pytest.mark.parametrize("text", ENGLISH)
    def test_it_knows_english(self, text: str) -> None:
        assert is_english(text)

    @pytest.mark.parametrize("text", OTHER)
    def test_it_knows_other_languages(self, text: str) -> None:
        assert not is_english(text)

    @pytest.mark.parametrize("text", IN_DOUBT)
    def test_it_is_for_english_in_doubt(self, text: str) -> None:
        assert is_english(text)

    def test_it_judges_from_the_fewest_letters_on(self) -> None:
        text = "hiliaeth yng Nghymru"
        assert sum(letter.isalpha() for letter in text) >= FEWEST_LETTERS
        assert not is_english(text)
