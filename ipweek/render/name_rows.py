"""A list of names as rows, as a table of the terminal and as JSON."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from ipweek.domain.name_lists import Named, NameList
from ipweek.i18n import _, language
from ipweek.render import words
from ipweek.render.lists import grid


def header() -> tuple[str, ...]:
    """The headers in the language in force."""
    return ("#", _("Name"), _("Enterprise"), _("Title"), _("Category"), _("Seat"))


def rows(found: NameList) -> Iterator[tuple[str, ...]]:
    """A row for each person, numbered."""
    for number, one in enumerate(found.people, 1):
        yield (
            str(number),
            one.called(language()),
            one.represents(language()),
            one.title,
            words.category(one.category),
            one.seat,
        )


def table(found: NameList) -> Table:
    """The rows under their headers."""
    return grid(header(), list(rows(found)))


def shape(one: Named) -> dict[str, Any]:
    """Somebody as `badge list --json` prints him."""
    return {
        "registration": str(one.registration),
        "name": one.name,
        "name_latin": one.name_latin or None,
        "enterprise": one.represents(language()) or None,
        "title": one.title or None,
        "category": one.category,
        "seat": one.seat or None,
        "rank": one.rank,
    }
