"""Everything about one person, line by line: this registration first, then the others, answers, copies, scans."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from ipweek.domain.badges import PrintLine
from ipweek.domain.checkin import ScanLine
from ipweek.domain.enterprises import Quota
from ipweek.domain.people import PersonPage
from ipweek.domain.records import Record
from ipweek.domain.registrations import Registered
from ipweek.domain.words import RegistrationStatus, ScanKind, Verdict
from ipweek.i18n import _, language
from ipweek.render import stay_lines, words
from ipweek.render.signin_lines import why
from ipweek.tui.screens.enterprise_lines import places_text
from ipweek.tui.screens.registration_questions import answer_text
from ipweek.tui.screens.registration_rows import badge_text, status_cell
from ipweek.tui.widgets.lines import Span
from ipweek.tui.widgets.page import Leads, Line
from ipweek.tui.widgets.text import crop, fit

_LABEL = 22


@dataclass(frozen=True, slots=True)
class Known:
    """What the page is made of: the person, and what names and orders what he is linked with."""

    registration: Registered
    page: PersonPage | None = None
    questions: Mapping[str, Record] = field(default_factory=dict)
    names: Mapping[tuple[str, str], Record] = field(default_factory=dict)
    zone: ZoneInfo | None = None
    quota: Quota | None = None
    duplicates: int = 0

    def name(self, kind: str, code: str) -> str:
        """The name of an event or session, else its code."""
        record = self.names.get((kind, code))
        return record.name(language()) if record else code


def person_lines(known: Known, width: int) -> Sequence[Line]:
    """The page for a width in cells."""
    lines = [Line(), *_registration(known, width), *_answers(known, width), *_sessions(known, width)]
    if known.page is not None:
        lines += [
            *_others(known, known.page, width),
            *_copies(known, known.page, width),
            *_stays(known, known.page, width),
            *_scans(known, known.page, width),
        ]
    return lines


def _registration(known: Known, width: int) -> Iterator[Line]:
    row, page = known.registration, known.page
    status = status_cell(row)
    text, tone = status if isinstance(status, tuple) else (status, "plain")
    if row.on_leave and row.status is RegistrationStatus.REGISTERED:
        text = _("{status} · on leave").format(status=words.word(row.status))
    yield _line(_("Status"), text, width, tone=tone)
    yield _line(_("Name"), row.name, width)
    if known.duplicates:
        told = _("possible duplicates: {n}").format(n=known.duplicates)
        yield _line("", f"! {told}", width, tone="warn", target=Leads("duplicates", str(row.person)))
    yield _line(_("Latin name"), row.name_latin, width)
    leads = Leads("enterprise", row.enterprise_code) if row.enterprise_code else None
    yield _line(_("Enterprise"), row.enterprise, width, target=leads)
    if known.quota is not None and known.quota.quota is not None:
        tone = "warn" if known.quota.over else "plain"
        yield _line("", places_text(known.quota), width, tone=tone)
    yield _line(_("Title"), row.title, width)
    yield _line(_("Category"), words.category(row.category), width)
    if page is not None and page.rank is not None:
        yield _line(_("Rank"), str(page.rank), width)
    yield _line(_("Phone"), row.phone, width)
    yield _line(_("E-mail"), row.email, width)
    yield _line(_("Seat"), row.seat, width)
    yield _line(_("Badge"), _badge(row, page), width)
    yield _line(_("Event"), known.name("event", row.event), width)
    if row.substitute_for:
        other = Leads("registration", str(row.substitute_for_id))
        yield _line(_("Stands in for"), row.substitute_for, width, tone="accent", target=other)
    if row.replaced_by:
        other = Leads("registration", str(row.replaced_by_id))
        yield _line(_("Replaced by"), row.replaced_by, width, tone="accent", target=other)
    if row.note:
        yield _line(_("Note"), row.note, width)
    yield _line(_("Came by"), words.word(row.source), width)
    yield _line(_("Registered"), _moment(known, row.registered_at), width)
    if row.synthetic:
        yield Line(((_("A made-up person of the demonstration."), "warn"),))


def _badge(row: Registered, page: PersonPage | None) -> str:
    text = badge_text(row.badge_no)
    if page is None or page.issue is None:
        return text
    told = _("{badge} · issue {issue} · copies printed: {copies}")
    copies = sum(line.issue == page.issue for line in page.prints)
    return told.format(badge=text, issue=page.issue, copies=copies)


def _answers(known: Known, width: int) -> Iterator[Line]:
    """Every question of the event, the unanswered too; and what was answered to questions that are gone."""
    page, row = known.page, known.registration
    answers = dict(page.answers.get(row.id, {})) if page else {}
    asked = [code for code, question in known.questions.items() if question.values["event"] == row.event]
    codes = [*asked, *(code for code in answers if code not in asked)]
    if codes:
        yield from _title(_("Answers"))
    for code in codes:
        question = known.questions.get(code)
        label = question.name(language()) if question else code
        yield _line(label, answer_text(question, answers.get(code, "")), width)


def _sessions(known: Known, width: int) -> Iterator[Line]:
    row = known.registration
    if row.wished:
        yield from _title(_("Sessions"))
    for code in row.wished:
        record = known.names.get(("session", code))
        start = str(record.values["start"] or "") if record else ""
        leads = Leads("session", code) if record else None
        name, tone = known.name("session", code), "plain"
        if code in row.sessions_waiting:
            full = _("full, waiting") if row.status is RegistrationStatus.REGISTERED else _("waiting")
            name, tone = f"{full} · {name}", "warn"
        yield _line(start or code, name, width, tone=tone, target=leads)


def _others(known: Known, page: PersonPage, width: int) -> Iterator[Line]:
    others = [row for row in page.registrations if row.id != known.registration.id]
    if others:
        yield from _title(_("At other events"))
    for row in others:
        status = status_cell(row)
        text, tone = status if isinstance(status, tuple) else (status, "plain")
        rest = " · ".join(part for part in (known.name("event", row.event), row.enterprise) if part)
        yield Line(((fit(text, _LABEL), tone), (crop(rest, width - _LABEL), "plain")), row)


def _copies(known: Known, page: PersonPage, width: int) -> Iterator[Line]:
    if page.prints:
        yield from _title(_("Printed copies"))
    for copy in page.prints:
        yield Line(
            (
                (fit(_moment(known, copy.printed_at), _LABEL), "dim"),
                (crop(_copy(copy), width - _LABEL), "plain"),
            )
        )


def _copy(copy: PrintLine) -> str:
    parts = (
        _("issue {issue}, copy {copy}").format(issue=copy.issue, copy=copy.copy),
        copy.reason,
        copy.target,
        copy.operator,
        _("desk {desk}").format(desk=copy.desk),
    )
    return " · ".join(part for part in parts if part)


def _stays(known: Known, page: PersonPage, width: int) -> Iterator[Line]:
    own = [one for one in page.stays if one.registration == known.registration.id]
    if own:
        yield from _title(_("Time inside"))
    for one in own:
        zone = known.zone.key if known.zone else "UTC"
        tone = "warn" if one.stay.late or one.stay.left_early else "plain"
        yield _line(one.door, stay_lines.line(one.stay, zone), width, tone=tone)


def _scans(known: Known, page: PersonPage, width: int) -> Iterator[Line]:
    if page.scans:
        yield from _title(_("At the doors"))
    for scan in page.scans:
        text, tone = _verdict(scan)
        rest = " · ".join(part for part in _where(scan) if part)
        verdict = fit(text, _LABEL)
        room = max(width - 2 * _LABEL, 1)
        yield Line(
            ((fit(_moment(known, scan.answer.at), _LABEL), "dim"), (verdict, tone), (crop(rest, room), "dim"))
        )


def _verdict(scan: ScanLine) -> Span:
    answer = scan.answer
    if scan.annulled or answer.kind is ScanKind.ANNULMENT:
        return _("annulled"), "dim"
    if answer.verdict is Verdict.ACCEPTED:
        return f"✓ {words.word(answer.verdict)}", "good"
    return f"✗ {words.word(answer.reason or answer.verdict)}", "bad"


def _where(scan: ScanLine) -> tuple[str, ...]:
    answer = scan.answer
    marked = words.word(answer.kind) if answer.kind is ScanKind.MARK else ""
    desk = _("desk {desk}").format(desk=answer.desk)
    return words.word(answer.direction), scan.door, marked, desk, scan.operator, why(scan.why)


def _moment(known: Known, moment: datetime) -> str:
    return f"{moment.astimezone(known.zone):%Y-%m-%d %H:%M}"


def _title(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(((text, "strong"),))


def _line(label: str, value: str | None, width: int, *, tone: str = "plain", target: object = None) -> Line:
    text, role = (value, tone) if value else (_("not given"), "dim")
    room = max(width - _LABEL, 1)
    return Line(((fit(label, _LABEL - 1) + " ", "dim"), (fit(text, room), role)), target)
