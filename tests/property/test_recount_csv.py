"""Every figure of a summary can be counted again from the exported files, by whoever has them and nothing else."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipweek.domain.figure_list import figures_of
from ipweek.domain.reports import Summary
from ipweek.domain.words import (
    DemandCategory,
    DemandStatus,
    LabelKind,
    Provenance,
    RegistrationSource,
    RegistrationStatus,
)
from ipweek.render import words
from ipweek.services.reports import Reports
from ipweek.storage.engine import open_engine
from ipweek.storage.unit_of_work import UnitOfWork
from tests import csv_recount
from tests.conftest import NOON
from tests.recount_world import EVENTS, INDUSTRIES, MINUTE, WEEK, RecountWorld, exported

SESSIONS = ("talk", "panel")
STATUSES = st.sampled_from(
    (*RegistrationStatus, RegistrationStatus.REGISTERED, RegistrationStatus.REGISTERED)
)
GUESTS = st.lists(
    st.fixed_dictionaries(
        {
            "status": STATUSES,
            "source": st.sampled_from(
                (RegistrationSource.IMPORT, RegistrationSource.DESK, RegistrationSource.WALK_IN)
            ),
            "on_leave": st.booleans(),
            "confirmed": st.none() | st.integers(-60, 60),
            "substitute": st.booleans(),
            "enterprise": st.none() | st.integers(0, 3),
            "sessions": st.sets(st.sampled_from(SESSIONS)),
            "enrolled": st.sampled_from((RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)),
            "second": st.none() | STATUSES,
        }
    ),
    min_size=2,
    max_size=8,
)
HOW = ("scan", "scan", "scan", "mark", "override", "override", "exit", "undo", "foreign")
SCORES = st.none() | st.integers(1, 5)
PLANS = st.fixed_dictionaries(
    {
        "guests": GUESTS,
        "moves": st.lists(
            st.tuples(st.integers(0, 7), st.integers(0, 2), st.sampled_from(HOW), st.integers(-20, 90)),
            max_size=16,
        ),
        "demands": st.lists(
            st.fixed_dictionaries(
                {
                    "firm": st.integers(0, 3),
                    "event": st.integers(0, 1),
                    "category": st.sampled_from(DemandCategory),
                    "status": st.sampled_from(DemandStatus),
                    "late": st.booleans(),
                }
            ),
            max_size=5,
        ),
        "answers": st.lists(
            st.fixed_dictionaries(
                {
                    "guest": st.none() | st.integers(0, 7),
                    "event": st.integers(0, 1),
                    "session": st.sampled_from((None, *SESSIONS, "elsewhere")),
                    "scores": st.tuples(SCORES, SCORES),
                    "comment": st.none() | st.just("good"),
                }
            ),
            max_size=6,
        ),
        "merges": st.lists(
            st.tuples(st.sampled_from(("people", "enterprises")), st.integers(0, 7), st.integers(0, 7)),
            max_size=3,
        ),
        "gone": st.none() | st.integers(0, 7),
        "gone_firm": st.none() | st.integers(0, 3),
        "opens": st.none() | st.just(NOON - 30 * MINUTE),
        "clock": st.none() | st.just(time(12)),
        "capacities": st.tuples(st.none() | st.integers(8, 12), st.none() | st.integers(8, 12)),
    }
)
NOT_COUNTED = ("indicators.", "cases.")
_files = count(1)


def fresh(template: Path, folder: Path) -> UnitOfWork:
    """A database of its own."""
    file = folder / f"recount-csv-{next(_files)}.db"
    shutil.copyfile(template, file)
    return UnitOfWork(open_engine(f"sqlite:///{file}"))


STAYS = (".stayed", ".mean_minutes", ".left_early")
"""Times inside are held to their definition on their own: files round moments to seconds."""


def told(summary: Summary) -> dict[str, object]:
    """The figures of a summary under their keys with the words of a file; a rate as its two counts."""
    said = {
        **{f"enterprises.by_label.{label}": words.label(label) for label in LabelKind},
        **{f"demands.by_category.{word}": words.word(word) for word in DemandCategory},
        **{f"demands.by_status.{word}": words.word(word) for word in DemandStatus},
    }
    found: dict[str, object] = {}
    for key, figure in figures_of(summary).items():
        places = key.startswith(NOT_COUNTED) or key.endswith(
            (".capacity", ".sessions", ".results", ".events", *STAYS)
        )
        unused = key.startswith("demands.by_") and not figure.value  # no file has the words that nobody used
        if places or unused or figure.provenance is Provenance.STATED:
            continue
        value = figure.value
        if figure.of and not key.endswith(".mean"):
            value = (figure.rate.numerator, figure.rate.denominator) if figure.rate else None
        word = next((code for code in said if f"{key}.".startswith(f"{code}.")), None)
        found[key.replace(word, f"{word.rpartition('.')[0]}.{said[word]}", 1) if word else key] = value
    return found


def check(uow: UnitOfWork, plan: Mapping[str, Any]) -> None:
    """Both events and the week, each figure against the files."""
    RecountWorld(uow, plan)
    files, reports = exported(uow), Reports(uow)
    for event in EVENTS:
        assert told(reports.event(event)) == csv_recount.of_event(files, event, INDUSTRIES)
    assert told(reports.week(WEEK)) == csv_recount.of_week(files, INDUSTRIES)
    uow.engine.dispose()


def guest(**more: Any) -> dict[str, Any]:
    """A delegate of the second enterprise who is in the talk, but for what is said."""
    plain = {"status": RegistrationStatus.REGISTERED, "source": RegistrationSource.IMPORT, "on_leave": False}
    plain |= {"confirmed": None, "substitute": False, "enterprise": 1, "sessions": {"talk"}}
    return plain | {"enrolled": RegistrationStatus.REGISTERED, "second": None} | more


def answer(**more: Any) -> dict[str, Any]:
    """An opinion of nobody known on the event, but for what is said."""
    return {"guest": None, "event": 0, "session": "talk", "scores": (4, 5), "comment": "good"} | more


FULL: dict[str, Any] = {
    "guests": [
        guest(second=RegistrationStatus.REGISTERED),
        guest(second=RegistrationStatus.WAITING, enterprise=2),
        guest(on_leave=True),
        guest(source=RegistrationSource.WALK_IN, enterprise=3),
        guest(confirmed=45, substitute=True),
        guest(status=RegistrationStatus.WAITING, sessions=set()),
        guest(status=RegistrationStatus.CANCELLED, sessions=set()),
        guest(status=RegistrationStatus.BLOCKED, sessions=set()),
        guest(enterprise=None, sessions={"panel"}, enrolled=RegistrationStatus.WAITING),
        guest(),
    ],
    "moves": [
        (0, 0, "scan", 1),
        (2, 0, "mark", 5),
        (3, 0, "scan", 5),
        (3, 0, "exit", 6),
        (4, 0, "scan", 7),
        (9, 0, "scan", 7),
        (7, 0, "override", 9),
        (5, 0, "foreign", 9),
        (1, 1, "scan", 50),
        (0, 2, "scan", 80),
        (9, 0, "undo", 90),
    ],
    "demands": [
        {
            "firm": 1,
            "event": 0,
            "category": DemandCategory.DISPUTE,
            "status": DemandStatus.CLOSED,
            "late": True,
        },
        {
            "firm": 1,
            "event": 0,
            "category": DemandCategory.DISPUTE,
            "status": DemandStatus.MATCHED,
            "late": True,
        },
    ],
    "answers": [
        answer(),
        answer(guest=0, session="elsewhere"),
        answer(guest=0, comment=None),
        answer(event=1),
    ],
    "merges": [("people", 3, 4), ("enterprises", 1, 3)],
    "gone": 2,
    "gone_firm": 2,
    "opens": NOON - 30 * MINUTE,
    "clock": time(12),
    "capacities": (10, None),
}
"""A week in which hardly any figure is 0, two people and two enterprises turn out to be one, and one of each is gone."""


@settings(max_examples=12, deadline=None)
@given(PLANS)
@example(FULL)
def test_the_files_tell_every_figure(
    sqlite_template: Path, tmp_path_factory: Any, plan: Mapping[str, Any]
) -> None:
    """A share of the weeks: leave, walk-ins, substitutes, marks, exits, annulments, merges, somebody removed."""
    check(fresh(sqlite_template, tmp_path_factory.getbasetemp()), plan)


@pytest.mark.soak
@settings(max_examples=600, deadline=None)
@given(PLANS)
def test_the_files_tell_every_figure_soaked(
    sqlite_template: Path, tmp_path_factory: Any, plan: Mapping[str, Any]
) -> None:
    """Many weeks."""
    check(fresh(sqlite_template, tmp_path_factory.getbasetemp()), plan)


def test_the_recount_counts_something(sqlite_template: Path, tmp_path: Path) -> None:
    """The full week as it was played; where two became one, whoever waited has the place."""
    uow = fresh(sqlite_template, tmp_path)
    RecountWorld(uow, FULL)
    found = csv_recount.of_event(exported(uow), EVENTS[0], INDUSTRIES)
    expected = {
        "registrations.registered": 7,
        "registrations.substitute": 1,
        "attendance.expected": 4,
        "attendance.on_leave": 1,
        "attendance.marked": 1,
        "attendance.late": 1,
        "attendance.attended": 5,
        "sessions.talk.enrolled": 5,
        "enterprises.attended": 2,
        "results.qled-1.reach.heard": 1,
        "demands.overdue": 1,
        "feedback.respondents": 2,
        "feedback.mean": Decimal("4.00"),
    }
    assert {key: found[key] for key in expected} == expected
    assert told(Reports(uow).event(EVENTS[0])) == found
    uow.engine.dispose()


def test_the_recount_notices_what_a_file_lacks(sqlite_template: Path, tmp_path: Path) -> None:
    """Without the rows of one scan, or of one registration, the figures differ."""
    uow = fresh(sqlite_template, tmp_path)
    RecountWorld(uow, FULL)
    files, summary = exported(uow), told(Reports(uow).event(EVENTS[0]))
    for name in ("scans", "registrations"):
        fewer = replace(files, **{name: {event: rows[1:] for event, rows in getattr(files, name).items()}})
        assert csv_recount.of_event(fewer, EVENTS[0], INDUSTRIES) != summary
    uow.engine.dispose()
