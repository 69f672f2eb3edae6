"""What each role may do. Every page of the console names the permission it needs (assistant/console/access.py)."""

from enum import StrEnum


class Permission(StrEnum):
    """Something that not everybody may do."""

    OWN_ACCOUNT = "own_account"
    """See to the own account: password, second factor, signing out."""
    REVIEW = "review"
    """See the queue and decide on what stands in it."""
    REVEAL = "reveal"
    """Read what an asker let us keep of racism they told of; recorded, with a reason."""
    REPORT = "report"
    """See the dashboards and the health of offers."""
    EXPORT = "export"
    """Take figures and questions out of the console as files."""
    EDIT = "edit"
    """Change the catalogue: offers, people, topics, contacts, signposts."""
    MODELS = "models"
    """Train models, and put them live."""
    AUDIT = "audit"
    """Read the record of what staff did."""
    ACCOUNTS = "accounts"
    """Add staff, change their roles, and end their access."""


class Role(StrEnum):
    """What a member of staff is trusted with. Each role may do what those before it may."""

    REVIEWER = "reviewer"
    """Answers questions."""
    EDITOR = "editor"
    """Keeps the catalogue right and the model in training as well."""
    ADMIN = "admin"
    """Sees to staff and the record of their acts as well."""


_REVIEWER = {Permission.OWN_ACCOUNT, Permission.REVIEW, Permission.REVEAL, Permission.REPORT}
_EDITOR = _REVIEWER | {Permission.EDIT, Permission.EXPORT, Permission.MODELS}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REVIEWER: frozenset(_REVIEWER),
    Role.EDITOR: frozenset(_EDITOR),
    Role.ADMIN: frozenset(_EDITOR | {Permission.AUDIT, Permission.ACCOUNTS}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether somebody of this role may do this."""
    return permission in PERMISSIONS[Role(role)]
