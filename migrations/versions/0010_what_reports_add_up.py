"""What reports add up of the log"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_COUNTED = sa.text("verdict = 'accepted' AND kind != 'annulment'")
_MARK = sa.text("kind = 'mark'")


def upgrade() -> None:
    op.create_index(
        "ix_scans_counted",
        "scans",
        [
            *("registration_id", "checkpoint_id", "device_at", "received_at", "sequence", "id"),
            *("direction", "verdict", "kind"),
        ],
        sqlite_where=_COUNTED,
        postgresql_where=_COUNTED,
    )
    op.create_index("ix_scans_marks", "scans", ["checkpoint_id"], sqlite_where=_MARK, postgresql_where=_MARK)


def downgrade() -> None:
    op.drop_index("ix_scans_marks", table_name="scans")
    op.drop_index("ix_scans_counted", table_name="scans")
