"""Records of every kind: adding, editing, listing, showing, removing, and what is refused."""

from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError, UsageError
from ipweek.domain.kinds import KINDS, PARTS
from ipweek.domain.records import SEVERAL, FieldKind, parse
from ipweek.domain.starts import Start
from ipweek.domain.words import EventKind, EventStatus, LinkRole, Membership, ResultStatus
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.kinds import KEEPING
from tests.desk import EVENT, PHOTOGRAPH, REQUIRED, Desk, refusal, typed

TEXTS = {
    FieldKind.TEXT: ("[/bold]  甲", "乙"),
    FieldKind.LONG_TEXT: ("line 1\nline 2", "other"),
    FieldKind.INTEGER: ("20", "30"),
    FieldKind.DECIMAL: ("1.50", "2"),
    FieldKind.PARTIAL_DAY: ("2019-04", "2019"),
    FieldKind.CHOICES: ("invalidation; licence", "design_around"),
    FieldKind.DAY: ("2019-04-20", "2019-04-21"),
    FieldKind.START: ("2019-04-25 09:30", "2019-04-25"),
    FieldKind.FLAG: ("yes", "no"),
    FieldKind.WORDS: ("one; two", "three"),
    FieldKind.ZONE: ("Asia/Urumqi", "Asia/Shanghai"),
}
SPECIAL = {"status": ("closed", "closed"), "phone": ("+8613800138000", "+8613900139000"),
           "currency": ("CNY", "USD"), "country": ("CN", "US"), "satisfaction": ("5", "1"),
           "credit_code": ("91441300734122111K", "914403001922038216"), "region_code": ("441300", "441302"),
           "symbols": ("H01M 10/0525; H01M 50", "G09F 9/33"), "sha256": ("a" * 64, "b" * 64),
           "location": ("https://example.org/a.pdf", "https://example.org/b.pdf"),
           "file": (str(PHOTOGRAPH), str(PHOTOGRAPH.with_suffix(".png"))),
           "ends_on": ("2019-04-26", "2019-04-27"), "end": ("2019-04-25 11:30", "2019-04-26")}  # fmt: skip


UNMISSED = {"demand_answer": ("provider",), "coverage": ("event", "outlet"), "photograph": ("event",)}
"""The fields of which a kind needs one, beside those that every kind needs."""


def texts(kind: str, version: int) -> dict[str, str]:
    """A text for every field of a kind that does not name a record, and a status that takes them all."""
    told = {}
    for field in KINDS[kind].fields:
        pair = SPECIAL.get(field.name) or TEXTS.get(field.kind)
        if pair:
            told[field.name] = pair[version]
    return told


def stored(kind: str, told: dict[str, str]) -> dict[str, Any]:
    """The values that a record has once these texts are stored: of a file its name."""
    values = typed(kind, told)
    return values | ({"file": Path(values["file"]).name} if "file" in values else {})


def prepare(desk: Desk, kind: str) -> None:
    """Add what records of a kind refer to."""
    needed = [("venue", "hall"), ("industry", "led"), ("enterprise", "acme"), ("indicator", "grants")]
    for other, code in (*needed, ("result", "draft"), ("case", "a-v-b"), ("demand", "demand-0")):
        desk.add(other, code)
    if kind == "receipt":
        desk.navigation.link(desk.actor, EVENT, "draft", LinkRole.RELEASED)


@pytest.mark.parametrize("kind", KINDS)
def test_five_verbs(desk: Desk, kind: str) -> None:
    """A record of each kind is added, shown, listed, edited and removed; other fields stay as they were."""
    prepare(desk, kind)
    before = desk.records.count(kind)
    given = texts(kind, 0)
    added = desk.add(kind, "probe", **given)
    wanted = stored(kind, {"code": "probe", **REQUIRED[kind], **given})
    assert {name: added.values[name] for name in wanted} == wanted
    assert desk.records.show(kind, "PROBE ") == added
    assert desk.records.show(kind, added.id.hex) == added
    assert added in desk.records.list(kind)
    assert desk.records.count(kind) == before + 1
    note = "note" if "note" in added.values else "note_en"
    edited = desk.edit(kind, "probe", **{note: "changed"})
    assert dict(edited.values) == {**added.values, note: "changed"}
    edited = desk.edit(kind, "probe", **texts(kind, 1))
    size = {name: edited.values[name] for name in ("width", "height") if name in edited.values}
    assert dict(edited.values) == {**added.values, **stored(kind, texts(kind, 1)), **size}
    assert desk.records.remove(desk.actor, kind, "probe") is False
    refusal(NotFoundError, "record-missing", desk.records.show, kind, "probe")
    assert desk.records.count(kind) == before


@pytest.mark.parametrize("kind", KINDS)
def test_taking_back(desk: Desk, kind: str) -> None:
    """A field edited to empty is not stated, or back at its default where it cannot be left unsaid."""
    prepare(desk, kind)
    # A demand that is settled stays so, and its satisfaction with it: `test_exchange` has these.
    settled = {"status", "satisfaction"} if kind == "demand" else set()
    desk.add(kind, "probe", **{name: text for name, text in texts(kind, 0).items() if name not in settled})
    kept = ("name", "title", "text", "code", *UNMISSED.get(kind, ()))
    fields = [field for field in KINDS[kind].fields if not field.required and not field.name.startswith(kept)]
    edited = desk.edit(kind, "probe", **{field.name: "" for field in fields})
    defaults = {
        "required": False,
        "position": 0,
        "grace_minutes": 15,
        "status": "new" if kind == "demand" else EventStatus.PLANNED,
        "membership": Membership.STATED,
        "better": "higher",
        "comparator": None if kind == "statement" else "=",
        "provenance": "stated",
        "provisional": False,
        "copies": 1,
        "confidentiality": "internal",
        "priority": "normal",
    }
    for field in fields:
        expected = () if field.kind in SEVERAL else defaults.get(field.name)
        assert edited.values[field.name] == expected, field.name


def test_choice_goes_back_to_its_default(desk: Desk) -> None:
    """A status taken back is planned again, not what it was before."""
    desk.edit("event", EVENT, status="open", grace_minutes="5")
    edited = desk.edit("event", EVENT, status="", grace_minutes="")
    assert (edited.values["status"], edited.values["grace_minutes"]) == (EventStatus.PLANNED, 15)


@pytest.mark.parametrize("kind", KINDS)
def test_code_taken(desk: Desk, kind: str) -> None:
    """A code names one record of a kind, on adding and on editing."""
    prepare(desk, kind)
    desk.add(kind, "probe")
    assert refusal(AlreadyThereError, "code-taken", desk.add, kind, "probe")["code"] == "probe"
    desk.add(kind, "other", **({"period": "2020"} if kind == "indicator_value" else {}))
    refusal(AlreadyThereError, "code-taken", desk.edit, kind, "other", code="probe")
    assert desk.edit(kind, "other", code="third").code == "third"


def test_events_and_sessions_share_codes(desk: Desk) -> None:
    """A session cannot take an event's code, nor an event a session's."""
    refusal(AlreadyThereError, "code-taken", desk.add, "session", EVENT)
    desk.add("session", "opening")
    refusal(AlreadyThereError, "code-taken", desk.add, "event", "opening")
    refusal(AlreadyThereError, "code-taken", desk.edit, "event", EVENT, code="opening")


def test_references_by_code(desk: Desk) -> None:
    """References are given and shown as codes, in their order; an unknown one is refused and nothing stays."""
    for code in ("li", "wang", "zhao"):
        desk.add("speaker", code)
    added = desk.add("session", "talk", speakers="wang; li", moderators="zhao")
    assert (added.values["speakers"], added.values["moderators"]) == (("wang", "li"), ("zhao",))
    assert desk.edit("session", "talk", speakers="li").values["moderators"] == ("zhao",)
    params = refusal(NotFoundError, "record-missing", desk.edit, "session", "talk", speakers="nobody")
    assert params == {"kind": "speaker", "code": "nobody"}
    assert desk.records.show("session", "talk").values["speakers"] == ("li",)
    refusal(NotFoundError, "record-missing", desk.add, "room", "room-1", venue="nowhere")
    assert desk.records.count("room") == 0


def test_lists_of_a_parent(desk: Desk) -> None:
    """A list is of one parent's records; a kind without parent says so, pages do not overlap."""
    desk.add("event", "exchange")
    for number in range(5):
        desk.add("session", f"s{number}", event=EVENT if number < 3 else "exchange")
    assert [record.code for record in desk.records.list("session", "exchange")] == ["s3", "s4"]
    assert [record.code for record in desk.records.list("session", offset=1, limit=3)] == ["s1", "s2", "s3"]
    refusal(UsageError, "kind-has-no-parent", desk.records.list, "week", "huizhou-2019")
    refusal(UsageError, "kind-unknown", desk.records.list, "cheese")


def test_order_of_time(desk: Desk) -> None:
    """Events list by day; those without a time come first on their day, the undated last: on both engines."""
    for code, start in (("late", "2019-04-26 15:00"), ("early", "2019-04-26 09:00"), ("undated", ""),
                        ("all-day", "2019-04-26")):  # fmt: skip
        desk.add("event", code, start=start)
    codes = [record.code for record in desk.records.list("event")]
    assert codes == [EVENT, "all-day", "early", "late", "undated"]


def test_history_is_archived(desk: Desk) -> None:
    """What something refers to is archived, listed no more unless asked, and its code stays taken."""
    desk.register("李雷", enterprise="样例光电有限公司")
    enterprise = desk.records.list("enterprise")[0].code
    for kind, code in (("event", EVENT), ("week", "huizhou-2019"), ("enterprise", enterprise)):
        assert desk.records.remove(desk.actor, kind, code) is True
        assert desk.records.list(kind) == ()
        assert [record.archived for record in desk.records.list(kind, archived=True)] == [True]
    refusal(AlreadyThereError, "code-taken", desk.add, "event", EVENT)
    with desk.uow.read() as session:
        assert session.scalars(select(Checkpoint.code)).all() == [EVENT]
        assert len(session.scalars(select(BadgeKey)).all()) == 1


def test_released_result_stands(desk: Desk) -> None:
    """A released result cannot be edited; superseding it makes the next version, a draft that carries its values."""
    desk.add("industry", "led")
    desk.add("result", "led-2019", databases="incoPat; Lens")
    desk.navigation.link(desk.actor, EVENT, "led-2019", LinkRole.RELEASED)
    refusal(InvalidError, "result-released", desk.edit, "result", "led-2019", note="x")
    values = {"code": "led-2019-b", "note": "corrected"}
    made = desk.navigation.supersede(desk.actor, "led-2019", values)
    assert made.values["databases"] == ("incoPat", "Lens")
    assert (made.values["version"], made.values["status"]) == (2, ResultStatus.DRAFT)
    assert desk.records.show("result", "led").code == "led-2019"
    again = {"code": "led-2019-c"}
    params = refusal(
        AlreadyThereError, "code-taken", desk.navigation.supersede, desk.actor, "led-2019", again
    )
    assert params["code"] == "led-2019-b"
    refusal(InvalidError, "result-not-released", desk.navigation.supersede, desk.actor, "led-2019-b", again)
    desk.navigation.link(desk.actor, EVENT, "led-2019-b", LinkRole.RELEASED)
    assert desk.records.show("result", "led-2019").values["status"] is ResultStatus.SUPERSEDED
    assert desk.records.show("result", "LED").code == "led-2019-b"


@pytest.mark.parametrize(
    ("start", "end"), [("2019-04-25", "2019-04-24"), ("2019-04-25 10:00", "2019-04-25 09:59")]
)
def test_end_before_start(desk: Desk, start: str, end: str) -> None:
    """An end before the start is refused, on adding and on editing either; an open one is not."""
    refusal(InvalidError, "ends-before-start", desk.add, "event", "bad", start=start, end=end)
    refusal(InvalidError, "ends-before-start", desk.add, "session", "bad", start=start, end=end)
    desk.add("session", "good", start=start, end="2019-04-25")
    refusal(InvalidError, "ends-before-start", desk.edit, "session", "good", end=end)
    days = {"starts_on": "2019-04-26", "ends_on": "2019-04-20"}
    refusal(InvalidError, "ends-before-start", desk.edit, "week", "huizhou-2019", **days)
    assert desk.records.show("session", "good").values["end"] == Start(date(2019, 4, 25))


def test_capacity_below_taken(desk: Desk) -> None:
    """A capacity below the places taken is refused with their number; one that fits is kept."""
    for number in range(3):
        desk.register(f"来宾{number}", f"1990000000{number}")
    params = refusal(InvalidError, "capacity-below-taken", desk.edit, "event", EVENT, capacity="2")
    assert params["taken"] == 3
    assert desk.edit("event", EVENT, capacity="3").values["taken"] == 3


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Shanghai"])
def test_date_stays_in_any_zone(empty: Desk, zone: str) -> None:
    """A start without a time keeps its date and has no moment; one with a time is local to the week."""
    empty.add("week", "huizhou-2019", zone=zone)
    shown = empty.add("event", EVENT, start="2019-04-25").values["start"]
    assert shown == Start(date(2019, 4, 25))
    assert shown.moment(zone) is None
    empty.edit("event", EVENT, start="2019-04-25 23:30")
    shown = empty.records.show("event", EVENT).values["start"]
    assert shown == Start(date(2019, 4, 25), time(23, 30))
    local = shown.moment(zone).astimezone(ZoneInfo(zone))
    assert (local.date(), local.hour) == (date(2019, 4, 25), 23)


def test_week_gets_a_key_and_places_a_door(desk: Desk) -> None:
    """A week has a signing key of its own, an event and a session a door by their codes, renamed with them."""
    desk.add("week", "second")
    desk.add("session", "talk")
    desk.edit("event", EVENT, code="conference")
    desk.edit("session", "talk", code="keynote")
    with desk.uow.read() as session:
        secrets = session.scalars(select(BadgeKey.secret)).all()
        assert len({bytes(secret) for secret in secrets}) == 2
        assert {len(secret) for secret in secrets} == {32}
        assert set(session.scalars(select(Checkpoint.code))) == {"conference", "keynote"}


def test_moved_session_takes_its_door(desk: Desk) -> None:
    """The door of a session that moves to another event belongs to that event."""
    other = desk.add("event", "exchange")
    desk.add("session", "talk")
    desk.edit("session", "talk", event="exchange")
    with desk.uow.read() as session:
        assert session.scalar(select(Checkpoint.event_id).where(Checkpoint.code == "talk")) == other.id


def test_hostile_text(desk: Desk) -> None:
    """Markup is text, control and bidi characters are cleaned away, 200 wide characters fit and 201 do not."""
    name = "[red]甲[/] ${x} '; DROP TABLE weeks"
    assert (
        desk.add("venue", "v1", name_zh=f"\x1b[31m\u202e{name}\x00\ufeff").values["name_zh"] == f"[31m{name}"
    )
    assert desk.add("venue", "v2", name_zh="囧" * 200).values["name_zh"] == "囧" * 200
    with pytest.raises(InvalidError, match="field-too-long"):
        parse(KINDS["venue"].field("name_zh"), "囧" * 201)
    refusal(NotFoundError, "record-missing", desk.records.show, "venue", "\x00\udcff' OR 1=1")


def test_short_columns_refuse_long_texts(desk: Desk) -> None:
    """A text that the column does not hold is refused on both engines alike."""
    params = refusal(InvalidError, "field-too-long", desk.edit, "week", "huizhou-2019", region_code="4" * 13)
    assert (params["field"], params["limit"]) == ("region_code", 12)


def test_credit_codes(desk: Desk) -> None:
    """A credit code is kept in its form, checked, and belongs to one enterprise."""
    added = desk.add("enterprise", "eve", credit_code="９１441300 734122111k")
    assert added.values["credit_code"] == "91441300734122111K"
    refusal(
        InvalidError, "credit-code-check", desk.edit, "enterprise", "eve", credit_code="914413007341221110"
    )
    code = added.values["credit_code"]
    refusal(AlreadyThereError, "credit-code-taken", desk.add, "enterprise", "two", credit_code=code)
    desk.add("enterprise", "two")
    refusal(AlreadyThereError, "credit-code-taken", desk.edit, "enterprise", "two", credit_code=code)


def test_what_is_missing(desk: Desk) -> None:
    """A required field, a name in neither language and an unknown field are refused by name."""
    values = typed("event", {"code": "x", **REQUIRED["event"]})
    del values["kind"]
    assert (
        refusal(InvalidError, "field-required", desk.records.add, desk.actor, "event", values)["field"]
        == "kind"
    )
    refusal(InvalidError, "field-required", desk.edit, "event", EVENT, name_en="")
    values = {"taken": 5}
    refusal(UsageError, "field-unknown", desk.records.edit, desk.actor, "event", EVENT, values)
    assert desk.records.show("event", EVENT).values["kind"] is EventKind.RELEASE


def test_raised_capacity_lets_the_line_in(desk: Desk) -> None:
    """Those in line move up, first come first, when places are added; without a limit all do."""
    desk.edit("event", EVENT, capacity="1")
    for number in range(4):
        desk.clock.forward(minutes=1)
        desk.register(f"来宾{number}", f"1990000000{number}")
    assert desk.edit("event", EVENT, capacity="2").values["taken"] == 2
    assert [row.name for row in desk.registrations.waiting_list(EVENT)] == ["来宾2", "来宾3"]
    assert desk.edit("event", EVENT, capacity="").values["taken"] == 4
    assert desk.registrations.waiting_list(EVENT) == ()


def test_renamed_enterprise_is_found(desk: Desk) -> None:
    """People are found by their enterprise's new name, and still by the old one."""
    desk.register("李雷", enterprise="样例光电有限公司")
    desk.edit("enterprise", desk.records.list("enterprise")[0].code, name_zh="惠州华阳有限公司")
    for query in ("华阳", "hzhy", "光电"):
        assert [row.name for row in desk.registrations.page(EVENT, query).rows] == ["李雷"], query


def test_tables_of_all_kinds_are_kept() -> None:
    """Every kind has a table, and every field of it a column there or a side table."""
    for kind in KINDS.values():
        keeping = KEEPING[kind.code]
        sides = {name for name, _side in keeping.sides}
        for field in kind.fields:
            suffix = {FieldKind.START: "_day", FieldKind.REFERENCE: "_id", FieldKind.FILE: "_name"}.get(
                field.kind, ""
            )
            assert field.name in sides or f"{field.name}{suffix}" in keeping.table.__table__.c, field.name


def test_numbered_records_get_the_next_code(desk: Desk) -> None:
    """A part of a result that is given no code is numbered under it; the number after the largest, not a gap."""
    prepare(desk, "level_count")
    codes = [desk.add("level_count", "").code for _place in range(3)]
    assert codes == ["draft-count-1", "draft-count-2", "draft-count-3"]
    desk.records.remove(desk.actor, "level_count", "draft-count-2")
    assert desk.add("level_count", "").code == "draft-count-4"


def test_numbered_records_stand_in_the_order_of_their_numbers(desk: Desk) -> None:
    """The tenth comes after the ninth."""
    prepare(desk, "finding")
    made = [desk.add("finding", "").code for _place in range(11)]
    assert [record.code for record in desk.records.list("finding", "draft")] == made


@pytest.mark.parametrize("kind", [part for part in PARTS["result"] if part != "receipt"])
def test_parts_of_a_released_result_stand(desk: Desk, kind: str) -> None:
    """Nothing is added to a released result, changed in it or taken out of it; a report may still be received."""
    prepare(desk, kind)
    desk.add(kind, "probe")
    desk.navigation.link(desk.actor, EVENT, "draft", LinkRole.RELEASED)
    for work in (lambda: desk.add(kind, "other"), lambda: desk.edit(kind, "probe", **texts(kind, 1))):
        assert refusal(InvalidError, "result-released", work)["code"] == "draft"
    refusal(InvalidError, "result-released", desk.records.remove, desk.actor, kind, "probe")
    assert desk.add("receipt", "").code == "draft-receipt-1"


def test_a_source_in_use_is_kept(desk: Desk) -> None:
    """A kind that keeps no archive refuses to remove what others refer to."""
    prepare(desk, "source")
    desk.add("source", "page")
    desk.add("finding", "", source="page")
    refusal(InvalidError, "record-in-use", desk.records.remove, desk.actor, "source", "page")
    desk.records.remove(desk.actor, "finding", "draft-finding-1")
    assert desk.records.remove(desk.actor, "source", "page") is False
