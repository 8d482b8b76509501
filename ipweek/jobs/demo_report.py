"""What an invented organizer wrote after the conference of the demonstration, and two pictures that were drawn."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.domain.actor import Actor
from ipweek.domain.starts import Start
from ipweek.services.records import Records
from ipweek.services.report_notes import Notes

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SIZE = (960, 640)
_WALL, _FLOOR, _DARK, _BLUE, _LIGHT, _WOOD = "#e8eef3", "#c9d3db", "#33414d", "#1f5f99", "#ffffff", "#8a6642"

_TEXTS = {
    "preparation_zh": "（样例）会前成立筹备组，分设会务、资料、签到三个小组，逐户通知三大重点产业的企业。\n"
    "（样例）导航成果的分析资料提前印制，胸卡和签到码在会前一天备齐，并在会场完成两次签到演练。",
    "preparation_en": "(Synthetic) A preparatory group was set up with three teams, for the venue, the papers and the"
    " check-in; the enterprises of the three key industries were called one by one.\n"
    "(Synthetic) The papers on the navigation results were printed ahead, badges and check-in codes were ready the"
    " day before, and the check-in was rehearsed twice at the venue.",
    "problems_zh": "（样例）部分企业由非专利工作人员代替参会，会后转达效果有限。\n"
    "（样例）下午场次连续安排，个别企业未能同时参加企业交流会和典型案例分析。",
    "problems_en": "(Synthetic) Some enterprises sent people who do not work with patents; what they heard was passed"
    " on only in part.\n"
    "(Synthetic) The sessions of the afternoon followed one another closely, and some enterprises could not take"
    " part in both the exchange and the case analysis.",
    "next_steps_zh": "（样例）对未到会的企业逐户送达导航成果资料。\n"
    "（样例）对企业需求实行台账管理，按期跟进，办结一件、销号一件。\n"
    "（样例）每半年更新一次导航数据，并向企业公布变化情况。",
    "next_steps_en": "(Synthetic) Take the papers on the navigation results to the enterprises that missed the"
    " conference.\n"
    "(Synthetic) Keep a ledger of the demands of enterprises, follow each one up in time and close it with a"
    " result.\n"
    "(Synthetic) Bring the navigation data up to date every half-year and tell enterprises what has changed.",
    "invited": 150,
    "signed_by_zh": "样例活动筹备组",
    "signed_by_en": "Sample organizing committee (synthetic)",
}  # fmt: skip


def play(actor: Actor, notes: Notes, records: Records, event: str) -> None:
    """Write the texts and attach the pictures."""
    notes.write(actor, "event", event, _TEXTS)
    with tempfile.TemporaryDirectory(prefix="ipweek-demo-") as folder:
        for name, (zh, en, scene) in _PICTURES.items():
            file = Path(folder) / f"{name}.png"
            _draw(scene, file)
            photograph = {
                "event": event,
                "file": str(file),
                "caption_zh": f"{zh}（样例图，非实拍）",
                "caption_en": f"{en} (drawn, synthetic)",
                "taken_on": Start.parse("2019-04-25").day,
            }
            records.add(actor, "photograph", photograph)


def _draw(scene: Callable[["ImageDraw"], None], file: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - only where pictures are drawn

    image = Image.new("RGB", _SIZE, _WALL)
    pen = ImageDraw.Draw(image)
    scene(pen)
    pen.text((_SIZE[0] - 16, 12), "SYNTHETIC", _DARK, ImageFont.load_default(24), anchor="ra")
    image.save(file)


def _release(pen: "ImageDraw") -> None:
    """A stage with three charts on the wall, seen over the heads of the audience."""
    pen.rectangle((0, 420, 960, 640), _FLOOR)
    pen.rectangle((180, 60, 780, 330), _BLUE)
    for place, heights in enumerate(((60, 110, 170), (150, 90, 130), (80, 140, 190))):
        left = 220 + 190 * place
        for bar, height in enumerate(heights):
            pen.rectangle((left + 46 * bar, 300 - height, left + 46 * bar + 30, 300), _LIGHT)
    pen.rectangle((120, 360, 840, 420), _WOOD)
    _person(pen, 810, 300, 1.0)
    for row in range(3):
        for seat in range(9 + row):
            _person(pen, 40 + (row % 2) * 45 + seat * 100, 480 + row * 62, 0.9 + 0.15 * row)


def _exchange(pen: "ImageDraw") -> None:
    """People around three tables."""
    pen.rectangle((0, 300, 960, 640), _FLOOR)
    for left in (90, 380, 670):
        pen.rectangle((left, 90, left + 200, 220), _LIGHT, _DARK, 3)
    for middle, bottom in ((210, 430), (500, 540), (770, 400)):
        for step in (-95, -35, 35, 95):
            _person(pen, middle + step, bottom - 90, 0.9)
        pen.ellipse((middle - 140, bottom - 50, middle + 140, bottom + 40), _WOOD)


def _person(pen: "ImageDraw", middle: int, top: int, scale: float) -> None:
    head, wide, tall = 18 * scale, 36 * scale, 70 * scale
    pen.rounded_rectangle((middle - wide, top + head, middle + wide, top + head + tall), 16 * scale, _DARK)
    pen.ellipse((middle - head, top - head, middle + head, top + head), "#d9b48f")


_PICTURES: dict[str, tuple[str, str, Callable[["ImageDraw"], None]]] = {
    "release": ("专利导航成果发布现场", "The results are released", _release),
    "exchange": ("企业交流会现场", "At the enterprise exchange", _exchange),
}
