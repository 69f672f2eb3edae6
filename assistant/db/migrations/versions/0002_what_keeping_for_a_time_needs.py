"""What keeping for a time needs: when follow-ups were closed, words kept by consent, and when was purged."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# PostgreSQL's statistics hold samples of what columns contain, and an erasure does not reach them.
PRIVATE_COLUMNS = {
    "conversations": ("draft",),
    "dialogue_states": ("events",),
    "enquiries": ("text",),
    "follow_ups": ("name_encrypted", "email_encrypted", "words_encrypted"),
    "messages": ("text", "payload"),
}


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "purges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purges")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("words_encrypted", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("words_consent_at", sa.DateTime(timezone=True), nullable=True))
    # When these were closed is not known; the earliest moment keeps their contact details for the shortest time.
    op.execute("UPDATE follow_ups SET closed_at = consent_at WHERE state <> 'open'")
    _collect_statistics(0)


def downgrade() -> None:
    """Drop them again."""
    _collect_statistics(-1)
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_column("words_consent_at")
        batch_op.drop_column("words_encrypted")
        batch_op.drop_column("closed_at")
    op.drop_table("purges")


def _collect_statistics(size: int) -> None:
    """Have PostgreSQL sample the private columns to this size: 0 is never, -1 as any other column."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in PRIVATE_COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {size}")
