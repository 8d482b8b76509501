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
from ipweek.domain.import_report import FieldChange, RowChange
from ipweek.domain.import_rows import Problem, chosen
from ipweek.domain.imports import RegistrationDraft
from ipweek.domain.text import enterprise_key, folded, seat_key
from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus, RowOutcome
from ipweek.services import matching, places
from ipweek.services.import_diffs import field_changes, listed, new_values
from ipweek.services.import_identities import badge_holders
from ipweek.services.import_lookups import EnterpriseIndex, KnownEnterprise, PersonIndex
from ipweek.services.import_plan import Held, Plan, RowResult
from ipweek.services.marks import is_synthetic
from ipweek.services.quotas import Quotas
from ipweek.storage.queries.enterprises import LIVE
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week

_PERSON_FIELDS = ("name_latin", "email")
_REGISTRATION_FIELDS = ("title", "category", "seat", "note")

_NO_ANSWERS: dict[str, Any] = {}

_Wish = tuple[Held, RegistrationDraft, str]
"""A row to insert among the enrolments, and where it was asked for by what name."""


_Coming = tuple[UUID, int, str, int]
"""An enterprise, the row and the name that a file has for it, and how many more come for it."""


class RegistrationPlanner:
    """Turns drafts into a plan; the new ones are planned as waiting, in the order in which they registered.

    Of several rows about one registration the first counts, and the others fill what it leaves open.
    """

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
        self._holders = badge_holders(session, event.week_id, drafts, self._people)
        self._registrations = _registrations(session, event)
        self._sessions = _session_words(session, event)
        self._enrolled = _enrolments(session, event)
        self._wishes: list[_Wish] = []
        self._unknown_sessions: set[str] = set()
        self._similar: dict[UUID, str | None] = {}
        self._rows: dict[UUID, int] = {}
        self._coming: list[_Coming] = []
        self.new: list[Held] = []
        self.plan = Plan()

    def add(self, draft: RegistrationDraft) -> None:
        """Plan one row."""
        holder = self._holders.get(draft.badge or "")
        enterprise = self._represented(holder, draft) or self._enterprise(draft)
        person = holder or self._people.find(draft.name, draft.phone, enterprise.id if enterprise else None)
        if person is None:
            alike = self._people.named(draft.phone)
            if alike:
                self._warn(draft, "name", draft.name, "phone-known", name=alike)
            person = self._new_person(draft, enterprise)
            self._register(draft, enterprise, person, [], alike)
            return
        held = self._registrations.get(person["id"])
        if held is None:
            self._register(draft, enterprise, person, self._update_person(draft, person))
        else:
            self._update(draft, enterprise, person, held)

    def _update(
        self, draft: RegistrationDraft, enterprise: KnownEnterprise | None, person: Held, held: Held
    ) -> None:
        """Complete a registration that is known, or that an earlier row made."""
        first = self._rows.setdefault(held["id"], draft.row)
        again = first != draft.row
        if again:
            self._warn(draft, "name", draft.name, "twice-in-file", first=first)
        diff = self._enterprise_change(held, enterprise, again=again)
        given: dict[str, Any] = {name: getattr(draft, name) for name in _REGISTRATION_FIELDS}
        values = new_values(held, given, again=again)
        diff += field_changes(held, values)
        if diff and diff[0].field == "enterprise" and enterprise:
            self._move(held, draft, enterprise)
            values["enterprise_id"] = enterprise.id
        if "seat" in values:
            values["seat_key"] = seat_key(values["seat"])
        before = self.plan.change(Registration, held, values) if values else {}
        before.pop("seat_key", None)  # follows from the seat
        diff += self._update_person(draft, person, again=again)
        diff += self._enrol(draft, held["id"])
        outcome = RowOutcome.UPDATED if diff else RowOutcome.UNCHANGED
        after = {name: held[name] for name in before}
        self.plan.results.append(RowResult(draft.row, outcome, held["id"], before, after))
        if diff:
            self.plan.changes.append(RowChange(draft.row, outcome, draft.name, tuple(diff)))

    def _move(self, held: Held, draft: RegistrationDraft, enterprise: KnownEnterprise) -> None:
        """Count him with the enterprise that the row names, for the quotas."""
        if held["status"] in LIVE:
            if held["enterprise_id"] is not None:
                self._come(held["enterprise_id"], draft, -1)
            self._come(enterprise.id, draft)

    def _enterprise_change(
        self, held: Held, enterprise: KnownEnterprise | None, *, again: bool
    ) -> list[FieldChange]:
        old = held["enterprise_id"]
        if enterprise is None or old == enterprise.id or (again and old is not None):
            return []
        return [FieldChange("enterprise", self._enterprises.names.get(old), enterprise.name)]

    def place(self, free: int) -> int:
        """Give the first `free` of the new a place; returns how many wait."""
        self.new.sort(key=lambda row: row["registered_at"])
        for row in self.new[:free]:
            row["status"], row["confirmed_at"] = RegistrationStatus.REGISTERED, self._moment
        return max(0, len(self.new) - free)

    def seat(self) -> None:
        """Give those with a place at the event their places in its sessions; who gets none is told of once a session."""
        placed = {row["id"]: row["status"] for row in self.new}
        placed |= {row["id"]: row["status"] for row in self._registrations.values()}
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

    def _come(self, enterprise: UUID, draft: RegistrationDraft, people: int = 1) -> None:
        self._coming.append((enterprise, draft.row, draft.enterprise or "", people))

    def hold_against_quotas(self) -> None:
        """Warn, once each, of the enterprises that this file takes past their quota; nobody is refused for it."""
        quotas = Quotas(self._session, self._event.id)
        for enterprise, _row, _value, people in self._coming:
            quotas.add(enterprise, people)
        told: set[UUID] = set()
        for enterprise, row, value, people in reversed(self._coming):
            places, head = quotas.of(enterprise), quotas.head(enterprise)
            if people > 0 and places.over and head not in told:
                told.add(head)
                params = {"coming": places.coming, "quota": places.quota}
                self.plan.warnings.append(Problem(row, "enterprise", value, "over-quota", "warning", params))

    def people(self) -> list[UUID]:
        """The people newly registered."""
        return [row["person_id"] for row in self.new]

    def _represented(self, holder: Held | None, draft: RegistrationDraft) -> KnownEnterprise | None:
        """The very enterprise that a badge's holder comes for, where the row calls it the same."""
        held = self._registrations.get(holder["id"]) if holder and draft.enterprise else None
        if held is None or held["enterprise_id"] is None:
            return None
        name = self._enterprises.names[held["enterprise_id"]]
        same = enterprise_key(name) == enterprise_key(draft.enterprise or "")
        return KnownEnterprise(held["enterprise_id"], name, None) if same else None

    def _enterprise(self, draft: RegistrationDraft) -> KnownEnterprise | None:
        if not draft.enterprise:
            return None
        found = self._enterprises.find(draft.enterprise, draft.credit_code)
        if other := self._enterprises.contradicted(draft.enterprise, draft.credit_code):
            code, known = draft.credit_code or "", other.credit_code
            self._warn(draft, "credit_code", code, "credit-code-differs", known=known, enterprise=other.name)
        return found or self._new_enterprise(draft)

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
        self._similar[identity] = self._enterprises.similar(name)
        found = KnownEnterprise(identity, name, draft.credit_code)
        self._enterprises.add(found)
        return found

    def _new_person(self, draft: RegistrationDraft, enterprise: KnownEnterprise | None) -> Held:
        row = {
            "id": new_id(),
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
        }
        self.plan.insert(Person, row)
        self._people.add(row)
        return row

    def _register(
        self,
        draft: RegistrationDraft,
        enterprise: KnownEnterprise | None,
        person: Held,
        diff: list[FieldChange],
        alike: str | None = None,
    ) -> None:
        identity = new_id()
        row: dict[str, Any] = {
            "id": identity,
            "person_id": person["id"],
            "event_id": self._event.id,
            "enterprise_id": enterprise.id if enterprise else None,
            "title": draft.title,
            "category": draft.category or Category.DELEGATE.value,
            "status": RegistrationStatus.WAITING,
            "source": RegistrationSource.IMPORT,
            "seat": draft.seat,
            "seat_key": seat_key(draft.seat),
            "note": draft.note,
            "on_leave": False,
            "answers": _NO_ANSWERS,
            "registered_at": self._registered_at(draft),
            "confirmed_at": None,
        }
        self.new.append(row)
        if enterprise is not None:
            self._come(enterprise.id, draft)
        self.plan.insert(Registration, row)
        self._registrations[person["id"]], self._rows[identity] = row, draft.row
        self._enrol(draft, identity)
        self.plan.results.append(RowResult(draft.row, RowOutcome.ADDED, identity))
        alike = alike or (self._similar.pop(enterprise.id, None) if enterprise else None)
        self.plan.changes.append(RowChange(draft.row, RowOutcome.ADDED, draft.name, tuple(diff), alike))

    def _registered_at(self, draft: RegistrationDraft) -> datetime:
        """The moment that the file states, else this one; a microsecond a row keeps the order of the file."""
        if draft.registered_at is not None:
            return draft.registered_at.replace(tzinfo=self._zone).astimezone(UTC)
        return self._moment + timedelta(microseconds=len(self.new))

    def _update_person(
        self, draft: RegistrationDraft, person: Held, *, again: bool = False
    ) -> list[FieldChange]:
        values = new_values(person, {name: getattr(draft, name) for name in _PERSON_FIELDS}, again=again)
        diff = field_changes(person, values)
        if "name_latin" in values:
            values["search_key"] = matching.longer_key(person["search_key"], draft.name_latin)
        if values:
            self.plan.beside("person", draft.row, person, self.plan.change(Person, person, values))
        return diff

    def _enrol(self, draft: RegistrationDraft, registration: UUID) -> list[FieldChange]:
        enrolled = []
        for word in chosen(draft.sessions, self._sessions):
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
                enrolled.append(word)
        return [FieldChange("sessions", None, listed(enrolled))] if enrolled else []

    def _warn_of_unknown_session(self, draft: RegistrationDraft, word: str) -> None:
        """Once per name: a form that asks for sessions of other events is the usual case."""
        if folded(word) not in self._unknown_sessions:
            self._unknown_sessions.add(folded(word))
            self._warn(draft, "sessions", word, "session-unknown", event=self._event.code)

    def _warn(self, draft: RegistrationDraft, name: str, value: str, code: str, /, **params: object) -> None:
        self.plan.warnings.append(Problem(draft.row, name, value, code, "warning", params))


def _registrations(session: Session, event: Event) -> dict[UUID, Held]:
    """Those of the event by person."""
    names = ("id", "person_id", "enterprise_id", "status", *_REGISTRATION_FIELDS, "seat_key")
    columns = [getattr(Registration, name) for name in names]
    query = select(*columns).where(Registration.event_id == event.id)
    return {row["person_id"]: dict(row) for row in session.execute(query).mappings()}


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
