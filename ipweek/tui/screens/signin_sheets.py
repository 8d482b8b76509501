"""Sign-in sheets of the event in hand, as PDF."""

from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from ipweek.domain.records import Field, FieldKind
from ipweek.domain.signin import SheetOrder
from ipweek.i18n import N_, _, language
from ipweek.tui.screens.pdf_form import PdfFormScreen

FIELDS = (
    Field("out", N_("PDF file"), required=True),
    Field("order", N_("Order"), FieldKind.CHOICE, choices=SheetOrder),
    Field("session", N_("Session"), help=N_("its code; empty: the whole event")),
    Field("blank_rows", N_("Free rows"), FieldKind.INTEGER, help=N_("at the end, for walk-ins")),
    Field("allow_missing", N_("Print without missing characters"), FieldKind.FLAG),
)
_MOST_BLANK = 500


class SheetsScreen(PdfFormScreen):
    """Sign-in sheets: of the event or a session, in an order, with free rows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Make the PDF"), id="save", priority=True),
        Binding("f3", "key_in", N_("Key in"), id="key-in"),
    ]
    fields = FIELDS

    def values(self) -> dict[str, Any]:
        """A file in the folder at hand, by enterprise."""
        out = f"signin-{self.code}.pdf"
        return {"out": out, "order": SheetOrder.ENTERPRISE, "blank_rows": 10, "allow_missing": False}

    def note(self) -> str:
        """What is on them."""
        return _(
            "A row to sign for everybody who holds a place, with code and number; phones are never printed."
        )

    def title_texts(self) -> tuple[str, str]:
        """Whose sheets."""
        return _("Sign-in sheets"), self.desk.event.name(language()) if self.desk.event else ""

    def action_key_in(self) -> None:
        """Key in what was signed."""
        self.desk.go("signin")

    async def draw(self, path: Path, values: dict[str, Any]) -> None:
        """Write the sheets."""
        services = self.services
        run = await self.bridge.write(
            services.signin_jobs.sheets,
            services.actor,
            self.code,
            path,
            session=values["session"] or None,
            order=SheetOrder(values["order"] or SheetOrder.ENTERPRISE),
            blank_rows=min(max(values["blank_rows"] or 0, 0), _MOST_BLANK),
            allow_missing=values["allow_missing"],
        )
        told = _("Rows: {rows}, pages: {pages}, file: {path}")
        self.desk.tell(told.format(rows=run.rows, pages=run.pages, path=run.path.absolute()), "good")
