"""What a patent export comes to, as lines that a screen and a terminal show alike: the figures, what stays unknown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from rich.cells import cell_len

from ipweek.domain.navigation import ApplicantLine, BranchLine, CountLine, HomeRegion, ResultPage, YearLine
from ipweek.domain.patent_figures import PatentFigures, UnknownReason
from ipweek.domain.patent_imports import PatentColumns, PatentPreview
from ipweek.domain.patent_records import PatentField, PatentSource
from ipweek.domain.records import Record
from ipweek.domain.words import Comparator, Level, PatentType, Provenance
from ipweek.i18n import N_, _
from ipweek.render import problems, words
from ipweek.render import result_charts as charts
from ipweek.render import summary_figures as shown
from ipweek.render.lines import Line, crop, fit, tab, wrapped
from ipweek.render.region_names import level_name
from ipweek.render.result_charts import LABEL, heading

_NOBODY = UUID(int=0)
_MOST_PROBLEMS = 20

REASONS = {
    UnknownReason.NOTHING_TOLD: N_("nothing told"),
    UnknownReason.ONLY_COUNTRY: N_("only the country"),
    UnknownReason.ONLY_PROVINCE: N_("only the province"),
}
SOURCES = {
    PatentSource.LENS: "The Lens",
    PatentSource.GOOGLE: "Google Patents",
    PatentSource.PATENTSCOPE: "PATENTSCOPE",
    PatentSource.ESPACENET: "Espacenet",
    PatentSource.INCOPAT: "incoPat",
    PatentSource.PATSNAP: N_("PatSnap"),
    PatentSource.CNIPA: N_("CNIPA"),
    PatentSource.OTHER: N_("columns of its own"),
}
FIELDS = {
    PatentField.PUBLICATION_NUMBER: N_("publication number"),
    PatentField.APPLICATION_NUMBER: N_("application number"),
    PatentField.APPLICATION_DATE: N_("application date"),
    PatentField.PRIORITY_DATE: N_("earliest priority"),
    PatentField.PUBLICATION_DATE: N_("publication date"),
    PatentField.GRANT_DATE: N_("grant date"),
    PatentField.FAMILY: N_("family"),
    PatentField.FAMILY_MEMBERS: N_("family members"),
    PatentField.KIND: N_("kind code"),
    PatentField.TYPE: N_("patent type"),
    PatentField.APPLICANTS: N_("applicants"),
    PatentField.ADDRESS: N_("address"),
    PatentField.COUNTRY: N_("country"),
    PatentField.PROVINCE: N_("province"),
    PatentField.CITY: N_("city"),
    PatentField.DISTRICT: N_("district"),
    PatentField.POSTCODE: N_("postcode"),
    PatentField.IPC: N_("IPC symbols"),
    PatentField.CPC: N_("CPC symbols"),
    PatentField.TITLE: N_("title"),
    PatentField.OFFICE: N_("patent office"),
    PatentField.STATUS: N_("legal status"),
}


def preview_lines(preview: PatentPreview, width: int) -> Sequence[Line]:
    """The terms, the levels and what is unknown of them, then what stands on the page of a result."""
    figures = preview.figures
    page = figures_page(figures)
    return [
        *_terms(figures, width),
        *_levels(figures, width),
        *charts.trend(page, width),
        *charts.branches(page, width),
        *charts.applicants(page, width),
        *_rows(preview, width),
    ]


def _terms(figures: PatentFigures, width: int) -> Iterator[Line]:
    cut_off = shown.day(figures.cut_off) or words.not_stated()
    told = [
        source_name(figures.source),
        words.word(figures.unit),
        words.word(figures.basis),
        words.word(figures.rule),
        (
            _("data up to {day}, its latest publication")
            if figures.cut_off_assumed
            else _("data up to {day}")
        ).format(day=cut_off),
    ]
    if figures.years_by_priority:
        told.append(_("years of the priority"))
    for line in wrapped(" · ".join(told), width):
        yield Line(((line, "plain"),))


def _levels(figures: PatentFigures, width: int) -> Iterator[Line]:
    """A line a level: how many, and of how many it is not known, with the reasons."""
    first, second = 12, 12
    titles = (fit(_("counted"), first, right=True), fit(_("unknown"), second, right=True))
    yield from heading("level_count", _("Levels"), *((title, "dim") for title in titles))
    for figure in figures.levels:
        if figure.patent_type is not PatentType.ALL:
            continue
        reasons = _(", ").join(f"{_(REASONS[why])} {count:,}" for why, count in figure.unknown_by.items())
        room = width - LABEL - first - second - 2
        beside = reasons if cell_len(reasons) <= room else ""
        yield Line(
            (
                (tab(level_name(figure.level, figure.region_code), LABEL), "plain"),
                (fit(f"{figure.count:,}", first, right=True), "strong"),
                (fit(f"{figure.unknown:,}", second, right=True), "warn" if figure.unknown else "dim"),
                (f"  {beside}", "dim"),
            )
        )
        if not beside and reasons:
            yield from charts.folded(reasons, width)
    types = [
        f"{words.word(one.patent_type)} {one.count:,}"
        for one in figures.levels
        if one.level is Level.WORLD and one.patent_type is not PatentType.ALL
    ]
    if types:
        yield from charts.folded(_("of all: {types}").format(types=_(", ").join(types)), width)


def _rows(preview: PatentPreview, width: int) -> Iterator[Line]:
    """What became of the rows; each that was left out with the reason."""
    figures = preview.figures
    yield from heading("", _("Rows"))
    for text in row_counts(figures):
        yield from charts.folded(text, width, "plain")
    if preview.unmapped:
        columns = _(", ").join(preview.unmapped)
        yield from charts.folded(_("Columns left out: {columns}").format(columns=columns), width)
    for problem in figures.problems[:_MOST_PROBLEMS]:
        role = "bad" if problem.severity == "error" else "warn"
        yield from charts.folded(problems.line(problem), width, role)
    more = figures.problems_total - min(len(figures.problems), _MOST_PROBLEMS)
    if more > 0:
        yield from charts.folded(_("and {n} more").format(n=f"{more:,}"), width)


def column_lines(found: PatentColumns, width: int) -> Iterator[Line]:
    """A line a column: what it is taken for, and its first cells; each leads to itself."""
    yield from heading("", _("Columns"), (source_name(found.source), "dim"))
    name, taken = max(width // 3, 12), 20
    for column in found.columns:
        held = (_(FIELDS[column.field]), "accent") if column.field else ("–", "dim")
        yield Line(
            (
                (fit(column.letter, 4, right=True) + "  ", "dim"),
                (fit(column.header, name) + "  ", "plain"),
                (fit(held[0], taken) + "  ", held[1]),
                (crop(" · ".join(column.samples), max(width - name - taken - 10, 0)), "dim"),
            ),
            column,
        )


def row_counts(figures: PatentFigures) -> Iterator[str]:
    """In words, what became of the rows; what is none is not told."""
    told = _("{rows} rows: {counted} counted, {duplicates} further rows of the same, {refused} refused")
    yield told.format(
        rows=f"{figures.rows:,}",
        counted=f"{figures.counted:,}",
        duplicates=f"{figures.duplicates:,}",
        refused=f"{figures.refused:,}",
    )
    for count, text in (
        (figures.left_out, _("{n} neither granted nor in force, as the unit asks: not counted")),
        (figures.after_cut_off, _("{n} published after the cut-off: counted all the same")),
        (figures.untyped, _("{n} of no known patent type")),
        (figures.undated.get(Level.WORLD, 0), _("{n} without a date: in no year")),
        (figures.unclassified, _("{n} without a symbol: in no branch")),
    ):
        if count:
            yield text.format(n=f"{count:,}")


def source_name(source: PatentSource) -> str:
    """What people call a database, in the language in force."""
    return _(SOURCES[source])


def figures_page(figures: PatentFigures) -> ResultPage:
    """The page of a result that had these figures and no other."""
    terms = (figures.basis, figures.rule)
    city = next((one.region_code for one in figures.levels if one.level is Level.CITY), None)
    region = HomeRegion(city, None, None)
    page = ResultPage(Record("result", _NOBODY, ""), None, None, None, None, region)
    return replace(
        page,
        counts=tuple(
            CountLine("", one.level, one.region_code, one.count, None, None, Comparator.EQUAL, figures.unit,
                      one.patent_type, *terms, None, Provenance.IMPORTED, None, None)
            for one in figures.levels
        ),
        years=tuple(
            YearLine("", one.level, one.region_code, one.year, one.count, figures.unit, PatentType.ALL, *terms,
                     one.provisional, Provenance.IMPORTED, None)
            for one in figures.years
        ),
        branches=tuple(
            BranchLine(f"{level} {one.code}", f"{level} {one.parent}" if one.parent else None, one.level - 1, None,
                       one.code, (), level, one.count, Provenance.IMPORTED, None)
            for level, found in figures.branches.items()
            for one in found
        ),
        applicants=tuple(
            ApplicantLine("", level, one.rank, one.name, None, None, one.count, Provenance.IMPORTED, None)
            for level, found in figures.applicants.items()
            for one in found
        ),
    )  # fmt: skip
