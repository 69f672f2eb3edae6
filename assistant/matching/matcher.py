"""The whole of understanding in one place: encoder, linker and judge over one message."""

import re
from collections.abc import Mapping, Sequence

from assistant.matching.decision import Costs, Decision, Judge
from assistant.matching.labels import PERSON, leaf, words_of
from assistant.matching.linker import Link, Linker
from assistant.matching.mentions import Mentions
from assistant.matching.remembering import Encoder
from assistant.matching.segments import take_apart
from assistant.matching.spelling import Spelling
from assistant.matching.taught import Taught
from assistant.matching.terms import read_alike

PLACEHOLDER = re.compile(r"\[(?:name|person:(?P<slug>[a-z0-9-]+))\]")
SOMEBODY = "somebody"


class Matcher:
    """Maps a message to a Decision."""

    def __init__(
        self, encoder: Encoder, linker: Linker, spelling: Spelling, costs: Costs, taught: Taught | None = None
    ) -> None:
        self._encoder = encoder
        self.taught = taught or Taught({})
        self.linker = linker
        self.spelling = spelling
        self._judge = Judge(linker.labels, costs, linker.calibration)

    @classmethod
    def train(
        cls,
        encoder: Encoder,
        sentences: Sequence[str],
        labels: Sequence[str],
        names: Mapping[str, Sequence[str]],
        costs: Costs,
    ) -> "Matcher":
        """Train on labelled sentences. `names` are the catalogue's names of labels; each is an example as well.

        So are the words of a label that has no other name: they say what is meant, which helps where sentences are few.
        """
        of_names = [(name, label) for label in sorted(set(labels)) for name in names.get(label) or words_of(label)]
        # A name may be a sentence already; twice the same neighbour would say no more than once.
        examples = dict.fromkeys([*zip(sentences, labels, strict=True), *of_names])
        texts, text_labels = zip(*examples, strict=True)
        alike = [read_alike(text) for text in texts]
        names_alike = {label: [read_alike(name) for name in of_label] for label, of_label in names.items()}
        linker = Linker.train(encoder.encode(alike), alike, text_labels, Mentions(names_alike))
        return cls(encoder, linker, Spelling.learn(texts, encoder.knows), costs, Taught.learn(sentences, labels))

    def match(self, text: str) -> Decision:
        """Decide what a cleaned and redacted message means."""
        return self.taught.settle(text, self._judge_message(text))

    def _judge_message(self, text: str) -> Decision:
        # Before anything else, since the points of "B.A.M.E." end no sentence; misspelt ones are found while reading.
        text = read_alike(self._spell_out(text))
        message = take_apart(text)
        # What a correction wants is often half a sentence: judged together with all of it, it keeps its subject.
        texts = [message.wanted, *(message.sentences or ([text] if message.ruled_out else [])), *message.clauses]
        sentence_count = len(texts) - 1 - len(message.clauses)
        if message.ruled_out:
            texts.append(message.ruled_out)
        links = self.read(texts)
        sentences = links[1 : 1 + sentence_count]
        clauses = links[1 + sentence_count : 1 + sentence_count + len(message.clauses)]
        return self._judge.decide(links[0], sentences, clauses, links[-1] if message.ruled_out else None)

    def _spell_out(self, text: str) -> str:
        """Redaction's placeholders as words, since the sentences we learnt from have none."""

        def name_of(placeholder: re.Match[str]) -> str:
            names = self.linker.mentions.names.get(leaf(PERSON, placeholder["slug"]))
            return names[0] if names else SOMEBODY

        return PLACEHOLDER.sub(lambda found: name_of(found) if found["slug"] else SOMEBODY, text)

    def accepts(self, link: Link) -> bool:
        """Whether answering a sentence is expected to cost no more than not knowing it."""
        return self._judge.accepts(link)

    def confidence(self, link: Link) -> float:
        """Probability that the best label of ours is what a sentence means."""
        return self._judge.confidence(link)

    def read(self, texts: Sequence[str]) -> list[Link]:
        """The links of some texts, misspelt words put right and words for the same people read alike."""
        corrected = [read_alike(self.spelling.correct(text)) for text in texts]
        return self.linker.link(self._encoder.encode(corrected), corrected)
