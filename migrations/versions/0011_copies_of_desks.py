"""Copies of desks, and the conflicts found when they come back"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = (
    *("two_entries", "cancelled_meanwhile", "blocked_meanwhile", "no_place", "over_capacity"),
    *("walk_in_twice", "unknown_badge", "badge_twice", "clock_skew"),
)
REFERS = {
    "event_id": "events",
    "checkpoint_id": "checkpoints",
    "registration_id": "registrations",
    "person_id": "people",
    "other_id": "people",
    "badge_id": "badges",
    "first_scan_id": "scans",
    "second_scan_id": "scans",
    "copy_id": "copies",
}
NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s"}
OF_COPY = sa.text("copy_id IS NOT NULL")


def words(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "copies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lease", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lease"], ["leases.number"], name=op.f("fk_copies_lease")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
        sa.UniqueConstraint("lease", name=op.f("uq_copies_lease")),
    )
    op.create_table(
        "conflicts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", words("kind", *KINDS), nullable=False),
        sa.Column("status", words("status", "open", "settled"), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=True) for name in REFERS),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", words("how", "first", "second", "both"), nullable=True),
        sa.Column("operator", sa.String(length=120), nullable=True),
        sa.Column("desk", sa.String(length=120), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status = 'settled') = (settled_at IS NOT NULL)", name=op.f("ck_conflicts_settled_with_a_time")
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_conflicts_{name}"))
            for name, table in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflicts")),
        sa.UniqueConstraint("key", name=op.f("uq_conflicts_key")),
    )
    op.create_index(op.f("ix_conflicts_status_event_id"), "conflicts", ["status", "event_id"])
    op.create_index(op.f("ix_conflicts_registration_id"), "conflicts", ["registration_id"])
    op.add_column("workspaces", sa.Column("secret", sa.LargeBinary(), nullable=True))
    for table in ("workspaces", "scans"):
        refers = sa.ForeignKey("copies.id", name=op.f(f"fk_{table}_copy_id"))
        # SQLite would write the whole log anew for a named constraint.
        inline = op.get_bind().dialect.name == "sqlite"
        op.add_column(table, sa.Column("copy_id", sa.Uuid(), refers, nullable=True), inline_references=inline)
    op.create_index(
        op.f("ix_scans_copy_id"), "scans", ["copy_id"], sqlite_where=OF_COPY, postgresql_where=OF_COPY
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_scans_copy_id"), table_name="scans")
    op.drop_table("conflicts")
    for table in ("scans", "workspaces"):
        with op.batch_alter_table(table, naming_convention=NAMES) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_copy_id"), type_="foreignkey")
            batch.drop_column("copy_id")
    with op.batch_alter_table("workspaces") as batch:
        batch.drop_column("secret")
    op.drop_table("copies")
