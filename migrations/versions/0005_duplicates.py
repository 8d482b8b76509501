"""Duplicates: what was merged, how it was before, and what are two"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MERGED = ("people", "enterprises")


def kind() -> sa.Enum:
    return sa.Enum("people", "enterprises", name="kind", native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind(), nullable=False),
        sa.Column("keep_id", sa.Uuid(), nullable=False),
        sa.Column("drop_id", sa.Uuid(), nullable=False),
        sa.Column("dependants", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_drop_id"), "merges", ["drop_id"], unique=False)
    op.create_index(op.f("ix_merges_keep_id"), "merges", ["keep_id"], unique=False)
    op.create_table(
        "merge_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "changed",
                "added",
                "removed",
                "counted",
                name="change",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("key", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["merge_id"], ["merges.id"], name=op.f("fk_merge_rows_merge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_rows")),
        sa.UniqueConstraint("merge_id", "position", name=op.f("uq_merge_rows_merge_id_position")),
    )
    op.create_index(op.f("ix_merge_rows_record_id"), "merge_rows", ["record_id"], unique=False)
    op.create_table(
        "distinct_pairs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_pairs")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_distinct_pairs_first_id_second_id")),
    )
    op.create_index(op.f("ix_distinct_pairs_second_id"), "distinct_pairs", ["second_id"], unique=False)
    for table in MERGED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("merged_into", sa.Uuid(), nullable=True))
            batch.create_index(op.f(f"ix_{table}_merged_into"), ["merged_into"], unique=False)
            batch.create_foreign_key(op.f(f"fk_{table}_merged_into"), table, ["merged_into"], ["id"])


def downgrade() -> None:
    for table in MERGED:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_merged_into"), type_="foreignkey")
            batch.drop_index(op.f(f"ix_{table}_merged_into"))
            batch.drop_column("merged_into")
    op.drop_index(op.f("ix_distinct_pairs_second_id"), table_name="distinct_pairs")
    op.drop_table("distinct_pairs")
    op.drop_index(op.f("ix_merge_rows_record_id"), table_name="merge_rows")
    op.drop_table("merge_rows")
    op.drop_index(op.f("ix_merges_keep_id"), table_name="merges")
    op.drop_index(op.f("ix_merges_drop_id"), table_name="merges")
    op.drop_table("merges")
