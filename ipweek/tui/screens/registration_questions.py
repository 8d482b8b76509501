"""An event's own questions as fields of a form, and the answers to them as people read them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from ipweek.domain.errors import InvalidError, IpweekError
from ipweek.domain.records import Field, FieldKind, Record, shown
from ipweek.domain.words import QuestionKind, YesNo
from ipweek.i18n import language
from ipweek.render import words
from ipweek.tui.widgets.field_box import FieldBox
from ipweek.tui.widgets.form import Form

_PREFIX = "answer:"
_KINDS = {QuestionKind.DATE: FieldKind.DAY, QuestionKind.NUMBER: FieldKind.DECIMAL}


def field_of(question: Record) -> Field:
    """The field that asks a question, in the language in force."""
    kind = QuestionKind(question.values["kind"])
    return Field(
        _PREFIX + question.code,
        question.name(language()),
        _KINDS.get(kind, FieldKind.TEXT),
        required=bool(question.values.get("required")),
        choices=_choices(kind, question),
    )


def _choices(kind: QuestionKind, question: Record) -> type[StrEnum] | None:
    """Yes-or-no begins with neither, so that not asked and no stay apart."""
    if kind is QuestionKind.YES_NO:
        return YesNo
    if kind is QuestionKind.CHOICE:
        texts = {f"A{place}": text for place, text in enumerate(question.values["choices"])}
        return StrEnum("Answers", texts)  # type: ignore[return-value]
    return None


def answer_text(question: Record | None, answer: str) -> str:
    """A kept answer as people read it."""
    if question is not None and question.values["kind"] is QuestionKind.YES_NO and answer in set(YesNo):
        return words.word(YesNo(answer))
    return answer


class AskingForm(Form):
    """A form that the questions of an event are added to when they are known."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, Any], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(fields, values, id=id)
        self._questions: tuple[Record, ...] = ()

    async def ask(self, questions: Sequence[Record], answers: Mapping[str, str] | None = None) -> None:
        """Ask these questions instead of those before; nothing moves where they are the same."""
        ordered = tuple(sorted(questions, key=_place))
        if ordered == self._questions:
            return
        self._questions = ordered
        for name in [name for name in self.boxes if name.startswith(_PREFIX)]:
            await self.boxes.pop(name).remove()
        for question in self._questions:
            box = FieldBox(field_of(question), _known((answers or {}).get(question.code), question))
            self.boxes[box.known.name] = box
            await self.mount(box)

    def answers(self, values: Mapping[str, Any]) -> dict[str, str]:
        """The answers among a form's values, by the codes of their questions."""
        return {
            name.removeprefix(_PREFIX): shown(value)
            for name, value in values.items()
            if name.startswith(_PREFIX)
        }

    def blame(self, error: IpweekError) -> None:
        """A refused answer stands under its question."""
        if "question" in error.params:
            error = InvalidError(
                error.code, **{**error.params, "field": f"{_PREFIX}{error.params['question']}"}
            )
        super().blame(error)

    def retranslate(self) -> None:
        """Ask in the language in force."""
        for question in self._questions:
            self.boxes[_PREFIX + question.code].known = field_of(question)
        super().retranslate()


def _place(question: Record) -> tuple[bool, int, str]:
    position = question.values.get("position")
    return position is None, position or 0, question.code


def _known(answer: str | None, question: Record) -> str | None:
    """What a field begins with; a kept answer that is no longer among the choices is left out."""
    choices = field_of(question).choices
    return None if choices is not None and answer not in set(choices) else answer
