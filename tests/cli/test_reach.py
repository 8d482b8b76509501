"""`reach` with its follow-up list, and `receive`."""

import csv
import json
from pathlib import Path

from openpyxl import load_workbook

from ipweek.bootstrap import App
from ipweek.config import load
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import LinkRole

EVIL = "=HYPERLINK(1)[/]"


def world(home: Path) -> None:
    """One who heard nothing, one who only registered with a phone, one named to do harm that missed it."""
    work = App(load({"home": str(home), "desk": "d", "operator": "o"}))
    add = lambda kind, code, **values: work.records.add(work.actor, kind, {"code": code, **values})  # noqa: E731
    add("industry", "oled", name_en="OLED", aliases=("柔性屏",))
    add("result", "oled-2019", name_en="OLED result", industry="oled")
    for code, name in (("came", "样例甲有限公司"), ("far", f"样例乙{EVIL}")):
        add("enterprise", code, name_zh=name, industries=("oled",), district="惠城区", note=EVIL)
    work.navigation.link(work.actor, "release-2019", "oled-2019", LinkRole.RELEASED)
    new = NewRegistration("张伟", phone="13812345678", enterprise="came", email="zhang@example.com")
    work.registrations.register(work.actor, "release-2019", new)
    work.close()


def test_parts_and_masks(run, seeded: Path) -> None:
    """Who missed it in one command; a filter leaves the other parts out; whole numbers are audited."""
    world(seeded)
    told = run("reach", "OLED", "--missed")
    assert told.exit_code == 0, told.output
    assert "样例乙=HYPERLINK(1)[/]" in told.stdout
    assert "样例甲" not in told.stdout
    told = json.loads(run("reach", "柔性屏", "--registered-only", "--json").stdout)
    assert {"heard", "missed"} & set(told) == set()
    (row,) = told["registered_only"]
    assert row["contact"] == {"name": "张伟", "phone": "138****5678", "email": "z***@example.com"}
    assert [one["name"] for one in row["delegates"]] == ["张伟"]
    assert "unmask" not in run("audit").stdout
    assert "13812345678" in run("reach", "oled", "--unmask", "--json").stdout
    assert "unmask" in run("audit").stdout


def test_the_follow_up_list(run, seeded: Path, tmp_path: Path) -> None:
    """Missed and registered only, masked, formulas disarmed; the others when they are asked for."""
    world(seeded)
    assert run("receive", "oled", "--enterprise", "far", "--by", "李静", "--copies", "2").exit_code == 0
    book, text = tmp_path / "list.xlsx", tmp_path / "list.csv"
    told = run("reach", "oled", "--out", book)
    assert (told.exit_code, "enterprises: 2" in told.stdout) == (0, True)
    assert run("reach", "oled", "--out", text, "--unmask", "--lang", "zh").exit_code == 0
    rows = list(load_workbook(book).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Code", "Enterprise", "District", "State")
    assert rows[1][0] == "far"
    assert rows[1][3] == "missed"
    assert rows[1][8:11] == (2, "李静", f"'{EVIL}")
    assert rows[2][3:8] == ("registered only", "张伟 –", "张伟", "138****5678", "z***@example.com")
    assert text.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(text.read_text("utf-8-sig").splitlines()))
    assert (rows[2][3], rows[2][6]) == ("仅报名", "13812345678")
    assert run("reach", "oled", "--heard", "--out", book).exit_code == 0
    assert load_workbook(book).active.max_row == 1


def test_what_cannot_be_listed(run, seeded: Path, tmp_path: Path) -> None:
    """An unknown name, a format that is not written, a result nobody released; nothing is left behind."""
    world(seeded)
    run("result", "add", "draft", "--industry", "oled", "--name-en", "Next")
    for arguments, status, told in (
        (("reach", "nowhere"), 4, "nowhere"),
        (("reach", "oled", "--out", tmp_path / "list.pdf"), 2, ".xlsx, .csv"),
        (("reach", "draft", "--out", tmp_path / "list.csv"), 1, "not known"),
        (("reach", "oled", "--unmask", "--out", tmp_path / "no" / "list.csv"), 1, "list.csv"),
        (("receive", "draft", "--enterprise", "far"), 1, "is a draft"),
        (("receive", "oled"), 2, "--registration"),
        (("receive", "oled", "--enterprise", "far", "--on", "soon"), 1, "soon"),
    ):
        found = run(*arguments)
        assert (found.exit_code, told in found.stderr) == (status, True), found.output
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    assert "unmask" not in run("audit").stdout


def test_a_report_is_received_once(run, seeded: Path) -> None:
    """The same person again only with --again; the generic verbs list it."""
    world(seeded)
    taken = ("receive", "oled", "--enterprise", "样例甲有限公司", "--by", "张伟", "--on", "2019-04-25")
    told = json.loads(run(*taken, "--json").stdout)
    assert (told["enterprise"]["code"], told["copies"], told["received_on"]) == ("came", 1, "2019-04-25")
    refused = run(*taken)
    assert (refused.exit_code, "--again" in refused.stderr) == (4, True)
    assert run(*taken, "--again").exit_code == 0
    assert run("result", "receipt", "list", "--result", "oled-2019").stdout.count("张伟") == 2
    assert json.loads(run("reach", "oled", "--json").stdout)["registered_only"][0]["reports_received"] == 2
