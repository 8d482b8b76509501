"""A week of two events in which everything happens that a report counts, and its exports as CSV."""

import csv
import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ipweek.domain.checkin import ScanRequest
from ipweek.domain.errors import IpweekError
from ipweek.domain.exports import ExportKind, Scope
from ipweek.domain.words import (
    Confidentiality,
    DemandCategory,
    DemandStatus,
    Direction,
    LabelKind,
    Priority,
    RegistrationSource,
    RegistrationStatus,
)
from ipweek.jobs.exports import ExportJobs, ExportOrder
from ipweek.jobs.schedule import ScheduleJobs
from ipweek.services.directory import Directory
from ipweek.services.exports import Exports
from ipweek.services.merging import Merging
from ipweek.services.programme import Programme
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.exchange import Demand, DemandAction
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event, EventSession
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON
from tests.csv_recount import Files
from tests.report_world import (
    ACTOR,
    Desk,
    add_enterprise,
    add_industry,
    add_label,
    add_result,
    add_row,
    release,
)
from tests.world import BEFORE, DAY, World, build

WEEK = "huizhou-2019"
EVENTS = "release-2019", "exchange-2019"
DOORS = (EVENTS[0], None), (EVENTS[0], "talk"), (EVENTS[1], None)
INDUSTRIES = {"qled-1": "qled", "led-1": "led", "li-1": "li"}
"""The industry of each result."""
MINUTE, LONG_AGO = timedelta(minutes=1), date(2019, 1, 1)


class RecountWorld:
    """Two events, three doors, three results, four enterprises; what is played at them comes from a plan."""

    def __init__(self, uow: UnitOfWork, plan: Mapping[str, Any]) -> None:
        self.uow, self.plan = uow, plan
        self.world: World = build(uow, people=len(plan["guests"]))
        self.desk = Desk(self.world)
        self.second = self.world.add_event(EVENTS[1])
        self.sessions = {
            code: self.world.add_session(code, capacity=capacity)
            for code, capacity in zip(("talk", "panel"), plan["capacities"], strict=True)
        }
        self._doors()
        self._enterprises()
        self._guests()
        for number, move in enumerate(plan["moves"]):
            self._move(number, *move)
        self._afterwards()

    def _doors(self) -> None:
        self.desk.open("talk")
        self.desk.open(event=EVENTS[1])
        self.world.set(Event, self.world.event, start_time=self.plan["clock"], grace_minutes=20)
        self.world.set(Checkpoint, self.world.door, opens_at=self.plan["opens"])

    def _enterprises(self) -> None:
        made = {code: add_industry(self.world, code) for code in INDUSTRIES.values()}
        places = {
            "qled-1": {"session_id": self.sessions["talk"]},
            "li-1": {"session_id": self.sessions["panel"]},
        }
        for code, industry in INDUSTRIES.items():
            result = add_result(self.world, code, made[industry])
            release(self.world, result, **places.get(code, {"event_id": self.second}))
        self.firms = [
            add_enterprise(self.world, "e0"),
            add_enterprise(self.world, "e1", made["qled"], made["led"], district="惠城"),
            add_enterprise(self.world, "e2", made["qled"], made["li"], district="惠城"),
            add_enterprise(self.world, "e3", made["led"], district="仲恺"),
        ]
        add_label(self.world, self.firms[1], LabelKind.HIGH_TECH, valid_to=DAY - timedelta(days=1))
        add_label(self.world, self.firms[2], LabelKind.HIGH_TECH, valid_from=DAY, certificate="GR-1")
        add_label(self.world, self.firms[2], LabelKind.IP_MANAGEMENT)

    def _guests(self) -> None:
        for place, guest in enumerate(self.plan["guests"]):
            firm = None if guest["enterprise"] is None else self.firms[guest["enterprise"]]
            first = self.world.guests[0].registration
            self.desk.bend(
                place,
                status=guest["status"],
                source=guest["source"],
                on_leave=guest["on_leave"],
                confirmed_at=None if guest["confirmed"] is None else NOON + guest["confirmed"] * MINUTE,
                substitute_for=first if guest["substitute"] and place else None,
                enterprise_id=firm,
            )
            for code in guest["sessions"]:
                self.world.enrol(self.world.guests[place], self.sessions[code], guest["enrolled"])
            if guest["second"] is not None:
                self._register_second(place, guest["second"], firm)
        self._count_places()

    def _count_places(self) -> None:
        """As the registrations took them."""
        held, guests = RegistrationStatus.REGISTERED, self.plan["guests"]
        self.world.set(Event, self.world.event, taken=sum(guest["status"] is held for guest in guests))
        self.world.set(Event, self.second, taken=sum(guest["second"] is held for guest in guests))
        for code, session in self.sessions.items():
            enrolled = [guest for guest in guests if guest["enrolled"] is held and code in guest["sessions"]]
            self.world.set(EventSession, session, taken=len(enrolled))

    def _register_second(self, place: int, status: RegistrationStatus, firm: UUID | None) -> None:
        add_row(
            self.world,
            Registration,
            person_id=self.world.guests[place].person,
            event_id=self.second,
            enterprise_id=firm,
            category="delegate",
            status=status,
            source=RegistrationSource.MAIL,
            on_leave=False,
            answers={},
            registered_at=BEFORE,
        )

    def _move(self, number: int, guest: int, door: int, how: str, minute: int) -> None:
        """One thing at a door; what cannot be done is not."""
        event, session = DOORS[door]
        known = self.world.guests[guest % len(self.world.guests)]
        at, moment = self.desk.checkin.door(event, session), NOON + minute * MINUTE
        with suppress(IpweekError):
            if how == "mark":
                self.desk.checkin.mark_present(ACTOR, at, known.registration, at=moment)
            elif how == "undo":
                self.desk.checkin.undo(ACTOR, at, known.registration)
            else:
                direction = Direction.EXIT if how == "exit" else Direction.ENTRY
                why = "an organizer let him in" if how == "override" else None
                code = known.code if how != "foreign" else f"{number}"
                request = ScanRequest(code, at=moment, direction=direction, override=why)
                self.desk.checkin.scan(ACTOR, at, request)

    def _afterwards(self) -> None:
        for number, demand in enumerate(self.plan["demands"]):
            self._demand(number, **demand)
        for number, answer in enumerate(self.plan["answers"]):
            self._answer(number, **answer)
        people = [str(guest.person) for guest in self.world.guests]
        for kind, keep, drop in self.plan["merges"]:
            names = people if kind == "people" else ["e0", "e1", "e2", "e3"]
            with suppress(IpweekError):
                Merging(self.uow).merge(ACTOR, names[keep % len(names)], names[drop % len(names)])
        with suppress(IpweekError):
            if self.plan["gone"] is not None:
                Directory(self.uow).remove(ACTOR, people[self.plan["gone"] % len(people)])
        if self.plan["gone_firm"] is not None:
            self.world.set(Enterprise, self.firms[self.plan["gone_firm"]], archived_at=NOON)

    def _demand(
        self, number: int, firm: int, event: int, category: DemandCategory, status: DemandStatus, late: bool
    ) -> None:
        made = add_row(
            self.world,
            Demand,
            code=f"d-{number}",
            event_id=(self.world.event, self.second)[event],
            enterprise_id=self.firms[firm],
            category=category,
            text="a demand",
            status=status,
            outcome="done" if status is DemandStatus.CLOSED else None,
            confidentiality=Confidentiality.CONFIDENTIAL,
            priority=Priority.NORMAL,
            synthetic=False,
        )
        due = LONG_AGO if late else date(2999, 1, 1)
        add_row(self.world, DemandAction, code=f"a-{number}", demand_id=made, text="act", due_on=due)

    def _answer(
        self,
        number: int,
        guest: int | None,
        event: int,
        session: str | None,
        scores: tuple[int | None, int | None],
        comment: str | None,
    ) -> None:
        known = self.world.guests[guest % len(self.world.guests)].person if guest is not None else None
        add_row(
            self.world,
            FeedbackAnswer,
            event_id=(self.world.event, self.second)[event],
            key=f"{number}",
            session_id=self.sessions.get(session) if event == 0 else None,
            session_word=session,
            person_id=known,
            satisfaction=scores[0],
            ratings={} if scores[1] is None else {"Catering": scores[1]},
            comment=comment,
        )


def exported(uow: UnitOfWork) -> Files:
    """All exports of the week as CSV, read by the library of the language."""
    jobs = ExportJobs(Exports(uow), ScheduleJobs(Programme(uow)))

    def rows(kind: ExportKind, event: str | None = None, week: str | None = None) -> list[dict[str, str]]:
        file = io.BytesIO()
        jobs.stream(ACTOR, ExportOrder(kind, Scope(event, week), "csv"), file)
        return list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))

    def each(kind: ExportKind) -> dict[str, list[dict[str, str]]]:
        return {event: rows(kind, event) for event in EVENTS}

    return Files(
        each(ExportKind.REGISTRATIONS),
        each(ExportKind.SCANS),
        rows(ExportKind.ENTERPRISES),
        each(ExportKind.ENTERPRISES),
        rows(ExportKind.SCHEDULE, week=WEEK),
        each(ExportKind.DEMANDS),
        each(ExportKind.FEEDBACK),
    )
