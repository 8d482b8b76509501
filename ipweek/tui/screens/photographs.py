"""The photographs of an event or week; Ins adds one by the path of its file."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ipweek.domain.records import Record
from ipweek.i18n import N_, _
from ipweek.jobs.report_notes import save_photograph
from ipweek.tui.screens.into_files import file_for
from ipweek.tui.screens.records import RecordsScreen


class PhotographsScreen(RecordsScreen):
    """As every list of records, and a picture into a file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "save", N_("Picture into a file"), id="save-picture"),
    ]

    def __init__(self, parent: Record | None = None) -> None:
        super().__init__("photograph", parent)

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Write the picture under the cursor into a file that the operator names."""
        record = self.rows.chosen
        if record is None:
            return
        path = await file_for(self, _("Into which file?"), f"{record.code}.jpg")
        if path is not None:
            with self.telling():
                await self.bridge.write(save_photograph, self.services.report_notes, record.code, path)
                self.desk.tell(_("Written: {path}").format(path=path.absolute()), "good")
