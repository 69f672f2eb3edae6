"""Everything that is reported of a run, worked out once for every form of the report."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assistant.learning.evaluation.calibration import Bin, RefusalPoint, calibrate, trace_refusals
from assistant.learning.evaluation.comparison import Changes, compare
from assistant.learning.evaluation.confusion import Confusion, count_confusions
from assistant.learning.evaluation.figures import (
    Figures,
    Tally,
    tally_kinds,
    tally_offers,
    tally_outcomes,
    work_out_figures,
)
from assistant.learning.evaluation.run import Run


class EarlierReport(BaseModel):
    """What is read again of the report of an earlier run."""

    model_config = ConfigDict(frozen=True)

    figures: Figures
    run: Run


class Report(EarlierReport):
    """The whole of it. `changes` is None when there is no earlier run to compare with."""

    changes: Changes | None
    outcomes: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    offers: tuple[Tally, ...]
    calibration: tuple[Bin, ...]
    refusals: tuple[RefusalPoint, ...]
    confusion: Confusion


def make_report(run: Run, offers: Sequence[str], previous: EarlierReport | None) -> Report:
    """Work everything out; `offers` are the catalogue's slugs in order."""
    return Report(
        figures=work_out_figures(run),
        run=run,
        changes=compare(previous.run, previous.figures, run) if previous else None,
        outcomes=tally_outcomes(run),
        kinds=tally_kinds(run),
        offers=tally_offers(run, offers),
        calibration=calibrate(run.answers),
        refusals=trace_refusals(run.answers),
        confusion=count_confusions(run.answers, offers),
    )
