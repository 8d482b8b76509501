"""What a desk says of the way to its server."""

from dataclasses import dataclass
from datetime import datetime

from ipweek.domain.errors import IpweekError


@dataclass(frozen=True, slots=True)
class WentOffline:
    """The server does not answer, and the desk goes on with its own copy."""

    since: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """What was kept at the desk is on the server: scans, people registered at the desk, and what does not fit."""

    scans: int
    walk_ins: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class NotUnited:
    """The server refused what was kept; it stays in the file."""

    file: str
    error: IpweekError


News = WentOffline | CameBack | NotUnited
