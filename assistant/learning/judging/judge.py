"""Ask the live model and a candidate the same at one temporary desk."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.engine import Engine
from assistant.learning.errors import LiveOutdatedError
from assistant.learning.evaluation.asking import Examiner
from assistant.learning.evaluation.run import Run
from assistant.learning.evaluation.temporary_desk import open_temporary_desk
from assistant.learning.judging.material import Material, gather
from assistant.learning.judging.result import Result, compare
from assistant.learning.telling import Tell
from assistant.settings import Settings

OPENING, ASKING_LIVE, ASKING_CANDIDATE = "Opening the live model", "Asking the live model", "Asking the candidate"
OPENED = 0.1  # share of the time until the first question is asked


def judge(database: Database, settings: Settings, live: Path, candidate: Path, tell: Tell) -> Result:
    """Judge the model of one archive against that of another; once a process, as `open_temporary_desk`.

    Neither is changed, and nothing is left behind, also when it is interrupted. Raises LiveOutdatedError,
    for the candidate OutdatedModelError, for either DamagedModelError, QuestionFileError, CatalogueFileError.
    """
    from assistant.engine.opening import open_engine
    from assistant.nlu.errors import OutdatedModelError

    started = perf_counter()
    tell(OPENING, 0.0)
    with database.read() as session:
        material = gather(session, settings)
    with ExitStack() as stack:
        try:
            desk = stack.enter_context(open_temporary_desk(settings, live, database))
        except OutdatedModelError as error:
            raise LiveOutdatedError from error
        runs = asyncio.run(ask_both(desk, lambda: open_engine(desk.settings, candidate), material, tell))
    return compare(material, *runs, round(perf_counter() - started, 1))


async def ask_both(
    desk: EnquiryDesk, open_candidate: Callable[[], Engine], material: Material, tell: Tell
) -> tuple[Run, Run]:
    """Ask everything in the same order, each question in a fresh conversation: first its engine, then the candidate."""
    half = (1 - OPENED) / 2
    live = await _ask(desk, material, lambda done: tell(ASKING_LIVE, OPENED + half * done))
    desk.engine = open_candidate()
    candidate = await _ask(desk, material, lambda done: tell(ASKING_CANDIDATE, OPENED + half * (1 + done)))
    return live, candidate


async def _ask(desk: EnquiryDesk, material: Material, tell: Callable[[float], None]) -> Run:
    examination, asked = material.examination, 0
    total = max(1, len(examination))

    def advance() -> None:
        nonlocal asked
        asked += 1
        tell(asked / total)

    tell(0.0)
    return await Examiner.at(desk, material.facts).ask_everything(examination, advance)
