"""One demand with all that belongs to it, and what may answer it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ipweek.domain.exchange import Answer, DemandPage
from ipweek.domain.words import DemandCategory, ResultStatus
from ipweek.services.demand_board import action_line, record_of
from ipweek.storage.tables.cases import Case
from ipweek.storage.tables.enterprises import EnterpriseIndustry
from ipweek.storage.tables.exchange import Demand, DemandAction, DemandAnswer
from ipweek.storage.tables.navigation import NavigationResult
from ipweek.storage.tables.programme import Event, EventSession, SessionSpeaker, Speaker

MOST = 5
"""How many of a kind are suggested."""
_DISPUTED = (DemandCategory.DISPUTE, DemandCategory.OVERSEAS_FILING)


def page_of(session: Session, row: Demand, on: date) -> DemandPage:
    """The demand as of a day; everything in it is whole."""
    event = session.get(Event, row.event_id) if row.event_id else None
    held = session.get(EventSession, row.session_id) if row.session_id else None
    answers = tuple(_answers(session, row))
    actions = session.scalars(
        select(DemandAction)
        .where(DemandAction.demand_id == row.id)
        .order_by(
            DemandAction.done_on.is_not(None),
            DemandAction.due_on.nulls_last(),
            func.length(DemandAction.code),
            DemandAction.code,
        )
    )
    known = {(answer.kind, answer.code) for answer in answers}
    return DemandPage(
        record_of(session, row, on),
        event.name_zh if event else None,
        event.name_en if event else None,
        held.name_zh if held else None,
        held.name_en if held else None,
        answers,
        tuple(action_line(action, row.status, on) for action in actions),
        tuple(one for one in _suggestions(session, row) if (one.kind, one.code) not in known),
    )


def _answers(session: Session, row: Demand) -> Iterator[Answer]:
    query = (
        select(DemandAnswer, NavigationResult, Case, Speaker)
        .outerjoin(NavigationResult, NavigationResult.id == DemandAnswer.result_id)
        .outerjoin(Case, Case.id == DemandAnswer.case_id)
        .outerjoin(Speaker, Speaker.id == DemandAnswer.speaker_id)
        .where(DemandAnswer.demand_id == row.id)
        .order_by(func.length(DemandAnswer.code), DemandAnswer.code)
    )
    for answer, result, case, speaker in session.execute(query):
        kinds = (("result", result), ("case", case), ("speaker", speaker))
        kind, named = next(((kind, named) for kind, named in kinds if named is not None), (None, None))
        if kind is None or named is None:
            yield Answer(
                "provider", None, answer.provider, answer.provider, own=answer.code, note=answer.note
            )
        else:
            yield Answer(kind, named.code, named.name_zh, named.name_en, own=answer.code, note=answer.note)


def _suggestions(session: Session, row: Demand) -> Iterator[Answer]:
    """Released results of the enterprise's industries, cases for who disputes or goes abroad, who speaks there."""
    industries = select(EnterpriseIndustry.industry_id).where(
        EnterpriseIndustry.enterprise_id == row.enterprise_id
    )
    results = (
        select(NavigationResult)
        .where(NavigationResult.industry_id.in_(industries), NavigationResult.status == ResultStatus.RELEASED)
        .order_by(NavigationResult.released_on.desc().nulls_last(), NavigationResult.code)
    )
    yield from _named(session, "result", results)
    if row.category in _DISPUTED:
        yield from _cases(session, industries)
    if row.event_id is not None:
        here = select(SessionSpeaker.speaker_id).join(
            EventSession, EventSession.id == SessionSpeaker.session_id
        )
        mine = EventSession.id == row.session_id if row.session_id else EventSession.event_id == row.event_id
        speakers = select(Speaker).where(Speaker.id.in_(here.where(mine))).order_by(Speaker.code)
        yield from _named(session, "speaker", speakers)


def _cases(session: Session, industries: Any) -> Iterator[Answer]:
    """Cases of the industry; where there is none, those that tell what was done about a dispute."""
    cases = select(Case).where(Case.archived_at.is_(None)).order_by(Case.code)
    found = list(_named(session, "case", cases.where(Case.industry_id.in_(industries))))
    if found:
        yield from found
        return
    told = (case for case in session.scalars(cases) if case.countermeasures)
    for _place, case in zip(range(MOST), told, strict=False):
        yield Answer("case", case.code, case.name_zh, case.name_en)


def _named(session: Session, kind: str, query: Select[Any]) -> Iterator[Answer]:
    for row in session.scalars(query.limit(MOST)):
        yield Answer(kind, row.code, row.name_zh, row.name_en)
