"""The command palette: every place and every key, in the language in force."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from ipweek.domain.kinds import KINDS, WHOLES
from ipweek.i18n import N_, _, again
from ipweek.tui.background import start
from ipweek.tui.themes import THEMES
from ipweek.tui.widgets.chrome import shown_key

if TYPE_CHECKING:
    from ipweek.tui.app import IpweekApp

_THEME_NAMES = {
    "ipweek-dark": N_("Colours: dark"),
    "ipweek-light": N_("Colours: light"),
    "ipweek-contrast": N_("Colours: high contrast"),
}
_PLACES = (
    ("register", N_("Registration desk")),
    ("checkin", N_("Check-in")),
    ("scans", N_("Log of the doors")),
    ("doors", N_("Doors: whom they let in, and when")),
    ("operators", N_("Operators: who works at the desks")),
    ("people", N_("People of the event")),
    ("live", N_("Live: who is there now")),
    ("wall", N_("Wall: a screen for the hall")),
    ("desks", N_("Desks without a network: copies and conflicts")),
    ("enterprises", N_("Enterprises")),
    ("results", N_("Navigation results")),
    ("reach", N_("Who heard, who missed a result")),
    ("cases", N_("Case library")),
    ("exchange", N_("Demands of enterprises")),
    ("demand-entry", N_("Take demands down at the table")),
    ("indicators", N_("Indicators: towards the targets")),
    ("summary", N_("Summary of the event or week")),
    ("report-notes", N_("Report texts and photographs")),
    ("figures", N_("Figures of the report, and what is behind them")),
    ("import", N_("Import a spreadsheet")),
    ("imports", N_("Imports so far, and undo")),
    ("export", N_("Export to a file")),
    ("feedback", N_("Feedback: what people said")),
    ("patents", N_("Import a patent export")),
    ("duplicates", N_("People and enterprises entered twice")),
    ("merges", N_("Merges so far, and undoing them")),
    ("badges", N_("Badges as a PDF")),
    ("prints", N_("Print queue")),
    ("print-log", N_("Print log of the badges")),
    ("signin-sheets", N_("Sign-in sheets as a PDF")),
    ("signin", N_("Key in sign-in sheets")),
    ("certificates", N_("Certificates of attendance")),
    ("programme", N_("Programme")),
    ("timetable", N_("Timetable")),
)
_HIDDEN = ("line-", "page-", "field-", "match-", "home-")


class Palette(CommandPalette):
    """Textual's own, speaking the language in force."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("type what you want to do"), id="--command-palette")

    def retranslate(self) -> None:
        """Offer the commands in the language in force; what is typed stays."""
        line = self.query_one(Input)
        line.placeholder = again(line.placeholder)
        line.post_message(Input.Changed(line, line.value))

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        if search_value:
            self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, self._say_no_matches)

    def _say_no_matches(self) -> None:
        nothing = Option(Content(_("No command has this in its name")), disabled=True, id=self._NO_MATCHES)
        self.query_one(CommandList).add_option(nothing)
        self._list_visible = True


class Commands(Provider):
    """What can be done from where one is."""

    @property
    def desk(self) -> "IpweekApp":
        """The application."""
        return self.app  # type: ignore[return-value]

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """Text, help and what to do."""
        for place, text in _PLACES:
            yield _(text), "", partial(self.desk.go, place)
        yield _("Printer and sheet for badges"), "", self.desk.printing.choose
        if self.desk.printing.failed:
            yield _("Give up what was not printed"), "", self.desk.printing.forget
        for kind in map(KINDS.__getitem__, WHOLES):
            yield (
                _("List: {kind}").format(kind=_(kind.plural)),
                "",
                partial(self.desk.go, "records", kind=kind.code),
            )
            yield (
                _("New: {kind}").format(kind=_(kind.label)),
                "",
                partial(self.desk.go, "form", kind=kind.code),
            )
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and not (binding.id or "").startswith(_HIDDEN):
                act = partial(self._run, binding.action, active.node)
                yield _(binding.description), shown_key(binding.key), act
        for theme in THEMES:
            yield _(_THEME_NAMES[theme.name]), "", partial(self.desk.dress, theme.name)

    def _run(self, action: str, node: object) -> None:
        start(self.desk, partial(self.desk.run_action, action, node))  # type: ignore[arg-type]

    async def discover(self) -> Hits:
        """All commands, as long as nothing is typed."""
        for text, note, act in self._commands():
            yield DiscoveryHit(text, act, help=note or None)

    async def search(self, query: str) -> Hits:
        """The commands that match what is typed."""
        matcher = self.matcher(query)
        for text, note, act in self._commands():
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), act, help=note or None)
