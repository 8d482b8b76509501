"""What the attachments of a report ask beyond their fields."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ipweek.adapters import pictures
from ipweek.domain.errors import InvalidError


def with_picture(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the picture in place of the path of its file.

    Reads the file, so it is done before a transaction begins. Raises as `pictures.read` does.
    """
    read = dict(values)
    if read.get("file"):
        read["file"] = pictures.read(Path(read["file"]).expanduser())
    return read


def check_place(row: Any) -> None:
    """It belongs to an event or to a week. Raises InvalidError `week-or-event`."""
    if (row.event_id is None) == (row.week_id is None):
        raise InvalidError("week-or-event", field="event")


def check_coverage(row: Any) -> None:
    """Somebody published it. Raises InvalidError `field-required`, and as `check_place` does."""
    check_place(row)
    if not (row.outlet_zh or row.outlet_en):
        raise InvalidError("field-required", field="outlet_zh")
