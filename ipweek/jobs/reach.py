"""The follow-up list of a result as a table: whom to call because they did not hear it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.reach import FOLLOWED_UP, Reach
from ipweek.domain.words import ReachState
from ipweek.i18n import _
from ipweek.jobs.files import written_whole
from ipweek.services.reports import Reports


@dataclass(frozen=True, slots=True)
class FollowUpRun:
    """What was written: the reach it was read from, and how many enterprises are in the list."""

    reach: Reach
    count: int


class ReachJobs:
    """Lists in the language in force."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports

    def write(
        self,
        actor: Actor,
        result: str,
        out: Path,
        states: Collection[ReachState] = FOLLOWED_UP,
        *,
        unmask: bool = False,
    ) -> FollowUpRun:
        """Write the enterprises of these parts; contacts are masked unless asked for otherwise, which is audited.

        Raises NotFoundError, UsageError `ending-unknown`, InvalidError `reach-unknown`, `file-not-writable`.
        """
        from ipweek.render import reach_rows  # noqa: PLC0415 - only where a list is written

        make = FORMATS.get(out.suffix.lower())
        if make is None:
            raise UsageError("ending-unknown", path=str(out), known=tuple(FORMATS))
        with written_whole(out) as file:  # a folder that cannot be written is no reason to unmask
            reports = self._reports
            reach = reports.unmasked_reach(actor, result) if unmask else reports.reach(result)
            if not reach.known:
                raise InvalidError("reach-unknown", result=reach.result.result.code)
            rows = reach_rows.rows(reach, reach.rows(states))
            file.write(make(reach_rows.header(), rows))
        return FollowUpRun(reach, len(rows))


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    from ipweek.render import sheets  # noqa: PLC0415 - as above

    return sheets.csv_bytes(header, rows)


def _xlsx(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    from ipweek.render import sheets  # noqa: PLC0415 - as above

    return sheets.xlsx_bytes(_("Follow-up"), header, rows)


FORMATS: Mapping[str, Callable[[Sequence[str], Sequence[Sequence[object]]], bytes]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
}
