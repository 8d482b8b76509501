"""The demonstration: Huizhou 2019 with synthetic people, a day of check-in played once, its files written."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid5

from ipweek.domain import badge_code
from ipweek.domain.actor import Actor
from ipweek.domain.badges import IssuedCode
from ipweek.domain.checkin import Door, ScanRequest
from ipweek.domain.import_report import ImportReport
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.starts import Start
from ipweek.domain.words import EventKind, ImportKind, LinkRole, Reason, RegistrationSource, Verdict
from ipweek.jobs import demo_data, demo_exchange, demo_report
from ipweek.jobs.badge_runs import RunJobs
from ipweek.services.badges import Badges
from ipweek.services.cases import Cases
from ipweek.services.checkin import CheckIn
from ipweek.services.exchange import Exchange
from ipweek.services.imports import Imports
from ipweek.services.navigation import Navigation
from ipweek.services.records import Records
from ipweek.services.registrations import Registrations
from ipweek.services.report_notes import Notes
from ipweek.services.workspace import Workspaces

SEEDS = ("huizhou-2019", "case-library")
EVENT = "release-2019"
_DAY = Start.parse("2019-04-25").day
_IMPORTED_AT = datetime(2019, 4, 22, 2, 0, tzinfo=UTC)
_DOORS_OPEN = datetime(2019, 4, 25, 1, 0, tzinfo=UTC)
_SESSIONS = (
    ("demo-release", EventKind.RELEASE, "成果发布会", "Results release", "09:30", "11:30", None, timedelta()),
    (
        "demo-exchange",
        EventKind.EXCHANGE,
        "企业交流会",
        "Enterprise exchange",
        "14:00",
        "15:30",
        None,
        timedelta(hours=4, minutes=45),
    ),
    (
        "demo-cases",
        EventKind.CASE_ANALYSIS,
        "典型案例分析",
        "Typical case analysis",
        "15:45",
        "17:00",
        80,
        timedelta(hours=6, minutes=30),
    ),
)


class DemoClock:
    """The time of the day that is played; it moves on a little whenever it is read."""

    def __init__(self) -> None:
        self.now = _IMPORTED_AT

    def __call__(self) -> datetime:
        """The moment."""
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """What the demonstration did and where its files lie; zeros where the workspace was there already."""

    directory: Path
    database: Path
    enterprises_file: Path
    people_file: Path
    badges_file: Path
    imports: tuple[ImportReport, ...] = ()
    badges: int = 0
    accepted: int = 0
    refused: tuple[tuple[Reason, int], ...] = ()
    created: bool = False

    @classmethod
    def found(cls, directory: Path) -> "DemoOutcome":
        """The outcome for a folder whose workspace is there already."""
        return cls(
            directory,
            directory / "ipweek.db",
            directory / "demo-enterprises.xlsx",
            directory / "demo-registrations.xlsx",
            directory / "demo-badges.pdf",
        )


class Demo:
    """Plays the main job once, through the same services that organizers use."""

    def __init__(
        self,
        workspaces: Workspaces,
        records: Records,
        navigation: Navigation,
        cases: Cases,
        registrations: Registrations,
        imports: Imports,
        badges: Badges,
        run_jobs: RunJobs,
        checkin: CheckIn,
        exchange: Exchange,
        notes: Notes,
    ) -> None:
        self._workspaces, self._records, self._navigation = workspaces, records, navigation
        self._cases = cases
        self._registrations, self._imports = registrations, imports
        self._badges, self._run_jobs, self._checkin = badges, run_jobs, checkin
        self._exchange, self._notes = exchange, notes

    def run(self, actor: Actor, directory: Path, clock: DemoClock) -> DemoOutcome:
        """Seed, set up, import, print, scan. Raises what the services raise."""
        outcome = DemoOutcome.found(directory)
        self._workspaces.create(actor, synthetic=True)
        for seed in SEEDS:
            self._workspaces.seed(actor, seed)
        self._set_up(actor)
        imported = self._import(actor, outcome)
        self._arrange(actor)
        run = self._run_jobs.pdf(actor, self._run_jobs.begin(actor, EVENT), outcome.badges_file)
        clock.now = _DOORS_OPEN
        verdicts = _Day(actor, self._registrations, self._badges, self._checkin, clock).play()
        demo_exchange.play(actor, self._exchange, self._records, EVENT, "demo-exchange")
        demo_report.play(actor, self._notes, self._records, EVENT)
        refused = [reason for verdict, reason in verdicts if verdict is Verdict.REFUSED and reason]
        return replace(
            outcome,
            imports=imported,
            badges=run.badges,
            accepted=len(verdicts) - len(refused),
            refused=tuple((reason, refused.count(reason)) for reason in Reason if reason in refused),
            created=True,
        )

    def _set_up(self, actor: Actor) -> None:
        """A synthetic venue, hours and sessions: the source states none."""
        venue = {
            "code": "demo-venue",
            "name_zh": "样例会议中心",
            "name_en": "Sample conference centre (synthetic)",
        }
        self._records.add(actor, "venue", venue)
        room = {
            "code": "demo-hall",
            "venue": "demo-venue",
            "name_zh": "样例一号厅",
            "name_en": "Sample hall 1",
            "capacity": 200,
        }
        self._records.add(actor, "room", room)
        for code, kind, name_zh, name_en, start, end, capacity, _offset in _SESSIONS:
            session = {
                "code": code,
                "event": EVENT,
                "kind": kind,
                "name_zh": name_zh,
                "name_en": name_en,
                "room": "demo-hall",
                "start": Start.parse(f"{_DAY} {start}"),
                "end": Start.parse(f"{_DAY} {end}"),
                "capacity": capacity,
            }
            self._records.add(actor, "session", session)
        for result in ("li-ion-2019", "qled-2019", "led-2019"):
            self._navigation.link(actor, "demo-release", result, LinkRole.PRESENTED)
        self._navigation.link(actor, "demo-exchange", "li-ion-2019", LinkRole.DISCUSSED)
        for case in ("ultravision-2018", "nichia-everlight-2017"):
            self._cases.link(actor, "demo-cases", case)

    def _import(self, actor: Actor, outcome: DemoOutcome) -> tuple[ImportReport, ...]:
        held = demo_data.enterprises()
        demo_data.write_enterprises(outcome.enterprises_file, held)
        demo_data.write_people(outcome.people_file, demo_data.people(held))
        return (
            self._imports.run(actor, ImportKind.ENTERPRISES, outcome.enterprises_file),
            self._imports.run(actor, ImportKind.REGISTRATIONS, outcome.people_file, EVENT),
        )

    def _arrange(self, actor: Actor) -> None:
        """Two people cancel before the day."""
        for one in self._registrations.page(EVENT, limit=2).rows:
            self._registrations.cancel(actor, str(one.id))


class _Day:
    """The scans of the day: two desks, what goes right and what goes wrong."""

    def __init__(
        self, actor: Actor, registrations: Registrations, badges: Badges, checkin: CheckIn, clock: DemoClock
    ) -> None:
        self._registrations, self._badges, self._checkin, self._clock = registrations, badges, checkin, clock
        self._desks = (Actor(actor.operator, "A"), Actor(actor.operator, "B"))
        self._source = random.Random(425)  # noqa: S311 - who comes, not a secret
        self._verdicts: list[tuple[Verdict, Reason | None]] = []

    def play(self) -> list[tuple[Verdict, Reason | None]]:
        """Scan at the event's door, make the usual mistakes, then scan at the sessions' doors."""
        codes = list(self._badges.codes(EVENT))
        self._source.shuffle(codes)
        coming = codes[: len(codes) * 3 // 4]
        door = self._checkin.door(EVENT)
        for place, one in enumerate(coming):
            self._scan(door, one.code, timedelta(seconds=25 * place), desk=place % 2)
        self._mistakes(door, coming, codes)
        self._walk_in(door)
        self._sessions(coming)
        return self._verdicts

    def _mistakes(self, door: Door, coming: list[IssuedCode], codes: list[IssuedCode]) -> None:
        later = timedelta(minutes=42)
        self._scan(door, coming[0].code, later, desk=1)
        self._scan(door, coming[5].code, later, desk=0)
        self._scan(door, "https://example.com/pay?id=1", later, desk=0)
        code = badge_code.parse(codes[-1].code)
        assert code is not None
        forger = uuid5(door.id, "forger")
        self._scan(door, badge_code.compose(code, b"not the key of the week", forger), later, desk=1)
        self._badges.reissue(self._desks[0], codes[-1].code, EVENT)
        self._scan(door, codes[-1].code, later, desk=0)
        session = self._checkin.door(EVENT, "demo-cases")
        strangers = [
            one for one in coming if "demo-cases" not in self._registrations.show(one.code, EVENT).sessions
        ]
        self._scan(session, strangers[0].code, later, desk=1)

    def _walk_in(self, door: Door) -> None:
        self._clock.now = _DOORS_OPEN + timedelta(minutes=44)
        new = NewRegistration(
            name="样例现场",
            enterprise=demo_data.enterprises()[-1].name,
            title="工程师",
            source=RegistrationSource.WALK_IN,
        )
        walk_in = self._registrations.register(self._desks[0], EVENT, new)
        code = next(one.code for one in self._badges.codes(EVENT) if one.registration == walk_in.id)
        self._scan(door, code, timedelta(minutes=45), desk=0)

    def _sessions(self, coming: list[IssuedCode]) -> None:
        """Of those who came, most go to the sessions they chose, and some come late."""
        for code, *_words, offset in _SESSIONS:
            door = self._checkin.door(EVENT, code)
            for place, one in enumerate(coming):
                chosen = code in self._registrations.show(one.code, EVENT).sessions
                if chosen and self._source.random() < 0.85:
                    self._scan(
                        door, one.code, offset + timedelta(minutes=2, seconds=30 * place), desk=place % 2
                    )

    def _scan(self, door: Door, code: str, after: timedelta, *, desk: int) -> None:
        at = _DOORS_OPEN + after
        self._clock.now = at
        answer = self._checkin.scan(self._desks[desk], door, ScanRequest(code, at=at))
        self._verdicts.append((answer.verdict, answer.reason))
