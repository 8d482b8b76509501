"""The figures of a summary by counting exported rows, in plain Python: nothing of the program is used here.

Rows are those of `csv.DictReader`, in English; keys are those of the summary's JSON.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

Row = Mapping[str, str]
Rows = Sequence[Row]
Figures = dict[str, object]
ZONE = ZoneInfo("Asia/Shanghai")
REGISTRATIONS = "registered", "waiting", "cancelled", "blocked", "walk_in", "substitute"
OPEN = "new", "taken up", "matched", "in progress"
MATCHED = "matched", "in progress", "settled"
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Files:
    """What was exported: by event, and of the whole week."""

    registrations: Mapping[str, Rows]
    scans: Mapping[str, Rows]
    enterprises: Rows
    enterprises_at: Mapping[str, Rows]
    schedule: Rows
    demands: Mapping[str, Rows]
    feedback: Mapping[str, Rows]

    def slot(self, code: str) -> Row:
        """The line of an event or a session in the programme."""
        return next(row for row in self.schedule if row["Code"] == code)

    def firms(self) -> dict[str, Row]:
        """All enterprises by code."""
        listed = [*self.enterprises, *(row for rows in self.enterprises_at.values() for row in rows)]
        return {row["Code"]: row for row in listed}


def of_event(files: Files, event: str, industries: Mapping[str, str]) -> Figures:
    """All figures of an event; `industries` are those of the results."""
    found = _people(files, event)
    standing = _standing(files, [event])
    found |= _enterprises(files, standing, day=files.slot(event)["Starts"][:10])
    sessions = [row for row in files.schedule if row["Session"] and row["Event"] == event]
    for session in sessions:
        found |= _session(files, event, session)
    here = {
        result for row in (files.slot(event), *sessions) for result in _list(row["Results released there"])
    }
    for result in here:
        found |= _reach(files, result, industries[result])
    found |= _demands(files.demands[event])
    came = len(_first_entries(files.scans[event])) if files.registrations[event] else None
    return found | _feedback(files, [event], came, asked=[event])


def of_week(files: Files, industries: Mapping[str, str]) -> Figures:
    """All figures of the week."""
    events = list(files.registrations)
    found: Figures = {}
    for event in events:
        people = _people(files, event)
        found |= {f"events.{event}.{key}": value for key, value in people.items()}
        firms = _enterprises(files, _standing(files, [event]), day=None, groups=False)
        found |= {f"events.{event}.{key}": value for key, value in firms.items()}
    recorded = [event for event in events if files.registrations[event]]
    for name in REGISTRATIONS:
        found[f"totals.registrations.{name}"] = sum(
            found[f"events.{event}.registrations.{name}"] for event in events
        )
    for whole, name in (("attendances", "attended"), ("expected", "expected"), ("expected_attended",) * 2):
        total = sum(found[f"events.{event}.attendance.{name}"] for event in recorded)
        found[f"totals.{whole}"] = total if recorded else None
    people = {
        row["ID of the person"]
        for event in recorded
        for row in files.registrations[event]
        if row["ID of the registration"] in _first_entries(files.scans[event])
    }
    found["totals.unique_people"] = len(people) if recorded else None
    found["totals.rate"] = (found["totals.expected_attended"], found["totals.expected"]) if recorded else None
    found |= _enterprises(files, _standing(files, events), day=None)
    for result in {result for row in files.schedule for result in _list(row["Results released there"])}:
        found |= _reach(files, result, industries[result])
    found |= _demands([row for event in events for row in files.demands[event]])
    asked = [event for event in events if files.feedback[event] and files.registrations[event]]
    came = sum(len(_first_entries(files.scans[event])) for event in asked) if asked else None
    return found | _feedback(files, events, came, asked)


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _moment(cell: str) -> datetime:
    return datetime.strptime(cell, "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZONE)


def _counting(scans: Rows, session: str | None = None) -> list[Row]:
    """The entries that count: accepted, not annulled; by the door of a session where one is named."""
    return [
        row
        for row in scans
        if row["Verdict"] == "accepted"
        and row["Annulled"] == "no"
        and row["Kind"] != "annulment"
        and row["Direction"] == "entry"
        and row["ID of the registration"]
        and session in (None, row["Code of the session"])
    ]


def _first_entries(scans: Rows, session: str | None = None) -> dict[str, datetime]:
    """When each registration first came in."""
    found: dict[str, datetime] = {}
    for row in _counting(scans, session):
        one, at = row["ID of the registration"], _moment(row["Time"])
        found[one] = min(found.get(one, at), at)
    return found


def _people(files: Files, event: str) -> Figures:
    rows, scans, slot = files.registrations[event], files.scans[event], files.slot(event)
    first = _first_entries(scans)
    start = _moment(slot["Starts"] + ":00") if " " in slot["Starts"] else None
    opening = _moment(slot["Door opens"]) if slot["Door opens"] else start

    def came(some: Iterable[Row]) -> int:
        return sum(row["ID of the registration"] in first for row in some)

    holders = [row for row in rows if row["Status"] == "registered"]
    walk_ins = [row for row in holders if row["Source"] == "walk-in"]
    asked = [row for row in holders if row["Source"] != "walk-in"]
    away = [row for row in asked if row["On leave"] == "yes"]
    staying = [row for row in asked if row["On leave"] == "no"]
    expected = [
        row
        for row in staying
        if opening is None or _moment(row["Confirmed at"] or row["Registered at"]) <= opening
    ]
    grace = timedelta(minutes=int(slot["Grace (minutes)"]))
    late = sum(at > start + grace for at in first.values()) if start else None
    statuses = Counter(row["Status"] for row in rows)
    counts: Figures = {
        "attended": len(first),
        "absent": len(expected) - came(expected),
        "late": late,
        "punctual": None if late is None else len(first) - late,
        "on_leave": len(away),
        "expected": len(expected),
        "expected_attended": came(expected),
        "after_opening": len(staying) - len(expected),
        "walk_in_attended": came(walk_ins),
        "marked": len(
            {row["ID of the registration"] for row in _counting(scans) if row["Kind"] == "marked present"}
        ),
        "rate": (came(expected), len(expected)),
        "on_time": None if late is None else (len(first) - late, len(first)),
    }
    found: Figures = {f"attendance.{name}": value if rows else None for name, value in counts.items()}
    found |= {f"registrations.{name}": statuses[name] for name in REGISTRATIONS[:4]}
    found["registrations.walk_in"] = len(walk_ins)
    found["registrations.substitute"] = sum(bool(row["Substitute for"]) for row in holders)
    return found | _arrivals(first.values())


def _arrivals(moments: Iterable[datetime]) -> Figures:
    """By quarter of an hour, those without anybody between the first and the last among them."""
    quarters = Counter(at.astimezone(UTC).replace(minute=at.minute // 15 * 15, second=0) for at in moments)
    if not quarters:
        return {}
    at, last = min(quarters), max(quarters)
    found: Figures = {}
    while at <= last:
        found[f"arrivals.{at.isoformat()}"] = quarters[at]
        at += QUARTER
    return found


def _standing(files: Files, events: Iterable[str]) -> dict[str, tuple[bool, bool]] | None:
    """Of each enterprise whether it is registered and whether it attended; None where nobody is recorded."""
    rows = [(event, row) for event in events for row in files.registrations[event]]
    found: dict[str, tuple[bool, bool]] = {}
    for event, row in rows:
        firm = row["Code of the enterprise"]
        registered, attended = found.get(firm, (False, False))
        registered |= row["Status"] != "cancelled"
        attended |= row["ID of the registration"] in _first_entries(files.scans[event])
        found[firm] = registered, attended
    found.pop("", None)
    return found if rows else None


def _enterprises(
    files: Files, standing: dict[str, tuple[bool, bool]] | None, day: str | None, *, groups: bool = True
) -> Figures:
    """In all, and by industry, district and label; labels are those in force on the day, if one is named."""
    known = {firm: there for firm, there in (standing or {}).items() if any(there)}
    found: Figures = {
        "enterprises.registered": sum(registered for registered, _attended in known.values()),
        "enterprises.attended": None
        if standing is None
        else sum(attended for _registered, attended in known.values()),
    }
    ways = {
        "by_industry": lambda row: [word.lower() for word in _list(row["Industries"])],
        "by_district": lambda row: _list(row["District"]),
        "by_label": lambda row: [
            word for word, *span in map(_label, _list(row["Labels"])) if _holds(*span, day)
        ],
    }
    firms = files.firms()
    for way, groups_of in ways.items() if groups else ():
        for firm, (registered, attended) in known.items():
            for group in groups_of(firms[firm]) or ["none"]:
                key = f"enterprises.{way}.{group}"
                found[f"{key}.registered"] = found.get(f"{key}.registered", 0) + registered
                found[f"{key}.attended"] = found.get(f"{key}.attended", 0) + attended
    return found


def _label(cell: str) -> tuple[str, str, str]:
    """The word of a label, and from when to when it holds, as far as stated."""
    word, _space, span = cell.rpartition(" ")
    if "~" not in span:
        word, span = cell, "~"
    begins, _tilde, ends = span.partition("~")
    return word.partition(" [")[0], begins, ends


def _holds(begins: str, ends: str, day: str | None) -> bool:
    return day is None or ((not begins or begins <= day) and (not ends or day <= ends))


def _session(files: Files, event: str, slot: Row) -> Figures:
    key, name = f"sessions.{slot['Code']}", slot["Session"]
    enrolled = 0
    for row in files.registrations[event]:
        waiting = _list(row["Sessions waited for"])
        enrolled += name in [session for session in _list(row["Sessions"]) if session not in waiting]
    attended = len(_first_entries(files.scans[event], slot["Code"])) if slot["Has a door"] == "yes" else None
    capacity = int(slot["Capacity"] or 0)
    return {
        f"{key}.enrolled": enrolled,
        f"{key}.attended": attended,
        f"{key}.fill": (attended, capacity) if attended is not None and capacity else None,
    }


def _reach(files: Files, result: str, industry: str) -> Figures:
    """By the doors of the sessions that released it, where there are any; else by all doors of their events."""
    places = [row for row in files.schedule if result in _list(row["Results released there"])]
    events = {row["Event"] for row in places}
    doors = {(row["Event"], row["Code"]) for row in places if row["Session"] and row["Has a door"] == "yes"}
    heard: set[str] = set()
    registered: set[str] = set()
    for event in events:
        for row in files.registrations[event]:
            registered.add(row["Code of the enterprise"])
            sessions = [code for of_event, code in doors if of_event == event] if doors else [None]
            if any(
                row["ID of the registration"] in _first_entries(files.scans[event], one) for one in sessions
            ):
                heard.add(row["Code of the enterprise"])
    firms = {
        code
        for code, row in files.firms().items()
        if industry in [word.lower() for word in _list(row["Industries"])]
        and (row["Archived"] == "no" or code in registered)
    }
    counts = (
        len(firms & heard),
        len(firms & registered - heard),
        len(firms - heard - registered),
        len(firms),
    )
    known = any(files.registrations[event] for event in events)
    key = f"results.{result}.reach"
    found: Figures = {
        f"{key}.{name}": n if known else None
        for name, n in zip(("heard", "registered_only", "missed", "total"), counts, strict=True)
    }
    return found | {f"{key}.rate": (counts[0], counts[3]) if known else None}


def _demands(rows: Rows) -> Figures:
    statuses = Counter(row["Status"] for row in rows)
    return {
        "demands.total": len(rows),
        "demands.matched": sum(statuses[word] for word in MATCHED),
        "demands.closed": statuses["settled"],
        "demands.overdue": sum(int(row["Overdue"] or 0) > 0 and row["Status"] in OPEN for row in rows),
        **{f"demands.by_status.{word}": n for word, n in statuses.items()},
        **{f"demands.by_category.{word}": n for word, n in Counter(row["Category"] for row in rows).items()},
    }


def _feedback(files: Files, events: Iterable[str], came: int | None, asked: Sequence[str]) -> Figures:
    """Nothing where nobody answered; somebody is one respondent for each event, and in the rate for those asked."""
    rows = [(event, row) for event in events for row in files.feedback[event]]
    if not rows:
        return {}
    respondents = {(event, row["ID of the person"] or row["Answer number"]) for event, row in rows}
    of_asked = sum(event in asked for event, _who in respondents)
    answers = [row for _event, row in rows]
    found: Figures = {
        "feedback.answers": len(answers),
        "feedback.respondents": len(respondents),
        "feedback.anonymous": sum(not row["ID of the person"] for row in answers),
        "feedback.comments": sum(bool(row["Comment"]) for row in answers),
        "feedback.answered": None if came is None else of_asked,
        "feedback.asked": came,
        "feedback.response_rate": None if came is None else (of_asked, came),
        **_scores("feedback", [row["Satisfaction"] for row in answers]),
    }
    rated = [row for row in answers if row.get("Catering (1-5)")]
    if rated:
        found |= _scores("feedback.ratings.1", [row["Catering (1-5)"] for row in rated])
    for code in {row["Code of the session"] for row in answers if row["Code of the session"]}:
        said = [row for row in answers if row["Code of the session"] == code]
        key = f"feedback.sessions.{code}"
        found |= {f"{key}.answers": len(said), **_scores(key, [row["Satisfaction"] for row in said])}
    return found


def _scores(key: str, cells: Iterable[str]) -> Figures:
    given = [int(cell) for cell in cells if cell]
    mean = (Decimal(sum(given)) / len(given)).quantize(Decimal("0.01"), ROUND_HALF_UP) if given else None
    parts = {f"{key}.distribution.{score}": given.count(score) for score in range(1, 6)}
    return {f"{key}.n": len(given), f"{key}.mean": mean, **parts}
