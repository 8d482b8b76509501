"""All services over one database, and what most tests of them begin with."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from ipweek.domain.actor import Actor
from ipweek.domain.errors import IpweekError
from ipweek.domain.kinds import KINDS
from ipweek.domain.print_runs import PrintRun
from ipweek.domain.records import Record, parse
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.services.audit import Audit
from ipweek.services.badge_binding import Bindings
from ipweek.services.badge_runs import BadgeRuns
from ipweek.services.badges import Badges
from ipweek.services.base import Clock
from ipweek.services.cases import Cases
from ipweek.services.exchange import Exchange
from ipweek.services.imports import Imports
from ipweek.services.navigation import Navigation
from ipweek.services.patents import Patents
from ipweek.services.records import Records
from ipweek.services.registrations import Registrations
from ipweek.services.report_notes import Notes
from ipweek.services.workspace import Workspaces
from ipweek.storage.unit_of_work import UnitOfWork

EVENT = "release-2019"
PHOTOGRAPH = Path(__file__).parent / "data" / "photograph.jpg"
"""Taken with the camera turned, and with the place noted in it."""


class Desk:
    """An operator's services; values are typed as texts, as at a desk."""

    def __init__(self, uow: UnitOfWork, clock: Clock, actor: Actor) -> None:
        self.uow, self.clock, self.actor = uow, clock, actor
        self.workspaces = Workspaces(uow, clock)
        self.records = Records(uow, clock)
        self.registrations = Registrations(uow, clock)
        self.navigation = Navigation(uow, clock)
        self.cases = Cases(uow, clock)
        self.exchange = Exchange(uow, clock)
        self.imports = Imports(uow, clock)
        self.patents = Patents(uow, clock)
        self.badges = Badges(uow, clock)
        self.runs = BadgeRuns(uow, clock)
        self.bindings = Bindings(uow, clock)
        self.notes = Notes(uow, clock)

    @cached_property
    def audit(self) -> Audit:
        """The trail."""
        return Audit(self.uow, self.clock)

    def add(self, kind: str, code: str, /, **texts: str) -> Record:
        """Add a record of typed texts; those that a kind requires are there unless given."""
        return self.records.add(
            self.actor, kind, typed(kind, {"code": code, **REQUIRED.get(kind, {}), **texts})
        )

    def edit(self, kind: str, code: str, /, **texts: str) -> Record:
        """Change a record by typed texts; an empty one takes a field back."""
        return self.records.edit(self.actor, kind, code, typed(kind, texts))

    def register(self, name: str, phone: str = "", enterprise: str = "", **given: Any) -> Registered:
        """Register somebody at the event."""
        new = NewRegistration(name=name, phone=phone, enterprise=enterprise, **given)
        return self.registrations.register(self.actor, EVENT, new)

    def printed(self, *rows: Registered, target: str, reason: str | None = None) -> PrintRun:
        """Log a run of these badges as left."""
        run = self.runs.begin(self.actor, EVENT, [row.id for row in rows], 10, {"reason": reason})
        return self.runs.log(self.actor, run, run.pages, target)


REQUIRED = {
    "week": {"name_en": "IP Week", "year": "2019", "zone": "Asia/Shanghai"},
    "venue": {"name_en": "Hall"},
    "room": {"name_en": "Room", "venue": "hall"},
    "event": {"name_en": "Conference", "week": "huizhou-2019", "kind": "release"},
    "session": {"name_en": "Session", "event": EVENT, "kind": "release"},
    "question": {"name_en": "Meal?", "event": EVENT, "kind": "text"},
    "speaker": {"name_en": "Speaker"},
    "industry": {"name_en": "LED screens"},
    "enterprise": {"name_zh": "样例光电有限公司"},
    "result": {"name_en": "Result", "industry": "led"},
    "indicator": {"name_en": "Applications", "week": "huizhou-2019"},
    "source": {"title_en": "A page"},
    "document": {"title_en": "A report"},
    "level_count": {"result": "draft", "level": "city"},
    "year_count": {"result": "draft", "level": "city", "year": "2018", "count": "7"},
    "branch": {"result": "draft", "name_en": "Electrolyte"},
    "applicant": {"result": "draft", "level": "city", "name_en": "Acme"},
    "chain_node": {"result": "draft", "stage": "upstream", "name_en": "Separator"},
    "finding": {"result": "draft", "stage": "direction", "dimension": "market", "text_en": "It grows."},
    "recommendation": {"result": "draft", "text_en": "File abroad."},
    "statement": {"result": "draft", "kind": "fact", "text_en": "It is so."},
    "receipt": {"result": "draft"},
    "case": {"name_en": "A v. B", "cause": "patent"},
    "case_party": {"case": "a-v-b", "name_en": "A", "role": "claimant"},
    "case_event": {"case": "a-v-b", "happened": "2018-05", "text_en": "Filed."},
    "demand": {"enterprise": "acme", "category": "layout", "text": "Where to file?"},
    "demand_answer": {"demand": "demand-0", "provider": "A firm"},
    "demand_action": {"demand": "demand-0", "text": "Call them."},
    "indicator_value": {"indicator": "grants", "kind": "actual", "value": "5", "period": "2019"},
    "coverage": {"event": EVENT, "outlet_en": "Daily", "title_en": "A conference"},
    "photograph": {"event": EVENT, "file": str(PHOTOGRAPH)},
}
"""What each kind asks for, by typed texts; references are to the records of `REFERRED`."""


def typed(kind: str, texts: dict[str, str]) -> dict[str, Any]:
    """The values of typed texts."""
    return {name: parse(KINDS[kind].field(name), text) for name, text in texts.items()}


def refusal(
    error: type[IpweekError], code: str, work: Callable[..., Any], /, *arguments, **named
) -> dict[str, object]:
    """The parameters of the error that the work raises."""
    with pytest.raises(error) as caught:
        work(*arguments, **named)
    assert caught.value.code == code
    return caught.value.params


def with_workspace(desk: Desk) -> None:
    """Make a workspace without records."""
    desk.workspaces.create(desk.actor)


def with_event(desk: Desk) -> None:
    """Add a week and an event."""
    desk.add("week", "huizhou-2019")
    desk.add("event", EVENT, start="2019-04-25")


def with_huizhou(desk: Desk) -> None:
    """Add the records of Huizhou 2019."""
    desk.workspaces.seed(desk.actor, "huizhou-2019")
