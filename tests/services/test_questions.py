"""An event's own questions: five kinds of answers, what is required, what happens to answers later."""

import pytest

from ipweek.domain.errors import InvalidError
from ipweek.domain.people import RegistrationChanges
from ipweek.services.people import People
from tests.desk import EVENT, Desk, refusal


def answers(desk: Desk, ref: str = "1") -> dict[str, str]:
    """The answers that somebody's page shows."""
    page = People(desk.uow, desk.clock).show(ref)
    return dict(page.answers[page.registrations[0].id])


def change(desk: Desk, **given: str) -> None:
    """Answer anew."""
    desk.registrations.edit(desk.actor, "1", RegistrationChanges(answers=given))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  不吃\x1b辣 ", "不吃辣"),
        ("text", "[/b] yes", "[/b] yes"),
        ("choice", " 素食 ", "素食"),
        ("yes_no", "是", "yes"),
        ("yes_no", "No", "no"),
        ("date", "2019/04/24", "2019-04-24"),
        ("number", "1,200.50", "1200.50"),
        ("number", "0", "0"),
    ],
)
def test_an_answer_of_each_kind(desk: Desk, kind: str, typed: str, kept: str) -> None:
    """What fits is kept in one form."""
    desk.add("question", "ask", kind=kind, choices="素食;清真" if kind == "choice" else "")
    desk.register("李雷", answers={"ASK ": typed})
    assert answers(desk) == {"ask": kept}


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", "x" * 201, "answer-invalid"),
        ("text", "=1+1", "field-formula"),
        ("choice", "无", "answer-invalid"),
        ("yes_no", "maybe", "answer-invalid"),
        ("date", "2019-02-30", "answer-invalid"),
        ("number", "many", "answer-invalid"),
        ("number", "nan", "answer-invalid"),
    ],
)
def test_what_is_no_answer(desk: Desk, kind: str, typed: str, code: str) -> None:
    """What does not fit is refused with the question and the value, at the form and in an edit."""
    desk.add("question", "ask", kind=kind, choices="素食;清真" if kind == "choice" else "")
    params = refusal(InvalidError, code, desk.register, "李雷", answers={"ask": typed})
    assert params["value"] == typed
    assert "ask" in (params.get("question"), params.get("field"))
    assert desk.registrations.page(EVENT).total == 0
    desk.register("李雷")
    refusal(InvalidError, code, change, desk, ask=typed)
    assert answers(desk) == {}


def test_a_required_answer(desk: Desk) -> None:
    """A required question is answered, an optional one may stay open; no edit takes a required answer back."""
    desk.add("question", "must", required="yes")
    desk.add("question", "may")
    for given in ({}, {"may": "x"}, {"must": " \u200b"}):
        assert (
            refusal(InvalidError, "answer-required", desk.register, "李雷", answers=given)["question"]
            == "must"
        )
    desk.register("李雷", answers={"must": "a", "may": "b"})
    change(desk, may="")
    assert answers(desk) == {"must": "a"}
    refusal(InvalidError, "answer-required", change, desk, must="")


def test_questions_of_other_events(desk: Desk) -> None:
    """Only the event's own questions are asked, and no others are answered."""
    desk.add("event", "exchange")
    desk.add("question", "theirs", event="exchange", required="yes")
    refusal(InvalidError, "question-unknown", desk.register, "李雷", answers={"theirs": "x"})
    desk.register("李雷")
    params = refusal(InvalidError, "question-unknown", change, desk, nothing="x")
    assert params["question"] == "nothing"


def test_an_answer_outlives_its_question(desk: Desk) -> None:
    """When a question is taken away or asked otherwise, earlier answers stay, and others can still be edited."""
    desk.add("question", "diet", kind="choice", choices="素食;清真")
    desk.add("question", "gone")
    desk.register("李雷", answers={"diet": "清真", "gone": "x"})
    desk.records.remove(desk.actor, "question", "gone")
    desk.edit("question", "diet", choices="素食")
    desk.add("question", "new", required="yes")
    change(desk, new="y")
    assert answers(desk) == {"diet": "清真", "gone": "x", "new": "y"}
    refusal(InvalidError, "question-unknown", change, desk, gone="z")
