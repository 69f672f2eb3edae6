"""Answer with a person."""

import re

from rapidfuzz import fuzz
from spacy.lang.en.stop_words import STOP_WORDS

from actions.answering import AnsweringAction
from actions.misses import say_unanswered
from actions.presenting import show_person
from actions.turn import Turn
from assistant.catalogue.models import Person
from assistant.catalogue.offers import find_offer
from assistant.catalogue.people import find_person, list_people
from assistant.matching.labels import OFFER, PERSON, kind_of, slug_of

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LEAST_LIKENESS = 70  # of 100; "naqvee" and "naqvi" are at 73, "jones" and "hughes" at 36
# Beside the right surname a given name may be spelt by ear: "nicky" sounds like "nikki", "helen" not like "heather".
SILENT, SAME_SOUND = re.compile(r"[aeiouyhw]"), str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f"})
VOWEL, LIKE_VOWELS = re.compile(r"[aeiouy]"), str.maketrans({"e": "a", "y": "i", "u": "o"})
TITLES = frozenset({"dr", "lord", "obe", "mbe", "mr", "mrs", "ms", "sir", "dame", "professor", "prof", "director"})
# Words that may stand beside a name without being part of one.
BESIDE_A_NAME = (
    TITLES
    | STOP_WORDS
    | frozenset(
        "who's contact reach email mail ask speak talk meet know find get tell pls hi hello dear role job title post "
        "position person named chief executive chair head network confederation nhs mental health primary care acute "
        "ics employers lead leads leading run runs running work works responsible think mean means info information "
        "details thing again exactly office team today colleague".split()
    )
)
# Posts and bodies of which the source says nothing, though it names others like them.
NOT_OURS = re.compile(
    r"\b(nhs england|nhs providers|nhs wales|nhs scotland|government|department of health|secretary of state|minister|"
    r"medical director|director of nursing|chief nurse|deputy|assistant|vice|former|previous|next)\b",
    re.IGNORECASE,
)


# The post is asked for at what was just spoken of.
POINTING_BACK = re.compile(r"\b(its|it|there|their)\b", re.IGNORECASE)


class ActionAnswerPerson(AnsweringAction):
    """Answer the person who is meant; say so when it is somebody, or a post, that the source does not name."""

    def name(self) -> str:
        return "action_answer_person"

    def answer(self, turn: Turn) -> None:
        labels = [label for label in turn.meant if kind_of(label) == PERSON]
        person = next((find_person(turn.session, slug_of(label)) for label in labels), None)
        if POINTING_BACK.search(turn.text) and kind_of(turn.subject) == OFFER:
            person = holder_spoken_of(turn)
        if person is None or is_somebody_else(turn.text, person):
            say_unanswered(turn, "utter_unknown_person")
            return
        show_person(turn, person)
        if "contact" in turn.entities("aspect"):
            turn.say_with_general_contact("utter_person_contact", name=person.name)


def holder_spoken_of(turn: Turn) -> Person | None:
    """Who holds the post at the body just spoken of: "who is its chief executive?" after the Welsh office."""
    offer = find_offer(turn.session, slug_of(turn.subject)) if kind_of(turn.subject) == OFFER else None
    if offer is None or not POINTING_BACK.search(turn.text):
        return None
    name = offer.name.partition(" (")[0]
    by_body = {
        person.role.partition(", ")[2].partition(", ")[0] or person.role: person for person in list_people(turn.session)
    }
    # The longest name first: "NHS Confederation" stands in "Welsh NHS Confederation" too.
    for body in sorted(by_body, key=len, reverse=True):
        if body in name or name in body:
            return by_body[body]
    return None


def is_somebody_else(text: str, person: Person) -> bool:
    """Whether a text names another person of like name, or another post: "Sarah Jones" is not Sarah Walter."""
    given, surname = _given_and_surname(person.name)
    surnames = {surname, *(_given_and_surname(alias)[1] for alias in person.aliases)}
    words = [word for word in WORD.findall(text.replace("'s", "").replace("’s", "")) if len(word) > 1]
    for place, word in enumerate(words):
        if any(_like(word, each) for each in surnames):
            before, after = words[max(place - 1, 0) : place], words[place + 1 : place + 2]
            givens = {given, *(_given_and_surname(alias)[0] for alias in person.aliases)}
            ours = {each for each in givens if each[:1] == given[:1]}
            by_ear = [each for each in before if not any(_sounds_like(each, name) for name in ours)]
            return _is_a_name_unlike(by_ear, given) or _is_a_name_unlike([w for w in after if w.istitle()], given)
    for place, word in enumerate(words):
        if _like(word, given):
            return _is_a_name_unlike(words[place + 1 : place + 2], surname)
    return NOT_OURS.search(text) is not None


def _is_a_name_unlike(beside: list[str], expected: str) -> bool:
    """Whether the word beside a name is one as well, and not the one expected."""
    return any(word.lower() not in BESIDE_A_NAME and not _like(word, expected) for word in beside)


def _given_and_surname(name: str) -> tuple[str, str]:
    words = [word for word in name.lower().split() if word not in TITLES] or [""]
    return words[0], words[-1]


def _like(word: str, name: str) -> bool:
    return fuzz.ratio(word.lower(), name) >= LEAST_LIKENESS


def _sounds_like(word: str, name: str) -> bool:
    """Whether a given name is another spelling or a short form: "Leila" of Layla, "Dan" and "Danny" of Daniel."""
    word = word.lower()
    short = re.fullmatch(re.escape(name[:3]) + "[a-z]?(?:y|ie)?", word) is not None
    return short or _sound(word) == _sound(name)


def _sound(name: str) -> tuple[str, str, str]:
    """The first letter, the consonants that are heard, doubled ones once, and the kind of the first vowel."""
    heard = name.replace("ph", "f").translate(SAME_SOUND)
    vowel = VOWEL.search(name)
    consonants = re.sub(r"(.)\1+", r"\1", SILENT.sub("", heard))
    return heard[:1], consonants, vowel.group().translate(LIKE_VOWELS) if vowel else ""
