"""The second revision keeps what the first one held: rows, their checks, their links."""

from sqlalchemy import Engine, inspect, text

from ipweek.domain.ids import new_id
from ipweek.domain.text import seat_key
from ipweek.storage import migrate
from ipweek.storage.tables import Base


def _insert(engine: Engine, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def test_counts_get_the_codes_that_new_ones_get(engine: Engine) -> None:
    """Level counts and indicator values of an older workspace are numbered under what they belong to."""
    migrate.downgrade(engine, "0001")
    industry, result, week, indicator = (new_id().hex for _place in range(4))
    _insert(engine, "industries", id=industry, code="led", aliases="[]", standard_codes="[]")
    _insert(
        engine,
        "results",
        id=result,
        code="led-2019",
        industry_id=industry,
        version=1,
        status="draft",
        databases="[]",
    )
    for level in ("city", "province"):
        _insert(
            engine,
            "level_counts",
            id=new_id().hex,
            result_id=result,
            level=level,
            count=7,
            comparator="=",
            provenance="stated",
        )
    _insert(engine, "weeks", id=week, code="w", year=2019, zone="Asia/Shanghai", synthetic=False)
    _insert(engine, "indicators", id=indicator, code="grants", week_id=week, better="higher")
    _insert(
        engine,
        "indicator_values",
        id=new_id().hex,
        indicator_id=indicator,
        kind="actual",
        value="5",
        comparator="=",
        period="2019",
        provenance="stated",
    )
    migrate.upgrade(engine)
    with engine.connect() as connection:
        codes = connection.scalars(text("SELECT code FROM level_counts ORDER BY code")).all()
        assert codes == ["led-2019-count-1", "led-2019-count-2"]
        assert connection.scalar(text("SELECT code FROM indicator_values")) == "grants-value-1"
        assert connection.scalar(text("SELECT sum(count) FROM level_counts")) == 14


def test_sessions_and_seats_of_an_older_workspace_are_counted_and_ordered(engine: Engine) -> None:
    """Places taken are counted, a session that holds too many is made larger, and seat 4-2 gets its key."""
    migrate.downgrade(engine, "0001")
    week, event, session, person = (new_id().hex for _place in range(4))
    _insert(engine, "weeks", id=week, code="w", year=2019, zone="Asia/Shanghai", synthetic=False)
    told = {"kind": "release", "status": "open", "taken": 0, "synthetic": False}
    about = {"membership": "stated", "grace_minutes": 15}
    _insert(engine, "events", id=event, code="e", week_id=week, **about, **told)
    _insert(engine, "sessions", id=session, code="s", event_id=event, capacity=1, **told)
    for place in range(2):
        person, registration = new_id().hex, new_id().hex
        _insert(engine, "people", id=person, name="x", search_key="x", sort_key="x", synthetic=False)
        _insert(
            engine,
            "registrations",
            id=registration,
            person_id=person,
            event_id=event,
            category="delegate",
            status="registered",
            source="desk",
            on_leave=False,
            seat=f"4-{place + 2}",
            answers="{}",
            registered_at="2019-04-01 00:00:00+00:00",
        )
        _insert(
            engine,
            "enrolments",
            id=new_id().hex,
            registration_id=registration,
            session_id=session,
            status="registered",
            enrolled_at="2019-04-01 00:00:00+00:00",
        )
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT capacity, taken FROM sessions")).one() == (2, 2)
        keys = connection.scalars(text("SELECT seat_key FROM registrations ORDER BY seat_key")).all()
    assert keys == [seat_key("4-2"), seat_key("4-3")]


def test_two_figures_of_one_year_stay_apart_on_the_way_back(engine: Engine) -> None:
    """One that is read as another year keeps its number, and its period tells it from the other."""
    week, indicator = new_id().hex, new_id().hex
    _insert(engine, "weeks", id=week, code="w", year=2019, zone="Asia/Shanghai", synthetic=False)
    _insert(engine, "indicators", id=indicator, code="stock", week_id=week, better="higher")
    for number, read_as in (("12.99", "2018"), ("14.3", None)):
        _insert(
            engine,
            "indicator_values",
            id=new_id().hex,
            code=f"stock-{number}",
            indicator_id=indicator,
            kind="actual",
            value=number,
            comparator="=",
            period="2019",
            read_as=read_as,
            provenance="stated",
        )
    migrate.downgrade(engine, "0001")
    with engine.connect() as connection:
        told = connection.execute(text("SELECT value, period FROM indicator_values ORDER BY value")).all()
    assert [tuple(row) for row in told] == [("12.99", "2018 / 2019"), ("14.3", "2019")]
    migrate.upgrade(engine)


def test_no_check_is_lost(engine: Engine) -> None:
    """Tables that were moved still hold every constraint that the program's tables name."""
    for table in Base.metadata.sorted_tables:
        wanted = {constraint.name for constraint in table.constraints if constraint.name}
        wanted = {name for name in wanted if str(name).startswith("ck_")}
        there = {found["name"] for found in inspect(engine).get_check_constraints(table.name)}
        assert wanted <= there, table.name


def test_imports_of_a_later_kind_do_not_survive_the_way_back(engine: Engine) -> None:
    """The older schema has no word for a patent export; its batch goes, the others stay."""
    told = {
        "mapping": "{}",
        "sha256": "0" * 64,
        "rows": 1,
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "refused": 0,
    }
    for kind in ("patents", "enterprises"):
        _insert(
            engine,
            "import_batches",
            id=new_id().hex,
            kind=kind,
            file_name=kind,
            imported_at="2019-04-01 00:00:00+00:00",
            operator="Chen",
            **told,
        )
    migrate.downgrade(engine, "0001")
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT kind FROM import_batches")).all() == ["enterprises"]
    assert not inspect(engine).has_table("cases")
