"""The sections of a summary on registrations, attendance, enterprises, sessions and events."""

from collections.abc import Callable, Sequence

from ipweek.domain.figure_list import code
from ipweek.domain.figures import Named
from ipweek.domain.report_counts import EnterpriseCounts, EnterpriseGroup
from ipweek.domain.reports import EventLine, SessionSummary
from ipweek.domain.text import clean
from ipweek.domain.words import EventStatus, Membership
from ipweek.i18n import _, language
from ipweek.render import summary_charts as charts
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Cell, Chart, Section, Table, figures_table, table
from ipweek.render.summary_tell import Teller


def name(named: Named) -> str:
    """A name in the language in force, cleaned."""
    return clean(named.name(language()))


def registrations(tell: Teller, *, recorded: bool) -> Section:
    """Who was invited and registered, and who lost the place or waits for one."""
    title = _("Registrations")
    if not recorded:
        return Section(
            title, notes=(_("No registrations are recorded, so attendance is not known."),), depth=2
        )
    rows = [
        (_("Registered"), "registered"),
        (_("of whom walk-ins"), "walk_in"),
        (_("of whom substitutes"), "substitute"),
        (_("Waiting list"), "waiting"),
        (_("Cancelled"), "cancelled"),
        (_("Blocked"), "blocked"),
    ]
    here = tell.under("registrations.")
    invited = (
        [(_("Invited (stated by the organizer)"), here.cell("invited"), None)]
        if here.known("invited")
        else []
    )
    lines = [(label, here.cell(key), here.bar(key, "registered")) for label, key in rows]
    return Section(title, (figures_table([*invited, *lines]),), depth=2)


def attendance(tell: Teller, *, timed: bool, arrivals: Sequence[tuple[str, str]]) -> Section:
    """Who came, of whom; `arrivals` are spans of time with the keys of how many came in each."""
    here = tell.under("attendance.")
    came = tell.rate("attendance.walk_in_attended", "registrations.walk_in")
    rows = [
        (_("Attendance rate"), here.cell("rate"), here.share("rate")),
        (_("Expected"), here.cell("expected"), None),
        (_("Expected who attended"), here.cell("expected_attended"), None),
        (_("Absent"), here.cell("absent"), None),
        (_("On leave"), here.cell("on_leave"), None),
        (_("Confirmed after the door opened"), here.cell("after_opening"), None),
        (_("Walk-ins who attended"), came, None),
        (_("Attended in all"), here.cell("attended"), None),
        (_("Marked present by an organizer"), here.cell("marked"), None),
        (_("On-time rate"), here.cell("on_time") if timed else None, here.share("on_time")),
        (_("Late"), tell.rate("attendance.late", "attendance.attended") if timed else None, None),
    ]
    note = "" if timed else _("Without a stated start time nobody is late.")
    return Section(
        _("Attendance"),
        (figures_table(rows),),
        (note,) if note else (),
        charts=charts.arrivals(tell, arrivals),
        depth=2,
    )


def enterprises(tell: Teller, counts: EnterpriseCounts) -> Section | None:
    """Enterprises by industry, district and label."""
    if counts.attended is None and not counts.registered:
        return None
    here = tell.under("enterprises.")
    tables = [
        figures_table(
            (
                (_("Registered"), here.cell("registered"), None),
                (_("Attended"), here.cell("attended"), None),
            )
        )
    ]
    ways: tuple[tuple[str, str, Sequence[EnterpriseGroup], Callable[[Named], str]], ...] = (
        (_("Industry"), "by_industry", counts.by_industry, name),
        (_("District"), "by_district", counts.by_district, name),
        (_("Label"), "by_label", counts.by_label, lambda group: words.label(group.code)),
    )
    drawn: list[Chart] = []
    for title, way, groups, shown in ways:
        if groups:
            rows = [
                (shown(group.group) if group.group else None, f"{way}.{code(group.group)}")
                for group in groups
            ]
            tables.append(_groups(here, title, rows))
            drawn += charts.groups(here, title, rows)
    overlap = _("An enterprise with two industries or labels is counted under both.")
    noted = counts.by_industry or counts.by_label
    return Section(_("Enterprises"), tuple(tables), (overlap,) if noted else (), charts=tuple(drawn), depth=2)


def _groups(tell: Teller, title: str, rows: Sequence[tuple[str | None, str]]) -> Table:
    cells = [
        (
            label,
            tell.cell(f"{key}.registered"),
            tell.cell(f"{key}.attended"),
            tell.bar(f"{key}.attended", f"{key}.registered"),
        )
        for label, key in rows
    ]
    return table((title, _("Registered"), _("Attended")), cells, bar=True)


def sessions(tell: Teller, held: Sequence[SessionSummary]) -> Section | None:
    """Each session with its door's figures."""
    if not held:
        return None
    timed = any(one.stay and tell.number(f"sessions.{one.session.code}.stayed") != 0 for one in held)
    titles = (_("Session"), _("Start"), _("Enrolled"), _("Attended"), _("Capacity"), _("Fill"))
    inside = (_("Mean minutes"), _("Left early")) if timed else ()
    rows = [_session_row(tell.under(f"sessions.{one.session.code}."), one, timed=timed) for one in held]
    shown = table((*titles, *inside), rows, texts=2, wide=(6, 7))
    return Section(_("Sessions"), (shown,), charts=charts.fill(tell, held), depth=2)


def _session_row(tell: Teller, held: SessionSummary, *, timed: bool) -> tuple[Cell, ...]:
    return (
        _marked(name(held.session), held.status, synthetic=held.synthetic),
        figures.start(held.start),
        tell.cell("enrolled"),
        tell.cell("attended"),
        _("no limit") if held.capacity is None else tell.cell("capacity"),
        tell.cell("fill") if held.fill else "–",
        *((tell.cell("mean_minutes"), tell.cell("left_early")) if timed else ()),
    )


def _marked(title: str, status: EventStatus, *, synthetic: bool) -> str:
    """A name with what a reader must know of it: cancelled, synthetic."""
    marks = [words.word(status)] if status is EventStatus.CANCELLED else []
    marks += [_("synthetic")] if synthetic else []
    return f"{title} ({', '.join(marks)})" if marks else title


def events(tell: Teller, lines: Sequence[EventLine]) -> Section:
    """Each event of a week on a line."""
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
    outside = [name(line.header.event) for line in lines if line.header.membership is Membership.NOT_STATED]
    note = _("Not said to belong to this week: {events}.").format(events=_("; ").join(outside))
    rows = [_event_row(tell.under(f"events.{line.header.event.code}."), line) for line in lines]
    return Section(
        _("Events"),
        (table(titles, rows, texts=2, wide=(5, 6, 7)),) if lines else (),
        (note,) if outside else (),
        charts=charts.events(tell, lines),
        depth=2,
    )


def _event_row(tell: Teller, line: EventLine) -> tuple[Cell, ...]:
    return (
        _marked(name(line.header.event), line.header.status, synthetic=line.header.synthetic),
        figures.start(line.header.start) or _("undated"),
        tell.cell("registrations.registered"),
        tell.cell("attendance.attended"),
        tell.cell("attendance.rate"),
        tell.cell("enterprises.registered"),
        tell.cell("sessions"),
        tell.cell("results"),
    )


def totals(tell: Teller) -> Section:
    """The sums over the events of a week: people are not attendances."""
    here = tell.under("totals.")
    rows = [
        (_("Events"), here.cell("events"), None),
        (_("Sessions"), here.cell("sessions"), None),
        (_("Registered"), here.cell("registrations.registered"), None),
        (_("Unique people who attended"), here.cell("unique_people"), None),
        (_("Attendances"), here.cell("attendances"), None),
        (_("Attendance rate"), here.cell("rate"), here.share("rate")),
    ]
    note = _("A person who attended two events is one person and two attendances.")
    return Section(_("Totals"), (figures_table(rows),), (note,), depth=2)
