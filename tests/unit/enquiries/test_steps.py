import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.enquiries.engine import Understanding
from assistant.enquiries.steps import CANCELLED, LONGEST_NAME, StepTaken, take_step, valid_address

NOTHING = Understanding("nlu_fallback", 0.1)
STEPS = ["question", "name", "email", "consent"]
STATES = {"given", "invalid", "yes", "no", CANCELLED}
QUESTIONS = [
    ("Which programmes help with our board?", Understanding("offer", 0.9)),
    ("tell me about the race and health observatory", Understanding("offer", 0.9)),
    ("who leads the strategy then", Understanding("topic", 0.8)),
    ("and who do I contact about that", Understanding("ask_contact", 0.9)),
    ("what will you do with my address?", Understanding("nlu_fallback", 0.2)),
]


def take(step: str, text: str, intent: str = "nlu_fallback", confidence: float = 0.1) -> StepTaken | None:
    """What the message gives at the step."""
    return take_step(step, text, Understanding(intent, confidence))


class TestAnyStep:
    @pytest.mark.parametrize("step", STEPS)
    def test_it_leaves_what_asks_for_the_status_to_the_engine(self, step: str) -> None:
        assert take(step, "any news on it", "ask_status", 0.9) is None

    @pytest.mark.parametrize("step", STEPS)
    def test_it_cancels(self, step: str) -> None:
        taken = take(step, "stop this", "cancel", 0.9)
        assert taken is not None
        assert taken.payload == "/cancel"

    @pytest.mark.parametrize("step", ["name", "email", "consent"])
    @pytest.mark.parametrize(("text", "understood"), QUESTIONS)
    def test_it_leaves_a_question_in_between_to_the_engine(
        self, step: str, text: str, understood: Understanding
    ) -> None:
        assert take_step(step, text, understood) is None

    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize(
        ("text", "intent"), [("hello", "greet"), ("thanks", "thank"), ("are you a bot", "ask_if_bot")]
    )
    def test_it_leaves_a_courtesy_to_the_engine(self, step: str, text: str, intent: str) -> None:
        assert take(step, text, intent, 0.9) is None

    @pytest.mark.parametrize("step", STEPS)
    @given(st.text())
    @example("NO")
    def test_it_takes_or_leaves_any_text_without_raising(self, step: str, text: str) -> None:
        taken = take_step(step, text, NOTHING)
        assert taken is None or (taken.step == step and taken.state in STATES)

    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("piece", ["a", " ", "@", "a@", "@a.", "no ", "I am ", ",", '"', "yes, ", "\n"])
    def test_it_stays_quick_on_hostile_text(self, step: str, piece: str) -> None:
        began = time.perf_counter()
        take_step(step, (piece * 1000)[:1000], NOTHING)
        assert time.perf_counter() - began < 0.2


class TestStepTaken:
    def test_it_tells_the_engine_nothing_of_what_was_given(self) -> None:
        payload = StepTaken("name", "given", "Ade Okafor").payload
        assert payload == '/take_step{"step": "name", "state": "given"}'


class TestQuestion:
    @pytest.mark.parametrize(
        "text", ["Can you come to our conference?", "parking", "we need help with our board", "Wer hilft uns?"]
    )
    def test_it_takes_whatever_has_words(self, text: str) -> None:
        assert take("question", text) == StepTaken("question", "given", text)

    def test_it_takes_a_question_that_we_could_answer_too(self) -> None:
        text = "Which programmes help with our board?"
        assert take("question", text, "offer", 0.95) == StepTaken("question", "given", text)

    @pytest.mark.parametrize("text", ["", "?", "...", "12", "a", "👍"])
    def test_it_asks_again_where_there_are_no_words(self, text: str) -> None:
        assert take("question", text) == StepTaken("question", "invalid")

    @pytest.mark.parametrize(
        "text",
        [
            "Actually, what does the observatory do?",
            "before I do, who will read this?",
            "Sorry, which programmes are there?",
            "quick question: what does enhanced mean?",
        ],
    )
    def test_it_leaves_an_aside_to_the_engine(self, text: str) -> None:
        assert take("question", text, "offer", 0.9) is None

    def test_it_takes_what_only_begins_like_an_aside(self) -> None:
        assert take("question", "First aid") == StepTaken("question", "given", "First aid")


class TestName:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Ade Okafor", "Ade Okafor"),
            ("My name is Ade Okafor.", "Ade Okafor"),
            ("I'm Ade", "Ade"),
            ("I’m Ade O’Neill", "Ade O’Neill"),
            ("it's Zoë Ní Bhriain", "Zoë Ní Bhriain"),
            ("Yes, Ade", "Ade"),
            ("Dr. A. O'Neill-Smith", "Dr. A. O'Neill-Smith"),
            ("name: 李小龙", "李小龙"),
            ("X Æ A-12", "X Æ A-12"),
        ],
    )
    def test_it_takes_a_name_out_of_its_sentence(self, text: str, name: str) -> None:
        assert take("name", text) == StepTaken("name", "given", name)

    @pytest.mark.parametrize("text", ["", "...", "42", "ade@nhs.net", "x" * (LONGEST_NAME + 1)])
    def test_it_asks_again_for_what_is_none(self, text: str) -> None:
        assert take("name", text) == StepTaken("name", "invalid")

    def test_it_takes_the_longest_name(self) -> None:
        assert take("name", "x" * LONGEST_NAME) == StepTaken("name", "given", "x" * LONGEST_NAME)

    @pytest.mark.parametrize(
        ("text", "intent"), [("Joan Saddler", "person"), ("Grace Act", "offer"), ("Hi Bye", "greet")]
    )
    def test_it_takes_a_name_that_means_something_to_the_engine(self, text: str, intent: str) -> None:
        assert take("name", text, intent, 0.95) == StepTaken("name", "given", text)


class TestEmail:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("ade@nhs.net", "ade@nhs.net"),
            ("Please write to ade.okafor@trust.nhs.uk.", "ade.okafor@trust.nhs.uk"),
            ("<ade@nhs.net>", "ade@nhs.net"),
            ("Ade Okafor (ade@nhs.net)", "ade@nhs.net"),
            ("ade@NHS.NET", "ade@nhs.net"),
            ("edi+race@trust.co.uk", "edi+race@trust.co.uk"),
            ("o'neill@trust.co.uk", "o'neill@trust.co.uk"),
            ("is it ade@nhs.net?", "ade@nhs.net"),
            ("it's 'ade@nhs.net'", "ade@nhs.net"),
            ("“ade@nhs.net”.", "ade@nhs.net"),
        ],
    )
    def test_it_takes_an_address_out_of_its_sentence(self, text: str, address: str) -> None:
        assert take("email", text) == StepTaken("email", "given", address)

    @pytest.mark.parametrize("intent", ["greet", "offer", "nlu_fallback"])
    def test_it_takes_an_address_whatever_the_engine_makes_of_it(self, intent: str) -> None:
        assert take("email", "ade@nhs.net", intent, 0.99) == StepTaken("email", "given", "ade@nhs.net")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "ade",
            "ade@",
            "@nhs.net",
            "ade@nhs",
            "ade@@nhs.net",
            "ade@nhs..net",
            "ade.@nhs.net",
            "ade at nhs dot net",
        ],
    )
    def test_it_asks_again_for_what_is_none(self, text: str) -> None:
        assert take("email", text) == StepTaken("email", "invalid")


class TestConsent:
    @pytest.mark.parametrize(
        "text", ["yes", "Yes, please", "YES!", "ok", "Okay then", "sure", "I agree", "that’s fine"]
    )
    def test_it_hears_yes(self, text: str) -> None:
        assert take("consent", text) == StepTaken("consent", "yes")

    @pytest.mark.parametrize("text", ["no", "No thanks", "nope", "I don't agree", "I'd rather not", "Please don’t"])
    def test_it_hears_no(self, text: str) -> None:
        assert take("consent", text) == StepTaken("consent", "no")

    @pytest.mark.parametrize(("intent", "state"), [("affirm", "yes"), ("deny", "no")])
    def test_it_believes_the_engine_when_that_is_sure(self, intent: str, state: str) -> None:
        assert take("consent", "by all means", intent, 0.9) == StepTaken("consent", state)
        assert take("consent", "by all means", intent, 0.5) == StepTaken("consent", "invalid")

    @pytest.mark.parametrize("text", ["", "maybe", "perhaps later", "banana", "yesterday", "nobody", "okra"])
    def test_it_asks_again_for_anything_else(self, text: str) -> None:
        assert take("consent", text) == StepTaken("consent", "invalid")

    @pytest.mark.parametrize(
        "text",
        [
            "I do not agree",
            "I don't consent",
            "yes and no",
            "ok no",
            "Yes, but not my name",
            "fine, but do not keep my e-mail",
            "sure, no",
            "certainly not",
            "Yes, don’t",
            "I do not mind you having it, but he does",
            "absolutely not",
            "of course not",
            "go ahead and delete it",
        ],
    )
    def test_it_never_takes_a_no_or_a_yes_with_a_but_for_consent(self, text: str) -> None:
        assert take("consent", text) != StepTaken("consent", "yes")
        assert take("consent", text, "affirm", 0.9) != StepTaken("consent", "yes")


class TestValidAddress:
    @pytest.mark.parametrize("address", ["ade@nhs.net", "zoë@exämple.org", "a@b.co"])
    def test_it_gives_an_address_in_its_normal_form(self, address: str) -> None:
        assert valid_address(address) == address

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "ade",
            "ade@",
            "a b@nhs.net",
            "ade@nhs.net\nBcc: x@y.org",
            "ade@nhs",
            "a" * 65 + "@nhs.net",
            "ade@[127.0.0.1]",
        ],
    )
    def test_it_gives_nothing_for_what_mail_cannot_be_sent_to(self, address: str) -> None:
        assert valid_address(address) == ""

    @given(st.text())
    def test_it_never_raises(self, text: str) -> None:
        assert isinstance(valid_address(text), str)
