"""Carry a run out: train a candidate, keep and register it, judge it. One process does one run.

The server starts `python -m assistant.learning.running NUMBER` for a run that was asked for in the console or at night,
because training would hold up answering; `assistant train` does the same in its own process.
"""

import os
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from assistant.db.base import now
from assistant.db.engine import Database
from assistant.learning.errors import LiveOutdatedError
from assistant.learning.ingredients import describe, fingerprint
from assistant.learning.judging.keeping import judge_against_live
from assistant.learning.label_check import check_labels, read_sentences
from assistant.learning.pulse import Pulse
from assistant.learning.telling import Tell, part_of, tell_nobody
from assistant.learning.training import train_model
from assistant.matching.remembering import training_encoder
from assistant.registry.archives import hash_file
from assistant.registry.errors import PromotionRefusedError
from assistant.registry.models import RunKind, RunOutcome, TrainedModel
from assistant.registry.promotions import find_live, promote, register, replace_outdated
from assistant.registry.runs import FAILED, finish_run, get_run
from assistant.registry.store import Manifest, open_store
from assistant.settings import NightlyTraining, Settings, load_settings

CHECKING = "Checking the labels"
MOST_KEPT = 50  # findings of each kind; all are counted
# Shares of the time, roughly: of training that checking takes, and of the whole that training takes before judging.
CHECKED, TRAINING = 0.6, 0.4
POLITENESS = 15  # of 19: whoever asks a question goes first


def carry_out(database: Database, settings: Settings, run_id: int, tell: Tell) -> TrainedModel:
    """Do a run that was claimed, and note how it ends; returns the model that was made or judged.

    Raises whatever goes wrong, KeyboardInterrupt when it was cancelled; what is live stays so.
    """
    try:
        with Pulse(database, run_id) as pulse:

            def tell_both(stage: str, done: float) -> None:
                pulse.tell(stage, done)
                tell(stage, done)

            model = _work(database, settings, run_id, tell_both)
    except KeyboardInterrupt:  # it may come at the very end as well, while the pulse stops
        _finish(database, run_id, RunOutcome.CANCELLED)
        raise
    except BaseException:
        _finish(database, run_id, RunOutcome.FAILED)
        raise
    _finish(database, run_id, RunOutcome.DONE)
    return model


def _work(database: Database, settings: Settings, run_id: int, tell: Tell) -> TrainedModel:
    """Train, or take the model named; then judge it, unless there is nothing to judge it against."""
    with database.read() as session:
        run, has_live = get_run(session, run_id), find_live(session) is not None
        named = session.get_one(TrainedModel, run.model_id) if run.kind == RunKind.JUDGE else None
    if not has_live:
        return named or _train(database, settings, run_id, run.staff_id, tell)
    share = 0.0 if named else TRAINING
    model = named or _train(database, settings, run_id, run.staff_id, part_of(tell, 0.0, share))
    try:
        judgement = judge_against_live(database, settings, model, part_of(tell, share, 1.0))
    except LiveOutdatedError:
        if named:
            raise
        with database.write() as session:  # no server of this release answers with the live one
            replace_outdated(session, session.get_one(TrainedModel, model.id), run.staff_id)
        return model
    if run.is_nightly and settings.nightly_training is NightlyTraining.PROMOTE and not judgement.is_worse:
        # Where another model went live meanwhile, it was not judged against that one: staff decide.
        with suppress(PromotionRefusedError), database.write() as session:
            promote(session, session.get_one(TrainedModel, model.id), None)
    return model


def _train(database: Database, settings: Settings, run_id: int, staff_id: int | None, tell: Tell) -> TrainedModel:
    """Train, then keep archive and registration. The first model of all goes live."""
    started = perf_counter()
    with database.read() as session:
        made_of, parameters = fingerprint(session, settings), describe(session, settings)
        sentences = read_sentences(session, settings)
    tell(CHECKING, 0.0)
    findings = check_labels(training_encoder(settings.encoder_graph), sentences)
    with database.write() as session:
        get_run(session, run_id).findings = findings.as_dict(MOST_KEPT)
    settings.var_folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="training-", dir=settings.var_folder) as folder:
        try:
            archive = train_model(settings.data_folder, Path(folder), part_of(tell, CHECKED, 1.0))
        finally:
            training_encoder.cache_clear()
        manifest = Manifest(
            name=archive.name,
            sha256=hash_file(archive),
            size=archive.stat().st_size,
            fingerprint=made_of,
            parameters=parameters,
            seconds=round(perf_counter() - started, 1),
            trained_at=now(),
        )
        open_store(settings).put(archive, manifest)
    with database.write() as session:
        model = register(session, manifest, staff_id)
        get_run(session, run_id).model_id = model.id
        if find_live(session) is None:
            promote(session, model, staff_id)
    return model


def _finish(database: Database, run_id: int, outcome: RunOutcome) -> None:
    with database.write() as session:
        finish_run(session, run_id, outcome, FAILED if outcome is RunOutcome.FAILED else None)


def main() -> None:
    """Carry out the run of the number given, after everybody else's work."""
    os.nice(POLITENESS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("It took too long."))
    settings = load_settings()
    database = Database(settings.database_url)
    try:
        carry_out(database, settings, int(sys.argv[1]), tell_nobody)
    finally:
        database.close()


if __name__ == "__main__":
    main()
