"""Badges: their codes and faces, reissue, and the log of what was printed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select, update
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import BadgeCode, compose, shown_number
from ipweek.domain.badges import BadgeFace, Delegation, IssuedCode, PrintLine
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.words import RegistrationStatus
from ipweek.services import audit
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.services.registration_rows import resolve
from ipweek.storage.tables.badges import Badge, BadgeKey, Print, PrintRun
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseContact
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, Week, Workspace

LAST_ISSUE = 99


class Badges(Service):
    """What a badge shows and proves."""

    def faces(
        self, event: str, refs: Sequence[str] = (), *, only_new: bool = False, language: str = "en"
    ) -> tuple[BadgeFace, ...]:
        """The badges of an event's registered people in the order of pinyin, or those of `refs`.

        With `only_new`, those never printed in their current issue. Raises NotFoundError.
        """
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            wanted = _badges_of(held)
            if refs:
                wanted = wanted.where(Registration.id.in_([resolve(session, ref, event).id for ref in refs]))
            if only_new:
                printed = select(Print.id).where(Print.badge_id == Badge.id, Print.issue == Badge.issue)
                wanted = wanted.where(~printed.exists())
            signer = Signer(session)
            rows = session.execute(wanted).all()
            return tuple(_face(row, signer, language) for row in rows)

    def faces_of(self, registrations: Sequence[UUID], language: str = "en") -> dict[UUID, BadgeFace]:
        """The badges of these registrations whatever has become of them: a page of a run keeps its places."""
        found: dict[UUID, BadgeFace] = {}
        with self.uow.read() as session:
            signer = Signer(session)
            for start in range(0, len(registrations), 500):
                chunk = registrations[start : start + 500]
                rows = session.execute(_badges().where(Registration.id.in_(chunk)))
                found |= {row.Registration.id: _face(row, signer, language) for row in rows}
        return found

    def codes(self, event: str) -> tuple[IssuedCode, ...]:
        """The code of each registered person of an event, in the order of pinyin."""
        with self.uow.read() as session:
            signer = Signer(session)
            rows = session.execute(_badges_of(find(session, "event", event))).all()
            return tuple(
                IssuedCode(
                    row.Registration.id,
                    shown_number(row.Badge.number),
                    signer.code(row.Badge),
                    row.Person.name,
                )
                for row in rows
            )

    def delegations(
        self, event: str, enterprise: str | None = None, language: str = "en"
    ) -> tuple[Delegation, ...]:
        """The badges of an event's registered people by the enterprise that they come for, both by pinyin.

        Raises NotFoundError for the event, or for the enterprise where one is named.
        """
        with self.uow.read() as session:
            wanted = _badges_of(find(session, "event", event))
            if enterprise is not None:
                wanted = wanted.where(Enterprise.id == find(session, "enterprise", enterprise).id)
            signer = Signer(session)
            held: dict[UUID | None, list[Row[Any]]] = {}
            for row in session.execute(wanted):
                held.setdefault(row.Registration.enterprise_id, []).append(row)
            contacts = _main_contacts(session)
            found = [
                _delegation(rows, contacts.get(own) if own else None, signer, language)
                for own, rows in held.items()
            ]
            order = {
                rows[0].Enterprise.code: rows[0].Enterprise.sort_key for own, rows in held.items() if own
            }
            return tuple(
                sorted(found, key=lambda one: (one.code is None, order.get(one.code) or "", one.code))
            )

    def record_codes(self, actor: Actor, event: str, badges: int, target: str) -> None:
        """Note in the audit trail that codes left as pictures; they are no printed copies."""
        with self.uow.write() as session:
            held: Event = find(session, "event", event)
            after = {"event": held.code, "badges": badges, "target": target}
            audit.record(session, actor, self.clock(), "export", "badge", None, after=after)

    def reissue(self, actor: Actor, ref: str, event: str | None = None) -> IssuedCode:
        """Raise the issue of a person's badge, which revokes every earlier copy, and a badge of a merged name.

        Raises InvalidError `badge-issues-used-up`.
        """
        moment = self.clock()
        with self.uow.write() as session:
            registration = resolve(session, ref, event)
            badge = _badge_of(session, registration)
            session.refresh(badge, with_for_update=True)
            if badge.issue >= LAST_ISSUE:
                raise InvalidError("badge-issues-used-up", badge=shown_number(badge.number))
            badge.issue += 1
            other_names = select(Person.id).where(Person.merged_into == registration.person_id)
            others = (Badge.week_id == badge.week_id, Badge.person_id.in_(other_names))
            session.execute(
                update(Badge).where(*others, Badge.revoked_at.is_(None)).values(revoked_at=moment)
            )
            audit.record(
                session,
                actor,
                moment,
                "reissue",
                "badge",
                badge.id,
                before={"issue": badge.issue - 1},
                after={"issue": badge.issue},
            )
            name = session.scalar(select(Person.name).where(Person.id == registration.person_id)) or ""
            return IssuedCode(registration.id, shown_number(badge.number), Signer(session).code(badge), name)

    def last_copies(self, registrations: Sequence[UUID]) -> tuple[PrintLine, ...]:
        """The last copy of the current issue of each registration's badge that has one, the newest first."""
        with self.uow.read() as session:
            badges = badges_by_registration(session, registrations).values()
            copies = copies_of(session, [badge.id for badge in badges])
            lasts = [
                (badge.id, copies[badge.id, badge.issue])
                for badge in badges
                if (badge.id, badge.issue) in copies
            ]
            found: dict[UUID, PrintLine] = {}
            for start in range(0, len(lasts), 500):
                wanted = dict(lasts[start : start + 500])
                query = (
                    select(Print, Badge.number, Person.name)
                    .join(Badge, (Badge.id == Print.badge_id) & (Badge.issue == Print.issue))
                    .join(Person, Person.id == Badge.person_id)
                    .where(Print.badge_id.in_(wanted))
                )
                found |= {
                    row.badge_id: print_line(row, number, name)
                    for row, number, name in session.execute(query)
                    if row.copy == wanted[row.badge_id]
                }
        return tuple(sorted(found.values(), key=lambda line: line.printed_at, reverse=True))

    def prints(self, event: str, limit: int = 200) -> tuple[PrintLine, ...]:
        """The log of printed copies of an event's badges and blanks, the newest first."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            its_runs = select(PrintRun.id).where(PrintRun.event_id == held.id)
            query = (
                select(Print, Badge.number, func.coalesce(Person.name, ""))
                .join(Badge, Badge.id == Print.badge_id)
                .outerjoin(Registration, Registration.id == Print.registration_id)
                .outerjoin(Person, Person.id == func.coalesce(Registration.person_id, Badge.person_id))
                .where(or_(Registration.event_id == held.id, Print.print_run.in_(its_runs)))
                .order_by(Print.printed_at.desc(), Print.id.desc())
                .limit(limit)
            )
            return tuple(print_line(row, number, name) for row, number, name in session.execute(query))


class Signer:
    """Signs codes with the keys of their weeks."""

    def __init__(self, session: Session) -> None:
        workspace = session.scalar(select(Workspace.id))
        if workspace is None:
            raise NotFoundError("workspace-missing")
        self._workspace = workspace
        keys = session.execute(select(BadgeKey.week_id, BadgeKey.key_id, BadgeKey.secret))
        self._secrets = {(week, key_id): secret for week, key_id, secret in keys}

    def code(self, badge: Badge) -> str:
        """The 27 digits of a badge in its current issue."""
        secret = self._secrets[badge.week_id, badge.key_id]
        return compose(BadgeCode(badge.key_id, badge.number, badge.issue), secret, self._workspace)


def _badges_of(held: Event) -> Select[*tuple[Any, ...]]:
    return (
        _badges()
        .where(
            Registration.event_id == held.id,
            Registration.status == RegistrationStatus.REGISTERED,
            Badge.revoked_at.is_(None),
        )
        .order_by(Person.sort_key, Registration.id)
    )


def _badges() -> Select[*tuple[Any, ...]]:
    return (
        select(Registration, Person, Badge, Enterprise, Event, Week)
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .join(Week, Week.id == Event.week_id)
        .join(Badge, (Badge.person_id == Person.id) & (Badge.week_id == Week.id))
        .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
    )


def _face(row: Row[Any], signer: Signer, language: str) -> BadgeFace:
    registration, person = row.Registration, row.Person
    return BadgeFace(
        registration=registration.id,
        code=signer.code(row.Badge),
        name=person.name,
        name_latin=person.name_latin or "",
        enterprise=named(row.Enterprise, "zh") if row.Enterprise else "",
        title=registration.title or "",
        category=registration.category,
        week=named(row.Week, language),
        event=named(row.Event, language),
        seat=registration.seat or "",
        synthetic=person.synthetic,
        week_code=row.Week.code,
    )


def _delegation(rows: Sequence[Row[Any]], contact: str | None, signer: Signer, language: str) -> Delegation:
    own = rows[0].Enterprise
    faces = tuple(_face(row, signer, language) for row in rows)
    if own is None:
        return Delegation(None, None, None, None, faces)
    return Delegation(own.code, own.name_zh, own.name_en, contact, faces)


def _main_contacts(session: Session) -> dict[UUID, str]:
    query = select(EnterpriseContact.enterprise_id, EnterpriseContact.name).where(
        EnterpriseContact.main, EnterpriseContact.name.is_not(None)
    )
    return {enterprise: name for enterprise, name in session.execute(query) if name}


def print_line(row: Print, number: int, name: str) -> PrintLine:
    """A printed copy of the badge with this number, and whose it is."""
    return PrintLine(
        shown_number(number),
        name,
        row.issue,
        row.copy,
        row.reason,
        row.target,
        row.printed_at,
        row.operator,
        row.desk,
    )


def named(row: Any, language: str) -> str:
    """The name in a language, else in the other."""
    first, second = (row.name_zh, row.name_en) if language == "zh" else (row.name_en, row.name_zh)
    return first or second or ""


def _badge_of(session: Session, registration: Registration) -> Badge:
    badges = badges_by_registration(session, [registration.id])
    if registration.id not in badges:
        raise NotFoundError("badge-missing", registration=str(registration.id))
    return badges[registration.id]


def badges_by_registration(session: Session, registrations: Sequence[UUID]) -> dict[UUID, Badge]:
    """The badge that each registration has now."""
    found: dict[UUID, Badge] = {}
    for start in range(0, len(registrations), 500):
        query = (
            select(Registration.id, Badge)
            .join(Event, Event.id == Registration.event_id)
            .join(Badge, (Badge.person_id == Registration.person_id) & (Badge.week_id == Event.week_id))
            .where(Registration.id.in_(registrations[start : start + 500]))
        )
        found |= {row[0]: row[1] for row in session.execute(query)}
    return found


def copies_of(session: Session, badges: Sequence[UUID]) -> dict[tuple[UUID, int], int]:
    """The last copy of each badge and issue that was printed."""
    found: dict[tuple[UUID, int], int] = {}
    for start in range(0, len(badges), 500):
        query = (
            select(Print.badge_id, Print.issue, func.max(Print.copy))
            .where(Print.badge_id.in_(badges[start : start + 500]))
            .group_by(Print.badge_id, Print.issue)
        )
        found |= {(badge, issue): copy for badge, issue, copy in session.execute(query)}
    return found
