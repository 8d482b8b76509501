"""Badges: codes and symbols a second, fonts, and sheets of 1,000 and 10,000. Run as a script.

CPU seconds of this process, without start-up and imports; memory is the peak of the whole process.
"""

import random
import time
from io import BytesIO
from uuid import UUID

import psutil

from ipweek.domain.badge_code import BadgeCode, badge_number, compose
from ipweek.domain.badges import BadgeFace
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
    met = []
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
    for number, seconds, size in ((1_000, 2.0, 1.0), (10_000, 6.0, 10.0)):
        faces = make_faces(number)
        begun = time.process_time()
        fonts = FontSet(texts(faces))
        loaded = time.process_time() - begun
        out = BytesIO()
        draw_sheet(faces, out, fonts)
        spent, written = time.process_time() - begun, len(out.getvalue()) / 1e6
        met.append(line(f"{number:,} badges: fonts", loaded, "s", "<= 0.50", met=loaded <= 0.5))
        met.append(
            line(f"{number:,} badges: fonts and sheets", spent, "s", f"<= {seconds}", met=spent <= seconds)
        )
        met.append(line(f"{number:,} badges: file", written, "MB", f"<= {size}", met=written <= size))
    peak = _peak()
    met.append(line("peak memory, the 10,000 faces included", peak, "MB", "<= 120", met=peak <= 120))
    return 0 if all(met) else 1


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
