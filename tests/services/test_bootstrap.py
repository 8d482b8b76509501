"""The wiring: each service is what its annotation says, and is loaded when it is asked for."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from ipweek import config
from ipweek.bootstrap import App
from ipweek.storage import migrate
from ipweek.storage.engine import open_engine


def opened(folder: Path) -> App:
    """An application over an empty workspace."""
    settings = replace(config.load({"home": str(folder)}), home=folder)
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine)
    engine.dispose()
    return App(settings)


def test_each_service_is_what_it_says(tmp_path: Path) -> None:
    """All of them can be made, each of the class that its annotation names, and is made once."""
    app = opened(tmp_path)
    app.load()
    made = {
        name: type(vars(app)[name]).__name__
        for name in App.__annotations__
        if name not in ("desk_uow", "line")
    }
    assert made == {name: App.__annotations__[name].strip("'\"") for name in made}
    assert len(made) > 40
    assert app.checkin is app.checkin
    app.close()


def test_nothing_is_loaded_before_it_is_asked_for(tmp_path: Path) -> None:
    """A desk that only scans does not wait for the code of reports, imports and badges."""
    opened(tmp_path).close()
    code = (
        "import sys; from ipweek import config; from ipweek.bootstrap import App; "
        f"app = App(config.load({{'home': {str(tmp_path)!r}}})); app.checkin; "
        "print(*(name for name in ('reports', 'imports', 'badge_runs') if f'ipweek.services.{name}' in sys.modules))"
    )
    found = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
