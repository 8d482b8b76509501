"""Settings: a flag wins over IPWEEK_* in the environment, that over the config file, that over the default."""

import getpass
import os
import platform
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from ipweek.domain.errors import UsageError
from ipweek.domain.text import clean

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the workspace lies and who works at it; `fonts` is a folder whose fonts go first.

    `printer` and `layout` are what badges are printed on where nothing else is said. `language_is_stated` and
    `desk_is_stated` where they were asked for, and not only guessed from the system. `pin` is from the environment alone:
    files are read by others.
    """

    home: Path
    database_url: str
    language: str
    desk: str
    operator: str
    fonts: Path | None
    cache: Path
    printer: str | None = None
    layout: str | None = None
    language_is_stated: bool = False
    pin: str | None = field(default=None, repr=False)
    desk_is_stated: bool = True

    @property
    def database(self) -> Path | None:
        """The file of the embedded database, None where the database is a server."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


def load(
    flags: Mapping[str, str | None] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings in force. Raises UsageError `config-invalid` for a config file that cannot be read."""
    environment = os.environ if environment is None else environment
    given = {name: value for name, value in (flags or {}).items() if value}
    filed = _config_file(environment)

    def setting(name: str) -> str | None:
        return given.get(name) or environment.get(f"IPWEEK_{name.upper()}") or filed.get(name)

    home = Path(setting("home") or platformdirs.user_data_dir("ipweek", appauthor=False)).expanduser()
    fonts = setting("fonts")
    return Settings(
        home=home,
        database_url=setting("database_url") or f"sqlite:///{(home / 'ipweek.db').absolute().as_posix()}",
        language=_language(setting("lang"), environment),
        desk=_name(setting("desk") or platform.node().split(".")[0]) or "desk",
        operator=_name(setting("operator") or _user()) or "operator",
        fonts=Path(fonts).expanduser() if fonts else None,
        cache=Path(setting("cache") or platformdirs.user_cache_dir("ipweek", appauthor=False)).expanduser(),
        printer=setting("printer"),
        layout=setting("layout"),
        language_is_stated=bool(setting("lang")),
        pin=environment.get("IPWEEK_PIN") or None,
        desk_is_stated=bool(setting("desk")),
    )


def _config_file(environment: Mapping[str, str]) -> dict[str, str]:
    file = Path(
        environment.get("IPWEEK_CONFIG")
        or Path(platformdirs.user_config_dir("ipweek", appauthor=False)) / "config.toml"
    )
    if not file.is_file():
        return {}
    try:
        return {name: str(value) for name, value in tomllib.loads(file.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError) as error:
        raise UsageError("config-invalid", path=str(file), detail=str(error)) from error


def _language(chosen: str | None, environment: Mapping[str, str]) -> str:
    wanted = (
        chosen or environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    )
    return "zh" if wanted.lower().startswith("zh") else "en"


def _name(text: str) -> str:
    """A name as it is logged: cleaned, and as long as the columns that keep it."""
    return clean(text)[:_NAME_LENGTH]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "operator"
