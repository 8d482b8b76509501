"""The week's indicators: how near each is to its target."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ipweek.i18n import N_, _, language
from ipweek.render.indicator_targets import target_lines
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import to_remove
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.widgets.page import Leads, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipweek.domain.indicator_series import IndicatorPage
    from ipweek.domain.records import Record


class IndicatorsScreen(OnePageScreen):
    """A line for each with its latest target; Enter opens the whole series."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="indicators")
        self._pages: tuple[IndicatorPage, ...] = ()

    def title_texts(self) -> tuple[str, str]:
        """The week, and how many there are."""
        week = self.desk.week
        title = _("Indicators")
        if week is not None:
            title = f"{title} · {week.name(language())}"
        return title, _("none yet") if not self._pages else str(len(self._pages))

    async def _load(self) -> None:
        with self.telling():
            week = self.desk.week
            overview = self.services.indicators.overview
            pages = await self.bridge.call(overview, week.code) if week else ()
            self._pages = pages
            self.lines.show(lambda width: _lines(pages, width))
            self.retitle()

    @property
    def _record(self) -> "Record | None":
        current = self.lines.current
        code = current.code if isinstance(current, Leads) else None
        return next((page.record for page in self._pages if page.record.code == code), None)

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        assert isinstance(message.target, Leads)
        self.desk.go("indicator", code=message.target.code)

    def action_add(self) -> None:
        """Open an empty form."""
        self.desk.go("form", kind="indicator", parent=self.desk.week)

    def action_edit(self) -> None:
        """Open the form of the indicator under the cursor."""
        if self._record is not None:
            self.desk.go("form", kind="indicator", record=self._record)

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then delete the indicator under the cursor and its values."""
        record = self._record
        if record is None:
            return
        name = record.name(language())
        question = _("Remove {name} with all its values?").format(name=name)
        if not await self.app.push_screen_wait(to_remove(question)):
            return
        with self.telling():
            services = self.services
            await self.bridge.write(services.records.remove, services.actor, "indicator", record.code)
            self.desk.tell(_("{name} deleted").format(name=name), "good")
        self.reload()


def _lines(pages: "Sequence[IndicatorPage]", width: int) -> "Sequence[Line]":
    if not pages:
        return (Line(((_("No indicator yet; Ins adds one."), "dim"),)),)
    latest = sorted((page.latest for page in pages), key=lambda one: (one.target is None, one.actual is None))
    return target_lines(latest, width)
