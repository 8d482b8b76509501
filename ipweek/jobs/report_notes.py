"""Photographs out of the workspace."""

from pathlib import Path

from ipweek.jobs.files import written_whole
from ipweek.services.report_notes import Notes


def save_photograph(notes: Notes, code: str, out: Path) -> Path:
    """Write the picture of a photograph into a file. Raises NotFoundError, InvalidError `file-not-writable`."""
    found = notes.photograph(code)
    with written_whole(out) as file:
        file.write(found.content)
    return out
