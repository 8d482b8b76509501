"""What imports added, and how they read columns"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_additions",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_import_additions_batch_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "table_name", "part", name=op.f("pk_import_additions")),
    )
    op.create_table(
        "import_mappings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mappings")),
        sa.UniqueConstraint("kind", "digest", name=op.f("uq_import_mappings_kind_digest")),
    )
    op.add_column("import_rows", sa.Column("after", sa.JSON(), nullable=True))
    few = sa.text("substitute_for IS NOT NULL")
    op.create_index(
        op.f("ix_registrations_substitute_for"),
        "registrations",
        ["substitute_for"],
        sqlite_where=few,
        postgresql_where=few,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_registrations_substitute_for"), table_name="registrations")
    op.drop_column("import_rows", "after")
    op.drop_table("import_mappings")
    op.drop_table("import_additions")
