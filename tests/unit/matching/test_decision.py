"""The probabilities stand far from the thresholds, which are tuned and move; what is tested is the order of judging."""

import json
from collections.abc import Mapping

import numpy as np
import pytest

from assistant.matching.decision import FAMILIAR, RANKING_LENGTH, Decision, Judge, Thresholds, Verdict
from assistant.matching.linker import Link

NETWORK, BOARDS, NURSES = "offer/network", "offer/boards", "offer/nurses"
WRES, LEADER, PRIVACY = "shared/wres", "person/leader", "topic/privacy"
COURTESIES = ["greet", "thank", "chat", "say_goodbye", "affirm"]
OTHERS = [f"ask_{number}" for number in range(12)]
LABELS = [NETWORK, BOARDS, NURSES, WRES, LEADER, PRIVACY, "list_offers", "out_of_scope", *COURTESIES, *OTHERS]


@pytest.fixture(scope="module")
def judge() -> Judge:
    """A judge with the thresholds of the code."""
    return Judge(LABELS, Thresholds())


def link(
    probabilities: Mapping[str, float], text: str = "What?", likeness: float = 0.9, mentioned: Mapping[str, float] = {}
) -> Link:
    """A link with these probabilities, the rest spread evenly over the other labels."""
    rest = (1 - sum(probabilities.values())) / (len(LABELS) - len(probabilities))
    row = np.array([probabilities.get(label, rest) for label in LABELS], dtype=np.float32)
    return Link(row, likeness, text, dict(mentioned))


def decide(judge: Judge, whole: Link, *sentences: Link, ruled_out: Link | None = None) -> Decision:
    return judge.decide(whole, sentences, (), ruled_out)


def meant(decision: Decision) -> list[str]:
    return [choice.label for choice in decision.meant]


class TestAnswering:
    def test_it_answers_what_is_clear(self, judge: Judge) -> None:
        decision = decide(judge, link({NETWORK: 0.95}))
        assert (decision.verdict, meant(decision), decision.asked) == (Verdict.ANSWER, [NETWORK], ())
        assert decision.confidence == pytest.approx(0.95)

    def test_it_wants_to_be_surer_of_what_is_not_familiar(self, judge: Judge) -> None:
        probabilities = {PRIVACY: (judge.thresholds.answer + judge.thresholds.answer_unfamiliar) / 2}
        assert decide(judge, link(probabilities, likeness=FAMILIAR + 0.1)).verdict is Verdict.ANSWER
        assert decide(judge, link(probabilities, likeness=FAMILIAR - 0.1)).verdict is Verdict.UNKNOWN

    def test_it_does_not_know_what_is_like_nothing(self, judge: Judge) -> None:
        decision = decide(judge, link({NETWORK: 0.95}, likeness=0.1))
        assert (decision.verdict, meant(decision)) == (Verdict.UNKNOWN, [])

    def test_it_answers_a_name_whatever_it_stands_in(self, judge: Judge) -> None:
        decision = decide(judge, link({NETWORK: 0.95}, likeness=0.1, mentioned={NETWORK: 2}))
        assert meant(decision) == [NETWORK]

    def test_it_does_not_know_what_is_spread_out(self, judge: Judge) -> None:
        assert decide(judge, link({PRIVACY: 0.2, LEADER: 0.2})).verdict is Verdict.UNKNOWN


class TestAsking:
    def test_it_asks_which_offer_is_meant_likeliest_first(self, judge: Judge) -> None:
        decision = decide(judge, link({BOARDS: 0.3, NETWORK: 0.4, NURSES: 0.2}))
        assert (decision.verdict, decision.asked, decision.meant) == (Verdict.ASK, (NETWORK, BOARDS, NURSES), ())
        assert decision.confidence == pytest.approx(0.4)

    def test_it_leaves_out_what_is_unlikely(self, judge: Judge) -> None:
        assert decide(judge, link({NETWORK: 0.44, BOARDS: 0.44, NURSES: 0.05})).asked == (NETWORK, BOARDS)

    def test_it_asks_about_no_more_than_the_most(self) -> None:
        judge = Judge(LABELS, Thresholds(most_choices=2))
        assert decide(judge, link({BOARDS: 0.3, NETWORK: 0.4, NURSES: 0.2})).asked == (NETWORK, BOARDS)

    def test_it_asks_nothing_about_what_is_like_nothing_it_knows(self, judge: Judge) -> None:
        probabilities = {NETWORK: 0.4, BOARDS: 0.4}
        assert decide(judge, link(probabilities, likeness=0.35)).verdict is Verdict.UNKNOWN

    def test_it_asks_only_about_offers(self, judge: Judge) -> None:
        assert decide(judge, link({PRIVACY: 0.4, LEADER: 0.4})).asked == ()


class TestSharedParts:
    def test_it_gives_a_shared_part_to_the_offer_that_leads(self, judge: Judge) -> None:
        assert meant(decide(judge, link({WRES: 0.6, NURSES: 0.35}))) == [NURSES]

    def test_it_leaves_it_shared_when_no_offer_leads(self, judge: Judge) -> None:
        assert meant(decide(judge, link({WRES: 0.7, NURSES: 0.14, NETWORK: 0.13}))) == [WRES]

    def test_it_leaves_it_shared_when_the_leader_is_unlikely(self, judge: Judge) -> None:
        assert meant(decide(judge, link({WRES: 0.9, NURSES: 0.08}))) == [WRES]


class TestOutOfScope:
    def test_it_says_what_is_surely_not_our_subject(self, judge: Judge) -> None:
        assert meant(decide(judge, link({"out_of_scope": 0.9}))) == ["out_of_scope"]

    def test_it_says_what_is_more_likely_not_ours_than_ours(self, judge: Judge) -> None:
        small_talk = dict.fromkeys(OTHERS, 0.05)
        decision = decide(judge, link({"out_of_scope": 0.3, **small_talk}))
        assert (decision.verdict, meant(decision)) == (Verdict.ANSWER, ["out_of_scope"])

    def test_it_says_so_below_ten_kinds_of_small_talk_too(self, judge: Judge) -> None:
        small_talk = dict.fromkeys([*OTHERS, *COURTESIES], 0.056)
        ours = dict.fromkeys([NETWORK, BOARDS, NURSES, WRES, LEADER, PRIVACY, "list_offers"], 0.001)
        decision = decide(judge, link({**small_talk, **ours}))
        assert "out_of_scope" not in [choice.label for choice in decision.ranking]
        assert meant(decision) == ["out_of_scope"]
        assert decision.confidence == pytest.approx(0.041, abs=0.001)

    def test_it_does_not_say_so_of_what_is_like_nothing_it_knows(self, judge: Judge) -> None:
        assert decide(judge, link({"out_of_scope": 0.9}, likeness=0.35)).verdict is Verdict.UNKNOWN


class TestSeveral:
    def test_it_answers_both_questions_in_the_order_asked(self, judge: Judge) -> None:
        whole = link({BOARDS: 0.5, NETWORK: 0.45})
        parts = [link({NETWORK: 0.95}, "What is the network?"), link({BOARDS: 0.95}, "And the boards?")]
        decision = decide(judge, whole, *parts)
        assert (decision.verdict, meant(decision)) == (Verdict.SEVERAL, [NETWORK, BOARDS])

    def test_it_looks_at_clauses_before_sentences(self, judge: Judge) -> None:
        whole = link({BOARDS: 0.5, NETWORK: 0.45})
        clauses = [link({NETWORK: 0.95}, "What is the network and"), link({BOARDS: 0.95}, "how do boards join?")]
        assert judge.decide(whole, [whole], clauses, None).verdict is Verdict.SEVERAL

    def test_it_takes_no_courtesy_for_a_second_question(self, judge: Judge) -> None:
        parts = [link({"greet": 0.95}, "How are you?"), link({NETWORK: 0.95}, "What is the network?")]
        assert meant(decide(judge, link({NETWORK: 0.9}), *parts)) == [NETWORK]

    def test_it_takes_no_story_for_a_second_question(self, judge: Judge) -> None:
        parts = [link({BOARDS: 0.95}, "We sit on a board."), link({NETWORK: 0.95}, "What is the network?")]
        assert meant(decide(judge, link({NETWORK: 0.6, BOARDS: 0.3}), *parts)) == [NETWORK]

    def test_it_wants_the_whole_to_speak_of_each(self, judge: Judge) -> None:
        whole = link({label: 0.12 for label in LABELS[:7] if label != BOARDS})
        parts = [link({NETWORK: 0.95}, "What is the network?"), link({BOARDS: 0.95}, "And which is it?")]
        assert decide(judge, whole, *parts).verdict is not Verdict.SEVERAL

    def test_it_answers_offers_that_are_named_side_by_side(self, judge: Judge) -> None:
        names = {BOARDS: 2.0, NETWORK: 2.0}
        together = link({NETWORK: 0.6, BOARDS: 0.3}, "Tell me about boards and the network", mentioned=names)
        assert meant(decide(judge, together)) == [BOARDS, NETWORK]
        apart = link({NETWORK: 0.95}, "Is the boards programme in the network?", mentioned=names)
        assert meant(decide(judge, apart)) == [NETWORK]


class TestLongMessages:
    def test_it_finds_the_request_in_a_story(self, judge: Judge) -> None:
        unclear = link({PRIVACY: 0.2, LEADER: 0.2}, "We are a trust in Leeds.")
        assert meant(decide(judge, unclear, unclear, link({NETWORK: 0.95}, "What is the network?"))) == [NETWORK]

    def test_it_prefers_the_part_that_asks(self, judge: Judge) -> None:
        story, question = link({BOARDS: 0.97}, "Our board met."), link({NETWORK: 0.9}, "What is the network?")
        assert decide(judge, link({PRIVACY: 0.1}), story, question).ranking[0].label == NETWORK

    def test_it_judges_courtesies_by_the_whole(self, judge: Judge) -> None:
        decision = decide(judge, link({"thank": 0.9}), link({"greet": 0.9}, "Hello."), link({"thank": 0.9}, "Thanks."))
        assert meant(decision) == ["thank"]

    def test_it_is_as_like_as_its_likest_part(self, judge: Judge) -> None:
        decision = decide(judge, link({NETWORK: 0.9}, likeness=0.4), link({NETWORK: 0.9}, likeness=0.8))
        assert decision.likeness == 0.8
        assert decision.is_familiar


class TestRulingOut:
    def test_it_takes_the_likeliest_of_the_rest(self, judge: Judge) -> None:
        decision = decide(judge, link({BOARDS: 0.6, NURSES: 0.35}), ruled_out=link({BOARDS: 0.9}))
        assert (meant(decision), decision.ruled_out) == ([NURSES], (BOARDS,))

    def test_it_rules_out_what_is_named(self, judge: Judge) -> None:
        out = link({PRIVACY: 0.2}, mentioned={BOARDS: 2.0, LEADER: 1.0})
        assert decide(judge, link({NURSES: 0.9}), ruled_out=out).ruled_out == (BOARDS,)

    def test_it_never_asks_about_what_is_ruled_out(self, judge: Judge) -> None:
        out = link({BOARDS: 0.9})
        decision = decide(judge, link({BOARDS: 0.4, NURSES: 0.3, NETWORK: 0.25}), ruled_out=out)
        assert BOARDS not in (*decision.asked, *meant(decision))

    def test_it_knows_nothing_when_everything_is_ruled_out(self) -> None:
        judge = Judge([BOARDS, NURSES], Thresholds())
        nothing_left = Link(np.array([0.5, 0.5], dtype=np.float32), 0.9, "What?", {BOARDS: 1.0, NURSES: 1.0})
        assert judge.decide(nothing_left, (), (), nothing_left).verdict is Verdict.UNKNOWN


class TestDecision:
    def test_it_ranks_the_likeliest_first(self, judge: Judge) -> None:
        ranking = decide(judge, link({NURSES: 0.6, BOARDS: 0.2})).ranking
        assert len(ranking) == RANKING_LENGTH
        assert [choice.label for choice in ranking[:2]] == [NURSES, BOARDS]
        assert [choice.confidence for choice in ranking] == sorted((c.confidence for c in ranking), reverse=True)

    def test_it_can_be_written_as_json(self, judge: Judge) -> None:
        decision = decide(judge, link({BOARDS: 0.95}), ruled_out=link({NURSES: 0.9}))
        written = json.loads(json.dumps(decision.as_dict()))
        assert written["verdict"] == "answer"
        assert written["meant"] == [{"label": BOARDS, "confidence": pytest.approx(decision.confidence)}]

    def test_it_is_not_confident_of_nothing(self) -> None:
        assert Decision(Verdict.UNKNOWN, (), (), (), (), 0.0).confidence == 0.0
