"""The lists behind a summary's figures as appendices: who attended, who was absent, who did not hear a result."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ipweek.domain.figures import Named
from ipweek.domain.report_lists import EventLists, ListedPerson, Lists, PersonName, ResultList
from ipweek.domain.text import clean
from ipweek.domain.words import ScanKind
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Cell, Column, Figure, Section, Table

_NOTHING = "–"
Told = Callable[[EventLists], Iterable[Table]]
"""The tables of one event in an appendix."""
ListColumns = tuple[tuple[Column, Callable[[ListedPerson], Cell]], ...]
"""The columns of a list of people, each with what stands in it."""


def appendices(lists: Lists) -> tuple[Section, ...]:
    """An appendix a list, in the language in force; of a week a table an event. Those of nobody are left out."""
    zone = ZoneInfo(lists.zone)
    told: tuple[tuple[str, Told], ...] = (
        (_("People who attended"), lambda event: _people(event.attended, _attended(event, zone))),
        (_("People expected who were absent"), lambda event: _people(event.absent, _registered())),
        (_("People on leave"), lambda event: _people(event.on_leave, _registered())),
        (_("Walk-ins"), lambda event: _people(event.walk_in, _walk_in(event, zone))),
        (_("Substitutes"), lambda event: _people(event.substitute, _substitute(event, zone))),
        (_("Enterprises at the event"), _enterprises),
        (_("People at the sessions"), lambda event: _sessions(event, zone)),
    )
    masked = (_("Names are masked: only the surname or the first word of each is whole."),)
    notes = masked if lists.masked else ()
    made = [
        Section(title, tables, () if tell is _enterprises else notes, appendix=True)
        for title, tell in told
        if (tables := tuple(_of_events(lists.events, tell)))
    ]
    if unreached := tuple(_unreached(result) for result in lists.results if result.enterprises):
        title = _("Enterprises that did not hear the result of their industry")
        made.append(Section(title, unreached, notes, appendix=True))
    return tuple(made)


def _of_events(events: Sequence[EventLists], tell: Told) -> Iterator[Table]:
    """With the names of the events where there are several."""
    for event in events:
        for table in tell(event):
            if len(events) == 1:
                yield table
            else:
                parts = (_shown(event.event), table.caption)
                yield Table(table.columns, table.rows, " – ".join(filter(None, parts)))


def _people(people: Sequence[ListedPerson], columns: ListColumns) -> Iterator[Table]:
    if people:
        titles = tuple(column for column, _cell in columns)
        yield _numbered(titles, ([cell(one) for _column, cell in columns] for one in people))


def _numbered(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], caption: str = "") -> Table:
    numbered = tuple((Figure(f"{n:,}", n), *row) for n, row in enumerate(rows, start=1))
    return Table((Column(_("#"), right=True), *columns), numbered, caption)


def _who() -> ListColumns:
    return (
        (Column(_("Name")), lambda one: _called(one.who)),
        (Column(_("Enterprise")), lambda one: _shown(one.enterprise) if one.enterprise else None),
    )


def _registered() -> ListColumns:
    return (
        *_who(),
        (Column(_("Title"), wide=True), lambda one: clean(one.title) if one.title else None),
        (Column(_("Category"), wide=True), lambda one: clean(words.category(one.category))),
    )


def _attended(event: EventLists, zone: ZoneInfo) -> ListColumns:
    return (*_registered(), (Column(_("Check-in")), _how), *_entry(event, zone))


def _walk_in(event: EventLists, zone: ZoneInfo) -> ListColumns:
    return (*_registered(), *_entry(event, zone))


def _substitute(event: EventLists, zone: ZoneInfo) -> ListColumns:
    instead = Column(_("In place of"))
    return (
        *_who(),
        (instead, lambda one: _called(one.instead_of) if one.instead_of else _NOTHING),
        *_entry(event, zone),
    )


def _entry(event: EventLists, zone: ZoneInfo) -> ListColumns:
    return ((Column(_("First entry")), lambda one: _moment(one.at, zone, days=event.days)),)


def _how(one: ListedPerson) -> str:
    way = words.word(ScanKind.MARK if one.marked else ScanKind.SCAN)
    return f"{way} · {_('late')}" if one.late else way


def _moment(at: datetime | None, zone: ZoneInfo, *, days: bool) -> Cell:
    """The time of day; of an event that goes on for days, the day too."""
    if at is None:
        return _NOTHING
    local = at.astimezone(zone)
    clock = f"{local:%H:%M}"
    return Figure(f"{figures.day(local.date())} {clock}" if days else clock, local.date())


def _enterprises(event: EventLists) -> Iterator[Table]:
    if event.enterprises:
        columns = (
            Column(_("Enterprise")),
            Column(_("District"), wide=True),
            Column(_("Registered"), right=True),
            Column(_("Attended"), right=True),
        )
        rows = (
            (
                _shown(one.enterprise),
                clean(one.district) if one.district else None,
                Figure(f"{one.registered:,}", one.registered),
                Figure(f"{one.attended:,}", one.attended),
            )
            for one in event.enterprises
        )
        yield _numbered(columns, rows)


def _sessions(event: EventLists, zone: ZoneInfo) -> Iterator[Table]:
    columns = (*(column for column, _cell in _who()), Column(_("First entry")))
    for held in event.sessions:
        rows = (
            (*(cell(one) for _column, cell in _who()), _moment(at, zone, days=event.days))
            for one, at in held.people
        )
        if held.people:
            yield _numbered(columns, rows, _shown(held.session))


def _unreached(result: ResultList) -> Table:
    columns = (
        Column(_("Enterprise")),
        Column(_("District"), wide=True),
        Column(_("State")),
        Column(_("Contact")),
        Column(_("Phone"), wide=True),
    )
    rows = (
        (
            _shown(one.enterprise),
            clean(one.district) if one.district else None,
            words.word(one.state),
            clean(one.contact.name or "") or _NOTHING if one.contact else _NOTHING,
            clean(one.contact.phone or one.contact.email or "") or _NOTHING if one.contact else _NOTHING,
        )
        for one in result.enterprises
    )
    return _numbered(columns, rows, _shown(result.result))


def _called(who: PersonName) -> str:
    return clean(who.called(language())) or _NOTHING


def _shown(named: Named) -> str:
    return clean(named.name(language()))
