"""Links between events or sessions and navigation results, from either side."""

from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.kinds import KINDS
from ipweek.domain.navigation import LinkLine
from ipweek.domain.records import Record
from ipweek.domain.words import LinkRole
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.record_form import search_key
from ipweek.tui.screens.records import columns_of
from ipweek.tui.widgets.rows import Column, Rows


def _named(zh: str | None, en: str | None, code: str) -> str:
    return ((zh or en) if language() == "zh" else (en or zh)) or code


def _place(link: LinkLine) -> str:
    return _named(link.place_zh, link.place_en, link.place_code)


def _result(link: LinkLine) -> str:
    return _named(link.result_zh, link.result_en, link.result_code)


_ROLE = Column[LinkLine](N_("As"), lambda link: words.word(link.role))
_PLACE = Column[LinkLine](N_("Where"), _place)
_RESULT = Column[LinkLine](N_("Navigation result"), _result)
_DAY = Column[LinkLine](N_("Day"), lambda link: str(link.day) if link.day else (_("not stated"), "dim"))


class LinksScreen(BaseScreen):
    """The results of a place (an event or session), or the places of a result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self, place: Record | None = None, result: Record | None = None) -> None:
        super().__init__(classes="links")
        self.place, self.result = place, result

    def body(self) -> ComposeResult:
        """The links, the other side first."""
        columns = [_RESULT, _ROLE, _PLACE, _DAY] if self.place else [_PLACE, _DAY, _ROLE]
        yield Rows(columns)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.rows.focus()

    @property
    def rows(self) -> Rows[LinkLine]:
        """The links."""
        return self.query_one(Rows)

    def title_texts(self) -> tuple[str, str]:
        """Whose links these are, and how many."""
        count = _("{n} links").format(n=self.rows.count)
        if self.place is not None:
            return _("Navigation results of {name}").format(name=self.place.name(language())), count
        assert self.result is not None
        return _("Where {name} was shown").format(name=self.result.name(language())), count

    def reload(self) -> None:
        """Read the links."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        with self.telling():
            place, result = (side.code if side else None for side in (self.place, self.result))
            self.rows.show(await self.bridge.call(self.services.navigation.links, place, result))
            self.retitle()

    @on(Opened)
    def action_open(self) -> None:
        """Open the other side."""
        link = self.rows.chosen
        if link is not None and self.place is not None:
            self.desk.go("result", code=link.result_code)
        elif link is not None:
            start(self, partial(self._open_place, link), group="open", exclusive=True)

    async def _open_place(self, link: LinkLine) -> None:
        with self.telling():
            place = await self.bridge.call(self.services.records.show, link.place_kind, link.place_code)
            self.desk.go("links", place=place)

    @work(group="add", exclusive=True)
    async def action_add(self) -> None:
        """Choose the other side, then what was done with the result."""
        with self.telling():
            kinds = ("result",) if self.place else ("event", "session")
            found = [await self.bridge.call(self.services.records.list, kind) for kind in kinds]
            rows = [record for records in found for record in records]
            chooser = Choose(_("Link to"), rows, columns_of(KINDS[kinds[0]])[:3], search_key)
            other = await self.app.push_screen_wait(chooser)
            if other is None:
                return
            roles = Choose(
                _("What was done with the result there?"),
                tuple(LinkRole),
                [Column(N_("As"), words.word), Column("", _meaning)],
                words.word,
            )
            role = await self.app.push_screen_wait(roles)
            if role is None or not await self._confirmed(role):
                return
            place, result = (self.place or other, other if self.place else self.result)
            assert result is not None
            services = self.services
            await self.bridge.write(services.navigation.link, services.actor, place.code, result.code, role)
            self.desk.tell(_("{name} linked").format(name=other.name(language())), "good")
        self.reload()

    async def _confirmed(self, role: LinkRole) -> bool:
        if role is not LinkRole.RELEASED:
            return True
        question = _(
            "Releasing dates the result and closes it: a correction will be a new version. Release it?"
        )
        return await self.app.push_screen_wait(Ask(question, yes=_("Release"), no=_("Not now")))

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then take the link away."""
        link = self.rows.chosen
        if link is None:
            return
        question = _("Take the link between {place} and {result} away?").format(
            place=_place(link), result=_result(link)
        )
        if not await self.app.push_screen_wait(Ask(question, yes=_("Take away"), no=_("Keep"))):
            return
        with self.telling():
            services = self.services
            await self.bridge.write(
                services.navigation.unlink, services.actor, link.place_code, link.result_code, link.role
            )
            self.desk.tell(_("Link taken away"), "good")
        self.reload()


def _meaning(role: LinkRole) -> tuple[str, str]:
    meanings = {
        LinkRole.RELEASED: _("made public for the first time"),
        LinkRole.PRESENTED: _("shown to those who came"),
        LinkRole.DISCUSSED: _("talked about"),
    }
    return meanings[role], "dim"
