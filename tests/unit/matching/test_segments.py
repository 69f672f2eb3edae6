import re
import time
from collections import Counter

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
    ("I was not asking about boards, but midwives", "boards", "midwives"),
    ("Sorry, we weren't looking for the guide, rather the seminars", "the guide", "the seminars"),
    ("Hello. Not the ICS one, the one for nurses. Thanks", "the ICS one", "Hello. the one for nurses. Thanks"),
    ("not the award, the lecture\nnot the guide, the seminars", "the award; the guide", "the lecture the seminars"),
    ("the one for nurses, not the ICS one", "the ICS one", "the one for nurses"),
    ("I want the network rather than the observatory programme", "the observatory programme", "I want the network"),
    ("I would like the lecture, as opposed to the award.", "the award", "I would like the lecture"),
    ("tell me about the lecture (not the award)", "the award", "tell me about the lecture"),
]
RULED_OUT_BY_A_CAPITAL = [
    ("it is about Wales, not England", "England", "it is about Wales"),
    ("the lecture instead of Black History Month", "Black History Month", "the lecture"),
    ("boards rather than ICSs", "ICSs", "boards"),
    ("Not NHS Employers. The observatory please", "NHS Employers", "The observatory please"),
    ("Tell me about the network. Not WRES.", "WRES", "Tell me about the network."),
]
RULED_OUT_BY_A_WHOLE_SENTENCE = [
    ("Not the board one. The one for chairs", "the board one", "The one for chairs"),
    ("No, not the award. The lecture.", "the award", "The lecture."),
    ("Not those for chairs. The ones for nurses.", "those for chairs", "The ones for nurses."),
    ("I didn't mean the board one! The one for chairs", "the board one", "The one for chairs"),
    ("We do not need any training. Just the contact", "any training", "Just the contact"),
    ("I wasn't talking about the ICS one. Which is for nurses?", "the ICS one", "Which is for nurses?"),
    ("We were not after the guide. The award is it", "the guide", "The award is it"),
    ("The one for chairs. Not the board one.", "the board one", "The one for chairs."),
    ("I want the lecture. I was not asking about the award", "the award", "I want the lecture."),
    ("The ones for nurses please. We don't want your guide", "your guide", "The ones for nurses please."),
]
HAD_ALREADY = [
    ("I have the guide already. What I want is the award.", "the guide", "What I want is the award."),
    ("I've got the guide already. What I need is the toolkit", "the guide", "What I need is the toolkit"),
    ("I already have the guide. I need the toolkit", "the guide", "I need the toolkit"),
    ("We've already done the course. So what we really want is more", "the course", "So what we really want is more"),
    ("We have read the guide already. Now what we want is help.", "the guide", "Now what we want is help."),
    ("I have already seen the page. I'm after a phone number", "the page", "I'm after a phone number"),
    ("We already got your letter! It's the lecture we are after", "your letter", "It's the lecture we are after"),
]
GIVEN_INSTEAD = [
    ("I asked for the framework but got the guide", "the guide", "I asked for the framework"),
    ("I asked for the lecture and was given the award", "the award", "I asked for the lecture"),
    ("I asked for nurses, and was shown the award.", "the award", "I asked for nurses"),
    ("I wanted nurses and you gave me boards instead", "boards", "I wanted nurses"),
    ("I asked about the lecture but you sent me the award instead?", "the award", "I asked about the lecture"),
]
TURNED_DOWN = [
    ("The guide isn't what I meant. The other one, for chairs", "The guide", "The other one, for chairs"),
    ("The lecture is no good to me, I'm a nurse. Which is for us?", "The lecture", "I'm a nurse. Which is for us?"),
    ("The boards one was not what we asked for. Something for midwives", "The boards one", "Something for midwives"),
]
SET_ASIDE = [
    ("it's not about the award, I want the lecture", "the award", "I want the lecture"),
    ("Leaving the big ones aside, show me all of them", "the big ones", "show me all of them"),
    ("Apart from the network, what is there for leaders?", "the network", "what is there for leaders?"),
]
EVERY_WAY = [
    *TURNED_DOWN,
    *SET_ASIDE,
    *RULED_OUT,
    *RULED_OUT_BY_A_CAPITAL,
    *RULED_OUT_BY_A_WHOLE_SENTENCE,
    *HAD_ALREADY,
    *GIVEN_INSTEAD,
]
NOT_RULED_OUT = [
    "Who leads this?",
    "Why not?",
    "Is it free or not?",
    "Is it not open to trusts",
    "We cannot find the notice about boards",
    "We are a small trust, not sure what to ask for",
    "Does it cover midwives, not only nurses?",
    "Can students come, not just staff?",
    "I did not get the guide. Can you send it?",
    "We didn't want to miss it",
    "I don't want the guide",
    "Not the guide",
    "boards, not bored",
    "We already have the network. Who runs it?",
    "I have the guide already. Who wrote it?",
    "We already have the guide.",
    "Have you already got the guide? I want it",
    "I want the guide. I have the toolkit already",
    "We have chairs and directors. What we want is a guide for both",
    "Is there a guide and an award?",
    "We got the guide and read it",
]
# Each says "not" or "got" of what the message is about: without it, the rest means something else or nothing.
NOT_TO_BE_CUT = [
    "Not only nurses but midwives too?",
    "Not just nurses, all staff",
    "I am not BME. Can I join the BME Leadership Network?",
    "We are not Welsh. Can we join?",
    "Why is it not NHS funded?",
    "Is the network not BME only?",
    "NOT SURE WHAT TO ASK FOR. CAN YOU HELP",
    "WE ARE A TRUST, NOT SURE WHAT TO ASK FOR",
    "We applied last year and got the award. Who runs it?",
    "We already have the network. It's brilliant. Who runs it?",
    "I've read the guide already. It's not clear who leads it.",
    "We emailed you last week and got no reply. Who can help?",
    "I joined and was sent the guide. Is there more?",
    "Who leads the network if not Joan?",
    "I am looking for support that is not NHS only",
    "Not sure what to ask for, can you help?",
]
ASKING = [
    "Who leads this",
    "and when is it",
    "please send me the guide",
    "We need help",
    "The framework?",
    "hi, can we",
    "oh, who leads it",
    "ok and when is it",
    "My trust would like to join",
    "our nurses need help",
    "our chief executive is looking for mentoring",
    "my colleague is after the guide",
    "Our two chairs are interested in boards",
    "my line manager wants it",
]
TELLING = [
    "We are a trust in Leeds",
    "Our board met on Monday.",
    "Thanks",
    "",
    "Whoever",
    "oh dear",
    "Ok thanks",
    "my trust is in Leeds",
    "our needs are many",
    "our network has chairs",
]
# Every form of ruling out has one of these.
MARKS = re.compile("not|n't|dont|didnt|rather|instead|opposed|already|got|given|sent|shown|gave|showed", re.IGNORECASE)
LONGEST = 1000  # characters of a message
LOST = set(
    "no sorry not but i we mean want need rather than instead of have already got you gave me and was given".split()
)
WORDS = st.lists(
    st.sampled_from(sorted([*LOST, "the", "award", "network", "who", "leads", "it", ".", ",", "?"])), max_size=14
)


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
    @pytest.mark.parametrize(("text", "ruled_out", "wanted"), EVERY_WAY)
    def test_it_tells_what_is_wanted_from_what_is_not(self, text: str, ruled_out: str, wanted: str) -> None:
        message = take_apart(text)
        assert (message.ruled_out, message.wanted) == (ruled_out, wanted)

    @pytest.mark.parametrize(("text", "ruled_out", "wanted"), EVERY_WAY)
    def test_it_finds_that_alone(self, text: str, ruled_out: str, wanted: str) -> None:
        assert find_ruled_out(text) == ruled_out

    @pytest.mark.parametrize("text", [*NOT_RULED_OUT, *NOT_TO_BE_CUT])
    def test_it_rules_out_nothing_else(self, text: str) -> None:
        message = take_apart(text)
        assert (message.ruled_out, message.wanted) == ("", text)
        assert find_ruled_out(text) == ""

    def test_it_rules_out_all_that_a_message_does_not_want(self) -> None:
        message = take_apart("Not the network. Not the guide.")
        assert (message.ruled_out, message.wanted, message.sentences) == ("the network; the guide", "", ())

    def test_it_gives_the_sentences_that_are_left(self) -> None:
        message = take_apart("Hello. We are a trust. I don't mean the guide. Which is for nurses?")
        assert message.sentences == ("Hello.", "We are a trust.", "Which is for nurses?")

    def test_it_rules_out_nothing_in_a_signature(self) -> None:
        assert find_ruled_out("Who leads this?\nKind regards\nMiranda, not the director") == ""


class TestIsAsking:
    @pytest.mark.parametrize("part", ASKING)
    def test_it_knows_questions_and_requests(self, part: str) -> None:
        assert is_asking(part)

    @pytest.mark.parametrize("part", TELLING)
    def test_it_knows_what_only_tells(self, part: str) -> None:
        assert not is_asking(part)


class TestLongText:
    @pytest.mark.parametrize("between", [" ", "\t", ", ", "- ", "a ", "and ", "not the ", "i have ", "but got a ", "'"])
    def test_it_takes_the_longest_message_apart_in_no_time(self, between: str) -> None:
        text = f"abcd{between * LONGEST}"[: LONGEST - 1] + "b"
        start = time.process_time()
        take_apart(text)
        assert time.process_time() - start < 1  # a second, where a few milliseconds are usual


class TestAnyText:
    @given(st.text(max_size=80) | st.text("not the but and, .?!-()\n", max_size=80) | WORDS.map(" ".join))
    def test_it_invents_no_words(self, text: str) -> None:
        message = take_apart(text)
        for part in (message.wanted, message.ruled_out, *message.sentences, *message.clauses):
            assert all(word in text for word in part.replace(";", " ").split())

    @given(WORDS.map(" ".join))
    def test_it_loses_no_more_than_the_words_that_rule_out(self, text: str) -> None:
        message = take_apart(text)
        kept = Counter(re.findall(r"[a-z]+", f"{message.wanted} {message.ruled_out}"))
        assert set(Counter(re.findall(r"[a-z]+", text)) - kept) <= LOST

    @given(st.text(max_size=80) | WORDS.map(" ".join))
    def test_it_rules_out_nothing_without_a_word_for_it(self, text: str) -> None:
        assert MARKS.search(text) or not find_ruled_out(text)
