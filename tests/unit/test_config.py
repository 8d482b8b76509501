"""Settings: which source wins, and what a name may hold."""

from pathlib import Path

import pytest

from ipweek import config
from ipweek.domain.errors import UsageError


def _load(tmp_path: Path, flags: dict[str, str] | None = None, **environment: str) -> config.Settings:
    return config.load(flags or {}, {"IPWEEK_CONFIG": str(tmp_path / "config.toml"), **environment})


def test_flag_wins_over_environment_over_file(tmp_path: Path) -> None:
    """The nearer a setting is to the command, the more it counts."""
    (tmp_path / "config.toml").write_text(
        'desk = "filed"\noperator = "filed"\nlang = "zh"\n', encoding="utf-8"
    )
    found = _load(tmp_path, {"desk": "flag"}, IPWEEK_DESK="environment", IPWEEK_OPERATOR="environment")
    assert (found.desk, found.operator, found.language) == ("flag", "environment", "zh")


def test_the_printer_and_its_sheet(tmp_path: Path) -> None:
    """None unless set; the environment wins over the file."""
    assert (_load(tmp_path).printer, _load(tmp_path).layout) == (None, None)
    (tmp_path / "config.toml").write_text('printer = "office"\nlayout = "a6"\n', encoding="utf-8")
    found = _load(tmp_path, IPWEEK_PRINTER="label")
    assert (found.printer, found.layout) == ("label", "a6")


def test_the_database_lies_in_the_home(tmp_path: Path) -> None:
    """Without an address of its own the database is a file of the home; a server has none."""
    assert _load(tmp_path, IPWEEK_HOME=str(tmp_path)).database == tmp_path / "ipweek.db"
    server = _load(tmp_path, IPWEEK_DATABASE_URL="postgresql+psycopg://somebody@localhost/week")
    assert server.database is None


@pytest.mark.parametrize(("spoken", "language"), [("zh_CN.UTF-8", "zh"), ("de_DE.UTF-8", "en"), ("", "en")])
def test_language_of_the_system(tmp_path: Path, spoken: str, language: str) -> None:
    """Chinese where the system is Chinese, English elsewhere."""
    assert _load(tmp_path, LANG=spoken).language == language


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    """A config file that is no TOML is refused by name."""
    (tmp_path / "config.toml").write_text("desk = ", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        _load(tmp_path)
    assert refused.value.code == "config-invalid"


def test_names_are_clean_and_fit_their_columns(tmp_path: Path) -> None:
    """An operator's name holds no escape sequence and no more than the log keeps."""
    found = _load(tmp_path, {"operator": "陈\x1b[31m" + "长" * 200, "desk": "\u202e"})
    assert found.operator.startswith("陈[31m长")
    assert len(found.operator) == 120
    assert found.desk == "desk"
