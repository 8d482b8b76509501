"""What else stands behind a figure: enterprises, answers, demands, counts, values, parts of the programme."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ipweek.domain.exchange import MATCHED
from ipweek.domain.explanations import Row, RowKind, Rows
from ipweek.domain.figure_list import NONE
from ipweek.domain.figures import Named, Words
from ipweek.domain.indicators import Reading
from ipweek.domain.records import Record
from ipweek.domain.reports import IndicatorSummary, LevelFigure
from ipweek.domain.starts import Start
from ipweek.domain.words import DemandStatus, ReachState, ValueKind
from ipweek.services import demand_board, feedback_rows, report_figures
from ipweek.services.figure_place import Place
from ipweek.services.reach import reach_of
from ipweek.services.records import find
from ipweek.storage.queries import figure_rows as queries
from ipweek.storage.queries import report_enterprises
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import EventSession

_INDICATOR = ("actual", "target")
_OF_ASKED = ("answered", "response_rate")
"""Of answers to events of which it is known who came."""
_COUNTED_AS = {"mean": "n", "distribution": "n"} | dict.fromkeys(_OF_ASKED, "respondents")


def enterprises(place: Place, key: str) -> Rows:
    """Those registered or attending, all of them or of one industry, district or label."""
    parts = key.split(".")
    way, group, name = parts[1], ".".join(parts[2:-1]), parts[-1]
    standing = report_enterprises.standing_of(place.ids)
    wanted = select(standing.c.enterprise_id, standing.c.delegates, standing.c.came)
    wanted = wanted.where(standing.c[name] == 1)
    if group:
        grouped = report_enterprises.grouped(standing, place.day)[way.removeprefix("by_")].subquery("grouped")
        code = grouped.c.code.is_(None) if group == NONE else grouped.c.code == group
        wanted = wanted.where(standing.c.enterprise_id.in_(select(grouped.c.enterprise_id).where(code)))
    rows = [
        Row(
            (row.code,),
            (row.code, Named(row.code, row.name_zh, row.name_en), row.district, row.delegates, row.came),
        )
        for row in queries.enterprises(place.session, wanted.subquery("wanted"))
    ]
    return place.window(RowKind.ENTERPRISES, rows)


def reach(place: Place, key: str) -> Rows:
    """Enterprises of a result's industry by whether they heard it; of the rate all of them."""
    code, _dot, name = key.removeprefix("results.").rpartition(".reach.")
    whole = name in ("total", "rate")
    found = reach_of(place.session, find(place.session, "result", code))
    rows = [
        Row(
            (row.enterprise.code,),
            (
                row.enterprise.code,
                row.enterprise,
                row.district,
                len(row.delegates),
                sum(delegate.heard for delegate in row.delegates),
            ),
            row.state is ReachState.HEARD or name != "rate",
        )
        for row in found.rows(tuple(ReachState) if whole else (ReachState(name),))
    ]
    return place.window(RowKind.ENTERPRISES, rows)


def counts(place: Place, key: str) -> Rows:
    """The counts of a result at the level, by the provenance."""
    rows = [
        Row(
            (str(number),),
            (
                figure.level,
                figure.count,
                figure.low,
                figure.high,
                figure.unit,
                figure.patent_type,
                figure.period,
                figure.provenance,
                figure.formula,
                figure.source.title if figure.source else None,
            ),
        )
        for number, figure in enumerate(figures_at(place, key))
    ]
    return place.window(RowKind.COUNTS, rows)


def figures_at(place: Place, key: str) -> Sequence[LevelFigure]:
    """The level's counts that a key means, the shown one first."""
    code, _dot, at = key.removeprefix("results.").rpartition(".counts.")
    return [
        figure
        for result in place.summary.results
        if result.header.result.code == code
        for figure in result.figures
        if f"{figure.level}.{figure.provenance}" == at and figure.count is not None
    ]


def indicator(place: Place, key: str) -> Rows:
    """The values that were reached and asked for; `gap` and what else follows has both behind it."""
    name = key.rpartition(".")[2]
    line = line_of(place, key)
    wanted = (name,) if name in _INDICATOR else _INDICATOR
    readings = [(ValueKind(one), getattr(line, one)) for one in wanted]
    rows = [Row((kind,), _reading(kind, reading)) for kind, reading in readings if reading is not None]
    return place.window(RowKind.VALUES, rows)


def line_of(place: Place, key: str) -> IndicatorSummary:
    """The line of the summary that a key means: of several targets the first."""
    code = key.removeprefix("indicators.").rpartition(".")[0]
    return next(line for line in place.summary.indicators if line.indicator.code == code)


def _reading(kind: ValueKind, reading: Reading) -> tuple[object, ...]:
    return (
        kind,
        reading,
        reading.period,
        reading.read_as,
        reading.as_of,
        reading.provenance,
        Words(reading.note_zh, reading.note_en),
    )


def demands(place: Place, key: str) -> Rows:
    """By category, status, or how far they came."""
    rows = [
        Row(
            (record.code,),
            (
                record.values["event"],
                record.code,
                Named(
                    record.values["enterprise"],
                    record.values["enterprise_zh"],
                    record.values["enterprise_en"],
                ),
                record.values["category"],
                record.values["status"],
                record.values["raised_on"],
                record.values["overdue"],
                record.values["text"],
            ),
        )
        for record in demand_board.of_events(place.session, place.ids, place.today, whole=place.unmask)
        if _is_counted(record, key)
    ]
    return place.window(RowKind.DEMANDS, rows)


def _is_counted(record: Record, key: str) -> bool:
    _demands, name, *rest = key.split(".")
    status = record.values["status"]
    if rest:
        return bool(record.values[name.removeprefix("by_")] == rest[0])
    met = {
        "matched": status in MATCHED,
        "closed": status is DemandStatus.CLOSED,
        "overdue": record.values["overdue"] > 0,
    }
    return bool(met.get(name, True))


def answers(place: Place, key: str) -> Rows:
    """Answers to forms: all, those with a comment, those that gave a score; of one question or one session."""
    parts = key.split(".")[1:]
    question = None
    query = feedback_rows.lines_query().where(FeedbackAnswer.event_id.in_(place.ids))
    if parts[0] == "ratings":
        question, parts = list(place.summary.feedback.ratings)[int(parts[1]) - 1], parts[2:]
    elif parts[0] == "sessions":
        held = find(place.session, "session", parts[1])
        query, parts = query.where(FeedbackAnswer.session_id == held.id), parts[2:]
    if parts[0] in _OF_ASKED:
        query = query.where(FeedbackAnswer.event_id.in_(select(Registration.event_id)))
    lines = {row.FeedbackAnswer: row for row in place.session.execute(query.order_by(FeedbackAnswer.id))}
    name = _COUNTED_AS.get(parts[0], parts[0])
    found = feedback_rows.those(list(lines), name, question)
    if parts[0] == "distribution":
        found = [row for row in found if feedback_rows.score_of(row, question) == int(parts[1])]
    rows = [_answer(place, lines[row], question) for row in found]
    return place.window(RowKind.ANSWERS, rows)


def _answer(place: Place, row: Any, question: str | None) -> Row:
    line = feedback_rows.line(row, unmask=place.unmask)
    answer: FeedbackAnswer = row.FeedbackAnswer
    session = Named(line.session_code or "", line.session_zh, line.session_en) if line.session("en") else None
    return Row(
        (line.id.hex,),
        (
            place.codes[answer.event_id],
            line.number,
            line.submitted_at,
            place.shown(line.name),
            session,
            feedback_rows.score_of(answer, question),
            line.comment,
        ),
    )


def events(place: Place, _key: str) -> Rows:
    """The events of a week."""
    rows = [
        Row((event.code,), (event.code, report_figures.named(event), _start(event))) for event in place.events
    ]
    return place.window(RowKind.EVENTS, rows)


def sessions(place: Place, _key: str) -> Rows:
    """The sessions of the events, archived ones left out."""
    codes = place.codes
    query = (
        select(EventSession)
        .where(EventSession.event_id.in_(place.ids), EventSession.archived_at.is_(None))
        .order_by(EventSession.code)
    )
    rows = [
        Row(
            (held.code,),
            (
                codes[held.event_id],
                held.code,
                report_figures.named(held),
                held.kind,
                _start(held),
                held.capacity,
            ),
        )
        for held in place.session.scalars(query)
    ]
    return place.window(RowKind.SESSIONS, rows)


def results(place: Place, _key: str) -> Rows:
    """The navigation results that the events dealt with."""
    linked = report_figures.links_to(place.ids).with_only_columns(ResultLink.result_id)
    query = select(NavigationResult).where(NavigationResult.id.in_(linked)).order_by(NavigationResult.code)
    rows = [
        Row((row.code,), (row.code, report_figures.named(row), row.version, row.released_on))
        for row in place.session.scalars(query)
    ]
    return place.window(RowKind.RESULTS, rows)


def cases(place: Place, _key: str) -> Rows:
    """The cases analysed, each once, with the first place that did."""
    links = {link.case_code: link for link in reversed(place.summary.cases)}
    rows = [
        Row(
            (code,),
            (
                code,
                Named(code, link.case_zh, link.case_en),
                Named(link.place_code, link.place_zh, link.place_en),
            ),
        )
        for code, link in sorted(links.items())
    ]
    return place.window(RowKind.CASES, rows)


def _start(row: Any) -> Start | None:
    day, clock = row.start_day, row.start_time
    return Start(day, clock) if day else None
