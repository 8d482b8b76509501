"""Importing opinions: the drafts made of the rows of an online form's spreadsheet."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from ipweek.domain.feedback import APART, ROW, SCORES
from ipweek.domain.import_recognition import Recognition, question_of
from ipweek.domain.import_rows import Problem, Row, RowCheck, Table, told_of_sheet
from ipweek.domain.imports import TELL_EVERY, Checked, FeedbackDraft, FieldChecks, Told
from ipweek.domain.text import folded

_SCORE = re.compile(r"(\d+)(?:\.0+)?\s*(?:分|星|[-–—:：、(（].*|\.\s*[^\d\s].*)?", re.DOTALL)
_WORDS = {
    word: score
    for score, words in (
        (5, "非常满意|很满意|非常好|very satisfied|excellent"),
        (4, "满意|比较满意|较满意|好|satisfied|good"),
        (3, "一般|基本满意|neutral|average|fair"),
        (2, "不满意|不太满意|较差|dissatisfied|poor"),
        (1, "非常不满意|很不满意|很差|very dissatisfied|very poor"),
    )
    for word in map(folded, words.split("|"))
}
_NUMBER_LENGTH = 40


def check_feedback(
    table: Table, mapping: Recognition, checks: FieldChecks, told: Told | None = None
) -> Checked[FeedbackDraft]:
    """Make drafts of a table's rows. A row that says nothing is a warning, and no answer."""
    columns = {name: column for column, name in mapping.fields.items()}
    rated = {
        question_of(table.columns[column]): column
        for column, name in mapping.fields.items()
        if name in ("rating", "result_rating")
    }
    read = {f"{name} {column}": column for column, name in mapping.fields.items()}
    problems = told_of_sheet(table, read)
    drafts: list[FeedbackDraft] = []
    seen: Counter[str] = Counter()
    for count, row in enumerate(table.rows):
        if told is not None and count % TELL_EVERY == 0:
            told(count)
        draft = _draft(table, row, columns, rated, checks, problems)
        if draft is not None:
            seen[draft.key] += 1
            # Two who say the same without a number are two.
            drafts.append(
                replace(draft, key=f"{draft.key}-{seen[draft.key]}") if _is_digest(draft) else draft
            )
    return Checked(tuple(_each_once(drafts, table, columns, problems)), tuple(problems), len(table.rows))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says beside who says it."""

    satisfaction: int | None
    ratings: dict[str, int]
    comment: str | None


def _draft(
    table: Table,
    row: Row,
    columns: dict[str, int],
    rated: dict[str, int],
    checks: FieldChecks,
    problems: list[Problem],
) -> FeedbackDraft | None:
    check = RowCheck(
        table, row, columns | {f"rating {column}": column for column in rated.values()}, problems
    )
    ratings = {question: _score(check, f"rating {column}") for question, column in rated.items()}
    said = _Said(
        _score(check, "satisfaction"),
        {question: score for question, score in ratings.items() if score is not None},
        check.text("comment", lines=True),
    )
    phone, name = check.checked("phone", checks.phone), check.text("name")
    session, submitted = check.text("session"), check.moment("submitted_at")
    number = check.text("number")
    if number is not None and len(number) > _NUMBER_LENGTH * (1 + (APART in number)):
        check.problem("number", "too-long", params={"limit": _NUMBER_LENGTH, "length": len(number)})
    if not check.good:
        return None
    if said.satisfaction is None and not said.ratings and not said.comment:
        check.problem("satisfaction", "answer-empty", "warning")
        return None
    return FeedbackDraft(
        row=row.number,
        key=_key(number, submitted, said, phone, session),
        phone=phone,
        name=name,
        session=session,
        satisfaction=said.satisfaction,
        ratings=said.ratings,
        comment=said.comment,
        submitted_at=submitted,
    )


def _score(check: RowCheck, name: str) -> int | None:
    """A score as a number, with 分 or its meaning behind it, or as the meaning alone; others are an error."""
    raw = check.short(name)
    if raw is None:
        return None
    text = unicodedata.normalize("NFKC", raw).strip()
    number = _SCORE.fullmatch(text)
    score = int(number[1]) if number else _WORDS.get(folded(text))
    if score not in SCORES:
        check.problem(name, "score-outside", params={"low": SCORES[0], "high": SCORES[-1]})
        return None
    return score


def _key(
    number: str | None,
    submitted: datetime | None,
    said: _Said,
    phone: str | None,
    session: str | None,
) -> str:
    """The form's number and moment, since two forms number alike; a key of ours, as exports have it; else a digest."""
    if number is not None:
        if APART in number or number.startswith(ROW) or submitted is None:
            return number
        return f"{number}{APART}{submitted.isoformat()}"
    moment = submitted and submitted.isoformat()
    told = (phone, session, moment, said.satisfaction, sorted(said.ratings.items()), said.comment)
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    return f"{ROW}{digest[:32]}"


def _is_digest(draft: FeedbackDraft) -> bool:
    return draft.key.startswith(ROW) and draft.key.count("-") == 1


def _each_once(
    drafts: list[FeedbackDraft], table: Table, columns: dict[str, int], problems: list[Problem]
) -> list[FeedbackDraft]:
    """The same number twice in a file is one answer, told of."""
    first: dict[str, FeedbackDraft] = {}
    for draft in drafts:
        if draft.key in first:
            header = table.columns[columns["number"]] if "number" in columns else ""
            told = {"first": first[draft.key].row}
            problems.append(Problem(draft.row, header, draft.key, "twice-in-file", "warning", told))
        else:
            first[draft.key] = draft
    return list(first.values())
