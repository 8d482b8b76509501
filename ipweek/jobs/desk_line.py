"""The way from a desk to its server: a copy kept fresh, taken to when the server goes, united when it is back.

Every process has a place of its own for its copy. What a process that died has left in one is brought to the server
by the next that starts.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, RLock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from ipweek.domain.actor import Actor
from ipweek.domain.copies import CopyMerged, Manifest
from ipweek.domain.desk_line import CameBack, News, NotUnited, WentOffline
from ipweek.domain.errors import DatabaseError, IpweekError
from ipweek.jobs.files import new_whole
from ipweek.services.own_copies import OwnCopies, Stamp
from ipweek.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from datetime import datetime

LOOK_SECONDS = 2.0
REST = 20.0
"""To write a copy may take a twentieth of the time."""
LEAST_SECONDS = 5.0
QUIET_SECONDS = 2.0
_PLACES = 64
_BESIDE = ("", "-wal", "-shm", ".lock")


def folder_of(home: Path, address: str) -> Path:
    """Where the copies of one server lie."""
    return home / "offline" / hashlib.sha256(address.encode()).hexdigest()[:16]


class Place:
    """A file for one process's copy; held as long as the process lives."""

    def __init__(self, folder: Path, number: int) -> None:
        self.file = folder / f"{number}.db"
        self._lock = FileLock(folder / f"{number}.desk", mode=0o600, fallback_to_soft=False)

    def take(self) -> bool:
        """Whether no other process holds it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Let another process have it."""
        self._lock.release()

    def fill(self, fresh: Path) -> None:
        """Let a fresh file take the place of one to which nothing was added; what SQLite has beside it is not its own."""
        for ending in _BESIDE[1:]:
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        fresh.replace(self.file)

    def clear(self) -> None:
        """Remove the file, with what SQLite has beside it."""
        for ending in _BESIDE:
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)

    def put_aside(self) -> Path:
        """Keep a file that cannot be united, out of the way of the next copy."""
        number = sum(1 for _each in self.file.parent.glob("kept-*.db")) + 1
        kept = self.file.with_name(f"kept-{number}.db")
        for ending in _BESIDE:
            with suppress(FileNotFoundError):
                self.file.with_name(self.file.name + ending).replace(kept.with_name(kept.name + ending))
        return kept


class DeskLine:
    """Watches over the server, in a thread of its own; `tell` hears what happens, in whichever thread it does."""

    def __init__(self, own: OwnCopies, folder: Path, actor: Actor) -> None:
        self.tell: Callable[[News], None] = lambda _news: None
        self.since: datetime | None = None
        self._own, self._folder, self._actor = own, folder, actor
        self._place: Place | None = None
        self._local: UnitOfWork | None = None
        self._week: str | None = None
        self._manifest: Manifest | None = None
        self._stamp: Stamp | None = None
        self._due = 0.0
        self._carried: tuple[Stamp, datetime] | None = None
        self._lock = RLock()
        self._stop, self._soon = Event(), Event()
        self._thread = Thread(target=self._watch, name="ipweek-line", daemon=True)

    @property
    def is_away(self) -> bool:
        """Whether the desk goes on by itself."""
        return self.since is not None

    @property
    def has_copy(self) -> bool:
        """Whether there is a copy to go on with."""
        return self._place is not None and self._place.file.exists()

    def start(self, week: str | None = None) -> None:
        """Bring what earlier runs left to the server, then watch. With the server away, go on with what there is.

        Raises DatabaseError `database-unreachable` where there is neither.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._place = next((place for place in self._places() if place.take()), None)
        there = self._own.answers() and self._take_over()
        self._own.uow.lost = self._is_lost
        if not there and not self._leave():
            raise DatabaseError("database-unreachable")
        self._week = week
        self._thread.start()

    def follow(self, week: str) -> None:
        """Keep a copy of this week's events."""
        if week != self._week:
            self._week, self._stamp, self._due = week, None, 0.0
            self._soon.set()

    def close(self) -> None:
        """Stop watching; what is kept stays for the next start."""
        self._stop.set()
        self._soon.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        if self._local is not None:
            self._local.engine.dispose()
        if self._place is not None:
            self._place.release()

    def _places(self) -> Iterator[Place]:
        return (Place(self._folder, number) for number in range(1, _PLACES))

    def _take_over(self) -> bool:
        """Bring to the server what is left in places that nobody holds; False where it went meanwhile."""
        try:
            for file in sorted(self._folder.glob("[0-9]*.db")):
                place = Place(self._folder, int(file.stem))
                if self._place is not None and place.file == self._place.file:
                    self._tidy(self._place)
                elif place.take():
                    self._tidy(place)
                    place.release()
        except DatabaseError:
            return False
        return True

    def _tidy(self, place: Place) -> None:
        if self._own.is_untouched(place.file):
            return
        told = self._united(place)
        if told is not None:
            self.tell(CameBack(told.scans, told.walk_ins, told.conflicts))

    def _watch(self) -> None:
        while not self._stop.is_set():
            with suppress(
                Exception
            ):  # the server went meanwhile: the next look sees it, and nothing ends the watch
                self._look()
            self._soon.wait(LOOK_SECONDS)
            self._soon.clear()

    def _look(self) -> None:
        there = self._own.answers()
        if self.is_away:
            if there:
                self._return()
        elif not there:
            with self._lock:
                self._leave()
        elif self._week is not None and monotonic() >= self._due:
            self._renew(self._week)
        elif self._stamp is not None:
            self._carry()

    def _is_lost(self) -> bool:
        """A transaction found no server: whether another try is of use."""
        with self._lock:
            return self.is_away or self._own.answers() or self._leave()

    def _leave(self) -> bool:
        """Go on with the copy, if there is one."""
        if self.is_away:
            return True
        if self._place is None or not self._place.file.exists():
            return False
        try:
            self._local = self._own.go_on_with(self._place.file)
        except DatabaseError:
            return False
        self._own.abandon()
        self.since = self._own.clock()
        self.tell(WentOffline(self.since))
        return True

    def _return(self) -> None:
        """Unite while scans go on, then what came meanwhile with the door held shut, and go on with the server."""
        assert self._place is not None
        first = self._own_unite(self._place)
        with self._own.uow.handing_over(QUIET_SECONDS) as is_quiet:
            if not is_quiet:
                return
            assert self._local is not None
            second = self._united(self._place, self._local)
        self.since, self._local, self._stamp, self._manifest, self._due = None, None, None, None, 0.0
        parts = [part for part in (first, second) if part is not None]
        if second is not None:
            told = [sum(getattr(each, name) for each in parts) for name in ("scans", "walk_ins", "conflicts")]
            self.tell(CameBack(*told))

    def _own_unite(self, place: Place) -> CopyMerged | None:
        """A first round; what is refused is told in the second."""
        try:
            return self._own.unite(self._actor, place.file)
        except DatabaseError:
            raise
        except Exception:  # noqa: BLE001
            return None

    def _united(self, place: Place, local: UnitOfWork | None = None) -> CopyMerged | None:
        """Unite a file and remove it; one that is refused is put aside, and that is told."""
        try:
            told = self._own.unite(self._actor, place.file)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault must not keep the desk from its server
            if local is not None:
                local.engine.dispose()
            self.tell(NotUnited(str(place.put_aside()), _as_told(error)))
            return None
        if local is not None:
            local.engine.dispose()
        place.clear()
        return told

    def _renew(self, week: str) -> None:
        """Write the copy anew if anything has changed since."""
        assert self._place is not None
        stamp, file = self._own.stamp(), self._place.file
        if file.exists() and stamp == self._stamp:
            return
        if self._manifest is None and file.exists():
            self._tidy(self._place)
        held = self._manifest or (self._own.manifest(file) if file.exists() else None)
        begun, moment = monotonic(), self._own.clock()
        fresh = file.with_suffix(".new")
        with new_whole(fresh) as made:
            manifest = self._own.renew(self._actor, week, held, made)
        with self._lock:
            if self.is_away:
                fresh.unlink()
                return
            self._place.fill(fresh)
        self._manifest, self._stamp, self._carried = manifest, stamp, (stamp, moment)
        self._due = monotonic() + max(LEAST_SECONDS, REST * (monotonic() - begun))

    def _carry(self) -> None:
        """Between two copies: who has come and gone, so that nobody is let in anew when the server goes."""
        stamp, moment = self._own.stamp(), self._own.clock()
        if self._carried is None or stamp == self._carried[0]:
            return
        with self._lock:
            if not self.is_away and self.has_copy:
                assert self._place is not None
                self._own.carry(self._carried[1], self._place.file)
        self._carried = stamp, moment


def _as_told(error: Exception) -> IpweekError:
    if isinstance(error, IpweekError):
        return error
    return IpweekError("unexpected", detail=f"{type(error).__name__}: {error}".splitlines()[0])
