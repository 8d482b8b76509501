"""What stands on the screen of an enterprise, line by line."""

from collections.abc import Iterator, Sequence
from datetime import date

from ipweek.domain.enterprises import ContactLine, EnterprisePage, LabelLine, Quota
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import shown
from ipweek.domain.registrations import Registered
from ipweek.domain.words import LabelStanding
from ipweek.i18n import _, language
from ipweek.render import words
from ipweek.render.enterprise_lists import quota_text as quota_cell
from ipweek.render.enterprise_lists import totals
from ipweek.render.summary_figures import day
from ipweek.tui.screens.enterprise_part import Part
from ipweek.tui.screens.registration_rows import status_cell
from ipweek.tui.widgets.page import Leads, Line
from ipweek.tui.widgets.text import fit

_LABEL, _LABELLED = 20, 32
_WIDE = 110
_NAME, _PHONE, _STATUS, _GAP = 20, 12, 14, "  "
_COUNTS, _QUOTA = 22, 10
_LISTED_BELOW = ("industries", "quota", "group")


def enterprise_lines(page: EnterprisePage, width: int) -> Sequence[Line]:
    """Its record, industries, group, labels, contacts and other names, and its people at the event in hand."""
    width = min(width, _WIDE)
    return [
        Line(),
        *_warnings(page, width),
        *_delegates(page.delegates, width),
        *_record(page, width),
        *_group(page, width),
        *_labels(page.labels, page.day, width),
        *_contacts(page.contacts, width),
        *_aliases(page.aliases, width),
    ]


def quota_text(page: EnterprisePage) -> str:
    """How many people there are, and of how many there may be."""
    return places_text(page.places)


def places_text(places: Quota) -> str:
    """How many people an enterprise sends, and how many of them wait; beyond its quota a word says so."""
    if places.quota is None:
        parts = [_("delegates {n}").format(n=places.coming)]
    else:
        parts = [_("delegates {n}, quota {quota}").format(n=places.coming, quota=places.quota)]
    if places.over:
        parts.append(_("over quota"))
    if places.waiting:
        parts.append(_("{n} waiting").format(n=places.waiting))
    if places.group is not None:
        parts.append(_("with its group"))
    return " · ".join(parts)


def _title(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(((text, "strong"),))


def _warnings(page: EnterprisePage, width: int) -> Iterator[Line]:
    """A quota that is exceeded, and who else goes by the same name."""
    if page.places.over:
        text = _("{n} more than the quota of {quota}").format(n=page.places.over, quota=page.places.quota)
        if page.places.group is not None:
            text += " · " + _("counted with the group {name}").format(name=page.places.group.name(language()))
        yield Line(((fit(f"! {text}", width), "warn"),))
    for one in page.namesakes:
        text = _("The same name: {name} ({code}); see whether they are one.")
        told = text.format(name=one.name(language()), code=one.code)
        yield Line(((fit(f"! {told}", width), "warn"),), Leads("enterprise", one.code))


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
    shared = page.places.group is not None and page.places.quota is not None
    told = _("{quota}, shared with its group").format(quota=page.places.quota) if shared else None
    yield _fact(_("Delegate quota"), told if quota is None else str(quota), width)
    for industry in values["industries"] or (None,):
        yield _fact(_("Industry"), industry, width, Leads("industry", industry) if industry else None)


def _group(page: EnterprisePage, width: int) -> Iterator[Line]:
    """The heads of its group, the nearest first; those that belong to it, and all of them together."""
    if page.above or page.members:
        yield from _title(_("Corporate group"))
    for one in page.above:
        yield _fact(_("Belongs to"), one.name(language()), width, Leads("enterprise", one.code))
    if page.totals is not None:
        yield Line(((fit(f"  {totals(page.totals)}", width), "dim"),))
    for line in page.members:
        counts = _("{came} of {n} came").format(came=line.came, n=line.registered)
        room = max(width - _COUNTS - _QUOTA - 2 * len(_GAP) - 2, 6)
        spans = (
            (f"  {fit(line.record.name(language()), room)}{_GAP}", "plain"),
            (fit(counts, _COUNTS) + _GAP, "plain" if line.registered else "dim"),
            (fit(quota_cell(line.places), _QUOTA), "warn" if line.places.over else "dim"),
        )
        yield Line(spans, Leads("enterprise", line.record.code))


def _labels(labels: Sequence[LabelLine], day: date, width: int) -> Iterator[Line]:
    if labels:
        yield from _title(_("Labels"))
    for label in labels:
        parts = [label.certificate, _validity(label)]
        told = fit(" · ".join(part for part in parts if part), max(width - _LABELLED - 12, 1))
        kind = fit(f"  {words.word(label.label)}", _LABELLED)
        yield Line(((kind, "plain"), (told, "dim"), _standing(label, day)), Part("label", label))


def _validity(label: LabelLine) -> str:
    if label.valid_from is None and label.valid_to is None:
        return _("validity not stated")
    return f"{day(label.valid_from) or '…'} – {day(label.valid_to) or '…'}"


def _standing(label: LabelLine, on: date) -> tuple[str, str]:
    standing = label.standing(on)
    if standing is LabelStanding.IN_FORCE:
        return "", "plain"
    return f"  {words.word(standing)}", "warn"


def _contacts(contacts: Sequence[ContactLine], width: int) -> Iterator[Line]:
    if contacts:
        yield from _title(_("Contacts"))
    for contact in contacts:
        main = _("main contact") if contact.main and len(contacts) > 1 else None
        parts = " · ".join(part for part in (contact.role, contact.phone, contact.email, main) if part)
        name = contact.name or _("not stated")
        spans = ((f"  {fit(name, _LABEL - 2)}", "plain"), (fit(parts, max(width - _LABEL, 1)), "dim"))
        yield Line(spans, Part("contact", contact))


def _aliases(aliases: Sequence[str], width: int) -> Iterator[Line]:
    if aliases:
        yield from _title(_("Other names"))
    for alias in aliases:
        yield Line(((fit(f"  {alias}", width), "plain"),), Part("alias", alias))


def _fact(label: str, value: str | None, width: int, target: object = None) -> Line:
    text, role = (value, "plain") if value else (words.not_stated(), "dim")
    return Line(((fit(f"  {label}", _LABEL), "dim"), (fit(text, max(width - _LABEL, 1)), role)), target)
