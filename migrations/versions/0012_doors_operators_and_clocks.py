"""Doors for chosen enterprises, operators with roles, who allowed an override, clocks of desks"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _doors()
    op.add_column("scans", sa.Column("allowed_by", sa.String(length=120), nullable=True))
    _operators()
    _clocks()


def _doors() -> None:
    op.add_column("checkpoints", sa.Column("labels", sa.JSON(), server_default="[]", nullable=False))
    for table, other, column in (
        ("checkpoint_enterprises", "enterprises", "enterprise_id"),
        ("checkpoint_industries", "industries", "industry_id"),
    ):
        op.create_table(
            table,
            sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
            sa.Column(column, sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(
                ["checkpoint_id"],
                ["checkpoints.id"],
                name=op.f(f"fk_{table}_checkpoint_id"),
                ondelete="CASCADE",
            ),
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("checkpoint_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _operators() -> None:
    op.create_table(
        "operators",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "desk",
                "supervisor",
                "organizer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("pin", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_operators_failures_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operators")),
        sa.UniqueConstraint("key", name=op.f("uq_operators_key")),
    )


def _clocks() -> None:
    op.create_table(
        "clock_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column(
            "source",
            sa.Enum("server", "log", name="source", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("behind_ms", sa.BigInteger(), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_checks")),
    )
    op.create_index(op.f("ix_clock_checks_run_id"), "clock_checks", ["run_id"])


def downgrade() -> None:
    for table in ("clock_checks", "operators", "checkpoint_industries", "checkpoint_enterprises"):
        op.drop_table(table)
    with op.batch_alter_table("scans") as batch:
        batch.drop_column("allowed_by")
    with op.batch_alter_table("checkpoints") as batch:
        batch.drop_column("labels")
