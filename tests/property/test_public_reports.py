"""No public report of a week in which anything may happen lets a small count be computed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from ipweek.domain.disclosure import small, withheld
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figure_sums import relations_of
from ipweek.domain.reports import Summary
from ipweek.services.reports import Reports
from ipweek.storage.unit_of_work import UnitOfWork
from tests.attacker import Attacker
from tests.property.test_recount_csv import FULL, PLANS, fresh
from tests.recount_world import EVENTS, WEEK, RecountWorld


def keeps_its_secret(summary: Summary) -> None:
    """Each small count has another value, unless it had none with everything withheld."""
    figures = figures_of(summary)
    relations = relations_of(summary, figures)
    attacker = Attacker(figures, relations, withheld(figures, relations))
    blind = Attacker(figures, relations, figures)
    for key in small(figures):
        assert len(attacker.values(key)) > 1 or len(blind.values(key)) == 1, key


def check(uow: UnitOfWork, plan: Mapping[str, Any]) -> None:
    """An event and its week."""
    RecountWorld(uow, plan)
    keeps_its_secret(Reports(uow).event(EVENTS[0]))
    keeps_its_secret(Reports(uow).week(WEEK))
    uow.engine.dispose()


@settings(max_examples=2, deadline=None)
@given(PLANS)
@example(FULL)
def test_reports_keep_their_secret(
    sqlite_template: Path, tmp_path_factory: Any, plan: Mapping[str, Any]
) -> None:
    """A share of the weeks."""
    check(fresh(sqlite_template, tmp_path_factory.getbasetemp()), plan)


@pytest.mark.soak
@settings(max_examples=100, deadline=None)
@given(PLANS)
def test_reports_keep_their_secret_soaked(
    sqlite_template: Path, tmp_path_factory: Any, plan: Mapping[str, Any]
) -> None:
    """Many weeks."""
    check(fresh(sqlite_template, tmp_path_factory.getbasetemp()), plan)
