"""What the digits of a code say by themselves, by the signing keys of all weeks."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ipweek.domain import badge_code
from ipweek.domain.badge_code import BadgeCode
from ipweek.domain.words import Reason
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.programme import Workspace
from ipweek.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Reading:
    """What the digits alone say: a refusal, or a genuine badge of a week."""

    reason: Reason | None = None
    badge: BadgeCode | None = None
    week: UUID | None = None


class KeyRing:
    """The signing keys of all weeks, read once and again when a code fits none of them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._workspace: UUID | None = None
        self._keys: dict[int, list[tuple[UUID, bytes]]] = {}

    def read(self, text: str) -> Reading:
        """Two different genuine codes in one reading are ambiguous; the same one twice is a stutter."""
        digits = badge_code.normalise(text)
        pieces = {digits[i : i + badge_code.DIGITS] for i in range(0, len(digits), badge_code.DIGITS)}
        parsed = {piece: code for piece in pieces if (code := badge_code.parse(piece)) is not None}
        if not pieces or len(parsed) < len(pieces):
            return Reading(Reason.INVALID)
        signed = [Reading(None, code, self._week(piece, code)) for piece, code in parsed.items()]
        if any(reading.week is None for reading in signed):
            return Reading(Reason.FORGED)
        return signed[0] if len(signed) == 1 else Reading(Reason.AMBIGUOUS)

    def _week(self, digits: str, code: BadgeCode) -> UUID | None:
        signer = self._signer(digits, code)
        if signer is None:
            self._load()
            signer = self._signer(digits, code)
        return signer

    def _signer(self, digits: str, code: BadgeCode) -> UUID | None:
        if self._workspace is None:
            return None
        for week, secret in self._keys.get(code.key_id, ()):
            if badge_code.is_genuine(digits, secret, self._workspace):
                return week
        return None

    def _load(self) -> None:
        with self._uow.read() as session:
            self._workspace = session.scalar(select(Workspace.id))
            keys: dict[int, list[tuple[UUID, bytes]]] = {}
            for key in session.scalars(select(BadgeKey)):
                keys.setdefault(key.key_id, []).append((key.week_id, key.secret))
            self._keys = keys
