"""One week against another: their figures side by side, and who came to both."""

from dataclasses import dataclass, replace

from ipweek.domain.figure_list import figures_of
from ipweek.domain.figure_sums import relations_of
from ipweek.domain.reports import WeekSummary
from ipweek.domain.summary_figures import Counted, Figure, Figures, Relation, Sum


@dataclass(frozen=True, slots=True)
class Comparison:
    """A week and the one that it is held against; `people` and `enterprises` attended both."""

    week: WeekSummary
    against: WeekSummary
    people: int
    enterprises: int

    @property
    def weeks(self) -> tuple[WeekSummary, WeekSummary]:
        """The one told of first."""
        return self.week, self.against

    @property
    def synthetic(self) -> bool:
        """Whether made-up people or records are among the figures."""
        return self.week.synthetic or self.against.synthetic


def prefix(week: WeekSummary) -> str:
    """What stands before the keys of a week's figures."""
    return f"weeks.{week.header.week.code}."


def compared_figures(comparison: Comparison) -> Figures:
    """The figures of both weeks, and of who came to both."""
    found: dict[str, Figure] = {
        "both.unique_people": Figure(
            "both.unique_people", "both.unique_people", Counted.PEOPLE, comparison.people
        ),
        "both.enterprises": Figure(
            "both.enterprises", "both.enterprises", Counted.ENTERPRISES, comparison.enterprises
        ),
    }
    for week in comparison.weeks:
        before = prefix(week)
        for key, figure in figures_of(week).items():
            of = tuple(before + part for part in figure.of)
            found[before + key] = replace(figure, key=before + key, of=of)
    return found


def compared_relations(comparison: Comparison, figures: Figures) -> tuple[Relation, ...]:
    """How they add up: within each week, and who came to both came to each."""
    found: list[Relation] = []
    for week in comparison.weeks:
        before = prefix(week)
        found += (
            Relation(
                relation.code,
                before + relation.whole,
                tuple((before + part, times) for part, times in relation.parts),
                relation.how,
            )
            for relation in relations_of(week, figures_of(week))
        )
        for whole, part in (
            ("totals.unique_people", "both.unique_people"),
            ("enterprises.attended", "both.enterprises"),
        ):
            if figures[before + whole].value is not None:
                found.append(Relation("both", before + whole, ((part, 1),), Sum.AT_MOST))
    return tuple(found)
