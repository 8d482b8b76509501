"""Print runs into files: read the faces, draw them, log them, and only then let the file be there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Unpack
from uuid import UUID

from ipweek.adapters import printers
from ipweek.domain.actor import Actor
from ipweek.domain.badges import STANDARD, BadgeFace
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError, UsageError
from ipweek.domain.file_names import safe
from ipweek.domain.preflight import Finding
from ipweek.domain.print_runs import Chosen, PrintRun
from ipweek.domain.printers import PrintJob, SentPages
from ipweek.i18n import language
from ipweek.jobs.badges import BadgeJobs
from ipweek.jobs.files import make_folder, written_whole
from ipweek.services.badge_runs import BadgeRuns

Progress = Callable[[int, int], object]
"""Is told how many pages have left, and of how many."""
PICTURES_AT_ONCE = 50
LABEL_DPI, PICTURE_DPI = 203, 300
"""What most label printers have, and what a print shop asks for."""


@dataclass(frozen=True, slots=True)
class BadgesWritten:
    """What a run wrote: a file, or a folder of one picture a badge."""

    path: Path
    pages: int
    badges: int
    run: str
    warnings: tuple[Finding, ...] = ()


class RunJobs:
    """Runs, new ones and those that go on, and their pages in files."""

    def __init__(self, runs: BadgeRuns, badge_jobs: BadgeJobs) -> None:
        self._runs = runs
        self._jobs = badge_jobs

    def selected(self, event: str, refs: Sequence[str], chosen: Chosen) -> list[UUID]:
        """Whose badges; blanks alone where nobody is named. Raises NotFoundError `badges-none`."""
        named = bool(refs or chosen.get("only_new") or chosen.get("everybody"))
        faces = self._jobs.faces(event, refs, only_new=chosen.get("only_new", False))
        if chosen.get("blank") and not named:
            return []
        if not faces and not chosen.get("blank"):
            raise NotFoundError("badges-none", event=event)
        return [face.registration for face in faces if face.registration is not None]

    def begin(self, actor: Actor, event: str, refs: Sequence[str] = (), **chosen: Unpack[Chosen]) -> PrintRun:
        """Plan a run. Raises what `selected` and `BadgeRuns.begin` do, UsageError `layout-unknown`."""
        chosen["layout"] = name = chosen.get("layout") or STANDARD
        places = self._jobs.layout(name).cards
        return self._runs.begin(actor, event, self.selected(event, refs, chosen), places, chosen)

    def resume(
        self, ref: str, event: str | None = None, from_page: int | None = None, *, again: bool = False
    ) -> tuple[PrintRun, SentPages | None]:
        """A run that goes on where it stands, or at an earlier page; and the job that was waiting to be let go.

        Raises NotFoundError `run-missing`, InvalidError `run-complete` or `run-page-missing`, AlreadyThereError
        `run-overtaken` unless `again`.
        """
        run = self._runs.show(ref)
        if event is not None and run.event != event:
            raise NotFoundError("run-missing", run=ref)
        if from_page is None and run.is_complete:
            raise InvalidError("run-complete", run=run.ref, pages=run.pages)
        freed = None
        if run.held_job is not None:
            freed = SentPages(run.held_from or 1, PrintJob(run.target or "", run.held_job))
            printers.release(freed.job)
            run = self._runs.let_go(run)
        if from_page is not None:
            run = self._runs.rewind(self._runs.let_go(run), from_page)
        elif not again and not run.is_complete:
            self._runs.refuse_overtaken(run)
        return run, freed

    def faces(self, run: PrintRun, first: int, last: int) -> list[BadgeFace]:
        """The faces on these pages, in their order."""
        badges = self._runs.badges(run, first, last)
        owned = self._jobs.faces_of([badge.registration for badge in badges if badge.registration])
        blanks = self._runs.blank_faces(run, language()) if run.blanks else {}
        return [owned[badge.registration] if badge.registration else blanks[badge.badge] for badge in badges]

    def log(self, actor: Actor, run: PrintRun, last: int, job: PrintJob) -> PrintRun:
        """Log pages that a queue holds, or has taken where it holds none. Raises as `BadgeRuns.log`."""
        return self._runs.log(actor, run, last, job.printer, held=job.id is not None, job=job.id)

    def let_go(self, run: PrintRun) -> PrintRun:
        """Note that what was logged has left."""
        return self._runs.let_go(run)

    def retake(self, run: PrintRun) -> PrintRun:
        """Print pages anew that were logged for a file and never were in it."""
        return self._runs.rewind(self._runs.let_go(run), run.held_from or run.next_page)

    @contextmanager
    def kept(self, run: PrintRun) -> Iterator[None]:
        """Where the work ends badly: a run of which nothing left is forgotten, another is named to go on with."""
        try:
            yield
        except BaseException as error:
            with suppress(IpweekError):
                if not self._runs.discard(run) and isinstance(error, IpweekError):
                    error.params.setdefault("run", run.ref)
            raise

    def pdf(self, actor: Actor, run: PrintRun, out: Path, *, allow_missing: bool = False) -> BadgesWritten:
        """Draw what is left of a run into a PDF and log each copy.

        Raises what `BadgeJobs.draw` does, InvalidError `file-not-writable`, AlreadyThereError `run-moved-on`.
        """
        found: list[Finding] = []
        drawn = self._drawer(run, allow_missing=allow_missing, warnings=found)
        return replace(self._one_file(actor, run, out, "pdf", drawn), warnings=tuple(found))

    def zpl(
        self, actor: Actor, run: PrintRun, out: Path, dpi: int, *, allow_missing: bool = False
    ) -> BadgesWritten:
        """Write what is left of a run as labels for a Zebra printer. Raises as `pdf`, and UsageError `layout-sheet`."""
        self._refuse_sheet(run)

        def labels(faces: Sequence[BadgeFace], first: int) -> bytes:
            return self.labels(run, faces, first, dpi, allow_missing=allow_missing)

        return self._one_file(actor, run, out, "zpl", labels)

    def write(self, actor: Actor, run: PrintRun, out: Path, *, allow_missing: bool = False) -> BadgesWritten:
        """Write what the name of the file says: labels into `.zpl`, pictures into a folder, else a PDF."""
        kind = out.suffix.lower()
        if kind == ".zpl":
            return self.zpl(actor, run, out, LABEL_DPI, allow_missing=allow_missing)
        if out.is_dir() or not kind:
            return self.png(actor, run, out, PICTURE_DPI, allow_missing=allow_missing)
        return self.pdf(actor, run, out, allow_missing=allow_missing)

    def png(
        self,
        actor: Actor,
        run: PrintRun,
        folder: Path,
        dpi: int,
        *,
        allow_missing: bool = False,
        progress: Progress | None = None,
    ) -> BadgesWritten:
        """Write what is left of a run as pictures into a folder, one a badge, and log each copy.

        Raises as `zpl`. Some pictures at once are there or none of them, so that the run goes on after a failure.
        """
        self._refuse_sheet(run)
        begun = (run.held_from or run.next_page) - 1
        with self.kept(run):
            make_folder(folder)
            coming = self.faces(run, begun + 1, run.pages)
            self._jobs.check(coming, layout=run.layout, allow_missing=allow_missing)
            while not run.is_complete:
                first = run.held_from or run.next_page
                last = run.next_page - 1 if run.held_from else min(first + PICTURES_AT_ONCE - 1, run.pages)
                with ExitStack() as stack:
                    faces = self.faces(run, first, last)
                    drawn = self._drawer(run, allow_missing=True)(faces, first)
                    names = _names(faces, first, run.pages)
                    self._pictures(stack, folder, names, faces, drawn, dpi)
                    run = self._logged(actor, run, last, f"png {folder.name}")
                run = self._runs.let_go(run)
                if progress is not None:
                    progress(run.done, run.pages)
        return BadgesWritten(folder, run.pages - begun, run.pages - begun, run.ref)

    def labels(
        self, run: PrintRun, faces: Sequence[BadgeFace], first: int, dpi: int, *, allow_missing: bool
    ) -> bytes:
        """These badges as ZPL."""
        from ipweek.render import raster, zpl  # noqa: PLC0415 - only where labels are wanted

        self._refuse_sheet(run)
        drawn = self._drawer(run, allow_missing=allow_missing)(faces, first)
        return b"".join(map(zpl.label, raster.pages(drawn, [face.code for face in faces], dpi)))

    def _drawer(
        self, run: PrintRun, *, allow_missing: bool, warnings: list[Finding] | None = None
    ) -> Callable[[Sequence[BadgeFace], int], bytes]:
        def draw(faces: Sequence[BadgeFace], first: int) -> bytes:
            held = BytesIO()
            start_at = run.start_at if first == 1 else 1
            drawn = self._jobs.draw(
                faces, held, layout=run.layout, start_at=start_at, allow_missing=allow_missing
            )
            if warnings is not None:
                warnings.extend(drawn.preflight.warnings)
            return held.getvalue()

        return draw

    def _one_file(
        self,
        actor: Actor,
        run: PrintRun,
        out: Path,
        kind: str,
        draw: Callable[[Sequence[BadgeFace], int], bytes],
    ) -> BadgesWritten:
        first = run.held_from or run.next_page
        faces = self.faces(run, first, run.pages)
        with self.kept(run):
            with written_whole(out) as file:
                file.write(draw(faces, first))
                file.flush()  # what the disk has no room for is known before anything is logged
                run = self._logged(actor, run, run.pages, f"{kind} {out.name}")
            run = self._runs.let_go(run)
        return BadgesWritten(out, run.pages - first + 1, len(faces), run.ref)

    def _logged(self, actor: Actor, run: PrintRun, last: int, target: str) -> PrintRun:
        """Log pages, unless they are logged and their file only was not there yet."""
        return run if run.held_from else self._runs.log(actor, run, last, target, held=True)

    def _refuse_sheet(self, run: PrintRun) -> None:
        if run.places > 1:
            raise UsageError("layout-sheet", layout=run.layout)

    @staticmethod
    def _pictures(
        stack: ExitStack,
        folder: Path,
        names: Sequence[str],
        faces: Sequence[BadgeFace],
        drawn: bytes,
        dpi: int,
    ) -> None:
        from ipweek.render import raster  # noqa: PLC0415 - only where pictures are wanted

        sheets = list(raster.pages(drawn, [face.code for face in faces], dpi))
        sides = len(sheets) // len(faces)
        for place, picture in enumerate(sheets):
            badge, side = divmod(place, sides)
            ending = "" if side == 0 else f" {side + 1}"
            file = stack.enter_context(written_whole(folder / f"{names[badge]}{ending}.png"))
            picture.save(file, "PNG", dpi=(dpi, dpi))
            file.flush()


def _names(faces: Sequence[BadgeFace], first: int, pages: int) -> list[str]:
    """A name for each picture: its page, which keeps the order, the badge's number, the person's name."""
    digits = len(str(pages))
    parts = ((f"{page:0{digits}}", face.code[2:12], face.name) for page, face in enumerate(faces, first))
    return [safe(" ".join(part for part in named if part)) for named in parts]
