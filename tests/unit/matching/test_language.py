import pytest

from assistant.matching.language import FEWEST_LETTERS, is_english

ENGLISH = [
    "Who leads the anti-racism strategy?",
    "WHO LEADS THE STRATEGY FOR ANTI RACISM",
    "wats the contct for peer mentering plz",
    "hi there\nmy friend asked how we join the network",
    "Is there anything for the Welsh NHS Confederation in Cardiff?",
    "What does Llais Cymru do for Betsi Cadwaladr University Health Board?",
    "Who is Dr Habib Naqvi MBE of the Race and Health Observatory?",
    "WRES, LFHII and BME Leadership Network",
    "lgbtq leaders network contact",
    "pls tel me abt nursng + midwifry progrm",
    "menter mawr: is it free",
]
WELSH = [
    "Sut mae ymuno â'r rhwydwaith?",
    "Beth yw'r cynnig hwn ar hiliaeth?",
    "Mae angen help arnom gyda'r gwaith hwn, os gwelwch yn dda",
    "rydym ni yn gweithio i GIG Cymru yng Nghaerdydd",
    "DIOLCH YN FAWR AM EICH HELP",
    "Ble ydw i'n dod o hyd i'r fframwaith?",
    "Oes cefnogaeth i arweinwyr du ac o leiafrifoedd ethnig?",
    "Pwy yw'r prif weithredwr?",
]
OTHER = [
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

    @pytest.mark.parametrize("text", WELSH)
    def test_it_knows_welsh(self, text: str) -> None:
        assert not is_english(text)

    @pytest.mark.parametrize("text", IN_DOUBT)
    def test_it_is_for_english_in_doubt(self, text: str) -> None:
        assert is_english(text)

    def test_it_judges_from_the_fewest_letters_on(self) -> None:
        text = "hiliaeth yng Nghymru"
        assert sum(letter.isalpha() for letter in text) >= FEWEST_LETTERS
        assert not is_english(text)
