"""Names in pinyin, for finding and for ordering."""

import subprocess
import sys

import pytest

from ipweek.adapters.pinyin import search_forms, sort_key


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("惠州华阳", "hzhy"), ("惠州华阳", "huizhouhuayang"), ("单杰玉", "sjy"), ("单杰玉", "djy"),
        ("曾明", "zm"), ("曾明", "cengming"), ("仇英", "qiuying"), ("解缙", "xiejin"), ("区志", "ouzhi"),
        ("查良镛", "zhaliangyong"), ("朴智星", "piaozhixing"), ("盖叫天", "gejiaotian"),
        ("尉迟恭", "yuchigong"), ("尉健行", "weijianxing"), ("重庆银行", "cqyh"), ("长沙", "changsha"),
        ("吕布", "lvbu"), ("吕布", "lubu"), ("TCL华星", "tclhx"), ("ＴＣＬ华星", "tclhuaxing"),
        ("黄建䶮", "huangjianyan"), ("José", "jose"), ("阿里木·吐尔逊", "almtex"),
        ("张伟民", "zhangwm"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_what_people_type(name, typed):
    """Initials and full pinyin, both readings of ambiguous surnames, words read as words."""
    assert typed in search_forms(name).split()


def test_what_cannot_be_read_gives_nothing():
    """Marks and an empty name make no forms."""
    assert search_forms("") == search_forms("· （）") == ""


def test_names_are_ordered_by_pinyin_with_surnames_read_as_such():
    """单 sorts as shan and 曾 as zeng, equal readings by character, the shorter name first, Latin letters among them."""
    names = ["张伟", "单杰", "曾明", "安娜", "Bob", "张炜", "张伟民"]
    assert sorted(names, key=sort_key) == ["安娜", "Bob", "单杰", "曾明", "张伟", "张炜", "张伟民"]


def test_the_libraries_are_not_imported_before_they_are_needed():
    """They take longer to import than a short command to run."""
    modules = ("pinyin", "phones", "credit_codes", "spreadsheets")
    code = "import sys, " + ", ".join(f"ipweek.adapters.{module}" for module in modules)
    code += "\nprint(sys.modules.keys() & {'pypinyin', 'phonenumbers', 'stdnum', 'python_calamine'})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
