"""`assistant evaluate --against`: judge a model against another one, as the gate does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.cli.console import console, output
from assistant.errors import AssistantError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.db.engine import Database
    from assistant.learning.judging.result import Result
    from assistant.learning.telling import Tell
    from assistant.registry.models import TrainedModel

LIVE = "live"


class NothingToJudgeError(AssistantError):
    """There is no model that could be judged."""


class WorseError(AssistantError):
    """The model is worse beyond noise. What was found was shown before this is raised."""


def judge_with_progress(settings: Settings, database: Database, against: str, name: str | None) -> Result:
    """Judge the model of this name, or the newest but the live one. Against the live one, it is kept for the gate.

    Raises ModelNotFoundError, NoModelError, NothingToJudgeError, and what `judge` raises.
    """
    from assistant.learning.judging.judge import judge
    from assistant.learning.judging.keeping import judge_against_live
    from assistant.learning.judging.result import Result
    from assistant.registry.promotions import get_model
    from assistant.registry.store import open_store

    with database.read() as session:
        other = None if against == LIVE else get_model(session, against)
        model = get_model(session, name) if name else _find_newest(database)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Judging", total=1.0)
        tell: Tell = lambda stage, done: progress.update(task, description=stage, completed=done)  # noqa: E731
        if other is None:
            return Result.model_validate(judge_against_live(database, settings, model, tell).result)
        store = open_store(settings)
        archives = [store.fetch(each.name, each.sha256) for each in (other, model)]
        return judge(database, settings, archives[0], archives[1], tell)


def show(result: Result, *, as_json: bool) -> None:
    """Print what was found."""
    from assistant.learning.judging.terminal import show_result

    if as_json:
        output.print_json(result.model_dump_json())
    else:
        output.print(show_result(result))


def refuse_worse(result: Result) -> None:
    """Raise WorseError when it is."""
    if result.is_worse:
        raise WorseError("\n".join([f"{result.candidate} is worse than {result.live}.", *result.why]))


def _find_newest(database: Database) -> TrainedModel:
    """The newest model that is not live."""
    from assistant.registry.promotions import find_live, list_models

    with database.read() as session:
        live = find_live(session)
        others = [model for model in list_models(session) if live is None or model.id != live.model_id]
    if not others:
        raise NothingToJudgeError("There is no model but the live one. Run 'assistant train'.")
    return others[0]
