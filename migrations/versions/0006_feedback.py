"""What people said afterwards"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS_BEFORE = "kind IN ('enterprises', 'registrations', 'programme', 'patents')"
KINDS_AFTER = "kind IN ('enterprises', 'registrations', 'programme', 'patents', 'feedback')"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("session_word", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name=op.f("ck_feedback_satisfaction_from_1_to_5")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_feedback_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_feedback_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_feedback_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_feedback_event_id_key")),
    )
    op.create_index(op.f("ix_feedback_person_id"), "feedback", ["person_id"], unique=False)
    op.create_index(op.f("ix_feedback_session_id"), "feedback", ["session_id"], unique=False)
    allow_imports(KINDS_AFTER)


def allow_imports(kinds: str) -> None:
    with op.batch_alter_table("import_batches") as batch:
        batch.drop_constraint(op.f("ck_import_batches_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_import_batches_kind"), kinds)


def downgrade() -> None:
    op.execute(
        "DELETE FROM import_rows WHERE batch_id IN (SELECT id FROM import_batches WHERE NOT ("
        + KINDS_BEFORE
        + "))"
    )
    op.execute("DELETE FROM import_batches WHERE NOT (" + KINDS_BEFORE + ")")
    allow_imports(KINDS_BEFORE)
    op.drop_index(op.f("ix_feedback_session_id"), table_name="feedback")
    op.drop_index(op.f("ix_feedback_person_id"), table_name="feedback")
    op.drop_table("feedback")
