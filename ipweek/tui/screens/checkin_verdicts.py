"""Answers of a door as what the panel and the short log show."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from ipweek.domain.checkin import Door, Identified, ScanAnswer, ScanLine
from ipweek.domain.errors import IpweekError
from ipweek.domain.records import Record
from ipweek.domain.stays import Stay
from ipweek.domain.words import Direction, Reason, ScanKind, Verdict
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.errors import sentence
from ipweek.tui.widgets.scan_lines import LogLine
from ipweek.tui.widgets.text import crop
from ipweek.tui.widgets.verdict import Shown

SYMBOLS = {"ok": "✓", "dup": "!", "stop": "✗", "calm": "·"}

WHAT_TO_DO: Mapping[Reason, str] = {
    Reason.INVALID: N_("Scan again, or type the name."),
    Reason.FORGED: N_("This code was not made here: ask for a document and call the supervisor."),
    Reason.UNKNOWN: N_("Send this person to the registration desk."),
    Reason.AMBIGUOUS: N_("Two badges were read at once: scan one at a time."),
    Reason.NOT_IN_COPY: N_("Let in; it will be checked when the desks are merged."),
    Reason.WRONG_EVENT: N_("Send this person to the registration desk."),
    Reason.CANCELLED: N_("Send this person to the registration desk."),
    Reason.WAITING: N_("No place yet: the registration desk knows the waiting list."),
    Reason.REVOKED: N_("Ask for the newer badge, or send this person to the registration desk."),
    Reason.BLOCKED: N_("Call the supervisor."),
    Reason.WRONG_SESSION: N_("Show the way to the session that is booked; the registration desk can enrol."),
    Reason.NOT_ENTITLED: N_("Show this person the right door."),
    Reason.NOT_OPEN: N_("Ask to wait until the door opens."),
    Reason.CLOSED: N_("Call the supervisor."),
    Reason.FULL: N_("Nobody more until somebody leaves."),
    Reason.ALREADY_IN: N_("Compare the face with the name."),
}

OFF_THE_DOOR: Mapping[Reason, str] = {
    Reason.INVALID: N_("No badge: its check digit is wrong. Scan again."),
    Reason.FORGED: N_("A badge that was not made here: forged, or of another workspace."),
    Reason.AMBIGUOUS: WHAT_TO_DO[Reason.AMBIGUOUS],
    Reason.UNKNOWN: N_("A badge that nobody has been given."),
    Reason.WRONG_EVENT: N_("{name} is not registered for this event."),
    Reason.REVOKED: N_("{name}: this badge has been replaced by a newer one."),
}


def tone_of(answer: ScanAnswer) -> str:
    """Green, amber or red, by its word."""
    if answer.kind is ScanKind.ANNULMENT:
        return "calm"
    if answer.verdict is Verdict.ACCEPTED:
        return "ok"
    return "dup" if answer.reason is Reason.ALREADY_IN else "stop"


def symbol_of(answer: ScanAnswer) -> str:
    """What tells the verdict without a colour."""
    return "↶" if answer.kind is ScanKind.ANNULMENT else SYMBOLS[tone_of(answer)]


def clock(moment: datetime, zone: str) -> str:
    """The time of day at the door, with seconds."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M:%S}"


def door_name(door: Door) -> str:
    """The door in the language in force."""
    names = (door.name_zh, door.name_en) if language() == "zh" else (door.name_en, door.name_zh)
    return next((name for name in names if name), door.code)


def ready(door: Callable[[], Door | None], direction: Callable[[], Direction]) -> Shown:
    """What stands between two scans."""

    def lines(_width: int) -> Sequence[str]:
        at = door()
        if at is None:
            return (_("Opening the door …"),)
        leaving = direction() is Direction.EXIT
        return (
            _("Ready for the next badge"),
            "",
            _("EXIT: those who leave are counted out") if leaving else _("ENTRY"),
            door_name(at),
        )

    return Shown("idle", lines)


def not_a_badge() -> Shown:
    """What a payment code or an address gets."""
    return Shown(
        "calm",
        lambda _width: (
            _("That is no badge"),
            _("Payment, chat and other codes are not read here. Please show the badge."),
        ),
    )


def failed(error: IpweekError) -> Shown:
    """A scan that could not be written down."""
    return Shown(
        "stop", lambda _width: (_("{symbol} Not recorded: scan again").format(symbol="✗"), sentence(error))
    )


def of_answer(
    answer: ScanAnswer, zone: str, sessions: Sequence[Record] = (), stay: Stay | None = None
) -> Shown:
    """The verdict on one person, with the sessions that are booked and the time inside of who leaves."""
    if answer.kind is ScanKind.ANNULMENT:
        return Shown("calm", lambda _width: (_undone(answer), answer.enterprise))
    return Shown(tone_of(answer), lambda width: _lines(answer, zone, sessions, stay, width))


def of_many(answers: Sequence[ScanAnswer], errors: Sequence[IpweekError], about: str) -> Shown:
    """What became of several who were marked together; `about` is their enterprise, or nothing."""
    accepted = [answer for answer in answers if answer.verdict is Verdict.ACCEPTED]
    others = [answer for answer in answers if answer.verdict is Verdict.REFUSED]
    tone = "ok" if accepted else "dup" if all(tone_of(answer) == "dup" for answer in others) else "stop"

    left = any(answer.direction is Direction.EXIT for answer in answers)

    def lines(width: int) -> Sequence[str]:
        told = _("marked as left: {n} of {total}") if left else _("marked present: {n} of {total}")
        counted = told.format(n=len(accepted), total=len(answers) + len(errors))
        return (
            f"{SYMBOLS[tone]} {counted}",
            about,
            listed([answer.name for answer in accepted], width),
            *(f"{symbol_of(answer)} {answer.name}: {_reason(answer)}" for answer in others),
            *(sentence(error) for error in errors),
        )

    return Shown(tone, lines)


def log_line(answer: ScanAnswer, zone: str) -> LogLine:
    """One line of the short log."""

    def text() -> str:
        parts = [answer.name or answer.code, answer.enterprise]
        if answer.kind is ScanKind.ANNULMENT:
            parts.insert(1, _("entry undone"))
        elif answer.verdict is Verdict.REFUSED:
            parts.insert(1, _already(answer, zone) or _reason(answer))
        elif answer.override:
            parts.insert(1, _("let in all the same: {reason}").format(reason=_reason(answer)))
        elif answer.kind is ScanKind.MARK:
            leaving = answer.direction is Direction.EXIT
            parts.insert(1, _("marked as left") if leaving else _("marked present"))
        elif answer.direction is Direction.EXIT:
            parts.insert(1, _("left"))
        return " · ".join(part for part in parts if part)

    return LogLine(clock(answer.at, zone), symbol_of(answer), tone_of(answer), text)


def of_identified(found: Identified) -> tuple[str, str]:
    """What a badge that is scanned away from the door says of itself, and its tone in the status."""
    if found.reason is not None:
        tone = "warn" if found.name else "bad"
        return _(OFF_THE_DOOR[found.reason]).format(name=found.name), tone
    row = found.registration
    return " · ".join(part for part in (found.name, row.enterprise if row else "") if part), "plain"


def of_log(lines: Sequence[ScanLine], door: Door) -> list[LogLine]:
    """The short log of a door to begin with, from the event's log."""
    return [log_line(line.answer, door.zone) for line in lines if line.door == door.code]


def listed(names: Sequence[str], width: int) -> str:
    """As many of the names as there is room for, and how many more there are."""
    for shown in range(len(names), 0, -1):
        more = [_("{n} more").format(n=len(names) - shown)] if shown < len(names) else []
        text = _(", ").join([*names[:shown], *more])
        if cell_len(text) <= width:
            return text
        if shown == 1 and more:
            return _(", ").join([crop(names[0], width - cell_len(_(", ") + more[0])), *more])
    return crop("".join(names[:1]), width)


def _lines(
    answer: ScanAnswer, zone: str, sessions: Sequence[Record], stay: Stay | None, width: int
) -> Sequence[str]:
    quality = (
        words.category(answer.category) if answer.category else "",
        _("seat {seat}").format(seat=answer.seat) if answer.seat else "",
        answer.title,
    )
    who = (
        answer.enterprise,
        " · ".join(part for part in quality if part),
        listed([part.name(language()) for part in sessions], width),
    )
    symbol = symbol_of(answer)
    if answer.verdict is Verdict.ACCEPTED:
        name = answer.name or _("genuine badge, not in this copy")
        return (f"{symbol} {name}", *who, _how(answer), _inside(stay), _advice(answer))
    reason = _already(answer, zone) or _reason(answer)
    booked = ""
    if answer.reason is Reason.WRONG_SESSION and sessions:
        label = _("booked: ")
        booked = label + listed([part.name(language()) for part in sessions], width - cell_len(label))
    return (f"{symbol} {reason}", answer.name, *who[:2], booked, _advice(answer))


def _how(answer: ScanAnswer) -> str:
    leaving = answer.direction is Direction.EXIT
    if answer.override:
        return _("let in all the same: {reason}").format(reason=_reason(answer))
    if answer.kind is ScanKind.MARK:
        return _("marked as left without a scan") if leaving else _("marked present without a scan")
    return _("left") if leaving else ""


def _inside(stay: Stay | None) -> str:
    """For how long somebody who leaves was inside, and whether that was early."""
    if stay is None or stay.minutes is None:
        return ""
    parts = (_("{n} min inside").format(n=stay.minutes), _("left early") if stay.left_early else "")
    return " · ".join(part for part in parts if part)


def _reason(answer: ScanAnswer) -> str:
    return words.word(answer.reason) if answer.reason else ""


def _advice(answer: ScanAnswer) -> str:
    return _(WHAT_TO_DO[answer.reason]) if answer.reason and not answer.override else ""


def _already(answer: ScanAnswer, zone: str) -> str:
    if answer.reason is not Reason.ALREADY_IN or answer.first_at is None:
        return ""
    first, now = (moment.astimezone(ZoneInfo(zone)) for moment in (answer.first_at, answer.at))
    time = f"{first:%H:%M}" if first.date() == now.date() else f"{first:%Y-%m-%d %H:%M}"
    return _("already in since {time}, desk {desk}").format(time=time, desk=answer.first_desk or "–")


def _undone(answer: ScanAnswer) -> str:
    return _("{symbol} {name}: entry undone").format(symbol="↶", name=answer.name)
