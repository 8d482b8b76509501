"""The sections of a summary, in the language in force."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ipweek.domain.figures import Named, Rate, SourceRef, Words
from ipweek.domain.reports import (
    AttendanceCounts,
    EnterpriseCounts,
    EnterpriseGroup,
    EventLine,
    EventSummary,
    IndicatorSummary,
    LevelFigure,
    RegistrationCounts,
    ResultSummary,
    SessionSummary,
    Stated,
    WeekSummary,
    WeekTotals,
)
from ipweek.domain.text import clean
from ipweek.domain.words import EventStatus, Level, LinkRole, Membership, Provenance, StatementKind
from ipweek.i18n import _, language
from ipweek.render import summary_exchange, summary_feedback, words
from ipweek.render import summary_figures as figures
from ipweek.render.summary_layout import Cell, Section, figures_table, table


def of_event(summary: EventSummary) -> tuple[Section, ...]:
    """Registrations, attendance, enterprises, sessions, results, cases, demands, feedback, indicators, sources."""
    return _told(
        _registrations(summary.registrations, recorded=summary.attendance is not None),
        _attendance(summary.attendance),
        _enterprises(summary.enterprises),
        _sessions(summary.sessions),
        _results(summary.results),
        summary_exchange.cases(summary.cases),
        summary_exchange.demands(summary.demands),
        summary_feedback.feedback(summary.feedback, summary.answered),
        _indicators(summary.indicators),
        _attendees(summary.attendees),
        _statements(summary.stated),
        _sources(summary.results, summary.indicators, summary.stated),
    )


def of_week(summary: WeekSummary) -> tuple[Section, ...]:
    """Events, totals, enterprises, results, cases, demands, feedback, indicators, what was said, sources."""
    return _told(
        _events(summary.events),
        _totals(summary.totals),
        _enterprises(summary.totals.enterprises),
        _results(summary.results),
        summary_exchange.cases(summary.cases),
        summary_exchange.demands(summary.demands),
        summary_feedback.feedback(summary.feedback, summary.answered),
        _indicators(summary.indicators),
        _attendees(summary.attendees),
        _statements(summary.stated),
        _sources(summary.results, summary.indicators, summary.stated),
    )


def _told(*sections: Section | None) -> tuple[Section, ...]:
    return tuple(section for section in sections if section is not None)


def name(named: Named) -> str:
    """A name in the language in force, cleaned."""
    return clean(named.name(language()))


def _registrations(counts: RegistrationCounts, *, recorded: bool) -> Section:
    title = _("Registrations")
    if not recorded:
        return Section(title, notes=(_("No registrations are recorded, so attendance is not known."),))
    rows: list[tuple[str, int]] = [
        (_("Registered"), counts.registered),
        (_("of whom walk-ins"), counts.walk_in),
        (_("of whom substitutes"), counts.substitute),
        (_("Waiting list"), counts.waiting),
        (_("Cancelled"), counts.cancelled),
        (_("Blocked"), counts.blocked),
    ]
    lines = ((label, figures.number(n), _part(n, counts.registered)) for label, n in rows)
    return Section(title, (figures_table(lines),))


def _part(count: int, whole: int) -> Decimal | None:
    return min(Rate(count, whole).value or Decimal(0), Decimal(1)) if whole else None


def _attendance(counts: AttendanceCounts | None) -> Section | None:
    if counts is None:
        return None
    rows: list[tuple[str, str | None, Decimal | None]] = [
        (_("Attendance rate"), figures.rate(counts.rate), counts.rate.value),
        (_("Expected"), figures.number(counts.expected), None),
        (_("Expected who attended"), figures.number(counts.expected_attended), None),
        (_("Absent"), figures.number(counts.absent), None),
        (_("On leave"), figures.number(counts.on_leave), None),
        (_("Confirmed after the door opened"), figures.number(counts.after_opening), None),
        (_("Walk-ins who attended"), figures.rate(Rate(counts.walk_in_attended, counts.walk_in)), None),
        (_("Attended in all"), figures.number(counts.attended), None),
        (_("Marked present by an organizer"), figures.number(counts.marked), None),
        (_("Late"), None if counts.late is None else figures.rate(Rate(counts.late, counts.attended)), None),
    ]
    note = _("Without a stated start time nobody is late.") if counts.late is None else ""
    return Section(_("Attendance"), (figures_table(rows),), (note,) if note else ())


def _enterprises(counts: EnterpriseCounts) -> Section | None:
    if counts.attended is None and not counts.registered:
        return None
    attended = words.no_data() if counts.attended is None else figures.number(counts.attended)
    tables = [
        figures_table(
            (
                (_("Registered"), figures.number(counts.registered), None),
                (_("Attended"), attended, None),
            )
        )
    ]
    for title, groups, shown in (
        (_("Industry"), counts.by_industry, name),
        (_("District"), counts.by_district, name),
        (_("Label"), counts.by_label, lambda group: words.label(group.code)),
    ):
        if groups:
            rows = [_group(group, shown(group.group) if group.group else None) for group in groups]
            tables.append(table((title, _("Registered"), _("Attended")), rows, bar=True))
    overlap = _("An enterprise with two industries or labels is counted under both.")
    noted = counts.by_industry or counts.by_label
    return Section(_("Enterprises"), tuple(tables), (overlap,) if noted else ())


def _group(group: EnterpriseGroup, title: str | None) -> tuple[Cell, ...]:
    share = _part(group.attended, group.registered)
    return title, figures.number(group.registered), figures.number(group.attended), share


def _sessions(sessions: Sequence[SessionSummary]) -> Section | None:
    if not sessions:
        return None
    titles = (_("Session"), _("Start"), _("Enrolled"), _("Attended"), _("Capacity"), _("Fill"))
    rows = [
        (
            _marked(name(held.session), held.status, synthetic=held.synthetic),
            figures.start(held.start),
            figures.number(held.enrolled),
            words.no_data() if held.attended is None else figures.number(held.attended),
            _("no limit") if held.capacity is None else figures.number(held.capacity),
            figures.rate(held.fill) if held.fill else "–",
        )
        for held in sessions
    ]
    return Section(_("Sessions"), (table(titles, rows, texts=2),))


def _marked(title: str, status: EventStatus, *, synthetic: bool) -> str:
    """A name with what a reader must know of it: cancelled, synthetic."""
    marks = [words.word(status)] if status is EventStatus.CANCELLED else []
    marks += [_("synthetic")] if synthetic else []
    return f"{title} ({', '.join(marks)})" if marks else title


def _events(events: Sequence[EventLine]) -> Section:
    titles = (
        _("Event"),
        _("Start"),
        _("Registered"),
        _("Attended"),
        _("Attendance rate"),
        _("Enterprises"),
        _("Sessions"),
        _("Results"),
    )
    outside = [name(line.header.event) for line in events if line.header.membership is Membership.NOT_STATED]
    note = _("Not said to belong to this week: {events}.").format(events=_("; ").join(outside))
    return Section(
        _("Events"),
        (table(titles, [_event_row(line) for line in events], texts=2, wide=(5, 6, 7)),) if events else (),
        (note,) if outside else (),
    )


def _event_row(line: EventLine) -> tuple[Cell, ...]:
    attendance = line.attendance
    return (
        _marked(name(line.header.event), line.header.status, synthetic=line.header.synthetic),
        figures.start(line.header.start) or _("undated"),
        figures.number(line.registrations.registered),
        figures.number(attendance.attended) if attendance else words.no_data(),
        figures.rate(attendance.rate if attendance else None),
        figures.number(line.enterprises.registered),
        figures.number(line.sessions),
        figures.number(line.results),
    )


def _totals(totals: WeekTotals) -> Section:
    known = totals.attendances is not None
    rows: list[tuple[str, str | None, Decimal | None]] = [
        (_("Events"), figures.number(totals.events), None),
        (_("Sessions"), figures.number(totals.sessions), None),
        (_("Registered"), figures.number(totals.registrations.registered), None),
        (_("Unique people who attended"), figures.number(totals.people) if known else words.no_data(), None),
        (_("Attendances"), figures.number(totals.attendances) if known else words.no_data(), None),
        (_("Attendance rate"), figures.rate(totals.rate if known else None), totals.rate.value),
    ]
    note = _("A person who attended two events is one person and two attendances.")
    return Section(_("Totals"), (figures_table(rows),), (note,))


def _results(results: Sequence[ResultSummary]) -> Section | None:
    if not results:
        return None
    titles = (_("Navigation result"), _("Counts"), *(words.word(level) for level in Level), _("Share"))
    rows = [row for result in results for row in _count_rows(result)]
    # On a narrow screen the world gives way where nobody counted it.
    wide = () if any(result.figure(Level.WORLD) for result in results) else (2,)
    counts = table(titles, rows, texts=2, wide=wide)
    heard = (_("Heard by enterprises"), _("Heard"), _("Registered only"), _("Missed"), _("Reach"))
    reach = table(heard, [_reach_row(result) for result in results], bar=True)
    notes = [note for result in results for note in _result_notes(result)]
    return Section(_("Results released, presented, discussed"), (counts, reach), tuple(notes))


def _count_rows(result: ResultSummary) -> Iterable[tuple[Cell, ...]]:
    """A row for each provenance that has a count; one that is all *not stated* where none has."""
    found = [
        provenance
        for provenance in Provenance
        if any(figure.provenance is provenance and figure.count is not None for figure in result.figures)
    ]
    title = _result_title(result)
    for place, provenance in enumerate(found or [Provenance.STATED]):
        counts = [figures.level(_at(result, level, provenance)) for level in Level]
        share = figures.share(result.share) if provenance is Provenance.STATED else "–"
        shown = counts if provenance is Provenance.STATED else [count or "–" for count in counts]
        yield (title if place == 0 else "", words.word(provenance), *shown, share)


def _result_title(result: ResultSummary) -> str:
    """The result's name, and what was done with it where it was not released."""
    roles = {place.role for place in result.places}
    if LinkRole.RELEASED in roles:
        return name(result.header.result)
    return (
        f"{name(result.header.result)} ({', '.join(words.word(role) for role in LinkRole if role in roles)})"
    )


def _at(result: ResultSummary, level: Level, provenance: Provenance) -> LevelFigure | None:
    for figure in result.figures:
        if (figure.level, figure.provenance) == (level, provenance) and figure.count is not None:
            return figure
    return None


def _reach_row(result: ResultSummary) -> tuple[Cell, ...]:
    title, reach = name(result.header.result), result.reach
    if reach is None:
        return (title, *([words.no_data()] * 4), None)
    counts = (figures.number(n) for n in (reach.heard, reach.registered_only, reach.missed))
    return (title, *counts, figures.rate(reach.rate), reach.rate.value)


def _result_notes(result: ResultSummary) -> Iterable[str]:
    for figure in result.figures:
        if figure.provenance is Provenance.DERIVED and figure.count is not None:
            yield _derivation(name(result.header.result), figure)
    if result.share and result.share.agrees is False and result.share.computed is not None:
        yield _("{result}: the share is stated as {stated} % but computed as {computed} %.").format(
            result=name(result.header.result),
            stated=figures.number(result.share.stated),
            computed=figures.number(result.share.computed),
        )


def _derivation(result: str, figure: LevelFigure) -> str:
    text = _("{result}: {level} derived as {formula}, about {count}, assuming that both count the same unit.")
    if figure.low is not None and figure.high is not None:
        text = _(
            "{result}: {level} derived as {formula}, about {count} ({low}–{high}), "
            "assuming that both count the same unit."
        )
    return text.format(
        result=result,
        level=words.word(figure.level),
        formula=clean(figure.formula or "–"),
        count=figures.number(figure.count),
        low=figures.number(figure.low),
        high=figures.number(figure.high),
    )


def _indicators(lines: Sequence[IndicatorSummary]) -> Section | None:
    if not lines:
        return None
    titles = (_("Indicator"), _("Actual"), _("Target"), _("Gap"), _("Attainment"), _("Growth needed"))
    rows = [_indicator_row(line) for line in lines]
    notes = [note for line in lines for note in _indicator_notes(line)]
    return Section(_("Towards the targets"), (table(titles, rows, bar=True),), tuple(notes))


def _indicator_row(line: IndicatorSummary) -> tuple[Cell, ...]:
    progress, compared = line.progress, line.progress.gap is not None
    nothing = "–" if line.target is None else words.no_data()
    return (
        name(line.indicator),
        figures.reading(line.actual),
        figures.reading(line.target),
        figures.bounded(progress.gap, progress.gap_is) if compared else nothing,
        figures.bounded_percent(progress.attainment, progress.attainment_is) or nothing,
        figures.bounded_percent(progress.growth_needed, progress.gap_is) or nothing,
        progress.attainment,
    )


def _indicator_notes(line: IndicatorSummary) -> Iterable[str]:
    for title, reading in ((_("actual"), line.actual), (_("target"), line.target)):
        if reading is None:
            continue
        parts = [
            words.word(reading.provenance),
            _("as stated: {period}").format(period=clean(reading.period)),
        ]
        if reading.read_as:
            parts.append(_("read as {period}").format(period=clean(reading.read_as)))
        if reading.as_of:
            parts.append(_("as of {day}").format(day=figures.day(reading.as_of)))
        note = Words(reading.note_zh, reading.note_en).text(language())
        if note:
            parts.append(clean(note))
        yield _("{indicator}, {which}: {notes}").format(
            indicator=name(line.indicator), which=title, notes=" · ".join(parts)
        )


def _attendees(attendees: Sequence[Stated]) -> Section | None:
    if not attendees:
        return None
    notes = [name(said.enterprise) if said.enterprise else _text(said) for said in attendees]
    return Section(_("Stated attendees (as the source says; counted in no figure)"), notes=tuple(notes))


def _statements(stated: Sequence[Stated]) -> Section | None:
    told = [said for said in stated if said.kind is not StatementKind.ATTENDEE]
    if not told:
        return None
    notes = (_("{label}: {text}").format(label=words.word(said.kind), text=_text(said)) for said in told)
    return Section(_("What the source says"), notes=tuple(notes))


def _text(said: Stated) -> str:
    text = clean(said.text.text(language()) or "") or words.not_stated()
    by = clean(said.said_by.text(language()) or "")
    return _("{text} ({by})").format(text=text, by=by) if by else text


def _sources(
    results: Sequence[ResultSummary], indicators: Sequence[IndicatorSummary], stated: Sequence[Stated]
) -> Section | None:
    named: list[SourceRef | None] = [figure.source for result in results for figure in result.figures]
    named += [source for line in indicators for source in line.sources]
    named += [said.source for said in stated]
    sources = dict.fromkeys(source for source in named if source is not None)
    if not sources:
        return None
    return Section(_("Sources"), notes=tuple(_source(source) for source in sources))


def _source(source: SourceRef) -> str:
    parts = (name(source.title), figures.day(source.published_on), clean(source.url or ""))
    return " · ".join(part for part in parts if part)
