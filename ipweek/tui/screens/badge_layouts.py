"""The sheet that badges are printed on, chosen among the templates."""

from ipweek.domain.badge_templates import TemplateLine
from ipweek.i18n import N_, _
from ipweek.render.template_lists import told
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.rows import Column


async def choose_layout(screen: BaseScreen) -> None:
    """Choose the sheet of the screen's form among the templates; one with an error is not taken."""
    rows = await screen.bridge.call(screen.services.layout_jobs.lines)
    columns = (
        Column[TemplateLine](N_("Sheet"), lambda line: line.name),
        Column[TemplateLine](N_("What it is"), told),
    )
    chooser = Choose(_("Badges on which sheet?"), rows, columns, lambda line: line.name)
    chosen = await screen.app.push_screen_wait(chooser)
    if chosen is not None and chosen.error is not None:
        screen.refused(chosen.error)
    elif chosen is not None:
        screen.query_one(Form).boxes["layout"].text = chosen.name
