"""One demand on one page: what was asked, what answers it, who does what, and how it goes on."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ipweek.domain.exchange import MET, Answer, steps
from ipweek.domain.words import DemandStatus
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.render.exchange_lists import kind_of, name_of
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.demand_lines import Spot, demand_lines
from ipweek.tui.screens.dialogs import Choose, Prompt
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.widgets.rows import Column

if TYPE_CHECKING:
    from ipweek.domain.exchange import DemandPage

_ACTION, _OTHER = "demand_action", "demand_answer"
_PAGES = {"result": "result", "case": "case", "enterprise": "enterprise"}


class DemandScreen(OnePageScreen):
    """Read-only; F4 goes on with it and asks for what the next status needs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f4", "move", N_("Status"), id="move"),
        Binding("insert,ctrl+n", "add", N_("Answer, action"), id="add"),
        Binding("f5", "done", N_("Done"), id="done"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="demand")
        self.code = code
        self._page: DemandPage | None = None

    def title_texts(self) -> tuple[str, str]:
        """The demand and its category; the status at the right."""
        if self._page is None:
            return "", ""
        values = self._page.demand.values
        late = "! " + _("overdue") + " · " if values["overdue"] else ""
        title = f"{_('Demand')} · {words.word(values['category'])} · {self._page.demand.code}"
        return title, late + words.word(values["status"])

    async def _load(self) -> None:
        with self.telling():
            page = await self.bridge.call(self.services.exchange.demand, self.code)
            self._page, self.code = page, page.demand.code
            self.lines.show(lambda width: demand_lines(page, width))
            self.retitle()
            self.refresh_bindings()

    @property
    def _spot(self) -> Spot | None:
        current = self.lines.current
        return current if isinstance(current, Spot) else None

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        spot = message.target
        if isinstance(spot, Spot) and spot.opens is not None:
            start(self, partial(self._open, spot.opens.kind, spot.opens.code), group="open", exclusive=True)

    async def _open(self, kind: str, code: str) -> None:
        if kind in _PAGES:
            self.desk.go(_PAGES[kind], code=code)
            return
        with self.telling():
            record = await self.bridge.call(self.services.records.show, kind, code)
            if kind in ("event", "session"):
                self.desk.go("exchange", parent=record)
            else:
                self.desk.go("form", kind=kind, record=record)

    @work(group="choose", exclusive=True)
    async def action_move(self) -> None:
        """Choose the next status, the usual one first, and enter what it asks for."""
        page = self._page
        if page is None:
            return
        column = Column[DemandStatus](N_("Status"), words.word)
        question = _("It is {status}; what now?").format(status=words.word(page.demand.values["status"]))
        chooser = Choose(question, steps(page.demand.values["status"]), (column,), words.word)
        status = await self.app.push_screen_wait(chooser)
        if status is None:
            return
        outcome = provider = ""
        if status is DemandStatus.CLOSED:
            said = await self.app.push_screen_wait(
                Prompt(
                    _("What came of it? A demand closes only with a result."),
                    page.demand.values["outcome"] or "",
                )
            )
            if said is None:
                return
            outcome = said
        elif status in MET and not page.answers and not page.demand.values["provider"]:
            said = await self.app.push_screen_wait(Prompt(_("Who can help? Name a provider."), ""))
            if said is None:
                return
            provider = said
        with self.telling():
            services = self.services
            moved = await self.bridge.write(
                services.exchange.move, services.actor, self.code, status, outcome=outcome, provider=provider
            )
            told = _("{code} is {status} now").format(
                code=self.code, status=words.word(moved.demand.values["status"])
            )
            self.desk.tell(told, "good")
        self.reload()

    @work(group="add", exclusive=True)
    async def action_add(self) -> None:
        """Take the suggestion under the cursor; elsewhere choose between these, another answer, and an action."""
        page, spot = self._page, self._spot
        if page is None:
            return
        chosen: Answer | str | None = spot.suggests if spot else None
        if chosen is None:
            column = Column[Answer | str](N_("Add"), _offer)
            offers: tuple[Answer | str, ...] = (_ACTION, *page.suggestions, _OTHER)
            chosen = await self.app.push_screen_wait(
                Choose(_("What is added to the demand?"), offers, (column,), _offer)
            )
        if isinstance(chosen, Answer):
            await self._take(chosen)
        elif chosen is not None:
            self.desk.go("form", kind=chosen, parent=page.demand)

    async def _take(self, answer: Answer) -> None:
        with self.telling():
            services = self.services
            await self.bridge.write(
                services.exchange.answer, services.actor, self.code, answer.kind, answer.code or ""
            )
            self.desk.tell(_("{name} may answer it").format(name=name_of(answer)), "good")
        self.reload()

    @work(group="choose", exclusive=True)
    async def action_done(self) -> None:
        """Mark the action under the cursor as done, with what shows it."""
        spot = self._spot
        if spot is None or spot.part is None:
            return
        code = spot.part.code
        evidence = await self.app.push_screen_wait(
            Prompt(_("What shows that it is done? It may stay empty."), "", may_be_empty=True)
        )
        if evidence is None:
            return
        with self.telling():
            services = self.services
            await self.bridge.write(services.exchange.done, services.actor, code, evidence)
            self.desk.tell(_("{name} is done").format(name=code), "good")
        self.reload()

    def action_edit(self) -> None:
        """Open the form of the action or answer under the cursor, else of the demand."""
        spot = self._spot
        kind, code = ("demand", self.code)
        if spot is not None and spot.part is not None:
            kind, code = spot.part.kind, spot.part.code
        start(self, partial(self._form, kind, code), group="open", exclusive=True)

    async def _form(self, kind: str, code: str) -> None:
        with self.telling():
            record = await self.bridge.call(self.services.records.show, kind, code)
            self.desk.go("form", kind=kind, record=record)

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then remove the action or answer under the cursor."""
        spot = self._spot
        if spot is not None and spot.part is not None:
            await self.remove_part(spot.part.kind, spot.part.code)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only actions are done, only parts are removed."""
        part = self._spot.part if self._page is not None and self._spot is not None else None
        if action == "done":
            return part is not None and part.kind == _ACTION
        if action == "remove":
            return part is not None
        return super().check_action(action, parameters)


def _offer(offer: Answer | str) -> str:
    if isinstance(offer, Answer):
        return f"{kind_of(offer)}: {name_of(offer)}"
    return _("An action: who does what until when") if offer == _ACTION else _("Another answer")
