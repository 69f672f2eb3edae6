"""Find sentences whose label is probably wrong, before a model is trained on them.

Each sentence is judged by all others: a ridge regression over the encoder's vectors, with that one left out. Labels may
be close to one another, so a sentence counts as contradicted only when its own label is hardly possible and another one
is likely. Measured on the 7,215 sentences of data/nlu (80 labels; 1 to 3 seconds, after half a minute of encoding):

    labels                                      contradicted   of them wrong   of the wrong found
    as they are                                     3.4 %
    four fifths of them, five draws              3.5 - 3.8 %
    with 300 questions of tests/nlu, five draws  3.2 - 3.3 %
    of those 300 alone                           1.0 - 2.3 %
      10 % replaced by any other                10.7 - 11.7 %    83 - 94 %        93 - 100 %
      10 % replaced by the nearest other         9.3 - 10.3 %    83 - 93 %        80 - 87 %
    5 % of all replaced by any other, three      6.1 - 6.4 %     66 - 67 %        80 - 86 %
    10 %                                         9.2 - 9.5 %     85 - 86 %        78 - 82 %
    20 %                                        13.8 - 13.9 %       95 %             66 %
    5 % replaced by the nearest other, three     5.4 - 5.8 %     58 - 60 %        63 - 69 %
    10 %                                         7.2 - 7.5 %        78 %          56 - 58 %
    20 %                                         8.4 - 8.8 %     87 - 90 %        37 - 39 %

Reviewers' examples are few beside the files, so they are also looked at by themselves: 12 contradicted of 100 are
suspicious, or 25 of 300. With a tenth wrong of 200 or more that happened every time, of 100 once in four draws, of 50
never. Of 40 harmless additions of 1 to 300 questions none was suspicious; the 20 to 100 questions that fit their labels
worst among a thousand are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from assistant.matching.calibration import temperature
from assistant.matching.encoder import meanings
from assistant.matching.remembering import Encoder
from assistant.review.training_sentences import list_untaught, read_training_sentences
from assistant.settings import Settings

IMPROBABLE, PROBABLE = 0.01, 0.3  # of the label that a sentence has, and of the one that the others say
LEAST_SENTENCES = 3  # of a label; with fewer there is nobody to say what it means
TWINS = 0.95  # cosine of two sentences from which on they say the same
DIRECTIONS, SEED = 768, 2022  # at random, onto which the vectors are projected: as good as all of them, and quick
PENALTY, SCALE = 0.3, 30.0  # of the ridge regression; of its scores, whose spread the temperature then finds
LISTED = ("contradicted", "conflicts", "duplicates")
AT_ONCE = 500  # sentences that are encoded, or compared with all others, in one go
CANDIDATES = 50  # sentences most alike by their letters that a new one is compared with
MOST_CONTRADICTED = 0.055  # of all; see above
# Of reviewers' examples this share is ordinary; so many more than it that chance would do it this rarely are not.
ORDINARY_FROM_REVIEWERS, RARELY = 0.04, 0.001
LEAST_FROM_REVIEWERS = 5  # fewer are looked at one by one


@dataclass(frozen=True)
class Sentence:
    """What is trained on. `example_id` is the number of a reviewer's example; there is none for data/nlu."""

    text: str
    label: str
    example_id: int | None = None

    @property
    def from_reviewers(self) -> bool:
        """Whether a reviewer gave it."""
        return self.example_id is not None


@dataclass(frozen=True)
class Contradicted:
    """A sentence that the others say has another label; `sure` is how probable that one is (0 to 1)."""

    sentence: Sentence
    says: str
    sure: float


@dataclass(frozen=True)
class Twins:
    """Two sentences that are nearly the same; `similarity` is the cosine of their meanings."""

    first: Sentence
    second: Sentence
    similarity: float


@dataclass(frozen=True)
class LabelFindings:
    """What is to be looked at, the surest first. Of the duplicates, those with a reviewer's example are listed."""

    checked: int
    checked_from_reviewers: int
    contradicted: tuple[Contradicted, ...]
    conflicts: tuple[Twins, ...]
    duplicates: tuple[Twins, ...]
    duplicate_count: int

    @property
    def share_contradicted(self) -> float:
        """Of all that were checked."""
        return len(self.contradicted) / max(1, self.checked)

    @property
    def contradicted_from_reviewers(self) -> int:
        """How many of the contradicted are reviewers' examples."""
        return sum(each.sentence.from_reviewers for each in self.contradicted)

    @property
    def is_suspicious(self) -> bool:
        """Whether more is contradicted than in a set without mistakes: of all, or of what reviewers gave."""
        return self.share_contradicted > MOST_CONTRADICTED or self._are_reviewers_suspicious()

    def _are_reviewers_suspicious(self) -> bool:
        """Whether chance would rarely contradict so many of so few, whose mistakes would be lost among the files."""
        from scipy.stats import binom

        count = self.contradicted_from_reviewers
        chance = binom.sf(count - 1, self.checked_from_reviewers, ORDINARY_FROM_REVIEWERS)
        return count >= LEAST_FROM_REVIEWERS and bool(chance < RARELY)

    def as_dict(self, most: int | None = None) -> dict[str, Any]:
        """Plain values, for a run to keep and for programs to read; at most so many of each kind."""
        first = slice(most)
        return {
            **asdict(self),
            **{name: [asdict(each) for each in getattr(self, name)[first]] for name in LISTED},
            "contradicted_count": len(self.contradicted),
            "share_contradicted": self.share_contradicted,
            "contradicted_from_reviewers": self.contradicted_from_reviewers,
            "is_suspicious": self.is_suspicious,
        }


def read_sentences(session: Session, settings: Settings) -> list[Sentence]:
    """All that a model would be trained on: data/nlu and the approved examples."""
    files = [Sentence(text, label) for text, label in read_training_sentences(settings.data_folder)]
    return files + [Sentence(each.text, each.label, each.id) for each in list_untaught(session, settings.data_folder)]


def check_labels(
    encoder: Encoder, sentences: Sequence[Sentence], tell: Callable[[int], object] = lambda count: None
) -> LabelFindings:
    """Look at every label; `tell` hears how many more sentences were encoded, which takes nearly all of the time.

    A RememberingEncoder spares whoever trains with it afterwards to encode them again.
    """
    vectors = _encode(encoder, [each.text for each in sentences], tell)
    rows = np.unique(np.array([each.label for each in sentences], dtype=str), return_inverse=True)[1].astype(np.int32)
    pairs = [_twins(sentences, *pair) for pair in _alike(meanings(vectors))]
    pairs.sort(key=lambda pair: -pair.similarity)
    same = [pair for pair in pairs if pair.first.label == pair.second.label]
    checked = np.bincount(rows, minlength=1)[rows] >= LEAST_SENTENCES
    return LabelFindings(
        checked=int(checked.sum()),
        checked_from_reviewers=sum(
            each.from_reviewers for each, is_checked in zip(sentences, checked, strict=True) if is_checked
        ),
        contradicted=_contradicted(sentences, vectors, rows, checked),
        conflicts=tuple(pair for pair in pairs if pair.first.label != pair.second.label),
        duplicates=tuple(pair for pair in same if pair.first.from_reviewers or pair.second.from_reviewers),
        duplicate_count=len(same),
    )


def find_twins(encoder: Encoder, sentences: Sequence[Sentence], new: Sentence) -> tuple[Twins, ...]:
    """Sentences of another label that are nearly the same as a new one, the most alike first.

    Only those most alike by their letters are encoded, so that it takes a tenth of a second.
    """
    from rapidfuzz import fuzz, process, utils

    others = [each for each in sentences if each.label != new.label]
    found = process.extract(
        new.text,
        [each.text for each in others],
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        limit=CANDIDATES,
    )
    likely = [others[place] for _, _, place in found]
    vectors = meanings(encoder.encode([new.text, *(each.text for each in likely)]))
    pairs = [Twins(new, *pair) for pair in zip(likely, (vectors[1:] @ vectors[0]).tolist(), strict=True)]
    return tuple(sorted((pair for pair in pairs if pair.similarity >= TWINS), key=lambda pair: -pair.similarity))


def _encode(encoder: Encoder, texts: Sequence[str], tell: Callable[[int], object]) -> NDArray[np.float32]:
    parts = []
    for start in range(0, len(texts), AT_ONCE):
        parts.append(encoder.encode(texts[start : start + AT_ONCE]))
        tell(len(parts[-1]))
    return np.vstack(parts) if parts else encoder.encode([])


def _twins(sentences: Sequence[Sentence], first: int, second: int, similarity: float) -> Twins:
    return Twins(sentences[first], sentences[second], similarity)


def _alike(vectors: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    """Each two rows that say the same, once, with their cosine."""
    for start in range(0, len(vectors), AT_ONCE):
        cosines = np.triu(vectors[start : start + AT_ONCE] @ vectors[start:].T, k=1)
        for first, second in np.argwhere(cosines >= TWINS):
            yield int(start + first), int(start + second), min(1.0, float(cosines[first, second]))


def _contradicted(
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    rows: NDArray[np.int32],
    checked: NDArray[np.bool_],
) -> tuple[Contradicted, ...]:
    if not checked.any() or not rows.any():  # one label alone is contradicted by nobody
        return ()
    names = sorted({each.label for each in sentences})
    own, other, sure = judge(vectors, rows)
    places = np.flatnonzero(checked & (own <= IMPROBABLE) & (sure >= PROBABLE))
    found = [Contradicted(sentences[place], names[other[place]], float(sure[place])) for place in places]
    return tuple(sorted(found, key=lambda each: -each.sure))


def judge(
    vectors: NDArray[np.float32], rows: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.intp], NDArray[np.float32]]:
    """What all other sentences say of each: how probable its own label is, the likeliest other, how probable that is.

    `rows` are their labels, from nought up, two at least.
    """
    from scipy.special import softmax

    scores = _left_out_scores(vectors, rows)
    probabilities = softmax(scores / temperature(scores, rows), axis=1)
    each = np.arange(len(rows))
    own = probabilities[each, rows]
    probabilities[each, rows] = 0
    other = probabilities.argmax(axis=1)
    return own, other, probabilities[each, other]


def _left_out_scores(vectors: NDArray[np.float32], rows: NDArray[np.int32]) -> NDArray[np.float32]:
    """The scores that each label gets for each sentence from a ridge regression over all the others.

    It has the closed form of leaving one out, so that one fit does for thousands; scikit-learn's RidgeCV knows it, but
    keeps only how large the errors are. A sentence of a frequent label weighs less, by the root of its frequency.
    """
    from scipy.linalg import cho_factor, cho_solve
    from sklearn.random_projection import GaussianRandomProjection

    centred = vectors - vectors.mean(axis=0)
    projected = GaussianRandomProjection(DIRECTIONS, random_state=SEED).fit_transform(centred)
    inputs = np.column_stack([projected, np.full(len(rows), SCALE**-0.5)]).astype(np.float32)
    counts = np.bincount(rows)
    weights = np.sqrt(len(rows) / (len(counts) * counts[rows])).astype(np.float32)
    targets = np.eye(len(counts), dtype=np.float32)[rows]
    spread = (inputs.T * weights) @ inputs
    spread[np.diag_indices_from(spread)] += PENALTY
    solved = cho_solve(cho_factor(spread), inputs.T).T
    influence = np.minimum((solved * inputs).sum(axis=1) * weights, 0.999)[:, None]
    fitted = solved @ (inputs.T @ (targets * weights[:, None]))
    return np.asarray(SCALE * (fitted - influence * targets) / (1 - influence), dtype=np.float32)
