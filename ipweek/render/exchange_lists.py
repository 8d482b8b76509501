"""Demands as tables: the board, one page, what is overdue."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from ipweek.domain.exchange import ActionLine, Answer, DemandCounts, OverdueAction
from ipweek.domain.records import Record
from ipweek.i18n import _
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.lists import grid


def kind_of(answer: Answer) -> str:
    """What sort of thing answers."""
    kinds = {
        "result": _("Navigation result"),
        "case": _("Case"),
        "speaker": _("Speaker"),
        "provider": _("Provider"),
    }
    return kinds[answer.kind]


def name_of(answer: Answer) -> str:
    """What an answer is called."""
    return either(answer.name_zh, answer.name_en) or answer.code or ""


def enterprise_of(record: Record) -> str:
    """The name of whom a demand of a board is."""
    return (
        either(record.values["enterprise_zh"], record.values["enterprise_en"]) or record.values["enterprise"]
    )


def late(n: int) -> str:
    """Sign and word of so many late actions; nothing where there are none."""
    return "! " + _("overdue") if n else ""


def told(counts: DemandCounts) -> str:
    """The counts on one line, what is late first, then the statuses in the order of the work."""
    parts = [f"{words.word(status)} {n}" for status, n in counts.by_status.items()]
    if counts.overdue:
        parts.insert(0, "! " + _("{n} overdue").format(n=counts.overdue))
    return " · ".join(parts)


def short(counts: DemandCounts) -> str:
    """How many demands there are, and how many of them overdue."""
    text = _("1 demand") if counts.total == 1 else _("{n} demands").format(n=counts.total)
    return _("{demands}, {n} overdue").format(demands=text, n=counts.overdue) if counts.overdue else text


def board(found: Iterable[Record]) -> Table:
    """Demands by status; what is late says so."""
    headers = [
        _("Code"),
        _("Status"),
        _("Enterprise"),
        _("Category"),
        _("Demand"),
        _("Priority"),
        _("Due"),
        "",
    ]
    return grid(headers, [_row(record) for record in found])


def _row(record: Record) -> tuple[Any, ...]:
    values = record.values
    return (
        record.code,
        values["status"],
        enterprise_of(record),
        values["category"],
        values["text"],
        values["priority"],
        values["due_on"],
        late(values["overdue"]),
    )


def answers(found: Iterable[Answer]) -> Table:
    """What may answer a demand."""
    headers = [_("Code"), _("Kind"), _("Answer"), _("Note")]
    return grid(headers, [(one.own or one.code, kind_of(one), name_of(one), one.note) for one in found])


def actions(found: Iterable[ActionLine]) -> Table:
    """Who does what about a demand until when."""
    headers = [_("Code"), _("What is to be done"), _("Who"), _("Due"), _("Done"), _("Evidence"), ""]
    rows = [
        (one.code, one.text, one.owner, one.due_on, one.done_on, one.evidence, late(int(one.overdue)))
        for one in found
    ]
    return grid(headers, rows)


def overdue(found: Iterable[OverdueAction]) -> Table:
    """Late actions, the latest first, with whom they are for."""
    headers = [
        _("Code"),
        _("Due"),
        _("Days late"),
        _("Who"),
        _("What is to be done"),
        _("Enterprise"),
        _("Status"),
    ]
    rows = [
        (
            one.action.code,
            one.action.due_on,
            one.days,
            one.action.owner,
            one.action.text,
            either(one.enterprise_zh, one.enterprise_en),
            one.status,
        )
        for one in found
    ]
    return grid(headers, rows)
