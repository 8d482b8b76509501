"""Desks without a network: a copy taken to a file, and files taken back."""

from dataclasses import dataclass
from pathlib import Path

from ipweek.domain.actor import Actor
from ipweek.domain.copies import CopyMerged, CopyOrder, Manifest
from ipweek.domain.errors import AlreadyThereError
from ipweek.jobs.files import new_whole
from ipweek.services.copies import Copies
from ipweek.services.copy_reading import read_manifest


@dataclass(frozen=True, slots=True)
class CopyTaken:
    """Where a copy lies, and what it is."""

    file: Path
    manifest: Manifest


class DeskJobs:
    """Taking a copy along, and uniting what came back."""

    def __init__(self, copies: Copies) -> None:
        self._copies = copies

    def take(self, actor: Actor, order: CopyOrder, file: Path) -> CopyTaken:
        """A copy in a new file that only its owner reads, whole or not at all.

        Raises AlreadyThereError `copy-exists`, for it may hold scans, and as `Copies.grant` and `new_whole`.
        """
        if file.exists():
            raise AlreadyThereError("copy-exists", path=str(file))
        with new_whole(file) as made:
            granted = self._copies.grant(actor, order)
            try:
                manifest = self._copies.fill(granted, made)
            except BaseException:  # no room on the stick: nobody is to wait for a copy that never was
                self._copies.withdraw(actor, granted)
                raise
        return CopyTaken(file, manifest)

    def merge(self, actor: Actor, file: Path) -> CopyMerged:
        """What a copy's file has added, into the main database. Raises as `Copies.merge`."""
        return self._copies.merge(actor, file)


def looked_at(file: Path) -> Manifest:
    """What a file is a copy of. Raises InvalidError where it is none that can be opened."""
    return read_manifest(file)
