"""Print runs: badges in the order of their pages, and the log of every copy that left."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import shown_number
from ipweek.domain.badges import BadgeFace
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.print_runs import JAM, Chosen, PrintRun, RunBadge, RunOrder, page_count
from ipweek.services import audit
from ipweek.services.badge_numbers import blank_badges
from ipweek.services.badges import Signer, badges_by_registration, copies_of, named
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.storage.tables.badges import Badge, Print
from ipweek.storage.tables.badges import PrintRun as Run
from ipweek.storage.tables.badges import PrintRunBadge as Item
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, Week

_CHUNK = 500
_LEAST_REF = 4
MOST_BLANKS = 1000


class BadgeRuns(Service):
    """Planning a run, and noting page by page what has left."""

    def begin(
        self, actor: Actor, event: str, registrations: Sequence[UUID], places: int, chosen: Chosen
    ) -> PrintRun:
        """Plan a run of these registrations' badges and then its blanks; `places` is how many a page holds.

        Raises InvalidError `badge-start-place` or `badge-blanks`, NotFoundError `badges-none`.
        """
        start_at, blank = chosen.get("start_at", 1), chosen.get("blank", 0)
        if not 1 <= start_at <= places:
            raise InvalidError("badge-start-place", place=start_at, places=places)
        if not 0 <= blank <= MOST_BLANKS:
            raise InvalidError("badge-blanks", count=blank, most=MOST_BLANKS)
        moment = self.clock()
        with self.uow.write() as session:
            held: Event = find(session, "event", event)
            items: list[tuple[UUID, UUID | None]] = list(_sorted(session, registrations, chosen.get("sort")))
            items += [(badge, None) for badge in blank_badges(session, held.week_id, blank, moment)]
            if not items:
                raise NotFoundError("badges-none", event=event)
            run = Run(
                id=new_id(),
                event_id=held.id,
                layout=chosen.get("layout") or "",
                places=places,
                start_at=start_at,
                pages=page_count(len(items), start_at, places),
                next_page=1,
                reason=chosen.get("reason"),
                created_at=moment,
                operator=actor.operator,
                desk=actor.desk,
            )
            session.add(run)
            session.flush()
            session.execute(
                insert(Item),
                [
                    {"id": new_id(), "run_id": run.id, "position": position}
                    | {"badge_id": badge, "registration_id": registration}
                    for position, (badge, registration) in enumerate(items)
                ],
            )
            return _view(session, run)

    def list(self, event: str) -> tuple[PrintRun, ...]:
        """The runs of an event, the newest first."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            runs = session.scalars(select(Run).where(Run.event_id == held.id).order_by(Run.id.desc()))
            return tuple(_view(session, run) for run in runs)

    def show(self, ref: str) -> PrintRun:
        """The run of an id or the end of one. Raises NotFoundError `run-missing`, InvalidError `run-ambiguous`."""
        with self.uow.read() as session:
            return _view(session, _find(session, ref))

    def badges(self, run: PrintRun, first: int = 1, last: int | None = None) -> tuple[RunBadge, ...]:
        """The badges on the run's pages, in their order, with the copies that left in it."""
        with self.uow.read() as session:
            positions = run.positions(first, run.pages if last is None else last)
            copies = _copies_in(session, run.id)
            return tuple(
                RunBadge(
                    item.position,
                    *run.place_of(item.position),
                    item.badge_id,
                    shown_number(number),
                    name or "",
                    item.registration_id,
                    copies.get((item.registration_id or item.badge_id), 0),
                )
                for item, number, name in _rows(session, run.id, positions)
            )

    def blank_faces(self, run: PrintRun, language: str) -> dict[UUID, BadgeFace]:
        """The faces of the run's blank badges: week, event and code, and room to write a name."""
        with self.uow.read() as session:
            signer = Signer(session)
            event = session.scalars(select(Event).where(Event.code == run.event)).one()
            week = session.get_one(Week, event.week_id)
            blanks = session.scalars(
                select(Badge)
                .join(Item, Item.badge_id == Badge.id)
                .where(Item.run_id == run.id, Item.registration_id.is_(None))
            )
            shown = {"week": named(week, language), "event": named(event, language), "week_code": week.code}
            texts = dict.fromkeys(("name", "name_latin", "enterprise", "title", "category", "seat"), "")
            return {
                badge.id: BadgeFace(
                    registration=None, code=signer.code(badge), synthetic=False, **texts, **shown
                )
                for badge in blanks
            }

    def rewind(self, run: PrintRun, page: int) -> PrintRun:
        """Let the run go on at an earlier page, because of a jam. Raises InvalidError `run-page-missing`."""
        if not 1 <= page <= run.pages:
            raise InvalidError("run-page-missing", page=page, pages=run.pages)
        with self.uow.write() as session:
            row = session.get_one(Run, run.id)
            row.next_page = page
            return _view(session, row)

    def refuse_overtaken(self, run: PrintRun) -> None:
        """Raises AlreadyThereError `run-overtaken` where badges still to come were printed in another run since."""
        with self.uow.read() as session:
            coming = run.positions(run.next_page, run.pages)
            query = (
                select(Person.name)
                .join(Registration, Registration.person_id == Person.id)
                .join(Print, Print.registration_id == Registration.id)
                .join(Item, Item.registration_id == Registration.id)
                .where(Item.run_id == run.id, Item.position.between(coming.start, coming.stop - 1))
                .where(Print.print_run != run.id, Print.printed_at >= run.created_at)
                .distinct()
                .order_by(Person.name)
            )
            if names := session.scalars(query).all():
                raise AlreadyThereError("run-overtaken", people=names)

    def log(
        self,
        actor: Actor,
        run: PrintRun,
        last: int,
        target: str,
        *,
        held: bool = False,
        job: str | None = None,
    ) -> PrintRun:
        """Log the run's pages from its next one to `last` as left, each badge with its next copy number.

        With `held` they are logged and wait for `let_go`. Raises AlreadyThereError `run-moved-on` where another
        desk goes on with the run.
        """
        moment = self.clock()
        with self.uow.write() as session:
            row = session.get_one(Run, run.id)
            if row.next_page != run.next_page or row.held_from is not None:
                raise AlreadyThereError("run-moved-on", run=run.ref)
            badges = _log_copies(session, actor, run, run.positions(row.next_page, last), target, moment)
            row.held_from, row.held_job = (row.next_page, job) if held else (None, None)
            row.next_page, row.target = last + 1, target
            after = {"badges": badges, "target": target, "run": run.ref}
            audit.record(session, actor, moment, "print", "badge", None, after=after)
            return _view(session, row)

    def let_go(self, run: PrintRun) -> PrintRun:
        """Note that what was logged has left."""
        with self.uow.write() as session:
            row = session.get_one(Run, run.id)
            row.held_from = row.held_job = None
            return _view(session, row)

    def discard(self, run: PrintRun) -> bool:
        """Forget a run of which nothing left; one with blanks stays, because their numbers are given out."""
        with self.uow.write() as session:
            row = session.get_one(Run, run.id)
            if row.next_page > 1 or row.held_from is not None or run.blanks or _copies_in(session, run.id):
                return False
            session.execute(delete(Item).where(Item.run_id == run.id))
            session.delete(row)
            return True


def _log_copies(
    session: Session, actor: Actor, run: PrintRun, positions: range, target: str, moment: datetime
) -> int:
    """Insert the copies; one that left in this run before is printed again because of a jam."""
    items = [item for item, _number, _name in _rows(session, run.id, positions)]
    owned = badges_by_registration(session, [item.registration_id for item in items if item.registration_id])
    blank = [item.badge_id for item in items if item.registration_id is None]
    badges = {badge.id: badge for badge in session.scalars(select(Badge).where(Badge.id.in_(blank)))}
    copies = copies_of(session, [*blank, *(badge.id for badge in owned.values())])
    before = _copies_in(session, run.id)
    rows: list[dict[str, Any]] = []
    ids = sorted(new_id() for _item in items)  # the log tells them in the order of the pages
    for own, item in zip(ids, items, strict=True):
        badge = owned[item.registration_id] if item.registration_id else badges[item.badge_id]
        spoiled = before.get(item.registration_id or item.badge_id, 0) > 0
        rows.append(
            {
                "id": own,
                "badge_id": badge.id,
                "registration_id": item.registration_id,
                "print_run": run.id,
                "issue": badge.issue,
                "copy": copies.get((badge.id, badge.issue), 0) + 1,
                "reason": JAM if spoiled else run.reason,
                "target": target,
                "printed_at": moment,
                "operator": actor.operator,
                "desk": actor.desk,
            }
        )
    session.execute(insert(Print), rows)
    return len(rows)


def _sorted(
    session: Session, registrations: Sequence[UUID], order: RunOrder | None
) -> Sequence[tuple[UUID, UUID]]:
    """Badge and registration in the order asked for, else as given; who lacks what decides comes last."""
    found: dict[UUID, tuple[tuple[Any, ...], UUID]] = {}
    for start in range(0, len(registrations), _CHUNK):
        query = (
            select(Registration.id, Badge.id, Person.sort_key, Person.rank, Registration.seat_key)
            .add_columns(Enterprise.sort_key)
            .join(Person, Person.id == Registration.person_id)
            .join(Event, Event.id == Registration.event_id)
            .join(Badge, (Badge.person_id == Person.id) & (Badge.week_id == Event.week_id))
            .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
            .where(Registration.id.in_(registrations[start : start + _CHUNK]))
        )
        for own, badge, name, rank, seat, enterprise in session.execute(query):
            first = {
                RunOrder.ENTERPRISE: (enterprise is None, enterprise),
                RunOrder.RANK: (rank is None, rank),
                RunOrder.SEAT: (seat is None, seat),
            }.get(order or RunOrder.PINYIN, ())
            found[own] = ((*(_comparable(part) for part in first), name, own.hex), badge)
    if order is None:
        return [(found[own][1], own) for own in registrations]
    return [(found[own][1], own) for own in sorted(found, key=lambda own: found[own][0])]


def _comparable(part: Any) -> Any:
    """None compares with nothing, and beside it stands already that it is none."""
    return "" if part is None else part


def _rows(session: Session, run: UUID, positions: range) -> Sequence[Any]:
    """Items with the badge's number and the person's name, by position."""
    return session.execute(
        select(Item, Badge.number, Person.name)
        .join(Badge, Badge.id == Item.badge_id)
        .outerjoin(Registration, Registration.id == Item.registration_id)
        .outerjoin(Person, Person.id == func.coalesce(Registration.person_id, Badge.person_id))
        .where(Item.run_id == run, Item.position.between(positions.start, positions.stop - 1))
        .order_by(Item.position)
    ).all()


def _copies_in(session: Session, run: UUID) -> dict[UUID, int]:
    """How many copies left in a run, by registration, or by badge where it is blank."""
    who = func.coalesce(Print.registration_id, Print.badge_id)
    rows = session.execute(select(who, func.count()).where(Print.print_run == run).group_by(who))
    return {row[0]: row[1] for row in rows}


def _find(session: Session, ref: str) -> Run:
    wanted = ref.strip().replace("-", "").lower()
    found = [own for own in session.scalars(select(Run.id)) if own.hex.endswith(wanted)]
    if len(wanted) < _LEAST_REF or not found:
        raise NotFoundError("run-missing", run=ref)
    if len(found) > 1:
        raise InvalidError("run-ambiguous", run=ref, count=len(found))
    return session.get_one(Run, found[0])


def _view(session: Session, row: Run) -> PrintRun:
    counted = select(func.count(), func.count(Item.registration_id)).where(Item.run_id == row.id)
    badges, named_ones = session.execute(counted).one()
    return PrintRun(
        id=row.id,
        event=session.get_one(Event, row.event_id).code,
        layout=row.layout,
        places=row.places,
        start_at=row.start_at,
        badges=badges,
        blanks=badges - named_ones,
        pages=row.pages,
        next_page=row.next_page,
        target=row.target,
        reason=row.reason,
        held_from=row.held_from,
        held_job=row.held_job,
        created_at=row.created_at,
        operator=row.operator,
        desk=row.desk,
    )
