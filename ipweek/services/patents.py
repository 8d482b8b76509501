"""Patent exports: read outside any transaction, looked at, then stored beside a draft's figures, all or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ipweek.adapters import digests, patent_files
from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, IpweekError
from ipweek.domain.ids import new_id
from ipweek.domain.patent_figures import PatentFigures, TallyTerms
from ipweek.domain.patent_imports import PatentColumns, PatentImport, PatentPreview, PatentReport
from ipweek.domain.patent_records import ReadingStoppedError
from ipweek.domain.patent_tally import Tally, tallied
from ipweek.domain.placing import applicant_key
from ipweek.domain.region_clues import IN_PROVINCE, RegionReader
from ipweek.domain.regions import TargetRegion, target_region
from ipweek.domain.words import ImportKind, PatentType, ResultStatus
from ipweek.services import audit, patent_rows
from ipweek.services.base import Service
from ipweek.services.import_undo import find_batch
from ipweek.services.navigation_page import home_region
from ipweek.services.records import find
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.imports import ImportBatch
from ipweek.storage.tables.navigation import LevelCount, NavigationResult, PatentBatch


@dataclass(frozen=True, slots=True)
class _Known:
    """What a file is read against: the city, and the enterprises whose place is known."""

    result: str
    target: TargetRegion
    aliases: Mapping[str, str]


class Reading(TypedDict, total=False):
    """How a file is read: columns that are not recognised, the sheet, the code of a city other than the week's.

    `progress` is told how much is read of how much; the reading ends when `stopped` says so.
    """

    mapping: Mapping[str, str]
    sheet: str | None
    region: str | None
    progress: Callable[[int, int], None]
    stopped: Callable[[], bool]


class Patents(Service):
    """Imports of patent exports into navigation results."""

    def columns(
        self, path: Path, mapping: Mapping[str, str] | None = None, *, sheet: str | None = None
    ) -> PatentColumns:
        """The columns of a file with what they are taken for, even of one that cannot be counted.

        Raises as `patent_files.open_export` for a file that cannot be read.
        """
        return patent_files.columns(path, mapping, sheet=sheet)

    def preview(
        self, path: Path, result: str, terms: TallyTerms | None = None, **reading: Unpack[Reading]
    ) -> PatentPreview:
        """Read and count an export; nothing is written.

        Raises as `open_export`, `target_region` and `Tally`; NotFoundError for the result, InvalidError
        result-released, region-needed, patents-none; AlreadyThereError patents-known; IpweekError import-stopped
        when `stopped` says so.
        """
        with self.uow.read() as session:
            known = _known(session, _draft(session, result), reading.get("region"))
        export = patent_files.open_export(path, reading.get("mapping"), sheet=reading.get("sheet"))
        digest = digests.sha256_of(path)
        with self.uow.read() as session:
            _refuse_twice(session, _draft(session, result), digest, path)
        tally = Tally(export.layout, known.target, terms, known.aliases)
        try:
            figures = tallied(tally, export.rows(reading.get("progress"), reading.get("stopped")))
        except ReadingStoppedError:
            raise IpweekError("import-stopped", file=path.name) from None
        if not figures.counted:
            raise InvalidError("patents-none", file=path.name, rows=figures.rows, refused=figures.refused)
        return PatentPreview(
            path,
            digest,
            known.result,
            export.sheet,
            export.header_row,
            export.layout.mapping,
            export.layout.unmapped,
            figures,
        )

    def store(self, actor: Actor, preview: PatentPreview) -> PatentReport:
        """Write what was looked at beside the figures that are there. Raises as `preview` for the result."""
        with self.uow.write() as session:
            row = _draft(session, preview.result)
            _refuse_twice(session, row, preview.sha256, preview.path)
            batch = _batch(actor, preview)
            batch.imported_at = moment = self.clock()
            session.add(batch)
            session.flush()
            session.add(_patent_batch(batch.id, row.id, preview.figures))
            linked = patent_rows.store(session, row, batch.id, preview.figures, _enterprise_ids(session))
            after = {"file": batch.file_name, "sha256": batch.sha256, "result": row.code, "rows": batch.rows,
                     "counted": batch.added, "refused": batch.refused}  # fmt: skip
            audit.record(session, actor, moment, "import", ImportKind.PATENTS.value, batch.id, after=after)
            return PatentReport(batch.id, preview, linked)

    def run(
        self,
        actor: Actor,
        path: Path,
        result: str,
        terms: TallyTerms | None = None,
        **reading: Unpack[Reading],
    ) -> PatentReport:
        """Read an export and store what it comes to. Arguments and errors are those of `preview`."""
        return self.store(actor, self.preview(path, result, terms, **reading))

    def undo(self, actor: Actor, batch: str) -> PatentImport:
        """Remove what an import brought into drafts, released results keep it.

        Raises NotFoundError batch-missing, InvalidError undo-not-offered, already-undone, result-released.
        """
        with self.uow.write() as session:
            row = _find_batch(session, batch)
            about = session.get_one(PatentBatch, row.id)
            own = session.get_one(NavigationResult, about.result_id)
            held = [
                session.get_one(NavigationResult, found) for found in patent_rows.results_of(session, row.id)
            ]
            drafts = [result for result in {own, *held} if result.status is ResultStatus.DRAFT]
            if row.undone_at is not None:
                raise InvalidError("already-undone", file=row.file_name)
            if not drafts:
                raise InvalidError("result-released", code=own.code)
            removed = patent_rows.remove(session, row.id, [result.id for result in drafts])
            moment = self.clock()
            if own in drafts:
                row.undone_at = moment
            before = {"file": row.file_name, "results": sorted(result.code for result in drafts), **removed}
            audit.record(session, actor, moment, "undo", ImportKind.PATENTS.value, row.id, before=before)
            session.flush()
            return _line(session, row, about, own)

    def batches(self, result: str) -> tuple[PatentImport, ...]:
        """The exports that figures of a result came from, those that it took over too; the newest first."""
        with self.uow.read() as session:
            row: NavigationResult = find(session, "result", result)
            query = (
                select(ImportBatch, PatentBatch, NavigationResult)
                .join(PatentBatch, PatentBatch.batch_id == ImportBatch.id)
                .join(NavigationResult, NavigationResult.id == PatentBatch.result_id)
                .where(_stands_in(row))
                .order_by(ImportBatch.imported_at.desc(), ImportBatch.id.desc())
            )
            return tuple(_line(session, *found) for found in session.execute(query))


def _draft(session: Session, code: str) -> NavigationResult:
    row: NavigationResult = find(session, "result", code)
    if row.status is not ResultStatus.DRAFT:
        raise InvalidError("result-released", code=row.code)
    return row


def _stands_in(result: NavigationResult) -> Any:
    """Whether a batch was imported into a result, or its figures were taken over from another version."""
    taken_over = select(LevelCount.batch_id).where(
        LevelCount.result_id == result.id, LevelCount.batch_id.is_not(None)
    )
    return or_(PatentBatch.result_id == result.id, PatentBatch.batch_id.in_(taken_over))


def _refuse_twice(session: Session, result: NavigationResult, digest: str, path: Path) -> None:
    query = (
        select(ImportBatch.imported_at)
        .join(PatentBatch, PatentBatch.batch_id == ImportBatch.id)
        .where(ImportBatch.sha256 == digest, ImportBatch.undone_at.is_(None), _stands_in(result))
    )
    known = session.scalar(query.limit(1))
    if known is not None:
        raise AlreadyThereError("patents-known", file=path.name, result=result.code, day=known.date())


def _known(session: Session, result: NavigationResult, region: str | None) -> _Known:
    """The city to count for: the one named, else that of the result's week, else of the only week."""
    home = home_region(session, result.id)
    if region:
        target = target_region(region)
    elif home is None:
        raise InvalidError("region-needed")
    else:
        target = target_region(home.code, home.city_zh, home.city_en)
    return _Known(result.code, target, _aliases(session, target))


def _aliases(session: Session, target: TargetRegion) -> dict[str, str]:
    """The known enterprises' names with the codes of their regions; a name of two regions tells neither."""
    reader, city = RegionReader(target), target.region_codes[1]
    found: dict[str, tuple[str, set[str]]] = {}
    for enterprise, name in _names(session):
        district = (enterprise.district or "").strip()
        ours = district and (reader.district(district, IN_PROVINCE).city or reader.address(district).city)
        code = enterprise.region_code or (city if ours else "")
        if code:
            found.setdefault(applicant_key(name), (name, set()))[1].add(code)
    return {name: next(iter(codes)) for name, codes in found.values() if len(codes) == 1}


def _enterprise_ids(session: Session) -> dict[str, UUID]:
    """The known enterprises by the key of each of their names, the oldest first."""
    found: dict[str, UUID] = {}
    for enterprise, name in _names(session):
        found.setdefault(applicant_key(name), enterprise.id)
    return found


def _names(session: Session) -> list[tuple[Any, str]]:
    """Every name of every enterprise, own names before aliases."""
    columns = (
        Enterprise.id,
        Enterprise.name_zh,
        Enterprise.name_en,
        Enterprise.district,
        Enterprise.region_code,
    )
    query = select(*columns).where(Enterprise.archived_at.is_(None)).order_by(Enterprise.id)
    rows = {row.id: row for row in session.execute(query)}
    names = [(row, name) for row in rows.values() for name in (row.name_zh, row.name_en) if name]
    others = session.execute(
        select(EnterpriseAlias.enterprise_id, EnterpriseAlias.name).order_by(EnterpriseAlias.id)
    )
    return [*names, *((rows[owner], name) for owner, name in others if owner in rows)]


def _batch(actor: Actor, preview: PatentPreview) -> ImportBatch:
    figures = preview.figures
    return ImportBatch(
        id=new_id(),
        kind=ImportKind.PATENTS,
        file_name=preview.path.name,
        sha256=preview.sha256,
        mapping=dict(preview.mapping),
        rows=figures.rows,
        added=figures.counted,
        updated=0,
        unchanged=figures.rows - figures.refused - figures.counted,
        refused=figures.refused,
        operator=actor.operator,
    )


def _patent_batch(batch: UUID, result: UUID, figures: PatentFigures) -> PatentBatch:
    unknown = {
        figure.level.value: {reason.value: count for reason, count in figure.unknown_by.items()}
        for figure in figures.levels
        if figure.patent_type is PatentType.ALL and figure.unknown
    }
    return PatentBatch(
        batch_id=batch,
        result_id=result,
        layout=figures.source.value,
        unit=figures.unit,
        cut_off=figures.cut_off,
        kept=figures.counted,
        duplicates=figures.duplicates,
        unknown=unknown,
    )


def _find_batch(session: Session, text: str) -> ImportBatch:
    row = find_batch(session, text)
    if row.kind is not ImportKind.PATENTS:
        raise InvalidError("undo-not-offered", file=row.file_name)
    return row


def _line(session: Session, row: ImportBatch, about: PatentBatch, own: NavigationResult) -> PatentImport:
    standing = patent_rows.results_of(session, row.id)
    draft = select(NavigationResult.id).where(
        NavigationResult.id.in_({own.id, *standing}), NavigationResult.status == ResultStatus.DRAFT
    )
    return PatentImport(
        row.id,
        own.code,
        row.file_name,
        about.layout,
        about.unit,
        about.cut_off,
        about.kept,
        about.duplicates,
        row.imported_at,
        row.operator,
        row.undone_at,
        row.undone_at is None and session.scalar(draft.limit(1)) is not None,
    )
