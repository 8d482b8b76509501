"""The enterprises: found by whatever they go by, narrowed by filters, with who comes and who came."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from ipweek.domain.enterprises import EnterpriseFilter, EnterpriseLine
from ipweek.domain.records import Facet, Record
from ipweek.domain.words import LabelKind
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.enterprise_lists import group_text, quota_text
from ipweek.tui.screens.filtered import FilteredScreen
from ipweek.tui.widgets.rows import Cell, Column

if TYPE_CHECKING:
    from ipweek.domain.registrations import PageKey


class EnterprisesScreen(FilteredScreen):
    """By pinyin, counted at the event in hand."""

    dimensions: ClassVar = {
        "over_quota": N_("Quota"),
        "district": N_("District"),
        "industry": N_("Industry"),
        "label": N_("Label"),
        "group": N_("Corporate group"),
    }
    question = N_("Only enterprises with")
    pages_searches = True

    def __init__(self, parent: Record | None = None) -> None:
        industry = parent.code if parent is not None and parent.kind == "industry" else None
        super().__init__("enterprise", EnterpriseFilter(industry=industry))
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
            Column(N_("District"), lambda record: record.values["district"] or ("–", "dim"), optional=True),
            Column(
                N_("Corporate group"),
                lambda record: group_text(self._held[record.code]) or ("–", "dim"),
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
        return _(", ").join(map(words.word, self._held[record.code].labels)) or ("–", "dim")

    def told(self, facet: Facet) -> str:
        """A value in words."""
        if facet.name == "over_quota":
            return _("over quota")
        return words.word(LabelKind(facet.value)) if facet.name == "label" else super().told(facet)

    def setting(self, name: str, facet: Facet | None) -> Any:
        """A label is one of a vocabulary, and over quota one is or is not."""
        if name == "over_quota":
            return facet is not None
        return LabelKind(facet.value) if facet and name == "label" else super().setting(name, facet)

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
