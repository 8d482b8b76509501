"""What of a report is wanted: choices that do not fit together give way to the newest one."""

from dataclasses import replace
from typing import Any

from ipweek.jobs.reports import ReportOrder

_OFF: dict[str, Any] = {
    "brief": False,
    "public": False,
    "appendices": False,
    "unmask": False,
    "against": None,
}
_GIVE_WAY = {
    "brief": ("appendices", "unmask", "against"),
    "public": ("appendices", "unmask"),
    "appendices": ("brief", "public", "against"),
    "unmask": ("brief", "public", "against"),
    "against": ("brief", "appendices", "unmask"),
}
"""By choice: those that cannot be with it. Whatever is public names nobody; a brief and a comparison have no lists."""


def changed(order: ReportOrder, name: str, value: object) -> ReportOrder:
    """The order with one choice made."""
    given_way = {other: _OFF[other] for other in _GIVE_WAY[name]} if value else {}
    made = replace(order, **{**given_way, name: value})
    if name == "unmask" and made.unmask:
        return replace(made, appendices=True)  # it is their names that are whole
    return made if made.appendices else replace(made, unmask=False)


def file_name(order: ReportOrder, tongue: str, ending: str) -> str:
    """A name that tells one report from another."""
    about = (
        order.code,
        order.against or "",
        "brief" if order.brief else "",
        "public" if order.public else "",
        "names" if order.unmask else "lists" if order.appendices else "",
        tongue,
    )
    return f"report-{'-'.join(filter(None, about))}.{ending}"
