"""How long it takes to unite a desk's copy: `python tests/bench/bench_merge.py [SCANS]`.

Half as many guests as scans each come in and leave at a desk without a network; beside it, how long the copy takes,
what a scan costs there, and the same file once more. The target is 2 s for 6,000 scans on either engine.
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ipweek.domain.actor import Actor  # noqa: E402 - the path comes first
from ipweek.domain.checkin import ScanRequest  # noqa: E402
from ipweek.domain.copies import CopyOrder  # noqa: E402
from ipweek.domain.words import Direction  # noqa: E402
from ipweek.jobs.desks import DeskJobs  # noqa: E402
from ipweek.services.checkin import CheckIn  # noqa: E402
from ipweek.services.copies import Copies  # noqa: E402
from ipweek.storage.engine import open_engine  # noqa: E402
from ipweek.storage.migrate import upgrade  # noqa: E402
from ipweek.storage.unit_of_work import UnitOfWork  # noqa: E402
from tests.conftest import running_postgres  # noqa: E402
from tests.world import World, build  # noqa: E402

TARGET_S = 2.0


def scan(file: Path, world: World) -> None:
    """Everybody comes in and leaves, at the desk."""
    engine = open_engine(f"sqlite:///{file}")
    checkin, actor = CheckIn(UnitOfWork(engine)), Actor("operator", "desk B")
    door = checkin.door(world.event_code)
    for direction in (Direction.ENTRY, Direction.EXIT):
        for guest in world.guests:
            checkin.scan(actor, door, ScanRequest(guest.code, direction=direction))
    engine.dispose()


def measured(url: str, scans: int, folder: Path) -> dict[str, float]:
    """Seconds of each part."""
    engine = open_engine(url)
    upgrade(engine)
    world = build(UnitOfWork(engine), scans // 2)
    jobs, actor, file = DeskJobs(Copies(world.uow)), Actor("operator", "main"), folder / "copy.db"
    parts = (
        ("take", lambda: jobs.take(actor, CopyOrder((world.event_code,)), file)),
        ("scan there", lambda: scan(file, world)),
        ("merge", lambda: jobs.merge(actor, file)),
        ("merge again", lambda: jobs.merge(actor, file)),
    )
    spans = {}
    for name, part in parts:
        begun = perf_counter()
        part()
        spans[name] = perf_counter() - begun
    assert CheckIn(world.uow).disagreements(world.event_code) == ()
    engine.dispose()
    return spans


def main() -> int:
    """Print the table; 1 where a target is missed."""
    scans = int(sys.argv[1]) if len(sys.argv) > 1 else 6_000
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        found["SQLite FULL"] = measured(f"sqlite:///{folder}/bench.db", scans, Path(folder))
    with running_postgres(durable=True) as url, tempfile.TemporaryDirectory() as folder:
        found["PostgreSQL"] = measured(url, scans, Path(folder))
    print(f"{'engine':14}{'what':14}{'seconds':>10}   ({scans} scans)")
    for engine, spans in found.items():
        for name, seconds in spans.items():
            print(f"{engine:14}{name:14}{seconds:10.2f}")
    missed = [engine for engine, spans in found.items() if spans["merge"] > TARGET_S]
    print(f"target: at most {TARGET_S} s to merge: {'MISSED by ' + ', '.join(missed) if missed else 'met'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
