import re

import pytest

from assistant.matching.safety import Care, judge_safety, other_scripts

LISTS = (other_scripts.WISHED, other_scripts.WISHED_UNSPACED, other_scripts.NAMED, other_scripts.NAMED_UNSPACED)
LISTED = [
    phrase.strip()
    for lists in LISTS
    for lines in lists.values()
    for line in lines.splitlines()
    for phrase in line.split("|")
    if phrase.strip()
]


class TestOtherScripts:
    @pytest.mark.parametrize("phrase", LISTED)
    def test_it_finds_each_phrase_of_its_lists(self, phrase: str) -> None:
        without_choices = re.sub(r"\([^)]*\)|\[[^]]*\]\?|\*", "", phrase)
        shortest = re.sub(r"\[([^]])[^]]*\]", r"\1", without_choices)
        assert judge_safety(shortest) is Care.CRISIS

    @pytest.mark.parametrize(
        "text",
        [
            "میں آج رات خودکشی کر لوں گی",
            "می‌خواهم بمیرم",  # with a joiner that shows nothing
            "أُريدُ أنْ أمُوتَ",  # with its vowel points
            "ज़िंदगी ख़त्म कर दूँगा",  # with the dots that many leave out
            "θελω να αυτοκτονησω",  # without accents
            "Я ХОЧУ УМЕРЕТЬ",
            "Hello, 我不想活了, thank you",
        ],
    )
    def test_it_does_not_mind_how_the_letters_are_typed(self, text: str) -> None:
        assert judge_safety(text) is Care.CRISIS

    @pytest.mark.parametrize(
        "text",
        [
            "我想加入网络",
            "我想死你了",  # I miss you
            "死亡率の統計はありますか",  # mortality statistics
            "배고파 죽겠다",  # I am starving
            "죽고 싶지 않아",  # I do not want to die
            "আমি মরতে চাই না",
            "ไม่อยากตาย",
            "δεν θέλω να ζωγραφίσω",  # to paint
            "خبر وفاة زميلنا",  # news of a colleague's death
            "الوقاية من الانتحار",  # prevention of suicide
            "आत्महत्या रोकथाम प्रशिक्षण",
            "自杀预防培训",
        ],
    )
    def test_it_leaves_other_talk_alone(self, text: str) -> None:
        assert judge_safety(text) is None


class TestOtherLanguages:
    @pytest.mark.parametrize(
        "text",
        [
            "Dw i isio marw",
            "Tá mé chun mé féin a mharú",
            "no quiero vivir",
            "je veux mourir",
            "nie chcę już żyć",
            "Vreau să mor",
            "vou-me matar hoje",
            "voglio farla finita",
            "Ich möchte sterben",
            "ik wil niet meer leven",
            "ölmek istiyorum",
            "dixwazim bimirim",
            "waxaan rabaa inaan dhinto",
            "nataka kujiua",
            "Mo fẹ́ kú",
            "Achọrọ m ịnwụ",
            "ina so in mutu",
            "mepɛ sɛ mewu",
            "ndoda kufa",
            "ngifuna ukufa",
            "magpapakamatay na ako",
            "mau bunuh diri",
            "tôi muốn chết",
            "main marna chahta hoon",
            "khudkushi karna chahti hoon",
            "main apne aap nu khatam kar lena",
            "ami ar bachte chai na",
            "enikku marikkanam",
            "ana 3ayez amoot",
            "mikham bemiram",
            "hochu umeret",
        ],
    )
    def test_it_meets_risk_to_a_life(self, text: str) -> None:
        assert judge_safety(text) is Care.CRISIS

    @pytest.mark.parametrize(
        "text",
        [
            "formation sur la prévention du suicide",
            "Kurs Selbstmordprävention",
            "Je veux rejoindre le réseau",
            "Quiero unirme a la red",
            "cymorth Cymraeg os gwelwch yn dda",
        ],
    )
    def test_it_leaves_other_talk_alone(self, text: str) -> None:
        assert judge_safety(text) is None
