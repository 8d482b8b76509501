"""The database: engines, tables, queries, migrations."""
