"""Enterprises, their labels and contacts as Rich tables, and what is said of quotas and groups."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ipweek.domain.enterprises import ContactLine, EnterpriseLine, GroupTotals, LabelLine, Quota
from ipweek.i18n import _, language
from ipweek.render.words import word

if TYPE_CHECKING:
    from rich.table import Table


def enterprises(found: Iterable[EnterpriseLine], *, counted: bool) -> "Table":
    """Enterprises with their labels in force; `counted` with who comes and came."""
    from ipweek.render.lists import grid  # noqa: PLC0415 - the sentences do without Rich

    headers = [_("Code"), _("Enterprise"), _("District"), _("Industries"), _("Labels"), _("Corporate group")]
    if counted:
        headers += [_("Registered"), _("Waiting"), _("Came"), _("Quota")]
    rows = []
    for line in found:
        values, record = line.record.values, line.record
        row = [
            f"{record.code} (" + _("archived") + ")" if record.archived else record.code,
            record.name(language()),
            values["district"],
            values["industries"],
            _(", ").join(map(word, line.labels)),
            group_text(line),
        ]
        rows.append(
            [*row, line.registered, line.waiting, line.came, quota_text(line.places)] if counted else row
        )
    return grid(headers, rows)


def group_text(line: EnterpriseLine) -> str:
    """The group that an enterprise belongs to, or how many belong to it."""
    if line.group is not None:
        return line.group.name(language())
    return _("head of {n}").format(n=line.members) if line.members else ""


def quota_text(places: Quota) -> str:
    """The quota, and how many are beyond it; one that is shared stands with its group."""
    if places.quota is None:
        return ""
    if places.group is not None:
        return _("shared")
    return f"{places.quota} (+{places.over})" if places.over else str(places.quota)


def places(of: Quota) -> str:
    """How many come, how many of them wait, and what the quota says to that."""
    if of.quota is None:
        told = _("{coming} coming, no quota")
    elif of.over:
        told = _("{coming} coming, {over} over the quota of {quota}")
    else:
        told = _("{coming} coming, quota {quota}")
    parts = [told.format(coming=of.coming, over=of.over, quota=of.quota)]
    if of.waiting:
        parts.append(_("{n} of them waiting").format(n=of.waiting))
    if of.group is not None:
        parts.append(_("counted with the group {name}").format(name=of.group.name(language())))
    return " · ".join(parts)


def totals(of: GroupTotals) -> str:
    """A whole group in one line."""
    told = _("the group: {n} enterprises, {registered} registered, {came} came").format(
        n=of.enterprises, registered=of.registered, came=of.came
    )
    parts = [told]
    if of.waiting:
        parts.append(_("{n} waiting").format(n=of.waiting))
    parts.append(_("quotas {quota}").format(quota=of.quota) if of.quota is not None else _("no quota"))
    return " · ".join(parts)


def labels(found: Iterable[LabelLine], day: date) -> "Table":
    """What an enterprise was recognised as, and whether that holds on a day."""
    from ipweek.render.lists import grid  # noqa: PLC0415 - as above

    return grid(
        [_("Label"), _("Certificate"), _("From"), _("To"), _("On {day}").format(day=day)],
        [
            (line.label, line.certificate, line.valid_from, line.valid_to, line.standing(day))
            for line in found
        ],
    )


def contacts(found: Iterable[ContactLine]) -> "Table":
    """Whom to call at an enterprise, numbered as they can be named."""
    from ipweek.render.lists import grid  # noqa: PLC0415 - as above

    return grid(
        ["", _("Name"), _("Role"), _("Phone"), _("E-mail"), _("Main")],
        [
            (number, line.name, line.role, line.phone, line.email, _("main") if line.main else "")
            for number, line in enumerate(found, 1)
        ],
    )
