import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.segments import MOST_SEGMENTS, find_ruled_out, is_asking, take_apart

RULED_OUT = [
    ("Not the ICS one, the one for nurses", "the ICS one", "the one for nurses"),
    ("No, not the network - the observatory", "the network", "the observatory"),
    ("I don't mean the observatory, I mean the network.", "the observatory", "the network."),
    ("We do not need the guide but the seminars", "the guide", "the seminars"),
    ("I'm not asking about boards, what is there for midwives?", "boards", "what is there for midwives?"),
    ("Not the board one. The one for chairs", "the board one", "The one for chairs"),
    ("Hello. Not the ICS one, the one for nurses. Thanks", "the ICS one", "Hello. the one for nurses. Thanks"),
    ("not the award, the lecture\nnot the guide, the seminars", "the award; the guide", "the lecture the seminars"),
    ("the one for nurses, not the ICS one", "the ICS one", "the one for nurses"),
    ("I want the network rather than the observatory programme", "the observatory programme", "I want the network"),
    ("tell me about the lecture (not the award)", "the award", "tell me about the lecture"),
]
NOT_RULED_OUT = ["Who leads this?", "Why not?", "Is it not open to trusts", "We cannot find the notice about boards"]
ASKING = [
    "Who leads this",
    "and when is it",
    "please send me the guide",
    "We need help",
    "The framework?",
    "hi, can we",
]
TELLING = ["We are a trust in Leeds", "Our board met on Monday.", "Thanks", "", "Whoever"]


class TestSentences:
    def test_it_gives_none_where_there_is_only_one(self) -> None:
        message = take_apart("Who leads this?")
        assert (message.wanted, message.sentences, message.clauses) == ("Who leads this?", (), ())

    def test_it_splits_at_full_stops_and_at_lines(self) -> None:
        message = take_apart("We are a trust. Who leads this\nAnd where?")
        assert message.sentences == ("We are a trust.", "Who leads this", "And where?")

    def test_it_leaves_out_what_has_no_letters(self) -> None:
        assert take_apart("Who?\n\n...\n!\nWhere?").sentences == ("Who?", "Where?")

    def test_it_gives_no_more_than_the_most(self) -> None:
        message = take_apart("Who is it and where is it now? " * 30)
        assert len(message.sentences) == len(message.clauses) == MOST_SEGMENTS


class TestClauses:
    def test_it_splits_where_a_new_question_begins(self) -> None:
        clauses = take_apart("What is the framework and who do I contact about the award?").clauses
        assert len(clauses) == 2
        assert clauses[0].startswith("What is the framework")
        assert clauses[1] == "who do I contact about the award?"

    @pytest.mark.parametrize(
        "text", ["What is there for black and minority ethnic leaders?", "Tell me about coaching and mentoring please"]
    )
    def test_it_leaves_together_what_belongs_together(self, text: str) -> None:
        assert take_apart(text).clauses == ()

    def test_it_splits_inside_several_sentences(self) -> None:
        message = take_apart("We are a trust. What is the framework and how do we join it?")
        assert len(message.sentences) == 2
        assert len(message.clauses) == 3


class TestSignatures:
    @pytest.mark.parametrize(
        "line", ["Kind regards,", "Many thanks", "  BEST WISHES ", "Sent from my iPhone", "Cheers!"]
    )
    def test_it_cuts_a_signature_off(self, line: str) -> None:
        message = take_apart(f"Who leads this?\n\n{line}\nMiranda Seed\nHead of Nursing")
        assert message.wanted.strip() == "Who leads this?"
        assert message.sentences == ()

    def test_it_keeps_a_message_that_begins_like_a_signature(self) -> None:
        assert take_apart("Thanks\nWho leads this").sentences == ("Thanks", "Who leads this")
        assert take_apart("\nRegards\nMiranda").sentences == ("Regards", "Miranda")

    def test_it_keeps_thanks_inside_a_sentence(self) -> None:
        line = "thanks for the answer about boards"
        assert take_apart(f"Hello\n{line}").sentences == ("Hello", line)

    def test_it_keeps_a_question_below_a_line_of_thanks(self) -> None:
        assert "How do we join?" in take_apart("That was useful.\nThanks!\nHow do we join?").sentences


class TestRulingOut:
    @pytest.mark.parametrize(("text", "ruled_out", "wanted"), RULED_OUT)
    def test_it_tells_what_is_wanted_from_what_is_not(self, text: str, ruled_out: str, wanted: str) -> None:
        message = take_apart(text)
        assert (message.ruled_out, message.wanted) == (ruled_out, wanted)

    @pytest.mark.parametrize(("text", "ruled_out", "wanted"), RULED_OUT)
    def test_it_finds_that_alone(self, text: str, ruled_out: str, wanted: str) -> None:
        assert find_ruled_out(text) == ruled_out

    @pytest.mark.parametrize("text", NOT_RULED_OUT)
    def test_it_rules_out_nothing_else(self, text: str) -> None:
        assert take_apart(text).ruled_out == ""
        assert find_ruled_out(text) == ""


class TestIsAsking:
    @pytest.mark.parametrize("part", ASKING)
    def test_it_knows_questions_and_requests(self, part: str) -> None:
        assert is_asking(part)

    @pytest.mark.parametrize("part", TELLING)
    def test_it_knows_what_only_tells(self, part: str) -> None:
        assert not is_asking(part)


class TestAnyText:
    @given(st.text(max_size=80) | st.text("not the but and, .?!-()\n", max_size=80))
    def test_it_invents_no_words(self, text: str) -> None:
        message = take_apart(text)
        for part in (message.wanted, message.ruled_out, *message.sentences, *message.clauses):
            assert all(word in text for word in part.replace(";", " ").split())
