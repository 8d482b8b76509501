"""The library of typical cases: found by words and by filters."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from ipweek.domain.cases import CaseFilter
from ipweek.domain.records import Record
from ipweek.i18n import N_, language
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.tui.screens.filtered import FilteredScreen
from ipweek.tui.widgets.rows import Cell, Column


class CasesScreen(FilteredScreen):
    """Cases with forum, cause and years."""

    dimensions: ClassVar = {
        "industry": N_("Industry"),
        "forum": N_("Forum"),
        "cause": N_("Cause"),
        "countermeasure": N_("Countermeasure"),
    }
    question = N_("Only cases with")

    def __init__(self, parent: Record | None = None) -> None:
        super().__init__("case", CaseFilter(industry=parent.code if parent else None))

    @property
    def columns(self) -> Sequence[Column[Record]]:
        """What the list shows."""
        return (
            Column(N_("Case"), lambda case: case.name(language())),
            Column(N_("Cause"), lambda case: words.word(case.values["cause"])),
            Column(N_("Years"), _years),
            Column(N_("Forum"), _forum, optional=True),
            Column(N_("Industry"), lambda case: case.values["industry"] or ("–", "dim"), optional=True),
        )

    def _read(self, query: str, offset: int, limit: int) -> Sequence[Record]:
        """Runs in a thread."""
        found = self.services.cases.search(replace(self._wanted, text=query), offset=offset, limit=limit)
        self._facets = found.facets
        return found.records


def _years(case: Record) -> Cell:
    first, last = case.values["first"], case.values["last"]
    if first is None:
        return ("–", "dim")
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}"


def _forum(case: Record) -> Cell:
    return either(case.values["forum_zh"], case.values["forum_en"]) or ("–", "dim")
