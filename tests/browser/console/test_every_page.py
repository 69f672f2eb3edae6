"""What holds for every page of the console: no barrier that axe-core finds, nothing cut off in a little window."""

import pytest

from assistant.staff.roles import Role
from tests.browser.console.conftest import Open
from tests.support.axe import violations
from tests.support.windows import WINDOWS

# An address of each kind of page that needs nothing in the database; the others are judged in tests of their own.
PATHS = [
    "/staff/account",
    "/staff/account/password",
    "/staff/account/second-factor",
    "/staff/account/recovery-codes",
    "/staff/account/channels",
    "/staff/accounts",
    "/staff/accounts/1",
    "/staff/accounts/add",
    "/staff/queue",
    "/staff/examples",
    "/staff/models",
    "/staff/models/history",
    "/staff/models/runs",
    "/staff/catalogue",
    "/staff/catalogue/due",
    "/staff/catalogue/health",
    "/staff/catalogue/offers/lfhii",
    "/staff/catalogue/offers/lfhii/edit",
    "/staff/catalogue/offers/new",
    "/staff/catalogue/people/habib-naqvi",
    "/staff/catalogue/topics/approach/edit",
    "/staff/catalogue/contacts/edi",
    "/staff/catalogue/contacts/edi/edit",
    "/staff/catalogue/signposts/samaritans",
    "/staff/catalogue/signposts/samaritans/edit",
    "/staff/figures",
    "/staff/figures/take-out",
    "/staff/channels",
    "/staff/record",
    "/staff/record/check",
]


@pytest.mark.parametrize("path", PATHS)
def test_it_has_no_barrier(open_console: Open, path: str) -> None:
    page = open_console(path, Role.ADMIN)
    for width, height in WINDOWS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
