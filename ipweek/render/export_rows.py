"""What is exported as rows: under headers that the import knows in either language, with values that it reads again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.checkin import ScanLine
from ipweek.domain.contacts import shown_phone
from ipweek.domain.exports import EnterpriseRow, Export, ExportKind, RegistrationRow
from ipweek.domain.feedback import FeedbackLine
from ipweek.domain.figures import Named
from ipweek.domain.import_contacts import ContactDraft, contact_text
from ipweek.domain.import_labels import LabelDraft, label_text
from ipweek.domain.records import Record
from ipweek.domain.words import LabelKind
from ipweek.i18n import N_, _, language
from ipweek.render import words

_PARTING = frozenset(";；、,，|\n┋")


@dataclass(frozen=True, slots=True)
class Column:
    """A header, and the value under it of a row with moments in a zone."""

    header: str
    value: Callable[[Any, str], object]
    translate: bool = True

    @property
    def title(self) -> str:
        """The header in the language in force."""
        return _(self.header) if self.translate else self.header


def title(kind: ExportKind) -> str:
    """What the sheet is called."""
    return _(_TITLES[kind])


def columns(export: Export) -> tuple[Column, ...]:
    """The columns of an export, those of the place last but for the notes of an import."""
    own = _COLUMNS[export.kind]
    if export.kind is ExportKind.REGISTRATIONS:
        return (*own, *(Column(_asked(one), _answer(one.code), translate=False) for one in export.columns))
    if export.kind is ExportKind.FEEDBACK:
        rated = (
            Column(_("{question} (1-5)").format(question=one.code), _rating(one.code), translate=False)
            for one in export.columns
        )
        return (*own[:-1], *rated, own[-1])
    return own


def listed(parts: Sequence[str]) -> str:
    """Several words in one cell, parted so that an import finds each again."""
    if not any(_PARTING.intersection(part) for part in parts):
        return ("、" if language() == "zh" else "; ").join(parts)
    return "┋".join(parts) + ("┋" if len(parts) == 1 else "")


def _asked(question: Named) -> str:
    return _("Question: {question}").format(question=question.name(language()))


def _answer(code: str) -> Callable[[RegistrationRow, str], object]:
    return lambda row, _zone: row.answers.get(code)


def _rating(question: str) -> Callable[[FeedbackLine, str], object]:
    return lambda row, _zone: row.ratings.get(question)


def _local(moment: datetime | None, zone: str) -> str | None:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}" if moment else None


def _yes(value: bool) -> str:  # noqa: FBT001 - the answer itself
    return _("yes") if value else _("no")


def _word(value: object) -> str | None:
    return words.word(value) if isinstance(value, StrEnum) else None if value is None else str(value)


def _sessions(places: Sequence[Named]) -> str:
    return listed([_session_word(one) for one in places])


def _session_word(place: Named) -> str:
    """The name; the code where a name would fall apart in a list."""
    name = place.name(language())
    return place.code if _PARTING.intersection(name) else name


def _name(row: EnterpriseRow) -> str:
    return row.enterprise.zh or row.enterprise.en or row.enterprise.code


def _has(row: EnterpriseRow, label: LabelKind) -> LabelDraft | None:
    return next((one for one in row.labels if one.label is label), None)


def _certificate(row: EnterpriseRow) -> str | None:
    label = _has(row, LabelKind.IP_MANAGEMENT)
    return label.certificate if label else None


def _contact(row: EnterpriseRow) -> ContactDraft:
    return row.contacts[0].contact if row.contacts else ContactDraft()


def _further(row: EnterpriseRow) -> str:
    return listed([contact_text(one.contact) for one in row.contacts[1:]])


def _of_record(name: str) -> Callable[[Record, str], object]:
    return lambda record, _zone: record.values.get(name)


def _word_of(name: str) -> Callable[[Record, str], object]:
    return lambda record, _zone: _word(record.values.get(name))


def _enterprise_of(record: Record, _zone: str) -> object:
    names = Named(
        str(record.values["enterprise"]),
        record.values.get("enterprise_zh"),
        record.values.get("enterprise_en"),
    )
    return names.name(language())


def _phone_of(record: Record, _zone: str) -> object:
    phone = record.values.get("phone")
    return shown_phone(str(phone)) if phone else None


def _why(row: ScanLine, _zone: str) -> object:
    return row.why if row.answer.override else None


_TITLES: Mapping[ExportKind, str] = {
    ExportKind.REGISTRATIONS: N_("Registrations"),
    ExportKind.ENTERPRISES: N_("Enterprises"),
    ExportKind.SCANS: N_("Scans"),
    ExportKind.SCHEDULE: N_("Programme"),
    ExportKind.DEMANDS: N_("Demands"),
    ExportKind.FEEDBACK: N_("Feedback"),
}

_COLUMNS: Mapping[ExportKind, tuple[Column, ...]] = {
    ExportKind.REGISTRATIONS: (
        Column(N_("Badge number"), lambda row, _zone: row.registered.badge_no),
        Column(N_("Name"), lambda row, _zone: row.registered.name),
        Column(N_("Name in Latin letters"), lambda row, _zone: row.registered.name_latin),
        Column(N_("Phone"), lambda row, _zone: row.registered.phone),
        Column(N_("E-mail"), lambda row, _zone: row.registered.email),
        Column(N_("Enterprise"), lambda row, _zone: row.registered.enterprise),
        Column(N_("Credit code"), lambda row, _zone: row.credit_code),
        Column(N_("Title"), lambda row, _zone: row.registered.title),
        Column(N_("Category"), lambda row, _zone: words.category(row.registered.category)),
        Column(N_("Seat"), lambda row, _zone: row.registered.seat),
        Column(N_("Sessions"), lambda row, _zone: _sessions(row.sessions)),
        Column(N_("Rank"), lambda row, _zone: row.rank),
        Column(N_("Note"), lambda row, _zone: row.registered.note),
        Column(N_("Registered at"), lambda row, zone: _local(row.registered.registered_at, zone)),
        Column(N_("Status"), lambda row, _zone: words.word(row.registered.status)),
        Column(N_("Source"), lambda row, _zone: words.word(row.registered.source)),
        Column(N_("On leave"), lambda row, _zone: _yes(row.registered.on_leave)),
        Column(N_("Attended"), lambda row, _zone: _yes(row.registered.attended)),
        Column(N_("Substitute for"), lambda row, _zone: row.registered.substitute_for),
        Column(N_("Minutes inside"), lambda row, _zone: row.minutes_inside),
        Column(N_("Sessions waited for"), lambda row, _zone: _sessions(row.waiting)),
        Column(N_("Confirmed at"), lambda row, zone: _local(row.confirmed_at, zone)),
        Column(N_("Code of the enterprise"), lambda row, _zone: row.registered.enterprise_code),
        Column(N_("ID of the registration"), lambda row, _zone: row.registered.id),
        Column(N_("ID of the person"), lambda row, _zone: row.registered.person),
    ),
    ExportKind.ENTERPRISES: (
        Column(N_("Code"), lambda row, _zone: row.enterprise.code),
        Column(N_("Enterprise"), lambda row, _zone: _name(row)),
        Column(N_("English name"), lambda row, _zone: row.enterprise.en),
        Column(N_("Short name"), lambda row, _zone: row.short_name),
        Column(N_("Other names"), lambda row, _zone: listed(row.aliases)),
        Column(N_("Credit code"), lambda row, _zone: row.credit_code),
        Column(N_("District"), lambda row, _zone: row.district),
        Column(N_("Industries"), lambda row, _zone: _sessions(row.industries)),
        Column(
            N_("High-tech enterprise"), lambda row, _zone: _yes(_has(row, LabelKind.HIGH_TECH) is not None)
        ),
        Column(N_("IP management certificate"), lambda row, _zone: _certificate(row)),
        Column(
            N_("Labels"),
            lambda row, _zone: listed([label_text(words.word(one.label), one) for one in row.labels]),
        ),
        Column(N_("Corporate group"), lambda row, _zone: row.group.word if row.group else None),
        Column(N_("Contact"), lambda row, _zone: _contact(row).name),
        Column(N_("Contact phone"), lambda row, _zone: _contact(row).phone),
        Column(N_("Contact e-mail"), lambda row, _zone: _contact(row).email),
        Column(N_("Contact role"), lambda row, _zone: _contact(row).role),
        Column(N_("Further contacts"), lambda row, _zone: _further(row)),
        Column(N_("Delegate quota"), lambda row, _zone: row.quota),
        Column(N_("Note"), lambda row, _zone: row.note),
        Column(N_("Archived"), lambda row, _zone: _yes(row.archived)),
    ),
    ExportKind.SCANS: (
        Column(N_("Time"), lambda row, zone: _local(row.answer.at, zone)),
        Column(N_("Door"), lambda row, _zone: row.door),
        Column(N_("Kind"), lambda row, _zone: words.word(row.answer.kind)),
        Column(N_("Direction"), lambda row, _zone: words.word(row.answer.direction)),
        Column(N_("Verdict"), lambda row, _zone: words.word(row.answer.verdict)),
        Column(N_("Reason"), lambda row, _zone: _word(row.answer.reason)),
        Column(N_("Name"), lambda row, _zone: row.answer.name),
        Column(N_("Enterprise"), lambda row, _zone: row.answer.enterprise),
        Column(N_("Title"), lambda row, _zone: row.answer.title),
        Column(N_("Category"), lambda row, _zone: words.category(row.answer.category)),
        Column(N_("Seat"), lambda row, _zone: row.answer.seat),
        Column(N_("Code"), lambda row, _zone: row.answer.code),
        Column(N_("First in"), lambda row, zone: _local(row.answer.first_at, zone)),
        Column(N_("Desk"), lambda row, _zone: row.answer.desk),
        Column(N_("Operator"), lambda row, _zone: row.operator),
        Column(N_("Received"), lambda row, zone: _local(row.received_at, zone)),
        Column(N_("Offline"), lambda row, _zone: _yes(row.offline)),
        Column(N_("Minutes inside"), lambda row, _zone: row.minutes_inside),
        Column(N_("Let in because"), _why),
        Column(N_("Allowed by"), lambda row, _zone: row.allowed_by),
        Column(N_("Annulled"), lambda row, _zone: _yes(row.annulled)),
        Column(N_("Code of the session"), lambda row, _zone: row.session),
        Column(N_("ID of the registration"), lambda row, _zone: row.answer.registration),
    ),
    ExportKind.DEMANDS: (
        Column(N_("Code"), lambda record, _zone: record.code),
        Column(N_("Event"), _of_record("event")),
        Column(N_("Session"), _of_record("session")),
        Column(N_("Enterprise"), _enterprise_of),
        Column(N_("Contact"), _of_record("contact")),
        Column(N_("Phone"), _phone_of),
        Column(N_("Category"), _word_of("category")),
        Column(N_("Demand"), _word_of("text")),
        Column(N_("Confidentiality"), _word_of("confidentiality")),
        Column(N_("Priority"), _word_of("priority")),
        Column(N_("Status"), _word_of("status")),
        Column(N_("Raised on"), _word_of("raised_on")),
        Column(N_("Provider"), _of_record("provider")),
        Column(N_("Outcome"), _word_of("outcome")),
        Column(N_("Closed on"), _word_of("closed_on")),
        Column(N_("Satisfaction"), _of_record("satisfaction")),
        Column(N_("Actions to do"), _of_record("to_do")),
        Column(N_("Due"), _word_of("due_on")),
        Column(N_("Overdue"), _of_record("overdue")),
        Column(N_("Note"), _word_of("note")),
    ),
    ExportKind.FEEDBACK: (
        Column(N_("Answer number"), lambda row, _zone: row.key),
        Column(N_("Submitted at"), lambda row, zone: _local(row.submitted_at, zone)),
        Column(N_("Name"), lambda row, _zone: row.name),
        Column(N_("Enterprise"), lambda row, _zone: row.enterprise),
        Column(N_("Phone"), lambda row, _zone: row.phone),
        Column(N_("Session"), lambda row, _zone: row.session(language())),
        Column(N_("Satisfaction"), lambda row, _zone: row.satisfaction),
        Column(N_("Code of the session"), lambda row, _zone: row.session_code),
        Column(N_("ID of the person"), lambda row, _zone: row.person),
        Column(N_("Comment"), lambda row, _zone: row.comment),
    ),
}
