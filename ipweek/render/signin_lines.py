"""What keying in a row of a sign-in sheet says, in one line."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from ipweek.domain.signin import REASON, Keyed, KeyedRow
from ipweek.domain.words import Reason
from ipweek.i18n import N_, _
from ipweek.render import words

SYMBOLS = {Keyed.ENTERED: "✓", Keyed.ALREADY: "!", Keyed.REFUSED: "✗", Keyed.UNKNOWN: "✗"}
_UNKNOWN: Mapping[Reason, str] = {
    Reason.UNKNOWN: N_("no such number at this event"),
    Reason.INVALID: N_("neither a code nor a number of a sheet"),
    Reason.AMBIGUOUS: N_("fits several people: type all ten digits"),
    Reason.WRONG_EVENT: N_("not registered for this event"),
    Reason.FORGED: N_("this code was not made here"),
}


def said(row: KeyedRow, zone: str) -> str:
    """The verdict by itself."""
    if row.outcome is Keyed.ENTERED:
        return _("present, by the sign-in sheet")
    if row.outcome is Keyed.ALREADY and row.first_at is not None:
        first = row.first_at.astimezone(ZoneInfo(zone))
        told = _("already in since {time}, desk {desk}; not counted twice")
        return told.format(time=f"{first:%Y-%m-%d %H:%M}", desk=row.first_desk or "–")
    known = _UNKNOWN.get(row.reason) if row.reason and row.outcome is Keyed.UNKNOWN else None
    return _(known) if known else words.word(row.reason) if row.reason else ""


def keyed(row: KeyedRow, zone: str) -> str:
    """Who it is and what became of the row."""
    parts = (row.name or row.typed, said(row, zone), row.enterprise)
    return f"{SYMBOLS[row.outcome]} {' · '.join(part for part in parts if part)}"


def why(note: str | None) -> str:
    """Why a line of the log is there, as its operator said it; of paper, in the language in force."""
    return _("sign-in sheet") if note == REASON else note or ""
