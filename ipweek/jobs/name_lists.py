"""Lists of names and table cards into files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ipweek.config import Settings
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.name_lists import Named, NameList
from ipweek.domain.registrations import Order
from ipweek.jobs.badges import printed_words
from ipweek.jobs.files import written_whole
from ipweek.services.name_lists import NameLists


@dataclass(frozen=True, slots=True)
class PaperRun:
    """What was written; `missing` are characters that no font has, drawn as boxes."""

    path: Path
    pages: int
    people: int
    missing: str = ""


class NameListJobs:
    """The people of an event on paper, in the language in force."""

    def __init__(self, lists: NameLists, settings: Settings) -> None:
        self._lists = lists
        self._settings = settings

    def pdf(self, event: str, out: Path, order: Order = Order.RANK) -> PaperRun:
        """The list as PDF. Raises NotFoundError, InvalidError `file-not-writable`."""
        from ipweek.render import name_list_pdf  # noqa: PLC0415 - reportlab costs 0.1 s

        found = self._lists.people(event, order)
        with written_whole(out) as file:
            drawn = name_list_pdf.pdf(found, file, self._settings.fonts)
        return PaperRun(out, drawn.pages, len(found.people), drawn.missing)

    def table_cards(
        self,
        event: str,
        out: Path,
        refs: Sequence[str] = (),
        *,
        size: str = "a4",
        order: Order = Order.RANK,
        allow_missing: bool = False,
    ) -> PaperRun:
        """Cards for the tables, a page each.

        Raises NotFoundError `badges-none`, InvalidError `glyphs-missing`, `file-not-writable`.
        """
        from ipweek.render import fonts, table_cards  # noqa: PLC0415 - reportlab costs 0.1 s

        found = self._wanted(event, refs, order)
        said = printed_words()
        font_set = fonts.FontSet(table_cards.texts(found.people, said), self._settings.fonts)
        lacking = {one.name: missing for one in found.people if (missing := font_set.missing(_shown(one)))}
        if lacking and not allow_missing:
            told = "; ".join(f"{name}: {' '.join(missing)}" for name, missing in lacking.items())
            raise InvalidError("glyphs-missing", people=told, count=len(lacking))
        with written_whole(out) as file:
            drawn = table_cards.draw(found.people, file, font_set, size=size, words=said)
        return PaperRun(out, drawn.pages, len(found.people), "".join(lacking.values()))

    def _wanted(self, event: str, refs: Sequence[str], order: Order) -> NameList:
        found = self._lists.people(event, order, refs)
        if not found.people:
            raise NotFoundError("badges-none", event=event)
        return found


def _shown(one: Named) -> str:
    names = [one.enterprise.name_zh, one.enterprise.name_en] if one.enterprise else []
    return " ".join(filter(None, (one.name, one.name_latin, one.title, *names)))
