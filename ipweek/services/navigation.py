"""Navigation results: what they hold, where they were released, how a new version takes over."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ipweek.domain import navigation_rules
from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.kinds_navigation import RESULT
from ipweek.domain.navigation import LinkLine, ResultPage
from ipweek.domain.records import Record
from ipweek.domain.words import LinkRole, ResultStatus
from ipweek.services import audit
from ipweek.services.base import Service
from ipweek.services.navigation_page import links, page_of
from ipweek.services.records import add_row, as_record, find
from ipweek.services.release_days import day_of, refuse
from ipweek.services.result_versions import copy_parts, next_code
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.programme import Event, EventSession


class Navigation(Service):
    """What sessions and events did with results, and what a result says."""

    def link(
        self, actor: Actor, place: str, result: str, role: LinkRole = LinkRole.PRESENTED
    ) -> tuple[LinkLine, ...]:
        """Link an event or session, by its code, to a result; releasing it there dates and closes the result.

        Returns the links of the place. Raises NotFoundError, AlreadyThereError `link-exists`, InvalidError
        `released-elsewhere`, or the code of the first of its rules that is broken.
        """
        with self.uow.write() as session:
            held = find_place(session, place)
            row: NavigationResult = find(session, "result", result)
            if session.scalar(_link_of(held, row, role)) is not None:
                raise AlreadyThereError("link-exists", place=held.code, result=row.code)
            if role is LinkRole.RELEASED:
                _release(session, held, row)
            column = "event_id" if isinstance(held, Event) else "session_id"
            session.add(ResultLink(id=new_id(), result_id=row.id, role=role, **{column: held.id}))
            after = {"place": held.code, "result": row.code, "role": role}
            audit.record(session, actor, self.clock(), "link", "result", row.id, after=after)
            session.flush()
            return links(session, place=held)

    def unlink(self, actor: Actor, place: str, result: str, role: LinkRole | None = None) -> int:
        """Take links away, of all roles unless one is given; returns how many there were.

        Raises NotFoundError `link-missing`, InvalidError `release-stands` for what was released there.
        """
        with self.uow.write() as session:
            held = find_place(session, place)
            row: NavigationResult = find(session, "result", result)
            found = session.scalars(_link_of(held, row, role)).all()
            if not found:
                raise NotFoundError("link-missing", place=held.code, result=row.code)
            if any(link.role is LinkRole.RELEASED for link in found):
                raise InvalidError("release-stands", place=held.code, result=row.code)
            for link in found:
                session.delete(link)
            before = {"place": held.code, "result": row.code, "roles": [link.role for link in found]}
            audit.record(session, actor, self.clock(), "unlink", "result", row.id, before=before)
            return len(found)

    def links(self, place: str | None = None, result: str | None = None) -> tuple[LinkLine, ...]:
        """The links of an event (its sessions' too), of a session, or of a result; by day."""
        with self.uow.read() as session:
            held = find_place(session, place) if place else None
            row = find(session, "result", result) if result else None
            return links(session, place=held, result=row)

    def supersede(self, actor: Actor, code: str, values: Mapping[str, Any]) -> Record:
        """Add the next version of a result as a draft; the old one stands until the new one is released.

        Values not given are those of the old version, and all that it consists of is copied. Raises InvalidError
        `result-not-released`, AlreadyThereError `code-taken` with the code of the next version where there is one.
        """
        with self.uow.write() as session:
            old: NavigationResult = find(session, "result", code)
            if old.status is not ResultStatus.RELEASED:
                raise InvalidError("result-not-released", result=old.code)
            next_version = session.scalar(
                select(NavigationResult.code).where(NavigationResult.supersedes_id == old.id)
            )
            if next_version is not None:
                raise AlreadyThereError("code-taken", kind="result", code=next_version)
            known = as_record(session, "result", old).values
            carried = {field.name: known[field.name] for field in RESULT.fields if field.name != "code"}
            named = {"code": values.get("code") or next_code(session, old)}
            row = add_row(session, actor, self.clock(), "result", {**carried, **values, **named})
            row.supersedes_id, row.version = old.id, old.version + 1
            session.flush()
            copied = copy_parts(session, old, row)
            after = {"supersedes": old.code, **copied}
            audit.record(session, actor, self.clock(), "supersede", "result", row.id, after=after)
            return as_record(session, "result", row)

    def result(self, code: str) -> ResultPage:
        """All that is known of a result; a bare industry code names its latest released one."""
        with self.uow.read() as session:
            return page_of(session, find(session, "result", code))


def find_place(session: Session, code: str) -> Event | EventSession:
    """The event or session of a code. Raises NotFoundError."""
    for kind in ("event", "session"):
        try:
            found: Event | EventSession = find(session, kind, code)
        except NotFoundError:
            continue
        return found
    raise NotFoundError("place-missing", place=code)


def _release(session: Session, place: Event | EventSession, row: NavigationResult) -> None:
    if row.status is not ResultStatus.DRAFT:
        raise InvalidError("released-elsewhere", result=row.code)
    day = day_of(session, place)
    page = page_of(session, row)
    refuse(navigation_rules.broken(page.notes), page.region)
    refuse(navigation_rules.late_cut_off(row.code, row.cut_off, day))
    row.status, row.released_on = ResultStatus.RELEASED, day
    if row.supersedes_id:
        session.get_one(NavigationResult, row.supersedes_id).status = ResultStatus.SUPERSEDED


def _link_of(held: Event | EventSession, row: NavigationResult, role: LinkRole | None) -> Select[ResultLink]:
    place = ResultLink.event_id if isinstance(held, Event) else ResultLink.session_id
    query = select(ResultLink).where(place == held.id, ResultLink.result_id == row.id)
    return query if role is None else query.where(ResultLink.role == role)
