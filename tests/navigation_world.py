"""A result with every part that a result can have."""

from tests.desk import Desk

TERMS = {"unit": "application", "patent_type": "all", "basis": "applicant_region", "applicant_rule": "first"}
TOTALS = {"world": "18204", "country": "7911", "province": "3902", "city": "241"}
YEARS = {2014: "20", 2015: "31", 2016: "44", 2017: "57", 2018: "60", 2019: "29"}
LONG_ZH = "惠州市软包锂离子电池电解液及隔膜材料协同创新产业技术研究院股份有限公司"


def fill(desk: Desk, result: str) -> None:
    """Give a draft counts, years, branches, applicants, nodes, findings, advice, statements and a document."""

    def add(kind: str, /, **texts: str) -> str:
        return desk.add(kind, "", result=result, **texts).code

    desk.add("source", "page")
    add("level_count", level="city", count="285", unit="application", source="page")
    for level, count in TOTALS.items():
        add("level_count", level=level, count=count, period="2014-2019", provenance="imported", **TERMS)
    for year, count in YEARS.items():
        provisional = "yes" if year > 2017 else "no"
        given = {"level": "city", "provenance": "imported", "provisional": provisional, **TERMS}
        add("year_count", year=str(year), count=count, **given)
    counted = {"level": "city", "provenance": "imported"}
    main = add("branch", name_zh="电解液", name_en="Electrolyte", symbols="h01m10/056", count="75", **counted)
    add("branch", name_zh="固态", name_en="Solid", symbols="H01M 10/0562", parent=main, count="20", **counted)
    add("branch", name_zh="封装", name_en="Packaging", symbols="H01M 2/02", count="43", **counted)
    for rank, name, count in (("1", LONG_ZH, "80"), ("2", "惠州样例", "40"), ("2", "Acme", "40")):
        add("applicant", rank=rank, name_zh=name, name_en=name, count=count, **counted)
    add("chain_node", stage="upstream", name_zh="隔膜", name_en="Separator", strength="gap")
    add("chain_node", stage="midstream", name_zh="电芯", name_en="Cells", strength="strong")
    add(
        "finding",
        stage="direction",
        dimension="technology",
        text_zh="固态电池是方向。",
        text_en="Solid state leads.",
    )
    add(
        "finding", stage="positioning", dimension="talent", text_zh="缺少人才。", text_en="Talent is lacking."
    )
    add("recommendation", text_zh="布局固态电解质专利。", text_en="File on solid electrolytes.", audience="企业",
        horizon="medium")  # fmt: skip
    add("statement", kind="share", value="6", unit="%", text_en="6 % of Guangdong.", source="page")
    add("statement", kind="quotation", text_zh="收获很大。", said_by_zh="企业人员", source="page")
    desk.add(
        "document", "report", results=result, title_zh="分析报告", location="https://example.org/report.pdf"
    )
