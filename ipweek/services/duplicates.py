"""Who may be entered twice: proposed for a person to decide, and never again once found to be two."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import name_pairs
from ipweek.domain import duplicates as rules
from ipweek.domain.actor import Actor
from ipweek.domain.duplicates import (
    DistinctLine,
    Duplicate,
    DuplicateKind,
    DuplicateList,
    EnterpriseFacts,
    Likely,
    compare_enterprises,
    compare_people,
    likely_people,
    pair_of,
    ranked,
)
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError, UsageError
from ipweek.domain.ids import new_id
from ipweek.services import audit, duplicate_facts, matching
from ipweek.services.base import Service
from ipweek.services.directory import meant
from ipweek.services.records import find
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.merges import DistinctPair
from ipweek.storage.tables.people import Person, Registration

LIMIT = 500
_PEOPLE, _ENTERPRISES = DuplicateKind.PEOPLE, DuplicateKind.ENTERPRISES
RECORD_KINDS = {_PEOPLE: "person", _ENTERPRISES: "enterprise"}
"""What the trail calls them."""


class Duplicates(Service):
    """Pairs that may be one, ranked; a pair is never merged by itself."""

    def people(self, event: str | None = None, limit: int = LIMIT) -> DuplicateList:
        """People by phone, by e-mail address, and by name within an enterprise; with an event, its people and others.

        Raises NotFoundError for the event.
        """
        with self.uow.read() as session:
            likely = likely_people(duplicate_facts.people(session))
            wanted = _of_event(session, event, Registration.person_id)
            return _proposed(session, _PEOPLE, likely, wanted, limit)

    def enterprises(self, event: str | None = None, limit: int = LIMIT) -> DuplicateList:
        """Enterprises by what stays of a credit code, and by the same or a similar name. Raises as `people`."""
        with self.uow.read() as session:
            likely = _likely_enterprises(duplicate_facts.enterprises(session))
            wanted = _of_event(session, event, Registration.enterprise_id)
            return _proposed(session, _ENTERPRISES, likely, wanted, limit)

    def of_person(self, ref: str, event: str | None = None) -> DuplicateList:
        """Whom one person may be. Raises NotFoundError."""
        with self.uow.read() as session:
            one, _registration = meant(session, ref, event)
            if one.archived_at is not None:
                return DuplicateList((), 0)
            facts = duplicate_facts.person(session, one.id)
            likely = likely_people([facts, *duplicate_facts.people_like(session, facts)])
            own = (each for each in likely if one.id in (each.first, each.second))
            return _proposed(session, _PEOPLE, own, None, LIMIT)

    def of_enterprise(self, code: str) -> DuplicateList:
        """What one enterprise may be. Raises NotFoundError."""
        with self.uow.read() as session:
            row: Enterprise = find(session, "enterprise", code)
            known = duplicate_facts.enterprises(session)
            own = next((facts for facts in known if facts.id == row.id), None)
            likely = _like(own, known) if own else []
            return _proposed(session, _ENTERPRISES, likely, None, LIMIT)

    def dismiss(self, actor: Actor, one: str, other: str) -> None:
        """Remember that these are two. Raises AlreadyThereError `distinct-already`, and as `both_meant`."""
        with self.uow.write() as session:
            kind, first, second = both_meant(session, one, other)
            tell_apart(session, actor, self.clock(), kind, first, second)

    def recall(self, actor: Actor, one: str, other: str) -> None:
        """Forget that these are two: they may be proposed again. Raises NotFoundError `distinct-missing`."""
        with self.uow.write() as session:
            kind, first, second = both_meant(session, one, other)
            pair = pair_of(first.id, second.id)
            row = session.scalar(
                select(DistinctPair).where(
                    DistinctPair.first_id == pair[0], DistinctPair.second_id == pair[1]
                )
            )
            if row is None:
                raise NotFoundError("distinct-missing", one=name_of(first), other=name_of(second))
            session.delete(row)
            before = {"two": [each.hex for each in pair]}
            audit.record(session, actor, self.clock(), "recall", RECORD_KINDS[kind], pair[0], before=before)

    def dismissed(self) -> tuple[DistinctLine, ...]:
        """What was found to be two, the newest first."""
        with self.uow.read() as session:
            query = select(DistinctPair).order_by(DistinctPair.decided_at.desc(), DistinctPair.id.desc())
            rows = session.scalars(query).all()
            names: dict[UUID, str] = {}
            for kind in DuplicateKind:
                ids = [each for row in rows if row.kind is kind for each in (row.first_id, row.second_id)]
                found = duplicate_facts.suspects(session, kind, ids)
                names |= {each: suspect.name for each, suspect in found.items()}
            return tuple(
                DistinctLine(
                    row.kind,
                    names.get(row.first_id, ""),
                    names.get(row.second_id, ""),
                    row.decided_at,
                    row.operator,
                )
                for row in rows
            )


def tell_apart(
    session: Session,
    actor: Actor,
    moment: datetime,
    kind: DuplicateKind,
    first: Person | Enterprise,
    second: Person | Enterprise,
) -> None:
    """Remember that these are two, within the caller's transaction. Raises AlreadyThereError `distinct-already`."""
    pair, names = pair_of(first.id, second.id), (name_of(first), name_of(second))
    if pair in duplicate_facts.distinct(session, kind):
        raise AlreadyThereError("distinct-already", one=names[0], other=names[1])
    made = DistinctPair(
        id=new_id(),
        kind=kind,
        first_id=pair[0],
        second_id=pair[1],
        decided_at=moment,
        operator=actor.operator,
    )
    session.add(made)
    after = {"two": [each.hex for each in pair]}
    audit.record(session, actor, moment, "dismiss", RECORD_KINDS[kind], pair[0], after=after)


def _likely_enterprises(known: list[EnterpriseFacts]) -> list[Likely]:
    cores = [facts.core for facts in known]
    pairs = {(one, other): like for one, other, like in name_pairs.alike(cores, rules.LEAST_LIKENESS)}
    for keyed in (lambda facts: facts.keys, lambda facts: (rules.organisation(facts.credit_code),)):
        held: dict[str | None, int] = {}
        for place, facts in enumerate(known):
            for key in keyed(facts):
                first = held.setdefault(key, place) if key else place
                if first != place:
                    pairs.setdefault((first, place), 0)
    return ranked(compare_enterprises(known[one], known[other], like) for (one, other), like in pairs.items())


def _like(own: EnterpriseFacts, known: list[EnterpriseFacts]) -> list[Likely]:
    others = [facts for facts in known if facts.id != own.id]
    cores = [facts.core for facts in others]
    likenesses = dict(name_pairs.like(own.core, cores, rules.LEAST_LIKENESS))
    code = rules.organisation(own.credit_code)
    return ranked(
        compare_enterprises(own, facts, likenesses.get(place, 0))
        for place, facts in enumerate(others)
        if place in likenesses
        or facts.keys & own.keys
        or (code and rules.organisation(facts.credit_code) == code)
    )


def likely(session: Session, kind: DuplicateKind, one: UUID, other: UUID) -> Likely:
    """How likely these two are one, proposed or not. Raises NoResultFound for archived people."""
    if kind is _PEOPLE:
        return compare_people(duplicate_facts.person(session, one), duplicate_facts.person(session, other))
    known = {facts.id: facts for facts in duplicate_facts.enterprises(session)}
    like = name_pairs.like(known[one].core, [known[other].core], 0)
    return compare_enterprises(known[one], known[other], like[0][1])


def _of_event(session: Session, event: str | None, column: object) -> set[UUID] | None:
    if event is None:
        return None
    held = find(session, "event", event).id
    return set(session.scalars(select(column).where(Registration.event_id == held)))  # type: ignore[call-overload]


def _proposed(
    session: Session, kind: DuplicateKind, likely: Iterable[Likely], wanted: set[UUID] | None, limit: int
) -> DuplicateList:
    two = duplicate_facts.distinct(session, kind)
    found = [
        each
        for each in likely
        if (each.first, each.second) not in two
        and (wanted is None or each.first in wanted or each.second in wanted)
    ]
    shown = found[:limit]
    known = duplicate_facts.suspects(
        session, kind, {each: None for one in shown for each in (one.first, one.second)}
    )
    pairs = tuple(
        Duplicate(kind, known[one.first], known[one.second], one.score, one.evidence) for one in shown
    )
    return DuplicateList(pairs, len(found))


# Naming two


def both_meant(
    session: Session, one: str, other: str, event: str | None = None
) -> tuple[DuplicateKind, Person, Person] | tuple[DuplicateKind, Enterprise, Enterprise]:
    """Two people by id, badge or registration, or two enterprises by code, credit code or name.

    Raises NotFoundError `duplicates-missing`, UsageError `duplicates-mixed`, InvalidError `duplicates-same`.
    """
    first, second = _meant(session, one, event), _meant(session, other, event)
    if first.id == second.id:
        raise InvalidError("duplicates-same", one=one, other=other)
    if isinstance(first, Person) and isinstance(second, Person):
        return _PEOPLE, first, second
    if isinstance(first, Enterprise) and isinstance(second, Enterprise):
        return _ENTERPRISES, first, second
    raise UsageError("duplicates-mixed", one=one, other=other)


def _meant(session: Session, ref: str, event: str | None) -> Person | Enterprise:
    try:
        return meant(session, ref, event)[0]
    except NotFoundError:
        found = matching.enterprise_of(session, ref) or _by_id(session, ref)
    if found is None:
        raise NotFoundError("duplicates-missing", ref=ref)
    return found


def _by_id(session: Session, ref: str) -> Enterprise | None:
    try:
        row: Enterprise = find(session, "enterprise", ref)
    except NotFoundError:
        return None
    return row


def name_of(row: Person | Enterprise) -> str:
    """The name that a list shows."""
    return row.name if isinstance(row, Person) else row.name_zh or row.name_en or row.code
