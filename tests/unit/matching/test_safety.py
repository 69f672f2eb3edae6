import random
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.matching.safety import Care, abuse, crisis, danger, disclosure, judge_safety, requests
from assistant.matching.safety.folding import fold, sentences
from assistant.matching.safety.phrases import Rule, group, phrases

ROOT = Path(__file__).parents[3]
JUDGED: dict[str, list[str]] = {
    care: lines.splitlines()
    for care, lines in yaml.safe_load(Path(__file__).with_name("safety_sentences.yml").read_text("utf-8")).items()
}
CAREFUL = [(line, care) for care in Care for line in JUDGED[care.value]]


def training_sentences() -> Iterator[str]:
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for intent in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in intent.get("examples", "").splitlines())


class TestJudgeSafety:
    @pytest.mark.parametrize("text", JUDGED["crisis"])
    def test_it_meets_risk_to_a_life(self, text: str) -> None:
        assert judge_safety(text) is Care.CRISIS

    @pytest.mark.parametrize("text", JUDGED["disclosure"])
    def test_it_meets_racism_told(self, text: str) -> None:
        assert judge_safety(text) is Care.DISCLOSURE

    @pytest.mark.parametrize("text", JUDGED["abuse"])
    def test_it_refuses_abuse(self, text: str) -> None:
        assert judge_safety(text) is Care.ABUSE

    @pytest.mark.parametrize("text", JUDGED["ordinary"])
    def test_it_leaves_ordinary_messages_alone(self, text: str) -> None:
        assert judge_safety(text) is None

    def test_it_raises_at_most_one_false_alarm_in_a_hundred_training_sentences(self) -> None:
        asked = list(training_sentences())
        flagged = [text for text in asked if judge_safety(text) is not None]
        assert len(asked) > 3000
        assert len(flagged) <= len(asked) * 0.01, flagged

    def test_it_puts_a_life_before_everything(self) -> None:
        assert judge_safety("My manager called me a monkey. I want to die. You stupid bot") is Care.CRISIS

    def test_it_puts_racism_told_before_despair(self) -> None:
        assert judge_safety("They bully me because I'm black and I can't take it any more") is Care.DISCLOSURE
        assert judge_safety("I can't take it any more") is Care.CRISIS

    def test_it_puts_racism_told_before_abuse(self) -> None:
        assert judge_safety("A patient called me a monkey, you useless stupid bot") is Care.DISCLOSURE

    @pytest.mark.parametrize("slur", ["paki", "p*ki", "n*****", "nigger", "chink"])
    def test_it_tells_a_slur_that_is_reported_from_one_that_is_meant(self, slur: str) -> None:
        assert judge_safety(f'A patient shouted "{slur}" at me') is Care.DISCLOSURE
        assert judge_safety(f"you {slur}") is Care.ABUSE

    def test_it_does_not_refuse_an_insult_that_somebody_else_spoke(self) -> None:
        assert judge_safety("my manager told me you are an idiot") is None

    @pytest.mark.parametrize(
        "text",
        [
            "I want to k\u200bill my\u00adself",
            "Ｉ ｗａｎｔ ｔｏ ｄｉｅ",
            "I dοn’t wanna be here any more".replace("ο", "o"),
            "I w\u0301ant to d\u0336ie",
            "I\u2003want\nto\tdie",
            "su1c1dal, I feel suicidal",
            "I want to diiiiie",
        ],
    )
    def test_it_sees_through_hidden_and_odd_letters(self, text: str) -> None:
        assert judge_safety(text) is Care.CRISIS

    @given(st.text(st.characters(codec=None), max_size=300))
    @example("\ud800 \x00 \u202e")
    @example("")
    def test_it_never_raises(self, text: str) -> None:
        assert judge_safety(text) in {None, *Care}

    @given(st.sampled_from(CAREFUL), st.randoms(use_true_random=False))
    def test_it_does_not_mind_case_or_spacing(self, judged: tuple[str, Care], chance: random.Random) -> None:
        text, care = judged
        cased = "".join(letter.upper() if chance.random() < 0.5 else letter.lower() for letter in text)
        spaced = re.sub(" ", lambda _: chance.choice([" ", "   ", "\t", "\n", "\u00a0"]), cased)
        assert judge_safety(f"  {spaced}\n") is care


def all_patterns() -> list[re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    modules: tuple[ModuleType, ...] = (abuse, crisis, danger, disclosure, requests)
    for value in (value for module in modules for value in vars(module).values()):
        rules = value if isinstance(value, tuple) else ()
        candidates = [value, *(each for rule in rules if isinstance(rule, Rule) for each in rule.patterns)]
        found.update({each.pattern: each for each in candidates if isinstance(each, re.Pattern)})
    return list(found.values())


class TestPatterns:
    def test_they_never_repeat_what_repeats_without_end(self) -> None:
        """A repeat without end inside another is what makes a search slow; `++` does not give back what it took."""
        endless_in_endless = re.compile(r"\((?:\?:)?[^()]*(?:\w|\]|\.)[*+](?!\+)[^()]*\)[*+]")
        assert len(all_patterns()) > 40
        assert [each.pattern[:80] for each in all_patterns() if endless_in_endless.search(each.pattern)] == []

    @pytest.mark.parametrize("hostile", ["i ", "you are ", "call me a ", "i want to ", "a", "*", "f*", "because of "])
    def test_they_get_through_ten_thousand_hostile_characters(self, hostile: str) -> None:
        text = (hostile * 10_000)[:10_000]
        assert judge_safety(text) in {None, *Care}


class TestFold:
    @pytest.mark.parametrize(
        ("typed", "folded"),
        [
            ("  I don’t   KNOW ", "i dont know"),
            ("He said “go home”!", 'he said " go home " .'),
            ("'go home', he said", '" go home " he said'),
            ("n****r and p*ki", "n**r and p*ki"),
            ("k1ll my\u200bself", "kill myself"),
            ("Café. Well?", "cafe . well ."),
            ("sooooo tired", "so tired"),
            ("50% of us", "50 percent of us"),
        ],
    )
    def test_it_gives_one_spelling(self, typed: str, folded: str) -> None:
        assert fold(typed) == folded

    @given(st.text(st.characters(codec=None), max_size=200))
    def test_it_leaves_only_plain_words(self, text: str) -> None:
        assert re.fullmatch(r'[a-z0-9*". ]*', fold(text))

    def test_it_parts_sentences_and_drops_quotation_marks(self) -> None:
        assert sentences(fold('One. "Two" and three? ')) == ["one", "two and three"]


class TestPhrases:
    def test_a_line_is_an_alternative_and_a_group_stands_for_its_words(self) -> None:
        found = phrases("want to <die>\nenough of it", die=group("die|be dead"))
        assert found.search("i want to be dead now")
        assert found.search("enough of it")
        assert not found.search("want to diet")

    def test_a_gap_lets_so_many_words_stand_between_and_no_more(self) -> None:
        found = phrases("told~2 go home")
        assert found.search("told to just go home")
        assert not found.search("told that you should go home")

    def test_a_backslash_continues_a_line(self) -> None:
        assert phrases("one \\\n    two").search("one two")
