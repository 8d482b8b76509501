"""The frame of a list of records that is narrowed by a filter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ipweek.domain.records import Facet
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.widgets.rows import Cell, Column


@dataclass(frozen=True, slots=True)
class _Setting:
    """A value for a part of the filter, or None to take it away."""

    name: str
    facet: Facet | None = None


class FilteredScreen(RecordsScreen, inherit_bindings=False):
    """F4 narrows the list by what there is; the title says by what it is narrowed."""

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
    dimensions: ClassVar[Mapping[str, str]]
    """The fields of the filter by which the list can be narrowed, and what they are called."""
    question: ClassVar[str]

    def __init__(self, kind: str, wanted: Any) -> None:
        super().__init__(kind)
        self._wanted = wanted
        self._facets: tuple[Facet, ...] = ()

    def title_texts(self) -> tuple[str, str]:
        """The filters in force; the place in the list at the right."""
        title, place = super().title_texts()
        return " · ".join((title, *map(self._named, self._set))), place

    @property
    def narrowed(self) -> bool:
        """Whether only a part was asked for."""
        return super().narrowed or bool(self._set)

    @property
    def _set(self) -> list[str]:
        return [name for name in self.dimensions if getattr(self._wanted, name)]

    def _named(self, name: str) -> str:
        value = getattr(self._wanted, name)
        known = (one for one in self._facets if one.name == name and one.value == value)
        return self.told(next(known, Facet(name, value, None, None, 0)))

    def told(self, facet: Facet) -> str:
        """A value in words."""
        value = facet.value
        named = either(facet.name_zh, facet.name_en)
        return named or (words.word(value) if isinstance(value, StrEnum) else value)

    def setting(self, name: str, facet: Facet | None) -> Any:  # noqa: ARG002 - for filters that hold something else
        """What a part of the filter is set to."""
        return facet.value if facet else None

    @work(group="choose", exclusive=True)
    async def action_filter(self) -> None:
        """Choose a value for one of the filters, or take one away."""
        choices = [_Setting(name) for name in self._set]
        choices += [_Setting(facet.name, facet) for facet in self._facets]
        columns = (
            Column[_Setting](N_("Filter"), lambda one: _(self.dimensions[one.name])),
            Column[_Setting](N_("Value"), self._shown),
            Column[_Setting](
                self.kind.plural, lambda one: str(one.facet.count) if one.facet else "", right=True
            ),
        )
        chosen = await self.app.push_screen_wait(Choose(_(self.question), choices, columns, self._key))
        if chosen is not None:
            value = self.setting(chosen.name, chosen.facet)
            self._wanted = replace(self._wanted, **{chosen.name: value})
            self.rows.show((), cursor=0)
            self.reload()

    def _shown(self, setting: _Setting) -> Cell:
        if setting.facet is None:
            return (_("all again, not only {value}").format(value=self._named(setting.name)), "accent")
        return self.told(setting.facet)

    def _key(self, setting: _Setting) -> str:
        shown = self._shown(setting)
        return f"{_(self.dimensions[setting.name])} {shown if isinstance(shown, str) else shown[0]}"
