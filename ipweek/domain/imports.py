"""Importing people and enterprises: the drafts made of a table's rows, and the same one twice in a file.

A check goes through all rows and tells all problems at once; rows with an error make no draft.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Generic, TypeVar

from ipweek.domain.import_contacts import ContactDraft, contacts_of
from ipweek.domain.import_labels import LabelDraft, labels_of
from ipweek.domain.import_recognition import Recognition
from ipweek.domain.import_rows import Problem, Row, RowCheck, Table, email_address, told_of_sheet
from ipweek.domain.starts import Start
from ipweek.domain.text import enterprise_key, folded
from ipweek.domain.words import Category, EventKind

__all__ = [
    "Checked", "EnterpriseDraft", "FeedbackDraft", "FieldChecks", "Problem", "ProgrammeDraft", "RegistrationDraft",
    "Row", "Table", "check_enterprises", "check_registrations",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnterpriseDraft:
    """An enterprise as a row gives it; None is an empty cell, which changes nothing that is known already."""

    row: int
    name: str
    name_en: str | None = None
    short_name: str | None = None
    credit_code: str | None = None
    district: str | None = None
    industries: tuple[str, ...] = ()
    labels: tuple[LabelDraft, ...] = ()
    group: str | None = None
    contact: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    contact_role: str | None = None
    quota: int | None = None
    note: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    contacts: tuple[ContactDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistrationDraft:
    """A registration as a row gives it; `category` is a code of `Category` or the organizer's own word.

    `registered_at` is a local moment, in the zone of the week.
    """

    row: int
    name: str
    name_latin: str | None = None
    phone: str | None = None
    email: str | None = None
    enterprise: str | None = None
    credit_code: str | None = None
    title: str | None = None
    category: str | None = None
    seat: str | None = None
    sessions: tuple[str, ...] = ()
    rank: str | None = None
    note: str | None = None
    registered_at: datetime | None = None
    badge: str | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeDraft:
    """An event or, where `session` is named, a session of `event`, as a row gives it; None changes nothing.

    Venue, room and people are by name, people with what stands in brackets behind them.
    """

    row: int
    event: str
    session: str | None = None
    code: str | None = None
    name_en: str | None = None
    kind: EventKind | None = None
    start: Start | None = None
    end: Start | None = None
    venue: str | None = None
    room: str | None = None
    speakers: tuple[tuple[str, str | None], ...] = ()
    moderators: tuple[tuple[str, str | None], ...] = ()
    capacity: int | None = None
    host: str | None = None
    organizer: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackDraft:
    """An answer to a form as a row gives it; `key` tells it from the others of the event."""

    row: int
    key: str
    phone: str | None = None
    name: str | None = None
    session: str | None = None
    satisfaction: int | None = None
    ratings: Mapping[str, int] = field(default_factory=dict)
    comment: str | None = None
    submitted_at: datetime | None = None


Draft = TypeVar("Draft", EnterpriseDraft, RegistrationDraft, ProgrammeDraft, FeedbackDraft)


@dataclass(frozen=True, slots=True)
class Checked(Generic[Draft]):
    """The drafts of the good rows, each person or enterprise once, and all problems in the order of the rows.

    `rows` is the number of rows read; rows that repeat an earlier one make no draft of their own.
    """

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    rows: int

    @property
    def refused(self) -> tuple[int, ...]:
        """The numbers of the rows with an error."""
        return tuple(dict.fromkeys(problem.row for problem in self.problems if problem.severity == "error"))


@dataclass(frozen=True, slots=True)
class FieldChecks:
    """Bring a phone to E.164, a credit code to its form; each raises InvalidError with the problem's code."""

    phone: Callable[[str], str]
    credit_code: Callable[[str], str]


Told = Callable[[int], None]
"""Hears how many rows are checked, now and then; what it raises ends the check."""

TELL_EVERY = 500
"""Rows between two words about the progress."""

_CATEGORIES: Mapping[str, Category] = {
    word: category
    for category, words in (
        (Category.DELEGATE, "企业代表|参会代表|参会人员|代表"),
        (Category.GUEST, "嘉宾|特邀嘉宾|领导"),
        (Category.SPEAKER, "演讲嘉宾|主讲嘉宾|主讲人|主讲|讲师|演讲人"),
        (Category.EXPERT, "专家"),
        (Category.MEDIA, "媒体|媒体代表|记者|新闻媒体"),
        (Category.ORGANIZER, "主办方|承办方|组委会"),
        (Category.STAFF, "工作人员|会务|会务人员|志愿者"),
    )
    for word in (category.value, *words.split("|"))
}


def check_registrations(
    table: Table, mapping: Recognition, checks: FieldChecks, told: Told | None = None
) -> Checked[RegistrationDraft]:
    """Make registration drafts of a table's rows. The same person twice is a warning, and counted once."""

    def draft(row: Row, check: RowCheck) -> RegistrationDraft:
        category = check.text("category")
        return RegistrationDraft(
            row=row.number,
            name=check.required("name"),
            name_latin=check.text("name_latin"),
            phone=check.checked("phone", checks.phone),
            email=check.checked("email", email_address),
            enterprise=check.text("enterprise"),
            credit_code=check.checked("credit_code", checks.credit_code),
            title=check.text("title"),
            category=_CATEGORIES.get(folded(category), category) if category else None,
            seat=check.text("seat"),
            sessions=check.choices("sessions"),
            rank=check.text("rank"),
            note=check.text("note", lines=True),
            registered_at=check.moment("registered_at"),
            badge=check.text("badge"),
        )

    def keys(person: RegistrationDraft) -> Iterable[Hashable]:
        if person.badge is not None:
            return [("badge", person.badge)]
        if person.phone is not None:
            return [("phone", person.phone, folded(person.name))]
        return [("enterprise", enterprise_key(person.enterprise or ""), folded(person.name))]

    return _check(table, mapping, draft, keys, told)


def check_enterprises(
    table: Table, mapping: Recognition, checks: FieldChecks, told: Told | None = None
) -> Checked[EnterpriseDraft]:
    """Make enterprise drafts of a table's rows. The same code or name twice is a warning, counted once."""

    def draft(row: Row, check: RowCheck) -> EnterpriseDraft:
        return EnterpriseDraft(
            row=row.number,
            name=check.required("name"),
            name_en=check.text("name_en"),
            short_name=check.text("short_name"),
            credit_code=check.checked("credit_code", checks.credit_code),
            district=check.text("district"),
            industries=check.several("industries"),
            labels=labels_of(check),
            group=check.text("group"),
            contact=check.text("contact"),
            contact_phone=check.checked("contact_phone", checks.phone),
            contact_email=check.checked("contact_email", email_address),
            contact_role=check.text("contact_role"),
            quota=check.quota("quota"),
            note=check.text("note", lines=True),
            code=check.text("code"),
            aliases=check.several("aliases"),
            contacts=contacts_of(check, checks.phone),
        )

    def keys(enterprise: EnterpriseDraft) -> Iterable[Hashable]:
        if enterprise.code is not None:
            yield "own code", enterprise.code
            return
        yield "name", enterprise_key(enterprise.name)
        if enterprise.credit_code is not None:
            yield "code", enterprise.credit_code

    return _check(table, mapping, draft, keys, told)


def _check(
    table: Table,
    mapping: Recognition,
    draft: Callable[[Row, RowCheck], Draft],
    keys: Callable[[Draft], Iterable[Hashable]],
    told: Told | None,
) -> Checked[Draft]:
    columns = {name: column for column, name in mapping.fields.items()}
    drafts: list[Draft] = []
    problems = told_of_sheet(table, columns)
    places: dict[Hashable, int] = {}
    for count, row in enumerate(table.rows):
        if told is not None and count % TELL_EVERY == 0:
            told(count)
        check = RowCheck(table, row, columns, problems)
        made = draft(row, check)
        if not check.good:
            continue
        known = list(keys(made))
        place = next((places[key] for key in known if key in places), None)
        if place is None:
            place = len(drafts)
            drafts.append(made)
        else:
            first = drafts[place]
            params = {"first": first.row, "differs": _differing(first, made)}
            check.problem("name", "twice-in-file", "warning", params)
            drafts[place] = _completed(first, made)
        for key in known:
            places.setdefault(key, place)
    return Checked(tuple(drafts), tuple(problems), len(table.rows))


def _differing(first: Draft, second: Draft) -> tuple[str, ...]:
    """The fields in which both say something, and not the same."""
    names = (known.name for known in fields(first) if known.name != "row")
    pairs = ((name, getattr(first, name), getattr(second, name)) for name in names)
    return tuple(name for name, one, other in pairs if one != other and _said(one) and _said(other))


def _completed(first: Draft, second: Draft) -> Draft:
    """The first of two rows about the same, its gaps filled from the second."""
    names = (known.name for known in fields(first))
    gaps = {name: getattr(second, name) for name in names if not _said(getattr(first, name))}
    return replace(first, **gaps)


def _said(value: object) -> bool:
    return value is not None and value != ()
