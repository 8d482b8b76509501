"""Groups of enterprises, their English names as they match, contacts with a role"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ENDINGS = ("有限责任公司", "有限公司", "公司")
BRACKETS = str.maketrans("〔〕【】[]", "()()()")
HIDDEN = "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
MAIN = "uq_enterprise_contacts_main"


def upgrade() -> None:
    with op.batch_alter_table("enterprises") as batch:
        batch.add_column(sa.Column("key_en", sa.Text(), nullable=True))
        batch.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_enterprises_group_id"), "enterprises", ["group_id"], ["id"])
        batch.create_check_constraint(op.f("ck_enterprises_group_not_itself"), "group_id <> id")
        batch.create_index(op.f("ix_enterprises_key_en"), ["key_en"])
        batch.create_index(op.f("ix_enterprises_group_id"), ["group_id"])
    op.add_column("enterprise_contacts", sa.Column("role", sa.Text(), nullable=True))
    op.add_column(
        "enterprise_contacts", sa.Column("main", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute(
        "UPDATE enterprise_contacts SET main = true WHERE id = (SELECT first.id FROM enterprise_contacts AS first"
        " WHERE first.enterprise_id = enterprise_contacts.enterprise_id ORDER BY first.id LIMIT 1)"
    )
    where = sa.text("main")
    op.create_index(
        MAIN,
        "enterprise_contacts",
        ["enterprise_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    match_english_names()


def match_english_names() -> None:
    enterprises = sa.table("enterprises", *map(sa.column, ("id", "name_en", "key_en")))
    bind = op.get_bind()
    named = sa.select(enterprises.c.id, enterprises.c.name_en).where(enterprises.c.name_en.is_not(None))
    for row in bind.execute(named).all():
        own = enterprises.c.id == row.id
        bind.execute(sa.update(enterprises).where(own).values(key_en=key_of(row.name_en)))


def key_of(name: str) -> str:
    seen = "".join(
        char for char in name if char not in HIDDEN and unicodedata.category(char) not in ("Cc", "Cs")
    )
    key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", seen)).casefold().translate(BRACKETS)
    for ending in ENDINGS:
        if key.endswith(ending) and len(key) > len(ending):
            return key.removesuffix(ending)
    return key


def downgrade() -> None:
    op.drop_index(MAIN, table_name="enterprise_contacts")
    with op.batch_alter_table("enterprise_contacts") as batch:
        batch.drop_column("main")
        batch.drop_column("role")
    with op.batch_alter_table("enterprises") as batch:
        batch.drop_index(op.f("ix_enterprises_group_id"))
        batch.drop_index(op.f("ix_enterprises_key_en"))
        batch.drop_constraint(op.f("ck_enterprises_group_not_itself"), type_="check")
        batch.drop_constraint(op.f("fk_enterprises_group_id"), type_="foreignkey")
        batch.drop_column("group_id")
        batch.drop_column("key_en")
