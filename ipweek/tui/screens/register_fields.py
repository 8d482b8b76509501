"""What is typed in at the desk to register somebody, and what is said about it while it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from ipweek.domain.enterprises import Quota
from ipweek.domain.records import Field, FieldKind, Record
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus
from ipweek.i18n import N_, _
from ipweek.tui.screens.registration_rows import badge_text, session_names, status_cell
from ipweek.tui.widgets.text import crop

NAME = Field("name", N_("Name"), required=True)
LATIN = Field("name_latin", N_("Latin name"), help=N_("as in a passport"))
ENTERPRISE = Field(
    "enterprise", N_("Enterprise"), refers="enterprise", help=N_("name or code; F3 shows the list")
)
PHONE = Field("phone", N_("Phone"))
EMAIL = Field("email", N_("E-mail"))
TITLE = Field("title", N_("Title"))
CATEGORY = Field("category", N_("Category"), FieldKind.CHOICE, choices=Category)
SEAT = Field("seat", N_("Seat"))
NOTE = Field("note", N_("Note"))
ON_LEAVE = Field("on_leave", N_("On leave"), FieldKind.FLAG)
SESSIONS = Field(
    "sessions", N_("Sessions"), FieldKind.REFERENCES, refers="session", help=N_("codes; F3 shows the list")
)

FIELDS = (
    NAME,
    LATIN,
    ENTERPRISE,
    PHONE,
    EMAIL,
    TITLE,
    CATEGORY,
    SEAT,
    SESSIONS,
    Field("walk_in", N_("Walk-in"), FieldKind.FLAG),
)
BLANK: Mapping[str, str] = {"category": Category.DELEGATE.value, "walk_in": "no"}


@dataclass(frozen=True, slots=True)
class Predecessor:
    """Whose place the new one takes: for him, as a substitute, or for good, where it is transferred."""

    row: Registered
    for_good: bool = False


def can_pass_on(row: Registered) -> bool:
    """Whether there is a place, or a place in line, to take over."""
    return row.status in (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)


def taken_over(row: Registered) -> dict[str, str]:
    """What a substitute's form begins with: what belongs to the place and not to the person."""
    known = row.category in set(Category)
    return {
        "enterprise": row.enterprise or "",
        "category": row.category if known else BLANK["category"],
        "seat": row.seat or "",
        "sessions": "; ".join(row.wished),
    }


def new_registration(
    values: Mapping[str, Any], answers: Mapping[str, str], before: Predecessor | None
) -> NewRegistration:
    """The values of the form as what the service takes."""
    texts = {name: str(value or "") for name, value in values.items()}
    return NewRegistration(
        name=texts["name"],
        name_latin=texts["name_latin"],
        enterprise=texts["enterprise"],
        phone=texts["phone"],
        email=texts["email"],
        title=texts["title"],
        category=texts["category"] or Category.DELEGATE,
        seat=texts["seat"],
        sessions=tuple(values["sessions"] or ()),
        answers=answers,
        source=RegistrationSource.WALK_IN if values["walk_in"] else RegistrationSource.DESK,
        substitute_for=str(before.row.id) if before and not before.for_good else None,
    )


def told_of(
    row: Registered, before: Predecessor | None, quota: Quota | None, sessions: Mapping[str, Record]
) -> tuple[str, str]:
    """What became of somebody who was just registered, and how good that is."""
    if row.status is RegistrationStatus.WAITING:
        told = _("{name} is on the waiting list, place {place}")
    elif before is None:
        told = _("{name} registered · badge {badge}")
    elif before.for_good:
        told = _("{name} took over from {other} · badge {badge}")
    else:
        told = _("{name} registered in place of {other} · badge {badge}")
    text = told.format(
        name=row.name,
        place=row.place_in_line,
        other=before.row.name if before else "",
        badge=badge_text(row.badge_no),
    )
    warnings = (
        [waits_for(row, sessions)]
        if row.sessions_waiting and row.status is RegistrationStatus.REGISTERED
        else []
    )
    if quota is not None and quota.over:
        warnings.append(_("over quota: {n} of {quota}").format(n=quota.coming, quota=quota.quota))
    is_good = row.status is RegistrationStatus.REGISTERED and not warnings
    return " · ".join((*warnings, text)), "good" if is_good else "warn"


def waits_for(row: Registered, sessions: Mapping[str, Record]) -> str:
    """The full sessions that somebody waits for."""
    return _("full, waits for {sessions}").format(sessions=session_names(row.sessions_waiting, sessions))


def notes(before: Predecessor | None, similar: Sequence[Registered], width: int) -> Content:
    """Whom the new one comes for, and who of the event looks like him."""
    lines: list[tuple[str, str]] = []
    if before is not None:
        told = _("Comes for {name} ({enterprise}), whose place passes on.")
        if before.for_good:
            told = _("Takes over the registration of {name} ({enterprise}) for good.")
        row = before.row
        lines.append((told.format(name=row.name, enterprise=row.enterprise or "–"), "$accent"))
    if similar:
        told = _("Here already? Ctrl+O opens: {people}")
        lines.append((told.format(people=" / ".join(map(_called, similar[:3]))), "$warning"))
    return Content("\n").join(Content.styled(crop(text, width), colour) for text, colour in lines)


def _called(row: Registered) -> str:
    status = status_cell(row)
    parts = (row.name, row.enterprise, row.phone, status if isinstance(status, str) else status[0])
    return " · ".join(crop(part, 24) for part in parts if part)
