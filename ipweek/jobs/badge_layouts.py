"""Badge templates: those of the program, and those in the workspace's folder that go before them."""

from contextlib import suppress
from pathlib import Path

from ipweek.adapters import badge_templates
from ipweek.config import Settings
from ipweek.domain.badge_templates import TemplateLine
from ipweek.domain.badges import SheetLayout
from ipweek.domain.errors import IpweekError
from ipweek.jobs.files import written_whole


class LayoutJobs:
    """Templates of badges by name or file."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.home / "templates"

    def names(self) -> tuple[str, ...]:
        """The names to choose from, the usual one first."""
        return badge_templates.names(self.folder)

    def layout(self, name: str) -> SheetLayout:
        """A layout by its name or file. Raises UsageError `layout-unknown`, NotFoundError, InvalidError `template-…`."""
        return badge_templates.find(name, self.folder)

    def lines(self) -> tuple[TemplateLine, ...]:
        """Every template, also those with errors."""
        return tuple(map(self._line, self.names()))

    def text(self, name: str) -> str:
        """A template as it is written. Raises as `layout` does."""
        return badge_templates.text_of(name, self.folder)

    def place(self, to: Path) -> Path:
        """Where a copy goes: what is no file's name lies in the workspace's folder."""
        is_name = to.parent == Path() and to.suffix.lower() != ".toml"
        return self.folder / f"{to.name}.toml" if is_name else to

    def copy(self, name: str, to: Path) -> Path:
        """Copy a template. Raises as `text` does, InvalidError `file-not-writable`."""
        text, path = self.text(name), self.place(to)
        if path.parent == self.folder:
            with suppress(OSError):  # writing tells it
                self.folder.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as file:
            file.write(text.encode())
        return path

    def _line(self, name: str) -> TemplateLine:
        own = badge_templates.is_own(name, self.folder)
        try:
            return TemplateLine(name, own, self.layout(name))
        except IpweekError as error:
            return TemplateLine(name, own, None, error)
