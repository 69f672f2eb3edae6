"""`assistant models`: which there are, which is live, putting another one live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.table import Table

from assistant.cli.console import console, output
from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from assistant.registry.models import Promotion, TrainedModel


@click.group()
def models() -> None:
    """See the trained models, and which of them answers."""


@models.command("list")
@pass_settings
def list_all(settings: Settings) -> None:
    """Show every model, the newest first, and when it was live."""
    from assistant.registry.promotions import list_models, list_promotions

    with opened_database(settings) as database, database.read() as session:
        found, promotions = list_models(session), list_promotions(session)
    if not found:
        output.print("There is none yet. Run 'assistant train'.")
        return
    table = Table("Model", "Trained", "Sentences", "Approved", "Seconds", "Live", box=None, padding=(0, 2, 0, 0))
    for model in found:
        table.add_row(*_row(model), _when_live(model, promotions))
    output.print(table)


@models.command()
@click.argument("name")
@click.option("--reason", default="", help="Why, where judging speaks against it; kept with your name.")
@click.option("--by", "email", help="The address you were added with as staff; needed with --reason.")
@pass_settings
def promote(settings: Settings, name: str, reason: str, email: str | None) -> None:
    """Put a model live. Every server takes it up within seconds, and drops no message.

    One that was live before is rolled back to without judging. A new one must have been judged against the live model,
    and be no worse beyond noise: 'assistant evaluate --against live' judges it.
    """
    from assistant.registry.promotions import get_model
    from assistant.registry.promotions import promote as put_live

    if reason.strip() and not email:
        raise click.UsageError("A reason is kept with a name: give --by too.")
    with opened_database(settings) as database, database.write() as session:
        put_live(session, get_model(session, name), _find_staff(session, email), reason)
    console.print(f"{name} is live. Every server takes it up within seconds.", markup=False)


def _find_staff(session: Session, email: str | None) -> int | None:
    from assistant.staff.accounts import get_staff

    return get_staff(session, email).id if email else None


def _row(model: TrainedModel) -> tuple[str, ...]:
    parameters = model.parameters
    return (
        model.name.removesuffix(".tar.gz"),
        f"{model.trained_at:%d %b %Y %H:%M}",
        str(parameters.get("sentences", "")),
        str(parameters.get("approved_examples", "")),
        f"{model.seconds:.0f}",
    )


def _when_live(model: TrainedModel, promotions: Sequence[Promotion]) -> str:
    if promotions and promotions[0].model_id == model.id:
        return f"since {promotions[0].at:%d %b %H:%M}"
    was = any(promotion.model_id == model.id for promotion in promotions)
    return "before" if was else ""
