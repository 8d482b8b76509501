"""Every figure of a summary with the rows that were counted."""

import pytest
from sqlalchemy import insert, select, update

from ipweek.domain.errors import NotFoundError, UsageError
from ipweek.domain.explanations import COLUMNS, RowKind
from ipweek.domain.exports import Scope
from ipweek.domain.figure_list import figures_of
from ipweek.domain.ids import new_id
from ipweek.domain.reconciliation import unreconciled
from ipweek.domain.words import EventKind
from ipweek.render.definitions import DEFINITIONS
from ipweek.services.audit import Audit
from ipweek.services.explanations import Explanations
from ipweek.services.figure_place import Place
from ipweek.services.reports import Reports
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.full_week import EVENT, SECOND, WEEK, full_week
from tests.report_world import ACTOR

SCOPES = (Scope(event=EVENT), Scope(week=WEEK))
STATED = (RowKind.NOTHING, RowKind.COUNTS, RowKind.VALUES)


@pytest.fixture
def told(uow: UnitOfWork) -> Explanations:
    """The service in a full week, the day after."""
    full_week(uow)
    return Explanations(uow, StandingClock(NOON.replace(day=27)))


def summary_of(told: Explanations, scope: Scope):
    """The summary in which the figures stand."""
    reports = Reports(told.uow, told.clock)
    return reports.event(scope.event) if scope.event else reports.week(scope.week)


@pytest.fixture
def _one_summary(monkeypatch):
    """Nothing changes between one figure and the next: the summary in which they stand is made once."""
    make, made = Place.summary.func, {}

    def summary(place):
        if place.whole not in made:
            made[place.whole] = make(place)
        return made[place.whole]

    monkeypatch.setattr(Place, "summary", property(summary))


@pytest.mark.usefixtures("_one_summary")
def test_as_many_rows_as_the_figure_counts(told):
    """Of every figure that has a definition; of a rate all of its denominator, and the numerator's are marked."""
    defined = set()
    for scope in SCOPES:
        figures = figures_of(summary_of(told, scope))
        for key, figure in figures.items():
            behind = told.explain(ACTOR, scope, key, limit=None).behind
            assert len(behind.rows) == behind.total, key
            assert sum(row.counts for row in behind.rows) == (behind.counting or 0), key
            assert all(len(row.cells) == len(COLUMNS[behind.kind]) for row in behind.rows), key
            assert len({row.key for row in behind.rows}) == behind.total, key
            if figure.rate:
                assert behind.counting == figure.rate.numerator, key
                whole = behind.total in (figure.rate.denominator, figure.rate.numerator)
                assert whole, key
            elif key.endswith(".mean"):
                assert behind.total == figures[figure.of[0]].value, key
            elif behind.kind not in STATED:
                assert behind.total == figure.value, key
            else:
                assert figure.value is None or behind.rows or key.endswith("capacity"), key
            defined.add(figure.defined)
    assert defined == set(DEFINITIONS)


def test_who_was_counted(told):
    """Late are those past the grace; who was annulled did not come; an organizer's mark says so."""
    late = told.explain(ACTOR, SCOPES[0], "attendance.late", unmask=True).behind
    assert {row.cells[2] for row in late.rows} == {"来宾2", "来宾3", "来宾5"}
    marked = told.explain(ACTOR, SCOPES[0], "attendance.marked").behind
    assert [row.cells[-1] for row in marked.rows] == ["mark"]
    came = told.explain(ACTOR, SCOPES[0], "attendance.attended").behind
    assert all(row.cells[-1] in ("scan", "mark") for row in came.rows)
    rate = told.explain(ACTOR, SCOPES[0], "attendance.rate").behind
    assert [row.counts for row in rate.rows] == [row.cells[-1] is not None for row in rate.rows]


def test_pages_by_key(told):
    """Pages of two follow one another without a gap, in every kind of list that is longer."""
    scope = SCOPES[1]
    for key in (
        "totals.registrations.registered",
        "totals.unique_people",
        "enterprises.registered",
        "feedback.answers",
    ):
        whole = told.explain(ACTOR, scope, key, limit=None).behind.rows
        found, page = [], told.explain(ACTOR, scope, key, limit=2)
        while page.behind.rows:
            found += page.behind.rows
            page = told.explain(ACTOR, scope, key, limit=2, after=page)
        assert found == list(whole), key
        assert len(found) > 2, key


def test_names_are_masked_unless_asked_for(told):
    """Unmasking is audited with the figure's key; what was said in confidence is hidden as well."""
    masked = told.explain(ACTOR, SCOPES[0], "attendance.attended").behind.rows
    whole = told.explain(ACTOR, SCOPES[0], "attendance.attended", unmask=True).behind.rows
    assert all(row.cells[2].startswith(other.cells[2][0]) for row, other in zip(whole, masked, strict=True))
    assert all(
        "*" in row.cells[2] and "*" not in other.cells[2] for row, other in zip(masked, whole, strict=True)
    )
    hidden = told.explain(ACTOR, SCOPES[0], "demands.by_status.new").behind.rows
    shown = told.explain(ACTOR, SCOPES[0], "demands.by_status.new", unmask=True).behind.rows
    assert (hidden[0].cells[-1], shown[0].cells[-1]) == ("confidential", "demand 1")
    lines = [line for line in Audit(told.uow).lines() if line.action == "unmask"]
    assert [line.record_kind for line in lines] == ["event", "event"]
    assert lines[0].fields == ("figure", "rows")


def test_a_figure_with_its_source_and_parts(told):
    """A stated count names its source; a sum the figures that make it up; a rate its two counts."""
    stated = told.explain(ACTOR, SCOPES[0], "results.qled-1.counts.city.stated")
    assert stated.source.url == "https://example.com/page"
    assert stated.behind.rows[0].cells[1] == 285
    total = told.explain(ACTOR, SCOPES[1], "totals.attendances")
    assert {key for one in total.relations for key, _times in one.parts} == {
        f"events.{EVENT}.attendance.attended",
        f"events.{SECOND}.attendance.attended",
    }
    assert set(told.explain(ACTOR, SCOPES[0], "attendance.rate").near) == {
        "attendance.expected",
        "attendance.expected_attended",
    }
    gap = told.explain(ACTOR, SCOPES[0], "indicators.stock.gap")
    assert [row.cells[0] for row in gap.behind.rows] == ["actual", "target"]


def test_answers_where_it_is_not_known_who_came(told, uow):
    """They are no part of the response rate of the week; who answered on two events is a respondent of each."""
    with uow.read() as session:
        week = session.scalar(select(Event.week_id).where(Event.code == EVENT))
        person = session.scalar(select(FeedbackAnswer.person_id).where(FeedbackAnswer.key == "0"))
    with uow.write_core() as connection:
        open_day = new_id()
        kind = {"kind": EventKind.RELEASE, "name_en": "Open day"}
        connection.execute(insert(Event).values(id=open_day, week_id=week, code="open-day", **kind))
        for who in (person, None):
            row = {"event_id": open_day, "person_id": who, "key": f"{who}", "ratings": {}, "satisfaction": 4}
            connection.execute(insert(FeedbackAnswer).values(id=new_id(), **row))
    summary = summary_of(told, SCOPES[1])
    figures = figures_of(summary)
    rate = figures["feedback.response_rate"]
    assert figures["feedback.respondents"].value == 5
    assert (rate.rate.numerator, rate.rate.denominator) == (3, figures["totals.attendances"].value)
    assert [figures[key].value for key in rate.of] == [rate.rate.numerator, rate.rate.denominator]
    assert unreconciled(summary.checks) == ()
    for key, number in (("respondents", 5), ("answered", 3), ("response_rate", 3)):
        assert told.explain(ACTOR, SCOPES[1], f"feedback.{key}").behind.total == number, key


def test_nothing_behind_what_nobody_stated(told, uow):
    """Without a start time there is no lateness, and so nobody is listed as late or in time."""
    with uow.write_core() as connection:
        connection.execute(update(Event).values(start_time=None))
    for key in ("attendance.late", "attendance.punctual", "attendance.on_time", "registrations.invited"):
        assert told.explain(ACTOR, SCOPES[0], key).behind.kind is RowKind.NOTHING, key


def test_an_unknown_key(told):
    """The error names the figures that are written much like it."""
    with pytest.raises(NotFoundError) as found:
        told.explain(ACTOR, SCOPES[0], "attendance.lated")
    assert found.value.code == "figure-missing"
    assert "attendance.late" in found.value.params["similar"]
    with pytest.raises(NotFoundError) as found:
        told.explain(ACTOR, SCOPES[0], "xyz")
    assert found.value.code == "figure-unlike"
    for scope in (Scope(), Scope(event=EVENT, week=WEEK)):
        with pytest.raises(UsageError):
            told.explain(ACTOR, scope, "attendance.late")
