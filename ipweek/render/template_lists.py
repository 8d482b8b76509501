"""Templates of badges as a table of the terminal."""

from collections.abc import Iterable

from rich.table import Table

from ipweek.domain.badge_templates import TemplateLine
from ipweek.i18n import _, language
from ipweek.render.errors import sentence
from ipweek.render.lists import grid


def templates(found: Iterable[TemplateLine]) -> Table:
    """Each with what it is; of one with an error, what is wrong."""
    rows = [(line.name, told(line), line.layout.cards if line.layout else None, line.own) for line in found]
    return grid([_("Template"), _("What it is"), _("Cards a page"), _("Own")], rows)


def told(line: TemplateLine) -> str:
    """What a template is, or what is wrong with it."""
    if line.error is not None:
        return sentence(line.error)
    return line.layout.title(language()) if line.layout else ""
