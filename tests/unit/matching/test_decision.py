"""Probabilities and costs stand far from where verdicts part, which is tuned and moves; what is tested is the order."""

import json
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.calibration import Calibration
from assistant.matching.decision import (
    FAMILIAR,
    LIKE_SOMETHING,
    MOST_CHOICES,
    RANKING_LENGTH,
    Choice,
    Costs,
    Decision,
    Judge,
    Verdict,
)
from assistant.matching.linker import Link

NETWORK, BOARDS, NURSES, AWARD, LECTURE = (
    "offer/network",
    "offer/boards",
    "offer/nurses",
    "offer/award",
    "offer/lecture",
)
WRES, LEADER, PRIVACY = "shared/wres", "person/leader", "topic/privacy"
OURS = [NETWORK, BOARDS, NURSES, AWARD, LECTURE, WRES, LEADER, PRIVACY, "list_offers"]
COURTESIES = ["greet", "thank", "chat", "say_goodbye", "affirm"]
OTHERS = [f"ask_{number}" for number in range(12)]
LABELS = [*OURS, "out_of_scope", *COURTESIES, *OTHERS]

# The odds of being known are those of familiarity itself.
AS_FAMILIAR = Calibration(temperature=1.0, slope=1.0, offset=0.0)
KNOWN, HALF_KNOWN, STRANGE = 20.0, -2.2, -20.0  # with a stranger among ten, odds of nine to one are evened out at -2.2

WEIGHTS = st.lists(st.floats(0.1, 1), min_size=len(LABELS), max_size=len(LABELS))


@pytest.fixture(scope="module")
def judge() -> Judge:
    """A judge with the costs of the code."""
    return judge_with()


def judge_with(**costs: float) -> Judge:
    return Judge(LABELS, Costs(**costs), AS_FAMILIAR)


def link(
    probabilities: Mapping[str, float],
    text: str = "What?",
    likeness: float = 0.9,
    mentioned: Mapping[str, float] = {},
    familiarity: float = KNOWN,
) -> Link:
    """A link with these probabilities, the rest spread evenly over the other labels."""
    rest = (1 - sum(probabilities.values())) / max(len(LABELS) - len(probabilities), 1)
    row = np.array([probabilities.get(label, rest) for label in LABELS], dtype=np.float32)
    return Link(row, likeness, familiarity, text, dict(mentioned))


def shares(weights: list[float], without: str = "") -> dict[str, float]:
    """Probabilities of every label, some of them large and most of them small."""
    powers = {label: weight**8 for label, weight in zip(LABELS, weights, strict=True) if label not in (without, WRES)}
    return {label: power / sum(powers.values()) for label, power in powers.items()} | {WRES: 0.0}


def decide(judge: Judge, whole: Link, *sentences: Link, ruled_out: Link | None = None) -> Decision:
    return judge.decide(whole, sentences, (), ruled_out)


def verdict(judge: Judge, probabilities: Mapping[str, float], familiarity: float = KNOWN) -> Verdict:
    return decide(judge, link(probabilities, familiarity=familiarity)).verdict


def meant(decision: Decision) -> list[str]:
    return [choice.label for choice in decision.meant]


class TestCosts:
    def test_it_costs_nothing_to_be_right(self) -> None:
        costs = Costs()
        assert (costs.of_answering(1.0), costs.of_asking(1.0), costs.of_not_knowing(0.0)) == (0.0, costs.asking, 0.0)

    def test_it_costs_all_to_be_surely_wrong(self) -> None:
        costs = Costs(wrong_answer=5.0, asking=1.0, wrong_question=2.0, missed=4.0)
        assert (costs.of_answering(0.0), costs.of_asking(0.0), costs.of_not_knowing(1.0)) == (5.0, 3.0, 4.0)

    def test_it_makes_asking_dearer_than_being_right_and_cheaper_than_being_wrong(self) -> None:
        costs = Costs()
        assert costs.of_answering(1.0) < costs.of_asking(1.0) < costs.of_answering(0.0)

    def test_it_makes_giving_up_cheaper_than_a_wrong_answer(self) -> None:
        costs = Costs()
        assert costs.of_not_knowing(1.0) < costs.of_answering(0.0)


class TestAnswering:
    def test_it_answers_what_is_clear(self, judge: Judge) -> None:
        decision = decide(judge, link({NETWORK: 0.95}))
        assert (decision.verdict, meant(decision), decision.asked) == (Verdict.ANSWER, [NETWORK], ())
        assert decision.confidence == pytest.approx(0.95)

    @pytest.mark.parametrize("label", [BOARDS, WRES, LEADER, PRIVACY, "list_offers", "greet", OTHERS[3]])
    def test_it_answers_every_kind(self, judge: Judge, label: str) -> None:
        assert meant(decide(judge, link({label: 0.95}))) == [label]

    def test_it_does_not_know_what_is_spread_out(self, judge: Judge) -> None:
        assert verdict(judge, {PRIVACY: 0.2, LEADER: 0.2}) is Verdict.UNKNOWN

    def test_it_answers_the_likeliest_of_ours_and_nothing_out_of_scope(self, judge: Judge) -> None:
        assert meant(decide(judge, link({"out_of_scope": 0.1, NETWORK: 0.8}))) == [NETWORK]

    @given(WEIGHTS, st.floats(-4, 4), st.sampled_from([NETWORK, LEADER, "thank"]))
    def test_it_goes_on_answering_what_it_is_surer_of(
        self, judge: Judge, weights: list[float], familiarity: float, label: str
    ) -> None:
        answered = []
        for sure in np.linspace(0, 1, 34):
            probabilities = {other: (1 - sure) * share for other, share in shares(weights, without=label).items()}
            decision = decide(judge, link({**probabilities, label: float(sure)}, familiarity=familiarity))
            answered.append(meant(decision) == [label])
        assert answered == sorted(answered)


class TestStrangers:
    def test_it_does_not_know_what_is_strange_however_clear(self, judge: Judge) -> None:
        decision = decide(judge, link({NETWORK: 0.95}, familiarity=STRANGE))
        assert (decision.verdict, meant(decision), decision.asked) == (Verdict.UNKNOWN, [], ())

    def test_it_wants_to_be_surer_of_what_is_not_familiar(self, judge: Judge) -> None:
        assert verdict(judge, {PRIVACY: 0.7}) is Verdict.ANSWER
        assert verdict(judge, {PRIVACY: 0.7}, HALF_KNOWN) is Verdict.UNKNOWN

    def test_it_asks_nothing_about_what_is_strange(self, judge: Judge) -> None:
        assert verdict(judge, {NETWORK: 0.45, BOARDS: 0.45}) is Verdict.ASK
        assert verdict(judge, {NETWORK: 0.45, BOARDS: 0.45}, STRANGE) is Verdict.UNKNOWN

    def test_it_answers_a_name_whatever_it_stands_in(self, judge: Judge) -> None:
        decision = decide(judge, link({NETWORK: 0.95}, likeness=0.1, mentioned={NETWORK: 2}, familiarity=STRANGE))
        assert meant(decision) == [NETWORK]

    def test_it_is_less_confident_of_what_is_not_familiar(self, judge: Judge) -> None:
        known, half_known = (decide(judge, link({NETWORK: 0.95}, familiarity=each)) for each in (KNOWN, HALF_KNOWN))
        assert known.confidence == pytest.approx(0.95, abs=0.001)
        assert half_known.confidence == pytest.approx(0.95 / 2, abs=0.01)

    def test_it_knows_more_where_strangers_are_rare(self) -> None:
        shares = [1e-6, 0.1, 0.5, 0.9]
        known = [judge_with(strangers=share).known(link({NETWORK: 0.95}, familiarity=0.0)) for share in shares]
        assert known == pytest.approx([1 - share for share in shares])

    def test_it_answers_more_where_strangers_are_rare(self) -> None:
        half_known = {NETWORK: 0.9}
        assert verdict(judge_with(strangers=0.1), half_known, HALF_KNOWN) is Verdict.UNKNOWN
        assert verdict(judge_with(strangers=0.001), half_known, HALF_KNOWN) is Verdict.ANSWER

    def test_it_knows_a_message_by_any_of_its_sentences(self, judge: Judge) -> None:
        strange, known = link({PRIVACY: 0.2}, familiarity=STRANGE), link({NETWORK: 0.95}, "What is the network?")
        assert meant(decide(judge, link({NETWORK: 0.9}, familiarity=STRANGE), strange, known)) == [NETWORK]

    def test_it_knows_a_question_no_better_for_the_greeting_beside_it(self, judge: Judge) -> None:
        greeting = link({"greet": 0.95}, "Hello.", likeness=0.95)
        question = link({LEADER: 0.9}, "Who is it?", likeness=0.2, familiarity=STRANGE)
        decision = decide(judge, link({LEADER: 0.8}, likeness=0.9), greeting, question)
        assert (decision.verdict, decision.likeness) == (Verdict.UNKNOWN, 0.2)

    def test_it_knows_a_greeting_by_itself(self, judge: Judge) -> None:
        both = link({"greet": 0.95}, "Hello."), link({"thank": 0.95}, "Thanks.", likeness=0.95)
        decision = decide(judge, link({"greet": 0.9}, likeness=0.4), *both)
        assert (meant(decision), decision.likeness) == (["greet"], 0.95)


class TestAsking:
    def test_it_asks_which_offer_is_meant_likeliest_first(self, judge: Judge) -> None:
        decision = decide(judge, link({BOARDS: 0.3, NETWORK: 0.4, NURSES: 0.2}))
        assert (decision.verdict, decision.asked, decision.meant) == (Verdict.ASK, (NETWORK, BOARDS, NURSES), ())
        assert decision.confidence == pytest.approx(0.4)

    def test_it_leaves_out_what_is_unlikely(self, judge: Judge) -> None:
        assert decide(judge, link({NETWORK: 0.44, BOARDS: 0.44, NURSES: 0.05})).asked == (NETWORK, BOARDS)

    def test_it_asks_about_no_more_than_the_most(self, judge: Judge) -> None:
        likely = {NETWORK: 0.23, BOARDS: 0.21, NURSES: 0.19, AWARD: 0.18, LECTURE: 0.17}
        asked = decide(judge, link(likely)).asked
        assert asked == tuple(likely)[:MOST_CHOICES]
        assert len(asked) < len(likely)

    def test_it_asks_only_about_offers(self, judge: Judge) -> None:
        assert decide(judge, link({PRIVACY: 0.4, LEADER: 0.4})).asked == ()

    def test_it_asks_about_a_shared_part_among_offers(self, judge: Judge) -> None:
        assert decide(judge, link({WRES: 0.38, NETWORK: 0.3, BOARDS: 0.28})).asked == (WRES, NETWORK, BOARDS)


class TestWhatIsCheapest:
    """Each cost, made much dearer or cheaper, moves the verdict its own way."""

    UNSURE = {PRIVACY: 0.6}
    BETWEEN = {NETWORK: 0.6, BOARDS: 0.35}
    LOST = {PRIVACY: 0.31, LEADER: 0.29}

    def test_it_gives_up_more_when_wrong_answers_are_dear(self) -> None:
        assert verdict(judge_with(), self.UNSURE) is Verdict.ANSWER
        assert verdict(judge_with(wrong_answer=30.0), self.UNSURE) is Verdict.UNKNOWN

    def test_it_asks_more_when_wrong_answers_are_dear(self) -> None:
        assert verdict(judge_with(wrong_answer=0.5), self.BETWEEN) is Verdict.ANSWER
        assert verdict(judge_with(wrong_answer=30.0), self.BETWEEN) is Verdict.ASK

    def test_it_asks_more_when_asking_is_cheap(self) -> None:
        assert verdict(judge_with(asking=1.5), self.BETWEEN) is Verdict.ANSWER
        assert verdict(judge_with(asking=0.1), self.BETWEEN) is Verdict.ASK

    def test_it_never_asks_when_that_is_dear(self) -> None:
        for probabilities in (self.BETWEEN, {NETWORK: 0.3, BOARDS: 0.3, NURSES: 0.3}):
            assert verdict(judge_with(asking=30.0), probabilities) is not Verdict.ASK

    def test_it_asks_less_when_a_wrong_question_is_dear(self) -> None:
        offers = {NETWORK: 0.35, BOARDS: 0.3}
        assert verdict(judge_with(wrong_question=0.1), offers) is Verdict.ASK
        assert verdict(judge_with(wrong_question=30.0), offers) is not Verdict.ASK

    def test_it_gives_up_less_when_that_is_dear(self) -> None:
        assert verdict(judge_with(), self.LOST) is Verdict.UNKNOWN
        assert meant(decide(judge_with(missed=30.0), link(self.LOST))) == [PRIVACY]

    def test_it_always_gives_up_when_that_costs_nothing(self) -> None:
        for probabilities in (self.UNSURE, self.BETWEEN, self.LOST):
            assert verdict(judge_with(missed=0.0), probabilities) is Verdict.UNKNOWN

    @given(WEIGHTS, st.floats(-4, 4))
    def test_it_answers_no_more_the_dearer_wrong_answers_are(self, weights: list[float], familiarity: float) -> None:
        whole = link(shares(weights), familiarity=familiarity)
        answered = [
            meant(decide(judge_with(wrong_answer=cost), whole)) not in ([], ["out_of_scope"])
            for cost in (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 50.0)
        ]
        assert answered == sorted(answered, reverse=True)


class TestConfidence:
    def test_it_is_that_of_the_best_label_of_ours(self, judge: Judge) -> None:
        assert judge.confidence(link({NETWORK: 0.3, "out_of_scope": 0.6})) == pytest.approx(0.3, abs=0.001)

    def test_it_is_less_for_what_is_strange(self, judge: Judge) -> None:
        sure = [judge.confidence(link({NETWORK: 0.9}, familiarity=each)) for each in (STRANGE, HALF_KNOWN, KNOWN)]
        assert sure == pytest.approx([0, 0.45, 0.9], abs=0.01)

    def test_it_accepts_what_it_is_sure_of(self, judge: Judge) -> None:
        assert judge.accepts(link({NETWORK: 0.9}))
        assert not judge.accepts(link({NETWORK: 0.1}))
        assert not judge.accepts(link({NETWORK: 0.9}, familiarity=STRANGE))
        assert not judge.accepts(link({"out_of_scope": 0.9}))

    def test_it_accepts_less_when_wrong_answers_are_dear(self) -> None:
        assert not judge_with(wrong_answer=30.0).accepts(link({NETWORK: 0.8}))
        assert judge_with(wrong_answer=0.1).accepts(link({NETWORK: 0.1}))

    @given(st.floats(0.05, 0.95), st.floats(-6, 6))
    def test_it_accepts_what_it_would_answer_if_it_could_not_ask(
        self, judge: Judge, sure: float, familiarity: float
    ) -> None:
        found = link({PRIVACY: sure}, familiarity=familiarity)
        assert judge.accepts(found) == (meant(decide(judge, found)) == [PRIVACY])


class TestSharedParts:
    def test_it_gives_a_shared_part_to_the_offer_that_leads(self, judge: Judge) -> None:
        decision = decide(judge, link({WRES: 0.6, NURSES: 0.35}))
        assert meant(decision) == [NURSES]
        assert decision.confidence == pytest.approx(0.95)

    def test_it_leaves_it_shared_when_no_offer_leads(self, judge: Judge) -> None:
        assert meant(decide(judge, link({WRES: 0.72, NURSES: 0.14, NETWORK: 0.13}))) == [WRES]

    def test_it_leaves_it_shared_when_the_leader_is_unlikely(self, judge: Judge) -> None:
        assert meant(decide(judge, link({WRES: 0.9, NURSES: 0.08}))) == [WRES]


class TestOutOfScope:
    def test_it_says_what_is_surely_not_our_subject(self, judge: Judge) -> None:
        assert meant(decide(judge, link({"out_of_scope": 0.9}))) == ["out_of_scope"]

    def test_it_says_so_of_what_is_strange_too(self, judge: Judge) -> None:
        assert meant(decide(judge, link({"out_of_scope": 0.9}, familiarity=STRANGE))) == ["out_of_scope"]

    def test_it_says_what_is_more_likely_not_ours_than_ours(self, judge: Judge) -> None:
        small_talk = dict.fromkeys(OTHERS, 0.05)
        decision = decide(judge, link({"out_of_scope": 0.3, **small_talk}))
        assert (decision.verdict, meant(decision)) == (Verdict.ANSWER, ["out_of_scope"])

    def test_it_says_so_below_ten_kinds_of_small_talk_too(self, judge: Judge) -> None:
        small_talk = dict.fromkeys([*OTHERS, *COURTESIES], 0.056)
        decision = decide(judge, link({**small_talk, **dict.fromkeys(OURS, 0.001)}))
        assert "out_of_scope" not in [choice.label for choice in decision.ranking]
        assert meant(decision) == ["out_of_scope"]
        assert decision.confidence == pytest.approx(0.039, abs=0.001)

    def test_it_does_not_say_so_of_what_is_like_nothing_it_knows(self, judge: Judge) -> None:
        like, unlike = (link({"out_of_scope": 0.9}, likeness=LIKE_SOMETHING + far) for far in (0.1, -0.1))
        assert decide(judge, like).verdict is Verdict.ANSWER
        assert decide(judge, unlike).verdict is Verdict.UNKNOWN

    def test_it_never_says_so_where_nothing_is_out_of_scope(self) -> None:
        judge = Judge([PRIVACY, LEADER, "greet"], Costs(), AS_FAMILIAR)
        unclear = Link(np.array([0.34, 0.33, 0.33], dtype=np.float32), 0.9, KNOWN, "What?", {})
        assert decide(judge, unclear).verdict is Verdict.UNKNOWN


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
        whole = link({label: 0.12 for label in OURS if label != BOARDS})
        parts = [link({NETWORK: 0.95}, "What is the network?"), link({BOARDS: 0.95}, "And which is it?")]
        assert decide(judge, whole, *parts).verdict is not Verdict.SEVERAL

    def test_it_answers_offers_that_are_named_side_by_side(self, judge: Judge) -> None:
        names = {BOARDS: 2.0, NETWORK: 2.0}
        together = link({NETWORK: 0.6, BOARDS: 0.3}, "Tell me about boards and the network", mentioned=names)
        assert meant(decide(judge, together)) == [BOARDS, NETWORK]
        apart = link({NETWORK: 0.95}, "Is the boards programme in the network?", mentioned=names)
        assert meant(decide(judge, apart)) == [NETWORK]

    def test_it_is_as_sure_of_offers_side_by_side_as_of_both_together(self, judge: Judge) -> None:
        text, names = "Tell me about boards and the network", {BOARDS: 2.0, NETWORK: 2.0}
        decision = decide(judge, link({NETWORK: 0.6, BOARDS: 0.3}, text, mentioned=names))
        assert [choice.confidence for choice in decision.meant] == pytest.approx([0.9, 0.9])

    def test_it_answers_no_offers_side_by_side_of_which_neither_is_likeliest(self, judge: Judge) -> None:
        text, names = "Who leads the boards and the network?", {BOARDS: 2.0, NETWORK: 2.0}
        assert meant(decide(judge, link({LEADER: 0.9, NETWORK: 0.05, BOARDS: 0.04}, text, mentioned=names))) == [LEADER]

    def test_it_leaves_out_what_is_ruled_out(self, judge: Judge) -> None:
        parts = [link({NETWORK: 0.95}, "What is the network?"), link({BOARDS: 0.95}, "And the boards?")]
        decision = decide(judge, link({BOARDS: 0.5, NETWORK: 0.45}), *parts, ruled_out=link({BOARDS: 0.9}))
        assert BOARDS not in meant(decision)


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
        near, far = FAMILIAR + 0.1, FAMILIAR - 0.1
        decision = decide(judge, link({NETWORK: 0.9}, likeness=far), link({NETWORK: 0.9}, likeness=near))
        assert (decision.likeness, decision.is_familiar) == (near, True)
        assert not decide(judge, link({NETWORK: 0.9}, likeness=far)).is_familiar


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
        judge = Judge([BOARDS, NURSES], Costs(), AS_FAMILIAR)
        nothing_left = Link(np.array([0.5, 0.5], dtype=np.float32), 0.9, KNOWN, "What?", {BOARDS: 1.0, NURSES: 1.0})
        assert judge.decide(nothing_left, (), (), nothing_left).verdict is Verdict.UNKNOWN

    def test_it_rules_out_a_shared_part_too(self, judge: Judge) -> None:
        assert decide(judge, link({NURSES: 0.9}), ruled_out=link({WRES: 0.9})).ruled_out == (WRES,)

    def test_it_rules_out_nothing_that_is_no_offer(self, judge: Judge) -> None:
        decision = decide(judge, link({PRIVACY: 0.9}), ruled_out=link({PRIVACY: 0.9}))
        assert (decision.ruled_out, meant(decision)) == ((), [PRIVACY])

    def test_it_rules_out_nothing_that_is_unlikely(self, judge: Judge) -> None:
        assert decide(judge, link({NURSES: 0.9}), ruled_out=link({BOARDS: 0.2, NETWORK: 0.2})).ruled_out == ()

    def test_it_shares_what_is_ruled_out_among_the_rest(self, judge: Judge) -> None:
        decision = decide(judge, link({BOARDS: 0.5, NURSES: 0.4}), ruled_out=link({BOARDS: 0.9}))
        assert decision.confidence == pytest.approx(0.8)


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

    def test_it_is_as_confident_as_of_what_it_answers_first(self) -> None:
        several = (Choice(BOARDS, 0.8), Choice(NURSES, 0.9))
        assert Decision(Verdict.SEVERAL, several, (), (Choice(NURSES, 0.6),), (), 0.9).confidence == 0.8

    def test_it_is_the_same_however_often_it_is_made(self, judge: Judge) -> None:
        whole = link({BOARDS: 0.3, NETWORK: 0.3, NURSES: 0.3})
        assert decide(judge, whole) == decide(judge, whole)
