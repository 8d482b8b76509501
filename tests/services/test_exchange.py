"""Demands from the table to their end: taken down, matched, followed up, closed with a result, counted."""

from datetime import date

import pytest

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.exchange import DemandFilter, NewDemand, steps
from ipweek.domain.words import Confidentiality, DemandCategory, DemandStatus, LinkRole
from tests.desk import EVENT, Desk, refusal, with_event, with_workspace
from tests.kept_world import kept

ACME = "样例光电有限公司"
DAY = date(2019, 4, 25)
HOSTILE = "\x1b[31m[/]{name} %s 100% _x_ 张"
NEW, ACCEPTED, MATCHED, AT_WORK, CLOSED, DECLINED = DemandStatus


def with_exchange(desk: Desk) -> None:
    """Add the case library, an exchange, an enterprise and a speaker at it."""
    desk.workspaces.seed(desk.actor, "case-library")
    desk.add("speaker", "li", name_en="Li")
    desk.add("session", "exchange", kind="exchange", speakers="li")
    desk.add("enterprise", "acme", industries="led")


@pytest.fixture
def table(bare: Desk) -> Desk:
    """A desk with the case library, an exchange, an enterprise and a speaker at it."""
    return kept(bare, with_workspace, with_event, with_exchange)


def taken(desk: Desk, text: str = "Where to file?", /, **given: object) -> str:
    """The code of a demand taken down at the event."""
    values = {"enterprise": "acme", "category": DemandCategory.LAYOUT, "event": EVENT, **given}
    return desk.exchange.raise_(desk.actor, NewDemand(text=text, **values)).demand.code


def at(desk: Desk, code: str) -> dict[str, object]:
    """The values of a demand."""
    return dict(desk.exchange.demand(code).demand.values)


def test_a_demand_is_taken_down_at_the_table(table: Desk) -> None:
    """The day is the week's own; the enterprise is found by name or added; numbers follow each other."""
    table.clock.forward(hours=15)  # in Huizhou it is the 26th already
    code = taken(table, "要检索\n隔膜专利", enterprise="样例光电", session="exchange", event=None)
    assert code == "release-2019-demand-1"
    values = at(table, code)
    assert (values["event"], values["session"], values["enterprise"]) == (EVENT, "exchange", "acme")
    assert (values["raised_on"], values["status"]) == (date(2019, 4, 26), NEW)
    assert values["text"] == "要检索\n隔膜专利"
    assert taken(table, enterprise="新来的公司") == "release-2019-demand-2"
    assert at(table, "release-2019-demand-2")["enterprise_zh"] == "新来的公司"
    assert len(table.records.list("enterprise")) == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [({"enterprise": " "}, "enterprise"), ({"text": "\x1b "}, "text")],
)
def test_what_a_demand_needs(table: Desk, given: dict[str, str], field: str) -> None:
    """Whose it is and what it is; nothing is added otherwise."""
    new = {"enterprise": "acme", "text": "x", "category": DemandCategory.LAYOUT, **given}
    made = refusal(InvalidError, "field-required", table.exchange.raise_, table.actor, NewDemand(**new))
    assert made["field"] == field
    refusal(NotFoundError, "record-missing", taken, table, event="none")
    refusal(InvalidError, "phone-invalid", taken, table, phone="12", enterprise="Nobody yet")
    table.add("event", "other")
    refusal(InvalidError, "session-of-other-event", taken, table, event="other", session="exchange")
    assert table.exchange.board().total == 0
    assert len(table.records.list("enterprise")) == 1


def test_the_contact_is_the_delegate_who_can_be_meant(table: Desk) -> None:
    """Of one delegate name and phone are taken; of two nobody is guessed, and a typed one's phone is found."""
    assert at(table, taken(table))["contact"] is None
    table.register("张伟", "13800138000", "acme")
    values = at(table, taken(table))
    assert (values["contact"], values["phone"]) == ("张伟", "+8613800138000")
    table.register("李静", "13900139000", "acme")
    assert at(table, taken(table))["contact"] is None
    values = at(table, taken(table, contact="李静"))
    assert (values["contact"], values["phone"]) == ("李静", "+8613900139000")
    assert at(table, taken(table, contact="李静", phone="0752-2000001"))["phone"] == "+867522000001"


def test_two_tables_take_the_next_number(table: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another table was faster, the demand is taken down under the number after it."""
    real, tries = table.exchange._raise, []

    def late(*arguments):
        tries.append(1)
        if len(tries) == 1:
            raise AlreadyThereError("code-taken", kind="", code="")
        return real(*arguments)

    monkeypatch.setattr(table.exchange, "_raise", late)
    assert taken(table) == "release-2019-demand-1"
    assert len(tries) == 2


def test_it_closes_only_with_a_result(table: Desk) -> None:
    """By a move and by the form alike; the day comes with it, and goes when the demand is taken up again."""
    code, move = taken(table), table.exchange.move
    refusal(InvalidError, "demand-needs-outcome", move, table.actor, code, CLOSED)
    refusal(InvalidError, "demand-needs-outcome", move, table.actor, code, CLOSED, outcome="\x1b \n")
    refusal(InvalidError, "demand-needs-outcome", table.edit, "demand", code, status="closed")
    page = move(table.actor, code, CLOSED, outcome="Filed in DE.", satisfaction=5)
    values = page.demand.values
    assert (values["status"], values["closed_on"], values["satisfaction"]) == (CLOSED, DAY, 5)
    refusal(InvalidError, "demand-needs-outcome", table.edit, "demand", code, outcome="")
    assert table.edit("demand", code, closed_on="2019-05-01").values["closed_on"] == date(2019, 5, 1)
    again = move(table.actor, code, ACCEPTED).demand.values
    assert (again["closed_on"], again["satisfaction"], again["outcome"]) == (None, None, "Filed in DE.")
    line = table.audit.lines(1)[0]
    assert (line.action, line.fields) == ("edit", ("closed_on", "satisfaction", "status"))
    assert table.edit("demand", code, status="closed").values["closed_on"] == DAY


def test_satisfaction_comes_after_the_end(table: Desk) -> None:
    """From 1 to 5, and of a closed demand only; a day of closing is nothing an open one has."""
    code = taken(table)
    refusal(InvalidError, "demand-not-closed", table.edit, "demand", code, satisfaction="4")
    assert table.edit("demand", code, closed_on="2019-05-01", note="x").values["closed_on"] is None
    table.exchange.move(table.actor, code, CLOSED, outcome="Done.")
    for wrong in ("0", "6"):
        refusal(InvalidError, "demand-satisfaction", table.edit, "demand", code, satisfaction=wrong)
    assert table.edit("demand", code, satisfaction="1").values["satisfaction"] == 1


def test_a_match_is_somebody_or_something(table: Desk) -> None:
    """A provider or an answer stands behind it as long as the demand rests on it."""
    code, move = taken(table), table.exchange.move
    refusal(InvalidError, "demand-needs-match", move, table.actor, code, MATCHED)
    refusal(InvalidError, "demand-needs-match", move, table.actor, code, AT_WORK)
    assert move(table.actor, code, MATCHED, provider=" A  firm ").demand.values["provider"] == "A firm"
    refusal(InvalidError, "demand-needs-match", table.edit, "demand", code, provider="")
    table.exchange.answer(table.actor, code, "speaker", "li")
    table.edit("demand", code, provider="")
    answer = f"{code}-answer-1"
    refusal(InvalidError, "demand-needs-match", table.records.remove, table.actor, "demand_answer", answer)
    move(table.actor, code, ACCEPTED)
    assert table.records.remove(table.actor, "demand_answer", answer) is False


@pytest.mark.parametrize("last", DemandStatus)
@pytest.mark.parametrize("first", DemandStatus)
def test_which_status_follows_which(desk: Desk, first: DemandStatus, last: DemandStatus) -> None:
    """Onward, declined while open, and back to being taken up: whatever else is refused, by form and by move."""
    desk.add("enterprise", "acme")
    texts = {"status": first.value, "outcome": "Done.", "provider": "A firm", "event": EVENT}
    desk.add("demand", "one", **texts)
    if first is last:
        refusal(AlreadyThereError, "demand-is-so", desk.exchange.move, desk.actor, "one", last)
    elif last in steps(first):
        assert desk.exchange.move(desk.actor, "one", last).demand.values["status"] is last
    else:
        code = "demand-ended" if first in (CLOSED, DECLINED) else "demand-step-back"
        refusal(InvalidError, code, desk.exchange.move, desk.actor, "one", last)
        refusal(InvalidError, code, desk.edit, "demand", "one", status=last.value)


def test_an_answer_is_one_thing(table: Desk) -> None:
    """Neither none nor two; each is told by its own name."""
    code = taken(table)
    table.add("result", "draft", name_en="LED report")
    for kind, answer in (
        ("result", "draft"),
        ("case", "ultravision-2018"),
        ("speaker", "li"),
        ("provider", "A firm"),
    ):
        table.exchange.answer(table.actor, code, kind, answer)
    found = table.exchange.demand(code).answers
    assert [(one.kind, one.code) for one in found] == [
        ("result", "draft"), ("case", "ultravision-2018"), ("speaker", "li"), ("provider", None)
    ]  # fmt: skip
    assert [one.name_en for one in found if one.kind in ("result", "provider")] == ["LED report", "A firm"]
    texts = {"demand": code, "provider": "A firm"}
    refusal(InvalidError, "answer-one", table.add, "demand_answer", "two", speaker="li", **texts)
    refusal(InvalidError, "answer-one", table.edit, "demand_answer", f"{code}-answer-1", provider="B")
    refusal(InvalidError, "answer-one", table.edit, "demand_answer", f"{code}-answer-4", provider="")
    refusal(NotFoundError, "record-missing", table.exchange.answer, table.actor, code, "case", "none")


def test_what_may_answer_is_suggested(table: Desk) -> None:
    """The industry's released results, who speaks there, and cases for a dispute; what answers already is not."""
    table.add("result", "led-2019")
    code = taken(table, session="exchange")
    assert [one.code for one in table.exchange.demand(code).suggestions] == ["li"]
    table.navigation.link(table.actor, EVENT, "led-2019", LinkRole.RELEASED)
    dispute = taken(table, category=DemandCategory.DISPUTE)
    kinds = [one.kind for one in table.exchange.demand(dispute).suggestions]
    assert kinds == ["result", "case", "case", "case", "speaker"]
    table.exchange.answer(table.actor, dispute, "result", "led-2019")
    assert "result" not in [one.kind for one in table.exchange.demand(dispute).suggestions]
    other = taken(table, enterprise="Nobody's", category=DemandCategory.DISPUTE)
    measured = [one.code for one in table.exchange.demand(other).suggestions if one.kind == "case"]
    assert len(measured) == 4


def test_actions_come_due(table: Desk) -> None:
    """The day itself is not late; done or with its demand ended, an action is no longer waited for."""
    exchange, actor = table.exchange, table.actor
    code = taken(table)
    action = exchange.act(actor, code, "Call them.", owner=" Chen ", due_on=date(2019, 5, 1)).code
    exchange.act(actor, code, "No day.")
    found = DemandFilter(event=EVENT)
    assert exchange.overdue(found, date(2019, 5, 1)) == ()
    ((late),) = exchange.overdue(found, date(2019, 5, 4))
    assert (late.action.code, late.action.owner, late.days, late.demand) == (action, "Chen", 3, code)
    board = exchange.board(DemandFilter(overdue=True), on=date(2019, 5, 4))
    assert [(row.values["overdue"], row.values["to_do"]) for row in board.records] == [(1, 2)]
    assert exchange.board(DemandFilter(overdue=True), on=date(2019, 5, 1)).records == ()
    exchange.move(actor, code, CLOSED, outcome="Done.")
    assert exchange.overdue(found, date(2019, 5, 4)) == ()
    exchange.move(actor, code, ACCEPTED)
    assert exchange.done(actor, action, "a letter").values["done_on"] == DAY
    assert exchange.overdue(found, date(2019, 5, 4)) == ()
    refusal(AlreadyThereError, "action-done", exchange.done, actor, action)
    page = exchange.demand(code)
    assert [(one.evidence, one.overdue) for one in page.actions] == [(None, False), ("a letter", False)]


def test_the_board_is_in_the_order_of_the_work(table: Desk) -> None:
    """By status; the late first, then the urgent; counts are of the whole place, whatever is looked for."""
    first, second, third, urgent = (taken(table, f"no. {n}x 隔膜") for n in range(4))
    table.exchange.move(table.actor, second, CLOSED, outcome="Done.")
    table.exchange.act(table.actor, third, "Call.", due_on=date(2019, 4, 1))
    table.edit("demand", urgent, priority="high")
    board = table.exchange.board(DemandFilter(event=EVENT))
    assert [row.code for row in board.records] == [third, urgent, first, second]
    assert (board.counts.by_status, board.counts.overdue) == ({NEW: 3, CLOSED: 1}, 1)
    assert (board.counts.total, board.counts.matched, board.counts.closed) == (4, 1, 1)
    window = table.exchange.board(offset=1, limit=2)
    assert ([row.code for row in window.records], window.total) == ([urgent, first], 4)
    found = table.exchange.board(DemandFilter(text="隔膜 NO. 3X 光电"))
    assert ([row.code for row in found.records], found.counts.total) == ([urgent], 4)
    assert table.exchange.board(DemandFilter(status=CLOSED)).records[0].code == second
    table.add("event", "other")
    assert table.exchange.board(DemandFilter(event="other")).total == 0
    assert table.exchange.board(DemandFilter(week="huizhou-2019")).total == 4
    assert table.exchange.board(DemandFilter(session="exchange")).total == 0
    refusal(NotFoundError, "record-missing", table.exchange.board, DemandFilter(week="none"))


def test_what_is_said_in_confidence_stays_so(table: Desk) -> None:
    """No list tells it nor a whole phone; a page does, and unmasking is in the trail."""
    code = taken(table, "Our trick", phone="13800138000", confidentiality=Confidentiality.CONFIDENTIAL)
    table.exchange.move(table.actor, code, CLOSED, outcome="Our result")
    ((row),) = table.exchange.board(DemandFilter(text="trick")).records
    assert (row.values["text"], row.values["outcome"], row.values["phone"]) == (
        Confidentiality.CONFIDENTIAL, Confidentiality.CONFIDENTIAL, "138****8000"
    )  # fmt: skip
    assert "Our" not in str(table.exchange.board())
    assert table.exchange.demand(code).demand.values["text"] == "Our trick"
    ((whole),) = table.exchange.unmask(table.actor, (code,))
    assert (whole.values["text"], whole.values["phone"]) == ("Our trick", "13800138000")
    assert table.audit.lines(1)[0].action == "unmask"


def test_hostile_texts_stay_texts(table: Desk) -> None:
    """Escapes are cleaned, and what looks like markup, a format or a wildcard is found letter by letter."""
    code = taken(table, HOSTILE, enterprise=HOSTILE, contact=HOSTILE)
    table.exchange.act(table.actor, code, HOSTILE, owner=HOSTILE)
    table.exchange.move(table.actor, code, CLOSED, outcome=HOSTILE, provider=HOSTILE)
    assert table.exchange.board(DemandFilter(text="[/]{name} 100% _x_")).total == 1
    assert table.exchange.board(DemandFilter(text="_y_")).total == 0
    assert "\x1b" not in str(table.exchange.demand(code))
