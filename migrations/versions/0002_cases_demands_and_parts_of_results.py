"""Cases, demands, what a result consists of, reports received"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBERED = (
    ("level_counts", "result_id", "results", "count"),
    ("indicator_values", "indicator_id", "indicators", "value"),
)
ONE_ANSWER = (
    "(CASE WHEN result_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN case_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN speaker_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN provider IS NULL THEN 0 ELSE 1 END) = 1"
)
SAID_ONCE_BEFORE = "uq_indicator_values_indicator_id_kind_period_provenance"
SAID_ONCE = "uq_indicator_values_said_once"
KINDS_BEFORE = "kind IN ('enterprises', 'registrations')"
KINDS_AFTER = "kind IN ('enterprises', 'registrations', 'programme', 'patents')"


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("forum_zh", sa.Text(), nullable=True),
        sa.Column("forum_en", sa.Text(), nullable=True),
        sa.Column("dockets", sa.JSON(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "patent",
                "trade_secret",
                "validity",
                "frand",
                "ownership",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("industry_id", sa.Uuid(), nullable=True),
        sa.Column("technology_zh", sa.Text(), nullable=True),
        sa.Column("technology_en", sa.Text(), nullable=True),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("stage_zh", sa.Text(), nullable=True),
        sa.Column("stage_en", sa.Text(), nullable=True),
        sa.Column("outcome_zh", sa.Text(), nullable=True),
        sa.Column("outcome_en", sa.Text(), nullable=True),
        sa.Column("amount", sa.String(length=40), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("remedies_zh", sa.JSON(), nullable=False),
        sa.Column("remedies_en", sa.JSON(), nullable=False),
        sa.Column(
            "final",
            sa.Enum("yes", "no", name="final", native_enum=False, create_constraint=True, length=20),
            nullable=True,
        ),
        sa.Column("countermeasures", sa.JSON(), nullable=False),
        sa.Column("lessons_zh", sa.Text(), nullable=True),
        sa.Column("lessons_en", sa.Text(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["industry_id"], ["industries.id"], name=op.f("fk_cases_industry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_cases_code")),
    )
    op.create_index(op.f("ix_cases_industry_id"), "cases", ["industry_id"], unique=False)

    op.create_table(
        "case_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("happened", sa.String(length=10), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sa.UniqueConstraint("code", name=op.f("uq_case_events_code")),
    )
    op.create_index(
        op.f("ix_case_events_case_id_happened"), "case_events", ["case_id", "happened"], unique=False
    )

    op.create_table(
        "case_parties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "claimant",
                "defendant",
                "third_party",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_parties_case_id")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_case_parties_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_parties")),
        sa.UniqueConstraint("code", name=op.f("uq_case_parties_code")),
    )
    op.create_index(op.f("ix_case_parties_case_id"), "case_parties", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_parties_enterprise_id"), "case_parties", ["enterprise_id"], unique=False)

    op.create_table(
        "chain_nodes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "upstream",
                "midstream",
                "downstream",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "strength",
            sa.Enum(
                "strong",
                "medium",
                "weak",
                "gap",
                name="strength",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_chain_nodes_result_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_chain_nodes_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_nodes")),
        sa.UniqueConstraint("code", name=op.f("uq_chain_nodes_code")),
    )
    op.create_index(op.f("ix_chain_nodes_result_id"), "chain_nodes", ["result_id"], unique=False)

    op.create_table(
        "findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "direction",
                "positioning",
                "path",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "dimension",
            sa.Enum(
                "structure",
                "market",
                "technology",
                "talent",
                "capital",
                "risk",
                name="dimension",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_findings_result_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_findings_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("code", name=op.f("uq_findings_code")),
    )
    op.create_index(op.f("ix_findings_result_id"), "findings", ["result_id"], unique=False)

    op.create_table(
        "recommendations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=True),
        sa.Column(
            "horizon",
            sa.Enum(
                "short",
                "medium",
                "long",
                name="horizon",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_recommendations_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("code", name=op.f("uq_recommendations_code")),
    )
    op.create_index(op.f("ix_recommendations_result_id"), "recommendations", ["result_id"], unique=False)

    op.create_table(
        "applicants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
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
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("count", sa.BigInteger(), nullable=True),
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
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("count >= 0", name=op.f("ck_applicants_count_not_negative")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_applicants_batch_id")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_applicants_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_applicants_result_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_applicants_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicants")),
        sa.UniqueConstraint("code", name=op.f("uq_applicants_code")),
    )
    op.create_index(op.f("ix_applicants_batch_id"), "applicants", ["batch_id"], unique=False)
    op.create_index(op.f("ix_applicants_enterprise_id"), "applicants", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_applicants_result_id"), "applicants", ["result_id"], unique=False)

    op.create_table(
        "branches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name_zh", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("symbols", sa.JSON(), nullable=False),
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
            nullable=True,
        ),
        sa.Column("count", sa.BigInteger(), nullable=True),
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
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("count >= 0", name=op.f("ck_branches_count_not_negative")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_branches_batch_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["branches.id"], name=op.f("fk_branches_parent_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_branches_result_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_branches_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branches")),
        sa.UniqueConstraint("code", name=op.f("uq_branches_code")),
    )
    op.create_index(op.f("ix_branches_batch_id"), "branches", ["batch_id"], unique=False)
    op.create_index(op.f("ix_branches_parent_id"), "branches", ["parent_id"], unique=False)
    op.create_index(op.f("ix_branches_result_id"), "branches", ["result_id"], unique=False)

    op.create_table(
        "case_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(event_id IS NULL) <> (session_id IS NULL)", name=op.f("ck_case_links_event_or_session")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_links_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_case_links_event_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_case_links_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_links")),
        sa.UniqueConstraint("case_id", "event_id", name=op.f("uq_case_links_case_id_event_id")),
        sa.UniqueConstraint("case_id", "session_id", name=op.f("uq_case_links_case_id_session_id")),
    )
    op.create_index(op.f("ix_case_links_event_id"), "case_links", ["event_id"], unique=False)
    op.create_index(op.f("ix_case_links_session_id"), "case_links", ["session_id"], unique=False)

    op.create_table(
        "demands",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "retrieval",
                "layout",
                "dispute",
                "overseas_filing",
                "pledge_finance",
                "transfer",
                "ip_management",
                "talent",
                "other",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "confidentiality",
            sa.Enum(
                "public",
                "internal",
                "confidential",
                name="confidentiality",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "priority",
            sa.Enum(
                "low", "normal", "high", name="priority", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "accepted",
                "matched",
                "in_progress",
                "closed",
                "declined",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status <> 'closed' OR outcome IS NOT NULL", name=op.f("ck_demands_closes_with_an_outcome")
        ),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name=op.f("ck_demands_satisfaction_from_1_to_5")),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprises.id"], name=op.f("fk_demands_enterprise_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_demands_event_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_demands_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demands")),
        sa.UniqueConstraint("code", name=op.f("uq_demands_code")),
    )
    op.create_index(op.f("ix_demands_enterprise_id"), "demands", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_demands_event_id"), "demands", ["event_id"], unique=False)
    op.create_index(op.f("ix_demands_session_id"), "demands", ["session_id"], unique=False)
    op.create_index(op.f("ix_demands_status"), "demands", ["status"], unique=False)

    op.create_table(
        "patent_batches",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("layout", sa.String(length=40), nullable=False),
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
            nullable=False,
        ),
        sa.Column("cut_off", sa.Date(), nullable=True),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_patent_batches_batch_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_patent_batches_result_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_patent_batches")),
    )
    op.create_index(op.f("ix_patent_batches_result_id"), "patent_batches", ["result_id"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("copies >= 0", name=op.f("ck_receipts_copies_not_negative")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_receipts_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_receipts_event_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_receipts_registration_id")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_receipts_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("code", name=op.f("uq_receipts_code")),
    )
    op.create_index(op.f("ix_receipts_enterprise_id"), "receipts", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_receipts_registration_id"), "receipts", ["registration_id"], unique=False)
    op.create_index(op.f("ix_receipts_result_id"), "receipts", ["result_id"], unique=False)

    op.create_table(
        "year_counts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
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
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
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
        sa.Column("provisional", sa.Boolean(), nullable=False),
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
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("count >= 0", name=op.f("ck_year_counts_count_not_negative")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_year_counts_batch_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_year_counts_result_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_year_counts_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_counts")),
        sa.UniqueConstraint("code", name=op.f("uq_year_counts_code")),
    )
    op.create_index(op.f("ix_year_counts_batch_id"), "year_counts", ["batch_id"], unique=False)
    op.create_index(op.f("ix_year_counts_result_id"), "year_counts", ["result_id"], unique=False)

    op.create_table(
        "demand_actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name=op.f("fk_demand_actions_demand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_actions")),
        sa.UniqueConstraint("code", name=op.f("uq_demand_actions_code")),
    )
    op.create_index(op.f("ix_demand_actions_demand_id"), "demand_actions", ["demand_id"], unique=False)
    op.create_index(op.f("ix_demand_actions_due_on"), "demand_actions", ["due_on"], unique=False)

    op.create_table(
        "demand_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            ONE_ANSWER,
            name=op.f("ck_demand_answers_one_answer"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_demand_answers_case_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name=op.f("fk_demand_answers_demand_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_demand_answers_result_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_demand_answers_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_answers")),
        sa.UniqueConstraint("code", name=op.f("uq_demand_answers_code")),
    )
    op.create_index(op.f("ix_demand_answers_demand_id"), "demand_answers", ["demand_id"], unique=False)

    op.add_column("enterprises", sa.Column("sort_key", sa.Text(), nullable=True))
    op.execute("UPDATE enterprises SET sort_key = key")
    op.create_index(op.f("ix_enterprises_sort_key_code"), "enterprises", ["sort_key", "code"], unique=False)
    seat_key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("registrations", sa.Column("seat_key", seat_key, nullable=True))
    order_seats()
    count_enrolments()
    op.create_index(op.f("ix_registrations_event_id_seat_key"), "registrations", ["event_id", "seat_key"])
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_people_search", "people", ["sort_key", "id", "rank", "search_key"])
    op.add_column("events", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    op.add_column("sessions", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    for table, *belongs in NUMBERED:
        op.add_column(table, sa.Column("code", sa.String(length=80), nullable=True))
        number(table, *belongs)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("code", existing_type=sa.String(length=80), nullable=False)
            batch.create_unique_constraint(op.f(f"uq_{table}_code"), ["code"])
    say_once()
    with op.batch_alter_table("level_counts") as batch:
        batch.add_column(sa.Column("batch_id", sa.Uuid(), nullable=True))
        batch.create_index(op.f("ix_level_counts_batch_id"), ["batch_id"], unique=False)
        batch.create_foreign_key(op.f("fk_level_counts_batch_id"), "import_batches", ["batch_id"], ["id"])
    allow_imports(KINDS_AFTER)


def say_once() -> None:
    """A figure stated for one year and read as another leaves room for the one that is really of that year."""
    with op.batch_alter_table("indicator_values") as batch:
        batch.drop_constraint(op.f(SAID_ONCE_BEFORE), type_="unique")
    said = ["indicator_id", "kind", "period", sa.text("coalesce(read_as, '')"), "provenance"]
    op.create_index(SAID_ONCE, "indicator_values", said, unique=True)


def say_once_as_before() -> None:
    """Two figures stated for one year stay apart by what one of them is read as."""
    op.drop_index(SAID_ONCE, table_name="indicator_values")
    op.execute(
        "UPDATE indicator_values SET period = substr(read_as || ' / ' || period, 1, 40) "
        "WHERE read_as IS NOT NULL AND EXISTS (SELECT 1 FROM indicator_values AS other "
        "WHERE other.id <> indicator_values.id AND other.indicator_id = indicator_values.indicator_id "
        "AND other.kind = indicator_values.kind AND other.period = indicator_values.period "
        "AND other.provenance = indicator_values.provenance)"
    )
    with op.batch_alter_table("indicator_values") as batch:
        batch.create_unique_constraint(
            op.f(SAID_ONCE_BEFORE), ["indicator_id", "kind", "period", "provenance"]
        )


def order_seats() -> None:
    """Give the seats that are there the keys by which 4-2 stands before 4-12."""
    connection = op.get_bind()
    seats = connection.scalars(
        sa.text("SELECT DISTINCT seat FROM registrations WHERE seat IS NOT NULL")
    ).all()
    for seat in seats:
        connection.execute(
            sa.text("UPDATE registrations SET seat_key = :key WHERE seat = :seat"),
            {"key": re.sub(r"\d+", counted, seat), "seat": seat},
        )


def count_enrolments() -> None:
    """Sessions keep count of their places from now on; one that holds more than its capacity is given as much."""
    held = (
        "(SELECT count(*) FROM enrolments"
        " WHERE enrolments.session_id = sessions.id AND enrolments.status = 'registered')"
    )
    op.execute(f"UPDATE sessions SET capacity = {held} WHERE capacity < {held}")
    op.execute(f"UPDATE sessions SET taken = {held}")


def counted(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0") or "0"
    return chr(ord("0") + len(digits)) + digits


def number(table: str, column: str, parents: str, word: str) -> None:
    """Give the rows that are there the codes that new ones get."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            f"SELECT {table}.id, {parents}.code FROM {table} JOIN {parents} ON {parents}.id = {table}.{column}"
            f" ORDER BY {parents}.code, {table}.id"
        )
    ).all()
    counts: dict[str, int] = {}
    for identity, parent in rows:
        counts[parent] = counts.get(parent, 0) + 1
        connection.execute(
            sa.text(f"UPDATE {table} SET code = :code WHERE id = :id"),
            {"code": f"{parent}-{word}-{counts[parent]}", "id": identity},
        )


def allow_imports(kinds: str) -> None:
    with op.batch_alter_table("import_batches") as batch:
        batch.drop_constraint(op.f("ck_import_batches_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_import_batches_kind"), kinds)


def downgrade() -> None:
    op.drop_index(op.f("ix_demand_answers_demand_id"), table_name="demand_answers")

    op.drop_table("demand_answers")
    op.drop_index(op.f("ix_demand_actions_due_on"), table_name="demand_actions")
    op.drop_index(op.f("ix_demand_actions_demand_id"), table_name="demand_actions")

    op.drop_table("demand_actions")
    op.drop_index(op.f("ix_year_counts_result_id"), table_name="year_counts")
    op.drop_index(op.f("ix_year_counts_batch_id"), table_name="year_counts")

    op.drop_table("year_counts")
    op.drop_index(op.f("ix_receipts_result_id"), table_name="receipts")
    op.drop_index(op.f("ix_receipts_registration_id"), table_name="receipts")
    op.drop_index(op.f("ix_receipts_enterprise_id"), table_name="receipts")

    op.drop_table("receipts")
    op.drop_index(op.f("ix_patent_batches_result_id"), table_name="patent_batches")

    op.drop_table("patent_batches")
    op.drop_index(op.f("ix_demands_status"), table_name="demands")
    op.drop_index(op.f("ix_demands_session_id"), table_name="demands")
    op.drop_index(op.f("ix_demands_event_id"), table_name="demands")
    op.drop_index(op.f("ix_demands_enterprise_id"), table_name="demands")

    op.drop_table("demands")
    op.drop_index(op.f("ix_case_links_session_id"), table_name="case_links")
    op.drop_index(op.f("ix_case_links_event_id"), table_name="case_links")

    op.drop_table("case_links")
    op.drop_index(op.f("ix_branches_result_id"), table_name="branches")
    op.drop_index(op.f("ix_branches_parent_id"), table_name="branches")
    op.drop_index(op.f("ix_branches_batch_id"), table_name="branches")

    op.drop_table("branches")
    op.drop_index(op.f("ix_applicants_result_id"), table_name="applicants")
    op.drop_index(op.f("ix_applicants_enterprise_id"), table_name="applicants")
    op.drop_index(op.f("ix_applicants_batch_id"), table_name="applicants")

    op.drop_table("applicants")
    op.drop_index(op.f("ix_recommendations_result_id"), table_name="recommendations")

    op.drop_table("recommendations")
    op.drop_index(op.f("ix_findings_result_id"), table_name="findings")

    op.drop_table("findings")
    op.drop_index(op.f("ix_chain_nodes_result_id"), table_name="chain_nodes")

    op.drop_table("chain_nodes")
    op.drop_index(op.f("ix_case_parties_enterprise_id"), table_name="case_parties")
    op.drop_index(op.f("ix_case_parties_case_id"), table_name="case_parties")

    op.drop_table("case_parties")
    op.drop_index(op.f("ix_case_events_case_id_happened"), table_name="case_events")

    op.drop_table("case_events")
    op.drop_index(op.f("ix_cases_industry_id"), table_name="cases")

    op.drop_table("cases")
    op.execute(
        "DELETE FROM import_rows WHERE batch_id IN (SELECT id FROM import_batches WHERE NOT ("
        + KINDS_BEFORE
        + "))"
    )
    with op.batch_alter_table("level_counts") as batch:
        batch.drop_constraint(op.f("fk_level_counts_batch_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_level_counts_batch_id"))
        batch.drop_column("batch_id")
    op.execute("DELETE FROM import_batches WHERE NOT (" + KINDS_BEFORE + ")")
    allow_imports(KINDS_BEFORE)
    say_once_as_before()
    for table, *_belongs in NUMBERED:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"uq_{table}_code"), type_="unique")
            batch.drop_column("code")
    op.drop_column("sessions", "sequence")
    op.drop_column("events", "sequence")
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_people_search", table_name="people")
    op.drop_index(op.f("ix_registrations_event_id_seat_key"), table_name="registrations")
    op.drop_column("registrations", "seat_key")
    op.drop_index(op.f("ix_enterprises_sort_key_code"), table_name="enterprises")
    op.drop_column("enterprises", "sort_key")
