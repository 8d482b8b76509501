"""The section of a summary on navigation results: their counts by level, and who heard them."""

from collections.abc import Iterable, Sequence

from ipweek.domain.reports import LevelFigure, ResultSummary
from ipweek.domain.text import clean
from ipweek.domain.words import Level, LinkRole, Provenance
from ipweek.i18n import _
from ipweek.render import summary_charts as charts
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Cell, Figure, Section, table
from ipweek.render.summary_people import name
from ipweek.render.summary_tell import Teller


def results(tell: Teller, found: Sequence[ResultSummary]) -> Section | None:
    """Those released, presented or discussed."""
    if not found:
        return None
    titles = (_("Navigation result"), _("Counts"), *(words.word(level) for level in Level), _("Share"))
    rows = [row for result in found for row in _count_rows(result)]
    # On a narrow screen the world gives way where nobody counted it.
    wide = () if any(result.figure(Level.WORLD) for result in found) else (2,)
    counts = table(titles, rows, texts=2, wide=wide)
    heard = (_("Heard by enterprises"), _("Heard"), _("Registered only"), _("Missed"), _("Reach"))
    reach = table(heard, [_reach_row(tell, result) for result in found], bar=True)
    notes = [note for result in found for note in _result_notes(result)]
    return Section(
        _("Results released, presented, discussed"),
        (counts, reach),
        tuple(notes),
        charts=(*charts.levels(found), *charts.reach(tell, found)),
    )


def _count_rows(result: ResultSummary) -> Iterable[tuple[Cell, ...]]:
    """A row for each provenance that has a count; one that is all *not stated* where none has."""
    found = [
        provenance
        for provenance in Provenance
        if any(figure.provenance is provenance and figure.count is not None for figure in result.figures)
    ]
    title = _result_title(result)
    for place, provenance in enumerate(found or [Provenance.STATED]):
        counts = [_count(_at(result, level, provenance)) for level in Level]
        share = figures.share(result.share) if provenance is Provenance.STATED else "–"
        shown = counts if provenance is Provenance.STATED else [count or "–" for count in counts]
        yield (title if place == 0 else "", words.word(provenance), *shown, share)


def _count(figure: LevelFigure | None) -> Figure | None:
    text = figures.level(figure)
    return None if text is None or figure is None else Figure(text, figure.count)


def _result_title(result: ResultSummary) -> str:
    """The result's name, and what was done with it where it was not released."""
    roles = {place.role for place in result.places}
    if LinkRole.RELEASED in roles:
        return name(result.header.result)
    return (
        f"{name(result.header.result)} ({', '.join(words.word(role) for role in LinkRole if role in roles)})"
    )


def _at(result: ResultSummary, level: Level, provenance: Provenance) -> LevelFigure | None:
    for figure in result.figures:
        if (figure.level, figure.provenance) == (level, provenance) and figure.count is not None:
            return figure
    return None


def _reach_row(tell: Teller, result: ResultSummary) -> tuple[Cell, ...]:
    here = tell.under(f"results.{result.header.result.code}.reach.")
    counts = (here.cell(key) for key in ("heard", "registered_only", "missed", "rate"))
    return (name(result.header.result), *counts, here.share("rate"))


def _result_notes(result: ResultSummary) -> Iterable[str]:
    for figure in result.figures:
        if figure.provenance is Provenance.DERIVED and figure.count is not None:
            yield _derivation(name(result.header.result), figure)
    if result.share and result.share.agrees is False and result.share.computed is not None:
        yield _("{result}: the share is stated as {stated} % but computed as {computed} %.").format(
            result=name(result.header.result),
            stated=figures.number(result.share.stated),
            computed=figures.number(result.share.computed),
        )


def _derivation(result: str, figure: LevelFigure) -> str:
    text = _("{result}: {level} derived as {formula}, about {count}, assuming that both count the same unit.")
    if figure.low is not None and figure.high is not None:
        text = _(
            "{result}: {level} derived as {formula}, about {count} ({low}–{high}), "
            "assuming that both count the same unit."
        )
    return text.format(
        result=result,
        level=words.word(figure.level),
        formula=clean(figure.formula or "–"),
        count=figures.number(figure.count),
        low=figures.number(figure.low),
        high=figures.number(figure.high),
    )
