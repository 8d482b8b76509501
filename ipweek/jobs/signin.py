"""Sign-in sheets onto paper: read, draw, then log what was drawn."""

from dataclasses import dataclass
from pathlib import Path

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.signin import SheetOrder
from ipweek.i18n import language
from ipweek.jobs.files import written_whole
from ipweek.jobs.glyphs import refuse_missing
from ipweek.services.signin import SignIn


@dataclass(frozen=True, slots=True)
class SheetRun:
    """What sign-in sheets were written."""

    path: Path
    pages: int
    rows: int


class SignInJobs:
    """Sheets to sign on."""

    def __init__(self, signin: SignIn, settings: Settings) -> None:
        self._signin, self._settings = signin, settings

    def sheets(
        self,
        actor: Actor,
        event: str,
        out: Path,
        *,
        session: str | None = None,
        order: SheetOrder = SheetOrder.ENTERPRISE,
        blank_rows: int = 0,
        allow_missing: bool = False,
    ) -> SheetRun:
        """Write sign-in sheets as PDF.

        Raises NotFoundError, `sheet-empty` too, InvalidError `glyphs-missing`, `file-not-writable`.
        """
        from ipweek.render import fonts, signin_sheet  # noqa: PLC0415 - reportlab costs 0.1 s

        sheet = self._signin.sheet(event, session, order, language())
        found = fonts.FontSet(signin_sheet.texts(sheet), self._settings.fonts)
        if not allow_missing:
            refuse_missing(signin_sheet.missing(sheet, found))
        with written_whole(out) as file:
            drawn = signin_sheet.draw(sheet, file, found, blank_rows)
            self._signin.record_sheets(actor, event, drawn.rows, f"pdf {out.name}")
        return SheetRun(out, drawn.pages, drawn.rows)
