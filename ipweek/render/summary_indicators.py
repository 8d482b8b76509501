"""The section of a summary on how far the targets are."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ipweek.domain.figures import Words
from ipweek.domain.reports import IndicatorSummary
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render import summary_charts as charts
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Cell, Figure, Section, table
from ipweek.render.summary_people import name


def indicators(lines: Sequence[IndicatorSummary]) -> Section | None:
    """Each indicator with its target, and the way that is left."""
    if not lines:
        return None
    titles = (_("Indicator"), _("Actual"), _("Target"), _("Gap"), _("Attainment"), _("Growth needed"))
    rows = [_indicator_row(line) for line in lines]
    notes = [note for line in lines for note in _indicator_notes(line)]
    return Section(
        _("Towards the targets"),
        (table(titles, rows, bar=True),),
        tuple(notes),
        charts=charts.targets(lines),
        depth=2,
    )


def _indicator_row(line: IndicatorSummary) -> tuple[Cell, ...]:
    progress, compared = line.progress, line.progress.gap is not None
    nothing = "–" if line.target is None else words.no_data()
    key = f"indicators.{line.indicator.code}"

    def told(text: str | None, value: Decimal | None, part: str) -> Cell:
        return None if text is None else Figure(text, value, key=f"{key}.{part}")

    gap = figures.bounded(progress.gap, progress.gap_is) if compared else nothing
    attainment = figures.bounded_percent(progress.attainment, progress.attainment_is) or nothing
    growth = figures.bounded_percent(progress.growth_needed, progress.gap_is) or nothing
    return (
        name(line.indicator),
        told(figures.reading(line.actual), line.actual.value if line.actual else None, "actual"),
        told(figures.reading(line.target), line.target.value if line.target else None, "target"),
        told(gap, progress.gap, "gap"),
        told(attainment, progress.attainment, "attainment"),
        told(growth, progress.growth_needed, "growth_needed"),
        progress.attainment,
    )


def _indicator_notes(line: IndicatorSummary) -> Iterable[str]:
    for title, reading in ((_("actual"), line.actual), (_("target"), line.target)):
        if reading is None:
            continue
        parts = [
            words.word(reading.provenance),
            _("as stated: {period}").format(period=clean(reading.period)),
        ]
        if reading.read_as:
            parts.append(_("read as {period}").format(period=clean(reading.read_as)))
        if reading.as_of:
            parts.append(_("as of {day}").format(day=figures.day(reading.as_of)))
        note = Words(reading.note_zh, reading.note_en).text(language())
        if note:
            parts.append(clean(note))
        yield _("{indicator}, {which}: {notes}").format(
            indicator=name(line.indicator), which=title, notes=" · ".join(parts)
        )
