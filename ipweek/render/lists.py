"""Records and lists as Rich tables; whatever a person typed is text, cleaned, and never markup."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from rich import box
from rich.table import Table
from rich.text import Text

from ipweek.domain.badges import IssuedCode, PrintLine
from ipweek.domain.checkin import ScanAnswer, ScanLine
from ipweek.domain.import_report import BatchLine, MappingLine
from ipweek.domain.kinds import KINDS
from ipweek.domain.navigation import CountLine, LinkLine
from ipweek.domain.operators import OperatorLine
from ipweek.domain.people import PersonLine, PersonPage
from ipweek.domain.printers import Printer
from ipweek.domain.records import Record
from ipweek.domain.records import shown as typed
from ipweek.domain.registrations import Registered
from ipweek.domain.text import clean
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _, language
from ipweek.render.import_lines import mapping_text
from ipweek.render.signin_lines import why
from ipweek.render.words import category, not_stated, sign, word

_EXTRA = {
    "version": N_("Version"),
    "status": N_("Status"),
    "released_on": N_("Released on"),
    "synthetic": N_("Synthetic"),
    "taken": N_("Places taken"),
    "width": N_("Width in pixels"),
    "height": N_("Height in pixels"),
}


def cell(value: Any) -> Text:
    """One value as text, words of a vocabulary in the language in force; None is empty."""
    if isinstance(value, StrEnum):
        return Text(word(value))
    if isinstance(value, bool):
        return Text(_("yes") if value else _("no"))
    return Text(clean(typed(value)))


def grid(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A plain table of translated headers and rows of values."""
    table = Table(*headers, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for row in rows:
        table.add_row(*(value if isinstance(value, Text) else cell(value) for value in row))
    return table


def pairs(rows: Iterable[tuple[str, Any]], blank: str | None = None) -> Table:
    """Labels and values below one another; what is not stated says so, or is `blank`."""
    table = Table.grid(padding=(0, 2))
    for label, value in rows:
        known = value not in (None, "", ())
        table.add_row(Text(label, "bold"), cell(value) if known else Text(blank or not_stated(), "dim"))
    return table


def _label(kind: str, name: str) -> str:
    if name == "name":
        return _(KINDS[kind].label)
    marked = next((field.label for field in KINDS[kind].fields if field.name == name), _EXTRA.get(name))
    return _(marked) if marked else name


def records(kind: str, found: Iterable[Record]) -> Table:
    """Records of a kind in its columns."""
    columns = KINDS[kind].columns
    return grid(
        [_label(kind, name) for name in columns],
        [[_value(record, name) for name in columns] for record in found],
    )


def _value(record: Record, name: str) -> Any:
    if name == "name":
        return record.name(language())
    if name == "code":
        return f"{record.code} (" + _("archived") + ")" if record.archived else record.code
    return record.values.get(name)


def record(one: Record) -> Table:
    """One record, field by field."""
    return pairs((_label(one.kind, name), value) for name, value in one.values.items())


def links(found: Iterable[LinkLine]) -> Table:
    """What events and sessions did with results."""
    return grid(
        [_("Event or session"), _("As"), _("Navigation result")],
        [(line.place_code, line.role, line.result_code) for line in found],
    )


def counts(found: Iterable[CountLine]) -> Table:
    """Patents by level, with where each number comes from."""
    return grid(
        [_("Level"), _("Region code"), _("Count"), _("Provenance"), _("Source")],
        [(line.level, line.region_code, _count(line), line.provenance, line.source) for line in found],
    )


def _count(line: CountLine) -> str:
    if line.count is None:
        return not_stated()
    between = f" ({line.low:,}–{line.high:,})" if line.low is not None and line.high is not None else ""
    return f"{sign(line.comparator)}{line.count:,}{between}"


def registrations(found: Iterable[Registered]) -> Table:
    """An event's registrations; the waiting with their place in line."""
    return grid(
        [
            _("Badge"),
            _("Name"),
            _("Enterprise"),
            _("Category"),
            _("Phone"),
            _("Seat"),
            _("Status"),
            _("Attended"),
        ],
        [
            (
                row.badge_no,
                row.name,
                row.enterprise,
                category(row.category),
                row.phone,
                row.seat,
                _standing(row),
                row.attended,
            )
            for row in found
        ],
    )


def _standing(row: Registered) -> str:
    if row.status is RegistrationStatus.WAITING and row.place_in_line is not None:
        return f"{word(row.status)} {row.place_in_line}"
    return word(row.status)


def registration(row: Registered) -> Table:
    """One registration, field by field."""
    return pairs(
        [
            (_("Id"), row.id),
            (_("Badge"), row.badge_no),
            (_("Event"), row.event),
            (_("Status"), _standing(row)),
            (_("Name"), row.name),
            (_("Name in Latin letters"), row.name_latin),
            (_("Enterprise"), row.enterprise),
            (_("Title"), row.title),
            (_("Category"), category(row.category)),
            (_("Phone"), row.phone),
            (_("E-mail"), row.email),
            (_("Seat"), row.seat),
            (_("Sessions"), row.sessions),
            *([(_("Sessions waited for"), row.sessions_waiting)] if row.sessions_waiting else ()),
            (_("Source"), row.source),
            (_("Substitute for"), row.substitute_for),
            (_("Replaced by"), row.replaced_by),
            (_("On leave"), row.on_leave),
            (_("Attended"), row.attended),
            (_("Note"), row.note),
        ],
        _("not given"),
    )


def registrations_of_person(found: Iterable[Registered]) -> Table:
    """Where somebody is registered, event by event."""
    return grid(
        [_("Event"), _("Status"), _("Enterprise"), _("Category"), _("Seat"), _("Attended")],
        [
            (row.event, _standing(row), row.enterprise, category(row.category), row.seat, row.attended)
            for row in found
        ],
    )


def person(page: PersonPage) -> Table:
    """Somebody's own record, whatever the event."""
    return pairs(
        [
            (_("Name"), page.name),
            (_("Name in Latin letters"), page.name_latin),
            (_("Title"), page.title),
            (_("Phone"), page.phone),
            (_("E-mail"), page.email),
            (_("Rank"), page.rank),
            (_("Badge"), page.badge_no),
            (_("Issue"), page.issue),
        ],
        _("not given"),
    )


def people(found: Iterable[PersonLine]) -> Table:
    """Everybody, with the events of each."""
    return grid(
        [_("Id"), _("Name"), _("Enterprise"), _("Title"), _("Phone"), _("Events")],
        [
            (
                line.id,
                f"{line.name} (" + _("archived") + ")" if line.archived else line.name,
                line.enterprise,
                line.title,
                line.phone,
                line.events,
            )
            for line in found
        ],
    )


def prints(found: Iterable[PrintLine], zone: str) -> Table:
    """The printed copies of a badge."""
    rows = [
        (
            clock(line.printed_at, zone),
            line.issue,
            line.copy,
            line.reason,
            line.target,
            line.operator,
            line.desk,
        )
        for line in found
    ]
    headers = [_("Time"), _("Issue"), _("Copy"), _("Reason"), _("Printed on"), _("Operator"), _("Desk")]
    return grid(headers, rows)


def codes(found: Iterable[IssuedCode]) -> Table:
    """Badge codes, as they are scanned."""
    return grid([_("Badge"), _("Code"), _("Name")], [(row.badge_no, row.code, row.name) for row in found])


def printers(found: Iterable[Printer]) -> Table:
    """The printers of this machine."""
    return grid(
        [_("Printer"), _("State"), _("Default"), _("Reason")],
        [(each.name, each.state, each.is_default, each.reason) for each in found],
    )


def operators(found: Iterable[OperatorLine]) -> Table:
    """Who works at the desks."""
    return grid([_("Name"), _("Role"), _("PIN")], [(line.name, line.role, line.has_pin) for line in found])


def answer(said: ScanAnswer, zone: str) -> Text:
    """A scan's verdict on one line."""
    mark, style = ("✓", "green") if said.verdict == "accepted" else ("✗", "bold red")
    parts = [
        word(said.verdict),
        word(said.reason) if said.reason else "",
        said.name or said.code,
        said.enterprise,
        _since(said, zone),
    ]
    return Text(f"{mark} " + " · ".join(clean(part) for part in parts if part), style)


def _since(said: ScanAnswer, zone: str) -> str:
    if said.first_at is None:
        return ""
    desk = said.first_desk or ""
    return _("first entry {time} at {desk}").format(time=clock(said.first_at, zone), desk=desk)


def _reason(line: ScanLine) -> str:
    """What spoke against it, and why somebody let in all the same."""
    allowed = _("allowed by {name}").format(name=line.allowed_by) if line.allowed_by else ""
    parts = (word(line.answer.reason) if line.answer.reason else "", why(line.why), allowed)
    return " · ".join(part for part in parts if part)


def scans(found: Iterable[ScanLine], zone: str) -> Table:
    """The log of scans."""
    rows = [
        (
            clock(line.answer.at, zone),
            line.door,
            line.answer.direction,
            line.answer.name or line.answer.code,
            line.answer.enterprise,
            line.answer.verdict,
            _reason(line),
            line.answer.desk,
            line.annulled,
        )
        for line in found
    ]
    headers = [
        _("Time"),
        _("Door"),
        _("Direction"),
        _("Name"),
        _("Enterprise"),
        _("Verdict"),
        _("Reason"),
        _("Desk"),
    ]
    return grid([*headers, _("Annulled")], rows)


def batches(found: Iterable[BatchLine]) -> Table:
    """The imports so far."""
    return grid(
        [
            _("Time"),
            _("Kind"),
            _("For"),
            _("File"),
            _("Rows"),
            _("Added"),
            _("Updated"),
            _("Unchanged"),
            _("Refused"),
            _("Batch"),
        ],
        [
            (
                f"{row.imported_at:%Y-%m-%d %H:%M}Z",
                word(row.kind) + (f" ({_('undone')})" if row.undone_at else ""),
                row.event or row.result,
                row.file_name,
                row.rows,
                row.added,
                row.updated,
                row.unchanged,
                row.refused,
                str(row.id),
            )
            for row in found
        ],
    )


def mappings(found: Iterable[MappingLine]) -> Table:
    """What imports remember of columns."""
    rows = ((f"{row.used_at:%Y-%m-%d %H:%M}Z", word(row.kind), mapping_text(row), row.id) for row in found)
    return grid([_("Time"), _("Kind"), _("Columns"), _("Mapping")], rows)


def clock(moment: datetime, zone: str) -> str:
    """A moment in a week's zone, to the second."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def audit(found: Iterable[Any]) -> Table:
    """Entries of the audit trail: when, who, what; moments in UTC."""
    return grid(
        [_("Time"), _("Operator"), _("Desk"), _("Action"), _("Kind"), _("Fields")],
        [
            (
                f"{line.happened_at:%Y-%m-%d %H:%M:%S}Z",
                line.operator,
                line.desk,
                line.action,
                line.record_kind,
                line.fields,
            )
            for line in found
        ],
    )
