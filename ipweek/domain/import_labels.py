"""The labels of enterprises as spreadsheets bring them: a column that says yes or no, a certificate, its validity.

The header says which label and what of it: 是否高新技术企业, 高新技术企业证书编号, 专精特新有效期至.
One column may list several, each with what belongs to it: 高新技术企业 [GR2019] 2019-12-02~2022-12-01.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from ipweek.domain.import_times import read_when
from ipweek.domain.text import letters
from ipweek.domain.words import LabelKind

if TYPE_CHECKING:
    from ipweek.domain.import_rows import RowCheck


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """A label that a row gives an enterprise; None is not said, and changes nothing that is known."""

    label: LabelKind
    certificate: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


_NAMES: Mapping[LabelKind, str] = {
    LabelKind.HIGH_TECH: "高新技术企业|国家高新技术企业|高企|high tech enterprise|high tech|hightech",
    LabelKind.SPECIALISED: (
        "专精特新|专精特新企业|专精特新中小企业|省级专精特新中小企业|省级专精特新企业"
        "|specialised enterprise|specialised|srdi"
    ),
    LabelKind.LITTLE_GIANT: (
        "小巨人|小巨人企业|专精特新小巨人|专精特新小巨人企业|国家级专精特新小巨人企业|国家专精特新小巨人企业"
        "|little giant enterprise|little giant"
    ),
    LabelKind.IP_DEMONSTRATION: (
        "知识产权示范企业|国家知识产权示范企业|国家级知识产权示范企业|示范企业|ip demonstration enterprise|ip demonstration"
    ),
    LabelKind.IP_ADVANTAGE: (
        "知识产权优势企业|国家知识产权优势企业|国家级知识产权优势企业|优势企业|ip advantage enterprise|ip advantage"
    ),
    LabelKind.IP_MANAGEMENT: (
        "贯标|贯标企业|知识产权贯标|知识产权贯标企业|知识产权管理体系认证|知识产权管理体系|贯标认证|贯标认证企业"
        "|ip management|certified for ip management|gb/t 29490"
    ),
}
_FLAG = "是否{}|是否为{}|是否通过{}|{}|is {}"
_CERTIFICATE = (
    "{}证书编号|{}证书号|{}证书号码|{}证书|{}编号|{}认定编号|{}证号"
    "|{} certificate|{} certificate number|{} certificate no|{} number"
)
_FROM = (
    "{}发证日期|{}发证时间|{}认定日期|{}认定时间|{}证书发证日期|{}获证日期|{}有效期起|{}有效期开始"
    "|{} valid from|{} from|{} issued"
)
_TO = (
    "{}有效期至|{}有效期止|{}有效期|{}证书有效期|{}证书有效期至|{}到期日期|{}到期时间|{}有效期截止|{}有效期限"
    "|{} valid to|{} valid until|{} until|{} expires|{} validity"
)
_MORE: Mapping[str, str] = {
    "certificate": "证书编号|certificate|certificate number|certificate no",
}
LABEL_PARTS = {"": _FLAG, "_certificate": _CERTIFICATE, "_from": _FROM, "_to": _TO}


def field_of(label: LabelKind, part: str) -> str:
    """The field of a part of a label; a certificate that names no label is that of 贯标."""
    named_alone = label is LabelKind.IP_MANAGEMENT and part == "_certificate"
    return "certificate" if named_alone else f"{label.value}{part}"


def _headers() -> Iterator[tuple[str, str]]:
    for label, (part, forms) in product(LabelKind, LABEL_PARTS.items()):
        name = field_of(label, part)
        made = [form.replace("{}", known) for form in forms.split("|") for known in _NAMES[label].split("|")]
        yield name, "|".join((*made, *_MORE.get(name, "").split("|"))).rstrip("|")


LABEL_HEADERS: Mapping[str, str] = dict(_headers())
"""The fields of the labels, such as `high_tech`, `high_tech_certificate`, `high_tech_from`, `high_tech_to`."""

LABELS_HEADERS = "企业资质|资质|企业标签|标签|荣誉资质|企业荣誉|资质荣誉|labels|label|qualifications"
_WORDS: Mapping[str, LabelKind] = {
    letters(word): label for label, names in _NAMES.items() for word in (label.value, *names.split("|"))
}
_LISTED = re.compile(
    r"(?P<word>[^\[]+?)\s*(?:\[(?P<certificate>.*)\])?\s*(?:(?P<start>\d{4}-\d\d-\d\d)?~(?P<end>\d{4}-\d\d-\d\d)?)?",
    re.DOTALL,
)


def label_text(word: str, said: LabelDraft) -> str:
    """A label by its word, its certificate in brackets, from~to; `label_of` reads it again."""
    certificate = f" [{said.certificate}]" if said.certificate else ""
    validity = f" {said.valid_from or ''}~{said.valid_to or ''}" if said.valid_from or said.valid_to else ""
    return f"{word}{certificate}{validity}"


def label_of(text: str) -> LabelDraft | None:
    """A label with what stands behind its word; None where nobody knows the label."""
    parts = _LISTED.fullmatch(text.strip())
    label = _WORDS.get(letters(parts["word"])) if parts else None
    if parts is None or label is None:
        return None
    try:
        start, end = (date.fromisoformat(day) if day else None for day in (parts["start"], parts["end"]))
    except ValueError:
        return None
    return LabelDraft(label, parts["certificate"] or None, start, end)


def labels_of(check: "RowCheck") -> tuple[LabelDraft, ...]:
    """The labels of a row: those that it says yes to, those with a certificate or a validity, those that it lists.

    What a column of its own says of a label goes before what the list says.
    """
    found = {label: draft for label in LabelKind if (draft := _label(check, label)) is not None}
    for text in check.several("labels"):
        listed = label_of(text)
        if listed is None:
            check.problem("labels", "label-unknown", "warning", {"label": text})
        else:
            listed = _in_order(check, "labels", listed)
            found[listed.label] = _filled(found.get(listed.label, listed), listed)
    return tuple(found.values())


def _filled(first: LabelDraft, second: LabelDraft) -> LabelDraft:
    names = [known.name for known in fields(first)]
    return replace(first, **{name: getattr(second, name) for name in names if getattr(first, name) is None})


def _in_order(check: "RowCheck", name: str, said: LabelDraft) -> LabelDraft:
    """Without a validity that ends before it begins, which is told."""
    if not (said.valid_from and said.valid_to and said.valid_to < said.valid_from):
        return said
    check.problem(name, "ends-before-start", "warning")
    return replace(said, valid_from=None, valid_to=None)


def _label(check: "RowCheck", label: LabelKind) -> LabelDraft | None:
    has = check.flag(field_of(label, ""))
    certificate = check.text(field_of(label, "_certificate"))
    ends = field_of(label, "_to")
    begins, last = _days(check, field_of(label, "_from")), _days(check, ends)
    first = begins[0] or (last[0] if last[1] else None)
    made = _in_order(check, ends, LabelDraft(label, certificate, first, last[1] or last[0]))
    said = has or (has is None and made != LabelDraft(label))
    return made if said else None


def _days(check: "RowCheck", name: str) -> tuple[date | None, date | None]:
    """The day of a cell, and the second one where it has two: a validity from and to."""
    text = check.text(name)
    if text is None:
        return None, None
    try:
        when = read_when(text.partition(" 00:00")[0], 1)
    except ValueError:
        when = None
    if when is None or when.day is None or when.day.year == 1:
        check.problem(name, "date-unreadable", "warning")
        return None, None
    return when.day, when.last
