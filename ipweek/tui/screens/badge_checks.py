"""Badges before they are printed: a look at each, and what the check found."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from ipweek.domain.badges import BadgeFace, SheetLayout
from ipweek.domain.preflight import FindingKind, Preflight
from ipweek.i18n import N_, _, language
from ipweek.jobs.badges import printed_words
from ipweek.render.badge_terminal import badge
from ipweek.render.preflight import sentence, summary
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.into_files import file_for
from ipweek.tui.widgets.said import Said


async def may_print(screen: BaseScreen, found: Preflight, *, allow_missing: bool) -> bool:
    """Whether a run goes on: at once where nothing was found, and never against what forbids printing."""
    forbidden = [
        finding for finding in found.stopping if not (allow_missing and finding.kind is FindingKind.GLYPHS)
    ]
    if not found.findings:
        return True
    return await screen.app.push_screen_wait(Findings(found, may_go_on=not forbidden))


class Findings(ModalScreen[bool]):
    """What the check found, line by line; the harmless answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", N_("Back"), id="findings-no"),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, found: Preflight, *, may_go_on: bool) -> None:
        super().__init__()
        self._found, self._may_go_on = found, may_go_on

    def compose(self) -> ComposeResult:
        """The lines over the answers."""
        with Vertical(classes="dialog wide"):
            yield Said(lambda: summary(self._found), classes="question")
            with VerticalScroll():
                yield Said(self._lines)
            with Horizontal(classes="answers"):
                yield Button(_("Back"), id="no", compact=True)
                if self._may_go_on:
                    yield Button(_("Go on all the same"), id="yes", compact=True)

    def _lines(self) -> str:
        return "\n".join(
            f"{'✗' if finding.stops else '!'} {sentence(finding)}" for finding in self._found.findings
        )

    def on_mount(self) -> None:
        """Put the focus on the harmless answer."""
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - the action's one argument is the answer
        """Answer without a button."""
        self.dismiss(answer)

    def action_scroll(self, step: int) -> None:
        """Move through long lists."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)


class PreviewScreen(BaseScreen):
    """One badge after the other, as they will print."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,right,down", "turn(1)", N_("Next page"), id="preview-next"),
        Binding("pageup,left,up", "turn(-1)", N_("Previous page"), id="preview-before"),
        Binding("ctrl+s,f10", "save", N_("As a picture"), id="preview-save"),
    ]

    def __init__(self, event: str, layout: str, *, only_new: bool) -> None:
        super().__init__(classes="badge")
        self._event, self._layout, self._only_new = event, layout, only_new
        self._faces: Sequence[BadgeFace] = ()
        self._sheet: SheetLayout | None = None
        self._place = 0

    def body(self) -> ComposeResult:
        """The badge."""
        yield Static(id="badge")

    def title_texts(self) -> tuple[str, str]:
        """On what, and which of how many."""
        left = " · ".join([_("Preview"), *([self._sheet.title(language())] if self._sheet else [])])
        right = f"{self._place + 1} / {len(self._faces)}" if self._faces else ""
        return left, right

    def reload(self) -> None:
        """Read the badges."""
        start(self, self._load, group="load", exclusive=True)

    def retranslate(self) -> None:
        """The faces have words of the language, too."""
        super().retranslate()
        self.reload()

    async def _load(self) -> None:
        with self.telling():
            self._sheet, self._faces = await self.bridge.call(self._read)
            self._place = min(self._place, len(self._faces) - 1)
            self._draw()

    def _read(self) -> tuple[SheetLayout, Sequence[BadgeFace]]:
        """Runs in a thread."""
        work = self.services
        faces = work.badge_jobs.wanted(self._event, (), only_new=self._only_new, layout=self._layout)
        return work.layout_jobs.layout(self._layout), faces

    def _draw(self) -> None:
        if self._faces:
            shown = badge(self._faces[self._place], printed_words(), self._sheet)
            self.query_one("#badge", Static).update(shown)
        self.retitle()

    def action_turn(self, step: int) -> None:
        """Go to the next badge, or the one before."""
        self._place = max(min(self._place + step, len(self._faces) - 1), 0)
        self._draw()

    def action_save(self) -> None:
        """Write this badge as a picture."""
        if self._faces:
            start(self, self._save, group="save", exclusive=True)

    async def _save(self) -> None:
        face = self._faces[self._place]
        path = await file_for(self, _("Into which PNG file?"), f"badge-{self._event}.png")
        if path is None:
            return
        with self.telling():
            refs = [str(face.registration)]
            jobs = self.services.badge_jobs
            await self.bridge.call(jobs.preview, self._event, refs, path, layout=self._layout)
            told_path = _("The badge of {name} is in {path}")
            self.desk.tell(told_path.format(name=face.name, path=path.absolute()), "good")
