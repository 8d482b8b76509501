"""A desk's copy: what it says of itself, what proves that it is genuine, and what uniting it came to.

The main database keeps a secret that no copy holds: with it the manifest is signed. A copy gets a key of its own,
made from that secret, and seals whatever it adds: each seal covers the one before, the first the signature.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from uuid import UUID

SECRET_BYTES = 32
_SIGNING, _SEALING = b"ipweek copy manifest 1\0", b"ipweek copy seals 1\0"


@dataclass(frozen=True, slots=True)
class CopyOrder:
    """What a copy is to hold: events by code, or all of a week's, and the name of its desk."""

    events: tuple[str, ...] = ()
    week: str | None = None
    desk: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What identifies a copy. `rows` counts, by table, those it was given of the kinds that it may add to."""

    copy: UUID
    workspace: UUID
    desk: str
    events: tuple[str, ...]
    lease: int
    taken_at: datetime
    operator: str
    rows: Mapping[str, int] = field(default_factory=dict)

    def signed(self, secret: bytes) -> str:
        """The signature of the main database's secret."""
        told = asdict(self) | {
            "copy": self.copy.hex,
            "workspace": self.workspace.hex,
            "taken_at": self.taken_at.astimezone(UTC).isoformat(),
        }
        text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hmac.digest(secret, _SIGNING + text.encode("ascii"), "sha256").hex()


def sealing_key(secret: bytes, copy: UUID) -> str:
    """The key with which a copy seals what it adds; the main database makes it again to look."""
    return hmac.digest(secret, _SEALING + copy.bytes, "sha256").hex()


def seal(key: str, *parts: str | int) -> str:
    """The seal of some texts, none of which holds a NUL."""
    said = "\0".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return hmac.digest(bytes.fromhex(key), said, "sha256").hex()


@dataclass(frozen=True, slots=True)
class DeskCopy:
    """A copy as the main database knows it; `scans` counts those that came back from it."""

    id: UUID
    desk: str
    events: tuple[str, ...]
    lease: int
    taken_at: datetime
    operator: str
    merged_at: datetime | None
    scans: int


@dataclass(frozen=True, slots=True)
class CopyMerged:
    """What one file brought: scans that are new and known, people registered at its desk, conflicts found."""

    copy: UUID
    desk: str
    scans: int
    known: int
    walk_ins: int
    conflicts: int
