"""What stands on the screen of a case, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipweek.domain.cases import CasePage, PartyLine, Recusal, StepLine
from ipweek.i18n import _
from ipweek.render import case_sheet, words
from ipweek.render import summary_figures as figures
from ipweek.render.case_sheet import either, partial_day, said
from ipweek.render.lines import Leads, Line, fit, wrapped

_LABEL, _DAY, _ROLE = 18, 18, 14
_WIDE = 110


@dataclass(frozen=True, slots=True)
class Spot:
    """What a line opens, and the part of the case that it is, if it is one."""

    opens: Leads
    part: Leads | None = None


def case_lines(page: CasePage, recusals: Sequence[Recusal], width: int) -> Sequence[Line]:
    """Who recuses himself, facts, parties, chronology, what came of it, and where it is analysed."""
    width = min(width, _WIDE)
    return [
        Line(),
        *_recusals(recusals, width),
        *_facts(page, width),
        *_parties(page.parties, width),
        *_steps(page.steps, width),
        *_upshot(page, width),
        *_links(page, width),
    ]


def _title(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(((text, "strong"),))


def _recusals(found: Sequence[Recusal], width: int) -> Iterator[Line]:
    for one in found:
        for number, line in enumerate(wrapped(case_sheet.recusal(one), width - 4)):
            yield Line(((f"{'  ' if number else '! '}{line}", "warn"),))
    if found:
        yield Line()


def _facts(page: CasePage, width: int) -> Iterator[Line]:
    values = page.case.values
    industry = values["industry"]
    yield from _fact(_("Forum"), said(page, "forum"), width)
    yield from _fact(_("Dockets"), "; ".join(values["dockets"]), width)
    yield from _fact(
        _("Industry"),
        either(page.industry_zh, page.industry_en),
        width,
        Spot(Leads("industry", industry)) if industry else None,
    )
    yield from _fact(_("Technology"), said(page, "technology"), width)
    yield from _fact(_("Rights at issue"), "; ".join(values["rights"]), width)
    yield from _fact(_("Stage"), said(page, "stage"), width)
    yield from _fact(_("Final"), words.word(values["final"]) if values["final"] else None, width)
    yield from _fact(_("Verified on"), figures.day(values["verified_on"]), width)


def _fact(label: str, value: str | None, width: int, target: object = None) -> Iterator[Line]:
    text, role = (value, "plain") if value else (words.not_stated(), "dim")
    for number, line in enumerate(wrapped(text, width - _LABEL)):
        first = fit("" if number else label, _LABEL)
        yield Line(((first, "dim"), (line, role)), None if number else target)


def _parties(parties: Sequence[PartyLine], width: int) -> Iterator[Line]:
    yield from _title(_("Parties"))
    if not parties:
        yield Line(((f"  {_('none yet; Ins adds one')}", "dim"),))
    room = max(width - _ROLE - 24, 10)
    for party in parties:
        own = Leads("case_party", party.code)
        ours = _("one of our enterprises") if party.enterprise else ""
        yield Line(
            (
                (fit(f"  {either(party.name_zh, party.name_en) or party.code}", room), "plain"),
                (fit(words.word(party.role), _ROLE), "plain"),
                (fit(party.country or "–", 4), "dim"),
                (fit(ours, 20), "accent"),
            ),
            Spot(Leads("enterprise", party.enterprise) if party.enterprise else own, own),
        )


def _steps(steps: Sequence[StepLine], width: int) -> Iterator[Line]:
    yield from _title(_("Chronology"))
    if not steps:
        yield Line(((f"  {_('none yet; Ins adds one')}", "dim"),))
    for step in steps:
        own = Leads("case_event", step.code)
        lines = tuple(wrapped(either(step.text_zh, step.text_en) or "", width - _DAY))
        for number, line in enumerate(lines or ("",)):
            day = "" if number else partial_day(step.happened)
            target = None if number else Spot(own, own)
            yield Line(((fit(f"  {day}", _DAY), "dim"), (line, "plain")), target)


def _upshot(page: CasePage, width: int) -> Iterator[Line]:
    values = page.case.values
    measures = _(", ").join(words.word(one) for one in values["countermeasures"])
    yield from _text(_("How it ended"), said(page, "outcome"), width)
    yield Line()
    yield from _fact(_("Amount"), case_sheet.amount(page), width)
    yield from _fact(_("Remedies"), "; ".join(case_sheet.remedies(page)), width)
    yield from _fact(_("Countermeasures"), measures, width)
    yield from _text(_("Lessons"), said(page, "lessons"), width)
    yield from _text(_("Sources"), "\n".join(values["sources"]), width)
    if values["note"]:
        yield from _text(_("Note"), values["note"], width)


def _text(title: str, text: str | None, width: int) -> Iterator[Line]:
    yield from _title(title)
    if not text:
        yield Line(((f"  {words.not_stated()}", "dim"),))
        return
    for part in text.split("\n"):
        for line in wrapped(part, width - 4):
            yield Line(((f"  {line}", "plain"),))


def _links(page: CasePage, width: int) -> Iterator[Line]:
    yield from _title(_("Analysed in"))
    if not page.links:
        yield Line(((f"  {_('nowhere yet; F6 links it to an event or a session')}", "dim"),))
    for link in page.links:
        name = either(link.place_zh, link.place_en) or link.place_code
        yield Line(
            (
                (fit(f"  {name}", max(width - 20, 10)), "plain"),
                (figures.day(link.day) or words.not_stated(), "dim"),
            ),
            Spot(Leads(link.place_kind, link.place_code)),
        )
