"""What organizers write for the report"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXTS = ("background", "preparation", "effect", "problems", "next_steps")
PLACE = "(week_id IS NULL) <> (event_id IS NULL)"


def words(name: str) -> list[sa.Column]:
    return [sa.Column(f"{name}_{tongue}", sa.Text(), nullable=True) for tongue in ("zh", "en")]


def place(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("week_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name=op.f(f"fk_{table}_week_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f(f"fk_{table}_event_id")),
        sa.CheckConstraint(PLACE, name=op.f(f"ck_{table}_week_or_event")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.create_table(
        "report_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        *[column for text in TEXTS for column in words(text)],
        sa.Column("invited", sa.Integer(), nullable=True),
        *words("signed_by"),
        *place("report_notes"),
        sa.CheckConstraint("invited >= 0", name=op.f("ck_report_notes_invited_not_negative")),
        sa.UniqueConstraint("week_id", name=op.f("uq_report_notes_week_id")),
        sa.UniqueConstraint("event_id", name=op.f("uq_report_notes_event_id")),
    )
    op.create_table(
        "coverage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        *words("outlet"),
        *words("title"),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        *place("coverage"),
        sa.UniqueConstraint("code", name=op.f("uq_coverage_code")),
    )
    op.create_table(
        "photographs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        *words("caption"),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        *place("photographs"),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_photographs_has_pixels")),
        sa.UniqueConstraint("code", name=op.f("uq_photographs_code")),
    )
    for table in ("coverage", "photographs"):
        for column in ("week_id", "event_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    op.create_table(
        "photograph_contents",
        sa.Column("photograph_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"], ["photographs.id"], name=op.f("fk_photograph_contents_photograph_id")
        ),
        sa.PrimaryKeyConstraint("photograph_id", name=op.f("pk_photograph_contents")),
    )


def downgrade() -> None:
    op.drop_table("photograph_contents")
    for table in ("photographs", "coverage"):
        for column in ("week_id", "event_id"):
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)
    op.drop_table("report_notes")
