"""Badges: codes and symbols a second, fonts, and sheets of 1,000 and 10,000. Run as a script.

CPU seconds of this process, without start-up and imports; memory is the peak of the whole process.
"""

import ctypes
import ctypes.util
import random
import time
import zlib
from io import BytesIO
from uuid import UUID

import psutil

from ipweek.adapters.badge_templates import builtin
from ipweek.domain.badge_code import BadgeCode, badge_number, compose
from ipweek.domain.badges import BadgeFace, BadgeWords
from ipweek.render.badge_check import look_over, read_back
from ipweek.render.badge_sheet import draw_sheet, texts
from ipweek.render.fonts import FontSet
from ipweek.render.qr import packed, symbol

KEY = bytes(range(32))
WORKSPACE = UUID("01912f00-0000-7000-8000-000000000001")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌辉鹏宇浩然子轩梓涵欣怡诗琪博雅思远"
TRADES = (
    "软包锂离子电池",
    "量子点显示",
    "LED显示屏",
    "光电科技",
    "新材料",
    "智能装备",
    "精密制造",
    "知识产权服务",
)


def make_faces(number: int) -> list[BadgeFace]:
    """Invented people of invented enterprises, always the same for a number."""
    chance = random.Random(number)
    faces = []
    for counter in range(number):
        trade, place = chance.choice(TRADES), "".join(chance.choices(GIVEN + SURNAMES, k=2))
        faces.append(
            BadgeFace(
                registration=UUID(int=counter + 1),
                code=compose(BadgeCode(1, badge_number(1, counter), 1), KEY, WORKSPACE),
                name=chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2)))),
                name_latin=f"Sample {chance.randrange(10**5)}",
                enterprise=f"惠州{place}样例{trade}有限公司",
                title=chance.choice(("知识产权经理", "总工程师", "研发主管 R&D", "IP manager")),
                category=chance.choice(("企业代表", "专家", "媒体", "工作人员")),
                week="2019年惠州市知识产权宣传周",
                event="重点产业专利导航成果发布会",
                seat=f"{chance.choice('ABCDEF')}-{chance.randrange(1, 40):02d}",
                synthetic=True,
            )
        )
    return faces


def line(what: str, value: float, unit: str, floor: str, *, met: bool) -> bool:
    """Print one figure with the bound it is held to."""
    print(f"{what:<44} {value:>12,.2f} {unit:<6} {floor:<16} {'ok' if met else 'MISSED'}")
    return met


def main() -> int:
    """Measure, print and return 1 where a bound is missed."""
    met, layout = [], builtin("a4-2x5")
    symbol("0" * 27)
    begun = time.process_time()
    codes = [compose(BadgeCode(1, number, 1), KEY, WORKSPACE) for number in range(50_000)]
    rate = len(codes) / (time.process_time() - begun)
    met.append(line("codes composed", rate, "/s", ">= 50,000", met=rate >= 50_000))
    begun = time.process_time()
    for code in codes:
        packed(symbol(code))
    rate = len(codes) / (time.process_time() - begun)
    met.append(line("symbols drawn and packed", rate, "/s", ">= 50,000", met=rate >= 50_000))
    floor = libqrencode(codes)
    if floor is not None:
        line("symbols drawn by libqrencode, eight masks", floor, "/s", "", met=True)
    for number, seconds, size in ((1_000, 1.5, 0.6), (10_000, 6.0, 6.0)):
        faces = make_faces(number)
        begun = time.process_time()
        fonts = FontSet(texts(faces, layout))
        loaded = time.process_time() - begun
        out = BytesIO()
        draw_sheet(faces, out, fonts, layout=layout)
        spent, written = time.process_time() - begun, len(out.getvalue()) / 1e6
        met.append(line(f"{number:,} badges: fonts", loaded, "s", "<= 0.50", met=loaded <= 0.5))
        met.append(
            line(f"{number:,} badges: fonts and sheets", spent, "s", f"<= {seconds}", met=spent <= seconds)
        )
        met.append(line(f"{number:,} badges: file", written, "MB", f"<= {size}", met=written <= size))
        floor = bare(faces)
        met.append(
            line(
                f"{number:,} badges: times a bare PDF writer",
                spent / floor,
                "",
                "<= 40",
                met=spent <= 40 * floor,
            )
        )
        begun = time.process_time()
        found = list(look_over(faces, fonts, layout, BadgeWords()))
        read = read_back(out.getvalue(), faces, layout)
        spent = time.process_time() - begun
        assert found == []
        assert read.findings == ()
        met.append(
            line(f"{number:,} badges: checked, {read.codes} codes read", spent, "s", "<= 5", met=spent <= 5)
        )
    peak = _peak()
    met.append(line("peak memory, the 10,000 faces included", peak, "MB", "<= 120", met=peak <= 120))
    return 0 if all(met) else 1


def bare(faces: list[BadgeFace]) -> float:
    """What the least costs that makes such pages: the same texts and symbols written as bytes, ten a page, compressed."""
    begun = time.process_time()
    pages = []
    for start in range(0, len(faces), 10):
        parts = []
        for face in faces[start : start + 10]:
            texts = (
                face.week,
                face.event,
                face.name,
                face.name_latin,
                face.enterprise,
                face.title,
                face.category,
            )
            parts += [
                f"BT /F1 9 Tf 1 0 0 1 14 120 Tm <{text.encode('utf-16-be').hex()}> Tj ET" for text in texts
            ]
            parts.append(
                f"q 56 0 0 56 186 60 cm BI /W 21 /H 21 /IM true ID {packed(symbol(face.code)).hex()}> EI Q"
            )
        pages.append(zlib.compress("\n".join(parts).encode()))
    b"".join(pages)
    return time.process_time() - begun


def libqrencode(codes: list[str]) -> float | None:
    """Symbols a second of the C library, which tries eight masks; None where it is not installed."""
    name = ctypes.util.find_library("qrencode")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    library.QRcode_encodeString.restype = ctypes.c_void_p
    library.QRcode_free.argtypes = [ctypes.c_void_p]
    begun = time.process_time()
    for code in codes:
        drawn = library.QRcode_encodeString(code.encode(), 1, 2, 2, 1)
        assert drawn
        library.QRcode_free(drawn)
    return len(codes) / (time.process_time() - begun)


def _peak() -> float:
    """The most memory this process had, in MB; where the platform does not keep it, what it has now."""
    memory = psutil.Process().memory_info()
    try:
        import resource
    except ImportError:
        return getattr(memory, "peak_wset", memory.rss) / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    raise SystemExit(main())
