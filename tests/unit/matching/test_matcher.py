import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.matching.decision import Costs, Verdict
from assistant.matching.encoder import SentenceEncoder, meanings
from assistant.matching.matcher import Matcher
from assistant.matching.terms import read_alike

NETWORK, NURSES, LEADER = "offer/network", "offer/nurses", "person/leader"
SENTENCES = {
    NETWORK: [
        "What is the leadership network?",
        "How do I join the network of black and minority ethnic leaders?",
        "Is there mentoring for leaders from minority ethnic backgrounds?",
        "the network with the lecture in Black History Month",
        "I would like to meet other minority ethnic leaders",
    ],
    NURSES: [
        "What is there for nurses and midwives?",
        "Do you have a guide against racism for nursing staff?",
        "our midwives need help with anti-racist practice",
        "the programme for nursing and midwifery",
        "Where do I find the literature review for nurses?",
    ],
    LEADER: [
        "Who is in charge?",
        "Who leads the strategy?",
        "the person responsible",
        "name of the director",
        "who runs it",
    ],
    "greet": ["hello", "hi there", "good morning", "hey", "good afternoon"],
    "out_of_scope": [
        "What is the weather tomorrow?",
        "book me a flight to Rome",
        "recipe for lasagne",
        "where can I park my car?",
        "who won the football match?",
    ],
}
NAMES = {
    NETWORK: ["BME Leadership Network"],
    NURSES: ["Nursing and midwifery programme"],
    "offer/untrained": ["Zebra club"],
}

ASKED = {
    NURSES: ["how can our nurses and midwives be supported?", "is there help for nursing staff"],
    NETWORK: ["BME leadership network", "a network for leaders from ethnic minorities"],
    LEADER: ["who leads this strategy?", "Who is the director?"],
    "greet": ["hello!", "good morning to you"],
}
STRANGERS = ["the printer is jammed", "quarterly invoices in euros", "qwx zzkq vvjj", "Is there a canteen?"]
WORDS = st.lists(st.sampled_from("not the network nurses , . ? and who leads but hello I want already got".split()))


@pytest.fixture(scope="module")
def matcher(encoder: SentenceEncoder) -> Matcher:
    """Trained on a handful of sentences."""
    return trained(encoder, SENTENCES, NAMES)


def trained(
    encoder: SentenceEncoder, sentences: dict[str, list[str]], names: dict[str, list[str]], **costs: float
) -> Matcher:
    pairs = [(sentence, label) for label, of_label in sentences.items() for sentence in of_label]
    return Matcher.train(encoder, [text for text, _ in pairs], [label for _, label in pairs], names, Costs(**costs))


class TestTraining:
    def test_it_learns_the_labels_of_the_sentences(self, matcher: Matcher) -> None:
        assert matcher.linker.labels == sorted(SENTENCES)

    def test_it_takes_each_name_of_a_trained_label_as_an_example(
        self, matcher: Matcher, encoder: SentenceEncoder
    ) -> None:
        assert "BME Leadership Network" in examples_of(matcher, encoder, ["BME Leadership Network", "Zebra club"])
        assert "Zebra club" not in examples_of(matcher, encoder, ["Zebra club"])

    def test_it_takes_the_words_of_a_label_without_a_name_as_an_example(
        self, matcher: Matcher, encoder: SentenceEncoder
    ) -> None:
        # Two labels have a name, two say what they mean by themselves, and out of scope says nothing.
        assert len(matcher.linker.weights.examples) == sum(map(len, SENTENCES.values())) + 2 + 2
        assert examples_of(matcher, encoder, ["leader", "greet", "network", "out of scope"]) == ["leader", "greet"]

    def test_it_takes_a_name_that_is_a_sentence_already_once(self, encoder: SentenceEncoder) -> None:
        names = {NETWORK: ["our network"], "greet": ["hello"]}
        matcher = trained(encoder, {NETWORK: ["our network", "the network"], "greet": ["hello", "hi"]}, names)
        assert len(matcher.linker.weights.examples) == 4

    def test_it_learns_where_every_label_has_one_sentence(self, encoder: SentenceEncoder) -> None:
        matcher = trained(encoder, {label: of_label[:1] for label, of_label in SENTENCES.items()}, NAMES)
        for label, (sentence, *_) in SENTENCES.items():
            assert meant(matcher, sentence) == [label]

    def test_it_corrects_no_word_that_the_encoder_knows(self, encoder: SentenceEncoder) -> None:
        sentences = {NETWORK: ["mentoring", "mentoring please", "our mentoring"], "greet": ["hello", "hi"]}
        matcher = trained(encoder, sentences, {})
        assert matcher.spelling.correct("mentroing and monitoring") == "mentoring and monitoring"


class TestMatching:
    @pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in ASKED.items() for text in texts])
    def test_it_answers_a_question_in_other_words(self, matcher: Matcher, label: str, text: str) -> None:
        decision = matcher.match(text)
        assert decision.verdict is Verdict.ANSWER
        assert [choice.label for choice in decision.meant] == [label]

    def test_it_says_what_is_out_of_scope(self, matcher: Matcher) -> None:
        assert meant(matcher, "will the weather be good tomorrow?") == ["out_of_scope"]

    def test_it_answers_two_questions_in_order(self, matcher: Matcher) -> None:
        decision = matcher.match("What is there for nurses and midwives? And what is the leadership network?")
        assert decision.verdict is Verdict.SEVERAL
        assert [choice.label for choice in decision.meant] == [NURSES, NETWORK]

    @pytest.mark.parametrize(
        "text",
        [
            "Not the BME Leadership Network, the programme for nurses",
            "The programme for nurses. Not BME Leadership Network.",
            "I have the BME Leadership Network already. What I want is the programme for nurses",
            "I asked for the programme for nurses but got the BME Leadership Network",
        ],
    )
    def test_it_leaves_out_what_is_ruled_out(self, matcher: Matcher, text: str) -> None:
        decision = matcher.match(text)
        assert decision.ruled_out == (NETWORK,)
        assert [choice.label for choice in decision.meant] == [NURSES]

    def test_it_reads_past_greeting_and_signature(self, matcher: Matcher) -> None:
        text = "Hello,\nwhat is there for nurses and midwives?\n\nKind regards\nNetwork Leader\nDirector"
        assert meant(matcher, text) == [NURSES]

    def test_it_reads_past_a_misspelling(self, matcher: Matcher) -> None:
        assert meant(matcher, "who leads the stratgey?") == [LEADER]

    @pytest.mark.parametrize("text", STRANGERS)
    def test_it_answers_nothing_of_ours_to_a_stranger(self, matcher: Matcher, text: str) -> None:
        decision = matcher.match(text)
        assert decision.verdict is Verdict.UNKNOWN or meant(matcher, text) == ["out_of_scope"]

    @pytest.mark.parametrize("text", STRANGERS)
    def test_it_knows_a_stranger_no_better_that_says_hello(self, matcher: Matcher, text: str) -> None:
        alone, greeting = matcher.match(text), matcher.match(f"Hello. {text}")
        assert (greeting.verdict, greeting.meant) == (alone.verdict, alone.meant)

    def test_it_answers_less_when_wrong_answers_are_dear(self, matcher: Matcher, encoder: SentenceEncoder) -> None:
        asked = [text for of_label in ASKED.values() for text in of_label]
        careful = Matcher(encoder, matcher.linker, matcher.spelling, Costs(wrong_answer=1e6))
        assert sum(matcher.match(text).verdict is Verdict.ANSWER for text in asked) == len(asked)
        assert sum(careful.match(text).verdict is Verdict.ANSWER for text in asked) < len(asked)

    def test_it_decides_the_same_again(self, matcher: Matcher, encoder: SentenceEncoder) -> None:
        again = trained(encoder, SENTENCES, NAMES)
        for text in ("What is there for nurses? And who leads the strategy?", *STRANGERS):
            assert matcher.match(text) == matcher.match(text) == again.match(text)


class TestReading:
    def test_it_gives_a_link_for_each_text_in_order(self, matcher: Matcher) -> None:
        texts = [text for of_label in ASKED.values() for text in of_label]
        for link, text in zip(matcher.read(texts), texts, strict=True):
            assert link.text == read_alike(text)
            assert float(link.probabilities.sum()) == pytest.approx(1, abs=1e-5)

    def test_it_reads_nothing(self, matcher: Matcher) -> None:
        assert matcher.read([]) == []

    def test_it_reads_a_misspelt_text_as_put_right(self, matcher: Matcher) -> None:
        wrong, right = matcher.read(["What is the netwrok of leaders?", "What is the network of leaders?"])
        np.testing.assert_array_equal(wrong.probabilities, right.probabilities)
        assert (wrong.text, wrong.familiarity) == (right.text, right.familiarity)

    @pytest.mark.parametrize("term", ["global majority", "B.A.M.E.", "minorty ethnic"])
    def test_it_reads_words_for_the_same_people_alike(self, matcher: Matcher, term: str) -> None:
        one, other = matcher.read([f"a network of {term} leaders", "a network of BME leaders"])
        np.testing.assert_array_equal(one.probabilities, other.probabilities)

    @pytest.mark.parametrize("label", ASKED)
    def test_it_accepts_what_it_answers(self, matcher: Matcher, label: str) -> None:
        for link in matcher.read(ASKED[label]):
            assert matcher.accepts(link)
            assert 0.5 < matcher.confidence(link) <= 1

    @pytest.mark.parametrize("text", [*STRANGERS, "will the weather be good tomorrow?"])
    def test_it_accepts_nothing_that_is_not_ours(self, matcher: Matcher, text: str) -> None:
        [link] = matcher.read([text])
        assert not matcher.accepts(link)
        assert matcher.confidence(link) < 0.5


class TestAnyText:
    @pytest.mark.parametrize(
        "text",
        ["", "?", "\n\n", "qwx zzkq vvjj", "🙂🙂", "not", "Not , ?", "x" * 1000, "a? " * 300, "Not the guide. Not it."],
    )
    def test_it_has_a_decision_for_odd_text(self, matcher: Matcher, text: str) -> None:
        assert matcher.match(text).verdict in Verdict

    @given(st.text(max_size=60) | WORDS.map(" ".join))
    @settings(max_examples=40)
    def test_it_has_a_decision_for_any_text(self, matcher: Matcher, text: str) -> None:
        decision = matcher.match(text)
        assert 0 <= decision.confidence <= 1
        assert bool(decision.meant) == (decision.verdict in (Verdict.ANSWER, Verdict.SEVERAL))
        assert bool(decision.asked) == (decision.verdict is Verdict.ASK)
        assert not {choice.label for choice in decision.meant} & set(decision.ruled_out)
        assert not set(decision.asked) & set(decision.ruled_out)


def meant(matcher: Matcher, text: str) -> list[str]:
    return [choice.label for choice in matcher.match(text).meant]


def examples_of(matcher: Matcher, encoder: SentenceEncoder, texts: list[str]) -> list[str]:
    """Those of the texts that the linker has as examples."""
    likeness = meanings(encoder.encode(texts)) @ matcher.linker.weights.examples.T
    return [text for text, best in zip(texts, likeness.max(axis=1), strict=True) if best > 0.999]
