"""What is there already, loaded once per import: enterprises by name and credit code, people by phone and name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.text import enterprise_key, folded
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias, Industry
from ipweek.storage.tables.people import Person

_CHUNK = 500


@dataclass(slots=True)
class KnownEnterprise:
    """An enterprise as matching needs it; `is_new` where this import adds it."""

    id: UUID
    name: str
    credit_code: str | None
    is_new: bool = False


class EnterpriseIndex:
    """Enterprises by credit code, and by the key of each of their names; archived ones by credit code only."""

    def __init__(self, session: Session) -> None:
        self._by_code: dict[str | None, KnownEnterprise] = {}
        self._by_key: dict[str, KnownEnterprise] = {}
        known: dict[UUID, KnownEnterprise] = {}
        query = select(
            Enterprise.id,
            Enterprise.name_zh,
            Enterprise.name_en,
            Enterprise.credit_code,
            Enterprise.key,
            Enterprise.archived_at,
        )
        for row in session.execute(query.order_by(Enterprise.id)):
            found = KnownEnterprise(row.id, row.name_zh or row.name_en, row.credit_code)
            if row.archived_at is not None:
                self._by_code[row.credit_code] = found
                continue
            known[row.id] = found
            self.add(found, row.key)
            if row.name_en:
                self._by_key.setdefault(enterprise_key(row.name_en), found)
        for enterprise, key in session.execute(select(EnterpriseAlias.enterprise_id, EnterpriseAlias.key)):
            if enterprise in known:
                self._by_key.setdefault(key, known[enterprise])

    def find(self, name: str, credit_code: str | None) -> KnownEnterprise | None:
        """The enterprise of the same credit code, else of the same name."""
        if credit_code and credit_code in self._by_code:
            return self._by_code[credit_code]
        return self._by_key.get(enterprise_key(name)) if name else None

    def add(self, enterprise: KnownEnterprise, key: str | None = None) -> None:
        """Let later rows find it too."""
        self._by_key.setdefault(key or enterprise_key(enterprise.name), enterprise)
        if enterprise.credit_code:
            self._by_code.setdefault(enterprise.credit_code, enterprise)


def industry_words(session: Session) -> dict[str, UUID]:
    """Industries by each of their codes, names and aliases, folded."""
    found: dict[str, UUID] = {}
    for row in session.scalars(select(Industry).where(Industry.archived_at.is_(None))):
        for word in (row.code, row.name_zh, row.name_en, *row.aliases):
            if word:
                found.setdefault(folded(word), row.id)
    return found


class PersonIndex:
    """The people that a file may mean, by `matching.person_of`: those of its phones, and those of its names."""

    def __init__(self, session: Session, phones: Iterable[str], names: Iterable[str]) -> None:
        self.by_phone: dict[str, list[Any]] = {}
        self._by_name: dict[str, list[Any]] = {}
        for chunk in batched_unique(phones):
            for row in session.execute(_people().where(Person.phone.in_(chunk))):
                self.by_phone.setdefault(row.phone, []).append(row)
        for chunk in batched_unique(names):
            for row in session.execute(_people().where(Person.name.in_(chunk))):
                self._by_name.setdefault(folded(row.name), []).append(row)

    def find(self, name: str, phone: str | None, enterprise: UUID | None) -> Any:
        """The person of the same phone and name; without a phone, of the same name and enterprise; or None."""
        wanted = folded(name)
        if phone:
            candidates = [row for row in self.by_phone.get(phone, ()) if folded(row.name) == wanted]
        else:
            candidates = [row for row in self._by_name.get(wanted, ()) if row.enterprise_id == enterprise]
        return candidates[0] if candidates else None


def _people() -> Any:
    return (
        select(
            Person.id,
            Person.name,
            Person.phone,
            Person.enterprise_id,
            Person.name_latin,
            Person.email,
            Person.title,
            Person.rank,
            Person.search_key,
        )
        .where(Person.archived_at.is_(None))
        .order_by(Person.phone.is_not(None), Person.id)
    )


def batched_unique(values: Iterable[str]) -> Iterable[Sequence[str]]:
    """The different values in lists short enough for one statement."""
    unique = list(dict.fromkeys(values))
    return (unique[start : start + _CHUNK] for start in range(0, len(unique), _CHUNK))
