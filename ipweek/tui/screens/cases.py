"""The library of typical cases: found by words and by filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ipweek.domain.cases import CaseFilter, Facet
from ipweek.domain.records import Record
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.widgets.rows import Cell, Column

_DIMENSIONS = {
    "industry": N_("Industry"),
    "forum": N_("Forum"),
    "cause": N_("Cause"),
    "countermeasure": N_("Countermeasure"),
}


@dataclass(frozen=True, slots=True)
class _Setting:
    """A value for a filter, or None to take it away."""

    name: str
    facet: Facet | None = None


class CasesScreen(RecordsScreen, inherit_bindings=False):
    """Cases with forum, cause and years; F4 narrows the list by what the library holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back"), id="back"),
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("slash", "search", N_("Search"), id="search"),
        Binding("f4", "filter", N_("Filter"), id="filter"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("f6", "links", N_("Links"), id="links"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self, parent: Record | None = None) -> None:
        super().__init__("case")
        self._wanted = CaseFilter(industry=parent.code if parent else None)
        self._facets: tuple[Facet, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether only a part of the library was asked for."""
        return super().narrowed or self._wanted != CaseFilter()

    @property
    def columns(self) -> Sequence[Column[Record]]:
        """What the list shows."""
        return (
            Column(N_("Case"), lambda case: case.name(language())),
            Column(N_("Cause"), lambda case: words.word(case.values["cause"])),
            Column(N_("Years"), _years),
            Column(N_("Forum"), _forum, optional=True),
            Column(N_("Industry"), lambda case: _or_dash(case.values["industry"]), optional=True),
        )

    def title_texts(self) -> tuple[str, str]:
        """The filters in force; the place in the list at the right."""
        title, place = super().title_texts()
        told = [self._named(name) for name in _DIMENSIONS if getattr(self._wanted, name) is not None]
        return " · ".join((title, *told)), place

    def _named(self, name: str) -> str:
        value = getattr(self._wanted, name)
        facet = next((one for one in self._facets if one.name == name and one.value == value), None)
        return _value(facet) if facet else str(value)

    def _read(self, query: str, offset: int, limit: int) -> Sequence[Record]:
        """Runs in a thread."""
        found = self.services.cases.search(replace(self._wanted, text=query), offset=offset, limit=limit)
        self._facets = found.facets
        return found.records

    @work(group="choose", exclusive=True)
    async def action_filter(self) -> None:
        """Choose a value for one of the filters, or take one away."""
        set_now = [name for name in _DIMENSIONS if getattr(self._wanted, name) is not None]
        choices = [_Setting(name) for name in set_now]
        choices += [_Setting(facet.name, facet) for facet in self._facets]
        columns = (
            Column[_Setting](N_("Filter"), lambda one: _(_DIMENSIONS[one.name])),
            Column[_Setting](N_("Value"), self._shown),
            Column[_Setting](N_("Cases"), lambda one: str(one.facet.count) if one.facet else "", right=True),
        )
        chooser = Choose(_("Only cases with"), choices, columns, self._key)
        chosen = await self.app.push_screen_wait(chooser)
        if chosen is not None:
            value: Any = chosen.facet.value if chosen.facet else None
            self._wanted = replace(self._wanted, **{chosen.name: value})
            self.rows.show((), cursor=0)
            self.reload()

    def _shown(self, setting: _Setting) -> Cell:
        if setting.facet is None:
            return (_("all again, not only {value}").format(value=self._named(setting.name)), "accent")
        return _value(setting.facet)

    def _key(self, setting: _Setting) -> str:
        shown = self._shown(setting)
        return f"{_(_DIMENSIONS[setting.name])} {shown if isinstance(shown, str) else shown[0]}"


def _value(facet: Facet) -> str:
    named = either(facet.value_zh, facet.value_en)
    return named or (words.word(facet.value) if isinstance(facet.value, StrEnum) else facet.value)


def _years(case: Record) -> Cell:
    first, last = case.values["first"], case.values["last"]
    if first is None:
        return ("–", "dim")
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}"


def _forum(case: Record) -> Cell:
    return _or_dash(either(case.values["forum_zh"], case.values["forum_en"]))


def _or_dash(text: str | None) -> Cell:
    return text or ("–", "dim")
