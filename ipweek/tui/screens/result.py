"""One navigation result: the levels side by side, trends, branches, what was said, where it was shown, who heard it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ipweek.domain.kinds import KINDS, PARTS
from ipweek.domain.records import Record, RecordKind
from ipweek.domain.words import ResultStatus
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.result_charts import Part
from ipweek.render.result_lines import result_lines
from ipweek.render.summary_figures import day
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.widgets.page import Leads
from ipweek.tui.widgets.rows import Column

if TYPE_CHECKING:
    from ipweek.domain.navigation import ResultPage

_ADDED = (*PARTS["result"], "document")


class ResultScreen(OnePageScreen):
    """Tab goes from part to part, Enter opens what the cursor is on; a released result is never edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "part(1)", N_("Next part"), id="part-next", priority=True),
        Binding("shift+tab", "part(-1)", N_("Part before"), id="part-before", show=False, priority=True),
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("f6", "links", N_("Where shown"), id="links"),
        Binding("f7", "reach", N_("Who heard it"), id="reach"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="result")
        self.code = code
        self._page: ResultPage | None = None

    def title_texts(self) -> tuple[str, str]:
        """The result, its version and what became of it."""
        if self._page is None:
            return "", ""
        record = self._page.result
        state = (
            _("version {n}").format(n=record.values["version"]),
            words.word(record.values["status"]),
            day(record.values["released_on"]),
        )
        return record.name(language()), " · ".join(part for part in state if part)

    async def _load(self) -> None:
        with self.telling():
            page = await self.bridge.call(self.services.navigation.result, self.code)
            reach = await self.bridge.call(self.services.reports.reach, page.result.code)
            self._page = page
            self.lines.show(lambda width: result_lines(page, reach, width))
            self.retitle()

    def action_part(self, step: int) -> None:
        """Go to the title of the next part, and from the last one to the first."""
        page = self.lines
        titles = [line for line in range(page.count) if isinstance(page.target(line), Part)]
        onward = [line for line in titles if (line - page.cursor) * step > 0]
        if titles:
            wrap = titles[0] if step > 0 else titles[-1]
            page.cursor = (min(onward) if step > 0 else max(onward)) if onward else wrap

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        if isinstance(message.target, Part):
            self._open_part(message.target.kind)
        else:
            start(self, partial(self._open, message.target), group="open", exclusive=True)

    def _open_part(self, kind: str) -> None:
        assert self._page is not None
        record = self._page.result
        if kind == "link":
            self.action_links()
        elif kind == "result":
            self.action_edit()
        else:
            self.desk.go("records", kind=kind, parent=record if KINDS[kind].parent else None)

    async def _open(self, target: object) -> None:
        assert isinstance(target, Leads)
        if target.kind == "reach":
            self.action_reach()
            return
        if target.kind in ("result", "enterprise"):
            self.desk.go(target.kind, code=target.code)
            return
        with self.telling():
            record = await self.bridge.call(self.services.records.show, target.kind, target.code)
            if target.kind in ("event", "session"):
                self.desk.go("links", place=record)
            else:
                self.desk.go("form", kind=target.kind, record=record)

    @work(group="add", exclusive=True)
    async def action_edit(self) -> None:
        """Open the form; of a released result, that of its next version."""
        page = self._page
        if page is None:
            return
        if page.result.values["status"] is ResultStatus.DRAFT:
            self.desk.go("form", kind="result", record=page.result)
            return
        made = await self._next_version(page)
        if made is not None:
            self.desk.go("form", kind="result", record=made)

    async def _next_version(self, page: "ResultPage") -> Record | None:
        """Ask, then make the next version and open it; one that is there already is only opened."""
        if page.superseded_by is not None:
            told = _("{name} is never edited; this is its next version")
            self.desk.tell(told.format(name=page.result.code), "warn")
            self.desk.go("result", code=page.superseded_by)
            return None
        question = _("A released result is never edited. Make the next version, with all parts of this one?")
        if not await self.app.push_screen_wait(Ask(question, yes=_("Next version"), no=_("Not now"))):
            return None
        made: Record | None = None
        with self.telling():
            services = self.services
            made = await self.bridge.write(
                services.navigation.supersede, services.actor, page.result.code, {}
            )
            self.desk.tell(_("{name} made: it takes over when it is released").format(name=made.code), "good")
            self.desk.go("result", code=made.code)
        return made

    @work(group="add", exclusive=True)
    async def action_add(self) -> None:
        """Choose what to add and open its form; a released result only hands out reports."""
        page = self._page
        if page is None:
            return
        chooser = Choose(
            _("What do you want to add?"),
            [KINDS[kind] for kind in _ADDED],
            [Column[RecordKind]("", lambda kind: _(kind.label))],
            lambda kind: f"{kind.code} {kind.label} {_(kind.label)}",
        )
        kind = await self.app.push_screen_wait(chooser)
        if kind is None:
            return
        parent: Record | None = page.result
        if page.result.values["status"] is not ResultStatus.DRAFT and kind.code != "receipt":
            parent = await self._next_version(page)
        if parent is not None:
            self.desk.go("form", kind=kind.code, parent=parent)

    def action_links(self) -> None:
        """Show and change where the result was shown."""
        if self._page is not None:
            self.desk.go("links", result=self._page.result)

    def action_reach(self) -> None:
        """Show which enterprises heard it, and which missed it."""
        if self._page is not None:
            self.desk.go("reach", code=self._page.result.code)
