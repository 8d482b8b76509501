"""Two side by side: what they say, what they have, which value is taken; merged by Enter, after a question."""

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.duplicates import Duplicate
from ipweek.domain.merging import Review, Side
from ipweek.i18n import N_, _
from ipweek.render.duplicates import KINDS, merged_texts, review_lines
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.duplicates import dismissed
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.widgets.page import Leads, Line, Page


def duplicate_lines(count: int, code: str) -> Sequence[Line]:
    """The line of an enterprise's page that leads to its possible duplicates, where there are any."""
    if not count:
        return ()
    told = _("possible duplicates: {n}").format(n=count)
    return Line(), Line(((f"! {told}", "warn"),), Leads("duplicates", code))


class Fields(Page):
    """A page whose lines are chosen from to the left and to the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.merge", N_("Merge"), id="merge"),
        Binding("left", "screen.take('keep')", N_("Left"), id="take-left"),
        Binding("right", "screen.take('drop')", N_("Right"), id="take-right"),
    ]


class DuplicateScreen(OnePageScreen):
    """The left one is kept; ← and → choose whose value of a field is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "swap", N_("Swap sides"), id="swap"),
        Binding("delete", "are_two", N_("Not the same"), id="not-the-same"),
    ]

    def __init__(self, pair: Duplicate) -> None:
        super().__init__(classes="duplicate")
        self._pair, self._swapped = pair, False
        self._fields: dict[str, Side] = {}
        self._review: Review | None = None

    def body(self) -> ComposeResult:
        """The fields."""
        yield Fields()

    @property
    def _refs(self) -> tuple[str, str]:
        refs = (self._pair.first.ref, self._pair.second.ref)
        return (refs[1], refs[0]) if self._swapped else refs

    def title_texts(self) -> tuple[str, str]:
        """What it is about."""
        return _(KINDS[self._pair.kind]), ""

    async def _load(self) -> None:
        with self.telling():
            self._review = await self.bridge.call(
                self.services.merging.review, *self._refs, dict(self._fields)
            )
            review = self._review
            self.lines.show(lambda width: [Line(), *review_lines(review, width)])

    def action_take(self, side: str) -> None:
        """Choose whose value of the field under the cursor is taken."""
        review, field = self._review, self.lines.current
        if review is not None and any(pair.field.name == field and not pair.same for pair in review.fields):
            self._fields[str(field)] = Side(side)
            self.reload()

    def action_swap(self) -> None:
        """Keep the other one; the values that were chosen stay chosen."""
        self._swapped = not self._swapped
        other = {Side.KEEP: Side.DROP, Side.DROP: Side.KEEP}
        self._fields = {name: other[side] for name, side in self._fields.items()}
        self.reload()

    @work(group="save", exclusive=True)
    async def action_merge(self) -> None:
        """Ask, merge, and say what came of it."""
        review = self._review
        if review is None:
            return
        question = _("Merge {drop} into {keep}? Nothing is lost, and it can be undone.")
        question = question.format(drop=review.drop.name, keep=review.keep.name)
        if not await self.app.push_screen_wait(Ask(question, yes=_("Merge"), no=_("Leave it"))):
            return
        with self.telling():
            services = self.services
            merged = await self.bridge.write(
                services.merging.merge, services.actor, *self._refs, dict(self._fields)
            )
            told, _rows, *rest = merged_texts(merged)
            self.desk.tell(" · ".join((told, *rest)), "good")
            self.dismiss(None)

    @work(group="remove", exclusive=True)
    async def action_are_two(self) -> None:
        """Remember that these are two, if that is meant."""
        if await dismissed(self, self._pair):
            self.dismiss(None)
