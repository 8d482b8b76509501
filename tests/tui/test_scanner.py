"""What a line is, what belongs to a reading, and what is only typing."""

from uuid import UUID

import pytest
from textual import events

from ipweek.domain.badge_code import BadgeCode, compose, grouped
from ipweek.tui.scanner import SCAN_GAP, Burst, Kind, Recent, TypedLine, kind_of, pasted

WORKSPACE = UUID("0196c5a0-0000-7000-8000-000000000001")


def _code(number: int) -> str:
    return compose(BadgeCode(1, number, 1), b"key", WORKSPACE)


CODE, OTHER = _code(1_000_001), _code(1_000_002)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _typed(line: TypedLine, text: str, moment: float = 0.0, gap: float = 0.01) -> float:
    for char in text:
        line.add(char, moment)
        moment += gap
    return moment


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.NOTHING),
        ("  ", Kind.NOTHING),
        (CODE, Kind.BADGE),
        (CODE.translate(FULL_WIDTH), Kind.BADGE),
        (grouped(CODE), Kind.BADGE),
        (CODE[:-1] + str((int(CODE[-1]) + 1) % 10), Kind.BADGE),
        (CODE + OTHER, Kind.BADGE),
        ("134567890123456789", Kind.FOREIGN),
        ("12345678901234567890123456789012", Kind.FOREIGN),
        ("6901234567892", Kind.FOREIGN),
        ("https://u.wechat.com/abc", Kind.FOREIGN),
        ("ｈｔｔｐｓ：／／ｗｘ", Kind.FOREIGN),
        ("wxp://f2f0AbCd", Kind.FOREIGN),
        ("N:张;伟", Kind.FOREIGN),
        ("张" * 41, Kind.FOREIGN),
        ("张伟", Kind.TYPED),
        ("hzhy", Kind.TYPED),
        ("5678", Kind.TYPED),
        ("13800138000", Kind.TYPED),
        ("+86 138 0013 8000", Kind.TYPED),
        ("José Núñez", Kind.TYPED),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    """Badges by the number of their digits, foreign codes by length and marks; the rest is somebody's name."""
    assert kind_of(text) is kind


def test_a_paste_is_taken_apart() -> None:
    """Codes on lines of their own, parted by a space or grouped are codes each, in order, names among them."""
    text = f"{CODE}\r\n{OTHER}\t张伟\n\n{OTHER} {CODE}\n{grouped(CODE)}\nhttps://x.cn"
    assert pasted(text) == [
        (Kind.BADGE, CODE),
        (Kind.BADGE, OTHER),
        (Kind.TYPED, "张伟"),
        (Kind.BADGE, OTHER),
        (Kind.BADGE, CODE),
        (Kind.BADGE, CODE),
        (Kind.FOREIGN, "https://x.cn"),
    ]


def test_a_line_ends_as_a_reading() -> None:
    """A code leaves the line, which is empty then."""
    line = TypedLine()
    end = _typed(line, CODE)
    assert line.holds_badge
    assert line.ended(end) == (Kind.BADGE, CODE)
    assert not line


def test_what_was_typed_before_a_scan_stays() -> None:
    """A half-typed name is not part of the code, nor lost by it."""
    line = TypedLine()
    end = _typed(line, "张" + CODE)
    assert line.ended(end) == (Kind.BADGE, CODE)
    assert line.text == "张"


def test_digits_before_a_scan_are_told_by_the_pause() -> None:
    """Digits typed a moment before a scan stay; digits in one breath with it are no badge."""
    line = TypedLine()
    _typed(line, "56", 0.0)
    assert line.ended(_typed(line, CODE, 1.0)) == (Kind.BADGE, CODE)
    assert line.text == "56"
    line.clear()
    kind, _text = line.ended(_typed(line, "56" + CODE))
    assert kind is Kind.FOREIGN
    assert not line


def test_a_slow_scanner_with_a_hiccup() -> None:
    """Fifteen characters a second, and a second's silence in the middle, are one code."""
    line = TypedLine()
    moment = _typed(line, CODE[:10], gap=1 / 15)
    end = _typed(line, CODE[10:], moment + 1, gap=1 / 15)
    assert line.ended(end) == (Kind.BADGE, CODE)


def test_a_name_stays_until_it_is_used() -> None:
    """The end of a typed line takes nothing out of it."""
    line = TypedLine()
    assert line.ended(_typed(line, "hzhy")) == (Kind.TYPED, "hzhy")
    assert line.text == "hzhy"
    line.erase()
    assert line.text == "hzh"


def test_a_second_end_belongs_to_the_first() -> None:
    """A line feed right after the carriage return ends nothing more; a later Enter is somebody's."""
    line = TypedLine()
    end = _typed(line, CODE)
    line.ended(end)
    assert line.is_second_end(end + 0.001)
    assert not line.is_second_end(end + 1)


def test_a_double_read_counts_once() -> None:
    """The same code, however written, within two seconds of the last reading is the same reading."""
    recent = Recent()
    assert not recent.again(CODE, 0.0)
    assert recent.again(CODE.translate(FULL_WIDTH), 1.0)
    assert recent.again(CODE, 2.5), "held before the scanner"
    assert not recent.again(OTHER, 2.5)
    assert not recent.again(CODE, 5.0)
    recent.forget()
    assert not recent.again(CODE, 5.1)


def _key(char: str, moment: float) -> events.Key:
    names = {"\r": "enter", "\t": "tab", "\n": "ctrl+j"}
    key = events.Key(names.get(char, char), char)
    key.time = moment
    return key


def _sift(burst: Burst, text: str, gap: float = 0.003, moment: float = 0.0) -> tuple[str, list[str]]:
    passed, codes = "", []
    for char in text:
        keys, code = burst.sift(_key(char, moment))
        passed += "".join(key.character or "" for key in keys)
        codes += [code] if code else []
        moment += gap
    return passed, codes


@pytest.mark.parametrize("end", ["\r", "\t", "\n"])
def test_a_burst_is_a_scan(end: str) -> None:
    """Digits faster than anybody types are held back, and are a code at Enter, Tab or line feed."""
    assert _sift(Burst(), CODE + end) == ("", [CODE])


def test_typing_passes_in_order() -> None:
    """Slow digits pass one by one, the last with the key after it; letters pass at once."""
    burst = Burst()
    assert _sift(burst, "a5678b", gap=0.2) == ("a5678b", [])
    assert not burst.held
    assert _sift(burst, "56") == ("", [])
    assert burst.is_over(1.0)
    assert not burst.is_over(0.003 + SCAN_GAP / 2)
    assert [key.character for key in burst.release()] == ["5", "6"]


def test_a_burst_that_is_no_code_passes_whole() -> None:
    """A pasted number without brackets reaches the field, its Enter behind it."""
    assert _sift(Burst(), "13800138000\r") == ("13800138000\r", [])
    assert _sift(Burst(), CODE[:-1] + "\r") == (CODE[:-1] + "\r", [])


def test_a_burst_as_long_as_a_badge_is_a_reading() -> None:
    """With a wrong check digit it is none of the field's either: whoever takes it says that it is invalid."""
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    assert _sift(Burst(), wrong + "\r") == ("", [wrong])


@pytest.mark.parametrize(
    ("text", "gap", "by_hand"),
    [
        ("the host asked", 0.1, True),
        ("ABC-1234", 1 / 15, False),
        ("ＡＢＣ-1234", 0.001, False),
        ("领导已经同意放行", 0.0, True),
        ("vip", 0.01, True),
    ],
)
def test_who_typed_it(text: str, gap: float, by_hand: bool) -> None:
    """A scanner's pace is even and fast; an input method sends a word at once, and three letters tell nothing."""
    line = TypedLine()
    _typed(line, text, gap=gap)
    assert line.is_by_hand is by_hand


def test_only_what_follows_at_once_is_a_second_end() -> None:
    """CR and LF are one end, also behind what somebody typed; a character or another key between makes two."""
    line = TypedLine()
    moment = _typed(line, "li", gap=0.5)
    moment = _typed(line, CODE, moment)
    assert line.ended(moment)[0] is Kind.BADGE
    assert line.is_second_end(moment + 0.01)
    assert not line.is_second_end(moment + 0.5)
    line.goes_on()
    assert not line.is_second_end(moment + 0.01)
