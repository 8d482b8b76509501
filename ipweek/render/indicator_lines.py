"""An indicator from top to bottom, as lines that a screen and a terminal show alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipweek.domain.figures import SourceRef
from ipweek.domain.indicator_series import IndicatorPage, PeriodLine, Value
from ipweek.domain.indicators import Change
from ipweek.domain.text import clean
from ipweek.domain.words import Better, Comparator
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.indicator_chart import PERIOD, chart
from ipweek.render.lines import Leads, Line, Span, crop, fit, tab, wrapped

_COLUMNS = (12, 10, 9, 11, 9, 10)
_KIND, _VALUE = 10, 14
_LABEL = 14
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Period:
    """What a line of the series leads to: the period, and its actual where there is one."""

    name: str
    actual: str | None


def indicator_lines(page: IndicatorPage, width: int) -> Sequence[Line]:
    """The series, its chart, every value with where it was said, and the indicator itself."""
    found = [*_series(page, width)]
    bars = tuple(chart(page, width))
    if bars:
        found += [*_title(_("Chart")), *bars]
    return [*found, *_values(page, width), *_about(page, width)]


def _title(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(((text, "strong"),))


def _series(page: IndicatorPage, width: int) -> Iterator[Line]:
    if not page.lines:
        yield Line(((_("Nobody stated a value yet; Ins adds one."), "dim"),))
        return
    titles = (_("Actual"), _("Target"), _("Gap"), _("Attainment"), _("To grow"), _("Reached"))
    cells = [(fit(title, size, right=True), "dim") for title, size in zip(titles, _COLUMNS, strict=True)]
    yield Line(((fit(_("Period"), PERIOD), "strong"), *cells))
    for line in page.lines:
        yield _row(line)
        for note in _row_notes(line):
            yield from (Line(((_INDENT + text, "dim"),)) for text in wrapped(note, width - len(_INDENT)))
    if any(_is_plain(line.target) for line in page.lines):
        yield Line()
        yield from (Line(((text, "dim"),)) for text in wrapped(_plain_target(page.better), width))


def _row(line: PeriodLine) -> Line:
    progress = line.match.progress if line.match else None
    known = progress is not None and progress.gap is not None
    missing = words.no_data() if progress else "–"
    cells: list[Span] = [
        figures.figure(figures.reading(line.actual.reading) if line.actual else None, _COLUMNS[0]),
        figures.figure(figures.reading(line.target.reading) if line.target else "–", _COLUMNS[1]),
    ]
    derived: tuple[str | None, ...] = (missing, "–", "–", reached(line))
    if progress is not None and known:
        derived = (
            figures.bounded(progress.gap, progress.gap_is),
            figures.bounded_percent(progress.attainment, progress.attainment_is) or "–",
            figures.bounded_percent(progress.growth_needed, progress.gap_is) or "–",
            reached(line),
        )
    cells += [figures.figure(text, size) for text, size in zip(derived, _COLUMNS[2:], strict=True)]
    target = Period(line.period, line.actual.code if line.actual else None)
    return Line(((fit(line.period, PERIOD), "plain"), *cells), target)


def reached(line: PeriodLine) -> str:
    """Whether the target of a period is met, in a word."""
    if line.match is None:
        return "–"
    if line.match.actual is None:
        return words.no_data()
    answer = line.match.progress.reached
    if answer is None:
        return _("not sure")
    if answer:
        return _("yes")
    return _("not yet") if line.answer else _("no")


def _row_notes(line: PeriodLine) -> Iterator[str]:
    for value in (line.actual, line.target):
        if value and value.reading.read_as:
            yield _("{kind}: stated as {period}").format(
                kind=words.word(value.kind), period=clean(value.reading.period)
            )
    answer = line.answer
    if answer:
        yield _("against the actual of {period}: {value}").format(
            period=clean(answer.covers), value=figures.reading(answer.reading)
        )
    baseline = line.match.baseline if line.match else None
    if line.match and baseline:
        since = line.match.progress.since_baseline
        told = figures.bounded_percent(since, line.match.progress.since_is)
        if told:
            yield _("{percent} of the way from the baseline of {period}: {value}").format(
                percent=told, period=clean(baseline.covers), value=figures.reading(baseline.reading)
            )
    if line.change:
        yield _("against the year before: {change}").format(change=changed(line.change))


def changed(change: Change) -> str:
    """A difference with its sign, and by how much of the earlier one."""
    amount = f"{'+' if change.amount > 0 else ''}{figures.number(change.amount)}"
    text = words.sign(change.amount_is) + amount
    if change.rate is None:
        return text
    return f"{text} ({'+' if change.rate > 0 else ''}{figures.percent(change.rate, 2)})"


def _is_plain(target: Value | None) -> bool:
    return target is not None and target.reading.comparator is Comparator.EQUAL


def _plain_target(better: Better) -> str:
    if better is Better.LOWER:
        return _("A target said as a plain number asks for at most as much.")
    return _("A target said as a plain number asks for at least as much.")


def _values(page: IndicatorPage, width: int) -> Iterator[Line]:
    if page.values:
        yield from _title(_("What was said"))
    for value in page.values:
        said = value.reading
        parts = [clean(said.period)]
        if said.read_as:
            parts.append(_("read as {period}").format(period=clean(said.read_as)))
        parts.append(words.word(said.provenance))
        if said.as_of:
            parts.append(_("as of {day}").format(day=figures.day(said.as_of)))
        room = max(width - _KIND - _VALUE - 4, 10)
        yield Line(
            (
                (tab(words.word(value.kind), _KIND + 2), "plain"),
                (fit(figures.reading(said) or "", _VALUE, right=True), "strong"),
                ("  ", "plain"),
                (crop(" · ".join(parts), room), "plain"),
            ),
            Leads("indicator_value", value.code),
        )
        note = (said.note_zh or said.note_en) if language() == "zh" else (said.note_en or said.note_zh)
        for text in (f"{_source(value.source)} · {value.code}", clean(note or "")):
            for part in wrapped(text, width - len(_INDENT)):
                yield Line(((_INDENT + part, "dim"),))


def _source(source: SourceRef | None) -> str:
    if source is None:
        return _("source: {name}").format(name=words.not_stated())
    parts = (source.title.name(language()), figures.day(source.published_on), source.url)
    return _("source: {name}").format(name=" · ".join(clean(part) for part in parts if part))


def _about(page: IndicatorPage, width: int) -> Iterator[Line]:
    values = page.record.values
    yield from _title(_("About"))
    yield _fact(_("Code"), page.record.code, width, Leads("indicator", page.record.code))
    yield _fact(_("Week"), page.week.name(language()), width)
    yield _fact(_("Unit"), page.unit, width)
    yield _fact(_("Better is"), words.word(page.better), width)
    for text in wrapped(values.get("note") or "", width - len(_INDENT)):
        yield Line(((_INDENT + text, "dim"),))


def _fact(label: str, value: str | None, width: int, target: object = None) -> Line:
    text, role = (value, "plain") if value else (words.not_stated(), "dim")
    return Line(((tab(label, _LABEL + 2), "dim"), (crop(text, width - _LABEL - 2), role)), target)
