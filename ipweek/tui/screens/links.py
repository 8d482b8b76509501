"""Links between events or sessions and navigation results or cases, from either side."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.cases import CaseLink, Recusal
from ipweek.domain.kinds import KINDS
from ipweek.domain.navigation import LinkLine
from ipweek.domain.records import Record
from ipweek.domain.words import LinkRole
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.case_sheet import either, recusal
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.screens.records import name_column, search_key
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

Link = LinkLine | CaseLink
_FEW = 4


def _place(link: Link) -> str:
    return either(link.place_zh, link.place_en) or link.place_code


def _other(link: Link) -> str:
    if isinstance(link, CaseLink):
        return either(link.case_zh, link.case_en) or link.case_code
    return either(link.result_zh, link.result_en) or link.result_code


def _role(link: Link) -> str:
    return _("analysed") if isinstance(link, CaseLink) else words.word(link.role)


_ROLE = Column[Link](N_("As"), _role)
_PLACE = Column[Link](N_("Where"), _place)
_OTHER = Column[Link](N_("Result or case"), _other)
_DAY = Column[Link](N_("Day"), lambda link: str(link.day) if link.day else (_("not stated"), "dim"))
_KIND = Column[Record](N_("Kind"), lambda record: (_(KINDS[record.kind].label), "dim"))
_CODE = Column[Record](N_("Code"), lambda record: (record.code, "dim"), optional=True)


class LinksScreen(ListScreen[Link]):
    """The results and cases of a place (an event or session), or the places of a result or a case."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
        Binding("f7", "demands", N_("Demands"), id="demands"),
    ]

    def __init__(
        self, place: Record | None = None, result: Record | None = None, case: Record | None = None
    ) -> None:
        super().__init__(classes="links")
        self.place, self.result, self.case = place, result, case
        self._recusals: tuple[Recusal, ...] = ()

    def body(self) -> ComposeResult:
        """The links, the other side first, over what is to be said of who is registered there."""
        yield Rows([_OTHER, _ROLE, _PLACE, _DAY] if self.place else [_PLACE, _DAY, _ROLE])
        yield Said(self._told, id="recusals")

    def _told(self) -> str:
        """Who recuses himself; a case's own page names them all."""
        told = [f"! {recusal(found)}" for found in self._recusals[:_FEW]]
        if len(self._recusals) > _FEW:
            told.append(_("and {n} more").format(n=len(self._recusals) - _FEW))
        return "\n".join(told)

    @property
    def subject(self) -> Record:
        """Whose links these are."""
        subject = self.place or self.result or self.case
        assert subject is not None
        return subject

    def title_texts(self) -> tuple[str, str]:
        """Whose links these are, and how many."""
        name, count = self.subject.name(language()), _("{n} links").format(n=self.rows.count)
        if self.place is not None:
            return _("Results and cases of {name}").format(name=name), count
        if self.case is not None:
            return _("Where {name} is analysed").format(name=name), count
        return _("Where {name} was shown").format(name=name), count

    async def _load(self) -> None:
        with self.telling():
            services = self.services
            place, result, case = (
                side.code if side else None for side in (self.place, self.result, self.case)
            )
            found: Sequence[Link] = ()
            if case is None:
                found = await self.bridge.call(services.navigation.links, place, result)
            if result is None:
                found = (*found, *await self.bridge.call(services.cases.links, place, case))
                self._recusals = await self.bridge.call(services.cases.recusals, place, case)
            self.rows.show(found)
            self.query_one("#recusals", Said).retranslate()
            self.retitle()

    def action_demands(self) -> None:
        """What enterprises asked for there."""
        self.desk.go("exchange", parent=self.place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Demands are of events and sessions."""
        if action == "demands":
            return self.place is not None
        return super().check_action(action, parameters)

    @on(Opened)
    def action_open(self) -> None:
        """Open the other side."""
        link = self.rows.chosen
        if link is None:
            return
        if self.place is None:
            start(self, partial(self._open_place, link), group="open", exclusive=True)
        elif isinstance(link, CaseLink):
            self.desk.go("case", code=link.case_code)
        else:
            self.desk.go("result", code=link.result_code)

    async def _open_place(self, link: Link) -> None:
        with self.telling():
            place = await self.bridge.call(self.services.records.show, link.place_kind, link.place_code)
            self.desk.go("links", place=place)

    @work(group="add", exclusive=True)
    async def action_add(self) -> None:
        """Choose the other side; of a result, what was done with it there."""
        with self.telling():
            kinds = ("result", "case") if self.place else ("event", "session")
            found = [await self.bridge.call(self.services.records.list, kind) for kind in kinds]
            rows = [record for records in found for record in records]
            columns = [name_column(KINDS[kinds[0]]), _KIND, _CODE]
            other = await self.app.push_screen_wait(Choose(_("Link to"), rows, columns, search_key))
            if other is None:
                return
            place, linked = (self.place, other) if self.place else (other, self.subject)
            if linked.kind == "case":
                await self._link_case(place, linked)
            else:
                await self._link_result(place, linked)
        self.reload()

    async def _link_case(self, place: Record, case: Record) -> None:
        services = self.services
        await self.bridge.write(services.cases.link, services.actor, place.code, case.code)
        recusals = await self.bridge.call(services.cases.recusals, place.code, case.code)
        told = _("{name} linked").format(name=case.name(language()))
        if recusals:
            told = " · ".join((told, *map(recusal, recusals)))
        self.desk.tell(told, "warn" if recusals else "good")

    async def _link_result(self, place: Record, result: Record) -> None:
        roles = Choose(
            _("What was done with the result there?"),
            tuple(LinkRole),
            [Column(N_("As"), words.word), Column("", _meaning)],
            words.word,
        )
        role = await self.app.push_screen_wait(roles)
        if role is None or not await self._confirmed(role):
            return
        services = self.services
        await self.bridge.write(services.navigation.link, services.actor, place.code, result.code, role)
        self.desk.tell(_("{name} linked").format(name=result.name(language())), "good")

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
            place=_place(link), result=_other(link)
        )
        if not await self.app.push_screen_wait(Ask(question, yes=_("Take away"), no=_("Keep"))):
            return
        with self.telling():
            services, actor = self.services, self.services.actor
            if isinstance(link, CaseLink):
                await self.bridge.write(services.cases.unlink, actor, link.place_code, link.case_code)
            else:
                unlink = services.navigation.unlink
                await self.bridge.write(unlink, actor, link.place_code, link.result_code, link.role)
            self.desk.tell(_("Link taken away"), "good")
        self.reload()


def _meaning(role: LinkRole) -> tuple[str, str]:
    meanings = {
        LinkRole.RELEASED: _("made public for the first time"),
        LinkRole.PRESENTED: _("shown to those who came"),
        LinkRole.DISCUSSED: _("talked about"),
    }
    return meanings[role], "dim"
