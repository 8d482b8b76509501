"""What the organizer writes for a report: texts, coverage, photographs; of an event or of a week, never mixed."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import event as listening
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ipweek.domain.errors import InvalidError, NotFoundError, UsageError
from ipweek.domain.figures import Words
from ipweek.domain.ids import new_id
from ipweek.domain.report_notes import NOTE_FIELDS, NoteKind, NotePart, ReportNotes
from ipweek.services.reports import Reports
from ipweek.storage.tables.programme import Event, Week
from ipweek.storage.tables.report_notes import PhotographContent, ReportNotesRow
from tests.desk import EVENT, PHOTOGRAPH, Desk, refusal

WEEK = "huizhou-2019"
NASTY = "[red]x[/red] {name} =cmd|'/C calc'!A0\n第二段 <script>alert(1)</script>"


def write(desk: Desk, values: dict[str, object], kind: str = "event", code: str = EVENT) -> ReportNotes:
    """Write at a desk."""
    return desk.notes.write(desk.actor, kind, code, values)


def test_every_part_is_written_and_taken_back(desk: Desk) -> None:
    """Each field is stored as given, changes alone, and is gone when it is taken back; the event can go then."""
    given = {field.name: 7 if field.name == "invited" else f"{NASTY} {field.name}"
             for fields in NOTE_FIELDS.values() for field in fields}  # fmt: skip
    for name, value in given.items():
        write(desk, {name: value})
    found = desk.notes.show("event", EVENT)
    assert {name: value for part in NotePart for name, value in found.values(part).items()} == given
    assert set(found.texts) == set(NoteKind)
    assert found.invited == 7
    assert write(desk, {"effect_zh": None}).texts[NoteKind.EFFECT] == Words(None, given["effect_en"])
    assert NoteKind.EFFECT not in write(desk, {"effect_en": None}).texts
    assert write(desk, dict.fromkeys(given)) == ReportNotes()
    assert desk.records.remove(desk.actor, "event", EVENT) is False, "nothing is left that refers to it"


def test_nobody_invited_is_a_number(desk: Desk) -> None:
    """Zero is what was stated, and not the same as not stated."""
    assert write(desk, {"invited": 0}).invited == 0
    assert write(desk, {"invited": None}).invited is None


def test_a_week_s_notes_are_its_own(desk: Desk) -> None:
    """Neither texts nor attachments of a week are its events', nor the other way round."""
    write(desk, {"background_zh": "周"}, "week", WEEK)
    write(desk, {"background_zh": "会"})
    desk.add("coverage", "of-week", event="", week=WEEK)
    desk.add("coverage", "of-event")
    desk.add("photograph", "of-week", event="", week=WEEK)
    desk.add("photograph", "of-event")
    reports = Reports(desk.uow, desk.clock)
    for notes, text, code in (
        (reports.week(WEEK).notes, "周", "of-week"),
        (reports.event(EVENT).notes, "会", "of-event"),
    ):
        assert notes.texts == {NoteKind.BACKGROUND: Words(text, None)}
        assert [one.code for one in notes.coverage] == [code]
        assert [one.code for one in notes.photographs] == [code]
    listed = {of: [one.code for one in desk.records.list("coverage", code, of=of)]
              for of, code in (("week", WEEK), ("event", EVENT))}  # fmt: skip
    assert listed == {"week": ["of-week"], "event": ["of-event"]}


def test_what_is_attached_belongs_to_one_place_and_is_numbered_there(desk: Desk) -> None:
    """Neither to none nor to both; its code is that of the place and a number."""
    for kind in ("coverage", "photograph"):
        refusal(InvalidError, "week-or-event", desk.add, kind, "both", week=WEEK)
        refusal(InvalidError, "week-or-event", desk.add, kind, "none", event="")
    assert desk.add("coverage", "").code == f"{EVENT}-coverage-1"
    assert desk.add("coverage", "", event="", week=WEEK).code == f"{WEEK}-coverage-1"
    assert desk.add("photograph", "").code == f"{EVENT}-photo-1"
    refusal(InvalidError, "field-required", desk.add, "coverage", "x", outlet_en="")
    refusal(InvalidError, "field-required", desk.add, "coverage", "x", title_en="")
    refusal(InvalidError, "field-required", desk.add, "photograph", "x", file="")
    moved = desk.edit("photograph", f"{EVENT}-photo-1", event="", week=WEEK)
    assert (moved.values["event"], moved.values["week"]) == (None, WEEK)


def test_the_database_itself_holds_the_place(desk: Desk) -> None:
    """A row of both or of none does not come in by any way."""
    with desk.uow.read() as session:
        week, event = session.scalars(select(Week.id)).one(), session.scalars(select(Event.id)).one()
    for place in ({}, {"week_id": week, "event_id": event}):
        with pytest.raises(IntegrityError), desk.uow.write() as session:
            session.add(ReportNotesRow(id=new_id(), **place))


def test_coverage_is_dated_first_and_whole(desk: Desk) -> None:
    """By day, the undated last; addresses as typed, longer than other fields."""
    url = "https://example.org/s?" + "a" * 900
    desk.add("coverage", "late", published_on="2019-04-27", url=url, outlet_zh="样例日报")
    desk.add("coverage", "undated")
    desk.add("coverage", "early", published_on="2019-04-25")
    found = desk.notes.show("event", EVENT).coverage
    assert [one.code for one in found] == ["early", "late", "undated"]
    assert (found[1].url, found[1].published_on, found[1].outlet) == (
        url, date(2019, 4, 27), Words("样例日报", "Daily"))  # fmt: skip


def test_pictures_are_loaded_only_when_asked_for(desk: Desk) -> None:
    """A report for the terminal reads no picture from the database."""
    desk.add("photograph", "one", caption_zh="现场", taken_on="2019-04-25")
    said: list[str] = []

    def keep(_connection, _cursor, statement, *_more) -> None:
        said.append(statement)

    listening.listen(desk.uow.engine, "before_cursor_execute", keep)
    reports = Reports(desk.uow, desk.clock)
    try:
        (bare,) = reports.event(EVENT).notes.photographs
        assert not any("photograph_contents" in statement for statement in said)
    finally:
        listening.remove(desk.uow.engine, "before_cursor_execute", keep)
    (whole,) = reports.event(EVENT, pictures=True).notes.photographs
    assert (bare.content, bare.caption, bare.taken_on) == (b"", Words("现场", None), date(2019, 4, 25))
    assert Image.open(io.BytesIO(whole.content)).size == (whole.width, whole.height) == (240, 160)
    assert desk.notes.photograph("one") == whole
    assert reports.week(WEEK, pictures=True).notes.photographs == ()


def test_a_picture_is_replaced_and_goes_with_its_photograph(desk: Desk) -> None:
    """Another file takes the place of the first; of a removed photograph no bytes stay."""
    desk.add("photograph", "one")
    first = desk.notes.photograph("one")
    edited = desk.edit("photograph", "one", file=str(PHOTOGRAPH.with_suffix(".png")))
    assert (edited.values["file"], edited.values["width"]) == ("photograph.png", 120)
    assert desk.notes.photograph("one").content != first.content
    assert desk.edit("photograph", "one", caption_en="On stage").name("en") == "On stage"
    assert desk.records.remove(desk.actor, "photograph", "one") is False
    refusal(NotFoundError, "record-missing", desk.notes.photograph, "one")
    with desk.uow.read() as session:
        assert session.scalar(select(func.count()).select_from(PhotographContent)) == 0


def test_writes_are_audited_without_pictures(desk: Desk) -> None:
    """Who wrote which field of which event; the bytes of a picture are in no trail, and the trail is sound."""
    write(desk, {"effect_zh": "好", "invited": 9})
    desk.add("photograph", "one")
    added, wrote = desk.audit.lines(2)
    assert (wrote.action, wrote.record_kind, wrote.fields) == ("write", "event", ("effect_zh", "invited"))
    assert (added.action, added.record_kind) == ("add", "photograph")
    assert desk.audit.broken() == ()
    before = len(desk.audit.lines())
    write(desk, {"effect_zh": "好"})
    assert len(desk.audit.lines()) == before, "what changes nothing leaves no entry"


def test_two_desks_do_not_overwrite_one_another(desk: Desk) -> None:
    """Who began with an older text is told; other parts are not concerned."""
    write(desk, {"effect_zh": "一"})
    later = {"effect_zh": "三"}
    write(desk, {"effect_zh": "二"})
    refusal(
        InvalidError,
        "text-changed",
        desk.notes.write,
        desk.actor,
        "event",
        EVENT,
        later,
        seen={"effect_zh": "一"},
    )
    assert desk.notes.write(desk.actor, "event", EVENT, {"effect_en": "3"}, seen={"effect_zh": "一"}).texts == {
        NoteKind.EFFECT: Words("二", "3")
    }  # fmt: skip


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    """A place that is not there, a kind that has no report, a field that no part has."""
    refusal(NotFoundError, "record-missing", desk.notes.show, "event", "nowhere")
    refusal(UsageError, "kind-unknown", desk.notes.show, "session", EVENT)
    refusal(UsageError, "field-unknown", write, desk, {"id": "x"})
    write(desk, {"effect_zh": "好"})
    assert desk.records.remove(desk.actor, "event", EVENT) is True, "archived: its report stands on it"
