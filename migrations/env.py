from alembic import context

from ipweek.storage.tables import Base

connection = context.config.attributes["connection"]
sqlite = connection.dialect.name == "sqlite"

if sqlite:
    # A batch move of a table deletes the rows that cascade from it while foreign keys are on.
    connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")

connection = connection.execution_options(ipweek_writes=True)
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=sqlite,
    compare_type=True,
    transactional_ddl=True,
)
with connection.begin():
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration broke {len(broken)} references")
