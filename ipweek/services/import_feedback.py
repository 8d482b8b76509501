"""Planning an import of opinions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.ids import new_id
from ipweek.domain.import_report import FieldChange, RowChange
from ipweek.domain.import_rows import Problem
from ipweek.domain.imports import FeedbackDraft
from ipweek.domain.text import folded
from ipweek.domain.words import RowOutcome
from ipweek.services.import_diffs import listed
from ipweek.services.import_lookups import batched_unique
from ipweek.services.import_plan import Plan, RowResult
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week

_SHOWN_AS = {"session_id": "session", "session_word": "session", "person_id": "phone", "ratings": "rating"}
_FIELDS = ("session_id", "session_word", "person_id", "satisfaction", "ratings", "comment", "submitted_at")


class FeedbackPlanner:
    """Turns drafts into a plan; an answer is known again by its key, and then said anew whole."""

    def __init__(self, session: Session, event: Event, drafts: Sequence[FeedbackDraft]) -> None:
        self._event = event
        self._zone = ZoneInfo(session.get_one(Week, event.week_id).zone)
        self._people = _people(session, event.id, (draft.phone for draft in drafts if draft.phone))
        self._sessions = _sessions(session, event.id)
        held = session.scalars(select(FeedbackAnswer).where(FeedbackAnswer.event_id == event.id))
        self._held = {row.key: {name: getattr(row, name) for name in ("id", *_FIELDS)} for row in held}
        self._unknown_sessions: set[str] = set()
        self._strangers: list[FeedbackDraft] = []
        self.plan = Plan()

    def add(self, draft: FeedbackDraft) -> None:
        """Plan one row."""
        held, given = self._held.get(draft.key), self._values(draft)
        name = draft.name or draft.key
        if held is None:
            identity = new_id()
            row = {"id": identity, "event_id": self._event.id, "key": draft.key, **given}
            self.plan.insert(FeedbackAnswer, row)
            self.plan.results.append(RowResult(draft.row, RowOutcome.ADDED, identity))
            self.plan.changes.append(RowChange(draft.row, RowOutcome.ADDED, name))
            return
        if given["person_id"] is None:
            given["person_id"] = held["person_id"]  # an export without phones takes nobody's name away
        values = {name: value for name, value in given.items() if held[name] != value}
        diff = [_change(name, held[name], value) for name, value in values.items()]
        before = self.plan.change(FeedbackAnswer, held, values) if values else {}
        outcome = RowOutcome.UPDATED if values else RowOutcome.UNCHANGED
        self.plan.results.append(RowResult(draft.row, outcome, held["id"], before, values))
        if diff:
            self.plan.changes.append(RowChange(draft.row, outcome, name, tuple(diff)))

    def finish(self) -> None:
        """Tell once of the phones that nobody here has: a form that others answered too is the usual case."""
        if self._strangers:
            first = self._strangers[0]
            told = {"count": len(self._strangers)}
            self._warn(first, "phone", first.phone or "", "answerer-unknown", **told)

    def _values(self, draft: FeedbackDraft) -> dict[str, Any]:
        session = self._session(draft)
        return {
            "session_id": session,
            "session_word": draft.session if session is None else None,
            "person_id": self._person(draft),
            "satisfaction": draft.satisfaction,
            "ratings": dict(draft.ratings),
            "comment": draft.comment,
            "submitted_at": self._moment(draft.submitted_at),
        }

    def _moment(self, local: datetime | None) -> datetime | None:
        return local.replace(tzinfo=self._zone).astimezone(UTC) if local else None

    def _session(self, draft: FeedbackDraft) -> UUID | None:
        if draft.session is None:
            return None
        found = self._sessions.get(folded(draft.session))
        if found is None and folded(draft.session) not in self._unknown_sessions:
            self._unknown_sessions.add(folded(draft.session))
            self._warn(draft, "session", draft.session, "session-unknown", event=self._event.code)
        return found

    def _person(self, draft: FeedbackDraft) -> UUID | None:
        """Whoever has the phone; of several, who has the name too, else the only one who is registered here."""
        if draft.phone is None:
            return None
        found = self._people.get(draft.phone, [])
        if draft.name:
            found = [row for row in found if folded(row.name) == folded(draft.name)] or found
        if len(found) > 1:
            found = [row for row in found if row.here] or found
        if len(found) == 1:
            identity: UUID = found[0].id
            return identity
        if found:
            self._warn(draft, "phone", draft.phone, "answerer-unclear")
        else:
            self._strangers.append(draft)
        return None

    def _warn(self, draft: FeedbackDraft, name: str, value: str, code: str, /, **params: object) -> None:
        self.plan.warnings.append(Problem(draft.row, name, value, code, "warning", params))


def _change(name: str, before: Any, after: Any) -> FieldChange:
    """As people are shown it; who or what session is meant is told by the row itself."""
    if name in ("person_id", "session_id"):
        shown = ["✓" if value else None for value in (before, after)]
    elif name == "ratings":
        shown = [_told(value) for value in (before, after)]
    else:
        shown = [None if value is None else str(value) for value in (before, after)]
    return FieldChange(_SHOWN_AS.get(name, name), *shown)


def _told(ratings: dict[str, int]) -> str | None:
    return listed(f"{question} {score}" for question, score in ratings.items())


def _people(session: Session, event: UUID, phones: Iterable[str]) -> dict[str, list[Any]]:
    """The people of these phones, with whether they are registered at the event."""
    found: dict[str, list[Any]] = {}
    here = select(Registration.id).where(Registration.person_id == Person.id, Registration.event_id == event)
    query = select(Person.id, Person.name, Person.phone, here.exists().label("here"))
    for chunk in batched_unique(phones):
        wanted = query.where(Person.phone.in_(chunk), Person.archived_at.is_(None)).order_by(Person.id)
        for row in session.execute(wanted):
            found.setdefault(row.phone or "", []).append(row)
    return found


def _sessions(session: Session, event: UUID) -> dict[str, UUID]:
    query = select(EventSession).where(EventSession.event_id == event, EventSession.archived_at.is_(None))
    return {
        folded(word): row.id
        for row in session.scalars(query)
        for word in (row.code, row.name_zh, row.name_en)
        if word
    }
