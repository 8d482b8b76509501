"""A summary in the order in which it may be published: groups come by size, which would tell of withheld sizes."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from ipweek.domain.comparison import Comparison, prefix
from ipweek.domain.figure_list import code
from ipweek.domain.report_counts import EnterpriseCounts, EnterpriseGroup
from ipweek.domain.reports import Summary, WeekSummary


def published(subject: Summary | Comparison, hidden: Collection[str]) -> Summary | Comparison:
    """The same with groups of enterprises whose size is hidden behind the others, by their codes."""
    if isinstance(subject, Comparison):
        week, against = (_week(week, prefix(week), hidden) for week in subject.weeks)
        return replace(subject, week=week, against=against)
    if isinstance(subject, WeekSummary):
        return _week(subject, "", hidden)
    return replace(subject, enterprises=_ordered(subject.enterprises, "", hidden))


def _week(week: WeekSummary, before: str, hidden: Collection[str]) -> WeekSummary:
    enterprises = _ordered(week.totals.enterprises, before, hidden)
    return replace(week, totals=replace(week.totals, enterprises=enterprises))


def _ordered(counts: EnterpriseCounts, before: str, hidden: Collection[str]) -> EnterpriseCounts:
    def ordered(way: str, groups: Iterable[EnterpriseGroup]) -> tuple[EnterpriseGroup, ...]:
        """What is shown stays in its order."""
        shown: list[EnterpriseGroup] = []
        behind: list[EnterpriseGroup] = []
        for group in groups:
            key = f"{before}enterprises.{way}.{code(group.group)}.registered"
            (behind if key in hidden else shown).append(group)
        return *shown, *sorted(behind, key=lambda group: (group.group is None, code(group.group)))

    return replace(
        counts,
        by_industry=ordered("by_industry", counts.by_industry),
        by_district=ordered("by_district", counts.by_district),
        by_label=ordered("by_label", counts.by_label),
    )
