"""Every error code has a sentence, and each sentence finds the values that it shows."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import ipweek
from ipweek.domain.errors import InvalidError, NotFoundError, UsageError
from ipweek.domain.import_rows import Problem
from ipweek.domain.records import FieldKind
from ipweek.render import problems, rules
from ipweek.render.errors import SENTENCES, sentence
from ipweek.render.shown_values import LONGEST

ERRORS = {
    *("IpweekError", "InvalidError", "UsageError", "DeniedError"),
    *("NotFoundError", "AlreadyThereError", "DatabaseError"),
}
DERIVED = {"field_code": "field", "kind_code": "kind"}
SOURCES = sorted(Path(ipweek.__file__).parent.rglob("*.py"))


@dataclass(frozen=True)
class Raised:
    """A place that makes an error: its codes and the parameters that it gives."""

    where: str
    codes: tuple[str, ...]
    params: frozenset[str | None]


def _raised() -> Iterator[Raised]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                where = f"{path.name}:{node.lineno}"
                yield Raised(where, tuple(_codes(node.args[0])), frozenset(key.arg for key in node.keywords))


def _codes(node: ast.expr) -> Iterator[str]:
    """The codes that an expression may give; a code handed on was given elsewhere."""
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=one, orelse=other):
            yield from _codes(one)
            yield from _codes(other)
        case ast.JoinedStr(values=[ast.Constant(value="field-"), _]):
            yield from (f"field-{kind}" for kind in FieldKind if kind not in _FREE)
        case ast.Attribute(attr="code") | ast.Name():
            return
        case _:
            raise AssertionError(ast.unparse(node))


_FREE = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.WORDS, FieldKind.SECRET}  # any text will do


def _engine_codes() -> set[str]:
    """Codes in the tables that translate what a driver says."""
    source = next(path for path in SOURCES if path.name == "driver_errors.py").read_text(encoding="utf-8")
    return set(re.findall(r'"(database-[a-z-]+)"', source))


def _problem_codes() -> Iterator[str]:
    """Codes of problems in a spreadsheet: the second argument of `problem`, the fourth of `_warn`."""
    places = {"problem": 1, "_warn": 3}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in places
            ):
                place = places[node.func.attr]
                if len(node.args) > place:
                    yield from (
                        found.value
                        for found in ast.walk(node.args[place])
                        if isinstance(found, ast.Constant)
                        and re.fullmatch(r"[a-z]+(-[a-z]+)+|formula", str(found.value))
                    )


def _placeholders(template: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}


def test_every_code_has_a_sentence() -> None:
    """No error reaches a person as a code."""
    raised = {code: place.where for place in _raised() for code in place.codes}
    raised |= dict.fromkeys(_engine_codes(), "driver_errors.py")
    assert len(raised) > 60
    known = {**SENTENCES, **rules.SENTENCES}
    assert {code: where for code, where in raised.items() if code not in known} == {}


def test_no_sentence_is_left_over() -> None:
    """A sentence whose code nobody raises is dead text."""
    raised = {code for place in _raised() for code in place.codes} | _engine_codes()
    assert set(SENTENCES) - raised == set()


def test_every_placeholder_is_given() -> None:
    """Each place that raises a code gives the values that its sentence shows."""
    lacking = []
    for place in _raised():
        for code in place.codes:
            wanted = {DERIVED.get(name, name) for name in _placeholders(SENTENCES.get(code, ""))}
            if None not in place.params and not wanted <= place.params:
                lacking.append((place.where, code, wanted - place.params))
    assert lacking == []


def test_every_problem_has_a_sentence() -> None:
    """What is wrong in a spreadsheet is told in words."""
    codes = set(_problem_codes())
    assert len(codes) >= 10
    assert {code for code in codes if code not in problems.PROBLEMS and code not in SENTENCES} == set()


@pytest.mark.parametrize(
    "template", [*SENTENCES.values(), *rules.SENTENCES.values(), *problems.PROBLEMS.values()]
)
def test_a_sentence_is_one_line_that_ends(template: str) -> None:
    """A sentence begins with a capital or a value and ends with a stop, an example or an address."""
    assert "\n" not in template
    assert template[0].isupper() or template[0] == "{"
    assert template[-1] in ".…;'" or template.endswith("other.")


def test_values_are_cleaned_clipped_and_never_a_format() -> None:
    """Escape sequences, long values and braces in what people typed come out as plain text."""
    told = sentence(NotFoundError("record-missing", kind="event", code="\x1b[31m\u202e{kind}" + "x" * 500))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "{kind}" in told
    assert len(told) < LONGEST + 100


def test_an_unknown_code_is_told_as_such() -> None:
    """A code without a sentence still makes a line."""
    assert "not-known" in sentence(InvalidError("not-known", detail="x"))


def test_fields_show_their_labels() -> None:
    """A person reads the field's label, and where an option is named, its code."""
    assert sentence(InvalidError("field-required", field="name_zh")).startswith("Name (Chinese)")
    assert "=name" in sentence(InvalidError("column-twice", field="name", columns=["姓名", "姓名"]))
    assert "–" not in sentence(UsageError("map-form", item="x"))


def test_a_problem_in_lines_json_and_table() -> None:
    """The row is as the spreadsheet shows it; the JSON keeps the value as it is in the file."""
    problem = Problem(7, "手机号码", "\x1b[2J12[b]", "phone-invalid")
    line = problems.line(problem)
    assert line.startswith("row 7, 手机号码, [2J12[b]: ")
    told = problems.as_json(problem)
    assert {key: told[key] for key in ("row", "column", "value", "code")} == {
        "row": 7,
        "column": "手机号码",
        "value": "\x1b[2J12[b]",
        "code": "phone-invalid",
    }
    assert problems.table([problem]).row_count == 1
