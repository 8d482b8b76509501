"""What is exported imports again without change, whatever stands in it, in either language and as CSV or XLSX."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from ipweek.adapters.pinyin import sort_key
from ipweek.domain.exports import ExportKind, Scope
from ipweek.domain.ids import new_id
from ipweek.domain.import_report import ImportReport
from ipweek.domain.records import INTEGERS
from ipweek.domain.text import clean, enterprise_key
from ipweek.domain.words import Category, ImportKind, LabelKind, RegistrationSource, RegistrationStatus
from ipweek.i18n import choose
from ipweek.jobs.exports import ExportJobs, ExportOrder
from ipweek.jobs.schedule import ScheduleJobs
from ipweek.services.exports import Exports
from ipweek.services.programme import Programme
from ipweek.storage.tables import Base
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
    Industry,
)
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession
from tests.desk import EVENT, Desk

NASTY = (
    "=1+1", "=cmd|' /C calc'!A0",
    "+86 199", "+SUM(A1)", "-", "--", "-1", "-x", "@me", "\t=1", "'", "'=1", "''-x", "'(空)",
    "(空)", "（空）", "N/A", "#N/A", "—", "/", "\\", "合计", "备注：无", "姓名", "Name", "true", "0012", "1e5", "2019-04-25",
    "[red]x[/]", "<b>&amp;</b>",
    "a,b;c、d|e", '"quoted"', "it's", "＝１＋１", "ＡＢＣ（股份）", "\u202eevil\u202c", "a\u200bb",
    "  spaced  ", "_x0041_", "{name}", "𬭎㛃", "e\u0301", "甲公司", "甲有限公司", "是", "no", "12345678901234567890",
)  # fmt: skip
ALPHABET = "=+-@'\"`,;、；|/\\()[]{}<>&#%~ \t\u3000甲乙公司有限ａＢ１２0aZ．:：.\u202e\u200b\u2066é"
LOGS = ("import_", "audit_")
PHONES = ("+8619900001000", "+8619900001001", "+867522000001;ext=801", "+85221234567", "+12025550123", None)
EMAILS = ("a@example.com", "o'x@例子.cn", None)
CREDIT = ("91441300734122111K", "91441302MA000020X0", "914403001922038216", "N2441322MF0000013X")
SESSIONS = ("成果发布会", "甲、乙会", "=1+1", "Q, A", "成果发布会 ")

words = st.one_of(st.sampled_from(NASTY), st.text(ALPHABET, max_size=12)).map(clean)
said = words.filter(bool)
maybe = st.one_of(st.none(), said)
notes = st.one_of(
    st.none(),
    st.lists(words, min_size=1, max_size=4)
    .map("\n".join)
    .map(lambda text: clean(text, lines=True))
    .filter(bool),
)
days = st.one_of(st.none(), st.dates())
"""All of it as the services keep it: cleaned, and nothing is an empty text."""

people_names = st.one_of(maybe, st.sampled_from(("a / b", "/ a", "b /", "//", "a /// b", "' / '")))

enterprises = st.fixed_dictionaries(
    {
        "name_zh": maybe, "name_en": maybe, "short_name": maybe, "district": maybe, "note": notes,
        "quota": st.one_of(st.none(), st.integers(0, INTEGERS - 1)), "archived": st.integers(0, 5).map(lambda n: n == 0),
        "aliases": st.lists(said, max_size=3, unique_by=enterprise_key),
        "industries": st.sets(st.integers(0, 2)),
        "labels": st.dictionaries(st.sampled_from(LabelKind), st.tuples(maybe, days, days), max_size=3),
        "contacts": st.lists(
            st.tuples(people_names, st.sampled_from(PHONES), st.sampled_from(EMAILS), people_names).filter(
                lambda said: any(said[:3])
            ),
            max_size=3,
            unique=True,
        ),
        "main": st.integers(0, 3), "group": st.integers(0, 6),
    }
)  # fmt: skip
people = st.fixed_dictionaries(
    {
        "name": st.one_of(said, st.sampled_from(("李雷", "李 雷"))), "name_latin": maybe, "phone": st.sampled_from(PHONES),
        "email": st.sampled_from(EMAILS), "rank": st.one_of(st.none(), st.integers(0, 99)),
        "employer": st.integers(-1, 3), "represents": st.integers(-1, 3),
        "title": maybe, "seat": maybe, "note": notes, "category": st.one_of(st.sampled_from(list(Category)), said),
        "status": st.sampled_from(RegistrationStatus), "sessions": st.sets(st.integers(0, len(SESSIONS) - 1)),
    }
)  # fmt: skip
examples = st.tuples(
    st.lists(enterprises, max_size=4),
    st.lists(people, max_size=4),
    st.sampled_from(("en", "zh")),
    st.sampled_from(("xlsx", "csv")),
)


@pytest.fixture
def desk(uow, clock, actor):
    """A desk with an event, sessions of awkward names and industries, two of them with one name."""
    made = Desk(uow, clock, actor)
    made.workspaces.create(actor)
    made.add("week", "huizhou-2019")
    made.add("event", EVENT)
    for place, name in enumerate(SESSIONS):
        made.add("session", f"s-{place}")
        with uow.write() as session:
            session.execute(
                update(EventSession).where(EventSession.code == f"s-{place}").values(name_zh=clean(name))
            )
    for place, name in enumerate(("LED、QLED", "电池", "电池")):
        made.add("industry", f"i-{place}", name_zh=name)
    yield made
    choose("en")


def fill(desk: Desk, firms: list[dict[str, Any]], guests: list[dict[str, Any]]) -> None:
    """Put all of it into the tables as it is, past the checks of forms and imports."""
    codes = iter(CREDIT)
    with desk.uow.write() as session:
        industries = list(session.scalars(select(Industry.id).order_by(Industry.code)))
        ids = []
        for number, firm in enumerate(firms):
            credit = next(codes) if number % 2 else None
            archived = desk.clock() if firm["archived"] else None
            ids.append(_add_firm(session, number, firm, credit_code=credit, archived_at=archived))
            if firm["group"] < number:
                above = update(Enterprise).where(Enterprise.id == ids[-1])
                session.execute(above.values(group_id=ids[firm["group"]]))
            for place in firm["industries"]:
                _add(session, EnterpriseIndustry, enterprise_id=ids[-1], industry_id=industries[place])
        for number, guest in enumerate(guests):
            _add_guest(session, number, guest, ids, desk.clock())


def _add_firm(session: Any, number: int, firm: dict[str, Any], **values: Any) -> Any:
    made, chinese = new_id(), firm["name_zh"] or (None if firm["name_en"] else f"样例{number}")
    name = chinese or firm["name_en"]
    values |= {key: firm[key] for key in ("name_en", "short_name", "district", "quota", "note")}
    english = enterprise_key(firm["name_en"]) if firm["name_en"] else None
    values |= {"key": enterprise_key(name), "key_en": english, "sort_key": sort_key(name)}
    _add(session, Enterprise, id=made, code=f"e-{number}", name_zh=chinese, **values)
    for alias in firm["aliases"]:
        _add(session, EnterpriseAlias, enterprise_id=made, name=alias, key=enterprise_key(alias))
    for label, (certificate, start, end) in firm["labels"].items():
        stated = {"certificate": certificate, "valid_from": start, "valid_to": end}
        _add(session, EnterpriseLabel, enterprise_id=made, label=label, **stated)
    for place, (contact, phone, email, role) in enumerate(firm["contacts"]):
        said = {"name": contact, "phone": phone, "email": email, "role": role, "main": place == firm["main"]}
        _add(session, EnterpriseContact, enterprise_id=made, **said)
    return made


def _add_guest(session: Any, number: int, guest: dict[str, Any], firms: list[Any], now: Any) -> None:
    event = session.scalars(select(Event).where(Event.code == EVENT)).one()
    sessions = list(session.scalars(select(EventSession.id).order_by(EventSession.code)))
    person, registration = new_id(), new_id()
    employer, represents = (
        firms[guest[key]] if 0 <= guest[key] < len(firms) else None for key in ("employer", "represents")
    )
    own = {key: guest[key] for key in ("name", "name_latin", "phone", "email", "rank")}
    keys = {"search_key": "x", "sort_key": sort_key(guest["name"])}
    _add(session, Person, id=person, enterprise_id=employer, **own, **keys)
    there = {key: guest[key] for key in ("title", "status", "seat", "note")}
    there |= {"category": str(guest["category"])[:40].strip(), "source": RegistrationSource.DESK}
    there |= {"person_id": person, "event_id": event.id, "enterprise_id": represents}
    _add(session, Registration, id=registration, registered_at=now, **there)
    badge = {"number": 1_000_000 + number, "week_id": event.week_id, "person_id": person}
    _add(session, Badge, key_id=0, created_at=now, **badge)
    for place in guest["sessions"]:
        enrolled = {"status": RegistrationStatus.WAITING, "enrolled_at": now}
        _add(session, Enrolment, registration_id=registration, session_id=sessions[place], **enrolled)


def _add(session: Any, table: type, **values: Any) -> None:
    session.execute(insert(table).values(**values))


def clear(desk: Desk) -> None:
    """Take away what `fill` put in, and the logs."""
    kept = {"workspaces", "leases", "weeks", "events", "sessions", "industries", "checkpoints", "badge_keys"}
    with desk.uow.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in kept:
                session.execute(delete(table))


def picture(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table but the logs."""
    with desk.uow.read() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
            if not table.name.startswith(LOGS)
        }


def again(desk: Desk, kind: ExportKind, folder: Path, ending: str) -> tuple[int, ImportReport | None]:
    """Export whole and import; how many rows were exported, and what came of it where there was any."""
    jobs = ExportJobs(Exports(desk.uow, desk.clock), ScheduleJobs(Programme(desk.uow, desk.clock)))
    event = EVENT if kind is ExportKind.REGISTRATIONS else None
    path = folder / f"{kind}.{ending}"
    rows = jobs.write(desk.actor, ExportOrder(kind, Scope(event=event), ending, unmask=True), path)
    return rows, desk.imports.run(desk.actor, ImportKind(kind.value), path, event) if rows else None


def unchanged(desk: Desk, folder: Path, world: tuple[Any, ...]) -> None:
    """Both kinds come in again as unchanged, and no table has another row than before."""
    firms, guests, tongue, ending = world
    clear(desk)
    fill(desk, firms, guests)
    choose(tongue)
    before = picture(desk)
    for kind in (ExportKind.ENTERPRISES, ExportKind.REGISTRATIONS):
        rows, report = again(desk, kind, folder, ending)
        if report is None:
            continue
        errors = [problem for problem in report.problems if problem.severity == "error"]
        assert errors == []
        assert (report.rows, report.added, report.updated) == (rows, 0, 0), report.changes
        assert report.unchanged == rows
    assert picture(desk) == before


FIRM = {"name_zh": "甲", "name_en": None, "short_name": None, "district": None, "note": None, "quota": None,
        "archived": False, "aliases": [], "industries": set(), "labels": {}, "contacts": [],
        "main": 0, "group": 6}  # fmt: skip
GUEST = {"name": "李雷", "name_latin": None, "phone": None, "email": None, "rank": None, "employer": -1, "represents": 0,
         "title": None, "seat": None, "note": None, "category": "guest", "status": RegistrationStatus.REGISTERED,
         "sessions": {0, 1, 4}}  # fmt: skip
TWINS = (
    [FIRM, FIRM | {"archived": True, "group": 0}, FIRM | {"group": 1}],
    [GUEST, GUEST | {"represents": 1}, GUEST | {"employer": 2}],
    "zh",
    "csv",
)
"""Three enterprises of one name and group, the one between them archived; three people of one name."""
FIXTURE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@given(examples)
@example(TWINS)
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=FIXTURE,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
def test_what_is_exported_comes_in_unchanged(desk: Desk, tmp_path: Path, world: tuple[Any, ...]) -> None:
    """A share of the worlds: formulas, markup, look-alikes of nothing, namesakes, lists of names with commas."""
    unchanged(desk, tmp_path, world)


@pytest.mark.soak
@given(examples)
@settings(max_examples=400, deadline=None, suppress_health_check=FIXTURE)
def test_what_is_exported_comes_in_unchanged_soaked(
    desk: Desk, tmp_path: Path, world: tuple[Any, ...]
) -> None:
    """Many worlds."""
    unchanged(desk, tmp_path, world)
