"""Who heard a result and whom to call, as texts: for screens, the terminal and the follow-up list."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ipweek.domain.reach import Contact, Delegate, Reach, ReachRow
from ipweek.domain.receipts import ReceiptLine
from ipweek.domain.text import clean
from ipweek.domain.words import ReachState, RegistrationStatus
from ipweek.i18n import _, language
from ipweek.render import words
from ipweek.render.summary_figures import day

SIGNS = {ReachState.HEARD: "✓", ReachState.REGISTERED_ONLY: "!", ReachState.MISSED: "✗"}
ROLES = {ReachState.HEARD: "good", ReachState.REGISTERED_ONLY: "warn", ReachState.MISSED: "bad"}


def state(row: ReachRow) -> str:
    """The state by sign and a short word, which leaves room for the names beside it."""
    word = _("registered") if row.state is ReachState.REGISTERED_ONLY else words.word(row.state)
    return f"{SIGNS[row.state]} {word}"


def delegates(row: ReachRow, zone: str) -> str:
    """Everybody with when he came in, or why he did not."""
    return _(", ").join(delegate(one, zone) for one in row.delegates)


def delegate(one: Delegate, zone: str) -> str:
    """A name with when the door let him in; of others their status, where it says more than *registered*."""
    if one.heard:
        note = clock(one.at, zone)
    elif one.status is not RegistrationStatus.REGISTERED:
        note = words.word(one.status)
    else:
        note = _("on leave") if one.on_leave else "–"
    return " ".join(part for part in (clean(one.name), note) if part)


def clock(moment: datetime | None, zone: str) -> str:
    """Hours and minutes by the clock of the place."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" if moment else ""


def contact(one: Contact | None) -> str:
    """Name, phone and address; empty where nobody is known."""
    return " ".join(clean(part) for part in (one.name, one.phone or one.email) if part) if one else ""


def receipt(line: ReceiptLine) -> str:
    """Who took how many reports, and when."""
    copies = _("copies: {n}").format(n=line.copies)
    return " · ".join(part for part in (clean(line.received_by or ""), copies, day(line.received_on)) if part)


def header() -> tuple[str, ...]:
    """The titles of the follow-up list; under the last one the organizers write."""
    return (
        _("Code"),
        _("Enterprise"),
        _("District"),
        _("State"),
        _("Delegates"),
        _("Contact"),
        _("Phone"),
        _("E-mail"),
        _("Reports received"),
        _("Received by"),
        _("Note"),
        _("Follow-up"),
    )


def rows(reach: Reach, chosen: Iterable[ReachRow]) -> list[Sequence[object]]:
    """A line an enterprise."""
    return [
        (
            row.enterprise.code,
            row.enterprise.name(language()),
            row.district,
            words.word(row.state),
            delegates(row, reach.zone),
            row.contact.name if row.contact else None,
            row.contact.phone if row.contact else None,
            row.contact.email if row.contact else None,
            row.copies,
            _(", ").join(filter(None, (line.received_by for line in row.receipts))),
            row.note,
            None,
        )
        for row in chosen
    ]
