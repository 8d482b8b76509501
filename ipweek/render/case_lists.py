"""Cases, their parties and steps as Rich tables; whatever a person typed is text, cleaned, and never markup."""

from collections.abc import Iterable

from rich.table import Table

from ipweek.domain.cases import CaseLink, PartyLine, StepLine
from ipweek.domain.records import Record
from ipweek.i18n import _, language
from ipweek.render.case_sheet import either
from ipweek.render.lists import grid


def cases(found: Iterable[Record]) -> Table:
    """Cases with what they are searched by, and when they ran."""
    return grid(
        [_("Code"), _("Case"), _("Forum"), _("Cause"), _("Industry"), _("First step"), _("Last step")],
        [
            (
                one.code,
                one.name(language()),
                either(one.values["forum_zh"], one.values["forum_en"]),
                one.values["cause"],
                one.values["industry"],
                one.values["first"],
                one.values["last"],
            )
            for one in found
        ],
    )


def links(found: Iterable[CaseLink]) -> Table:
    """Where cases are analysed."""
    return grid(
        [_("Event or session"), _("Day"), _("Case")],
        [(line.place_code, line.day, line.case_code) for line in found],
    )


def parties(found: Iterable[PartyLine]) -> Table:
    """The parties of a case."""
    return grid(
        [_("Code"), _("Party"), _("Role"), _("Country or region"), _("Enterprise")],
        [
            (one.code, either(one.name_zh, one.name_en), one.role, one.country, one.enterprise)
            for one in found
        ],
    )


def steps(found: Iterable[StepLine]) -> Table:
    """What happened when."""
    return grid(
        [_("Code"), _("When"), _("What happened")],
        [(one.code, one.happened, either(one.text_zh, one.text_en)) for one in found],
    )
