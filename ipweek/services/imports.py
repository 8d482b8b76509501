"""Bringing spreadsheets in: read, check, match, then store all of it or nothing; and taking an import back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ipweek.adapters import credit_codes, phones, spreadsheets
from ipweek.domain.actor import Actor
from ipweek.domain.errors import NotFoundError, UsageError
from ipweek.domain.import_feedback import check_feedback
from ipweek.domain.import_look import FileStart, file_start
from ipweek.domain.import_programme import check_programme
from ipweek.domain.import_report import (
    BatchLine,
    FileLook,
    ImportProgress,
    ImportReport,
    MappingLine,
    Progress,
    SheetLine,
    UndoReport,
)
from ipweek.domain.imports import (
    TELL_EVERY,
    Checked,
    EnterpriseDraft,
    FieldChecks,
    RegistrationDraft,
    check_enterprises,
    check_registrations,
)
from ipweek.domain.words import ImportKind
from ipweek.services import import_log, import_undo, places
from ipweek.services.badge_numbers import give_badges
from ipweek.services.base import Service
from ipweek.services.collector import collector_still
from ipweek.services.import_enterprises import EnterprisePlanner
from ipweek.services.import_feedback import FeedbackPlanner
from ipweek.services.import_files import Asked, File, known_mappings, read, remember
from ipweek.services.import_plan import Plan, key_text
from ipweek.services.import_programme import ProgrammePlanner
from ipweek.services.import_registrations import RegistrationPlanner
from ipweek.services.records import find
from ipweek.services.registration_rows import open_event
from ipweek.storage.tables.imports import ImportBatch, ImportMapping
from ipweek.storage.tables.navigation import NavigationResult, PatentBatch
from ipweek.storage.tables.programme import Event, Week

_Draft = TypeVar("_Draft")

_CHECKS = FieldChecks(phone=phones.normalise, credit_code=credit_codes.normalise)
_CHECKERS: Mapping[ImportKind, Callable[..., Checked[Any]]] = {
    ImportKind.ENTERPRISES: check_enterprises,
    ImportKind.REGISTRATIONS: check_registrations,
    ImportKind.FEEDBACK: check_feedback,
}


class Imports(Service):
    """Imports of enterprises, registrations and programmes."""

    def sheets(self, path: Path) -> tuple[SheetLine, ...]:
        """The sheets of a file, hidden ones too. Raises InvalidError and NotFoundError for a file that cannot be read."""
        return spreadsheets.sheet_lines(path)

    def start(self, path: Path, kinds: Iterable[ImportKind]) -> FileStart:
        """The first rows of every sheet of a file, and where the headers of these kinds would be.

        Raises InvalidError and NotFoundError for a file that cannot be read.
        """
        with self.uow.read() as session:
            known = {kind.value: known_mappings(session, kind) for kind in kinds}
        return file_start(spreadsheets.starts(path), known)

    def look(
        self,
        kind: ImportKind,
        path: Path,
        *,
        sheet: str | None = None,
        header_row: int | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> FileLook:
        """What the columns of a file are taken for, even where no header is recognised. Raises as `run`."""
        return self._read(kind, path, Asked(sheet, header_row, columns or {}), any_header=True).look

    @collector_still()
    def run(
        self,
        actor: Actor,
        kind: ImportKind,
        path: Path,
        event: str | None = None,
        *,
        sheet: str | None = None,
        header_row: int | None = None,
        columns: Mapping[str, str] | None = None,
        dry_run: bool = False,
        partial: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import a file: every error is told at once, and with any error nothing is stored unless `partial`.

        `columns` maps headers to fields where the guess is wrong, or to `-` to leave them out; what is stored so is
        remembered for the next file with these headers. Raises InvalidError and NotFoundError for a file that
        cannot be read, UsageError `event-needed`, NotFoundError for the event, and whatever `progress` does.
        """
        if kind is ImportKind.ENTERPRISES:
            event = None
        elif event is None:
            raise UsageError("event-needed")
        told = _Told(progress)
        told("reading", 0)
        file = self._read(kind, path, Asked(sheet, header_row, columns or {}))
        told.total = len(file.table.rows)
        checked = _CHECKERS[kind](file.table, file.recognition, _CHECKS, lambda done: told("checking", done))
        store = not dry_run and (partial or not checked.refused)
        with self.uow.write() if store else self.uow.read() as session:
            held = _event(session, kind, event) if event else None
            drafts, checked, file = list(checked.drafts), replace(checked, drafts=()), file.without(checked)
            plan, waiting = self._plan(session, kind, held, drafts, told, store=store)
            batch = None
            if store:
                moment = self.clock()
                batch = import_log.write(session, actor, moment, held, file, checked, plan)
                remember(session, file, moment)
            return import_log.report(file, checked, plan, batch, told=store or dry_run, waiting=waiting)

    def programme(
        self,
        actor: Actor,
        path: Path,
        week: str | None = None,
        event: str | None = None,
        *,
        sheet: str | None = None,
        header_row: int | None = None,
        columns: Mapping[str, str] | None = None,
        dry_run: bool = False,
        partial: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import events and sessions of a week, or the sessions of an event; otherwise as `run`.

        Rooms, venues and speakers that are not known are added. A dry run writes, and takes all of it back.
        """
        told = _Told(progress)
        told("reading", 0)
        file = self._read(ImportKind.PROGRAMME, path, Asked(sheet, header_row, columns or {}))
        told.total = len(file.table.rows)
        moment = self.clock()
        with self.uow.write() as session:
            held: Event | None = find(session, "event", event) if event else None
            row: Week = session.get_one(Week, held.week_id) if held else find(session, "week", week or "")
            default = (held.name_zh or held.name_en) if held else None
            checked = check_programme(file.table, file.recognition, row.year, default)
            planner = ProgrammePlanner(session, actor, moment, row, checked.drafts)
            planner.run(lambda done: told("storing", done))
            problems = (*checked.problems, *import_log.placed(planner.problems, file))
            checked = replace(checked, problems=problems)
            store = not dry_run and (partial or not checked.refused)
            batch = None
            if store:
                batch = import_log.write(session, actor, moment, held, file, checked, planner.plan)
                remember(session, file, moment)
            else:
                session.rollback()
            return import_log.report(file, checked, planner.plan, batch, told=store or dry_run)

    def undo(self, actor: Actor, batch_id: UUID | str, *, dry_run: bool = False) -> UndoReport:
        """Take an import back: what it added goes, what it changed is as before, its places are free.

        Raises NotFoundError batch-missing, InvalidError already-undone, undo-not-offered, undo-not-logged and,
        with `dependants`, undo-depends where later work stands in the way; a dry run reports those.
        """
        with self.uow.write() as session:
            report = import_undo.undo(session, actor, self.clock(), str(batch_id), dry_run=dry_run)
            if dry_run:
                session.rollback()
            return report

    def kind_of(self, batch_id: UUID | str) -> ImportKind:
        """What a batch brought in. Raises NotFoundError batch-missing."""
        with self.uow.read() as session:
            return import_undo.find_batch(session, str(batch_id)).kind

    def mappings(self) -> tuple[MappingLine, ...]:
        """What is remembered of header sets, the one used last first."""
        with self.uow.read() as session:
            query = select(ImportMapping).order_by(ImportMapping.used_at.desc(), ImportMapping.id.desc())
            return tuple(
                MappingLine(row.id, ImportKind(row.kind), row.mapping, row.used_at)
                for row in session.scalars(query)
            )

    def forget(self, mapping: UUID | str | None = None) -> int:
        """Forget one remembered mapping, or all; returns how many. Raises NotFoundError mapping-missing."""
        with self.uow.write() as session:
            found = delete(ImportMapping)
            if mapping is not None:
                found = found.where(ImportMapping.id == _identity(mapping))
            gone = session.scalars(found.returning(ImportMapping.id)).all()
            if mapping is not None and not gone:
                raise NotFoundError("mapping-missing", mapping=str(mapping))
            return len(gone)

    def batches(self, limit: int = 100) -> tuple[BatchLine, ...]:
        """The imports so far, the newest first."""
        with self.uow.read() as session:
            query = (
                select(ImportBatch, Event.code, NavigationResult.code)
                .outerjoin(Event, Event.id == ImportBatch.event_id)
                .outerjoin(PatentBatch, PatentBatch.batch_id == ImportBatch.id)
                .outerjoin(NavigationResult, NavigationResult.id == PatentBatch.result_id)
                .order_by(ImportBatch.imported_at.desc(), ImportBatch.id.desc())
                .limit(limit)
            )
            return tuple(
                BatchLine(
                    row.id,
                    row.kind,
                    event,
                    row.file_name,
                    row.rows,
                    row.added,
                    row.updated,
                    row.unchanged,
                    row.refused,
                    row.imported_at,
                    row.operator,
                    result,
                    row.undone_at,
                )
                for row, event, result in session.execute(query)
            )

    def _read(self, kind: ImportKind, path: Path, asked: Asked, *, any_header: bool = False) -> File:
        with self.uow.read() as session:
            known = known_mappings(session, kind)
        return read(kind, path, asked, known, any_header=any_header)

    def _plan(
        self,
        session: Session,
        kind: ImportKind,
        event: Event | None,
        drafts: list[Any],
        told: "_Told",
        *,
        store: bool,
    ) -> tuple[Plan, int]:
        """Match the drafts with what is there and, if asked, store what they come to; uses the drafts up."""
        if event is None:
            planner = EnterprisePlanner(session)
            for count, draft in enumerate(_used_up(drafts)):
                assert isinstance(draft, EnterpriseDraft)
                told("matching", count)
                planner.add(draft)
            planner.finish()
            if store:
                planner.plan.store(session, told.stored)
            return planner.plan, 0
        if kind is ImportKind.FEEDBACK:
            return _plan_feedback(session, event, drafts, told, store=store), 0
        people = [draft for draft in drafts if isinstance(draft, RegistrationDraft)]
        drafts.clear()
        registering = RegistrationPlanner(session, event, people, self.clock())
        for count, person in enumerate(_used_up(people)):
            told("matching", count)
            registering.add(person)
        registering.hold_against_quotas()
        if not store:
            free = len(registering.new) if event.capacity is None else max(0, event.capacity - event.taken)
            return registering.plan, registering.place(free)
        waiting = 0
        if registering.new:
            waiting = registering.place(places.take_places(session, Event, event.id, len(registering.new)))
        registering.seat()
        registering.plan.store(session, told.stored)
        badges = give_badges(session, event.week_id, registering.people(), self.clock())
        registering.plan.keys["badges"] = [key_text([badge]) for badge in badges]
        return registering.plan, waiting


def _used_up(drafts: list[_Draft]) -> Iterator[_Draft]:
    """The drafts in their order, none kept once it is handed out."""
    drafts.reverse()
    while drafts:
        yield drafts.pop()


def _event(session: Session, kind: ImportKind, code: str) -> Event:
    """Opinions come in when an event is over; registrations only before."""
    if kind is not ImportKind.FEEDBACK:
        return open_event(session, code)
    held: Event = find(session, "event", code)
    return held


def _plan_feedback(session: Session, event: Event, drafts: list[Any], told: "_Told", *, store: bool) -> Plan:
    planner = FeedbackPlanner(session, event, drafts)
    for count, draft in enumerate(_used_up(drafts)):
        told("matching", count)
        planner.add(draft)
    planner.finish()
    if store:
        planner.plan.store(session, told.stored)
    return planner.plan


class _Told:
    """Tells of progress now and then."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._stored = 0
        self.total: int | None = None

    def __call__(self, stage: Any, done: int) -> None:
        if self._progress is not None and done % TELL_EVERY == 0:
            self._progress(ImportProgress(stage, done, self.total))

    def stored(self, rows: int) -> None:
        """So many more rows went to the database; those of several tables are one file's."""
        self._stored += rows
        if self._progress is not None:
            self._progress(ImportProgress("storing", self._stored, None))


def _identity(text: UUID | str) -> UUID:
    try:
        return UUID(str(text).strip())
    except ValueError:
        raise NotFoundError("mapping-missing", mapping=str(text)) from None
