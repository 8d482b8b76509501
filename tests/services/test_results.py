"""A result from draft to its next version: what stops a release, what never changes, what is carried over."""

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError
from ipweek.domain.navigation import Severity
from ipweek.domain.navigation_figures import computed_shares
from ipweek.domain.words import LinkRole, ResultStatus
from ipweek.render.errors import sentence
from ipweek.services.documents import Documents
from tests.desk import EVENT, Desk, refusal
from tests.navigation_world import fill

DRAFT = "draft"


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    """A desk with an empty draft, and with a session and another event to release it at."""
    desk.add("industry", "led")
    desk.add("enterprise", "acme")
    desk.add("result", DRAFT, cut_off="2019-04-01")
    desk.add("session", "talk")
    desk.add("event", "later", start="2019-05-06")
    return desk


def release(desk: Desk, place: str = EVENT, result: str = DRAFT) -> None:
    """Release a result at a place."""
    desk.navigation.link(desk.actor, place, result, LinkRole.RELEASED)


def told(work: Callable[[], object]) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(IpweekError) as caught:
        work()
    return sentence(caught.value)


def test_the_whole_model(drafted: Desk) -> None:
    """Every part is on the page, in its order, and no rule is broken."""
    fill(drafted, DRAFT)
    page = drafted.navigation.result(DRAFT)
    assert [(line.level, line.count) for line in page.counts][:2] == [("city", 285), ("world", 18204)]
    assert [line.year for line in page.years] == [2014, 2015, 2016, 2017, 2018, 2019]
    assert [line.provisional for line in page.years][-3:] == [False, True, True]
    assert [(line.name_en, line.depth) for line in page.branches] == [
        ("Electrolyte", 0), ("Solid", 1), ("Packaging", 0)]  # fmt: skip
    assert page.branches[0].symbols == ("H01M 10/056",)
    assert [(line.rank, line.count) for line in page.applicants] == [(1, 80), (2, 40), (2, 40)]
    assert [line.stage for line in page.nodes] == ["upstream", "midstream"]
    assert [(line.stage, line.dimension) for line in page.findings] == [
        ("direction", "technology"), ("positioning", "talent")]  # fmt: skip
    assert [line.audience for line in page.advice] == ["企业"]
    assert [line.kind for line in page.statements] == ["share", "quotation"]
    assert [line.location for line in page.documents] == ["https://example.org/report.pdf"]
    assert [note.code for note in page.notes] == ["symbol-reclassified"]
    assert (page.region.code, page.receipts, page.release) == (None, 0, None)


def test_a_city_above_its_province_is_not_released(drafted: Desk) -> None:
    """The release says which counts are wrong; corrected, it goes through."""
    drafted.add("level_count", "", level="province", count="200", unit="application", region_code="440000")
    city = drafted.add("level_count", "", level="city", count="285", unit="application", region_code="441300")
    message = told(lambda: release(drafted))
    assert (
        message
        == "Huizhou has 285, more than the 200 of Guangdong, which it is part of; correct one of the counts."
    )
    assert drafted.navigation.result(DRAFT).notes[0].severity is Severity.BROKEN
    assert drafted.navigation.links() == ()
    drafted.edit("level_count", city.code, count="185")
    release(drafted)
    assert drafted.navigation.result(DRAFT).result.values["status"] is ResultStatus.RELEASED


def test_ranks_stop_a_release_too(drafted: Desk) -> None:
    """Rule 4 in its own words."""
    for rank, count in (("1", "5"), ("2", "9")):
        drafted.add("applicant", "", rank=rank, count=count)
    assert "ranks follow counts" in told(lambda: release(drafted))


def test_warnings_hinder_nothing(drafted: Desk) -> None:
    """A share that disagrees, years that do not sum, a class given up, counts not comparable: all are told."""
    drafted.add("level_count", "", level="city", count="285", unit="application", period="2018")
    drafted.add("level_count", "", level="province", count="3000", unit="application", period="2018")
    drafted.add("level_count", "", level="country", count="5", unit="granted")
    drafted.add("year_count", "", year="2018", count="7", unit="application")
    drafted.add("branch", "", symbols="H01L 51/50")
    drafted.add("statement", "", kind="share", value="6", unit="%")
    notes = drafted.navigation.result(DRAFT).notes
    assert [note.code for note in notes] == [
        "not-comparable", "share-disagrees", "years-differ", "symbol-reclassified"]  # fmt: skip
    release(drafted)
    page = drafted.navigation.result(DRAFT)
    assert page.notes == notes
    assert [round(found.percent, 1) for found in computed_shares(page)] == [Decimal("9.5")]


def test_an_edit_of_a_released_result(drafted: Desk) -> None:
    """It is refused with the way out."""
    release(drafted)
    message = told(lambda: drafted.edit("result", DRAFT, note="x"))
    assert "draft is released and never edited; make its next version" in message
    assert message == told(lambda: drafted.add("level_count", ""))


def test_symbols_are_refused_at_once(drafted: Desk) -> None:
    """A wrong symbol is not saved, neither when it is added nor when it is changed."""
    params = refusal(InvalidError, "symbol-invalid", drafted.add, "branch", "", symbols="H01M 10; Q99")
    assert (params["field"], params["value"]) == ("symbols", "Q99")
    made = drafted.add("branch", "", symbols="h01m10/0525；G09F9/33")
    assert made.values["symbols"] == ("H01M 10/0525", "G09F 9/33")
    refusal(InvalidError, "symbol-invalid", drafted.edit, "branch", made.code, symbols="10/0525")


def test_branches_stay_a_tree(drafted: Desk) -> None:
    """A branch is no part of itself or of its parts, nor of another result's."""
    drafted.add("result", "other")
    drafted.add("branch", "top")
    drafted.add("branch", "below", parent="top")
    drafted.add("branch", "foreign", result="other")
    for parent in ("top", "below"):
        refusal(InvalidError, "branch-of-itself", drafted.edit, "branch", "top", parent=parent)
    refusal(InvalidError, "branch-of-other-result", drafted.edit, "branch", "below", parent="foreign")


def shape(desk: Desk, result: str) -> dict[str, list[tuple[object, ...]]]:
    """What a result consists of, without codes."""
    page = desk.navigation.result(result)
    names = {line.code: line.name_en for line in page.branches}
    return {
        "counts": [(line.level, line.count, line.unit, line.period, line.source) for line in page.counts],
        "years": [(line.year, line.count, line.provisional) for line in page.years],
        "branches": [
            (line.name_en, names.get(line.parent), line.symbols, line.count) for line in page.branches
        ],
        "applicants": [(line.rank, line.name_zh, line.enterprise, line.count) for line in page.applicants],
        "nodes": [(line.stage, line.name_zh, line.strength) for line in page.nodes],
        "findings": [(line.stage, line.dimension, line.text_zh) for line in page.findings],
        "advice": [(line.text_en, line.audience, line.horizon) for line in page.advice],
        "statements": [(line.kind, line.value, line.text_en, line.source) for line in page.statements],
        "documents": [(line.code, line.location) for line in page.documents],
    }


def test_the_next_version_begins_with_everything(drafted: Desk) -> None:
    """All parts are copied, reports received are not; a correction changes the copy and never the old one."""
    fill(drafted, DRAFT)
    release(drafted)
    drafted.add("receipt", "")
    before = shape(drafted, DRAFT)
    made = drafted.navigation.supersede(drafted.actor, DRAFT, {})
    assert made.code == "draft-v2"
    assert shape(drafted, "draft-v2") == before
    assert all(before.values())
    assert drafted.navigation.result("draft-v2").receipts == 0
    drafted.edit("level_count", "draft-v2-count-1", count="290")
    drafted.records.remove(drafted.actor, "branch", "draft-v2-branch-2")
    assert shape(drafted, DRAFT) == before
    newest = drafted.audit.lines(20)
    assert "supersede" in {line.action for line in newest}
    assert drafted.audit.broken() == ()


def test_the_next_version_takes_over_when_it_is_released(drafted: Desk) -> None:
    """Until then the old one stands; afterwards each names the other, and a third version has its own code."""
    release(drafted)
    drafted.navigation.supersede(drafted.actor, DRAFT, {})
    assert drafted.navigation.result("led").result.code == DRAFT
    release(drafted, "later", "draft-v2")
    old, new = drafted.navigation.result(DRAFT), drafted.navigation.result("draft-v2")
    assert (old.result.values["status"], old.superseded_by) == (ResultStatus.SUPERSEDED, "draft-v2")
    assert (new.result.values["status"], new.supersedes) == (ResultStatus.RELEASED, DRAFT)
    assert drafted.navigation.result("led").result.code == "draft-v2"
    assert drafted.navigation.supersede(drafted.actor, "draft-v2", {}).code == "draft-v3"
    refusal(InvalidError, "result-released", drafted.edit, "result", DRAFT, note="x")


@pytest.mark.parametrize("place", [EVENT, "talk"])
def test_a_moved_event_takes_the_release_with_it(drafted: Desk, place: str) -> None:
    """The day of a release is its event's, a session's without a day too; the change is in the trail."""
    release(drafted, place)
    drafted.edit("event", EVENT, start="2019-04-28 10:00")
    page = drafted.navigation.result(DRAFT)
    assert page.result.values["released_on"] == date(2019, 4, 28)
    assert page.notes == ()
    edited = [
        line for line in drafted.audit.lines(5) if line.record_kind == "result" and line.action == "edit"
    ]
    assert [line.fields for line in edited] == [("released_on",)]
    drafted.edit("event", EVENT, start="")
    assert drafted.navigation.result(DRAFT).result.values["released_on"] is None


def test_an_event_is_not_moved_before_the_data(drafted: Desk) -> None:
    """Nothing is changed where the data of what was released there would be younger than the release."""
    release(drafted, "talk")
    for kind, code in (("event", EVENT), ("session", "talk")):
        params = refusal(InvalidError, "cut-off-after-release", drafted.edit, kind, code, start="2019-03-31")
        assert params["result"] == DRAFT
    assert drafted.records.show("event", EVENT).values["start"].day == date(2019, 4, 25)
    assert drafted.navigation.result(DRAFT).result.values["released_on"] == date(2019, 4, 25)


def test_a_session_of_its_own_day_stays(drafted: Desk) -> None:
    """A release at a session that states its day does not follow the event; moved to another event, still not."""
    drafted.edit("session", "talk", start="2019-04-26")
    release(drafted, "talk")
    drafted.edit("event", EVENT, start="2019-04-20")
    drafted.edit("session", "talk", event="later")
    assert drafted.navigation.result(DRAFT).result.values["released_on"] == date(2019, 4, 26)
    drafted.edit("session", "talk", start="")
    assert drafted.navigation.result(DRAFT).result.values["released_on"] == date(2019, 5, 6)


# Documents


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A report on this machine."""
    made = tmp_path / "成果 报告.pdf"
    made.write_bytes(b"report")
    return made


def test_a_file_is_read_for_its_digest(drafted: Desk, file: Path) -> None:
    """The digest is of the bytes; another location has another one, an address none."""
    made = drafted.add("document", "report", results=DRAFT, location=str(file))
    assert made.values["sha256"] == hashlib.sha256(b"report").hexdigest()
    assert made.values["location"] == str(file)
    other = file.with_name("b.pdf")
    other.write_bytes(b"other")
    edited = drafted.edit("document", "report", location=str(other))
    assert edited.values["sha256"] == hashlib.sha256(b"other").hexdigest()
    assert drafted.edit("document", "report", location="https://example.org/a.pdf").values["sha256"] is None
    assert drafted.edit("document", "report", location=file.as_uri()).values["sha256"]
    assert drafted.edit("document", "report", location="").values["sha256"] is None


def test_files_that_cannot_be_read(drafted: Desk, file: Path) -> None:
    """A missing file, a folder and a digest of another file are refused, each in its own words."""
    add = drafted.add
    missing = told(lambda: add("document", "d", location=str(file) + "x"))
    assert "There is no file" in missing
    assert "is a folder" in told(lambda: add("document", "d", location=str(file.parent)))
    assert "is not the file that was meant" in told(
        lambda: add("document", "d", location=str(file), sha256="0" * 64)
    )
    assert "is no SHA-256" in told(lambda: add("document", "d", sha256="abc"))
    assert drafted.records.count("document") == 0


def test_files_are_checked(drafted: Desk, file: Path) -> None:
    """Unchanged, changed, missing; an address and a document without a file say that there is none here."""
    documents = Documents(drafted.uow, drafted.clock)
    drafted.add("document", "kept", results=DRAFT, location=str(file))
    drafted.add("document", "online", location="https://example.org")
    drafted.add("document", "paper")

    def states(**which: str) -> dict[str, str]:
        return {found.code: found.state.value for found in documents.check(**which)}

    assert states() == {"kept": "unchanged", "online": "no_file", "paper": "no_file"}
    file.write_bytes(b"other")
    assert states(result=DRAFT) == {"kept": "changed"}
    file.unlink()
    assert states(code="kept") == {"kept": "missing"}
    refusal(NotFoundError, "record-missing", documents.check, code="none")


def test_documents_of_a_released_result_stand(drafted: Desk, file: Path) -> None:
    """None is added, changed, taken away or removed; a draft may share one and let it go, a note may be added."""
    drafted.add("document", "report", results=DRAFT, location=str(file))
    release(drafted)
    for work in (
        lambda: drafted.add("document", "more", results=DRAFT),
        lambda: drafted.add("document", "more", results="led"),
        lambda: drafted.edit("document", "report", location="https://example.org"),
        lambda: drafted.edit("document", "report", results=""),
        lambda: drafted.records.remove(drafted.actor, "document", "report"),
    ):
        assert refusal(InvalidError, "result-released", work)["code"] == DRAFT
    drafted.navigation.supersede(drafted.actor, DRAFT, {})
    assert set(drafted.records.show("document", "report").values["results"]) == {DRAFT, "draft-v2"}
    drafted.edit("document", "report", results=DRAFT)
    assert drafted.navigation.result("draft-v2").documents == ()
    assert drafted.edit("document", "report", note="on paper too").values["note"] == "on paper too"
