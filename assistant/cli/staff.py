"""`assistant staff`: who may use the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.table import Table

from assistant.cli.console import console, output
from assistant.cli.setup import opened_database, pass_settings
from assistant.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ROLES = click.Choice(["reviewer", "editor", "admin"])
WHAT = click.Choice(["password", "second-factor", "provider"])


@click.group()
def staff() -> None:
    """Who may use the console, and as what."""


@staff.command()
@click.argument("email")
@click.option("--name", required=True, help="How colleagues see them.")
@click.option("--role", type=ROLES, required=True, help="Each may do what those before it may.")
@click.option("--without-password", is_flag=True, help="They sign in with the organisation's provider only.")
@pass_settings
def add(settings: Settings, email: str, name: str, role: str, without_password: bool) -> None:
    """Add EMAIL, or give access again to who had it.

    Prints a password, once. It has to be changed at the first sign-in, within seven days.
    """
    from assistant.db.base import now
    from assistant.staff.accounts import add_staff
    from assistant.staff.roles import Role

    with _writing(settings) as session:
        password = add_staff(session, email, name, Role(role), now(), None, with_password=not without_password)
    console.print(f"Added {email} as {role}.", markup=False)
    _tell(password)


@staff.command("list")
@pass_settings
def list_(settings: Settings) -> None:
    """List everybody, those whose access has ended too."""
    from assistant.staff.accounts import list_staff

    table = Table("e-mail", "name", "role", "access", "second factor", "last signed in", box=None)
    with opened_database(settings) as database, database.read() as session:
        for each in list_staff(session):
            access = "yes" if each.is_active else "ended"
            second = "set up" if each.second_factor_at else "with the provider" if each.subject else "not yet"
            last = f"{each.signed_in_at:%Y-%m-%d %H:%M} UTC" if each.signed_in_at else "never"
            table.add_row(each.email, each.name, each.role, access, second, last)
    output.print(table)


@staff.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@pass_settings
def role(settings: Settings, email: str, role: str) -> None:
    """Give EMAIL another ROLE. They are signed out everywhere."""
    from assistant.staff.accounts import change_role, get_staff
    from assistant.staff.roles import Role

    with _writing(settings) as session:
        change_role(session, get_staff(session, email), Role(role), None)
    console.print(f"{email} is {role} now.", markup=False)


@staff.command()
@click.argument("email")
@pass_settings
def end(settings: Settings, email: str) -> None:
    """End the access of EMAIL. They are signed out everywhere; what they decided keeps their name."""
    from assistant.staff.accounts import end_access, get_staff

    with _writing(settings) as session:
        end_access(session, get_staff(session, email), None)
    console.print(f"The access of {email} has ended.", markup=False)


@staff.command()
@click.argument("email")
@click.argument("what", type=WHAT, default="password")
@pass_settings
def reset(settings: Settings, email: str, what: str) -> None:
    """Have EMAIL begin again with the password, the second-factor, or the provider.

    A new password is printed, once. They are signed out everywhere.
    """
    from assistant.db.base import now
    from assistant.staff import accounts

    password = None
    with _writing(settings) as session:
        person = accounts.get_staff(session, email)
        if what == "password":
            password = accounts.reset_password(session, person, now(), None)
        elif what == "second-factor":
            accounts.reset_second_factor(session, person, None)
        else:
            accounts.reset_provider(session, person, None)
    console.print(f"Reset for {email}: {what}.", markup=False)
    _tell(password)


@contextmanager
def _writing(settings: Settings) -> Iterator[Session]:
    with opened_database(settings) as database, database.write() as session:
        yield session


def _tell(password: str | None) -> None:
    if password is None:
        return
    console.print("Give them this password in person or by telephone. It is not shown again.")
    click.echo(password)
