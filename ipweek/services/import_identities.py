"""By what enterprises and people are known beyond their names: codes, badges of the week, other names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain import badge_code
from ipweek.domain.imports import RegistrationDraft
from ipweek.domain.text import enterprise_key, folded
from ipweek.services.import_lookups import KnownEnterprise, PersonIndex, batched_unique
from ipweek.services.import_plan import Held, Plan
from ipweek.services.matching import longer_key
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person


class EnterpriseCodes:
    """Enterprises by code; merged ones are none any more."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._archived: set[UUID] = set()
        self._all: dict[str, KnownEnterprise] | None = None

    def find(self, code: str | None, name: str, credit_code: str | None) -> KnownEnterprise | None:
        """The enterprise of this code that bears the name or the credit code too; another's code says nothing here."""
        found = self.named(code) if code else None
        if found is None or found.id in self._archived:
            return None
        same = enterprise_key(found.name) == enterprise_key(name)
        return found if same or (credit_code and credit_code == found.credit_code) else None

    def named(self, code: str) -> KnownEnterprise | None:
        """The enterprise of this code, an archived one too."""
        if self._all is None:
            self._all = dict(self._read())
        return self._all.get(code)

    def _read(self) -> Iterator[tuple[str, KnownEnterprise]]:
        columns = (
            Enterprise.id,
            Enterprise.code,
            Enterprise.name_zh,
            Enterprise.name_en,
            Enterprise.credit_code,
        )
        query = select(*columns, Enterprise.archived_at).where(Enterprise.merged_into.is_(None))
        for row in self._session.execute(query):
            if row.archived_at is not None:
                self._archived.add(row.id)
            yield row.code, KnownEnterprise(row.id, row.name_zh or row.name_en or row.code, row.credit_code)


def keep_findable(session: Session, plan: Plan, aliases: Mapping[UUID, Sequence[str]]) -> None:
    """Let the people of enterprises be found by the other names that these get."""
    for chunk in batched_unique(aliases):
        query = select(Person.id, Person.search_key, Person.enterprise_id).where(
            Person.enterprise_id.in_(chunk)
        )
        for row in session.execute(query).mappings():
            key = longer_key(row["search_key"], *aliases[row["enterprise_id"]])
            plan.change(Person, dict(row), {"search_key": key})


def badge_holders(
    session: Session, week: UUID, drafts: Iterable[RegistrationDraft], people: PersonIndex
) -> dict[str, Held]:
    """The people whose badges a file names, by the number as the file has it, where the row calls them so too.

    A number of another list may be anybody's.
    """
    named = {
        draft.badge: folded(draft.name)
        for draft in drafts
        if draft.badge and draft.badge.isdecimal() and len(draft.badge) <= badge_code.NUMBER_DIGITS
    }
    owners = _owners(session, week, map(int, named))
    known = people.of_ids(session, owners.values())
    found: dict[str, Held] = {}
    for badge, name in named.items():
        called, row = known.get(owners.get(int(badge)), ("", {}))
        if row and folded(called) == name:
            found[badge] = row
    return found


def _owners(session: Session, week: UUID, numbers: Iterable[int]) -> dict[int, UUID]:
    owners: dict[int, UUID] = {}
    for chunk in batched_unique(map(str, numbers)):
        wanted = Badge.number.in_([int(number) for number in chunk])
        query = select(Badge.number, Badge.person_id).where(wanted, Badge.week_id == week)
        owners |= {number: person for number, person in session.execute(query) if person is not None}
    return owners
