"""A summary as the command line's JSON: the shape scripts rely on, a figure that nobody stated is null."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ipweek.domain.cases import CaseLink
from ipweek.domain.exchange import DemandCounts
from ipweek.domain.figure_list import ATTENDANCE
from ipweek.domain.figures import Named, Rate, SourceRef
from ipweek.domain.indicators import Reading
from ipweek.domain.report_counts import (
    REGISTRATIONS,
    Arrivals,
    AttendanceCounts,
    EnterpriseCounts,
    EnterpriseGroup,
    RegistrationCounts,
)
from ipweek.domain.reports import (
    EventHeader,
    EventLine,
    EventSummary,
    IndicatorSummary,
    LevelFigure,
    ReachCounts,
    ResultSummary,
    SessionSummary,
    Stated,
    Summary,
    WeekHeader,
    WeekSummary,
)
from ipweek.domain.starts import Start
from ipweek.domain.stays import StayCounts
from ipweek.i18n import language
from ipweek.render import feedback_json, report_notes, words
from ipweek.render.explanation_json import check_shape

_PLACES = Decimal("0.0001")


def json_of(summary: Summary) -> dict[str, Any]:
    """The summary as values for `json.dumps`; names are in the language in force, with both beside them."""
    return _event(summary) if isinstance(summary, EventSummary) else _week(summary)


def _event(summary: EventSummary) -> dict[str, Any]:
    return {
        "event": _event_header(summary.header),
        "week": _week_header(summary.week),
        "as_of": _text(summary.as_of),
        "synthetic": summary.synthetic,
        "registrations": {**_registrations(summary.registrations), "invited": summary.notes.invited},
        "attendance": _attendance(summary.attendance),
        "enterprises": _enterprises(summary.enterprises),
        "sessions": [_session(held) for held in summary.sessions],
        "results": [_result(result) for result in summary.results],
        "cases": [_case(link) for link in summary.cases],
        "demands": _demands(summary.demands),
        "feedback": feedback_json.shape(summary.feedback, summary.answered),
        "indicators": [_indicator(line) for line in summary.indicators],
        "stated_attendees": [_stated(said) for said in summary.attendees],
        "statements": [_stated(said) for said in summary.stated if said not in summary.attendees],
        "arrivals": _arrivals(summary.arrivals),
        "checks": [check_shape(check) for check in summary.checks],
        "notes": report_notes.shape(summary.notes),
    }


def _week(summary: WeekSummary) -> dict[str, Any]:
    totals = summary.totals
    return {
        "week": _week_header(summary.header),
        "as_of": _text(summary.as_of),
        "synthetic": summary.synthetic,
        "events": [_line(line) for line in summary.events],
        "totals": {
            "events": totals.events,
            "sessions": totals.sessions,
            "registrations": {**_registrations(totals.registrations), "invited": summary.notes.invited},
            "unique_people": totals.people,
            "attendances": totals.attendances,
            "rate": _rate(totals.rate if totals.attendances is not None else None),
        },
        "enterprises": _enterprises(totals.enterprises),
        "results": [_result(result) for result in summary.results],
        "cases": [_case(link) for link in summary.cases],
        "demands": _demands(summary.demands),
        "feedback": feedback_json.shape(summary.feedback, summary.answered),
        "indicators": [_indicator(line) for line in summary.indicators],
        "stated_attendees": [_stated(said) for said in summary.attendees],
        "statements": [_stated(said) for said in summary.stated if said not in summary.attendees],
        "checks": [check_shape(check) for check in summary.checks],
        "notes": report_notes.shape(summary.notes),
    }


def _case(link: CaseLink) -> dict[str, Any]:
    return {
        **_named(Named(link.case_code, link.case_zh, link.case_en)),
        "place": {
            "kind": link.place_kind,
            **_named(Named(link.place_code, link.place_zh, link.place_en)),
        },
        "day": _text(link.day),
    }


def _demands(counts: DemandCounts) -> dict[str, Any]:
    return {
        "total": counts.total,
        "by_category": {word.value: n for word, n in counts.every_category.items()},
        "by_status": {word.value: n for word, n in counts.every_status.items()},
        "matched": counts.matched,
        "closed": counts.closed,
        "overdue": counts.overdue,
    }


def _named(named: Named | None) -> dict[str, Any]:
    if named is None:
        return {"code": None, "name": None, "name_zh": None, "name_en": None}
    return {"code": named.code, "name": named.name(language()), "name_zh": named.zh, "name_en": named.en}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _start(start: Start | None) -> dict[str, Any] | None:
    if start is None:
        return None
    return {"day": start.day.isoformat(), "time": f"{start.time:%H:%M}" if start.time else None}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _rounded(value: Decimal | None) -> int | float | None:
    """A share or quotient to four places."""
    return None if value is None else _number(value.quantize(_PLACES, ROUND_HALF_UP))


def _rate(rate: Rate | None) -> dict[str, Any]:
    if rate is None:
        return {"value": None, "numerator": None, "denominator": None}
    return {
        "value": _rounded(rate.value),
        "numerator": rate.numerator,
        "denominator": rate.denominator,
    }


def _week_header(week: WeekHeader) -> dict[str, Any]:
    return {
        **_named(week.week),
        "city": week.city.text(language()),
        "year": week.year,
        "zone": week.zone,
        "starts_on": _text(week.starts_on),
        "ends_on": _text(week.ends_on),
        "theme": week.theme.text(language()),
        "synthetic": week.synthetic,
    }


def _event_header(event: EventHeader) -> dict[str, Any]:
    return {
        **_named(event.event),
        "week": event.week,
        "kind": event.kind.value,
        "status": event.status.value,
        "membership": event.membership.value,
        "start": _start(event.start),
        "end": _start(event.end),
        "venue": _named(event.venue) if event.venue else None,
        "host": event.host,
        "organizer": event.organizer,
        "co_organizer": event.co_organizer,
        "capacity": event.capacity,
        "synthetic": event.synthetic,
    }


def _registrations(counts: RegistrationCounts) -> dict[str, Any]:
    return {name: getattr(counts, name) for name in REGISTRATIONS}


def _attendance(counts: AttendanceCounts | None) -> dict[str, Any]:
    return {
        **{name: getattr(counts, name) if counts else None for name in ATTENDANCE},
        "rate": _rate(counts.rate if counts else None),
        "on_time": _rate(counts.on_time if counts else None),
    }


def _enterprises(counts: EnterpriseCounts) -> dict[str, Any]:
    return {
        "registered": counts.registered,
        "attended": counts.attended,
        "by_industry": [_group(group) for group in counts.by_industry],
        "by_district": [_group(group) for group in counts.by_district],
        "by_label": [_group(group, label=True) for group in counts.by_label],
    }


def _group(counted: EnterpriseGroup, *, label: bool = False) -> dict[str, Any]:
    group = counted.group
    name = words.label(group.code) if group and label else group.name(language()) if group else None
    return {
        "code": group.code if group else None,
        "name": name,
        "registered": counted.registered,
        "attended": counted.attended,
    }


def _session(held: SessionSummary) -> dict[str, Any]:
    return {
        **_named(held.session),
        "kind": held.kind.value,
        "status": held.status.value,
        "start": _start(held.start),
        "end": _start(held.end),
        "room": _named(held.room) if held.room else None,
        "door": held.has_door,
        "enrolled": held.enrolled,
        "attended": held.attended,
        "capacity": held.capacity,
        "fill": _rate(held.fill),
        **_stay(held.stay),
        "synthetic": held.synthetic,
    }


def _stay(stay: StayCounts | None) -> dict[str, Any]:
    return {
        "stayed": stay.n if stay else None,
        "mean_minutes": stay.mean_minutes if stay else None,
        "left_early": stay.left_early if stay else None,
    }


def _line(line: EventLine) -> dict[str, Any]:
    return {
        **_event_header(line.header),
        "registrations": _registrations(line.registrations),
        "attendance": _attendance(line.attendance),
        "enterprises": {"registered": line.enterprises.registered, "attended": line.enterprises.attended},
        "sessions": line.sessions,
        "results": line.results,
        "arrivals": _arrivals(line.arrivals),
    }


def _arrivals(arrivals: tuple[Arrivals, ...]) -> list[dict[str, Any]]:
    return [{"at": quarter.at.isoformat(), "people": quarter.people} for quarter in arrivals]


def _result(result: ResultSummary) -> dict[str, Any]:
    header, share = result.header, result.share
    return {
        **_named(header.result),
        "industry": _named(header.industry),
        "version": header.version,
        "status": header.status.value,
        "released": _text(header.released_on),
        "cut_off": _text(header.cut_off),
        "places": [
            {"kind": place.kind, "code": place.place.code, "role": place.role.value}
            for place in result.places
        ],
        "counts": [_figure(figure) for figure in result.figures],
        "share": {
            "stated": _number(share.stated),
            "computed": _rounded(share.computed),
            "agrees": share.agrees,
        }
        if share
        else None,
        "reach": _reach(result.reach),
    }


def _reach(reach: ReachCounts | None) -> dict[str, Any]:
    return {
        "heard": reach.heard if reach else None,
        "registered_only": reach.registered_only if reach else None,
        "missed": reach.missed if reach else None,
        "rate": _rate(reach.rate if reach else None),
    }


def _figure(figure: LevelFigure) -> dict[str, Any]:
    return {
        "level": figure.level.value,
        "region_code": figure.region_code,
        "count": figure.count,
        "low": figure.low,
        "high": figure.high,
        "comparator": figure.comparator.value,
        "unit": _text(figure.unit),
        "patent_type": _text(figure.patent_type),
        "basis": _text(figure.basis),
        "applicant_rule": _text(figure.applicant_rule),
        "period": figure.period,
        "provenance": figure.provenance.value,
        "formula": figure.formula,
        "source": _source(figure.source),
    }


def _source(source: SourceRef | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {**_named(source.title), "published_on": _text(source.published_on), "url": source.url}


def _indicator(line: IndicatorSummary) -> dict[str, Any]:
    """`comparator` and `provenance` are the target's; without a target, the actual's."""
    progress = line.progress
    main = line.target or line.actual
    return {
        **_named(line.indicator),
        "unit": line.unit,
        "actual": _number(line.actual.value) if line.actual else None,
        "target": _number(line.target.value) if line.target else None,
        "comparator": main.comparator.value if main else None,
        "gap": _number(progress.gap),
        "attainment": _rounded(progress.attainment),
        "growth_needed": _rounded(progress.growth_needed),
        "since_baseline": _rounded(progress.since_baseline),
        "gap_comparator": progress.gap_is.value if progress.gap is not None else None,
        "reached": progress.reached,
        "provenance": main.provenance.value if main else None,
        "readings": {
            "actual": _reading(line.actual),
            "target": _reading(line.target),
            "baseline": _reading(line.baseline),
        },
        "sources": [_source(source) for source in line.sources],
    }


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {
        "value": _number(reading.value),
        "comparator": reading.comparator.value,
        "period": reading.period,
        "read_as": reading.read_as,
        "as_of": _text(reading.as_of),
        "provenance": reading.provenance.value,
        "note_zh": reading.note_zh,
        "note_en": reading.note_en,
    }


def _stated(said: Stated) -> dict[str, Any]:
    return {
        "code": said.code,
        "kind": said.kind.value,
        "enterprise": _named(said.enterprise) if said.enterprise else None,
        "text": said.text.text(language()),
        "said_by": said.said_by.text(language()),
        "value": _number(said.value),
        "comparator": _text(said.comparator),
        "unit": said.unit,
        "period": said.period,
        "read_as": said.read_as,
        "source": _source(said.source),
    }
