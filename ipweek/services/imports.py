"""Bringing spreadsheets in: read, check, match, then store all of it or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ipweek.adapters import credit_codes, phones, spreadsheets
from ipweek.domain.actor import Actor
from ipweek.domain.errors import UsageError
from ipweek.domain.ids import new_id
from ipweek.domain.import_fields import HeaderRecogniser, Recognition, recognise
from ipweek.domain.import_programme import check_programme
from ipweek.domain.import_report import BatchLine, ImportReport
from ipweek.domain.import_rows import Problem, Table
from ipweek.domain.imports import (
    Checked,
    EnterpriseDraft,
    FieldChecks,
    RegistrationDraft,
    check_enterprises,
    check_registrations,
)
from ipweek.domain.words import ImportKind, RowOutcome
from ipweek.services import audit, places
from ipweek.services.badge_numbers import give_badges
from ipweek.services.base import Service
from ipweek.services.import_enterprises import EnterprisePlanner
from ipweek.services.import_plan import Plan
from ipweek.services.import_programme import ProgrammePlanner
from ipweek.services.import_registrations import RegistrationPlanner
from ipweek.services.records import find
from ipweek.services.registration_rows import open_event
from ipweek.storage.tables.imports import ImportBatch, ImportRow
from ipweek.storage.tables.navigation import NavigationResult, PatentBatch
from ipweek.storage.tables.programme import Event, Week

_CHECKS = FieldChecks(phone=phones.normalise, credit_code=credit_codes.normalise)


@dataclass(frozen=True, slots=True)
class _File:
    """A spreadsheet read and understood."""

    path: Path
    sha256: str
    table: Table
    recognition: Recognition


class _NothingStoredError(Exception):
    """Leaves a transaction so that nothing of it stays."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


class Imports(Service):
    """Imports of enterprises, registrations and programmes."""

    def run(
        self,
        actor: Actor,
        kind: ImportKind,
        path: Path,
        event: str | None = None,
        *,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
        dry_run: bool = False,
        partial: bool = False,
    ) -> ImportReport:
        """Import a file: every error is told at once, and with any error nothing is stored unless `partial`.

        `columns` maps headers to fields where the synonyms guess wrong. Raises InvalidError and NotFoundError
        for a file that cannot be read, UsageError `event-needed`, NotFoundError for the event.
        """
        if kind is ImportKind.ENTERPRISES:
            event = None
        elif event is None:
            raise UsageError("event-needed")
        file = _read(kind, path, sheet, columns or {})
        check = check_enterprises if kind is ImportKind.ENTERPRISES else check_registrations
        checked: Checked[EnterpriseDraft] | Checked[RegistrationDraft]
        checked = check(file.table, file.recognition, _CHECKS)
        store = not dry_run and (partial or not checked.refused)
        with self.uow.write() if store else self.uow.read() as session:
            held = open_event(session, event) if event else None
            plan, waiting = self._plan(session, held, checked, store=store)
            batch = None
            if store:
                batch = _log(session, actor, self.clock(), kind, held, file, checked, plan)
            return _report(kind, file, checked, plan, batch, told=store or dry_run, waiting=waiting)

    def programme(
        self,
        actor: Actor,
        path: Path,
        week: str | None = None,
        event: str | None = None,
        *,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
        dry_run: bool = False,
        partial: bool = False,
    ) -> ImportReport:
        """Import events and sessions of a week, or the sessions of an event; otherwise as `run`.

        Rooms, venues and speakers that are not known are added. A dry run writes, and takes all of it back.
        """
        file = _read(ImportKind.PROGRAMME, path, sheet, columns or {})
        try:
            return self._programme(actor, file, week, event, dry_run=dry_run, partial=partial)
        except _NothingStoredError as nothing:
            return nothing.report

    def _programme(
        self, actor: Actor, file: _File, week: str | None, event: str | None, *, dry_run: bool, partial: bool
    ) -> ImportReport:
        """Raises _NothingStoredError with the report where nothing is to stay."""
        kind, moment = ImportKind.PROGRAMME, self.clock()
        with self.uow.write() as session:
            held: Event | None = find(session, "event", event) if event else None
            row: Week = session.get_one(Week, held.week_id) if held else find(session, "week", week or "")
            default = (held.name_zh or held.name_en) if held else None
            checked = check_programme(file.table, file.recognition, row.year, default)
            planner = ProgrammePlanner(session, actor, moment, row, checked.drafts)
            planner.run()
            checked = replace(checked, problems=(*checked.problems, *_placed(planner.problems, file)))
            store = not dry_run and (partial or not checked.refused)
            batch = _log(session, actor, moment, kind, held, file, checked, planner.plan) if store else None
            report = _report(kind, file, checked, planner.plan, batch, told=store or dry_run)
            if not store:
                raise _NothingStoredError(report)
            return report

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

    def _plan(
        self,
        session: Session,
        event: Event | None,
        checked: Checked[EnterpriseDraft] | Checked[RegistrationDraft],
        *,
        store: bool,
    ) -> tuple[Plan, int]:
        """Match the drafts with what is there and, if asked, store what they come to."""
        if event is None:
            planner = EnterprisePlanner(session)
            for draft in checked.drafts:
                assert isinstance(draft, EnterpriseDraft)
                planner.add(draft)
            if store:
                planner.plan.store(session)
            return planner.plan, 0
        drafts = [draft for draft in checked.drafts if isinstance(draft, RegistrationDraft)]
        registering = RegistrationPlanner(session, event, drafts, self.clock())
        for draft in drafts:
            registering.add(draft)
        if not store:
            free = len(registering.new) if event.capacity is None else max(0, event.capacity - event.taken)
            return registering.plan, registering.place(free)
        waiting = 0
        if registering.new:
            waiting = registering.place(places.take_places(session, Event, event.id, len(registering.new)))
        registering.seat()
        registering.plan.store(session)
        give_badges(session, event.week_id, registering.people(), self.clock())
        return registering.plan, waiting


def _report(
    kind: ImportKind,
    file: _File,
    checked: Checked[Any],
    plan: Plan,
    batch: UUID | None,
    *,
    told: bool,
    waiting: int = 0,
) -> ImportReport:
    return ImportReport(
        batch=batch,
        kind=kind,
        sheet=file.table.sheet,
        header_row=file.table.header_row,
        rows=checked.rows,
        added=plan.count(RowOutcome.ADDED) if told else 0,
        updated=plan.count(RowOutcome.UPDATED) if told else 0,
        unchanged=plan.count(RowOutcome.UNCHANGED) if told else 0,
        refused=len(checked.refused),
        waiting=waiting if told else 0,
        mapping=_mapping(file),
        unmapped=file.recognition.unmapped,
        left_out=file.table.left_out,
        problems=_in_order((*checked.problems, *_placed(plan.warnings, file))),
    )


def _read(kind: ImportKind, path: Path, sheet: str | None, columns: Mapping[str, str]) -> _File:
    recogniser = HeaderRecogniser(kind.value, columns)
    table = spreadsheets.read_table(path, sheet=sheet, header_fields=recogniser)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return _File(path, digest, table, recognise(table.columns, kind.value, columns))


def _mapping(file: _File) -> dict[str, str]:
    return {file.table.columns[column]: name for column, name in file.recognition.fields.items()}


def _placed(warnings: Sequence[Problem], file: _File) -> list[Problem]:
    """Warnings of matching, which know the field, with the header that the file has for it."""
    headers = {name: header for header, name in _mapping(file).items()}
    return [replace(problem, column=headers.get(problem.column, problem.column)) for problem in warnings]


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.row))


def _log(
    session: Session,
    actor: Actor,
    moment: datetime,
    kind: ImportKind,
    event: Event | None,
    file: _File,
    checked: Checked[Any],
    plan: Plan,
) -> UUID:
    """Write the batch, what each row did, and the audit entry."""
    counts = {
        "rows": checked.rows,
        "added": plan.count(RowOutcome.ADDED),
        "updated": plan.count(RowOutcome.UPDATED),
        "unchanged": plan.count(RowOutcome.UNCHANGED),
        "refused": len(checked.refused),
    }
    batch = ImportBatch(
        id=new_id(),
        kind=kind,
        event_id=event.id if event else None,
        file_name=file.path.name,
        sha256=file.sha256,
        mapping=_mapping(file),
        imported_at=moment,
        operator=actor.operator,
        **counts,
    )
    session.add(batch)
    session.flush()
    rows = [
        {
            "id": new_id(),
            "batch_id": batch.id,
            "number": result.number,
            "outcome": result.outcome,
            "record_kind": result.record_kind or kind.value,
            "record_id": result.record_id,
            "before": _plain(result.before),
        }
        for result in (*plan.results, *plan.sides)
    ]
    if rows:
        session.execute(insert(ImportRow.metadata.tables[ImportRow.__tablename__]), rows)
    after = {"file": file.path.name, "sha256": file.sha256, **counts}
    audit.record(session, actor, moment, "import", kind.value, batch.id, after=after)
    return batch.id


def _plain(before: dict[str, object]) -> dict[str, object]:
    kept = (str, int, bool, type(None))
    return {name: value if isinstance(value, kept) else str(value) for name, value in before.items()}
