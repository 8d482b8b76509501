"""Print runs and their badges; whose a badge was before a blank took its place"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("badges") as batch:
        batch.add_column(sa.Column("former_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_badges_former_id"), "people", ["former_id"], ["id"])
    op.create_table(
        "print_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("layout", sa.String(length=80), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("next_page", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("held_from", sa.Integer(), nullable=True),
        sa.Column("held_job", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_print_runs_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_runs")),
    )
    op.create_index(op.f("ix_print_runs_event_id"), "print_runs", ["event_id"])
    op.create_table(
        "print_run_badges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["print_runs.id"], name=op.f("fk_print_run_badges_run_id")),
        sa.ForeignKeyConstraint(["badge_id"], ["badges.id"], name=op.f("fk_print_run_badges_badge_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_print_run_badges_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run_badges")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_print_run_badges_run_id_position")),
    )


def downgrade() -> None:
    op.drop_table("print_run_badges")
    op.drop_index(op.f("ix_print_runs_event_id"), table_name="print_runs")
    op.drop_table("print_runs")
    with op.batch_alter_table("badges") as batch:
        batch.drop_constraint(op.f("fk_badges_former_id"), type_="foreignkey")
        batch.drop_column("former_id")
