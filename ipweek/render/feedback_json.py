"""Answers to forms as JSON: in figures, and one by one."""

from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.feedback import SCORES, FeedbackCounts, FeedbackLine, Scores
from ipweek.domain.figures import Rate
from ipweek.i18n import language


def shape(counts: FeedbackCounts, answered: Rate | None) -> dict[str, Any] | None:
    """The figures; null where nobody was asked."""
    if not counts.answers:
        return None
    return {
        "answers": counts.answers,
        "anonymous": counts.anonymous,
        "comments": counts.comments,
        **scores(counts.satisfaction),
        "response_rate": rate(answered),
        "ratings": [{"question": question, **scores(given)} for question, given in counts.ratings.items()],
        "sessions": [
            {
                "code": one.code,
                "name_zh": one.name_zh,
                "name_en": one.name_en,
                "answers": one.answers,
                **scores(one.satisfaction),
            }
            for one in counts.sessions
        ],
    }


def rate(answered: Rate | None) -> dict[str, Any]:
    """Who answered of those who came; nulls where it is not known who came."""
    if answered is None:
        return {"value": None, "numerator": None, "denominator": None}
    value = None if answered.value is None else float(answered.value)
    return {"value": value, "numerator": answered.numerator, "denominator": answered.denominator}


def scores(given: Scores) -> dict[str, Any]:
    """How many gave a score, their mean, and how often each was given."""
    return {
        "n": given.n,
        "mean": None if given.mean is None else float(given.mean),
        "distribution": {str(score): given.count(score) for score in SCORES},
    }


def answer(line: FeedbackLine, zone: str) -> dict[str, Any]:
    """One answer; without a name it is anonymous."""
    return {
        "id": str(line.id),
        "number": line.number,
        "submitted_at": line.submitted_at and line.submitted_at.astimezone(ZoneInfo(zone)),
        "anonymous": line.name is None,
        "name": line.name,
        "enterprise": line.enterprise,
        "phone": line.phone,
        "session": line.session_code,
        "session_name": line.session(language()),
        "satisfaction": line.satisfaction,
        "ratings": dict(line.ratings),
        "comment": line.comment,
        "person": line.person and str(line.person),
    }
