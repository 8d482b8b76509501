"""Importing a programme: the drafts of events and sessions made of a table's rows.

What a sheet says once for several rows (a day, an event, a venue) holds until it says otherwise.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from ipweek.domain.import_recognition import Recognition
from ipweek.domain.import_rows import Row, RowCheck, Table, told_of_sheet
from ipweek.domain.import_times import When, read_when
from ipweek.domain.imports import Checked, ProgrammeDraft
from ipweek.domain.starts import Start
from ipweek.domain.text import clean, folded, is_formula
from ipweek.domain.words import EventKind

_KINDS: Mapping[str, EventKind] = {
    folded(word): kind
    for kind, words in (
        (EventKind.RELEASE, "成果发布|发布|发布会|成果发布会|新闻发布"),
        (EventKind.EXCHANGE, "企业交流|交流|交流会|企业交流会|对接|对接会|座谈|座谈会"),
        (EventKind.CASE_ANALYSIS, "案例分析|典型案例分析|案例|案例研讨|case analysis|case-analysis"),
        (EventKind.TRAINING, "培训|培训会|讲座|宣讲|宣讲会|授课|lecture"),
        (EventKind.PANEL, "专题讨论|讨论|圆桌|圆桌论坛|论坛|研讨|研讨会|高峰论坛|forum|round table"),
        (EventKind.CEREMONY, "仪式|开幕式|闭幕式|启动仪式|颁奖|颁奖仪式|签约仪式|opening|closing"),
        (EventKind.OTHER, "其他|其它"),
    )
    for word in (kind.value, *words.split("|"))
}
_BRACKETS = re.compile(r"[(（【\[]([^)）】\]]*)[)）】\]]")
_BETWEEN = re.compile(r"\s*[;；、,，|┋\n]+\s*(?![^(（【\[]*[)）】\]])")
_DATED = ("date", "time", "start", "end")
_NOTHING = When()


@dataclass(slots=True)
class _Held:
    """What the rows above said that still holds; `heading` is the day of a row that names nothing else."""

    event: str | None = None
    day: date | None = None
    heading: date | None = None


def check_programme(
    table: Table, mapping: Recognition, year: int, event: str | None = None
) -> Checked[ProgrammeDraft]:
    """Make drafts of a table's rows; days without a year are of `year`, sessions without an event of `event`."""
    columns = {name: column for column, name in mapping.fields.items()}
    drafts: dict[Hashable, ProgrammeDraft] = {}
    problems = told_of_sheet(table, columns)
    held = _Held(event)
    count = 0
    for row in table.rows:
        day = _day_of_heading(row, year)
        if day is not None:
            held.day = held.heading = day
            continue
        count += 1
        check = RowCheck(table, row, columns, problems)
        made = _draft(row, check, held, year)
        if made is None or not check.good:
            continue
        key = (folded(made.event), folded(made.session or ""), made.start, made.code)
        first = drafts.setdefault(key, made)
        if first is not made:
            check.problem(
                "session" if made.session else "event", "twice-in-file", "warning", {"first": first.row}
            )
            drafts[key] = _completed(first, made)
    return Checked(tuple(drafts.values()), tuple(problems), count)


def _day_of_heading(row: Row, year: int) -> date | None:
    """The day of a row that says nothing else."""
    said = [cell for cell in row.cells if cell]
    if len(said) != 1:
        return None
    try:
        found = read_when(said[0], year)
    except ValueError:
        return None
    return found.day if found.begins is None else None


def _draft(row: Row, check: RowCheck, held: _Held, year: int) -> ProgrammeDraft | None:
    event, session = check.text("event"), check.text("session")
    if event is None and session is None:
        name = "session" if check.has("session") else "event"
        check.problem(name, "value-missing", params={"field": name})
        return None
    begins, ends = _times(check, held, year, is_event=session is None)
    held.event = event or held.event
    if held.event is None:
        check.problem("event", "value-missing", params={"field": "event"})
        return None
    return ProgrammeDraft(
        row=row.number,
        event=held.event,
        session=session,
        code=_code(check),
        name_en=check.text("name_en"),
        kind=_kind(check),
        start=begins,
        end=ends,
        venue=check.text("venue"),
        room=check.text("room"),
        speakers=_people(check, "speakers"),
        moderators=_people(check, "moderators"),
        capacity=check.quota("capacity"),
        host=check.text("host"),
        organizer=check.text("organizer"),
        note=check.text("note", lines=True),
    )


def _times(check: RowCheck, held: _Held, year: int, *, is_event: bool) -> tuple[Start | None, Start | None]:
    """From when to when; a time without a day is of the day above, and so is a session that states nothing."""
    said = {name: _when(check, name, year) for name in _DATED}
    starts = [said[name] for name in ("start", "time", "date")]
    begins = next((found.begins for found in starts if found.begins), None)
    day = next((found.day for found in starts if found.day), None)
    ends = said["end"].begins or next((found.ends for found in starts if found.ends), None)
    last = said["end"].day or next((found.last for found in starts if found.last), None)
    if day is not None or (is_event and begins is None):
        held.day = day or held.heading
    if held.day is None:
        if begins is not None or ends is not None:
            check.problem(next(name for name in _DATED if said[name] != _NOTHING), "day-missing")
        return None, None
    return Start(held.day, begins), Start(last or held.day, ends) if ends or last else None


def _when(check: RowCheck, name: str, year: int) -> When:
    text = check.text(name)
    if text is None:
        return _NOTHING
    try:
        return read_when(text, year, times=name != "date")
    except ValueError:
        check.problem(name, "when-unreadable")
        return _NOTHING


def _code(check: RowCheck) -> str | None:
    text = check.text("code")
    if text is None:
        return None
    code = text.lower()
    if not all(part.isalnum() and part.isascii() for part in code.split("-")):
        check.problem("code", "field-code", params={"field": "code"})
    return code


def _kind(check: RowCheck) -> EventKind | None:
    text = check.text("kind")
    if text is None:
        return None
    kind = _KINDS.get(folded(text))
    if kind is None:
        check.problem("kind", "kind-of-event", "warning")
    return kind


def _people(check: RowCheck, name: str) -> tuple[tuple[str, str | None], ...]:
    """Names, each with what stands in brackets behind it."""
    found: dict[str, str | None] = {}
    for part in _BETWEEN.split(check.text(name, lines=True) or ""):
        titles = [clean(title) for title in _BRACKETS.findall(part)]
        own = clean(_BRACKETS.sub(" ", part))
        if is_formula(own):
            check.problem(name, "formula")
        elif own:
            found.setdefault(own, titles[0] if titles and titles[0] else None)
    return tuple(found.items())


def _completed(first: ProgrammeDraft, second: ProgrammeDraft) -> ProgrammeDraft:
    """The first of two rows about the same, its gaps filled from the second."""
    said = {known.name: getattr(second, known.name) for known in fields(first)}
    gaps = {name: value for name, value in said.items() if value and not getattr(first, name)}
    return replace(first, **gaps)
