"""F8 while a question is open: it goes on in the other language, and what was typed into it stays."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ipweek.domain.errors import NotFoundError
from ipweek.i18n import _, again, choose
from ipweek.render.errors import sentence
from ipweek.tui.app import IpweekApp
from tests.tui.steps import settled, shown

Way = Callable[[IpweekApp, Pilot[None]], Awaitable[None]]


async def _events(_app: IpweekApp, pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+e")
    await pilot.pause(0.2)
    await pilot.press(*"exch")


async def _unsaved(app: IpweekApp, pilot: Pilot[None]) -> None:
    app.go("form", kind="venue")
    await settled(pilot)
    await pilot.press(*"exch")
    await settled(pilot)
    await pilot.press("escape")


async def _keys(_app: IpweekApp, pilot: Pilot[None]) -> None:
    await pilot.press("f1")


async def _commands(_app: IpweekApp, pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+p", *"exch")
    await pilot.pause(0.6)


async def _reason(app: IpweekApp, pilot: Pilot[None]) -> None:
    app.go("registration", registration=app.work.registrations.page("release", "张伟").rows[0])
    await settled(pilot)
    await app.run_action("screen.block")
    await pilot.pause(0.2)
    await pilot.press(*"exch")


@pytest.mark.parametrize(
    ("way", "english", "chinese", "typed"),
    [
        (_events, ("Which event?", "Exchange", "Start"), ("选择活动", "Exchange", "开始时间"), "exch"),
        (_unsaved, ("Stay", "is not saved. Leave it"), ("继续", "有内容尚未保存"), None),
        (_keys, ("Keys on this screen", "Commands"), ("本页按键", "命令"), None),
        (_commands, ("No command has this in its name",), ("没有名称与此相符的命令",), "exch"),
        (_reason, ("Block 张伟", "Type the reason"), ("禁止张伟入场", "请输入原因"), "exch"),
    ],
    ids=["choice", "question", "help", "palette", "prompt"],
)
async def test_a_question_changes_its_language(
    app: IpweekApp, way: Way, english: tuple[str, ...], chinese: tuple[str, ...], typed: str | None
) -> None:
    """Question, answers, columns and the keys behind it; there and back, with the text and the focus as they were."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await way(app, pilot)
        await settled(pilot)
        before, focused = shown(app), app.focused
        for words in (chinese, english):
            await pilot.press("f8")
            await settled(pilot)
            await pilot.pause(0.6 if way is _commands else 0)
            assert [word for word in words if word not in shown(app)] == [], shown(app)
            assert app.focused is focused
            assert typed is None or app.screen.query_one(Input).value == typed
        assert shown(app) == before


async def test_what_happened_last_is_told_in_the_language_in_force(app: IpweekApp) -> None:
    """The status changes with the screen; in words of somebody else it stays as it is."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.tell(_("{name} saved").format(name="{name}"))
        await pilot.press("f8")
        await settled(pilot)
        assert "{name}已保存" in shown(app)
        app.tell("{name} saved")
        await pilot.press("f8")
        await settled(pilot)
        assert "{name} saved" in shown(app)


def test_a_refusal_is_told_again() -> None:
    """The names of kinds and fields in it change with the sentence; what is not known to be translated stays."""
    error = NotFoundError("not-found", kind="venue", ref="hall")
    told = sentence(error)
    choose("zh")
    assert again(told) == sentence(error) != told
    assert again("hall") == "hall"
    choose("en")
    joined = "{x} " + told + " · " + _("yes")
    choose("zh")
    assert again(joined) == f"{{x}} {sentence(error)} · {_('yes')}"
