"""A figure explained: its definition, how it comes about, and the rows behind it, as a document to lay out."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.explanations import COLUMNS, Explanation, Row, RowKind
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figures import Named, SourceRef, Words
from ipweek.domain.indicators import Reading
from ipweek.domain.reports import EventSummary, Summary
from ipweek.domain.starts import Start
from ipweek.domain.summary_figures import Figure, Relation
from ipweek.domain.text import clean
from ipweek.i18n import N_, _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.definitions import definition, label, provenance
from ipweek.render.summary_document import warning
from ipweek.render.summary_layout import Cell, Column, Document, Section, Table

TITLES = {
    "as_of": N_("As of"),
    "attendances": N_("Attendances"),
    "attended": N_("Attended"),
    "badge_no": N_("Badge"),
    "capacity": N_("Capacity"),
    "case": N_("Case"),
    "category": N_("Category"),
    "code": N_("Code"),
    "comment": N_("Comment"),
    "count": N_("Count"),
    "district": N_("District"),
    "enterprise": N_("Enterprise"),
    "event": N_("Event"),
    "first_in": N_("First entry"),
    "formula": N_("Formula"),
    "high": N_("At most"),
    "how": N_("How"),
    "kind": N_("Kind"),
    "level": N_("Level"),
    "low": N_("At least"),
    "name": N_("Name"),
    "note": N_("Note"),
    "number": N_("Form number"),
    "overdue": N_("Overdue"),
    "patent_type": N_("Patent type"),
    "period": N_("Period"),
    "place": N_("Place"),
    "provenance": N_("Provenance"),
    "raised_on": N_("Raised on"),
    "read_as": N_("Read as"),
    "registered": N_("Registered"),
    "released": N_("Released"),
    "result": N_("Navigation result"),
    "score": N_("Score"),
    "session": N_("Session"),
    "source": N_("Source"),
    "start": N_("Start"),
    "status": N_("Status"),
    "submitted_at": N_("Submitted at"),
    "text": N_("Text"),
    "unit": N_("Unit"),
    "value": N_("Value"),
    "version": N_("Version"),
}
_BEHIND = {
    RowKind.REGISTRATIONS: N_("Registrations behind it: {n}"),
    RowKind.PEOPLE: N_("People behind it: {n}"),
    RowKind.ENTERPRISES: N_("Enterprises behind it: {n}"),
    RowKind.DEMANDS: N_("Demands behind it: {n}"),
    RowKind.ANSWERS: N_("Answers behind it: {n}"),
    RowKind.COUNTS: N_("Counts behind it: {n}"),
    RowKind.VALUES: N_("Values behind it: {n}"),
    RowKind.EVENTS: N_("Events behind it: {n}"),
    RowKind.SESSIONS: N_("Sessions behind it: {n}"),
    RowKind.RESULTS: N_("Results behind it: {n}"),
    RowKind.CASES: N_("Cases behind it: {n}"),
}
_SHARES = ("indicators.attainment", "indicators.growth_needed")
_RIGHT = (int, Decimal, Reading)
_COUNTED = "●"


def document(told: Explanation) -> Document:
    """The explanation in the language in force."""
    return Document(
        label(told.figure), warning(synthetic=told.synthetic), tuple(facts(told)), (_behind(told),)
    )


def listed(summary: Summary) -> Document:
    """All figures of a summary with their keys."""
    named = summary.header.event if isinstance(summary, EventSummary) else summary.header.week
    rows = tuple((clean(figure.key), label(figure), value(figure)) for figure in figures_of(summary).values())
    columns = (Column(_("Key")), Column(_("Figure")), Column(_("Value"), right=True))
    return Document(
        clean(named.name(language())),
        warning(synthetic=summary.synthetic),
        (),
        (Section(_("Figures: {n}").format(n=len(rows)), (Table(columns, rows),)),),
    )


def facts(told: Explanation) -> list[tuple[str, str | None]]:
    """What is to be known of the figure itself, a label and a text each."""
    figure = told.figure
    lines: list[tuple[str, str | None]] = [
        (_("Figure"), clean(figure.key)),
        (_("Report"), clean(f"{told.place.name(language())} ({told.place.code})")),
        (_("Value"), value(figure)),
        (_("Definition"), definition(figure)),
        (_("Provenance"), provenance(figure)),
    ]
    if told.source:
        lines.append((_("Source"), source(told.source)))
    lines += [(_("Computed from"), _part(told.near[key])) for key in figure.of if key in told.near]
    lines += [(_("Adds up"), _sum(told, relation)) for relation in told.relations]
    return lines


def value(figure: Figure) -> str:
    """The figure as text: a rate with both its counts."""
    if figure.rate is not None:
        return figures.rate(figure.rate)
    if figure.defined in _SHARES and figure.value is not None:
        return figures.percent(Decimal(figure.value), 2)
    text = figures.number(figure.value)
    return words.no_data() if text is None else text


def source(found: SourceRef) -> str:
    """Where it was said: title, day, address."""
    parts = (clean(found.title.name(language())), figures.day(found.published_on), clean(found.url or ""))
    return " · ".join(part for part in parts if part)


def _part(figure: Figure) -> str:
    return _("{figure} {value} ({key})").format(
        figure=label(figure), value=value(figure), key=clean(figure.key)
    )


def _sum(told: Explanation, relation: Relation) -> str:
    parts = [(told.near[key], times) for key, times in relation.parts]
    added = " + ".join(value(part) if times == 1 else f"{times} × {value(part)}" for part, times in parts)
    named = _("; ").join(clean(part.key) for part, _times in parts)
    return _("{whole} = {parts} ({keys})").format(whole=value(told.figure), parts=added, keys=named)


def _behind(told: Explanation) -> Section:
    behind = told.behind
    if behind.kind is RowKind.NOTHING:
        return Section(_("No rows stand behind it"), notes=(nothing(told.figure),))
    title = _(_BEHIND[behind.kind]).format(n=figures.number(behind.total))
    notes = []
    if told.figure.rate is not None and behind.counting != behind.total:
        notes.append(
            _("{mark} in the numerator: {part}; all rows are the denominator: {whole}.").format(
                mark=_COUNTED, part=figures.number(behind.counting), whole=figures.number(behind.total)
            )
        )
    if not told.unmasked and {"name", "text"} & set(shown_columns(told)):
        notes.append(
            _("Names and confidential texts are masked; --unmask shows them, which is noted in the audit.")
        )
    return Section(title, (table(told),) if behind.rows else (), tuple(notes))


def nothing(figure: Figure) -> str:
    """Why a figure has no rows."""
    if figure.value is None and figure.rate is None:
        return _("There is no data for it: nobody counted or stated it.")
    return _("Somebody stated it; it was not counted.")


def shown_columns(told: Explanation) -> tuple[str, ...]:
    """The columns that tell something: of an event's figure not the event."""
    columns = COLUMNS[told.behind.kind]
    own_event = told.kind == "event" and told.behind.kind is not RowKind.EVENTS
    return tuple(name for name in columns if not (own_event and name == "event"))


def table(told: Explanation) -> Table:
    """The rows; in a rate a column marks those that the numerator has."""
    names, rows = shown_columns(told), told.behind.rows
    rated = told.figure.rate is not None and told.behind.counting != told.behind.total
    columns = [Column(_(TITLES[name]), right=is_right(told, name)) for name in names]
    marked = (Column(_("Numerator")),) if rated else ()
    cells = [((_COUNTED if row.counts else "–",) if rated else ()) + texts(told, row) for row in rows]
    return Table((*marked, *columns), tuple(cells))


def texts(told: Explanation, row: Row) -> tuple[Cell, ...]:
    """The cells of a row, under the columns that are shown."""
    by_name = dict(zip(COLUMNS[told.behind.kind], row.cells, strict=True))
    return tuple(cell(by_name[name], told.zone) for name in shown_columns(told))


def cell(found: object, zone: str) -> str:
    """A value as text, in the language in force; a moment by the week's clock."""
    if found is None:
        return _NOTHING
    shown = next(
        (text for kind, text in _SHOWN if isinstance(found, kind)), lambda value, _zone: clean(value)
    )
    return shown(found, zone) or _NOTHING


_NOTHING = "–"
_SHOWN: tuple[tuple[type, Callable[[Any, str], str | None]], ...] = (
    (StrEnum, lambda found, _zone: words.word(found)),
    (datetime, lambda found, zone: f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"),
    (date, lambda found, _zone: figures.day(found)),
    (Start, lambda found, _zone: figures.start(found)),
    (Named, lambda found, _zone: clean(found.name(language()))),
    (Words, lambda found, _zone: clean(found.text(language()) or "")),
    (Reading, lambda found, _zone: figures.reading(found)),
    (int, lambda found, _zone: figures.number(found)),
)


def is_right(told: Explanation, name: str) -> bool:
    """Whether a column holds numbers."""
    place = COLUMNS[told.behind.kind].index(name)
    cells = [row.cells[place] for row in told.behind.rows if row.cells[place] is not None]
    return bool(cells) and all(isinstance(found, _RIGHT) for found in cells)
