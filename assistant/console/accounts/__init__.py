"""Pages of signing in, of the own account, and of everybody's accounts."""

from fastapi import APIRouter

from assistant.console.accounts import entrance, own_account, provider, set_up, staff_accounts

ROUTERS: tuple[APIRouter, ...] = (
    entrance.router,
    provider.router,
    set_up.router,
    own_account.router,
    staff_accounts.router,
)
