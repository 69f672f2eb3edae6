"""Questions whose right answer is known, to see what new examples would change."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.enquiries.outcomes import MISSES, Outcome
from assistant.learning.evaluation.facts import read_facts
from assistant.learning.evaluation.question_files import QUESTION_FILES, read_examination
from assistant.learning.evaluation.questions import Question
from assistant.matching.decision import Verdict
from assistant.matching.labels import LIST_OFFERS, OFFER, OUT_OF_SCOPE, PERSON, SHARED, TOPIC, kind_of, leaf
from assistant.review.training_sentences import read_training_sentences
from assistant.settings import Settings

QUESTIONS = Path("tests") / "nlu"  # beside the data folder, where the project is checked out whole
HELD_OUT, SEED = 5, 2022  # one sentence in five, the same ones each time
# Beside these, what a question wants is decided by more than the matcher.
JUDGED = frozenset({Outcome.OFFER, Outcome.LIST, Outcome.CLARIFY, Outcome.PERSON, Outcome.INFO, *MISSES})


@dataclass(frozen=True)
class Wanted:
    """A question with the answers that are right: each a verdict and its labels, or a kind alone."""

    text: str
    answers: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[str, ...] = ()

    def accepts(self, answer: Sequence[str]) -> bool:
        """Whether an answer (a verdict, then its labels) is right."""
        verdict, *labels = answer
        right = [(each[0], *sorted(each[1:])) for each in self.answers]
        return (
            (verdict, *sorted(labels)) in right
            or verdict in self.kinds
            or (verdict == Verdict.ANSWER and len(labels) == 1 and kind_of(labels[0]) in self.kinds)
        )


def wanted_label(text: str, label: str) -> Wanted:
    """A sentence that means one label."""
    if label == OUT_OF_SCOPE:
        return Wanted(text, kinds=(OUT_OF_SCOPE, Verdict.UNKNOWN.value))
    return Wanted(text, answers=((Verdict.ANSWER.value, label),))


def read_regression_set(settings: Settings) -> tuple[list[tuple[str, str]], list[Wanted], bool]:
    """The sentences to train on, the questions to ask, and whether those were held out of the sentences."""
    sentences = list(read_training_sentences(settings.data_folder))
    folder = settings.data_folder.resolve().parent / QUESTIONS
    if any(folder.glob(QUESTION_FILES)):
        questions = read_examination(folder, read_facts(settings)).questions
        return sentences, [_wanted(question) for question in questions if question.wanted in JUDGED], False
    shuffled = random.Random(SEED).sample(sentences, len(sentences))
    held_out = shuffled[: len(shuffled) // HELD_OUT]
    taught = set(sentences) - set(held_out)
    kept = [sentence for sentence in sentences if sentence in taught]
    return kept, [wanted_label(*sentence) for sentence in held_out], True


def _wanted(question: Question) -> Wanted:
    answer, offers = Verdict.ANSWER.value, [leaf(OFFER, slug) for slug in question.offers or ()]
    match question.wanted:
        case Outcome.OFFER:
            return Wanted(question.text, answers=((answer, *offers),))
        case Outcome.PERSON:
            return Wanted(question.text, answers=((answer, leaf(PERSON, question.person or "")),))
        case Outcome.INFO:
            return Wanted(question.text, answers=((answer, leaf(TOPIC, question.topic or "")),))
        case Outcome.CLARIFY:
            return Wanted(question.text, answers=((Verdict.ASK.value, *offers),), kinds=(SHARED,))
        case Outcome.LIST:
            return Wanted(question.text, answers=((Verdict.SEVERAL.value, *offers),), kinds=(LIST_OFFERS,))
        case _:
            return Wanted(question.text, kinds=(OUT_OF_SCOPE, Verdict.UNKNOWN.value))
