"""A navigation result from top to bottom, as lines that a screen and a terminal show alike."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ipweek.domain.navigation import (
    AdviceLine,
    DocumentLine,
    ExportLine,
    ResultPage,
    RuleNote,
    Severity,
    StatementLine,
)
from ipweek.domain.patent_records import PatentSource
from ipweek.domain.reach import Reach
from ipweek.domain.words import Comparator, Level, Strength
from ipweek.i18n import _, language
from ipweek.render import result_charts as charts
from ipweek.render import rules, words
from ipweek.render import summary_figures as figures
from ipweek.render.lines import Leads, Line, crop, fit, tab, wrapped
from ipweek.render.patent_lines import source_name
from ipweek.render.result_charts import INDENT, LABEL, Part, folded, heading, named, nothing

_DOTS = {Strength.STRONG: "●●●", Strength.MEDIUM: "●●○", Strength.WEAK: "●○○", Strength.GAP: "○○○"}
_SEVERITIES = {Severity.BROKEN: "bad", Severity.WARNING: "warn", Severity.NOT_COMPARABLE: "dim"}
_MARKS = {Severity.BROKEN: "✗", Severity.WARNING: "!", Severity.NOT_COMPARABLE: "≠"}


def result_lines(page: ResultPage, reach: Reach, width: int) -> Sequence[Line]:
    """The warnings first, then the figures, where it was released and who heard it, and what it says."""
    return [
        *_notes(page, width),
        *charts.levels(page, width),
        *charts.trend(page, width),
        *charts.branches(page, width),
        *charts.applicants(page, width),
        *_places(page, width),
        *_reach(page, reach, width),
        *_nodes(page, width),
        *_findings(page, width),
        *_advice(page, width),
        *_statements(page, width),
        *_documents(page, width),
        *_exports(page, width),
        *_facts(page, width),
    ]


def _notes(page: ResultPage, width: int) -> Iterator[Line]:
    for note in sorted(page.notes, key=lambda note: list(Severity).index(note.severity)):
        yield from note_lines(note, page, width)


def note_lines(note: RuleNote, page: ResultPage, width: int) -> Iterator[Line]:
    """A note with its mark; one that is broken says that it hinders the release."""
    text = rules.sentence(note, page.region)
    role = _SEVERITIES[note.severity]
    for place, line in enumerate(wrapped(text, width - 2)):
        yield Line((("  " if place else f"{_MARKS[note.severity]} ", role), (line, role)))


def _places(page: ResultPage, width: int) -> Iterator[Line]:
    yield from heading("link", _("Shown in"))
    if not page.links:
        yield Line(((f"  {_('nowhere yet')}", "dim"),))
    for link in page.links:
        name = named(link.place_zh, link.place_en) or link.place_code
        yield Line(
            (
                ("  " + fit(name, max(width - 32, 10)), "plain"),
                (fit(words.word(link.role), 14), "accent"),
                (fit(figures.day(link.day) or words.not_stated(), 16, right=True), "dim"),
            ),
            Leads(link.place_kind, link.place_code),
        )


def _reach(page: ResultPage, reach: Reach, width: int) -> Iterator[Line]:
    """In one line who heard it: all of them are on a screen of their own."""
    title = _("Heard by")
    if reach.place is None:
        told = _("nobody yet: it is not released")
    elif reach.counts is None:
        told = _("not known: no registrations are recorded where it was released")
    else:
        counts = reach.counts
        told = _("{rate} of the industry's enterprises · {only} registered only · {missed} missed").format(
            rate=figures.rate(counts.rate), only=counts.registered_only, missed=counts.missed
        )
    first, *others = list(wrapped(told, width - LABEL)) or [""]
    yield Line(
        ((fit(title, LABEL), "strong"), (first, "plain" if reach.counts else "dim")),
        Leads("reach", page.result.code),
    )
    yield from (Line(((" " * LABEL + line, "plain"),)) for line in others)


def _nodes(page: ResultPage, width: int) -> Iterator[Line]:
    if not page.nodes:
        yield from nothing("chain_node", _("Industry chain"))
        return
    yield from heading("chain_node", _("Industry chain"))
    for line in page.nodes:
        strength = line.strength
        told = f"{_DOTS[strength]} {words.word(strength)}" if strength else words.not_stated()
        yield Line(
            (
                (tab(words.word(line.stage), LABEL), "dim"),
                (fit(named(line.name_zh, line.name_en) or line.code, max(width - LABEL - 16, 10)), "plain"),
                (fit(told, 16), "plain" if strength else "dim"),
            ),
            Leads("chain_node", line.code),
        )


def _findings(page: ResultPage, width: int) -> Iterator[Line]:
    """By stage, which is a sub-title, and dimension."""
    if not page.findings:
        yield from nothing("finding", _("Findings"))
        return
    yield from heading("finding", _("Findings"))
    stage = None
    for line in page.findings:
        if line.stage is not stage:
            stage = line.stage
            count = sum(one.stage is stage for one in page.findings)
            yield Line(((f"  {words.word(stage)} ({count})", "accent"),))
        yield from _labelled(
            words.word(line.dimension), _sourced(named(line.text_zh, line.text_en), line.source), width,
            Leads("finding", line.code),
        )  # fmt: skip


def _sourced(text: str | None, source: str | None) -> str:
    return f"{text or words.not_stated()} ({source})" if source else text or words.not_stated()


def _labelled(label: str, text: str, width: int, target: object) -> Iterator[Line]:
    for place, part in enumerate(wrapped(text, width - LABEL)):
        start = tab(label, LABEL - 1, len(INDENT)) + " " if place == 0 else " " * LABEL
        yield Line(((start, "dim"), (part, "plain")), None if place else target)


def _advice(page: ResultPage, width: int) -> Iterator[Line]:
    if not page.advice:
        yield from nothing("recommendation", _("Recommended"))
        return
    yield from heading("recommendation", _("Recommended"))
    for line in page.advice:
        target = Leads("recommendation", line.code)
        yield from folded(named(line.text_zh, line.text_en) or "", width, "plain", target)
        yield from folded(_meant_for(line), width)


def _meant_for(line: AdviceLine) -> str:
    unknown = words.not_stated()
    return " · ".join(
        (
            _("for {audience}").format(audience=line.audience or unknown),
            words.word(line.horizon) if line.horizon else _("horizon {value}").format(value=unknown),
            _("taken on by {owner}").format(owner=line.owner or unknown),
        )
    )


def _statements(page: ResultPage, width: int) -> Iterator[Line]:
    if not page.statements:
        yield from nothing("statement", _("What was said"))
        return
    yield from heading("statement", _("What was said"))
    for said in page.statements:
        parts = (words.word(said.kind), _figure(said), named(said.text_zh, said.text_en) or "")
        told = " · ".join(part.strip() for part in parts if part.strip())
        yield from folded(told, width, "plain", Leads("statement", said.code))
        yield from folded(_said_by(said), width)


def _figure(said: StatementLine) -> str:
    """The value with its sign; a unit in words is English, and the Chinese text says it."""
    if said.value is None:
        return ""
    unit = said.unit or ""
    spoken = unit if language() == "en" or not unit.isalpha() else ""
    period = f" ({said.period})" if said.period else ""
    return (
        f"{words.sign(said.comparator or Comparator.EQUAL)}{figures.number(said.value)} {spoken}".rstrip()
        + period
    )


def _said_by(said: StatementLine) -> str:
    parts = [
        named(said.said_by_zh, said.said_by_en),
        words.word(said.provenance),
        _("source: {source}").format(source=said.source or words.not_stated()),
        _("read as {period}").format(period=said.read_as) if said.read_as else None,
        named(said.note_zh, said.note_en),
    ]
    return " · ".join(part for part in parts if part)


def _documents(page: ResultPage, width: int) -> Iterator[Line]:
    if not page.documents:
        yield from nothing("document", _("Documents"))
        return
    yield from heading("document", _("Documents"))
    for paper in page.documents:
        yield from folded(
            named(paper.title_zh, paper.title_en) or paper.code, width, "plain", Leads("document", paper.code)
        )
        yield from folded(_kept_at(paper), width)
        if paper.sha256:
            yield Line(((f"{INDENT}SHA-256 {paper.sha256}", "dim"),))


def _kept_at(paper: DocumentLine) -> str:
    where = paper.location or _("file not stated")
    source = _("source: {source}").format(source=paper.source) if paper.source else ""
    return " · ".join(part for part in (where, source) if part)


def _exports(page: ResultPage, width: int) -> Iterator[Line]:
    if page.exports:
        yield from heading("", _("Imported from"))
    for export in page.exports:
        yield from folded(_export(export), width, "plain")
        unknown = [f"{_level(name)} {_total(count):,}" for name, count in export.unknown.items() if count]
        told = _(", ").join(unknown) if unknown else _("nothing")
        yield from folded(_("could not be placed: {what}").format(what=told), width)


def _level(name: str) -> str:
    return words.word(Level(name)) if name in set(Level) else name


def _total(count: Any) -> int:
    """All that stayed unknown, for whatever reason."""
    return sum(map(_total, count.values())) if isinstance(count, Mapping) else int(count)


def _export(export: ExportLine) -> str:
    cut_off = figures.day(export.cut_off) or words.not_stated()
    parts = [
        export.file_name,
        source_name(PatentSource(export.layout)),
        words.word(export.unit),
        _("data up to {day}").format(day=cut_off),
        _("{kept} kept, {twice} counted twice left out").format(
            kept=f"{export.kept:,}", twice=f"{export.duplicates:,}"
        ),
        f"{export.imported_at:%Y-%m-%d}",
        _("undone") if export.undone else "",
    ]
    return " · ".join(part for part in parts if part)


def _facts(page: ResultPage, width: int) -> Iterator[Line]:
    values = page.result.values
    yield from heading("result", _("About"))
    industry = named(page.industry_zh, page.industry_en)
    yield _fact(_("Industry"), industry, width, Leads("industry", values["industry"]))
    for label, value in (
        (_("Version"), f"{values['version']} · {words.word(values['status'])}"),
        (_("Released"), figures.day(values["released_on"])),
        (_("Data cut-off"), figures.day(values["cut_off"])),
        (_("Databases"), "; ".join(values["databases"])),
        (_("Search query"), values["search_query"]),
        (_("Commissioned by"), values["commissioned_by"]),
        (_("Authors"), values["authors"]),
        (_("Standard"), values["standard"]),
    ):
        yield _fact(label, value, width)
    for label, code in ((_("Takes over from"), page.supersedes), (_("Superseded by"), page.superseded_by)):
        if code:
            yield _fact(label, code, width, Leads("result", code))
    yield _fact(_("Reports received"), f"{page.receipts:,}", width, Part("receipt"))
    if values.get("note"):
        yield from folded(values["note"], width)


def _fact(label: str, value: str | None, width: int, target: object = None) -> Line:
    text, role = (value, "plain") if value else (words.not_stated(), "dim")
    start = tab(label, LABEL + 4)
    return Line(((start, "dim"), (crop(text, max(width - LABEL - 4, 1)), role)), target)
