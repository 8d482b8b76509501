"""Planning an import of registrations."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.ids import new_id
from ipweek.domain.import_rows import Problem
from ipweek.domain.imports import RegistrationDraft
from ipweek.domain.text import enterprise_key, folded, seat_key
from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus, RowOutcome
from ipweek.services import matching, places
from ipweek.services.import_lookups import EnterpriseIndex, KnownEnterprise, PersonIndex
from ipweek.services.import_plan import Plan, RowResult
from ipweek.services.marks import is_synthetic
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week

_PERSON_FIELDS = ("name_latin", "email")
_REGISTRATION_FIELDS = ("title", "category", "seat", "note")


_Wish = tuple[dict[str, Any], RegistrationDraft, str]
"""A row to insert among the enrolments, and where it was asked for by what name."""


class RegistrationPlanner:
    """Turns drafts into a plan; the new ones are planned as waiting, in the order in which they registered."""

    def __init__(
        self,
        session: Session,
        event: Event,
        drafts: Sequence[RegistrationDraft],
        moment: datetime,
    ) -> None:
        self._session, self._event, self._moment = session, event, moment
        self._synthetic = is_synthetic(session)
        self._zone = ZoneInfo(session.get_one(Week, event.week_id).zone)
        self._enterprises = EnterpriseIndex(session)
        phones = (draft.phone for draft in drafts if draft.phone)
        self._people = PersonIndex(session, phones, (draft.name for draft in drafts if not draft.phone))
        rows = session.scalars(select(Registration).where(Registration.event_id == event.id))
        self._registrations = {row.person_id: row for row in rows}
        self._sessions = _session_words(session, event)
        self._enrolled = _enrolments(session, event)
        self._wishes: list[_Wish] = []
        self._unknown_sessions: set[str] = set()
        self.new: list[dict[str, Any]] = []
        self.plan = Plan()

    def add(self, draft: RegistrationDraft) -> None:
        """Plan one row."""
        enterprise = self._enterprise(draft)
        person = self._people.find(draft.name, draft.phone, enterprise.id if enterprise else None)
        if person is None:
            self._warn_of_known_phone(draft)
            self._register(draft, enterprise, self._new_person(draft, enterprise))
            return
        held = self._registrations.get(person.id)
        if held is None:
            self._update_person(draft, person)
            self._register(draft, enterprise, person.id)
            return
        before, changed = self._changes(held, draft, enterprise)
        if changed:
            self.plan.change(Registration, held.id, changed)
        personal = self._update_person(draft, person)
        enrolled = self._enrol(draft, held.id)
        outcome = RowOutcome.UPDATED if changed or personal or enrolled else RowOutcome.UNCHANGED
        self.plan.results.append(RowResult(draft.row, outcome, held.id, before))

    def place(self, free: int) -> int:
        """Give the first `free` of the new a place; returns how many wait."""
        self.new.sort(key=lambda row: row["registered_at"])
        for row in self.new[:free]:
            row["status"], row["confirmed_at"] = RegistrationStatus.REGISTERED, self._moment
        return max(0, len(self.new) - free)

    def seat(self) -> None:
        """Give those with a place at the event their places in its sessions; who gets none is told of once a session."""
        placed = {row["id"]: row["status"] for row in self.new}
        placed |= {row.id: row.status for row in self._registrations.values()}
        wishes: dict[UUID, list[_Wish]] = {}
        for wish in self._wishes:
            status = placed[wish[0]["registration_id"]]
            if status is RegistrationStatus.REGISTERED:
                wishes.setdefault(wish[0]["session_id"], []).append(wish)
            elif status is not RegistrationStatus.WAITING:
                wish[0]["status"] = RegistrationStatus.CANCELLED
        for session, wanting in wishes.items():
            free = places.take_places(self._session, EventSession, session, len(wanting))
            for row, _draft, _word in wanting[:free]:
                row["status"] = RegistrationStatus.REGISTERED
            if free < len(wanting):
                _row, draft, word = wanting[free]
                self._warn(draft, "sessions", word, "session-full", count=len(wanting) - free)

    def people(self) -> list[UUID]:
        """The people newly registered."""
        return [row["person_id"] for row in self.new]

    def _enterprise(self, draft: RegistrationDraft) -> KnownEnterprise | None:
        if not draft.enterprise:
            return None
        found = self._enterprises.find(draft.enterprise, draft.credit_code)
        if found is None:
            return self._new_enterprise(draft)
        if draft.credit_code and found.credit_code and draft.credit_code != found.credit_code:
            known, code = found.credit_code, "credit-code-differs"
            self._warn(draft, "credit_code", draft.credit_code, code, known=known, enterprise=found.name)
        return found

    def _new_enterprise(self, draft: RegistrationDraft) -> KnownEnterprise:
        identity, name = new_id(), draft.enterprise or ""
        latin = name.isascii()
        self.plan.insert(
            Enterprise,
            {
                "id": identity,
                "code": matching.enterprise_code(identity),
                "name_zh": None if latin else name,
                "name_en": name if latin else None,
                "key": enterprise_key(name),
                "sort_key": pinyin.sort_key(name),
                "credit_code": draft.credit_code,
                "synthetic": self._synthetic,
            },
        )
        found = KnownEnterprise(identity, name, draft.credit_code, is_new=True)
        self._enterprises.add(found)
        return found

    def _new_person(self, draft: RegistrationDraft, enterprise: KnownEnterprise | None) -> UUID:
        identity = new_id()
        self.plan.insert(
            Person,
            {
                "id": identity,
                "name": draft.name,
                "name_latin": draft.name_latin,
                "enterprise_id": enterprise.id if enterprise else None,
                "title": draft.title,
                "phone": draft.phone,
                "email": draft.email,
                "rank": int(draft.rank) if draft.rank and draft.rank.isdecimal() else None,
                "search_key": matching.search_key(
                    draft.name, draft.name_latin, enterprise.name if enterprise else None, draft.phone
                ),
                "sort_key": pinyin.sort_key(draft.name),
                "synthetic": self._synthetic,
            },
        )
        return identity

    def _register(self, draft: RegistrationDraft, enterprise: KnownEnterprise | None, person: UUID) -> None:
        identity = new_id()
        row: dict[str, Any] = {
            "id": identity,
            "person_id": person,
            "event_id": self._event.id,
            "enterprise_id": enterprise.id if enterprise else None,
            "title": draft.title,
            "category": draft.category or Category.DELEGATE.value,
            "status": RegistrationStatus.WAITING,
            "source": RegistrationSource.IMPORT,
            "seat": draft.seat,
            "note": draft.note,
            "answers": {},
            "registered_at": self._registered_at(draft),
            "confirmed_at": None,
        }
        self.new.append(row)
        self.plan.insert(Registration, row)
        self._enrol(draft, identity)
        self.plan.results.append(RowResult(draft.row, RowOutcome.ADDED, identity))

    def _registered_at(self, draft: RegistrationDraft) -> datetime:
        """The moment that the file states, else this one; a microsecond a row keeps the order of the file."""
        if draft.registered_at is not None:
            return draft.registered_at.replace(tzinfo=self._zone).astimezone(UTC)
        return self._moment + timedelta(microseconds=len(self.new))

    def _changes(
        self, held: Registration, draft: RegistrationDraft, enterprise: KnownEnterprise | None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        given: dict[str, Any] = {name: getattr(draft, name) for name in _REGISTRATION_FIELDS}
        given["enterprise_id"] = enterprise.id if enterprise else None
        changed = {
            name: value for name, value in given.items() if value is not None and getattr(held, name) != value
        }
        before = {name: getattr(held, name) for name in changed}
        if "seat" in changed:
            changed["seat_key"] = seat_key(changed["seat"])
        return before, changed

    def _update_person(self, draft: RegistrationDraft, person: Any) -> bool:
        given = {name: getattr(draft, name) for name in _PERSON_FIELDS}
        changed = {
            name: value
            for name, value in given.items()
            if value is not None and getattr(person, name) != value
        }
        if "name_latin" in changed:
            changed["search_key"] = matching.longer_key(person.search_key, draft.name_latin)
        if changed:
            self.plan.change(Person, person.id, changed)
        return bool(changed)

    def _enrol(self, draft: RegistrationDraft, registration: UUID) -> bool:
        enrolled = False
        for word in draft.sessions:
            session = self._sessions.get(folded(word))
            if session is None:
                self._warn_of_unknown_session(draft, word)
            elif (registration, session) not in self._enrolled:
                self._enrolled.add((registration, session))
                row = {
                    "id": new_id(),
                    "registration_id": registration,
                    "session_id": session,
                    "status": RegistrationStatus.WAITING,
                    "enrolled_at": self._moment + timedelta(microseconds=len(self._wishes)),
                }
                self._wishes.append((row, draft, word))
                self.plan.insert(Enrolment, row)
                enrolled = True
        return enrolled

    def _warn_of_unknown_session(self, draft: RegistrationDraft, word: str) -> None:
        """Once per name: a form that asks for sessions of other events is the usual case."""
        if folded(word) not in self._unknown_sessions:
            self._unknown_sessions.add(folded(word))
            self._warn(draft, "sessions", word, "session-unknown", event=self._event.code)

    def _warn_of_known_phone(self, draft: RegistrationDraft) -> None:
        known = self._people.by_phone.get(draft.phone or "")
        if known:
            self._warn(draft, "name", draft.name, "phone-known", name=known[0].name)

    def _warn(self, draft: RegistrationDraft, name: str, value: str, code: str, /, **params: object) -> None:
        self.plan.warnings.append(Problem(draft.row, name, value, code, "warning", params))


def _session_words(session: Session, event: Event) -> dict[str, UUID]:
    query = select(EventSession).where(EventSession.event_id == event.id, EventSession.archived_at.is_(None))
    return {
        folded(word): row.id
        for row in session.scalars(query)
        for word in (row.code, row.name_zh, row.name_en)
        if word
    }


def _enrolments(session: Session, event: Event) -> set[tuple[UUID, UUID]]:
    query = (
        select(Enrolment.registration_id, Enrolment.session_id)
        .join(EventSession, EventSession.id == Enrolment.session_id)
        .where(EventSession.event_id == event.id)
    )
    return {(registration, attended) for registration, attended in session.execute(query)}
