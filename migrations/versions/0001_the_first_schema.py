"""The first schema"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("record_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("values_digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("run_id", "sequence", name=op.f("uq_audit_entries_run_id_sequence")),
    )
    op.create_index(op.f("ix_audit_entries_record_id"), "audit_entries", ["record_id"], unique=False)

    op.create_table(
        "enterprises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("short_name", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=True),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quota >= 0", name=op.f("ck_enterprises_quota_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprises")),
        sa.UniqueConstraint("code", name=op.f("uq_enterprises_code")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_enterprises_credit_code")),
    )
    op.create_index(op.f("ix_enterprises_key"), "enterprises", ["key"], unique=False)

    op.create_table(
        "industries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("standard_codes", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industries")),
        sa.UniqueConstraint("code", name=op.f("uq_industries_code")),
    )
    op.create_table(
        "leases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("next_counter", sa.Integer(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("next_counter BETWEEN 0 AND 1000000", name=op.f("ck_leases_counter_six_digits")),
        sa.CheckConstraint("number BETWEEN 0 AND 9999", name=op.f("ck_leases_number_four_digits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leases")),
        sa.UniqueConstraint("number", name=op.f("uq_leases_number")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("publisher_zh", sa.Text(), nullable=True),
        sa.Column("publisher_en", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("code", name=op.f("uq_sources_code")),
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("code", name=op.f("uq_speakers_code")),
    )
    op.create_table(
        "venues",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venues")),
        sa.UniqueConstraint("code", name=op.f("uq_venues_code")),
    )
    op.create_table(
        "weeks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("city_zh", sa.Text(), nullable=True),
        sa.Column("city_en", sa.Text(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("theme_zh", sa.Text(), nullable=True),
        sa.Column("theme_en", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_weeks_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weeks")),
        sa.UniqueConstraint("code", name=op.f("uq_weeks_code")),
    )
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "audit_values",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name=op.f("fk_audit_values_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_values")),
    )
    op.create_table(
        "badge_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("week_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("key_id BETWEEN 0 AND 9", name=op.f("ck_badge_keys_key_id_one_digit")),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name=op.f("fk_badge_keys_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_keys")),
        sa.UniqueConstraint("week_id", "key_id", name=op.f("uq_badge_keys_week_id_key_id")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_documents_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("code", name=op.f("uq_documents_code")),
    )
    op.create_table(
        "enterprise_aliases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_enterprise_aliases_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_aliases")),
        sa.UniqueConstraint("enterprise_id", "key", name=op.f("uq_enterprise_aliases_enterprise_id_key")),
    )
    op.create_index(op.f("ix_enterprise_aliases_key"), "enterprise_aliases", ["key"], unique=False)

    op.create_table(
        "enterprise_contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_enterprise_contacts_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_contacts")),
    )
    op.create_index(
        op.f("ix_enterprise_contacts_enterprise_id"), "enterprise_contacts", ["enterprise_id"], unique=False
    )

    op.create_table(
        "enterprise_industries",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("industry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_enterprise_industries_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"], ["industries.id"], name=op.f("fk_enterprise_industries_industry_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "industry_id", name=op.f("pk_enterprise_industries")),
    )
    op.create_index(
        op.f("ix_enterprise_industries_industry_id"), "enterprise_industries", ["industry_id"], unique=False
    )

    op.create_table(
        "enterprise_labels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column(
            "label",
            sa.Enum(
                "high_tech",
                "specialised",
                "little_giant",
                "ip_demonstration",
                "ip_advantage",
                "ip_management",
                name="label",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_enterprise_labels_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_labels")),
        sa.UniqueConstraint("enterprise_id", "label", name=op.f("uq_enterprise_labels_enterprise_id_label")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("week_id", sa.Uuid(), nullable=False),
        sa.Column(
            "membership",
            sa.Enum(
                "stated",
                "not_stated",
                name="membership",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "release",
                "exchange",
                "case_analysis",
                "training",
                "panel",
                "ceremony",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("venue_id", sa.Uuid(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=True),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "open",
                "closed",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("host", sa.Text(), nullable=True),
        sa.Column("organizer", sa.Text(), nullable=True),
        sa.Column("co_organizer", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_events_capacity_not_negative")),
        sa.CheckConstraint("end_day >= start_day", name=op.f("ck_events_ends_after_start")),
        sa.CheckConstraint("grace_minutes >= 0", name=op.f("ck_events_grace_minutes_not_negative")),
        sa.CheckConstraint(
            "start_time IS NULL OR start_day IS NOT NULL", name=op.f("ck_events_time_has_day")
        ),
        sa.CheckConstraint("taken <= capacity", name=op.f("ck_events_within_capacity")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_events_taken_not_negative")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_events_venue_id")),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name=op.f("fk_events_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("code", name=op.f("uq_events_code")),
    )
    op.create_index(op.f("ix_events_week_id"), "events", ["week_id"], unique=False)

    op.create_table(
        "indicators",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("week_id", sa.Uuid(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column(
            "better",
            sa.Enum("higher", "lower", name="better", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name=op.f("fk_indicators_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("code", name=op.f("uq_indicators_code")),
    )
    op.create_index(op.f("ix_indicators_week_id"), "indicators", ["week_id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_latin", sa.Text(), nullable=True),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.String(length=40), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retain_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprises.id"], name=op.f("fk_people_enterprise_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_enterprise_id"), "people", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_people_name"), "people", ["name"], unique=False)
    op.create_index(op.f("ix_people_phone"), "people", ["phone"], unique=False)
    op.create_index(op.f("ix_people_sort_key_id"), "people", ["sort_key", "id"], unique=False)

    op.create_table(
        "results",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("industry_id", sa.Uuid(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "released",
                "superseded",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("cut_off", sa.Date(), nullable=True),
        sa.Column("search_query", sa.Text(), nullable=True),
        sa.Column("databases", sa.JSON(), nullable=False),
        sa.Column("commissioned_by", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=True),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cut_off <= released_on", name=op.f("ck_results_cut_off_before_release")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_results_version_from_one")),
        sa.ForeignKeyConstraint(["industry_id"], ["industries.id"], name=op.f("fk_results_industry_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["results.id"], name=op.f("fk_results_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results")),
        sa.UniqueConstraint("code", name=op.f("uq_results_code")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_results_supersedes_id")),
    )
    op.create_index(op.f("ix_results_industry_id"), "results", ["industry_id"], unique=False)

    op.create_table(
        "rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_rooms_capacity_not_negative")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_rooms_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("code", name=op.f("uq_rooms_code")),
    )
    op.create_index(op.f("ix_rooms_venue_id"), "rooms", ["venue_id"], unique=False)

    op.create_table(
        "badges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("week_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("issue BETWEEN 1 AND 99", name=op.f("ck_badges_issue_two_digits")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_badges_person_id")),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name=op.f("fk_badges_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badges")),
        sa.UniqueConstraint("number", name=op.f("uq_badges_number")),
        sa.UniqueConstraint("week_id", "person_id", name=op.f("uq_badges_week_id_person_id")),
    )
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "enterprises",
                "registrations",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_import_batches_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
    )
    op.create_table(
        "indicator_values",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "actual",
                "target",
                "baseline",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column(
            "comparator",
            sa.Enum(
                "=",
                ">",
                ">=",
                "~",
                "<",
                "<=",
                name="comparator",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("read_as", sa.String(length=40), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column(
            "provenance",
            sa.Enum(
                "stated",
                "imported",
                "derived",
                name="provenance",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_values_indicator_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_indicator_values_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_values")),
        sa.UniqueConstraint(
            "indicator_id",
            "kind",
            "period",
            "provenance",
            name=op.f("uq_indicator_values_indicator_id_kind_period_provenance"),
        ),
    )
    op.create_table(
        "level_counts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "world",
                "country",
                "province",
                "city",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(length=12), nullable=True),
        sa.Column("count", sa.BigInteger(), nullable=True),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column(
            "comparator",
            sa.Enum(
                "=",
                ">",
                ">=",
                "~",
                "<",
                "<=",
                name="comparator",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "unit",
            sa.Enum(
                "application",
                "publication",
                "family",
                "granted",
                "in_force",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "patent_type",
            sa.Enum(
                "invention",
                "utility",
                "design",
                "all",
                name="patent_type",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "office",
                "applicant_region",
                "priority_country",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "applicant_rule",
            sa.Enum(
                "first", "any", name="applicant_rule", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("period", sa.String(length=40), nullable=True),
        sa.Column(
            "provenance",
            sa.Enum(
                "stated",
                "imported",
                "derived",
                name="provenance",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("formula", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("count >= 0", name=op.f("ck_level_counts_count_not_negative")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_level_counts_result_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_level_counts_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_counts")),
    )
    op.create_index(op.f("ix_level_counts_result_id"), "level_counts", ["result_id"], unique=False)

    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "text",
                "choice",
                "yes_no",
                "date",
                "number",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_questions_position_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_questions_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("code", name=op.f("uq_questions_code")),
    )
    op.create_index(op.f("ix_questions_event_id"), "questions", ["event_id"], unique=False)

    op.create_table(
        "registrations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "registered",
                "waiting",
                "cancelled",
                "blocked",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "import",
                "desk",
                "walk_in",
                "mail",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("substitute_for", sa.Uuid(), nullable=True),
        sa.Column("on_leave", sa.Boolean(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_registrations_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_registrations_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_registrations_person_id")),
        sa.ForeignKeyConstraint(
            ["substitute_for"], ["registrations.id"], name=op.f("fk_registrations_substitute_for")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("person_id", "event_id", name=op.f("uq_registrations_person_id_event_id")),
    )
    op.create_index(op.f("ix_registrations_enterprise_id"), "registrations", ["enterprise_id"], unique=False)
    op.create_index(
        op.f("ix_registrations_event_id_status_registered_at"),
        "registrations",
        ["event_id", "status", "registered_at"],
        unique=False,
    )

    op.create_table(
        "result_documents",
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_result_documents_document_id")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_result_documents_result_id")),
        sa.PrimaryKeyConstraint("result_id", "document_id", name=op.f("pk_result_documents")),
    )
    op.create_index(
        op.f("ix_result_documents_document_id"), "result_documents", ["document_id"], unique=False
    )

    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "release",
                "exchange",
                "case_analysis",
                "training",
                "panel",
                "ceremony",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=True),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "open",
                "closed",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_sessions_capacity_not_negative")),
        sa.CheckConstraint("end_day >= start_day", name=op.f("ck_sessions_ends_after_start")),
        sa.CheckConstraint(
            "start_time IS NULL OR start_day IS NOT NULL", name=op.f("ck_sessions_time_has_day")
        ),
        sa.CheckConstraint("taken <= capacity", name=op.f("ck_sessions_within_capacity")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_sessions_taken_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_sessions_event_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_sessions_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("code", name=op.f("uq_sessions_code")),
    )
    op.create_index(op.f("ix_sessions_event_id"), "sessions", ["event_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "figure",
                "share",
                "quotation",
                "attendee",
                "direction",
                "purpose",
                "fact",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("week_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column(
            "comparator",
            sa.Enum(
                "=",
                ">",
                ">=",
                "~",
                "<",
                "<=",
                name="comparator",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=True),
        sa.Column("read_as", sa.String(length=40), nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("said_by_zh", sa.Text(), nullable=True),
        sa.Column("said_by_en", sa.Text(), nullable=True),
        sa.Column(
            "provenance",
            sa.Enum(
                "stated",
                "imported",
                "derived",
                name="provenance",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_statements_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_statements_event_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_statements_result_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_statements_source_id")),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name=op.f("fk_statements_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("code", name=op.f("uq_statements_code")),
    )
    op.create_index(op.f("ix_statements_event_id"), "statements", ["event_id"], unique=False)
    op.create_index(op.f("ix_statements_result_id"), "statements", ["result_id"], unique=False)
    op.create_index(op.f("ix_statements_week_id"), "statements", ["week_id"], unique=False)

    op.create_table(
        "checkpoints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "entry_rule",
            sa.Enum(
                "once",
                "after_exit",
                "many",
                name="entry_rule",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("over", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_checkpoints_capacity_not_negative")),
        sa.CheckConstraint("closes_at >= opens_at", name=op.f("ck_checkpoints_closes_after_opening")),
        sa.CheckConstraint("over >= 0", name=op.f("ck_checkpoints_over_not_negative")),
        sa.CheckConstraint("present <= capacity + over", name=op.f("ck_checkpoints_within_capacity")),
        sa.CheckConstraint("present >= 0", name=op.f("ck_checkpoints_present_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_checkpoints_event_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_checkpoints_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoints")),
        sa.UniqueConstraint("code", name=op.f("uq_checkpoints_code")),
    )
    op.create_index(op.f("ix_checkpoints_event_id"), "checkpoints", ["event_id"], unique=False)

    op.create_table(
        "enrolments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "registered",
                "waiting",
                "cancelled",
                "blocked",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_enrolments_registration_id")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_enrolments_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint(
            "registration_id", "session_id", name=op.f("uq_enrolments_registration_id_session_id")
        ),
    )
    op.create_index(op.f("ix_enrolments_session_id"), "enrolments", ["session_id"], unique=False)

    op.create_table(
        "import_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "added",
                "updated",
                "unchanged",
                "refused",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("record_kind", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_import_rows_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
    )
    op.create_index(
        op.f("ix_import_rows_batch_id_number"), "import_rows", ["batch_id", "number"], unique=False
    )

    op.create_table(
        "prints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("print_run", sa.Uuid(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["badges.id"], name=op.f("fk_prints_badge_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_prints_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prints")),
        sa.UniqueConstraint("badge_id", "issue", "copy", name=op.f("uq_prints_badge_id_issue_copy")),
    )
    op.create_index(op.f("ix_prints_print_run"), "prints", ["print_run"], unique=False)

    op.create_table(
        "result_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "released",
                "presented",
                "discussed",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(event_id IS NULL) <> (session_id IS NULL)", name=op.f("ck_result_links_event_or_session")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_result_links_event_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_result_links_result_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_result_links_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_links")),
        sa.UniqueConstraint(
            "result_id", "event_id", "role", name=op.f("uq_result_links_result_id_event_id_role")
        ),
        sa.UniqueConstraint(
            "result_id", "session_id", "role", name=op.f("uq_result_links_result_id_session_id_role")
        ),
    )
    op.create_index(op.f("ix_result_links_event_id"), "result_links", ["event_id"], unique=False)
    op.create_index(op.f("ix_result_links_session_id"), "result_links", ["session_id"], unique=False)

    op.create_table(
        "session_speakers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "speaker", "moderator", name="role", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_speakers_session_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_session_speakers_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_speakers")),
        sa.UniqueConstraint(
            "session_id", "speaker_id", "role", name=op.f("uq_session_speakers_session_id_speaker_id_role")
        ),
    )
    op.create_index(op.f("ix_session_speakers_speaker_id"), "session_speakers", ["speaker_id"], unique=False)

    op.create_table(
        "admissions",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("first_in", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_desk", sa.String(length=120), nullable=True),
        sa.Column("last_in", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_out", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_admissions_entries_not_negative")),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["checkpoints.id"], name=op.f("fk_admissions_checkpoint_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_admissions_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", "checkpoint_id", name=op.f("pk_admissions")),
    )
    op.create_index(op.f("ix_admissions_checkpoint_id"), "admissions", ["checkpoint_id"], unique=False)

    op.create_table(
        "scans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "scan", "mark", "annulment", name="kind", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column(
            "direction",
            sa.Enum("entry", "exit", name="direction", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted", "refused", name="verdict", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "invalid",
                "forged",
                "unknown",
                "ambiguous",
                "not_in_copy",
                "wrong_event",
                "cancelled",
                "waiting",
                "revoked",
                "blocked",
                "wrong_session",
                "not_entitled",
                "not_open",
                "closed",
                "full",
                "already_in",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_desk", sa.String(length=120), nullable=True),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("override", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("annuls", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "verdict = 'accepted' OR reason IS NOT NULL", name=op.f("ck_scans_refused_with_reason")
        ),
        sa.CheckConstraint(
            "verdict = 'refused' OR reason IS NULL OR reason = 'not_in_copy' OR override",
            name=op.f("ck_scans_accepted_without_reason"),
        ),
        sa.ForeignKeyConstraint(["annuls"], ["scans.id"], name=op.f("fk_scans_annuls")),
        sa.ForeignKeyConstraint(["badge_id"], ["badges.id"], name=op.f("fk_scans_badge_id")),
        sa.ForeignKeyConstraint(["checkpoint_id"], ["checkpoints.id"], name=op.f("fk_scans_checkpoint_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_scans_person_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_scans_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
        sa.UniqueConstraint("annuls", name=op.f("uq_scans_annuls")),
        sa.UniqueConstraint("run_id", "sequence", name=op.f("uq_scans_run_id_sequence")),
    )
    op.create_index(
        op.f("ix_scans_checkpoint_id_received_at"), "scans", ["checkpoint_id", "received_at"], unique=False
    )
    op.create_index(op.f("ix_scans_registration_id"), "scans", ["registration_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_scans_registration_id"), table_name="scans")
    op.drop_index(op.f("ix_scans_checkpoint_id_received_at"), table_name="scans")

    op.drop_table("scans")
    op.drop_index(op.f("ix_admissions_checkpoint_id"), table_name="admissions")

    op.drop_table("admissions")
    op.drop_index(op.f("ix_session_speakers_speaker_id"), table_name="session_speakers")

    op.drop_table("session_speakers")
    op.drop_index(op.f("ix_result_links_session_id"), table_name="result_links")
    op.drop_index(op.f("ix_result_links_event_id"), table_name="result_links")

    op.drop_table("result_links")
    op.drop_index(op.f("ix_prints_print_run"), table_name="prints")

    op.drop_table("prints")
    op.drop_index(op.f("ix_import_rows_batch_id_number"), table_name="import_rows")

    op.drop_table("import_rows")
    op.drop_index(op.f("ix_enrolments_session_id"), table_name="enrolments")

    op.drop_table("enrolments")
    op.drop_index(op.f("ix_checkpoints_event_id"), table_name="checkpoints")

    op.drop_table("checkpoints")
    op.drop_index(op.f("ix_statements_week_id"), table_name="statements")
    op.drop_index(op.f("ix_statements_result_id"), table_name="statements")
    op.drop_index(op.f("ix_statements_event_id"), table_name="statements")

    op.drop_table("statements")
    op.drop_index(op.f("ix_sessions_event_id"), table_name="sessions")

    op.drop_table("sessions")
    op.drop_index(op.f("ix_result_documents_document_id"), table_name="result_documents")

    op.drop_table("result_documents")
    op.drop_index(op.f("ix_registrations_event_id_status_registered_at"), table_name="registrations")
    op.drop_index(op.f("ix_registrations_enterprise_id"), table_name="registrations")

    op.drop_table("registrations")
    op.drop_index(op.f("ix_questions_event_id"), table_name="questions")

    op.drop_table("questions")
    op.drop_index(op.f("ix_level_counts_result_id"), table_name="level_counts")

    op.drop_table("level_counts")
    op.drop_table("indicator_values")
    op.drop_table("import_batches")
    op.drop_table("badges")
    op.drop_index(op.f("ix_rooms_venue_id"), table_name="rooms")

    op.drop_table("rooms")
    op.drop_index(op.f("ix_results_industry_id"), table_name="results")

    op.drop_table("results")
    op.drop_index(op.f("ix_people_sort_key_id"), table_name="people")
    op.drop_index(op.f("ix_people_phone"), table_name="people")
    op.drop_index(op.f("ix_people_name"), table_name="people")
    op.drop_index(op.f("ix_people_enterprise_id"), table_name="people")

    op.drop_table("people")
    op.drop_index(op.f("ix_indicators_week_id"), table_name="indicators")

    op.drop_table("indicators")
    op.drop_index(op.f("ix_events_week_id"), table_name="events")

    op.drop_table("events")
    op.drop_table("enterprise_labels")
    op.drop_index(op.f("ix_enterprise_industries_industry_id"), table_name="enterprise_industries")

    op.drop_table("enterprise_industries")
    op.drop_index(op.f("ix_enterprise_contacts_enterprise_id"), table_name="enterprise_contacts")

    op.drop_table("enterprise_contacts")
    op.drop_index(op.f("ix_enterprise_aliases_key"), table_name="enterprise_aliases")

    op.drop_table("enterprise_aliases")
    op.drop_table("documents")
    op.drop_table("badge_keys")
    op.drop_table("audit_values")
    op.drop_table("workspaces")
    op.drop_table("weeks")
    op.drop_table("venues")
    op.drop_table("speakers")
    op.drop_table("sources")
    op.drop_table("leases")
    op.drop_table("industries")
    op.drop_index(op.f("ix_enterprises_key"), table_name="enterprises")

    op.drop_table("enterprises")
    op.drop_index(op.f("ix_audit_entries_record_id"), table_name="audit_entries")

    op.drop_table("audit_entries")
