"""Codes as pictures, one ZIP an enterprise: who is in which, what its contact is told, and what is noted of it."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
import zxingcpp
from PIL import Image

from ipweek.config import Settings
from ipweek.domain.enterprises import ContactChanges
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.i18n import choose
from ipweek.jobs.badge_pictures import BadgePictureJobs
from ipweek.services.enterprises import Enterprises
from tests.desk import EVENT, Desk, refusal


@pytest.fixture
def jobs(desk: Desk, tmp_path: Path) -> BadgePictureJobs:
    """The jobs over the desk's database."""
    choose("en")
    settings = Settings(tmp_path, "sqlite://", "en", "A", "Chen", None, tmp_path / "cache")
    return BadgePictureJobs(desk.badges, desk.records, settings, desk.clock)


def test_one_zip_an_enterprise(desk: Desk, jobs: BadgePictureJobs, tmp_path: Path) -> None:
    """Each delegate's own code in a picture under his name; who waits or cancelled has none; who comes for none too."""
    desk.add("enterprise", "gd-1")
    desk.add("enterprise", "gd-2", name_zh="样例光电/分部")
    Enterprises(desk.uow, desk.clock).add_contact(
        desk.actor, "gd-1", ContactChanges("王", phone="19900000001")
    )
    for name, enterprise in (("张伟", "gd-1"), ("李/静", "gd-1"), ("陈", "gd-2"), ("赵", "gd-1"), ("独", "")):
        desk.register(name, enterprise=enterprise)
    desk.registrations.cancel(desk.actor, "4")
    run = jobs.write(desk.actor, EVENT, tmp_path / "out" / "codes")
    assert [path.name for path in run.files] == [
        "样例光电_分部.zip",
        "样例光电有限公司.zip",
        "no enterprise.zip",
    ]
    assert run.pictures == 4
    issued = {one.name: one.code for one in desk.badges.codes(EVENT)}
    with ZipFile(run.files[1]) as archive:
        assert sorted(archive.namelist()) == ["1 李_静.png", "2 张伟.png", "说明 README.txt"]
        picture = Image.open(io.BytesIO(archive.read("2 张伟.png")))
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [issued["张伟"]]
        text = archive.read("说明 README.txt").decode("utf-8-sig")
    assert "\r\n" in text
    for told in ("样例光电有限公司 王：", "2019-04-25", "张伟", "请分别转发给本人", "To 王", "Conference"):
        assert told in text, told
    assert "1990000" not in text
    assert desk.audit.lines(1)[0].action == "export"
    assert desk.badges.prints(EVENT) == (), "they are no printed copies"
    again = jobs.write(desk.actor, EVENT, tmp_path / "out" / "codes", "样例光电")
    assert ([path.name for path in again.files], again.pictures) == (["样例光电有限公司.zip"], 2)


def test_what_cannot_be_written(desk: Desk, jobs: BadgePictureJobs, tmp_path: Path) -> None:
    """Nobody to write for, no such enterprise, and a place that takes no folder; nothing is noted then."""
    refusal(NotFoundError, "badges-none", jobs.write, desk.actor, EVENT, tmp_path / "x")
    desk.register("张伟")
    refusal(NotFoundError, "record-missing", jobs.write, desk.actor, EVENT, tmp_path / "x", "没有")
    (tmp_path / "file").write_text("", encoding="utf-8")
    refusal(InvalidError, "file-not-writable", jobs.write, desk.actor, EVENT, tmp_path / "file")
    refusal(InvalidError, "file-not-writable", jobs.write, desk.actor, EVENT, tmp_path / "file" / "below")
    assert desk.audit.lines(1)[0].action == "register"
    assert not (tmp_path / "x").exists()
