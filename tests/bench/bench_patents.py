"""Patent exports of 100,000 rows: `python tests/bench/bench_patents.py [rows]`, or pytest for the bounds.

Each export is read in a process of its own, so that its peak memory is its own; beside it stands what the plain
reader of such a file takes, which understands nothing of it.
"""

import csv
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_LENS = (
    "#,Jurisdiction,Kind,Display Key,Lens ID,Publication Date,Publication Year,Application Number,Application Date,"
    "Priority Numbers,Earliest Priority Date,Title,Abstract,Applicants,Inventors,Owners,URL,Document Type,Has Full Text,"
    "Cites Patent Count,Cited by Patent Count,Simple Family Size,Simple Family Members,"
    "Simple Family Member Jurisdictions,Extended Family Size,Extended Family Members,"
    "Extended Family Member Jurisdictions,Sequence Count,CPC Classifications,IPCR Classifications,US Classifications,"
    "NPL Citation Count,NPL Resolved Citation Count,NPL Resolved Lens ID(s),NPL Resolved External ID(s),NPL Citations,"
    "Legal Status"
)
_INCOPAT = (
    "序号,标题,申请人,公开（公告）号,摘要,公开（公告）日,申请号,申请日,专利类型,公开国别,链接到incoPat,IPC主分类,IPC,国民经济分类,"
    "文献种类代码,标题(翻译),摘要(翻译),代理机构,代理人,优先权号,最早优先权日,首次公开日,授权公告日,合享价值度,首项权利要求,CPC,"
    "标准化申请人,第一申请人,申请人数量,申请人类型,申请人国别代码,申请人地址,申请人省市代码,中国申请人地市,中国申请人区县,简单同族ID,专利有效性"
)
LENS, INCOPAT = _LENS.split(","), _INCOPAT.split(",")
ABSTRACT = (
    "The invention discloses a soft-package lithium-ion battery with a laminated film and a tab lead. " * 12
)
CLAIM = "本发明公开了一种软包锂离子电池及其制备方法，其特征在于，包括铝塑膜、极耳和电芯。" * 12
PLACES = (
    ("广东;44", "惠州", "516006 广东省惠州市仲恺高新区惠风七路{}号"),
    ("广东;44", "深圳", "518000 广东省深圳市南山区科技路{}号"),
    ("江苏;32", "苏州", "215000 江苏省苏州市工业园区惠州路{}号"), ("广东;44", "", "广东省{}号"), ("", "", ""),
)  # fmt: skip
SYMBOLS = (
    "H01M10/0525(2010.01)I",
    "H01M2/02(2006.01)I",
    "H01M50/105(2021.01)I",
    "G09F9/33",
    "H01L33/00",
    "C09K11/88",
)


def lens_rows(rows):
    """Rows of The Lens: two publications of most applications, in a few offices."""
    dice = random.Random(1)
    for number in range(rows):
        own, grant = divmod(number, 2)
        office = ("CN", "CN", "US", "JP", "EP")[own % 5]
        year = 2000 + own % 19
        key = f"{office} {100000000 + own} {'B' if grant else 'A'}"
        row = dict.fromkeys(LENS, "")
        row |= {
            "#": str(number), "Jurisdiction": office, "Kind": "B" if grant else "A", "Display Key": key,
            "Publication Date": f"{year + 1 + grant}-0{1 + own % 9}-15",
            "Application Number": f"{office} {year}1{own % 10_000_000:07} A",
            "Application Date": f"{year}-03-0{1 + own % 9}",
            "Title": f"Battery {own}", "Abstract": ABSTRACT, "Applicants": f"COMPANY {own % 4000} CO LTD;;UNIV {own % 90}",
            "Document Type": "Granted Patent" if grant else "Patent Application",
            "Simple Family Members": f"{office} {100000000 + own} A;;{key}", "Simple Family Size": "2",
            "IPCR Classifications": ";;".join(dice.sample(SYMBOLS, 3)), "Legal Status": "Active",
        }  # fmt: skip
        yield list(row.values())


def incopat_rows(rows):
    """Rows of incoPat, with addresses in five shapes and numbers with their check digit."""
    dice = random.Random(2)
    for number in range(rows):
        own, grant = divmod(number, 2)
        year = 2000 + own % 19
        province, city, address = PLACES[own % len(PLACES)]
        row = dict.fromkeys(INCOPAT, "")
        row |= {
            "序号": str(number), "标题": f"电池{own}", "申请人": f"样例电子{own % 4000}有限公司; 样例大学{own % 90}",
            "公开（公告）号": f"CN{100000000 + own}{'B' if grant else 'A'}", "摘要": CLAIM, "首项权利要求": CLAIM,
            "公开（公告）日": f"{year + 1 + grant}0{1 + own % 9}15", "申请号": f"CN{year}1{own % 10_000_000:07}.{own % 10}",
            "申请日": f"{year}-03-0{1 + own % 9}", "专利类型": "发明授权" if grant else "发明申请", "公开国别": "CN",
            "IPC": "; ".join(dice.sample(SYMBOLS, 3)), "申请人地址": address.format(own % 20000), "申请人省市代码": province,
            "中国申请人地市": city, "简单同族ID": str(own), "专利有效性": "有效",
        }  # fmt: skip
        yield list(row.values())


EXPORTS = {"lens": (LENS, lens_rows), "incopat": (INCOPAT, incopat_rows)}


def write(path, source, rows):
    """An export of so many rows: CSV, or a workbook where the name says so."""
    header, made = EXPORTS[source]
    if path.suffix == ".xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate((header, *made(rows))):
                sheet.write_row(number, 0, row)
        return path
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(made(rows))
    return path


def read(path):
    """Read and tally one export; told: seconds, megabytes at the peak, rows, applications, those in the city."""
    import resource

    from ipweek.adapters.patent_files import open_export
    from ipweek.domain.patent_figures import TallyTerms
    from ipweek.domain.patent_tally import Tally, tallied
    from ipweek.domain.regions import target_region
    from ipweek.domain.words import Level

    begun = time.process_time()
    export = open_export(path)
    target = target_region("441300", "惠州", "Huizhou")
    tally = Tally(
        export.layout, target, TallyTerms(), {f"COMPANY {number}": "441300" for number in range(50)}
    )
    figures = tallied(tally, export.rows())
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    city = figures.level(Level.CITY)
    print(f"{seconds:.2f} {peak:.0f} {figures.rows} {figures.counted} {city.count} {city.unknown}")


def floor(path):
    """Go through all cells with the plain reader; told: seconds, megabytes at the peak."""
    import resource

    begun = time.process_time()
    if path.suffix == ".xlsx":
        from python_calamine import CalamineWorkbook

        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        cells = sum(len(row) for row in sheet.iter_rows())
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = sum(len(row) for row in csv.reader(file))
    seconds = time.process_time() - begun
    print(f"{seconds:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} {cells}")


def _alone(what, path):
    command = [sys.executable, "-m", "tests.bench.bench_patents", what, str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def run(rows, kinds=("lens.csv", "incopat.csv", "incopat.xlsx")):
    """Seconds and peak megabytes of each export, each with its process's own start."""
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            path = write(Path(folder) / kind, kind.partition(".")[0], rows)
            found, least = _alone("--read", path), _alone("--floor", path)
            print(f"{kind:<14}{path.stat().st_size / 1e6:7.0f} MB  {found[0]} s, peak {found[1]} MB, "
                  f"{found[2]} rows, {found[3]} applications, city {found[4]}, unknown {found[5]}; "
                  f"{float(found[0]) / float(least[0]):.1f} × the plain reader: {least[0]} s, {least[1]} MB")  # fmt: skip
            told[kind] = float(found[0]), float(found[1]), int(found[2])
    return told


def test_a_hundred_thousand_records_within_thirty_seconds_and_500_mb():
    """The bound of an export, for both of the large families and a workbook."""
    for seconds, peak, rows in run(100_000).values():
        assert rows == 100_000
        assert seconds < 30
        assert peak < 500


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--floor"]:
        floor(Path(sys.argv[2]))
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
