from alembic import context

from ipweek.storage.tables import Base

connection = context.config.attributes["connection"]
sqlite = connection.dialect.name == "sqlite"

if sqlite:
    # A batch move of a table deletes the rows that cascade from it while foreign keys are on.
    connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")


def is_of_this_engine(thing, _name, kind, reflected, _other):
    """Leave out of a comparison what only the other engine has."""
    return (
        kind != "index"
        or reflected
        or thing.info.get("dialect", connection.dialect.name) == connection.dialect.name
    )


connection = connection.execution_options(ipweek_writes=True)
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=sqlite,
    compare_type=True,
    include_object=is_of_this_engine,
    transactional_ddl=True,
)
with connection.begin():
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration broke {len(broken)} references")
