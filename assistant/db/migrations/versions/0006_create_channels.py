"""Create what passes between channels and the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the inbox, the outbox of channels, places, and who of the staff somebody there is."""
    op.create_table(
        "inbox",
        sa.Column("twin", sa.String(length=64), nullable=True),
        sa.Column("arrival_encrypted", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=60), nullable=True),
        sa.Column("is_given_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_inbox_channel")),
        sa.UniqueConstraint("channel", "twin", name="uq_inbox_twin"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inbox") as batch_op:
        batch_op.create_index("ix_inbox_lane", ["lane", "next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_next_try_at"), ["next_try_at"], unique=False)
        batch_op.create_index(
            "ix_inbox_undone",
            ["channel"],
            unique=False,
            sqlite_where=sa.text("next_try_at IS NOT NULL OR is_given_up IS 1"),
            postgresql_where=sa.text("next_try_at IS NOT NULL OR is_given_up IS true"),
        )

    op.create_table(
        "slack_install_states",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_slack_install_states")),
    )
    op.create_table(
        "slack_installations",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("installation_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_installations")),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("conversation_id", sa.String(length=43), nullable=False),
        sa.Column("token_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("address_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_places_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
    )
    with op.batch_alter_table("places") as batch_op:
        batch_op.create_index(batch_op.f("ix_places_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "staff_identities",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_identities_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_identities")),
    )
    with op.batch_alter_table("staff_identities") as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_identities_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_link_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_link_codes_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_staff_link_codes")),
    )
    with op.batch_alter_table("staff_link_codes") as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_link_codes_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "posts",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("conversation_id", sa.String(length=43), nullable=True),
        sa.Column("reference", sa.String(length=13), nullable=True),
        sa.Column("address_encrypted", sa.LargeBinary(), nullable=True),
        sa.Column("content_encrypted", sa.LargeBinary(), nullable=True),
        sa.Column("is_unsure", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.String(length=255), nullable=True),
        sa.Column("first_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_as", sa.String(length=255), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=60), nullable=True),
        sa.Column("is_given_up", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_posts_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reference"], ["enquiries.reference"], name=op.f("fk_posts_reference_enquiries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_posts_channel")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("posts") as batch_op:
        batch_op.create_index(batch_op.f("ix_posts_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index("ix_posts_lane", ["lane", "next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_posts_next_try_at"), ["next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_posts_reference"), ["reference"], unique=False)
        batch_op.create_index("ix_posts_sent_as", ["sent_as"], unique=False)
        batch_op.create_index(
            "ix_posts_undone",
            ["channel"],
            unique=False,
            sqlite_where=sa.text("next_try_at IS NOT NULL OR is_given_up IS 1"),
            postgresql_where=sa.text("next_try_at IS NOT NULL OR is_given_up IS true"),
        )

    op.create_table(
        "review_channels",
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_review_channels")),
    )
    op.create_table(
        "review_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("leader", sa.String(length=13), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_review_cards_post_id_posts"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_cards")),
        sa.UniqueConstraint("lane", "group_id", "opening", name=op.f("uq_review_cards_lane")),
    )
    with op.batch_alter_table("review_cards") as batch_op:
        batch_op.create_index(batch_op.f("ix_review_cards_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_cards_post_id"), ["post_id"], unique=False)
    op.add_column("question_groups", sa.Column("others", sa.JSON(), nullable=True))

    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.add_column(sa.Column("post_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_deliveries_post_id_posts"), "posts", ["post_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_deliveries_post_id"), ["post_id"], unique=False)


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_post_id"))
        batch_op.drop_constraint(batch_op.f("fk_deliveries_post_id_posts"), type_="foreignkey")
        batch_op.drop_column("post_id")
    op.drop_column("question_groups", "others")
    for table in (
        "review_cards",
        "review_channels",
        "posts",
        "staff_link_codes",
        "staff_identities",
        "places",
        "slack_installations",
        "slack_install_states",
        "inbox",
    ):
        op.drop_table(table)
