import pytest

from assistant.matching.safety import Care, judge_safety
from assistant.matching.safety.folding import fold
from assistant.matching.safety.masked import unmask
from assistant.matching.safety.misspelt import put_right
from assistant.matching.safety.spelled_out import part, pull_together


class TestSpelledOut:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("k.i.l.l m.y.s.e.l.f", "kill.myself"),
            ("f u c k  y o u", "fuck you"),
            ("F.U.C.K. Y.O.U.", "FUCK YOU."),
            ("w-a-n-k-e-r", "wanker"),
            ("N H S", "N H S"),
            ("K.M.S. Patel", "K.M.S. Patel"),
            ("A. B. C. D. Jones", "A B C D. Jones"),
        ],
    )
    def test_it_pulls_letters_together_from_four(self, typed: str, read: str) -> None:
        assert pull_together(typed).replace(" ", ".") == read.replace(" ", ".")

    def test_it_parts_sentences_written_in_one_word(self) -> None:
        assert part("iwanttodie now") == "i want to die now"
        assert part("understanding fuckoffs") == "understanding fuck off s"

    @pytest.mark.parametrize("text", ["iwanttodie", "i w a n t t o d i e", "k.i.l.l m.y.s.e.l.f", "#killmyself"])
    def test_it_meets_risk_to_a_life(self, text: str) -> None:
        assert judge_safety(text) is Care.CRISIS

    @pytest.mark.parametrize(
        "text", ["w a n k e r", "f u c k  y o u", "F.U.C.K. Y.O.U.", "y o u  a r e  a n  i d i o t"]
    )
    def test_it_refuses_abuse(self, text: str) -> None:
        assert judge_safety(text) is Care.ABUSE

    @pytest.mark.parametrize(
        "text", ["N H S", "B M E", "a b c", "C.E.O. and C.F.O.", "Dr K. M. S. Patel", "t h a n k   y o u", "W.R.E.S."]
    )
    def test_it_leaves_initials_and_acronyms_alone(self, text: str) -> None:
        assert judge_safety(text) is None


class TestMisspelt:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("sucide", "suicide"),
            ("swalowed bleech", "swallowed bleach"),
            ("kil myslef", "kill myself"),
            ("overdos", "overdose"),
            ("i wnt to dye", "i want to die"),
            ("want too dye", "want to die"),
            ("i want to dye my hair", "i want to dye my hair"),
            ("the tables of the breach were overdone", "the tables of the breach were overdone"),
            ("we want dei", "we want dei"),
        ],
    )
    def test_it_puts_the_words_of_a_crisis_right_and_no_others(self, typed: str, meant: str) -> None:
        assert put_right(typed) == meant

    @pytest.mark.parametrize(
        "text",
        ["i wnt to dye", "sucide", "swalowed bleach", "kil myslef", "overdos", "want too dye", "hang my self"],
    )
    def test_it_meets_risk_to_a_life(self, text: str) -> None:
        assert judge_safety(text) is Care.CRISIS


class TestMasked:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("1d10t", "idiot"),
            ("eat sh!t!", "eat shit!"),
            ("c*nt", "cunt"),
            ("st00pid bot", "stoopid bot"),
            ("band 8a at 10am, form 11, hi!", "band 8a at 10am, form 11, hi!"),
        ],
    )
    def test_it_spells_out_the_listed_words_and_no_others(self, typed: str, read: str) -> None:
        assert unmask(typed) == read

    @pytest.mark.parametrize("text", ["1d10t", "c*nt", "biiiitch answer me", "sh!t bot", "Eat sh!t"])
    def test_it_refuses_abuse(self, text: str) -> None:
        assert judge_safety(text) is Care.ABUSE


class TestPauses:
    def test_a_pause_does_not_end_a_sentence(self) -> None:
        assert fold("I can't go on... to the next page") == "i cant go on to the next page"
        assert fold("I can't go on... Help") == "i cant go on . help"
        assert judge_safety("i cant go on... i want to die") is Care.CRISIS
