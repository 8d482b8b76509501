"""Who may be entered twice: pairs, the most likely first."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.duplicates import Duplicate, DuplicateKind, DuplicateList, Suspect
from ipweek.i18n import N_, _
from ipweek.render.duplicates import KINDS, reasons
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Cell, Column, Rows

_PEOPLE, _ENTERPRISES = DuplicateKind.PEOPLE, DuplicateKind.ENTERPRISES
_LIKELY, _HARDLY = 70, 30


def _who(one: Suspect) -> str:
    return " · ".join(part for part in (one.name, one.detail, one.phone) if part)


def _score(pair: Duplicate) -> Cell:
    role = "warn" if pair.score >= _LIKELY else "dim" if pair.score < _HARDLY else "plain"
    return str(pair.score), role


class DuplicatesScreen(ListScreen[Duplicate]):
    """People or enterprises; of one of them, where it is named. Enter puts two side by side."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Compare"), id="open"),
        Binding("f4", "other_kind", N_("People/enterprises"), id="other-kind"),
        Binding("delete", "are_two", N_("Not the same"), id="not-the-same"),
        Binding("f6", "merges", N_("Merges"), id="merges"),
    ]

    def __init__(self, person: str | None = None, enterprise: str | None = None) -> None:
        super().__init__(classes="duplicates")
        self._person, self._enterprise = person, enterprise
        self._kind = _ENTERPRISES if enterprise else _PEOPLE
        self._found: DuplicateList | None = None

    def body(self) -> ComposeResult:
        """One pair a line."""
        yield Rows[Duplicate](
            (
                Column(N_("Likeness"), _score, right=True),
                Column(N_("One"), lambda pair: _who(pair.first)),
                Column(N_("Other"), lambda pair: _who(pair.second)),
                Column(N_("Why"), lambda pair: (reasons(pair.evidence), "dim")),
            )
        )

    def title_texts(self) -> tuple[str, str]:
        """Which kind, and the place in the list at the right."""
        title = _(KINDS[self._kind])
        if self._found is None:
            return title, ""
        return title, self.cursor_at(_("none found"), f"{self._found.total:,}")

    async def _load(self) -> None:
        kind = self._kind
        with self.telling():
            found = await self.bridge.call(self._read, kind)
            if kind is self._kind:
                self._found = found
                self.rows.show(found.pairs)
                self.retitle()

    def _read(self, kind: DuplicateKind) -> DuplicateList:
        """Runs in a thread."""
        duplicates = self.services.duplicates
        if self._person:
            return duplicates.of_person(self._person)
        if self._enterprise:
            return duplicates.of_enterprise(self._enterprise)
        return duplicates.people() if kind is _PEOPLE else duplicates.enterprises()

    @on(Opened)
    def action_open(self) -> None:
        """Put two side by side."""
        if self.rows.chosen is not None:
            self.desk.go("duplicate", pair=self.rows.chosen)

    def action_other_kind(self) -> None:
        """All enterprises instead of people, or people instead of enterprises."""
        self._person = self._enterprise = None
        self._kind = _ENTERPRISES if self._kind is _PEOPLE else _PEOPLE
        self._found = None
        self.rows.show((), cursor=0)
        self.retitle()
        self.reload()

    def action_merges(self) -> None:
        """What was merged so far."""
        self.desk.go("merges")

    @work(group="remove", exclusive=True)
    async def action_are_two(self) -> None:
        """Remember that these are two, if that is meant."""
        pair = self.rows.chosen
        if pair is not None and await dismissed(self, pair):
            self.reload()


async def dismissed(screen: BaseScreen, pair: Duplicate) -> bool:
    """Ask, and remember that two are two; whether it was done."""
    names = {"one": pair.first.name, "other": pair.second.name}
    question = _("{one} and {other} are two, and are never proposed again?").format(**names)
    if not await screen.app.push_screen_wait(Ask(question, yes=_("They are two"), no=_("Leave it"))):
        return False
    with screen.telling():
        services = screen.services
        await screen.bridge.write(
            services.duplicates.dismiss, services.actor, pair.first.ref, pair.second.ref
        )
        screen.desk.tell(_("{one} and {other}: these are two").format(**names), "good")
        return True
    return False
