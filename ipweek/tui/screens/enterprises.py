"""The enterprises: found by whatever they go by, narrowed by filters, with who comes and who came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ipweek.domain.enterprises import EnterpriseFacet, EnterpriseFilter, EnterpriseLine
from ipweek.domain.records import Record
from ipweek.domain.words import LabelKind
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.enterprise_lists import group_text, quota_text
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.widgets.rows import Cell, Column

if TYPE_CHECKING:
    from ipweek.domain.registrations import PageKey

_DIMENSIONS = {
    "over_quota": N_("Quota"),
    "district": N_("District"),
    "industry": N_("Industry"),
    "label": N_("Label"),
    "group": N_("Corporate group"),
}


@dataclass(frozen=True, slots=True)
class _Setting:
    """A value for a filter, or None to take it away."""

    name: str
    facet: EnterpriseFacet | None = None


class EnterprisesScreen(RecordsScreen, inherit_bindings=False):
    """By pinyin, counted at the event in hand; F4 narrows the list by what there is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back"), id="back"),
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("slash", "search", N_("Search"), id="search"),
        Binding("f4", "filter", N_("Filter"), id="filter"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]
    pages_searches = True

    def __init__(self, parent: Record | None = None) -> None:
        super().__init__("enterprise")
        self._wanted = EnterpriseFilter(
            industry=parent.code if parent is not None and parent.kind == "industry" else None
        )
        self._facets: tuple[EnterpriseFacet, ...] = ()
        self._held: dict[str, EnterpriseLine] = {}
        self._after: PageKey | None = None
        self._found = 0

    @property
    def columns(self) -> Sequence[Column[Record]]:
        """What the list shows; the counts where an event is in hand."""
        counted = (
            Column[Record](N_("Came"), self._came, right=True),
            Column[Record](N_("Quota"), self._quota, right=True),
        )
        return (
            Column(N_("Enterprise"), lambda record: record.name(language())),
            *(counted if self.desk.event is not None else ()),
            Column(N_("District"), lambda record: _or_dash(record.values["district"]), optional=True),
            Column(
                N_("Corporate group"),
                lambda record: _or_dash(group_text(self._held[record.code])),
                optional=True,
            ),
            Column(N_("Labels"), self._labels, optional=True),
        )

    def _came(self, record: Record) -> Cell:
        line = self._held[record.code]
        if not line.registered and not line.waiting:
            return ("–", "dim")
        told = f"{line.came}/{line.registered}"
        return f"{told} +{line.waiting}" if line.waiting else told

    def _quota(self, record: Record) -> Cell:
        places = self._held[record.code].places
        return (quota_text(places) or "–", "warn" if places.over and places.group is None else "dim")

    def _labels(self, record: Record) -> Cell:
        return _or_dash(_(", ").join(map(words.word, self._held[record.code].labels)))

    def title_texts(self) -> tuple[str, str]:
        """The filters in force; the place in the list at the right."""
        title, place = super().title_texts()
        return " · ".join((title, *(self._named(name) for name in self._set))), place

    @property
    def _set(self) -> list[str]:
        return [name for name in _DIMENSIONS if getattr(self._wanted, name)]

    def _named(self, name: str) -> str:
        value = getattr(self._wanted, name)
        if name == "over_quota":
            return _("over quota")
        known = (one for one in self._facets if one.name == name and one.value == value)
        facet = next(known, EnterpriseFacet(name, str(value), None, None, 0))
        return _value(facet)

    def _read(self, query: str, offset: int, limit: int) -> Sequence[Record]:
        """Runs in a thread; a window behind the last one goes on where that ended."""
        event = self.desk.event.code if self.desk.event else None
        service = self.services.enterprises
        wanted = replace(self._wanted, text=query)
        found = service.page(wanted, event, after=self._after if offset else None, limit=limit)
        if not offset:
            self._facets = service.facets(event)
        self._held |= {line.record.code: line for line in found.rows}
        self._after, self._found = found.after, found.total
        return [line.record for line in found.rows]

    def _note(self, found: Sequence[Record], limit: int, before: int) -> None:
        super()._note(found, limit, before)
        self.rows.columns = tuple(self.columns)  # the event may have come in hand since
        self._total, self._all_here = self._found, self._after is None

    @work(group="choose", exclusive=True)
    async def action_filter(self) -> None:
        """Choose a value for one of the filters, or take one away."""
        choices = [_Setting(name) for name in self._set]
        choices += [_Setting(facet.name, facet) for facet in self._facets]
        columns = (
            Column[_Setting](N_("Filter"), lambda one: _(_DIMENSIONS[one.name])),
            Column[_Setting](N_("Value"), self._shown),
            Column[_Setting](
                N_("Enterprises"), lambda one: str(one.facet.count) if one.facet else "", right=True
            ),
        )
        chosen = await self.app.push_screen_wait(
            Choose(_("Only enterprises with"), choices, columns, self._key)
        )
        if chosen is not None:
            self._wanted = replace(self._wanted, **{chosen.name: _setting(chosen)})
            self.rows.show((), cursor=0)
            self.reload()

    def _shown(self, setting: _Setting) -> Cell:
        if setting.facet is None:
            return (_("all again, not only {value}").format(value=self._named(setting.name)), "accent")
        return _value(setting.facet)

    def _key(self, setting: _Setting) -> str:
        shown = self._shown(setting)
        return f"{_(_DIMENSIONS[setting.name])} {shown if isinstance(shown, str) else shown[0]}"


def _setting(chosen: _Setting) -> Any:
    """What the filter is set to."""
    if chosen.name == "over_quota":
        return chosen.facet is not None
    if chosen.facet is None:
        return None
    return LabelKind(chosen.facet.value) if chosen.name == "label" else chosen.facet.value


def _value(facet: EnterpriseFacet) -> str:
    if facet.name == "over_quota":
        return _("over quota")
    if facet.name == "label":
        return words.word(LabelKind(facet.value))
    return either(facet.name_zh, facet.name_en) or facet.value


def _or_dash(text: str | None) -> Cell:
    return text or ("–", "dim")
