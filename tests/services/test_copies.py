"""Copies for desks without a network: what they hold, what they refuse, how they come back, what is believed."""

import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import lease_of
from ipweek.domain.checkin import ScanRequest
from ipweek.domain.copies import CopyOrder
from ipweek.domain.errors import AlreadyThereError, DatabaseError, DeniedError, InvalidError, IpweekError
from ipweek.domain.ids import new_id
from ipweek.domain.operators import Voucher
from ipweek.domain.people import PersonChanges, RegistrationChanges
from ipweek.domain.words import Direction, OperatorRole, Reason, RegistrationStatus, Verdict
from ipweek.services.audit import Audit
from ipweek.services.merging import Merging
from ipweek.services.operators import Operators
from ipweek.services.people import People
from ipweek.storage.tables.badges import Lease, Print
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.tables.copies import Copy
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, Workspace
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.copies_world import EVENT, Apart, DoorDesk, tampered

ENTRY, EXIT = Direction.ENTRY, Direction.EXIT


@pytest.fixture
def apart(uow: UnitOfWork, clock: StandingClock, tmp_path: Path) -> Iterator[Apart]:
    """Three guests, and desks that go away."""
    made = Apart(uow, clock, tmp_path)
    yield made
    made.close()


def count(uow: UnitOfWork, table: type) -> int:
    """How many rows a table has."""
    with uow.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_desk_goes_on_and_comes_back(apart: Apart) -> None:
    """Scans are judged by the copy, come back as they were judged, and again add nothing."""
    desk, guest = apart.desk("B"), apart.world.guests[0]
    assert desk.scan(guest.code).verdict is Verdict.ACCEPTED
    assert desk.scan(guest.code).reason is Reason.ALREADY_IN
    told = apart.merge(desk)
    assert (told.desk, told.scans, told.known, told.walk_ins, told.conflicts) == ("B", 2, 0, 0, 0)
    again = apart.merge(desk)
    assert (again.scans, again.known, again.conflicts) == (0, 2, 0)
    assert apart.main.scan(guest.code).first_desk == "B"
    assert [line.offline for line in apart.main.checkin.scans(EVENT)] == [False, True, True]
    assert [(copy.desk, copy.scans) for copy in apart.main.copies.copies()] == [("B", 2)]
    assert Audit(apart.main.uow).broken() == ()


def test_a_copy_holds_what_a_door_needs(apart: Apart, tmp_path: Path) -> None:
    """Nobody else reads it; phones are masked but found by their end, notes, answers and the secret stay behind."""
    person = apart.world.guests[0].person
    apart.world.set(
        Person, person, phone="+8613800135678", email="a@b.cn", note="vip", search_key="来宾0 +8613800135678"
    )
    apart.world.set(Registration, apart.world.guests[0].registration, note="late", answers={"meal": "none"})
    apart.main.scan(apart.world.guests[1].code)
    desk = apart.desk("B")
    assert desk.file is not None
    assert stat.S_IMODE(desk.file.stat().st_mode) == 0o600
    with desk.uow.read() as session:
        kept = session.get_one(Person, person)
        assert (kept.phone, kept.email, kept.note) == ("138****5678", None, None)
        assert kept.search_key == "来宾0 5678"
        row = session.get_one(Registration, apart.world.guests[0].registration)
        assert (row.note, row.answers) == (None, {})
        assert session.scalar(select(Workspace.secret)) is None
    raw = desk.file.read_bytes()
    assert b"13800135678" not in raw
    assert b"a@b.cn" not in raw
    (found,) = desk.registrations.page(EVENT, "5678").rows
    assert (found.name, found.phone) == ("来宾0", "138****5678")
    assert desk.checkin.disagreements(EVENT) == ()
    assert desk.scan(apart.world.guests[1].code).reason is Reason.ALREADY_IN


def test_who_is_known_is_found_by_a_whole_phone(apart: Apart) -> None:
    """A walk-in of the same name and phone is the person that the copy knows masked."""
    apart.world.set(Person, apart.world.guests[0].person, phone="+8613800135678")
    desk = apart.desk("B")
    with pytest.raises(AlreadyThereError) as refused:
        desk.walk_in("来宾0", "13800135678")
    assert refused.value.code == "already-registered"


REFUSED: dict[str, Callable[[DoorDesk, Apart, Path], object]] = {
    "copy-of-copy": lambda desk, _apart, folder: desk.copies.grant(desk.actor, CopyOrder((EVENT,))),
    "merge-into-copy": lambda desk, _apart, folder: desk.copies.merge(desk.actor, folder / "B.db"),
    "copy-exists": lambda _desk, apart, folder: apart.jobs.take(apart.main.actor, CopyOrder((EVENT,)), folder / "B.db"),
    "copy-of-nothing": lambda _desk, apart, folder: apart.jobs.take(apart.main.actor, CopyOrder(), folder / "C.db"),
    "copy-changes-nothing": lambda desk, apart, _folder: desk.registrations.edit(
        desk.actor, str(apart.world.guests[0].registration), RegistrationChanges(seat="9")
    ),
    "copy-missing": lambda _desk, apart, folder: apart.jobs.merge(apart.main.actor, folder / "D.db"),
}  # fmt: skip


def test_what_a_copy_refuses(apart: Apart, tmp_path: Path) -> None:
    """It grants nothing, takes nothing back, changes nothing that no merge would take; no file is written over."""
    desk = apart.desk("B")
    for code, attempt in REFUSED.items():
        with pytest.raises(IpweekError) as refused:
            attempt(desk, apart, tmp_path)
        assert refused.value.code == code
    assert (
        sorted(path.name for path in tmp_path.glob("*.db")) == ["B.db", "ipweek.db"]
        or not apart.world.uow.is_sqlite
    )
    assert desk.registrations.show(str(apart.world.guests[0].registration)).seat == "A1"


def test_walk_ins_come_back(apart: Apart) -> None:
    """New people get numbers of the copy's own range; of one enterprise at two desks one is made."""
    first, second = apart.desk("B"), apart.desk("C")
    rows = [
        first.walk_in("孙一", "13800138001", "样例新光有限公司"),
        second.walk_in("周二", "13800138002", "样例新光有限公司"),
    ]
    codes = [desk.code(row) for desk, row in zip((first, second), rows, strict=True)]
    for desk, code in zip((first, second), codes, strict=True):
        assert desk.scan(code).verdict is Verdict.ACCEPTED
    assert {lease_of(int(row.badge_no or 0)) for row in rows} == {1, 2}
    assert [apart.merge(desk).walk_ins for desk in (first, second, first)] == [1, 1, 0]
    assert apart.conflicts == ()
    assert [apart.main.scan(code).reason for code in codes] == [Reason.ALREADY_IN] * 2
    shown = [apart.main.registrations.show(str(row.id)) for row in rows]
    assert [row.status for row in shown] == [RegistrationStatus.REGISTERED] * 2
    assert len({row.enterprise_code for row in shown}) == 1
    with apart.main.uow.read() as session:
        assert session.scalar(select(Event.taken)) == 5
        assert session.scalar(select(func.count()).where(Enterprise.key == "样例新光")) == 1


def test_a_substitute_takes_the_place_here_too(apart: Apart) -> None:
    """Whom he came for is cancelled, and nobody else moves; a later entry of his is a conflict."""
    desk, other, delegate = apart.desk("B"), apart.desk("C"), apart.world.guests[0]
    heir = desk.walk_in("孙一", substitute_for=str(delegate.registration))
    apart.clock.forward(minutes=2)
    other.scan(delegate.code)
    assert apart.merge(other).conflicts == 0
    assert apart.merge(desk).conflicts == 1
    shown = [apart.main.registrations.show(str(row)) for row in (heir.id, delegate.registration)]
    assert [row.status for row in shown] == [RegistrationStatus.REGISTERED, RegistrationStatus.CANCELLED]
    with apart.main.uow.read() as session:
        assert session.scalar(select(Event.taken)) == 3
    (found,) = apart.conflicts
    assert (found.kind.value, found.person and found.person.name) == ("cancelled_meanwhile", "来宾0")


def test_what_ended_at_the_desk_ends_here_once(apart: Apart) -> None:
    """A cancellation comes back, and is not repeated by another merge after he registered again."""
    guest = apart.world.guests[0]
    apart.world.set(Person, guest.person, enterprise_id=apart.world.enterprise)
    desk = apart.desk("B")
    desk.registrations.cancel(desk.actor, str(guest.registration))
    apart.merge(desk)
    assert apart.main.registrations.show(str(guest.registration)).status is RegistrationStatus.CANCELLED
    apart.clock.forward(minutes=1)
    assert apart.main.walk_in("来宾0", enterprise="惠州恒益科技有限公司").id == guest.registration
    apart.merge(desk)
    assert apart.main.registrations.show(str(guest.registration)).status is RegistrationStatus.REGISTERED


def test_who_cancelled_and_came_all_the_same(apart: Apart) -> None:
    """Somebody cancelled is registered again at the desk, and so he is here."""
    guest = apart.world.guests[0]
    apart.world.set(Person, guest.person, enterprise_id=apart.world.enterprise)
    apart.main.registrations.cancel(apart.main.actor, str(guest.registration))
    desk = apart.desk("B")
    assert desk.walk_in("来宾0", enterprise="惠州恒益科技有限公司").id == guest.registration
    desk.scan(guest.code)
    assert apart.merge(desk).conflicts == 0
    assert apart.main.registrations.show(str(guest.registration)).status is RegistrationStatus.REGISTERED


def test_what_is_typed_of_known_people_comes_back(apart: Apart) -> None:
    """Who registers again at the desk is so with all that was said there, and a later correction here stands."""
    guest, delegate = apart.world.guests[:2]
    apart.world.set(Person, guest.person, enterprise_id=apart.world.enterprise)
    apart.main.registrations.cancel(apart.main.actor, str(guest.registration))
    apart.clock.forward(minutes=1)
    desk = apart.desk("B")
    typed = {"title": "总工", "seat": "A1", "note": "素食", "email": "a@b.cn", "name_latin": "Lai"}
    heir = desk.walk_in(
        "来宾0", enterprise="惠州恒益科技有限公司", substitute_for=str(delegate.registration), **typed
    )
    assert heir.id == guest.registration
    assert apart.merge(desk).conflicts == 0
    page = apart.main.registrations
    held = page.show(str(guest.registration))
    assert {name: getattr(held, name) for name in typed} == typed | {"email": "a***@b.cn"}
    assert (held.status, held.enterprise) == (RegistrationStatus.REGISTERED, "惠州恒益科技有限公司")
    assert held.substitute_for_id == delegate.registration
    assert page.show(str(delegate.registration)).status is RegistrationStatus.CANCELLED
    People(apart.main.uow, apart.clock).edit(
        apart.main.actor, str(guest.registration), PersonChanges(email="c@d.cn")
    )
    apart.merge(desk)
    assert page.show(str(guest.registration)).email == "c***@d.cn"


def test_badges_bound_reissued_and_printed_at_the_desk(apart: Apart) -> None:
    """A blank that was bound there is his here; an issue that was raised counts here; copies are counted on."""
    apart.world.add_badge(900)
    desk, guests = apart.desk("B"), apart.world.guests
    desk.bindings.bind(desk.actor, apart.world.code(900), str(guests[0].registration))
    desk.badges.reissue(desk.actor, str(guests[1].registration))
    for place in (apart.main, desk):
        print_one(place, guests[2].badge, guests[2].registration)
    apart.merge(desk)
    apart.merge(desk)
    assert apart.main.scan(apart.world.code(900)).name == "来宾0"
    assert apart.main.scan(guests[0].code).reason is Reason.REVOKED
    assert apart.main.scan(guests[1].code).reason is Reason.REVOKED
    with apart.main.uow.read() as session:
        assert session.scalars(select(Print.copy).order_by(Print.copy)).all() == [1, 2]


def print_one(desk: DoorDesk, badge: object, registration: object) -> None:
    """Log one printed copy."""
    with desk.uow.write() as session:
        made = Print(
            id=new_id(), badge_id=badge, registration_id=registration, print_run=new_id(), issue=1, copy=1
        )
        made.target, made.printed_at, made.operator, made.desk = "file", desk.clock(), "Li", "x"
        session.add(made)


def test_a_copy_that_could_not_be_written(
    apart: Apart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no room on the stick there is no file, nobody waits for it, and its numbers are the next copy's."""

    def full(*_arguments: object) -> None:
        raise DatabaseError("database-full")

    order = CopyOrder((EVENT,), desk="B")
    with monkeypatch.context() as patch:
        patch.setattr("ipweek.services.copy_contents.write", full)
        with pytest.raises(DatabaseError, match="database-full"):
            apart.jobs.take(apart.main.actor, order, tmp_path / "B.db")
    assert not list(tmp_path.glob("B*"))
    assert apart.main.copies.copies() == ()
    assert apart.jobs.take(apart.main.actor, order, tmp_path / "B.db").manifest.lease == 1


def test_a_copied_copy_gives_no_number_twice(apart: Apart, tmp_path: Path) -> None:
    """Two desks that went on with one file both come back; a number given to two people is a conflict."""
    desk = apart.desk("B")
    assert desk.file is not None
    twin = apart.opened(Path(shutil.copyfile(desk.file, tmp_path / "twin.db")), "B2")
    rows = [desk.walk_in("孙一"), twin.walk_in("周二")]
    assert rows[0].badge_no == rows[1].badge_no
    apart.merge(desk)
    apart.merge(twin)
    (found,) = apart.conflicts
    assert found.kind.value == "badge_twice"
    assert {found.person and found.person.name, found.other and found.other.name} == {"孙一", "周二"}


def test_what_was_merged_here_meanwhile(apart: Apart) -> None:
    """A copy's scans of a person that is another one by now are that one's."""
    desk, guests = apart.desk("B"), apart.world.guests
    desk.scan(guests[1].code)
    Merging(apart.main.uow, apart.clock).merge(apart.main.actor, str(guests[0].person), str(guests[1].person))
    apart.merge(desk)
    with apart.main.uow.read() as session:
        row = session.scalars(select(Scan)).one()
        assert (row.person_id, row.registration_id) == (guests[0].person, guests[0].registration)
    assert apart.main.scan(guests[1].code).reason is Reason.ALREADY_IN


def test_an_older_main_database_learns_of_the_copy(apart: Apart) -> None:
    """After a backup from before was restored the signature still says that the copy is genuine."""
    desk = apart.desk("B")
    desk.scan(apart.world.guests[0].code)
    with apart.main.uow.write() as session:
        session.execute(delete(Copy))
        session.execute(delete(Lease).where(Lease.number > 0))
    assert apart.merge(desk).scans == 1


def test_a_copy_is_filled_anew(apart: Apart, tmp_path: Path) -> None:
    """One grant serves a desk for many fillings: its numbers go on, and what it changes then comes back too."""
    copies, files = apart.main.copies, [tmp_path / "1.db", tmp_path / "2.db"]
    manifest = copies.grant(apart.main.actor, CopyOrder((EVENT,), desk="B"))
    numbers = []
    for file, name, guest in zip(files, ("孙一", "周二"), apart.world.guests, strict=False):
        copies.fill(manifest, file)
        desk = apart.opened(file, "B")
        desk.registrations.cancel(desk.actor, str(guest.registration))
        numbers.append(desk.walk_in(name).badge_no)
        apart.merge(desk)
    assert numbers == ["0001000001", "0001000002"]
    assert apart.main.registrations.counts(EVENT).cancelled == 2
    assert [copy.desk for copy in copies.copies()] == ["B"]
    assert apart.conflicts == ()


def test_a_desk_in_use_is_united_as_it_stands(apart: Apart) -> None:
    """While a write of the desk is open the merge takes what was there before; the rest comes next time."""
    desk, guests = apart.desk("B"), apart.world.guests
    desk.scan(guests[0].code)
    with desk.uow.write() as session:
        session.execute(select(Scan))
        assert apart.merge(desk).scans == 1
    desk.scan(guests[1].code)
    told = apart.merge(desk)
    assert (told.scans, told.known) == (1, 1)


def test_the_file_alone_holds_everything(apart: Apart, tmp_path: Path) -> None:
    """Whoever copies it while the program runs at the desk has every scan, without the files beside it."""
    desk, guests = apart.desk("B"), apart.world.guests
    assert desk.file is not None
    for guest in guests:
        desk.scan(guest.code)
    assert desk.file.with_name("B.db-wal").exists()
    taken = Path(shutil.copyfile(desk.file, tmp_path / "taken.db"))
    assert apart.jobs.merge(apart.main.actor, taken).scans == len(guests)


def test_a_read_only_stick(apart: Apart, tmp_path: Path) -> None:
    """A file in a folder that nobody can write to is read all the same."""
    desk = apart.desk("B")
    desk.scan(apart.world.guests[0].code)
    apart.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    file = Path(shutil.copyfile(tmp_path / "B.db", stick / "B.db"))
    file.chmod(0o400)
    stick.chmod(0o500)
    try:
        assert apart.jobs.merge(apart.main.actor, file).scans == 1
    finally:
        stick.chmod(0o700)


# What is believed


def _forge_scan(file: sqlite3.Connection) -> None:
    names = [row[1] for row in file.execute("PRAGMA table_info(scans)")]
    chosen = ", ".join({"id": f"'{new_id().hex}'", "sequence": "99"}.get(name, name) for name in names)
    file.execute(f"INSERT INTO scans SELECT {chosen} FROM scans LIMIT 1")


ALTERED: dict[str, tuple[str, Callable[[sqlite3.Connection], object]]] = {
    "another desk": ("manifest", lambda file: file.execute("UPDATE copies SET desk = 'C'")),
    "another range": ("manifest", lambda file: file.execute("UPDATE copies SET lease = 7")),
    "another signature": ("manifest", lambda file: file.execute(f"UPDATE copies SET signature = '{'0' * 64}'")),
    "another verdict": ("scans", lambda file: file.execute("UPDATE scans SET direction = 'exit'")),
    "another moment": ("scans", lambda file: file.execute("UPDATE scans SET device_at = '2019-04-25 01:00:00.000000'")),
    "a scan more": ("scans", _forge_scan),
    "a scan less": ("scans", lambda file: file.execute("DELETE FROM scans WHERE sequence = 2")),
    "another name": ("people", lambda file: file.execute("UPDATE people SET name = '李四' WHERE name = '孙一'")),
    "another place": ("registrations", lambda file: file.execute("UPDATE registrations SET seat = '1'")),
    "another holder": ("badges", lambda file: file.execute("UPDATE badges SET issue = 7 WHERE number > 999999")),
    "another operator": ("audit_entries", lambda file: file.execute("UPDATE audit_entries SET operator = 'X'")),
    "a seal less": ("log", lambda file: file.execute("DELETE FROM seals WHERE position = 2")),
    "another seal": ("log", lambda file: file.execute("UPDATE seals SET content = seal WHERE position = 2")),
    "no end": ("end", lambda file: file.executescript(
        "DELETE FROM scans WHERE sequence = 2; DELETE FROM seals WHERE position = (SELECT max(position) FROM seals)"
    )),
    "no seals": ("end", lambda file: file.executescript("DELETE FROM scans; DELETE FROM seals")),
}  # fmt: skip


def test_nothing_is_taken_from_an_altered_file(apart: Apart, tmp_path: Path) -> None:
    """Whatever is changed by other means, the merge says which part does not hold, and takes nothing."""
    desk = apart.desk("B")
    desk.scan(desk.code(desk.walk_in("孙一")))
    desk.scan(apart.world.guests[0].code)
    apart.close()
    before = count(apart.main.uow, Person), count(apart.main.uow, Scan)
    for name, (part, change) in ALTERED.items():
        file = tampered(Path(shutil.copyfile(tmp_path / "B.db", tmp_path / "altered.db")), change)
        with pytest.raises(InvalidError) as refused:
            apart.jobs.merge(apart.main.actor, file)
        assert (refused.value.code, refused.value.params["part"]) == ("copy-altered", part), name
        assert (count(apart.main.uow, Person), count(apart.main.uow, Scan)) == before, name
    assert apart.jobs.merge(apart.main.actor, tmp_path / "B.db").scans == 2


def test_other_tools_cannot_write_into_a_copy(apart: Apart, tmp_path: Path) -> None:
    """The triggers call what only this program has."""
    desk = apart.desk("B")
    desk.scan(apart.world.guests[0].code)
    apart.close()
    connection = sqlite3.connect(tmp_path / "B.db")
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("UPDATE scans SET direction = 'exit'")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM scans")
    connection.close()


def test_files_that_are_no_copies(apart: Apart, tmp_path: Path) -> None:
    """A text, a torn copy, another database and the copy of another workspace are told apart."""
    desk = apart.desk("B")
    apart.close()
    assert desk.file is not None
    (tmp_path / "text.db").write_text("no database")
    (tmp_path / "torn.db").write_bytes(desk.file.read_bytes()[:50_000])
    sqlite3.connect(tmp_path / "empty.db").execute("CREATE TABLE a (b)").connection.close()
    other = tampered(
        Path(shutil.copyfile(desk.file, tmp_path / "other.db")),
        lambda file: file.execute("UPDATE workspaces SET id = ?", (new_id().hex,)),
    )
    older = tampered(
        Path(shutil.copyfile(desk.file, tmp_path / "older.db")),
        lambda file: file.execute("UPDATE alembic_version SET version_num = '0001'"),
    )
    cases = {"text.db": "copy-not-one", "torn.db": "copy-unreadable", "empty.db": "copy-not-one"}
    (tmp_path / "folder.db").mkdir()
    cases |= {
        "folder.db": "copy-not-one",
        other.name: "copy-other-workspace",
        older.name: "copy-other-version",
    }
    for name, code in cases.items():
        with pytest.raises(InvalidError) as refused:
            apart.jobs.merge(apart.main.actor, tmp_path / name)
        assert refused.value.code == code, name


def test_who_may_decide_holds_at_a_copy_too(apart: Apart) -> None:
    """A desk operator's override is refused there and kept in the trail, a supervisor's PIN allows it; both come back."""
    pin = "2468"
    organizer = Actor("Sun", "main", pin=pin)
    operators = Operators(apart.main.uow, apart.clock)
    operators.add(organizer, "Sun", OperatorRole.ORGANIZER, pin)
    operators.add(organizer, "Li", OperatorRole.DESK)
    guest = apart.world.guests[0]
    apart.world.set(Registration, guest.registration, status=RegistrationStatus.CANCELLED)
    desk = apart.desk("B")
    with pytest.raises(DeniedError):
        desk.scan(guest.code, why="so")
    request = ScanRequest(guest.code, override="the host asked", by=Voucher("Sun", pin))
    assert desk.checkin.scan(desk.actor, desk.door, request).override
    apart.merge(desk)
    assert [line.allowed_by for line in apart.main.checkin.scans(EVENT)] == ["Sun"]
    assert "refuse" in [line.action for line in Audit(apart.main.uow).lines()]
    assert Audit(apart.main.uow).broken() == ()
