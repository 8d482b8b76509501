"""What stands on the screen of a navigation result, line by line."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from ipweek.domain.navigation import CountLine, ResultPage, StatementLine
from ipweek.domain.reports import LevelFigure, Reach, ReachRow, ResultSummary
from ipweek.domain.shares import ShareCheck
from ipweek.domain.words import Comparator, Level, Provenance
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.tui.figures import right
from ipweek.tui.widgets.page import Leads, Line
from ipweek.tui.widgets.text import fit

_LABEL = 16

Count = CountLine | LevelFigure


def result_lines(page: ResultPage, summary: ResultSummary | None, reach: Reach, width: int) -> Sequence[Line]:
    """Levels, statements, documents, places, enterprises; a summary adds what is derived."""
    return [
        Line(),
        *_levels(summary.figures if summary else page.counts, width),
        *_share(summary.share if summary else None, width),
        *_facts(page, width),
        *_statements(page, width),
        *_documents(page, width),
        *_places(page, width),
        *_reach(reach, width),
    ]


def _title(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(((text, "strong"),))


def _levels(counts: Sequence[Count], width: int) -> Iterator[Line]:
    column = min(max((width - _LABEL) // len(Level), 12), 18)
    titles = [(fit(words.word(level), column, right=True), "dim") for level in Level]
    yield Line(((fit(_("Patents"), _LABEL), "strong"), *titles))
    for provenance in Provenance:
        found = [count for count in counts if count.provenance is provenance]
        if provenance is Provenance.STATED or found:
            unknown = None if provenance is Provenance.STATED else "–"
            cells = [right(_count(found, level) or unknown, column) for level in Level]
            yield Line(((fit(f"  {words.word(provenance)}", _LABEL), "plain"), *cells))
    for count in counts:
        if count.formula:
            bounds = (
                f" ({count.low:,}–{count.high:,})" if count.low is not None and count.high is not None else ""
            )
            text = _("{level}: {formula}{bounds}, if both count the same unit")
            yield from _wrapped(
                text.format(level=words.word(count.level), formula=count.formula, bounds=bounds), width
            )


def _count(found: Sequence[Count], level: Level) -> str | None:
    at_level = [count for count in found if count.level is level and count.count is not None]
    if not at_level:
        return None
    first = at_level[0]
    about = Comparator.ABOUT if first.provenance is Provenance.DERIVED else first.comparator
    more = " …" if len(at_level) > 1 else ""
    return f"{words.sign(about)}{first.count:,}{more}"


def _share(check: ShareCheck | None, width: int) -> Iterator[Line]:
    if check is None or figures.share(check) is None:
        return
    parts = []
    if check.stated is not None:
        parts.append(_("stated {share} %").format(share=figures.number(check.stated)))
    if check.computed is not None:
        parts.append(_("computed {share} %").format(share=figures.number(check.computed)))
    verdict = {True: _("agrees"), False: _("disagrees"), None: ""}[check.agrees]
    tone = {True: "good", False: "warn", None: "plain"}[check.agrees]
    text = fit(" · ".join(parts), max(width - _LABEL - 14, 10))
    yield Line(((fit(_("Share of province"), _LABEL + 2), "dim"), (text, "plain"), (verdict, tone)))


def _facts(page: ResultPage, width: int) -> Iterator[Line]:
    values = page.result.values
    industry = (
        (page.industry_zh or page.industry_en)
        if language() == "zh"
        else (page.industry_en or page.industry_zh)
    )
    yield Line()
    yield _fact(_("Industry"), industry, width, Leads("industry", values["industry"]))
    yield _fact(_("Released"), figures.day(values["released_on"]), width)
    yield _fact(_("Data cut-off"), figures.day(values["cut_off"]), width)
    yield _fact(_("Databases"), "; ".join(values["databases"]), width)
    yield _fact(_("Authors"), values["authors"], width)
    if page.supersedes:
        yield _fact(_("Takes over from"), page.supersedes, width, Leads("result", page.supersedes))
    if page.superseded_by:
        yield _fact(_("Superseded by"), page.superseded_by, width, Leads("result", page.superseded_by))


def _fact(label: str, value: str | None, width: int, target: object = None) -> Line:
    text, role = (value, "plain") if value else (words.not_stated(), "dim")
    return Line(((fit(label, _LABEL), "dim"), (fit(text, max(width - _LABEL, 1)), role)), target)


def _statements(page: ResultPage, width: int) -> Iterator[Line]:
    if page.statements:
        yield from _title(_("What was said"))
    for said in page.statements:
        text = (said.text_zh or said.text_en) if language() == "zh" else (said.text_en or said.text_zh)
        yield from _wrapped(
            " · ".join(
                part.strip() for part in (_kind(said), _stated_figure(said), text or "") if part.strip()
            ),
            width,
        )


def _stated_figure(said: StatementLine) -> str:
    """The value with its sign; a unit in words is English, and the Chinese text says it."""
    if said.value is None:
        return ""
    unit = said.unit or ""
    spoken = unit if language() == "en" or not unit.isalpha() else ""
    return f"{words.sign(said.comparator or Comparator.EQUAL)}{said.value} {spoken}"


def _kind(said: StatementLine) -> str:
    return words.word(said.kind)


def _documents(page: ResultPage, width: int) -> Iterator[Line]:
    if page.documents:
        yield from _title(_("Documents"))
    for document in page.documents:
        pair = (
            (document.title_zh, document.title_en)
            if language() == "zh"
            else (document.title_en, document.title_zh)
        )
        yield from _wrapped(
            " · ".join(part for part in (pair[0] or pair[1], document.location) if part), width
        )


def _places(page: ResultPage, width: int) -> Iterator[Line]:
    yield from _title(_("Shown in"))
    if not page.links:
        yield Line(((_("nowhere yet; F6 links it to an event or a session"), "dim"),))
    for link in page.links:
        pair = (link.place_zh, link.place_en) if language() == "zh" else (link.place_en, link.place_zh)
        name = pair[0] or pair[1] or link.place_code
        role = words.word(link.role)
        day = figures.day(link.day) or words.not_stated()
        text = fit(name, max(width - 28, 10))
        yield Line(
            ((text, "plain"), (fit(role, 14), "accent"), (day, "dim")),
            Leads(link.place_kind, link.place_code),
        )


def _reach(reach: Reach, width: int) -> Iterator[Line]:
    counts = reach.counts
    if counts is None:
        return
    yield from _title(
        _("Heard by {rate} of the industry's enterprises").format(rate=figures.rate(counts.rate))
    )
    for rows, word, role in (
        (reach.heard, _("heard"), "good"),
        (reach.registered_only, _("registered only"), "warn"),
        (reach.missed, _("missed"), "plain"),
    ):
        for row in rows:
            yield _enterprise(row, word, role, width)


def _enterprise(row: ReachRow, word: str, role: str, width: int) -> Line:
    name = fit(row.enterprise.name(language()), max(width - 40, 10))
    district = fit(row.district or "–", 16)
    return Line(
        ((name, "plain"), ("  ", "plain"), (district, "dim"), (fit(word, 20), role)),
        Leads("enterprise", row.enterprise.code),
    )


def _wrapped(text: str, width: int) -> Iterator[Line]:
    """A text over as many lines as it takes, broken between cells where it has no spaces."""
    room, line = max(width - 4, 10), ""
    for word in _pieces(text):
        if line and cell_len(line + word) > room:
            yield Line((("    " + line.strip(), "dim"),))
            line = ""
        line += word
    if line.strip():
        yield Line((("    " + line.strip(), "dim"),))


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if cell_len(char) > 1 or char == " ":
            yield from ((word,) if word else ())
            yield char
            word = ""
        else:
            word += char
            if len(word) > 40:
                yield word
                word = ""
    if word:
        yield word
