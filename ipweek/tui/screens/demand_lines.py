"""What stands on the screen of a demand, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipweek.domain.contacts import masked_phone
from ipweek.domain.exchange import ActionLine, Answer, DemandPage
from ipweek.domain.words import DemandStatus
from ipweek.i18n import _
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.exchange_lists import enterprise_of, kind_of, late, name_of
from ipweek.render.lines import Leads, Line, fit, tab, wrapped

_LABEL, _KIND, _OWNER, _DAY = 18, 20, 14, 22
_WIDE = 110


@dataclass(frozen=True, slots=True)
class Spot:
    """What a line is about: what Enter opens, the part of the demand that it is, an answer that it suggests."""

    opens: Leads | None = None
    part: Leads | None = None
    suggests: Answer | None = None


def demand_lines(page: DemandPage, width: int) -> Sequence[Line]:
    """The demand itself, its outcome, what answers it, who does what, and what else may answer it."""
    width = min(width, _WIDE)
    return [
        Line(),
        *_text(page.demand.values["text"], width, "strong"),
        Line(),
        *_facts(page, width),
        *_outcome(page, width),
        *_answers(page.answers, width),
        *_actions(page.actions, width),
        *_suggestions(page.suggestions, width),
    ]


def _title(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(((text, "strong"),))


def _text(text: str, width: int, role: str = "plain") -> Iterator[Line]:
    for part in text.split("\n"):
        for line in wrapped(part, width - 4):
            yield Line(((f"  {line}", role),))


def _facts(page: DemandPage, width: int) -> Iterator[Line]:
    values = page.demand.values
    yield _fact(_("Enterprise"), enterprise_of(page.demand), width, Leads("enterprise", values["enterprise"]))
    contact = " · ".join(
        part
        for part in (values["contact"], masked_phone(values["phone"]) if values["phone"] else None)
        if part
    )
    yield _fact(_("Contact"), contact, width)
    where = either(page.session_zh, page.session_en) or either(page.event_zh, page.event_en)
    place = Leads("session", values["session"]) if values["session"] else None
    yield _fact(_("Raised at"), where, width, place or _event(values["event"]))
    yield _fact(_("Raised on"), figures.day(values["raised_on"]), width)
    yield _fact(_("Priority"), words.word(values["priority"]), width)
    yield _fact(_("Confidentiality"), words.word(values["confidentiality"]), width)
    yield _fact(_("Matched provider"), values["provider"], width)
    if values["note"]:
        yield _fact(_("Note"), values["note"], width)


def _event(code: str | None) -> Leads | None:
    return Leads("event", code) if code else None


def _fact(label: str, value: str | None, width: int, opens: Leads | None = None) -> Line:
    text, role = (value, "plain") if value else (words.not_stated(), "dim")
    spot = Spot(opens) if opens else None
    return Line(((tab(label, _LABEL), "dim"), (fit(text, max(width - _LABEL, 1)), role)), spot)


def _outcome(page: DemandPage, width: int) -> Iterator[Line]:
    values = page.demand.values
    if values["status"] is not DemandStatus.CLOSED:
        return
    yield from _title(_("Outcome"))
    yield from _text(values["outcome"], width)
    satisfied = f"{values['satisfaction']} / 5" if values["satisfaction"] else None
    yield _fact(_("Closed on"), figures.day(values["closed_on"]), width)
    yield _fact(_("Satisfaction"), satisfied, width)


def _answers(answers: Sequence[Answer], width: int) -> Iterator[Line]:
    yield from _title(_("Answered by"))
    if not answers:
        yield Line(((f"  {_('nothing yet; Ins enters what may answer it')}", "dim"),))
    for one in answers:
        part = Leads("demand_answer", one.own) if one.own else None
        told = name_of(one) + (f" · {one.note}" if one.note else "")
        yield _answer(one, told, Spot(_opens(one) or part, part), width, "plain")


def _suggestions(suggestions: Sequence[Answer], width: int) -> Iterator[Line]:
    if suggestions:
        yield from _title(_("May answer it (Ins takes it)"))
    for one in suggestions:
        yield _answer(one, name_of(one), Spot(_opens(one), suggests=one), width, "dim")


def _answer(one: Answer, told: str, spot: Spot, width: int, role: str) -> Line:
    return Line(((tab(kind_of(one), _KIND), "dim"), (fit(told, max(width - _KIND, 1)), role)), spot)


def _opens(one: Answer) -> Leads | None:
    return Leads(one.kind, one.code) if one.code else None


def _actions(actions: Sequence[ActionLine], width: int) -> Iterator[Line]:
    yield from _title(_("Actions"))
    if not actions:
        yield Line(((f"  {_('none yet; Ins enters one')}", "dim"),))
    for one in actions:
        part = Leads("demand_action", one.code)
        room = max(width - _OWNER - _DAY - 4, 10)
        yield Line(
            (
                (tab(f"{'✓' if one.done_on else '○'} {one.text}", room) + "  ", "plain"),
                (fit(one.owner or "–", _OWNER) + "  ", "dim"),
                (fit(_when(one), _DAY), _role(one)),
            ),
            Spot(part, part),
        )
        if one.evidence:
            yield Line(((tab(one.evidence, width, 4), "dim"),))


def _when(one: ActionLine) -> str:
    if one.done_on:
        return _("done {day}").format(day=figures.day(one.done_on))
    if one.due_on is None:
        return _("no day set")
    return f"{late(int(one.overdue))} {figures.day(one.due_on)}".strip()


def _role(one: ActionLine) -> str:
    if one.overdue:
        return "bad"
    return "good" if one.done_on else "plain"
