"""One badge on the screen, as it will print; and the same on paper or as a PDF."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ipweek.domain.badges import STANDARD, BadgeFace, BadgeWords
from ipweek.domain.people import PersonPage
from ipweek.domain.records import Field
from ipweek.domain.registrations import Registered
from ipweek.i18n import N_, _
from ipweek.render.badge_terminal import badge
from ipweek.tui.background import start
from ipweek.tui.printing import Order
from ipweek.tui.screens import badges
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.into_files import may_write
from ipweek.tui.screens.registration_rows import badge_text
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.said import Said

_KNOWN = {known.name: known for known in badges.FIELDS}
FIELDS = (
    _KNOWN["out"],
    Field("reason", N_("Reason"), help=N_("why another copy: lost, torn, corrected")),
    _KNOWN["layout"],
    _KNOWN["start_at"],
    _KNOWN["allow_missing"],
)


class BadgeScreen(BaseScreen):
    """The symbol reads from the screen; a second copy of an issue needs a reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6,f12", "print_badge", N_("Print"), id="print-badge"),
        Binding("f3", "printer", N_("Printer"), id="printer"),
        Binding("ctrl+s,f10", "save", N_("Make the file"), id="save"),
    ]

    def __init__(self, registration: Registered, reason: str = "") -> None:
        super().__init__(classes="badge")
        self.registration = registration
        self._reason = reason
        self._face: BadgeFace | None = None
        self._copies: int | None = None
        self._busy = False

    def body(self) -> ComposeResult:
        """The badge over where to print it."""
        row = self.registration
        yield Static(id="badge")
        yield Said(self._told, classes="note")
        values = {
            "out": f"badge-{row.badge_no or row.id}.pdf",
            "reason": self._reason,
            "layout": STANDARD,
            "start_at": 1,
            "allow_missing": False,
        }
        yield Form(FIELDS, values)

    def on_mount(self) -> None:
        """Begin with the file."""
        self.query_one(Form).focus_first()

    def title_texts(self) -> tuple[str, str]:
        """Whose badge, and how often it was printed."""
        title = f"{self.registration.name} · {badge_text(self.registration.badge_no)}"
        return title, "" if self._copies is None else _("copies printed: {copies}").format(
            copies=self._copies
        )

    def _told(self) -> str:
        if self._copies is None:
            return ""
        return _("No badge to show: {name} holds no place at this event.").format(name=self.registration.name)

    def reload(self) -> None:
        """Read the badge and how often it was printed."""
        start(self, self._load, group="load", exclusive=True)

    def retranslate(self) -> None:
        """The face has words of the language, too."""
        super().retranslate()
        self.reload()

    async def _load(self) -> None:
        with self.telling():
            face, page = await self.bridge.call(self._read)
            self._face = face
            self._copies = sum(line.issue == page.issue for line in page.prints)
            self.set_class(face is None, "-none")
            if face is not None:
                words = BadgeWords(synthetic=_("SYNTHETIC 样例"), seat=_("Seat 座位"))
                self.query_one("#badge", Static).update(badge(face, words))
            box = self.query_one(Form).boxes["reason"]
            box.known = replace(box.known, required=self._copies > 0)
            for said in self.query(Said):
                said.retranslate()
            self.retitle()

    def _read(self) -> tuple[BadgeFace | None, PersonPage]:
        """Runs in a thread."""
        services, row = self.services, self.registration
        faces = services.badge_jobs.faces(row.event, [str(row.id)])
        return (faces[0] if faces else None), services.people.show(str(row.id), row.event)

    def action_printer(self) -> None:
        """Choose the printer and the sheet."""
        self.desk.printing.choose()

    def action_print_badge(self) -> None:
        """Print the badge; for another copy the reason is what the form says."""
        boxes = self.query_one(Form).boxes
        order = Order(
            self.registration.event,
            self.registration,
            allow_missing=boxes["allow_missing"].value(),
            reason=boxes["reason"].text.strip() or None,
            after=self._printed,
        )
        self.desk.printing.take(order)

    def _printed(self) -> None:
        if self.is_attached:
            self.query_one(Form).boxes["reason"].text = ""
            self.query_one(Form).settle()
            self.reload()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Draw the badge into a file; one that is there is replaced only when asked to."""
        if self._face is None or self._busy:
            return
        values = self.query_one(Form).values()
        if values is None:
            self.ask_to_mend(_("Not printed: see the field marked in red"))
            return
        path = Path(values["out"]).expanduser()  # noqa: ASYNC240 - looks at the environment only
        if not await may_write(self, path):
            return
        self._busy = True
        self.desk.tell(_("Drawing the badges …"))
        start(self.app, partial(self._draw, path, values))

    async def _draw(self, path: Path, values: dict[str, Any]) -> None:
        services, row = self.services, self.registration
        try:
            with self.telling():
                jobs = services.run_jobs
                begun = await self.bridge.write(
                    jobs.begin,
                    services.actor,
                    row.event,
                    [str(row.id)],
                    layout=values["layout"] or STANDARD,
                    start_at=values["start_at"] or 1,
                    reason=values["reason"],
                )
                run = await self.bridge.write(
                    jobs.write, services.actor, begun, path, allow_missing=values["allow_missing"]
                )
                told = _("The badge of {name} is in {path}")
                self.desk.tell(told.format(name=row.name, path=run.path.absolute()), "good")
        finally:
            self._busy = False
        self._printed()
