"""One indicator over its periods: the series, its chart, every value with where it was said."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ipweek.domain.words import ValueKind
from ipweek.i18n import N_, language
from ipweek.render.indicator_lines import Period, indicator_lines
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.widgets.page import Leads

if TYPE_CHECKING:
    from ipweek.domain.indicator_series import IndicatorPage

_VALUE = "indicator_value"


class IndicatorScreen(OnePageScreen):
    """Enter on a period opens its actual, or the form for one that nobody stated yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add a value"), id="add"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="indicator")
        self.code = code
        self._page: IndicatorPage | None = None

    def title_texts(self) -> tuple[str, str]:
        """The indicator and its unit."""
        if self._page is None:
            return "", ""
        return self._page.record.name(language()), self._page.unit or ""

    async def _load(self) -> None:
        with self.telling():
            page = await self.bridge.call(self.services.indicators.series, self.code)
            self._page = page
            self.lines.show(lambda width: indicator_lines(page, width))
            self.retitle()

    @property
    def _value(self) -> str | None:
        """The code of the value under the cursor; on a period that of its actual."""
        current = self.lines.current
        if isinstance(current, Period):
            return current.actual
        return current.code if isinstance(current, Leads) and current.kind == _VALUE else None

    @on(Opened)
    def _opened(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        """Open the form of the value under the cursor, a new one for a missing actual, else the indicator's."""
        if self._page is None:
            return
        if self._value is not None:
            start(self, partial(self._edit, self._value), group="open", exclusive=True)
        elif isinstance(self.lines.current, Period):
            self.action_add()
        else:
            self.desk.go("form", kind="indicator", record=self._page.record)

    async def _edit(self, code: str) -> None:
        with self.telling():
            record = await self.bridge.call(self.services.records.show, _VALUE, code)
            self.desk.go("form", kind=_VALUE, record=record)

    def action_add(self) -> None:
        """Open the form of a new value; on a period without an actual it begins as that."""
        if self._page is None:
            return
        values: dict[str, Any] = {}
        current = self.lines.current
        if isinstance(current, Period) and current.actual is None:
            values = {"kind": ValueKind.ACTUAL, "period": current.name}
        self.desk.go("form", kind=_VALUE, parent=self._page.record, values=values)

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then delete the value under the cursor."""
        if self._value is not None:
            await self.remove_part(_VALUE, self._value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a value is removed here."""
        if action == "remove":
            return self._page is not None and self._value is not None
        return super().check_action(action, parameters)
