"""Take the steps of leaving a question: question, name, e-mail, consent, and consent to keep what racism was told of.

What the asker gives at a step stays here, at the edge; the engine is told only `given`, `invalid`, `yes` or `no`.
A message that is something else at that point (a question, a greeting, "cancel") goes to the engine as any other.
"""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from assistant.enquiries.engine import Understanding
from assistant.matching.labels import ANSWERABLE
from assistant.matching.segments import is_asking

LONGEST_NAME = 100
# From here on the engine's understanding of a message outweighs the step that is open.
SURE = 0.6
# "Cancel" and the like, in words; what is longer is a question or an answer in its own right.
LONGEST_COMMAND = 8
LONGEST_AGREEMENT = 3

YES = re.compile(
    r"^\W*(yes|yep|yeah|yup|y|ok(ay)?|sure|of course|i (do |fully )?(agree|consent)|agreed|that'?s fine|fine|please do|"
    r"go ahead|you may|absolutely|certainly)\b",
    re.IGNORECASE,
)
NO = re.compile(
    r"^\W*(no(?! (problem|worries|objection))|nope|nah|n|(i )?(do not|don'?t) (agree|consent|want|wish|think so)|"
    r"(i('d| would) )?rather not|not really|please (do not|don'?t)|(i )?disagree|"
    r"(of course|certainly|absolutely) not)\b",
    re.IGNORECASE,
)
# Behind a yes these may take it back or bind it to something: then we ask again, because consent has to be plain.
RESERVATION = re.compile(
    r"\b(no(?! (problem|worries|objection))|not|never|cannot|don'?t|won'?t|can'?t|but|unless|except|without|"
    r"delete|stop|cancel|if|only|depends|maybe|perhaps|possibly|suppose|guess|might|what|who|how|why|where|when|which)\b",
    re.IGNORECASE,
)
# A yes is plain when only words like these stand behind it: a question or a condition is no consent.
PLAIN = frozenset(
    "yes yep yeah ok okay sure please thanks thank you very much of course that this it them is fine good alright "
    "right happy with i we am im i'm do agree agreed consent to go ahead may can keep keeping kept use using store "
    "hold have contact contacting answer me us my our your the name email e-mail mail address details for now and by "
    "all means then absolutely definitely certainly problem worries objection objections that's thats so course".split()
)
NO_OBJECTION = re.compile(r"\bno (problem|worries|objections?)\b", re.IGNORECASE)
CANCEL = re.compile(r"^\W*(cancel|stop|never ?mind|forget it|leave it)( please)?\W*$", re.IGNORECASE)
# At the steps for name and e-mail: the asker does not want to give it.
REFUSAL = re.compile(
    r"^\W*(no|nope|nah|skip|no,? thanks?( you)?|(i'?d |i would )?(prefer|rather) not\b.{0,40}|"
    r"i (do not|don'?t) (want|wish|like)\b.{0,60})\W*$",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^\W*(actually|wait|before (that|i do|we)|first|hang on|hold on|one (more|other) (thing|question)|quick question|"
    r"just a (quick )?question|sorry,? (but )?(what|who|how|which)|another (thing|question))\b",
    re.IGNORECASE,
)
BEFORE_A_NAME = re.compile(
    r"^\W*(my (full )?name( is|['’]s)|the name( is|['’]s)|name:|i am|i['’]?m|it['’]?s|it is|this is|"
    r"you can call me|please call me|call me|sure,?|yes,?)\s+",
    re.IGNORECASE,
)
# An apostrophe is part of many an address (o'neill@...), but not at its ends. It begins
# where a word begins, so that a search stays linear.
ADDRESS = re.compile(r"(?<![^\s<>,;:()\"“”])[^\s<>,;:()\"“”]+@[^\s<>,;:()\"“”]*")
QUOTES = "'‘’"

COURTEOUS = frozenset({"greet", "thank", "say_goodbye", "ask_if_bot", "ask_abilities", "chat"})
CANCELLED = "cancelled"
CONSENTS = ("consent", "words")  # to be written to; and, where racism was told of, to keep the words


@dataclass(frozen=True)
class StepTaken:
    """What a message is at an open step: its state, and the value to keep when it was given."""

    step: str
    state: str
    value: str = ""

    @property
    def payload(self) -> str:
        """What the engine is told."""
        if self.state == CANCELLED:
            return "/cancel"
        return f'/take_step{{"step": "{self.step}", "state": "{self.state}"}}'


def take_step(step: str, text: str, understood: Understanding) -> StepTaken | None:
    """What the message gives for the open step, or None when it is something else, for the engine to answer."""
    is_command = understood.confidence >= SURE and len(text.split()) <= LONGEST_COMMAND
    if CANCEL.match(text) or (is_command and understood.intent == "cancel"):
        # The question is left by then; what is stopped is keeping the words.
        return StepTaken(step, "no" if step == "words" else CANCELLED)
    if is_command and understood.intent == "ask_status":
        return None
    if step in CONSENTS:
        return _take_consent(step, text, understood)
    taker = {"question": _take_question, "name": _take_name, "email": _take_email}[step]
    return taker(text, understood)


def _take_question(text: str, understood: Understanding) -> StepTaken | None:
    if understood.intent in COURTEOUS and understood.confidence >= SURE and len(text.split()) <= LONGEST_COMMAND:
        return None
    if ASIDE.match(text) and _is_question_of_its_own(text, understood):
        return None
    if understood.intent == "affirm" and understood.confidence >= SURE and len(text.split()) <= LONGEST_AGREEMENT:
        return StepTaken("question", "invalid")
    has_words = sum(character.isalpha() for character in text) > 1
    return StepTaken("question", "given", text) if has_words else StepTaken("question", "invalid")


def _take_name(text: str, understood: Understanding) -> StepTaken | None:
    if _is_question_of_its_own(text, understood) or _is_courtesy(text, understood):
        return None
    if REFUSAL.match(text.replace("’", "'")):
        return StepTaken("name", CANCELLED)
    name = BEFORE_A_NAME.sub("", text).strip(" .!\n\t")
    if not name or len(name) > LONGEST_NAME or "@" in name or not any(character.isalpha() for character in name):
        return StepTaken("name", "invalid")
    return StepTaken("name", "given", name)


def _take_email(text: str, understood: Understanding) -> StepTaken | None:
    found = ADDRESS.search(text)
    if found and len(ADDRESS.findall(text)) > 1:
        return StepTaken("email", "invalid")  # which of them, we would have to guess
    if found:
        address = valid_address(found.group().lstrip(QUOTES).rstrip(QUOTES + ".!?"))
        return StepTaken("email", "given", address) if address else StepTaken("email", "invalid")
    if _is_question_of_its_own(text, understood) or _is_courtesy(text, understood):
        return None
    if REFUSAL.match(text.replace("’", "'")):
        return StepTaken("email", CANCELLED)
    return StepTaken("email", "invalid")


def _take_consent(step: str, text: str, understood: Understanding) -> StepTaken | None:
    text = text.replace("’", "'")
    if NO.match(text):
        return StepTaken(step, "no")
    sure_intent = understood.intent if understood.confidence >= SURE else ""
    if "?" in text:
        return None
    if _is_plain_yes(text) or (sure_intent == "affirm" and not YES.match(text) and not RESERVATION.search(text)):
        return StepTaken(step, "yes")
    if sure_intent == "deny":
        return StepTaken(step, "no")
    is_something_else = _is_question_of_its_own(text, understood) or _is_courtesy(text, understood)
    return None if is_something_else and not YES.match(text) else StepTaken(step, "invalid")


def _is_plain_yes(text: str) -> bool:
    words = re.findall(r"[\w'-]+", NO_OBJECTION.sub("", text.lower()))
    return YES.match(text) is not None and all(word in PLAIN for word in words)


def _is_question_of_its_own(text: str, understood: Understanding) -> bool:
    """A digression: it asks, and it is either sure to be something we know or has a question mark."""
    if not is_asking(text):
        return False
    about_something = understood.intent in ANSWERABLE or understood.intent.startswith(("ask_", "several", "out_of"))
    return text.rstrip().endswith("?") or (about_something and understood.confidence >= SURE)


def _is_courtesy(text: str, understood: Understanding) -> bool:
    return understood.intent in COURTEOUS and understood.confidence >= SURE and len(text.split()) != 2


def valid_address(address: str) -> str:
    """The address in its normal form, or empty when mail cannot be sent to it."""
    try:
        return validate_email(address, check_deliverability=False, strict=True).normalized
    except EmailNotValidError:
        return ""
