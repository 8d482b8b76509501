"""Desks that were apart, united in any order, any number of times: always what a model says, and always the same."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from ipweek.domain import badge_code
from ipweek.domain.actor import Actor
from ipweek.domain.checkin import LoggedScan, ScanRequest, Standing, fold
from ipweek.domain.copies import CopyOrder
from ipweek.domain.errors import NotFoundError
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.domain.words import (
    Direction,
    EntryRule,
    Reason,
    RegistrationSource,
    RegistrationStatus,
    ScanKind,
    Verdict,
)
from ipweek.jobs.desks import DeskJobs
from ipweek.services.badges import Badges
from ipweek.services.checkin import CheckIn
from ipweek.services.copies import Copies
from ipweek.services.registrations import Registrations
from ipweek.storage.engine import open_engine
from ipweek.storage.tables import Base
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.world import World, build

DESKS, GUESTS = 4, 3
Rows = dict[str, list[dict[str, Any]]]
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


_TOUCHED = (
    *("leases", "copies", "workspaces", "weeks", "badge_keys", "events", "checkpoints", "enterprises"),
    *("people", "registrations", "enrolments", "badges", "prints", "scans", "admissions", "conflicts"),
    *("audit_entries", "audit_values"),
)
TABLES = tuple(table for table in Base.metadata.sorted_tables if table.name in _TOUCHED)
"""What a day at the doors changes, and what that refers to."""


def rows_of(uow: UnitOfWork) -> Rows:
    """What the tests look at of a database."""
    with uow.read() as session:
        return {
            table.name: [dict(row) for row in session.execute(select(table)).mappings()] for table in TABLES
        }


def restore(uow: UnitOfWork, rows: Rows) -> None:
    """Put a database back to what it was."""
    with uow.write_core() as connection:
        for table in reversed(TABLES):
            connection.execute(delete(table))
        for table in TABLES:
            for row in rows[table.name]:
                connection.execute(insert(table), row)


@dataclass(repr=False)
class Desk:
    """A database and its services: the main one, or a copy."""

    uow: UnitOfWork
    clock: StandingClock
    actor: Actor

    def __post_init__(self) -> None:
        self.checkin = CheckIn(self.uow, self.clock)
        self.registrations = Registrations(self.uow, self.clock)
        self.badges = Badges(self.uow, self.clock)
        self.door = self.checkin.door("release-2019")


class Venue:
    """The main database as it is before the doors open, and copies taken from it."""

    def __init__(self, world: World, clock: StandingClock, folder: Path, files: list[Path]) -> None:
        self.world, self.clock, self.folder, self.files = world, clock, folder, files
        self.before, self.numbers = rows_of(world.uow), count()


@pytest.fixture
def venue(uow: UnitOfWork, clock: StandingClock, tmp_path: Path) -> Venue:
    """Four guests, four copies."""
    world = build(uow, GUESTS)
    world.set(Event, world.event, taken=GUESTS)
    jobs = DeskJobs(Copies(uow, clock))
    order = CopyOrder((world.event_code,))
    files = [jobs.take(Actor("o", "main"), order, tmp_path / f"{n}.db").file for n in range(DESKS)]
    return Venue(world, clock, tmp_path, files)


WHAT = (
    *("entry", "entry", "entry", "exit", "undo", "mark", "override"),
    *("walk_in", "walk_in", "walk_in_scan", "walk_in_scan", "cancel", "block"),
)
steps = st.lists(
    st.tuples(st.integers(0, DESKS), st.sampled_from(WHAT), st.integers(0, GUESTS)),
    min_size=3,
    max_size=24,
)
orders = st.lists(st.integers(0, DESKS - 1), min_size=1, max_size=4).map(tuple)


any_day = given(
    steps=steps,
    rule=st.sampled_from(EntryRule),
    capacity=st.none() | st.integers(1, 3),
    first=orders,
    second=st.permutations(range(DESKS)),
)


def united(
    venue: Venue, steps: list[Any], rule: EntryRule, capacity: int | None, first: Any, second: Any
) -> None:
    """Any stream of scans over any desks, united in two ways."""
    main, files = played(venue, steps, rule, capacity)
    brought = [copy_rows(file) for file in files]
    after = rows_of(main)
    whole = (*first, *(place for place in range(DESKS) if place not in first), *first)
    told = []
    for order in (whole, second):
        restore(main, after)
        jobs = DeskJobs(Copies(main, venue.clock))
        for place in order:
            jobs.merge(Actor("o", "main"), files[place])
        told.append(rows_of(main))
        assert CheckIn(main, venue.clock).disagreements("release-2019") == ()
    expected = Model(after, brought)
    for rows in told:
        assert log_of(rows) == expected.log
        assert standings_of(rows) == expected.standings()
        assert conflicts_of(rows) == expected.conflicts()
        assert doors_of(rows) == expected.doors()


def test_any_order_gives_what_the_model_says(venue: Venue) -> None:
    """A share of the long proof below."""
    settings(max_examples=5, deadline=None, suppress_health_check=SLOW)(any_day(united))(venue)


@pytest.mark.soak
def test_any_order_at_length(venue: Venue) -> None:
    """Thirty days at the doors."""
    settings(max_examples=30, deadline=None, suppress_health_check=SLOW)(any_day(united))(venue)


def played(
    venue: Venue, steps: Sequence[Any], rule: EntryRule, capacity: int | None
) -> tuple[UnitOfWork, list[Path]]:
    """A day at the doors: every step at its desk, with the desks' own files."""
    main, number = venue.world.uow, next(venue.numbers)
    restore(main, venue.before)
    files = []
    for place, file in enumerate(venue.files):
        files.append(venue.folder / f"{number}-{place}.db")
        shutil.copyfile(file, files[-1])
    engines = [open_engine(f"sqlite:///{file}") for file in files]
    try:
        desks = [
            Desk(uow, venue.clock, Actor("o", f"desk {n}"))
            for n, uow in enumerate([main, *map(UnitOfWork, engines)])
        ]
        for desk in desks:  # as the door was set before the copies were taken
            with desk.uow.write_core() as connection:
                connection.execute(Checkpoint.__table__.update().values(entry_rule=rule, capacity=capacity))
        walk_ins: list[str] = []
        for place, what, who in steps:
            venue.clock.forward(seconds=40)
            step(venue, desks[place], what, who, walk_ins)
    finally:
        for engine in engines:
            engine.dispose()
    return main, files


def step(venue: Venue, desk: Desk, what: str, who: int, walk_ins: list[str]) -> None:
    """One thing that happens at a desk."""
    guest, door, actor = venue.world.guests[who % GUESTS], desk.door, desk.actor
    is_main = desk.uow is venue.world.uow
    if what in ("entry", "exit", "override"):
        direction = Direction.EXIT if what == "exit" else Direction.ENTRY
        why = "because" if what == "override" else None
        desk.checkin.scan(actor, door, ScanRequest(guest.code, direction=direction, override=why))
    elif what == "mark":
        desk.checkin.mark_present(actor, door, guest.registration)
    elif what == "undo":
        try:
            desk.checkin.undo(actor, door, guest.registration)
        except NotFoundError:
            return
    elif what == "walk_in":
        walk_ins.append(walk_in(desk, who))
    elif what == "walk_in_scan" and walk_ins:
        desk.checkin.scan(actor, door, ScanRequest(walk_ins[who % len(walk_ins)]))
    elif what in ("cancel", "block") and is_main:
        ended = desk.registrations.cancel if what == "cancel" else desk.registrations.block
        row = desk.registrations.show(str(guest.registration))
        if row.status is RegistrationStatus.REGISTERED:
            ended(actor, str(guest.registration))


def walk_in(desk: Desk, who: int) -> str:
    """One of four people comes unannounced, two of whom have one name; the code of the badge that he gets."""
    name, phone = ("赵敏", "") if who < 2 else (f"钱{who}", f"1380013800{who}")
    new = NewRegistration(
        name=name, phone=phone, enterprise="惠州恒益科技有限公司", source=RegistrationSource.WALK_IN
    )
    known = [row for row in desk.registrations.all(desk.actor, "release-2019") if row.name == name]
    row: Registered = known[0] if known else desk.registrations.register(desk.actor, "release-2019", new)
    (code,) = [each.code for each in desk.badges.codes("release-2019") if each.registration == row.id]
    desk.checkin.scan(desk.actor, desk.door, ScanRequest(code))
    return code


def copy_rows(file: Path) -> Rows:
    """What a copy holds at the end of its day."""
    engine = open_engine(f"sqlite:///{file}")
    try:
        return rows_of(UnitOfWork(engine))
    finally:
        engine.dispose()


class Model:
    """The union of the logs, and what follows from it, in plain Python."""

    def __init__(self, main: Rows, copies: list[Rows]) -> None:
        every = [main, *copies]
        self.people = {row["id"]: row for rows in every for row in rows["people"]}
        self.people |= {row["id"]: row for row in main["people"]}  # whole phones
        self.registrations = {row["id"]: row for rows in every for row in rows["registrations"]}
        self.registrations |= {row["id"]: row for row in main["registrations"]}
        self.badges = {row["number"]: row for rows in every for row in rows["badges"]}
        (self.door,) = main["checkpoints"]
        self.new = [
            {row["id"] for row in rows["people"]} - {row["id"] for row in main["people"]} for rows in copies
        ]
        self.rows: dict[UUID, dict[str, Any]] = {row["id"]: row for row in main["scans"]}
        for rows in copies:
            own = rows["workspaces"][0]["copy_id"]
            for row in rows["scans"]:
                if row["id"] not in self.rows:
                    self.rows[row["id"]] = self._identified(row | {"copy_id": own})
        self.log = self.rows

    def _identified(self, row: dict[str, Any]) -> dict[str, Any]:
        code = badge_code.parse(row["code"])
        badge = self.badges.get(code.number) if code and row["reason"] is Reason.NOT_IN_COPY else None
        if badge is None:
            return row
        person = badge["person_id"]
        places = [one["id"] for one in self.registrations.values() if one["person_id"] == person]
        return row | {"badge_id": badge["id"], "person_id": person, "registration_id": places[0]}

    def counted(self) -> list[dict[str, Any]]:
        """The rows that add up, in their order."""
        annulled = {row["annuls"] for row in self.rows.values()}
        rows = [
            row
            for row in self.rows.values()
            if row["verdict"] is Verdict.ACCEPTED
            and row["kind"] is not ScanKind.ANNULMENT
            and row["id"] not in annulled
            and row["registration_id"] is not None
        ]
        return sorted(
            rows, key=lambda row: (row["device_at"], row["received_at"], row["sequence"], row["id"])
        )

    def standings(self) -> dict[UUID, Standing]:
        """How everybody stands."""
        logged = [
            LoggedScan(
                *(row[name] for name in ("id", "kind", "registration_id", "checkpoint_id", "direction")),
                *(
                    row[name]
                    for name in ("device_at", "received_at", "sequence", "verdict", "desk", "annuls")
                ),
            )
            for row in self.rows.values()
        ]
        return {registration: standing for (registration, _door), standing in fold(logged).items()}

    def doors(self) -> tuple[int, int] | None:
        """How many are inside of a counted door, and how many went in past its limit."""
        if self.door["capacity"] is None:
            return None
        return sum(one.inside for one in self.standings().values()), len(self._past())

    def _past(self) -> list[dict[str, Any]]:
        inside: set[UUID] = set()
        past = []
        for row in self.counted():
            if row["direction"] is Direction.EXIT:
                inside.discard(row["registration_id"])
            elif row["registration_id"] not in inside:
                inside.add(row["registration_id"])
                if len(inside) > self.door["capacity"]:
                    past.append(row)
        return past

    def conflicts(self) -> set[str]:
        """The keys of all that cannot be right at once."""
        return {*self._two_entries(), *self._without_place(), *self._over(), *self._unknown(), *self._twice()}

    def _of_each(self) -> Iterator[list[dict[str, Any]]]:
        counted = self.counted()
        for registration in {row["registration_id"] for row in counted}:
            yield [row for row in counted if row["registration_id"] == registration]

    def _two_entries(self) -> Iterator[str]:
        rule = self.door["entry_rule"]
        for rows in self._of_each():
            entries = [row for row in rows if row["direction"] is Direction.ENTRY]
            for one, other in pairwise(entries if rule is EntryRule.ONCE else rows):
                both = one["direction"] is other["direction"] is Direction.ENTRY
                apart = one["copy_id"] != other["copy_id"]
                if both and apart and rule is not EntryRule.MANY and other["reason"] is not Reason.ALREADY_IN:
                    yield f"two_entries:{one['id'].hex}:{other['id'].hex}"

    def _without_place(self) -> Iterator[str]:
        kinds = {"cancelled": "cancelled_meanwhile", "blocked": "blocked_meanwhile"}
        for rows in self._of_each():
            held = self.registrations[rows[0]["registration_id"]]
            kind = kinds.get(held["status"].value)
            for row in rows:
                late = held["cancelled_at"] is None or held["cancelled_at"] <= row["device_at"]
                knew = row["reason"] is not None and row["reason"].value == held["status"].value
                entry = row["copy_id"] is not None and row["direction"] is Direction.ENTRY
                if kind and entry and late and not knew:
                    yield f"{kind}:{held['id'].hex}:{row['checkpoint_id'].hex}"

    def _over(self) -> Iterator[str]:
        counted = self.door["capacity"] is not None and any(row["copy_id"] for row in self.counted())
        if counted and any(row["reason"] is not Reason.FULL for row in self._past()):
            yield f"over_capacity:{self.door['id'].hex}"

    def _unknown(self) -> Iterator[str]:
        for row in self.rows.values():
            accepted = row["verdict"] is Verdict.ACCEPTED and row["copy_id"] is not None
            if accepted and row["registration_id"] is None:
                yield f"unknown_badge:{row['id'].hex}"

    def _twice(self) -> Iterator[str]:
        for new in self.new:
            for person in new:
                for other in self.people.keys() - new:
                    one, two = self.people[person], self.people[other]
                    phone = one["phone"] is not None and one["phone"] == two["phone"]
                    if phone or (one["name"], one["enterprise_id"]) == (two["name"], two["enterprise_id"]):
                        first, second = sorted((person, other))
                        yield f"walk_in_twice:{first.hex}:{second.hex}"


def log_of(rows: Rows) -> dict[UUID, dict[str, Any]]:
    """The log by id."""
    return {row["id"]: row for row in rows["scans"]}


def standings_of(rows: Rows) -> dict[UUID, Standing]:
    """The admissions that say something."""
    names = tuple(Standing.__dataclass_fields__)
    found = {row["registration_id"]: Standing(*(row[name] for name in names)) for row in rows["admissions"]}
    return {registration: standing for registration, standing in found.items() if standing != Standing()}


def conflicts_of(rows: Rows) -> set[str]:
    """What is open, by its key."""
    return {row["key"] for row in rows["conflicts"]}


def doors_of(rows: Rows) -> tuple[int, int] | None:
    """How the door stands, if it counts."""
    (door,) = rows["checkpoints"]
    return None if door["capacity"] is None else (door["present"], door["over"])
