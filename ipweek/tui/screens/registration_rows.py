"""How registrations look in a list."""

from collections.abc import Mapping, Sequence

from ipweek.domain.records import Record
from ipweek.domain.registrations import Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.tui.widgets.rows import Cell, Column

_TONES = {
    RegistrationStatus.REGISTERED: "plain",
    RegistrationStatus.WAITING: "warn",
    RegistrationStatus.CANCELLED: "dim",
    RegistrationStatus.BLOCKED: "bad",
}


def status_cell(row: Registered) -> Cell:
    """The status, with what matters more than that: being there, being on leave, the place in line."""
    if row.attended:
        return _("came"), "good"
    if row.status is RegistrationStatus.WAITING and row.place_in_line is not None:
        return _("waiting, {place}.").format(place=row.place_in_line), "warn"
    if row.on_leave and row.status is RegistrationStatus.REGISTERED:
        return _("on leave"), "dim"
    if row.replaced_by and row.status is RegistrationStatus.CANCELLED:
        return _("replaced"), "dim"
    return words.word(row.status), _TONES[row.status]


NAME = Column[Registered](N_("Name"), lambda row: row.name)
ENTERPRISE = Column[Registered](N_("Enterprise"), lambda row: row.enterprise or ("–", "dim"))
TITLE = Column[Registered](N_("Title"), lambda row: row.title or ("–", "dim"), optional=True)
PHONE = Column[Registered](N_("Phone"), lambda row: (row.phone or "–", "dim"))
STATUS = Column[Registered](N_("Status"), status_cell)
SEAT = Column[Registered](N_("Seat"), lambda row: row.seat or ("–", "dim"), optional=True)

COLUMNS = (NAME, ENTERPRISE, TITLE, PHONE, STATUS)


def badge_text(number: str | None) -> str:
    """A badge number in groups, as it is printed."""
    return f"{number[:4]} {number[4:7]} {number[7:]}" if number else _("none yet")


def session_names(codes: Sequence[str], sessions: Mapping[str, Record]) -> str:
    """Sessions by their names in the language in force; one that is not known by its code."""
    names = (sessions[code].name(language()) if code in sessions else code for code in codes)
    return _(", ").join(names)
