"""The gate's section of RESULTS.md."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.progress import Progress

from assistant.catalogue.loader import load_catalogue
from assistant.catalogue.names import list_names
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.learning.effect import Match, read_costs
from assistant.learning.regression_set import read_regression_set
from assistant.matching.remembering import RememberingEncoder
from assistant.settings import Settings
from benchmarks.gate.candidates import KEPT, Sentence
from benchmarks.gate.candidates import POISONED as POISONED_SHARE
from benchmarks.gate.measuring import HARMLESS, POISONED, Judged, judge_all
from benchmarks.nlu.results_file import circumstances, markdown_table

TITLE = "The gate for new models"
POISONED_WANTED, HARMLESS_WANTED = 5, 40
MOST_STOPPED = 2  # of 40 harmless ones


def measure_gate(settings: Settings, poisoned: int, harmless: int, progress: Progress) -> str:
    """Judge so many candidates, and return the section's body. Results are kept for the next time."""
    from assistant.matching.encoder import SentenceEncoder
    from assistant.matching.matcher import Matcher

    sentences, wanted, _ = read_regression_set(settings)
    names, costs = _names(settings), read_costs()
    encoder = RememberingEncoder(SentenceEncoder(settings.encoder_graph, os.cpu_count() or 1))

    def train(chosen: Sequence[Sentence]) -> Match:
        texts, labels = zip(*chosen, strict=True)
        return Matcher.train(encoder, texts, labels, names, costs).match

    task = progress.add_task("judging candidates", total=poisoned + harmless)
    counts = {POISONED: poisoned, HARMLESS: harmless}
    # Under what they were made of: other sentences or questions have results of their own.
    made_of = hashlib.sha256(repr((sentences, wanted)).encode()).hexdigest()[:12]
    kept = settings.var_folder / "gate" / f"judged-{made_of}.jsonl"
    judged = judge_all(wanted, sentences, train, counts, kept, lambda: progress.advance(task))
    return section(judged, len(sentences))


def _names(settings: Settings) -> dict[str, list[str]]:
    """The catalogue's names, by label, as its files have them."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'catalogue.db'}")
        upgrade(database.engine)
        with database.write() as session:
            load_catalogue(session, settings.data_folder / "catalogue")
            names = list_names(session)
        database.close()
    return names


def section(judged: Sequence[Judged], sentences: int) -> str:
    """The section: circumstances, how many were stopped, then a row for each candidate."""
    stopped = {kind: [len(each.worse_in) > 0 for each in judged if each.kind == kind] for kind in (POISONED, HARMLESS)}
    head = (
        f"{circumstances()} Matchers trained on the {sentences:,} sentences of data/nlu, judged against one trained on "
        f"all of them by the gate's paired test. Poisoned: {POISONED_SHARE:.0%} of the labels wrong. Harmless: a "
        f"random {KEPT:.0%} of the sentences.\n\n"
        f"Stopped: {sum(stopped[POISONED])} of {len(stopped[POISONED])} poisoned, "
        f"{sum(stopped[HARMLESS])} of {len(stopped[HARMLESS])} harmless (at most {MOST_STOPPED} of 40 are wanted)."
    )
    columns = ["candidate", "right:", "of:", "better:", "worse:", "p:", "worse in"]
    rows = [
        [
            f"{each.kind} {each.seed}",
            *map(str, (each.right, each.of, each.better, each.worse)),
            f"{each.p:.2g}",
            ", ".join(each.worse_in) or "–",
        ]
        for each in judged
    ]
    return f"{head}\n\n{markdown_table(columns, rows)}"
