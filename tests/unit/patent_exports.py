"""Small patent exports for tests, one of each family, with rows as those databases write them."""

import csv
import io
from pathlib import Path

import openpyxl

LENS = (
    "#", "Jurisdiction", "Kind", "Display Key", "Lens ID", "Publication Date", "Publication Year", "Application Number",
    "Application Date", "Priority Numbers", "Earliest Priority Date", "Title", "Abstract", "Applicants", "Inventors",
    "Owners", "URL", "Document Type", "Has Full Text", "Cites Patent Count", "Cited by Patent Count",
    "Simple Family Size", "Simple Family Members", "Simple Family Member Jurisdictions", "Extended Family Size",
    "Extended Family Members", "Extended Family Member Jurisdictions", "Sequence Count", "CPC Classifications",
    "IPCR Classifications", "US Classifications", "NPL Citation Count", "NPL Resolved Citation Count",
    "NPL Resolved Lens ID(s)", "NPL Resolved External ID(s)", "NPL Citations", "Legal Status",
)  # fmt: skip
GOOGLE = (
    "id", "title", "assignee", "inventor/author", "priority date", "filing/creation date", "publication date",
    "grant date", "result link", "representative figure link",
)  # fmt: skip
PATENTSCOPE = (
    "Application Id", "Application Number", "Application Date", "Country", "Title", "Abstract", "I P C", "Applicants",
    "Publication Number", "Publication Date", "Inventors", "Priorities Data", "National Phase Entries",
)  # fmt: skip
ESPACENET = (
    "No", "Title", "Inventors", "Applicants", "Publication number", "Earliest priority", "IPC", "CPC",
    "Publication date", "Earliest publication", "Family number",
)  # fmt: skip
INCOPAT = (
    "序号", "标题", "申请人", "公开（公告）号", "公开（公告）日", "申请号", "申请日", "专利类型", "公开国别",
    "链接到incoPat", "IPC主分类", "IPC", "申请人国别代码", "申请人地址",
    "申请人省市代码", "中国申请人地市", "中国申请人区县", "简单同族ID", "专利有效性",
)  # fmt: skip
PATSNAP = (
    "公开(公告)号", "受理局", "标题", "专利类型", "申请号", "申请年", "[标]原始申请(专利权)人", "[标]当前申请(专利权)人",
    "当前申请(专利权)人州/省", "当前申请(专利权)人地市", "IPC分类号", "简单法律状态", "简单同族编号", "授权日",
)  # fmt: skip
CNIPA = (
    "申请号", "申请日", "公开（公告）号", "公开（公告）日", "名称", "主分类号", "分类号", "申请（专利权）人",
    "发明（设计）人", "地址", "国省代码",
)  # fmt: skip
HEADERS = {
    "lens": LENS, "google": GOOGLE, "patentscope": PATENTSCOPE, "espacenet": ESPACENET, "incopat": INCOPAT,
    "patsnap": PATSNAP, "cnipa": CNIPA,
}  # fmt: skip

_BATTERY = "H01M10/0525(2010.01)I; H01M2/02(2006.01)I"
_SAMPLE, _OTHER, _UNI = "惠州样例电池有限公司", "深圳样例电子有限公司", "样例大学"

INCOPAT_ROWS = [
    # one application, published and then granted
    ("1", "一种软包电池", _SAMPLE, "CN109065805A", "20190101", "CN201810123456.7", "20180601", "发明申请", "CN", "",
     "H01M10/0525", _BATTERY, "CN", "516006 广东省惠州市仲恺高新区", "广东;44", "惠州", "惠城区", "F1", "有效"),
    ("2", "一种软包电池", _SAMPLE, "CN109065805B", "20200505", "CN201810123456.7", "20180601", "发明授权", "CN", "",
     "H01M10/0525", _BATTERY, "CN", "516006 广东省惠州市仲恺高新区", "广东;44", "惠州", "惠城区", "F1", "有效"),
    # a utility model of Shenzhen, whose street is called after Huizhou
    ("3", "电池盖", _OTHER, "CN207123456U", "20180301", "CN201720123457.X", "20170301", "实用新型", "CN", "", "H01M50/10",
     "H01M50/10", "CN", "518000 广东省深圳市惠州路1号", "广东;44", "深圳", "", "F2", "失效"),
    # the city from the address, two applicants
    ("4", "电池组", f"{_SAMPLE}; {_UNI}", "CN108000001A", "20180505", "CN201610123458.1", "20160101", "发明申请", "CN", "",
     "", "H01M10/0525; G09F9/33", "CN", "广东省惠州市惠城区", "广东;44", "", "", "F3", "审中"),
    # Guangdong, and nobody knows where
    ("5", "外壳", "样例塑胶厂", "CN305000001S", "20190303", "CN201830123459.2", "20180202", "外观设计", "CN", "", "14-02",
     "14-02", "CN", "", "广东;44", "", "", "F4", "有效"),
    ("6", "隔膜", "苏州样例有限公司", "CN107000001A", "20170707", "CN201510123450.3", "20151111", "发明申请", "CN", "", "",
     "H01M2/16", "CN", "江苏省苏州市惠州街", "江苏;32", "苏州", "", "F5", "有效"),
    ("7", "Battery", "SAMPLE CORP", "US20180123456A1", "20180808", "US15/433003", "20170202", "发明申请", "US", "", "",
     "H01M10/0525", "US", "", "美国;US", "", "", "F6", "有效"),
    ("8", "Batterie", "BEISPIEL GMBH", "DE102017000001A1", "20180909", "DE102017000001", "20170909", "发明申请", "DE", "",
     "", "H01M4/02", "", "", "", "", "", "F6", ""),
    ("", "数据来源：incoPat", *[""] * 17),
]  # fmt: skip
"""Eight rows of data, seven applications, six families; and a note that is no patent."""


def texts(source: str, rows: list[dict[str, str]], *, delimiter: str = ",", above: str = "") -> str:
    """The text of an export with these cells, by header, and what stands above."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADERS[source])
    writer.writerows([row.get(header, "") for header in HEADERS[source]] for row in rows)
    return above + out.getvalue()


def table(header, rows, *, delimiter: str = ",") -> str:
    """The text of any table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([header, *rows])
    return out.getvalue()


def workbook(path: Path, rows, sheet: str = "Sheet1") -> Path:
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path
