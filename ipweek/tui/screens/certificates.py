"""Certificates of attendance: for all who came, for one person, and what a number is worth."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ipweek.domain.certificates import BOTH, Standing
from ipweek.domain.records import Field, FieldKind
from ipweek.i18n import LANGUAGES, N_, _, language
from ipweek.jobs.certificates import CertificateRun
from ipweek.render.certificate_lines import standing, whose
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Ask, Prompt
from ipweek.tui.screens.into_files import file_for
from ipweek.tui.screens.pdf_form import PdfFormScreen

if TYPE_CHECKING:
    from ipweek.domain.registrations import Registered
    from ipweek.tui.desk import Desk

FIELDS = (
    Field("out", N_("PDF file"), required=True),
    Field("lang", N_("Language"), help=N_("zh, en or both")),
    Field("allow_missing", N_("Print without missing characters"), FieldKind.FLAG),
)


class CertificatesScreen(PdfFormScreen):
    """Certificates for all who came; and what a number is worth."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Make the PDF"), id="save", priority=True),
        Binding("f3", "verify", N_("Verify"), id="verify"),
    ]
    fields = FIELDS

    def values(self) -> dict[str, Any]:
        """A file in the folder at hand, in both languages."""
        return {"out": f"certificates-{self.code}.pdf", "lang": BOTH, "allow_missing": False}

    def note(self) -> str:
        """For whom, and how one person gets his."""
        return _("For all who attended. One person's certificate: F3 on the page of the person.")

    def title_texts(self) -> tuple[str, str]:
        """Of which event."""
        return _("Certificates of attendance"), self.desk.event.name(language()) if self.desk.event else ""

    @work(group="verify", exclusive=True)
    async def action_verify(self) -> None:
        """Ask for a number, scanned or typed."""
        await verify(self.desk, self)

    async def draw(self, path: Path, values: dict[str, Any]) -> None:
        """Issue and write them."""
        services, lang = self.services, (values["lang"] or BOTH).strip().lower()
        if lang not in (*LANGUAGES, BOTH):
            self.desk.tell(
                _("{lang} is no language of a certificate: zh, en or both").format(lang=lang), "bad"
            )
            return
        run = await self.bridge.write(
            services.certificate_jobs.write,
            services.actor,
            self.code,
            out=path,
            lang=lang,
            allow_missing=values["allow_missing"],
        )
        tell_issued(self.desk, run)


def tell_issued(desk: "Desk", run: CertificateRun) -> None:
    """How many, and where."""
    told = _("Certificates: {n}, of them new: {new}, file: {path}")
    path = run.files[0].absolute()
    desk.tell(told.format(n=len(run.certificates), new=run.new, path=path), "good")


async def verify(desk: "Desk", screen: BaseScreen) -> None:
    """What a number is worth and whose it is, one number after the other."""
    again = True
    while again:
        typed = await screen.app.push_screen_wait(Prompt(_("Which number? Scan or type it."), ""))
        if not typed:
            return
        again = False
        with screen.telling():
            found = await screen.bridge.call(screen.services.certificates.verify, typed)
            told = f"{found.number}: {standing(found.standing)}"
            desk.tell(told, "good" if found.standing is Standing.GENUINE else "bad")
            about = whose(found.certificate) if found.certificate else ""
            question = "\n\n".join(part for part in (told, about) if part)
            ask = Ask(question, yes=_("Another"), no=_("Done"))
            again = await screen.app.push_screen_wait(ask)


async def certify(screen: BaseScreen, row: "Registered") -> None:
    """One person's certificate, into a file that is asked for; who did not come is told so."""
    if not row.attended:
        told = _("No certificate for {name}: {reason}")
        screen.desk.tell(
            told.format(name=row.name, reason=_("no accepted entry or mark at this event")), "warn"
        )
        return
    path = await file_for(screen, _("Into which file?"), f"certificate-{row.badge_no or row.id}.pdf")
    if path is None:
        return
    with screen.telling():
        services = screen.services
        run = await screen.bridge.write(
            services.certificate_jobs.write, services.actor, row.event, [str(row.id)], out=path
        )
        tell_issued(screen.desk, run)
