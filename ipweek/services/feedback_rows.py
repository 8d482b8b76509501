"""Answers to forms as lists, exports and figures have them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, tuple_
from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_phone, shown_phone
from ipweek.domain.feedback import FeedbackCounts, FeedbackLine, Scores, SessionFeedback, number_of, scored
from ipweek.domain.figures import Named
from ipweek.storage.tables.base import Moment
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import EventSession

_NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_ORDER = (
    func.coalesce(FeedbackAnswer.submitted_at, literal(_NEVER, Moment()), type_=Moment()),
    func.length(FeedbackAnswer.key),
    FeedbackAnswer.key,
)
"""By the moment; without one by the form's number, 9 before 10."""


def lines_query() -> Select[*tuple[Any, ...]]:
    """Answers with who gave them and of what; the enterprise is the one represented there."""
    here = and_(Registration.person_id == Person.id, Registration.event_id == FeedbackAnswer.event_id)
    return (
        select(
            FeedbackAnswer,
            Person.name.label("name"),
            Person.phone.label("phone"),
            func.coalesce(Enterprise.name_zh, Enterprise.name_en).label("enterprise"),
            EventSession.code.label("session_code"),
            EventSession.name_zh.label("session_zh"),
            EventSession.name_en.label("session_en"),
        )
        .outerjoin(Person, Person.id == FeedbackAnswer.person_id)
        .outerjoin(Registration, here)
        .outerjoin(
            Enterprise, Enterprise.id == func.coalesce(Registration.enterprise_id, Person.enterprise_id)
        )
        .outerjoin(EventSession, EventSession.id == FeedbackAnswer.session_id)
    )


def pages(
    session: Session, event: UUID, size: int, *, unmask: bool, after: FeedbackLine | None = None
) -> Iterator[tuple[FeedbackLine, ...]]:
    """The answers of an event in the order in which they were given, each page behind the last of the one before."""
    wanted = lines_query().where(FeedbackAnswer.event_id == event).order_by(*_ORDER).limit(size)
    while True:
        query = wanted
        if after is not None:
            key = (after.submitted_at or _NEVER, len(after.key), after.key)
            here = (literal(key[0], Moment()), literal(key[1]), literal(key[2]))
            query = wanted.where(tuple_(*_ORDER) > tuple_(*here))
        rows = session.execute(query).all()
        if not rows:
            return
        found = tuple(line(row, unmask=unmask) for row in rows)
        after = found[-1]
        yield found
        session.expunge_all()


def line(row: Any, *, unmask: bool) -> FeedbackLine:
    """A row of `lines_query` as it leaves the service."""
    answer: FeedbackAnswer = row.FeedbackAnswer
    phone = row.phone and (shown_phone(row.phone) if unmask else masked_phone(row.phone))
    return FeedbackLine(
        id=answer.id,
        key=answer.key,
        number=number_of(answer.key),
        submitted_at=answer.submitted_at,
        name=row.name,
        enterprise=row.enterprise,
        phone=phone,
        session_code=row.session_code,
        session_zh=row.session_zh or answer.session_word,
        session_en=row.session_en,
        satisfaction=answer.satisfaction,
        ratings=MappingProxyType(dict(answer.ratings)),
        comment=answer.comment,
        person=answer.person_id,
    )


def questions(session: Session, event: UUID) -> tuple[Named, ...]:
    """The rated questions of an event's answers, in the order in which they first came."""
    query = select(FeedbackAnswer.ratings).where(FeedbackAnswer.event_id == event).order_by(FeedbackAnswer.id)
    found = dict.fromkeys(question for ratings in session.scalars(query) for question in ratings)
    return tuple(Named(question) for question in found)


def counts(session: Session, events: Collection[UUID]) -> Mapping[UUID, FeedbackCounts]:
    """The answers of each event in figures; an event without any is not in it."""
    query = select(FeedbackAnswer).where(FeedbackAnswer.event_id.in_(events)).order_by(FeedbackAnswer.id)
    by_event: defaultdict[UUID, list[FeedbackAnswer]] = defaultdict(list)
    for row in session.scalars(query):
        by_event[row.event_id].append(row)
    named = _sessions(session, EventSession.event_id.in_(by_event)) if by_event else {}
    return {event: _counted(rows, named) for event, rows in by_event.items()}


def score_of(row: FeedbackAnswer, question: str | None = None) -> int | None:
    """The score that an answer gave to one of the form's questions, else how satisfied it was."""
    return row.satisfaction if question is None else row.ratings.get(question)


def those(rows: Sequence[FeedbackAnswer], name: str, question: str | None = None) -> Sequence[FeedbackAnswer]:
    """The answers that a figure counts: `n` gave a score; of somebody's several answers on an event one counts him."""
    if name == "respondents":
        first = {(row.event_id, row.person_id): row for row in reversed(rows)}
        return [row for row in rows if row.person_id is None or first[row.event_id, row.person_id] is row]
    if name == "anonymous":
        return [row for row in rows if row.person_id is None]
    if name == "comments":
        return [row for row in rows if row.comment is not None]
    if name == "n":
        return [row for row in rows if score_of(row, question) is not None]
    return rows


def _counted(rows: Sequence[FeedbackAnswer], named: Mapping[UUID, Named]) -> FeedbackCounts:
    questions = dict.fromkeys(question for row in rows for question in row.ratings)
    by_session: defaultdict[UUID | None, list[FeedbackAnswer]] = defaultdict(list)
    for row in rows:
        by_session[row.session_id].append(row)
    return FeedbackCounts(
        answers=len(those(rows, "answers")),
        respondents=len(those(rows, "respondents")),
        anonymous=len(those(rows, "anonymous")),
        comments=len(those(rows, "comments")),
        satisfaction=_scores(rows),
        ratings=MappingProxyType({one: _scores(rows, one) for one in questions}),
        sessions=tuple(
            SessionFeedback(
                place.code, place.zh, place.en, len(by_session[identity]), _scores(by_session[identity])
            )
            for identity, place in named.items()
            if identity in by_session
        ),
    )


def _scores(rows: Sequence[FeedbackAnswer], question: str | None = None) -> Scores:
    given = (score_of(row, question) for row in those(rows, "n", question))
    return scored(score for score in given if score is not None)


def _sessions(session: Session, here: ColumnElement[bool]) -> dict[UUID, Named]:
    """In the order of the programme."""
    order = (
        EventSession.start_day.nulls_last(),
        EventSession.start_time.nulls_first(),
        EventSession.code,
    )
    found = session.scalars(select(EventSession).where(here).order_by(*order))
    return {row.id: Named(row.code, row.name_zh, row.name_en) for row in found}
