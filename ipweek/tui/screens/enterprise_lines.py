"""What stands on the screen of an enterprise, line by line."""

from collections.abc import Iterator, Sequence
from datetime import date

from ipweek.domain.kinds import KINDS
from ipweek.domain.people import ContactLine, EnterprisePage, LabelLine, Quota
from ipweek.domain.records import shown
from ipweek.domain.registrations import Registered
from ipweek.i18n import _
from ipweek.render import words
from ipweek.render.summary_figures import day
from ipweek.tui.screens.registration_rows import status_cell
from ipweek.tui.widgets.page import Leads, Line
from ipweek.tui.widgets.text import fit

_LABEL, _LABELLED = 20, 32
_WIDE = 110
_NAME, _PHONE, _STATUS, _GAP = 20, 12, 14, "  "
_LISTED_BELOW = ("industries", "quota")


def enterprise_lines(page: EnterprisePage, today: date, width: int) -> Sequence[Line]:
    """Its record, industries, labels, contacts, and its people at the event in hand."""
    width = min(width, _WIDE)
    return [
        Line(),
        *_quota(page, width),
        *_delegates(page.delegates, width),
        *_record(page, width),
        *_labels(page.labels, today, width),
        *_contacts(page.contacts, width),
    ]


def quota_text(page: EnterprisePage) -> str:
    """How many people there are, and of how many there may be."""
    return places_text(page.places)


def places_text(places: Quota) -> str:
    """How many people an enterprise sends; beyond its quota a word says so."""
    if places.quota is None:
        return _("delegates {n}").format(n=places.coming)
    told = _("delegates {n}, quota {quota}").format(n=places.coming, quota=places.quota)
    return f"{told} · {_('over quota')}" if places.over else told


def _title(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(((text, "strong"),))


def _quota(page: EnterprisePage, width: int) -> Iterator[Line]:
    if page.places.over:
        text = _("{n} more than the quota of {quota}").format(n=page.places.over, quota=page.places.quota)
        yield Line(((fit(f"! {text}", width), "warn"),))


def _delegates(delegates: Sequence[Registered], width: int) -> Iterator[Line]:
    yield Line(((_("People at the event in hand"), "strong"),))
    if not delegates:
        yield Line(((f"  {_('nobody yet')}", "dim"),))
    room = max(width - _NAME - _PHONE - _STATUS - 4 * len(_GAP), 6)
    for row in delegates:
        status = status_cell(row)
        text, tone = status if isinstance(status, tuple) else (status, "plain")
        yield Line(
            (
                (f"{_GAP}{fit(row.name, _NAME)}{_GAP}", "plain"),
                (fit(row.title or "–", room) + _GAP, "plain" if row.title else "dim"),
                (fit(row.phone or "–", _PHONE) + _GAP, "dim"),
                (fit(text, _STATUS), tone),
            ),
            row,
        )


def _record(page: EnterprisePage, width: int) -> Iterator[Line]:
    """The fields; industries lead to their results."""
    values = page.enterprise.values
    yield from _title(_("Enterprise"))
    yield _fact(_("Code"), page.enterprise.code, width)
    for field in KINDS["enterprise"].fields:
        if field.name != "code" and field.name not in _LISTED_BELOW:
            value = values.get(field.name)
            yield _fact(_(field.label), shown(value) if value is not None else None, width)
    quota = values["quota"]
    yield _fact(_("Delegate quota"), None if quota is None else str(quota), width)
    for industry in values["industries"] or (None,):
        yield _fact(_("Industry"), industry, width, Leads("industry", industry) if industry else None)


def _labels(labels: Sequence[LabelLine], today: date, width: int) -> Iterator[Line]:
    if labels:
        yield from _title(_("Labels"))
    for label in labels:
        parts = [label.certificate, _validity(label)]
        told = fit(" · ".join(part for part in parts if part), max(width - _LABELLED - 12, 1))
        kind = fit(f"  {words.word(label.label)}", _LABELLED)
        yield Line(((kind, "plain"), (told, "dim"), _standing(label, today)))


def _validity(label: LabelLine) -> str:
    if label.valid_from is None and label.valid_to is None:
        return _("validity not stated")
    return f"{day(label.valid_from) or '…'} – {day(label.valid_to) or '…'}"


def _standing(label: LabelLine, today: date) -> tuple[str, str]:
    if label.valid_to is not None and label.valid_to < today:
        return f"  {_('expired')}", "warn"
    if label.valid_from is not None and label.valid_from > today:
        return f"  {_('not yet')}", "warn"
    return "", "plain"


def _contacts(contacts: Sequence[ContactLine], width: int) -> Iterator[Line]:
    if contacts:
        yield from _title(_("Contacts"))
    for contact in contacts:
        parts = " · ".join(part for part in (contact.phone, contact.email) if part)
        name = contact.name or _("not stated")
        yield Line(((f"  {fit(name, _LABEL - 2)}", "plain"), (fit(parts, max(width - _LABEL, 1)), "dim")))


def _fact(label: str, value: str | None, width: int, target: object = None) -> Line:
    text, role = (value, "plain") if value else (words.not_stated(), "dim")
    return Line(((fit(f"  {label}", _LABEL), "dim"), (fit(text, max(width - _LABEL, 1)), role)), target)
