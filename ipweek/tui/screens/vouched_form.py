"""A form that is saved by whoever has the right, or with somebody who answers for it."""

from typing import Any, ClassVar

from ipweek.domain.operators import Right, Voucher
from ipweek.i18n import _
from ipweek.tui.screens.saved_form import SavedForm
from ipweek.tui.screens.vouching import vouched


class VouchedForm(SavedForm):
    """Its body is a form; `right` is what saving it needs."""

    right: ClassVar[Right]

    async def save(self, values: dict[str, Any]) -> None:
        """Ask who allows it where that must be somebody else, and save."""
        goes_on, by = await vouched(self, self.right)
        if goes_on:
            name = await self.bridge.write(self._write, values, by)
            self.form.settle()
            self.desk.tell(_("{name} saved").format(name=name), "good")
            self.go()

    def _write(self, values: dict[str, Any], by: Voucher | None) -> str:
        """Save, and say by what name it goes; runs in a thread."""
        raise NotImplementedError
