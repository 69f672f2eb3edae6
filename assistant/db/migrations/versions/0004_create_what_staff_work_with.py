"""Create what staff work with: accounts, the record of acts, groups, decisions, revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The record of acts is only added to, whoever is connected.
SQLITE = tuple(
    f"CREATE TRIGGER audit_entries_no_{act} BEFORE {act} ON audit_entries "
    "BEGIN SELECT RAISE(ABORT, 'The record of acts is only added to.'); END"
    for act in ("update", "delete")
) + (
    # INSERT OR REPLACE deletes without asking the trigger above.
    "CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries "
    "WHEN EXISTS (SELECT 1 FROM audit_entries WHERE number = NEW.number) "
    "BEGIN SELECT RAISE(ABORT, 'The record of acts is only added to.'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION refuse_change_of_audit_entries() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'The record of acts is only added to.'; END $$",
    "CREATE TRIGGER audit_entries_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_entries()",
    # Words of questions are searched for; see assistant/review.
    "CREATE INDEX ix_enquiries_words ON enquiries USING gin (to_tsvector('english', text))",
    # For the same reason as in 0002.
    "ALTER TABLE staff ALTER COLUMN second_factor SET STATISTICS 0",
    "ALTER TABLE question_groups ALTER COLUMN vector SET STATISTICS 0",
)

FILL = {
    dialect: (
        "INSERT INTO enquiry_offers (reference, slug, received_at, outcome, useful) "
        f"SELECT DISTINCT e.reference, shown.value, e.received_at, e.outcome, e.useful FROM enquiries e, {each} "
        "WHERE e.outcome IS NOT NULL"
    )
    for dialect, each in {
        "sqlite": "json_each(e.offers) shown",
        "postgresql": "json_array_elements_text(e.offers) shown(value)",
    }.items()
}


def upgrade() -> None:
    """Create it."""
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_act"), ["act"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_subject"), ["subject"], unique=False)

    op.create_table(
        "counted_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_counted_days")),
    )
    op.create_table(
        "daily_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "measure", "value", name=op.f("pk_daily_counts")),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
    )
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digests_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempts_account", ["account_hash", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempts_address", ["address_hash", "at"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("password_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("second_factor", sa.LargeBinary(), nullable=True),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("subject", name=op.f("uq_staff_subject")),
    )
    op.create_table(
        "effects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("covers", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_effects_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effects")),
    )
    op.create_table(
        "question_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("leader", sa.String(length=13), nullable=True),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("closed_as", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("askers", sa.Integer(), nullable=False),
        sa.Column("enquiries", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Integer(), nullable=False),
        sa.Column("not_useful", sa.Integer(), nullable=False),
        sa.Column("handoffs", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=150), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("judged_by", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["staff.id"], name=op.f("fk_question_groups_assignee_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_groups")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("question_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_groups_assignee_id"), ["assignee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_groups_judged_by"), ["judged_by"], unique=False)
        batch_op.create_index("ix_question_groups_newest", ["state", "last_at", "id"], unique=False)
        batch_op.create_index("ix_question_groups_queue", ["state", "askers", "last_at", "id"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_recovery_codes_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_codes_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_revisions_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.create_index("ix_revisions_entry", ["kind", "slug", "id"], unique=False)
        batch_op.create_index(
            "ix_revisions_draft",
            ["kind", "slug"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )

    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_sessions_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_sessions")),
    )
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_sessions_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=150), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("enquiries", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["question_groups.id"], name=op.f("fk_decisions_group_id_question_groups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_decisions_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_group_id"), ["group_id"], unique=False)

    op.create_table(
        "queued_enquiries",
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closeness", sa.Float(), nullable=True),
        sa.Column("is_sorted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["question_groups.id"],
            name=op.f("fk_queued_enquiries_group_id_question_groups"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["enquiries.reference"],
            name=op.f("fk_queued_enquiries_reference_enquiries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_queued_enquiries")),
    )
    with op.batch_alter_table("queued_enquiries", schema=None) as batch_op:
        batch_op.create_index("ix_queued_enquiries_group", ["group_id", "received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_queued_enquiries_is_sorted"), ["is_sorted"], unique=False)

    op.create_table(
        "written_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_written_answers_decision_id_decisions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_answers")),
    )
    with op.batch_alter_table("written_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_written_answers_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["written_answers.id"],
            name=op.f("fk_deliveries_answer_id_written_answers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["outbox.id"], name=op.f("fk_deliveries_letter_id_outbox"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reference"], ["enquiries.reference"], name=op.f("fk_deliveries_reference_enquiries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", "reference", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_reference"), ["reference"], unique=False)

    op.create_table(
        "enquiry_offers",
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["enquiries.reference"],
            name=op.f("fk_enquiry_offers_reference_enquiries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference", "slug", name=op.f("pk_enquiry_offers")),
    )
    with op.batch_alter_table("enquiry_offers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enquiry_offers_health", ["slug", "received_at", "outcome", "useful"], unique=False
        )
    # What was answered before counts as well.
    op.execute(FILL[op.get_bind().dialect.name])

    op.add_column("contacts", sa.Column("verified_on", sa.Date(), nullable=True))

    with op.batch_alter_table("examples", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=20), nullable=False, server_default="approved"))
        batch_op.add_column(sa.Column("staff_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_examples_staff_id_staff"), "staff", ["staff_id"], ["id"], ondelete="SET NULL"
        )
    # What stood there before was approved; what comes says so itself.
    with op.batch_alter_table("examples", schema=None) as batch_op:
        batch_op.alter_column("state", existing_type=sa.String(length=20), server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL:
            op.execute(statement)
    else:
        for statement in SQLITE:
            op.execute(statement)


def downgrade() -> None:
    """Drop it again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_enquiries_words")
        op.execute("DROP TRIGGER audit_entries_only_added ON audit_entries")
        op.execute("DROP FUNCTION refuse_change_of_audit_entries")
    with op.batch_alter_table("examples", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_examples_staff_id_staff"), type_="foreignkey")
        batch_op.drop_column("approved_at")
        batch_op.drop_column("staff_id")
        batch_op.drop_column("state")

    # Not in a batch, which would make the table anew: offers hang on its rows.
    op.drop_column("contacts", "verified_on")

    with op.batch_alter_table("enquiry_offers", schema=None) as batch_op:
        batch_op.drop_index("ix_enquiry_offers_health")

    op.drop_table("enquiry_offers")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_reference"))

    op.drop_table("deliveries")
    with op.batch_alter_table("written_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_written_answers_decision_id"))

    op.drop_table("written_answers")
    with op.batch_alter_table("queued_enquiries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queued_enquiries_is_sorted"))
        batch_op.drop_index("ix_queued_enquiries_group")

    op.drop_table("queued_enquiries")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_group_id"))
        batch_op.drop_index(batch_op.f("ix_decisions_at"))

    op.drop_table("decisions")
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_sessions_staff_id"))

    op.drop_table("staff_sessions")
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.drop_index("ix_revisions_draft")
        batch_op.drop_index("ix_revisions_entry")

    op.drop_table("revisions")
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_codes_staff_id"))

    op.drop_table("recovery_codes")
    with op.batch_alter_table("question_groups", schema=None) as batch_op:
        batch_op.drop_index("ix_question_groups_queue")
        batch_op.drop_index("ix_question_groups_newest")
        batch_op.drop_index(batch_op.f("ix_question_groups_judged_by"))
        batch_op.drop_index(batch_op.f("ix_question_groups_assignee_id"))

    op.drop_table("question_groups")
    op.drop_table("effects")
    op.drop_table("staff")
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempts_address")
        batch_op.drop_index("ix_sign_in_attempts_account")

    op.drop_table("sign_in_attempts")
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digests_sent_at"))

    op.drop_table("digests")
    op.drop_table("daily_counts")
    op.drop_table("counted_days")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_act"))

    op.drop_table("audit_entries")
