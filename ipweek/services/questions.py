"""An event's own questions, and the answers to them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain import records
from ipweek.domain.errors import InvalidError
from ipweek.domain.records import Field, FieldKind
from ipweek.domain.text import clean, is_formula
from ipweek.domain.words import QuestionKind
from ipweek.storage.tables.programme import Question

_KINDS = {
    QuestionKind.TEXT: FieldKind.TEXT,
    QuestionKind.YES_NO: FieldKind.FLAG,
    QuestionKind.DATE: FieldKind.DAY,
    QuestionKind.NUMBER: FieldKind.DECIMAL,
}


def questions_of(session: Session, event: UUID) -> tuple[Question, ...]:
    """The questions of an event in their order."""
    query = select(Question).where(Question.event_id == event, Question.archived_at.is_(None))
    return tuple(session.scalars(query.order_by(Question.position, Question.code)))


def checked(session: Session, event: UUID, answers: Mapping[str, str]) -> dict[str, str]:
    """Answers by question code in the form they are kept in; the unanswered left out.

    Raises InvalidError `answer-required`, `answer-invalid`, `question-unknown`, `field-formula`.
    """
    asked = {question.code: "" for question in questions_of(session, event)}
    return changed(session, event, {}, asked | _by_code(answers))


def changed(
    session: Session, event: UUID, kept: Mapping[str, str], answers: Mapping[str, str]
) -> dict[str, str]:
    """Kept answers with some of them given anew, the others as they stand; an empty one takes an answer back.

    Raises as `checked`.
    """
    asked = {question.code: question for question in questions_of(session, event)}
    given = _by_code(answers)
    unknown = [code for code in given if code not in asked]
    if unknown:
        raise InvalidError("question-unknown", question=unknown[0])
    result = dict(kept) | {code: _answer(asked[code], typed) for code, typed in given.items()}
    return {code: answer for code, answer in result.items() if answer}


def _by_code(answers: Mapping[str, str]) -> dict[str, str]:
    return {clean(code).lower(): typed for code, typed in answers.items()}


def _answer(question: Question, typed: str) -> str:
    text = clean(typed)
    if not text:
        if question.required:
            raise InvalidError("answer-required", question=question.code)
        return ""
    if question.kind is QuestionKind.CHOICE:
        if text not in question.choices:
            raise InvalidError("answer-invalid", question=question.code, value=text)
        return text
    if question.kind is QuestionKind.TEXT and is_formula(text):
        raise InvalidError("field-formula", field=question.code, value=text)
    try:
        return records.shown(records.parse(Field(question.code, "", _KINDS[question.kind]), text))
    except InvalidError as error:
        raise InvalidError("answer-invalid", question=question.code, value=text) from error
