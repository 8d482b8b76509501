"""What the digits of a code say by themselves, by the signing keys of all weeks."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ipweek.domain import badge_code
from ipweek.domain.badge_code import BadgeCode, Signer
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


_INVALID, _FORGED = Reading(Reason.INVALID), Reading(Reason.FORGED)


class KeyRing:
    """The signing keys of all weeks, read once and again when a code fits none of them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._signers: dict[int, list[tuple[UUID, Signer]]] = {}

    def read(self, text: str) -> Reading:
        """Two different genuine codes in one reading are ambiguous; the same one twice is a stutter."""
        digits = badge_code.normalise(text)
        found = [
            self._reading(digits[i : i + badge_code.DIGITS]) for i in range(0, len(digits), badge_code.DIGITS)
        ]
        if len(found) == 1:
            return found[0]
        for refused in (_INVALID, _FORGED):
            if refused in found:
                return refused
        if not found:
            return _INVALID
        return found[0] if len(set(found)) == 1 else Reading(Reason.AMBIGUOUS)

    def _reading(self, digits: str) -> Reading:
        code = badge_code.parse(digits)
        if code is None:
            return _INVALID
        week = self._week_of(digits, code)
        if week is None:
            self._load()
            week = self._week_of(digits, code)
        return _FORGED if week is None else Reading(None, code, week)

    def _week_of(self, digits: str, code: BadgeCode) -> UUID | None:
        signers = self._signers.get(code.key_id, ())
        return next((week for week, signer in signers if signer.is_genuine(digits)), None)

    def _load(self) -> None:
        with self._uow.read() as session:
            workspace = session.scalar(select(Workspace.id))
            if workspace is None:
                return
            signers: dict[int, list[tuple[UUID, Signer]]] = {}
            for key in session.scalars(select(BadgeKey)):
                signers.setdefault(key.key_id, []).append((key.week_id, Signer(key.secret, workspace)))
            self._signers = signers
