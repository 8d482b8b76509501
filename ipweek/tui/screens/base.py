"""The frame of every screen, and how it speaks to services."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.screen import Screen

from ipweek.domain.errors import IpweekError
from ipweek.i18n import N_
from ipweek.render.errors import sentence
from ipweek.tui.widgets.chrome import KeyLine, StatusLine, TitleLine, TooSmall, TopLine

if TYPE_CHECKING:
    from ipweek.bootstrap import App as Work
    from ipweek.tui.bridge import Bridge
    from ipweek.tui.desk import Desk

LEAST_WIDTH, LEAST_HEIGHT = 80, 24


def retranslate_widgets(screen: Screen[Any]) -> None:
    """Have everything on a screen speak the language in force."""
    for widget in screen.query("*"):
        retranslate = getattr(widget, "retranslate", None)
        if retranslate is not None:
            retranslate()


class BaseScreen(Screen[Any]):
    """Top line, title, the screen's own body, status, keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back"), id="back"),
    ]

    _to_mend = ""

    @property
    def desk(self) -> "Desk":
        """The application."""
        return self.app  # type: ignore[return-value]

    @property
    def services(self) -> "Work":
        """The opened workspace."""
        return self.desk.work

    @property
    def bridge(self) -> "Bridge":
        """The way to the services."""
        return self.desk.bridge

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        yield TopLine()
        yield TitleLine()
        with Vertical(id="body"):
            yield from self.body()
        yield StatusLine()
        yield KeyLine()
        yield TooSmall()

    def body(self) -> ComposeResult:
        """The screen's own part."""
        raise NotImplementedError

    def title_texts(self) -> tuple[str, str]:
        """What the screen is about, and what stands at the right of it."""
        raise NotImplementedError

    @property
    def subject(self) -> object:
        """What a screen shows of which there are many; None for a place."""
        return None

    def reload(self) -> None:
        """Read again what is shown; called whenever the screen comes to the front."""

    def foresee(self, digit: str) -> None:
        """Prepare for a digit that will have been typed, unless it begins what a scanner reads."""

    def retitle(self) -> None:
        """Draw the title anew."""
        for line in self.query(TitleLine):
            line.refresh()

    def on_screen_resume(self) -> None:
        """Show what is true now."""
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small; use the room where there is much."""
        size = event.size
        self.set_class(size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT, "-too-small")
        self.set_class(size.width >= 110 and size.height >= 32, "-roomy")
        self.query_one(TooSmall).refresh(layout=True)

    def retranslate(self) -> None:
        """Draw everything in the language in force; what was typed stays."""
        retranslate_widgets(self)

    @work(group="leave", exclusive=True)
    async def action_back(self) -> None:
        """Go back one place, if nothing typed is lost by it."""
        if await self.may_leave():
            self.dismiss(None)

    async def may_leave(self) -> bool:
        """Whether the screen can go; forms ask first."""
        return True

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Whatever a service refuses inside becomes a line in the status.

        An answer that comes when the screen is being taken down has nowhere to show, and is dropped.
        """
        try:
            yield
        except IpweekError as error:
            self.refused(error)
        except NoMatches:
            if self.query(TitleLine):
                raise

    def ask_to_mend(self, text: str) -> None:
        """Say that the form is not right yet; when the screen goes, so does the line."""
        self._to_mend = text
        self.desk.tell(text, "bad")

    def on_unmount(self) -> None:
        """Nothing is to be mended here any more."""
        self.desk.untell(self._to_mend)

    def refused(self, error: IpweekError) -> None:
        """Show a refusal; forms show it under its field too."""
        self.desk.tell(sentence(error), "bad")
