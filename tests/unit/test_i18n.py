"""The catalogue: complete, compiled, and with the placeholders of its source."""

import ast
import io
import re
import string
from collections.abc import Iterator
from gettext import GNUTranslations, ngettext
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import ipweek
from ipweek import i18n
from ipweek.cli import click_words
from ipweek.i18n import _, language, speaking

PACKAGE = Path(ipweek.__file__).parent
FOLDER = PACKAGE / "i18n" / "zh_CN" / "LC_MESSAGES"
MARKS = {"_": 1, "N_": 1, "ngettext": 2}
HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
HALF_WIDTH = re.compile(r"[\u3400-\u9fff](?:[,;:!?]|\.(?:\s|$))")
# Click puts its English name of a type in here.
LEFT_OUT = {"number_type"}
Forms = tuple[str, ...]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The Chinese catalogue as it is edited."""
    with (FOLDER / "ipweek.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


@pytest.fixture(scope="module")
def messages() -> set[Forms]:
    """Every message in the source, in f-strings too: one form, or singular and plural."""
    return {forms for path in PACKAGE.rglob("*.py") for forms in _marked(path)}


def _marked(path: Path) -> Iterator[Forms]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = node.args[: MARKS[node.func.id]]
            glued = [text for text in texts if isinstance(text, ast.JoinedStr | ast.BinOp)]
            assert not glued, f"{path.name}:{node.lineno} builds its message out of parts"
            if all(isinstance(text, ast.Constant) for text in texts):
                yield tuple(str(ast.literal_eval(text)) for text in texts)


def _forms(text: object) -> Forms:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def _entries(catalogue: Catalog) -> list[Message]:
    return [entry for entry in catalogue if entry.id]


def test_every_message_has_a_translation(catalogue: Catalog, messages: set[Forms]) -> None:
    """No English is left in the Chinese interface."""
    done = {
        _forms(entry.id) for entry in _entries(catalogue) if all(_forms(entry.string)) and not entry.fuzzy
    }
    assert sorted(messages - done) == []


def test_no_translation_without_a_message(catalogue: Catalog, messages: set[Forms]) -> None:
    """What the source no longer says is not kept."""
    assert sorted({_forms(entry.id) for entry in _entries(catalogue)} - messages) == []
    assert not catalogue.obsolete


def test_placeholders_agree(catalogue: Catalog) -> None:
    """A translation names the same values as its source; of a plural, those of its last form."""
    for entry in _entries(catalogue):
        named = _placeholders(_forms(entry.id)[-1])
        assert [name for name in named if name not in LEFT_OUT] == _placeholders(_forms(entry.string)[-1]), (
            named
        )


def _placeholders(text: str) -> list[str]:
    return sorted(
        name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
    )


def test_translations_are_chinese(catalogue: Catalog) -> None:
    """Where the source has a word beside its placeholders, the translation has Han characters."""
    left = [
        entry.id
        for entry in _entries(catalogue)
        if re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", _forms(entry.id)[0]))
        and not HAN.search(_forms(entry.string)[0])
    ]
    assert left == []


def test_sentences_have_chinese_punctuation(catalogue: Catalog) -> None:
    """Behind Han characters stand full-width marks, and a sentence ends as its source does."""
    for entry in _entries(catalogue):
        english, chinese = _forms(entry.id)[0], _forms(entry.string)[0]
        assert not HALF_WIDTH.search(chinese), chinese
        assert chinese == chinese.strip(), chinese
        if not english[0].islower():
            assert english.endswith(".") == chinese.endswith("。"), chinese


def test_the_compiled_catalogue_is_current(catalogue: Catalog) -> None:
    """The .mo file says what the .po file compiles to; headers apart, where each Babel signs with its version."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert _words(FOLDER.joinpath("ipweek.mo").read_bytes()) == _words(compiled.getvalue())


def _words(file: bytes) -> dict[object, str]:
    return {said: text for said, text in vars(GNUTranslations(io.BytesIO(file)))["_catalog"].items() if said}


def test_the_catalogue_names_no_place_and_nobody() -> None:
    """Neither lines of the source nor a translator stand in the file, so that it changes only with its words."""
    text = (FOLDER / "ipweek.po").read_text("utf-8")
    assert not re.search(r"^#:|EMAIL@ADDRESS|FULL NAME", text, re.MULTILINE)


def test_a_report_speaks_its_own_language() -> None:
    """Another language can be borrowed for a block, and the program's own comes back."""
    before = language()
    with speaking("zh"):
        assert language() == "zh"
        assert _("Week") == "宣传周"
    assert language() == before
    assert i18n.LANGUAGES == ("en", "zh")


def test_click_speaks_the_language_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command line's library says itself is Chinese in Chinese, English in English."""
    monkeypatch.setenv("LANGUAGE", "")
    try:
        click_words.choose("zh")
        missing = click.MissingParameter(param_type="option", param_hint="--event")
        assert missing.format_message().startswith("缺少选项 --event")
        assert ngettext(*click_words.SAID_OF_SEVERAL[1], 2) == "有多余的参数（{args}）"
        click_words.choose("en")
        assert missing.format_message().startswith("Missing option --event")
    finally:
        click_words.choose("en")
