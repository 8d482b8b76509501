"""What the organizer wrote for a report: part by part as lines, and as JSON."""

from typing import Any, NamedTuple

from ipweek.domain.figures import Words
from ipweek.domain.report_notes import NOTE_FIELDS, NoteKind, NotePart, ReportNotes
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render.words import word


class PartLine(NamedTuple):
    """A part of the notes: `written` says in which languages, or how many; empty where there is nothing."""

    written: str
    begins: str


def part_line(notes: ReportNotes, part: NotePart) -> PartLine:
    """A part with the beginning of its text in the language in force."""
    if part is NotePart.INVITED:
        return PartLine("" if notes.invited is None else str(notes.invited), "")
    words = words_of(notes, part)
    tongues = ((words.zh, _("Chinese")), (words.en, _("English")))
    text = words.text(language()) or ""
    return PartLine(_(", ").join(name for said, name in tongues if said), clean(text.partition("\n")[0]))


def words_of(notes: ReportNotes, part: NotePart) -> Words:
    """A part that is a text, in both languages."""
    values = notes.values(part)
    return Words(*(values[field.name] for field in NOTE_FIELDS[part]))


def written(notes: ReportNotes, part: NotePart) -> str:
    """A part as one sentence says it: how long it is, or the number."""
    if part is NotePart.INVITED:
        told = word_or_dash(notes.invited)
        return _("{label}: {text}").format(label=word(part), text=told)
    words = words_of(notes, part)
    return _("{part}: {chinese} characters in Chinese, {english} in English").format(
        part=word(part), chinese=len(words.zh or ""), english=len(words.en or "")
    )


def word_or_dash(number: int | None) -> str:
    """A number that somebody stated, else a dash."""
    return "–" if number is None else str(number)


def part_json(notes: ReportNotes, part: NotePart) -> dict[str, Any]:
    """One part as `report-text` prints it."""
    if part is NotePart.INVITED:
        return {"part": part.value, "number": notes.invited}
    return {"part": part.value, **_both(words_of(notes, part))}


def shape(notes: ReportNotes) -> dict[str, Any]:
    """All of them as JSON, the photographs without their pictures; what nobody wrote or stated is null."""
    return {
        "texts": {kind.value: _both(notes.texts.get(kind, Words(None, None))) for kind in NoteKind},
        "invited": notes.invited,
        "signed_by": _both(notes.signed_by),
        "coverage": [
            {
                "code": one.code,
                "outlet": _both(one.outlet),
                "title": _both(one.title),
                "published_on": one.published_on.isoformat() if one.published_on else None,
                "url": one.url,
            }
            for one in notes.coverage
        ],
        "photographs": [
            {
                "code": one.code,
                "caption": _both(one.caption),
                "taken_on": one.taken_on.isoformat() if one.taken_on else None,
                "width": one.width,
                "height": one.height,
            }
            for one in notes.photographs
        ],
    }


def _both(words: Words) -> dict[str, str | None]:
    return {"zh": words.zh, "en": words.en}
