"""One typical case: its facts, parties and steps, the sessions that analyse it, and who recuses himself."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ipweek.domain.kinds import KINDS
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.case_export import Export, exports, write
from ipweek.tui.screens.case_lines import Spot, case_lines
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.into_files import file_for
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.widgets.rows import Column

if TYPE_CHECKING:
    from ipweek.domain.cases import CasePage

_PARTS = ("case_event", "case_party")


class CaseScreen(OnePageScreen):
    """Read-only; F2 edits the case, or the party or step under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("insert,ctrl+n", "add", N_("Party, step"), id="add"),
        Binding("f6", "links", N_("Sessions"), id="links"),
        Binding("f9", "export", N_("Case sheet"), id="export"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="case")
        self.code = code
        self._page: CasePage | None = None

    def title_texts(self) -> tuple[str, str]:
        """The case and its cause."""
        if self._page is None:
            return "", ""
        record = self._page.case
        return record.name(language()), words.word(record.values["cause"])

    async def _load(self) -> None:
        with self.telling():
            page = await self.bridge.call(self.services.cases.case, self.code)
            recusals = await self.bridge.call(self.services.cases.recusals, None, page.case.code)
            self._page = page
            self.lines.show(lambda width: case_lines(page, recusals, width))
            self.retitle()

    @property
    def _spot(self) -> Spot | None:
        current = self.lines.current
        return current if isinstance(current, Spot) else None

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        assert isinstance(message.target, Spot)
        kind, code = message.target.opens.kind, message.target.opens.code
        if kind in ("enterprise", "registration"):
            self.desk.go("enterprise", code=code)
        else:
            start(self, partial(self._open, kind, code), group="open", exclusive=True)

    async def _open(self, kind: str, code: str) -> None:
        with self.telling():
            record = await self.bridge.call(self.services.records.show, kind, code)
            if kind in ("event", "session"):
                self.desk.go("links", place=record)
            elif kind == "industry":
                self.desk.go("cases", parent=record)
            else:
                self.desk.go("form", kind=kind, record=record)

    def action_edit(self) -> None:
        """Open the form of the part under the cursor, else of the case."""
        spot = self._spot
        if spot is not None and spot.part is not None:
            start(self, partial(self._open, spot.part.kind, spot.part.code), group="open", exclusive=True)
        elif self._page is not None:
            self.desk.go("form", kind="case", record=self._page.case)

    @work(group="add", exclusive=True)
    async def action_add(self) -> None:
        """Add a step or a party."""
        if self._page is None:
            return
        column = Column[str](N_("Add"), lambda kind: _(KINDS[kind].label))
        chooser = Choose(
            _("What is added to the case?"), _PARTS, (column,), lambda kind: _(KINDS[kind].label)
        )
        kind = await self.app.push_screen_wait(chooser)
        if kind is not None:
            self.desk.go("form", kind=kind, parent=self._page.case)

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then remove the party or step under the cursor."""
        spot = self._spot
        if spot is not None and spot.part is not None:
            await self.remove_part(spot.part.kind, spot.part.code)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only parties and steps are removed here; the case itself is in the library."""
        if action == "remove":
            return self._page is not None and self._spot is not None and self._spot.part is not None
        return super().check_action(action, parameters)

    def action_links(self) -> None:
        """Show and change where the case is analysed."""
        if self._page is not None:
            self.desk.go("links", case=self._page.case)

    @work(group="export", exclusive=True)
    async def action_export(self) -> None:
        """Write the sheet: choose the format and as of which day, then name the file."""
        if self._page is None:
            return
        chooser = Choose(
            _("Which sheet?"),
            exports(self._page),
            (
                Column[Export](N_("Format"), lambda one: one.format.upper()),
                Column[Export](N_("What of it"), Export.told),
            ),
            lambda one: f"{one.format} {one.told()}",
        )
        chosen = await self.app.push_screen_wait(chooser)
        if chosen is None:
            return
        path = await file_for(self, _("Into which file?"), chosen.file(self.code))
        if path is None:
            return
        with self.telling():
            run = await self.bridge.write(write, self.services.case_jobs, self.code, chosen, path)
            told = _("Written: {path}").format(path=path.absolute())
            if run.missing:
                lacking = _("No font has these characters, which are drawn as boxes: {missing}")
                told = f"{told}. {lacking.format(missing=run.missing)}"
            self.desk.tell(told, "warn" if run.missing else "good")
