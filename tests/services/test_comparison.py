"""A week against another: figures side by side, who came to both, and what is withheld of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from ipweek.domain.comparison import compared_figures, compared_relations
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.reconciliation import related, unreconciled
from ipweek.domain.words import RegistrationSource, RegistrationStatus
from ipweek.i18n import speaking
from ipweek.render import comparison as comparisons
from ipweek.render.plain_text import plain
from ipweek.render.summary_terminal import laid_out
from ipweek.services.reports import Reports
from ipweek.storage.tables.checkin import Admission, Checkpoint
from ipweek.storage.tables.people import Registration
from tests.conftest import NOON
from tests.report_world import Desk
from tests.world import World, build

WEEK = "huizhou-2019"


@pytest.fixture
def world(uow) -> World:
    """Twelve guests of the week of 2019, of whom 1 to 8 come; 6 to 11 register for the year after, 7 to 11 come."""
    made = build(uow, people=12)
    desk = Desk(made)
    for guest in range(1, 9):
        assert desk.enter(guest)
    _next_year(made)
    return made


def _next_year(world: World) -> None:
    event = world.add_event("release-2020", world.add_week("huizhou-2020"))
    door = new_id()
    with world.uow.write_core() as connection:
        connection.execute(
            insert(Checkpoint),
            {
                "id": door,
                "code": "door-2020",
                "event_id": event,
                "entry_rule": "after_exit",
                "categories": [],
            },
        )
        for place, guest in enumerate(world.guests[6:12]):
            made = new_id()
            connection.execute(
                insert(Registration),
                {"id": made, "person_id": guest.person, "event_id": event, "enterprise_id": world.enterprise,
                 "category": "delegate", "status": RegistrationStatus.REGISTERED, "source": RegistrationSource.DESK,
                 "on_leave": False, "answers": {}, "registered_at": NOON - timedelta(days=1)},
            )  # fmt: skip
            if place:
                connection.execute(
                    insert(Admission),
                    {"registration_id": made, "checkpoint_id": door, "inside": True, "entries": 1, "first_in": NOON,
                     "last_in": NOON},
                )  # fmt: skip


def test_who_came_to_both_weeks(world) -> None:
    """Guests 7 and 8 came to both, the enterprise too; each week's own figures are those it has alone."""
    reports = Reports(world.uow)
    found = reports.comparison("huizhou-2020", WEEK)
    assert (found.people, found.enterprises) == (2, 1)
    assert found.week.totals.people == 5
    assert found.against.totals.people == 8
    assert compared_figures(found)["weeks.huizhou-2020.totals.attendances"].value == 5


def test_the_figures_of_both_weeks_add_up(world) -> None:
    """Every relation holds; one whose figure is bent does not."""
    found = Reports(world.uow).comparison("huizhou-2020", WEEK)
    figures = dict(compared_figures(found))
    relations = compared_relations(found, figures)
    assert len(relations) > 20
    assert not unreconciled(related(figures, relations))
    key = "both.unique_people"
    figures[key] = replace(figures[key], value=9)
    assert unreconciled(related(figures, relations))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_document_tells_the_change(world, language) -> None:
    """Counts differ by numbers, rates by percentage points."""
    found = Reports(world.uow).comparison("huizhou-2020", WEEK)
    with speaking(language):
        told = plain(laid_out(comparisons.document(found), 100), 100)
    assert "−3" in told
    assert ("+16.7 points" if language == "en" else "+16.7 个百分点") in told
    assert "83.3 %" in told


def test_what_is_withheld_shows_in_neither_week(world) -> None:
    """A withheld count has no change, and no bar."""
    found = Reports(world.uow).comparison("huizhou-2020", WEEK)
    key = "weeks.huizhou-2020.totals.unique_people"
    with speaking("en"):
        document = comparisons.document(found, {key})
    (row,) = [row for row in document.sections[0].tables[0].rows if row[0] == "Unique people who attended"]
    assert [str(cell) for cell in row[1:]] == ["withheld", "8", "–"]
    (drawn,) = [
        row for row in document.sections[0].charts[0].rows if row.label == "Unique people who attended"
    ]
    assert drawn.values == (None, 8)


def test_a_week_is_held_against_another(world) -> None:
    """Against itself says so; one that is not there is not found."""
    with pytest.raises(InvalidError, match="weeks-same"):
        Reports(world.uow).comparison(WEEK, WEEK)
    with pytest.raises(NotFoundError):
        Reports(world.uow).comparison(WEEK, "nowhere")


def test_the_json_form_has_both_weeks(world) -> None:
    """Each as it is told alone, under its code."""
    told = comparisons.shape(Reports(world.uow).comparison("huizhou-2020", WEEK))
    assert told["both"] == {"unique_people": 2, "enterprises": 1}
    assert told["weeks"]["huizhou-2020"]["totals"]["unique_people"] == 5
