import pytest

from assistant.matching.decision import Thresholds, Verdict
from assistant.matching.encoder import SentenceEncoder
from assistant.matching.matcher import Matcher

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


@pytest.fixture(scope="module")
def matcher(encoder: SentenceEncoder) -> Matcher:
    """Trained on a handful of sentences."""
    pairs = [(sentence, label) for label, of_label in SENTENCES.items() for sentence in of_label]
    return Matcher.train(encoder, [text for text, _ in pairs], [label for _, label in pairs], NAMES, Thresholds())


class TestTraining:
    def test_it_learns_the_labels_of_the_sentences(self, matcher: Matcher) -> None:
        assert matcher.linker.labels == sorted(SENTENCES)

    def test_it_takes_each_name_of_a_trained_label_as_an_example(self, matcher: Matcher) -> None:
        assert len(matcher.linker.examples) == sum(map(len, SENTENCES.values())) + 2


class TestMatching:
    @pytest.mark.parametrize(
        ("text", "label"),
        [
            ("how can our nurses and midwives be supported?", NURSES),
            ("BME leadership network", NETWORK),
            ("who leads this strategy?", LEADER),
            ("hello!", "greet"),
            ("will the weather be good tomorrow?", "out_of_scope"),
        ],
    )
    def test_it_answers_a_question_in_other_words(self, matcher: Matcher, text: str, label: str) -> None:
        decision = matcher.match(text)
        assert decision.verdict is Verdict.ANSWER
        assert [choice.label for choice in decision.meant] == [label]

    def test_it_answers_two_questions_in_order(self, matcher: Matcher) -> None:
        decision = matcher.match("What is there for nurses and midwives? And what is the leadership network?")
        assert decision.verdict is Verdict.SEVERAL
        assert [choice.label for choice in decision.meant] == [NURSES, NETWORK]

    def test_it_leaves_out_what_is_ruled_out(self, matcher: Matcher) -> None:
        decision = matcher.match("Not the BME Leadership Network, the programme for nurses")
        assert decision.ruled_out == (NETWORK,)
        assert [choice.label for choice in decision.meant] == [NURSES]

    def test_it_reads_past_greeting_and_signature(self, matcher: Matcher) -> None:
        text = "Hello,\nwhat is there for nurses and midwives?\n\nKind regards\nNetwork Leader\nDirector"
        assert [choice.label for choice in matcher.match(text).meant] == [NURSES]

    @pytest.mark.parametrize(
        "text", ["", "?", "\n\n", "qwx zzkq vvjj", "🙂🙂", "not", "Not , ?", "x" * 1000, "a? " * 300]
    )
    def test_it_has_a_decision_for_any_text(self, matcher: Matcher, text: str) -> None:
        assert matcher.match(text).verdict in Verdict

    def test_it_reads_past_a_misspelling(self, matcher: Matcher) -> None:
        assert [choice.label for choice in matcher.match("who leads the stratgey?").meant] == [LEADER]

    def test_it_decides_the_same_again(self, matcher: Matcher) -> None:
        text = "What is there for nurses? And who leads the strategy?"
        assert matcher.match(text) == matcher.match(text)
