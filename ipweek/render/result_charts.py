"""The figures of a navigation result as lines: levels side by side, shares, trends, branches, applicants."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rich.cells import cell_len

from ipweek.domain.navigation import ApplicantLine, BranchLine, CountLine, ResultPage, YearLine
from ipweek.domain.navigation_figures import ComputedShare, computed_shares, implied_province, stated_share
from ipweek.domain.words import Comparator, Level, PatentType, Provenance
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.bars import bar
from ipweek.render.lines import Leads, Line, Span, crop, fit, tab, wrapped
from ipweek.render.region_names import level_name
from ipweek.render.summary_figures import number

LABEL = 16
INDENT = "    "
_MOST_ROWS = 12
_SPARKS = "▁▂▃▄▅▆▇█"
_PROVISIONAL = "░"
_TERMS = ("unit", "patent_type", "basis", "applicant_rule", "period")
_TERM_WORDS = {
    "unit": N_("unit"),
    "patent_type": N_("patent type"),
    "basis": N_("way of counting by region"),
    "applicant_rule": N_("applicants counted"),
    "period": N_("period"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading: the kind of which the lines below it are."""

    kind: str


def named(zh: str | None, en: str | None) -> str | None:
    """A name in the language in force, else in the other."""
    return (zh or en) if language() == "zh" else (en or zh)


def heading(kind: str, text: str, *spans: Span) -> Iterator[Line]:
    """The title of a part, with what stands behind it; one that leads nowhere has no kind."""
    yield Line()
    yield Line(((fit(text, LABEL) if spans else text, "strong"), *spans), Part(kind) if kind else None)


def nothing(kind: str, text: str) -> Iterator[Line]:
    """A part of which nobody stated anything, on one line."""
    yield Line(((fit(text, LABEL), "strong"), (words.not_stated(), "dim")), Part(kind))


def folded(text: str, width: int, role: str = "dim", target: object = None) -> Iterator[Line]:
    """A text over as many lines as it takes; the first one leads somewhere."""
    for place, line in enumerate(wrapped(text, width - len(INDENT))):
        yield Line(((INDENT + line, role),), None if place else target)


def _file(page: ResultPage, line: CountLine | YearLine | BranchLine | ApplicantLine) -> str:
    """The export that a figure comes from, where there are several to tell apart."""
    names = {export.batch: export.file_name for export in page.exports if not export.undone}
    return names[line.batch] if len(names) > 1 and line.batch in names else ""


# Levels


def levels(page: ResultPage, width: int) -> Iterator[Line]:
    """A column a level, a row for each way of counting; then the terms that tell the ways apart."""
    column = min(max((width - LABEL) // len(Level), 11), 18)
    codes = {line.level: line.region_code for line in page.counts if line.region_code}
    titles = [
        (fit(level_name(level, codes.get(level), page.region), column, right=True), "dim") for level in Level
    ]
    yield from heading("level_count", _("Patents"), *titles)
    groups = _groups(page)
    if not any(group[0].provenance is Provenance.STATED for group in groups):
        groups.insert(0, [])
    for group in groups:
        told = _file(page, group[0]) if group else ""
        yield from _row(group, groups, column, width, told)
    implied = implied_province(page)
    if implied is not None:
        cells = _cells([implied], {}, column)
        yield Line(((tab(words.word(Provenance.DERIVED), LABEL), "plain"), *cells))
        between = f" ({implied.low:,}–{implied.high:,})"
        told = _("{level}: {formula}{bounds}, if both count the same unit").format(
            level=level_name(Level.PROVINCE, implied.region_code, page.region),
            formula=implied.formula,
            bounds=between,
        )
        yield from folded(told, width)
    yield from share(page, width)


def _groups(page: ResultPage) -> list[list[CountLine]]:
    found: dict[tuple[Any, ...], list[CountLine]] = {}
    for line in page.counts:
        key = (line.provenance, line.batch, *(getattr(line, term) for term in _TERMS), line.source)
        found.setdefault(key, []).append(line)
    return list(found.values())


def _row(
    group: Sequence[CountLine], groups: Sequence[Sequence[CountLine]], column: int, width: int, told: str
) -> Iterator[Line]:
    provenance = group[0].provenance if group else Provenance.STATED
    elsewhere = {line.level for other in groups for line in other if line.provenance is provenance}
    blank = {
        level: words.not_stated() if provenance is Provenance.STATED and level not in elsewhere else "–"
        for level in Level
    }
    target = Leads("level_count", group[0].code) if group else None
    label = (tab(words.word(provenance), LABEL), "plain")
    yield Line((label, *_cells(group, blank, column)), target)
    if group:
        yield from folded(_terms(group[0], told), width)
    for line in group:
        if line.formula:
            yield from folded(f"{words.word(line.level)}: {line.formula}", width)


def _cells(group: Sequence[CountLine], blank: dict[Level, str], column: int) -> list[Span]:
    cells: list[Span] = []
    for level in Level:
        here = [line for line in group if line.level is level]
        known = [line for line in here if line.count is not None]
        if known:
            about = Comparator.ABOUT if known[0].provenance is Provenance.DERIVED else known[0].comparator
            more = " …" if len(known) > 1 else ""
            cells.append((fit(f"{words.sign(about)}{known[0].count:,}{more}", column, right=True), "plain"))
        else:
            text = words.not_stated() if here else blank.get(level, "–")
            cells.append((fit(text, column, right=True), "dim"))
    return cells


def _terms(line: CountLine, file: str) -> str:
    """How it was counted, and what of that nobody stated; where it comes from."""
    known = [getattr(line, term) for term in _TERMS]
    parts = [value if isinstance(value, str) and type(value) is str else words.word(value)
             for value in known if value is not None]  # fmt: skip
    missing = [_(_TERM_WORDS[term]) for term, value in zip(_TERMS, known, strict=True) if value is None]
    if missing:
        parts.append(_("not stated: {terms}").format(terms=_(", ").join(missing)))
    return " · ".join([*parts, *(part for part in (line.source, file) if part)])


def share(page: ResultPage, width: int) -> Iterator[Line]:
    """The stated share beside each that can be computed, and whether they agree."""
    said = stated_share(page)
    found = computed_shares(page)
    code = next((line.region_code for line in page.counts if line.level is Level.PROVINCE), None)
    title = _("Share of {province}").format(province=level_name(Level.PROVINCE, code, page.region))
    stated = words.not_stated()
    if said is not None:
        sign = words.sign(said.comparator or Comparator.EQUAL)
        stated = _("stated {share} %").format(share=f"{sign}{number(said.value)}")
    label = max(LABEL, cell_len(title) + 2)
    target = Leads("statement", said.code) if said is not None else None
    first = (fit(title, label), "plain"), (stated, "plain" if said else "dim")
    if not found:
        reason = "" if said is None else _("no comparable counts to compute it from")
        yield Line(
            (
                *first,
                (" · " if reason else "", "dim"),
                (crop(reason, max(width - label - cell_len(stated) - 3, 0)), "dim"),
            ),
            target,
        )
    for place, computed in enumerate(found):
        start = first if place == 0 else ((" " * (label + cell_len(stated)), "plain"),)
        yield Line((*start, *_computed(computed)), target if place == 0 else None)


def _computed(found: ComputedShare) -> tuple[Span, ...]:
    percent = found.percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    kind = found.city.patent_type
    text = _("computed {share} %").format(share=f"{percent:,}")
    if kind not in (None, PatentType.ALL):
        text += f" · {words.word(kind)}"
    verdict = {
        True: (" · " + _("agrees"), "good"),
        False: (" · ! " + _("disagrees"), "warn"),
        None: ("", "plain"),
    }[found.agrees]
    return (f" · {text} · {words.word(found.city.provenance)}", "plain"), verdict


# Trend


def trend(page: ResultPage, width: int) -> Iterator[Line]:
    """A row of blocks for each series, and the last years of the narrowest one as bars."""
    series = _series(page.years)
    if not series:
        yield from nothing("year_count", _("Trend"))
        return
    yield from heading("year_count", _("Trend"))
    for lines in series:
        yield _spark_line(page, lines, width)
    detailed = max(series, key=lambda lines: (list(Level).index(lines[0].level), _is_whole(lines[0])))
    if len(series) > 1:
        name = level_name(detailed[0].level, detailed[0].region_code, page.region)
        yield Line(((f"{INDENT}{crop(name, width - len(INDENT))}", "dim"),))
    yield from _year_bars(detailed, width)


def _is_whole(line: YearLine) -> bool:
    return line.patent_type in (None, PatentType.ALL)


def _series(years: Sequence[YearLine]) -> list[list[YearLine]]:
    found: defaultdict[tuple[Any, ...], list[YearLine]] = defaultdict(list)
    for line in years:
        found[line.provenance, line.batch, line.level, line.unit, line.patent_type, line.basis, line.applicant_rule,
              line.region_code].append(line)  # fmt: skip
    return list(found.values())


def _spark_line(page: ResultPage, lines: Sequence[YearLine], width: int) -> Line:
    head = lines[0]
    counts = {line.year: line for line in lines}
    last = max(counts)
    years = range(max(min(counts), last - max(width - LABEL - 40, 10) + 1), last + 1)
    most = max(line.count for line in lines) or 1
    blocks = "".join(_block(counts.get(year), most) for year in years)
    open_years = sum(line.provisional for line in lines)
    told = [f"{years[0]}–{last}", words.word(head.provenance)]
    if head.unit is not None:
        told.append(words.word(head.unit))
    if open_years:
        told.append(_("{sign} {n} provisional").format(sign=_PROVISIONAL, n=open_years))
    told += [file] if (file := _file(page, head)) else []
    name = level_name(head.level, head.region_code, page.region)
    room = max(width - LABEL - len(blocks) - 2, 0)
    return Line(
        (
            (tab(name, LABEL), "plain"),
            (blocks, "accent"),
            ("  " + crop(" · ".join(told), room), "dim"),
        ),
        Leads("year_count", head.code),
    )


def _block(line: YearLine | None, most: int) -> str:
    if line is None:
        return " "
    return _PROVISIONAL if line.provisional else _SPARKS[line.count * 7 // most]


def _year_bars(lines: Sequence[YearLine], width: int) -> Iterator[Line]:
    shown, most = lines[-_MOST_ROWS:], max(line.count for line in lines) or 1
    word = _("provisional")
    room = max(width - len(INDENT) - 18 - cell_len(word) - 3, 8)
    for line in shown:
        drawn = bar(Decimal(line.count) / most, room)
        spans: list[Span] = [
            (f"{INDENT}{line.year} {'*' if line.provisional else ' '}", "plain"),
            (fit(f"{line.count:,}", 9, right=True) + "  ", "plain"),
            (drawn.replace("█", _PROVISIONAL) if line.provisional else drawn, "accent"),
        ]
        if line.provisional:
            spans.append((f" * {word}", "dim"))
        yield Line(tuple(spans), Leads("year_count", line.code))


# Branches


def branches(page: ResultPage, width: int) -> Iterator[Line]:
    """The tree of each level, a bar and a share a branch."""
    if not page.branches:
        yield from nothing("branch", _("Branches"))
        return
    yield from heading("branch", _("Branches"))
    groups: dict[tuple[Any, ...], list[BranchLine]] = {}
    for line in page.branches:
        groups.setdefault((line.provenance, line.batch, line.level), []).append(line)
    for (provenance, _batch, level), lines in groups.items():
        whole, base = _base(page, lines)
        where = level_name(level, None, page.region) if level else ""
        parts = (where, words.word(provenance), base, _file(page, lines[0]))
        told = " · ".join(part for part in parts if part)
        yield Line(((f"  {crop(told, width - 2)}", "dim"),))
        kept = _largest(lines)
        for line in kept:
            yield _branch(line, whole, width)
        yield from _more(len(lines) - len(kept))


def _base(page: ResultPage, lines: Sequence[BranchLine]) -> tuple[int, str]:
    """What the shares are of: the level's total, else all main branches together."""
    of = (lines[0].provenance, lines[0].batch, lines[0].level)
    for count in page.counts:
        same = (count.provenance, count.batch, count.level) == of
        if same and count.count and count.patent_type in (None, PatentType.ALL):
            return count.count, _("% of {n}").format(n=f"{count.count:,}")
    return (
        sum(line.count or 0 for line in lines if line.depth == min(line.depth for line in lines)),
        _("% of the main branches together"),
    )


def _largest(lines: Sequence[BranchLine]) -> list[BranchLine]:
    """The branches with most patents, each under what it is part of, in the order of the tree."""
    if len(lines) <= 2 * _MOST_ROWS:
        return list(lines)
    known = {line.code: line for line in lines}
    kept: set[str] = set()
    for line in sorted(lines, key=lambda line: -(line.count or 0)):
        if len(kept) >= 2 * _MOST_ROWS:
            break
        above: BranchLine | None = line
        while above is not None and above.code not in kept:
            kept.add(above.code)
            above = known.get(above.parent or "")
    return [line for line in lines if line.code in kept]


def _branch(line: BranchLine, whole: int, width: int) -> Line:
    room = max(width - 20 - 12, 24)
    symbols = "; ".join(line.symbols)
    name = named(line.name_zh, line.name_en) or line.code
    label = name if not symbols or symbols == name else f"{name} {symbols}"
    shown = tab(label, room, min(2 * (line.depth + 1), room // 2))
    share = Decimal(line.count) / whole if line.count is not None and whole else None
    count = (
        (fit(f"{line.count:,}", 10, right=True), "plain")
        if line.count is not None
        else (fit(words.not_stated(), 10, right=True), "dim")
    )
    percent = "" if share is None else f"{(share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)} %"
    bar_room = max(width - room - 20, 4)
    return Line(
        (
            (shown, "plain"),
            count,
            (fit(percent, 9, right=True) + " ", "plain"),
            (bar(share or Decimal(0), bar_room), "accent"),
        ),
        Leads("branch", line.code),
    )


# Applicants


def applicants(page: ResultPage, width: int) -> Iterator[Line]:
    """The ranking of each level; one of ours leads to its enterprise."""
    if not page.applicants:
        yield from nothing("applicant", _("Applicants"))
        return
    yield from heading("applicant", _("Applicants"))
    groups: dict[tuple[Any, ...], list[ApplicantLine]] = {}
    for line in page.applicants:
        groups.setdefault((line.provenance, line.batch, line.level), []).append(line)
    for (provenance, _batch, level), lines in groups.items():
        parts = (level_name(level, None, page.region), words.word(provenance), _file(page, lines[0]))
        told = " · ".join(part for part in parts if part)
        yield Line(((f"  {crop(told, width - 2)}", "dim"),))
        most = max((line.count or 0 for line in lines), default=0)
        for line in lines[:_MOST_ROWS]:
            yield _applicant(line, most, width)
        yield from _more(len(lines) - _MOST_ROWS)


def _applicant(line: ApplicantLine, most: int, width: int) -> Line:
    room, bars = max(width - 6 - 10 - 14, 20), 12
    mark = f"→ {line.enterprise}" if line.enterprise else ""
    name = named(line.name_zh, line.name_en) or line.code
    rank = fit(str(line.rank) if line.rank is not None else "–", 4, right=True)
    count = (f"{line.count:,}", "plain") if line.count is not None else (words.not_stated(), "dim")
    share = Decimal(line.count) / most if line.count and most else Decimal(0)
    label_room = room - (len(mark) + 1 if mark else 0)
    target = Leads("enterprise", line.enterprise) if line.enterprise else Leads("applicant", line.code)
    return Line(
        (
            (f"{rank}  ", "plain"),
            (fit(name, max(label_room, 8)), "plain"),
            (f" {mark}" if mark else "", "accent"),
            (fit(count[0], 10, right=True) + "  ", count[1]),
            (bar(share, bars), "accent"),
        ),
        target,
    )


def _more(count: int) -> Iterator[Line]:
    if count > 0:
        yield Line(((f"{INDENT}" + _("and {n} more").format(n=f"{count:,}"), "dim"),))
