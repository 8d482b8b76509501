"""What is there already, loaded once per import: enterprises by name and credit code, people by phone and name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from ipweek.adapters.similar_names import SimilarNames
from ipweek.domain.text import enterprise_key, folded
from ipweek.services.import_plan import Held
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias, Industry
from ipweek.storage.tables.people import Person

_CHUNK = 500
_Now = aliased(Person)
_Value = TypeVar("_Value", str, UUID)


@dataclass(slots=True)
class KnownEnterprise:
    """An enterprise as matching needs it."""

    id: UUID
    name: str
    credit_code: str | None


class EnterpriseIndex:
    """Enterprises by credit code, and by the key of each of their names; archived ones by credit code only.

    Names go before English names and these before aliases, as `matching.enterprise_of` has it at the desk.
    """

    def __init__(self, session: Session) -> None:
        self._by_code: dict[str | None, KnownEnterprise] = {}
        self._by_key: dict[str, KnownEnterprise] = {}
        self.names: dict[UUID, str] = {}
        self._similar: SimilarNames | None = None
        known: dict[UUID, KnownEnterprise] = {}
        english: list[tuple[str, KnownEnterprise]] = []
        query = select(
            Enterprise.id,
            Enterprise.name_zh,
            Enterprise.name_en,
            Enterprise.credit_code,
            Enterprise.key,
            Enterprise.key_en,
            Enterprise.archived_at,
            Enterprise.merged_into,
        )
        merged: list[Any] = []
        for row in session.execute(query.order_by(Enterprise.id)):
            found = KnownEnterprise(row.id, row.name_zh or row.name_en, row.credit_code)
            self.names[row.id] = found.name
            if row.merged_into is not None:
                merged.append(row)
                continue
            if row.archived_at is not None:
                self._by_code[row.credit_code] = found
                continue
            known[row.id] = found
            self.add(found, row.key)
            if row.key_en:
                english.append((row.key_en, found))
        for key, found in english:
            self._by_key.setdefault(key, found)
        for row in merged:
            if row.credit_code and row.merged_into in known:
                # Known by this code too: it speaks against nothing.
                self._by_code[row.credit_code] = replace(known[row.merged_into], credit_code=row.credit_code)
        aliases = select(EnterpriseAlias.enterprise_id, EnterpriseAlias.key).order_by(EnterpriseAlias.id)
        for enterprise, key in session.execute(aliases):
            if enterprise in known:
                self._by_key.setdefault(key, known[enterprise])

    def find(self, name: str, credit_code: str | None) -> KnownEnterprise | None:
        """The enterprise of the same credit code, else of the same name.

        Whatever else the row says of it, later rows find it by too: what one row holds together, no other parts, and
        the same file comes to the same enterprises again.
        """
        key = enterprise_key(name) if name else ""
        found = self._by_code.get(credit_code) if credit_code else None
        if found is None:
            found = self._by_key.get(key)
        if found is not None and key:
            self._by_key.setdefault(key, found)
        if found is not None and credit_code:
            self._by_code.setdefault(credit_code, found)
        return found

    def contradicted(self, name: str, credit_code: str | None) -> KnownEnterprise | None:
        """The enterprise that has this name under another credit code: worth a warning, whichever is meant."""
        named = self._by_key.get(enterprise_key(name)) if name and credit_code else None
        if named is None or not named.credit_code or named.credit_code == credit_code:
            return None
        coded = self._by_code.get(credit_code)
        is_own = coded is not None and coded.id == named.id and coded.credit_code == credit_code
        return None if is_own else named

    def add(self, enterprise: KnownEnterprise, key: str | None = None) -> None:
        """Let later rows find it too."""
        self._by_key.setdefault(key or enterprise_key(enterprise.name), enterprise)
        self.names.setdefault(enterprise.id, enterprise.name)
        if enterprise.credit_code:
            self._by_code.setdefault(enterprise.credit_code, enterprise)

    def similar(self, name: str) -> str | None:
        """The name of an enterprise that a new one may mean; ask before it is added."""
        if self._similar is None:
            self._similar = SimilarNames((key, found.name) for key, found in self._by_key.items())
        found = self._similar.nearest(enterprise_key(name))
        self._similar.add(enterprise_key(name), name)
        return found


def industries(session: Session) -> tuple[dict[str, UUID], dict[UUID, str]]:
    """Industries by each of their codes, names and aliases, folded; and what each is called."""
    words: dict[str, UUID] = {}
    names: dict[UUID, str] = {}
    for row in session.scalars(select(Industry)):
        names[row.id] = row.name_zh or row.name_en or row.code
        for word in (row.code, row.name_zh, row.name_en, *row.aliases) if row.archived_at is None else ():
            if word:
                words.setdefault(folded(word), row.id)
    return words, names


def industry_words(session: Session) -> dict[str, UUID]:
    """Industries by each of their codes, names and aliases, folded."""
    return industries(session)[0]


class PersonIndex:
    """The people that a file may mean, by `matching.person_of`: those of its phones, and those of its names."""

    def __init__(self, session: Session, phones: Iterable[str], names: Iterable[str]) -> None:
        self._rows: dict[UUID, Held] = {}
        self._by_phone: dict[str, list[tuple[str, Held]]] = {}
        self._by_name: dict[str, list[tuple[UUID | None, Held]]] = {}
        for chunk in batched_unique(phones):
            for known, row in self._found(session, Person.phone.in_(chunk)):
                self._by_phone.setdefault(known["phone"], []).append((known["name"], row))
        for chunk in batched_unique(names):
            for known, row in self._found(session, Person.name.in_(chunk)):
                self._by_name.setdefault(folded(known["name"]), []).append((known["enterprise_id"], row))

    def _found(self, session: Session, where: Any) -> Iterator[tuple[Held, Held]]:
        """By what he is known, and one row a person, however he is found: what changes in it is seen by either way."""
        for row in session.execute(_people().where(where)).mappings():
            yield dict(row), self._rows.setdefault(row["id"], dict(row))

    def of_ids(self, session: Session, ids: Iterable[UUID]) -> dict[UUID | None, tuple[str, Held]]:
        """These people, each with his name."""
        found: dict[UUID | None, tuple[str, Held]] = {}
        for chunk in batched_unique(ids):
            found |= {
                row["id"]: (known["name"], row) for known, row in self._found(session, Person.id.in_(chunk))
            }
        return found

    def add(self, person: Held) -> None:
        """Let later rows see a new person. Without a phone it is the name that they find it by."""
        if person["phone"]:
            self._by_phone.setdefault(person["phone"], []).append((person["name"], person))
        else:
            known = self._by_name.setdefault(folded(person["name"]), [])
            known.append((person["enterprise_id"], person))

    def named(self, phone: str | None) -> str | None:
        """Whose a phone is already."""
        known = self._by_phone.get(phone or "")
        return known[0][0] if known else None

    def find(self, name: str, phone: str | None, enterprise: UUID | None) -> Held | None:
        """The person of the same phone and name; without a phone, of the same name and enterprise; or None."""
        wanted = folded(name)
        if phone:
            candidates = [row for known, row in self._by_phone.get(phone, ()) if folded(known) == wanted]
        else:
            candidates = [row for at, row in self._by_name.get(wanted, ()) if at == enterprise]
        return candidates[0] if candidates else None


def _people() -> Any:
    """Everybody by the names and phones that he has or had before a merge, with the record that he has now."""
    return (
        select(
            _Now.id,
            Person.name,
            Person.phone,
            Person.enterprise_id,
            _Now.name_latin,
            _Now.email,
            _Now.title,
            _Now.rank,
            _Now.search_key,
        )
        .join(_Now, _Now.id == func.coalesce(Person.merged_into, Person.id))
        .where(_Now.archived_at.is_(None))
        .order_by(Person.archived_at.is_not(None), Person.phone.is_not(None), Person.id)
    )


def batched_unique(values: Iterable[_Value]) -> Iterable[Sequence[_Value]]:
    """The different values in lists short enough for one statement."""
    unique = list(dict.fromkeys(values))
    return (unique[start : start + _CHUNK] for start in range(0, len(unique), _CHUNK))
