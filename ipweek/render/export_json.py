"""What is exported as JSON: the shapes of the command line's lists, one object a row."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.checkin import ScanLine
from ipweek.domain.exports import EnterpriseRow, ExportKind, RegistrationRow
from ipweek.domain.records import Record
from ipweek.domain.registrations import Registered
from ipweek.render import feedback_json


def shape(kind: ExportKind, row: Any, zone: str) -> dict[str, Any]:
    """A row as JSON has it."""
    return _SHAPES[kind](row, zone)


def registration(row: Registered) -> dict[str, Any]:
    """A registration as `registration list --json` prints it."""
    return {
        "id": str(row.id),
        "badge_no": row.badge_no,
        "status": row.status,
        "name": row.name,
        "name_latin": row.name_latin,
        "enterprise": row.enterprise,
        "category": row.category,
        "phone": row.phone,
        "seat": row.seat,
        "source": row.source,
        "substitute_for": row.substitute_for,
        "attended": row.attended,
    }


def _registration(row: RegistrationRow, zone: str) -> dict[str, Any]:
    held = row.registered
    return registration(held) | {
        "event": held.event,
        "title": held.title,
        "email": held.email,
        "credit_code": row.credit_code,
        "rank": row.rank,
        "sessions": held.sessions,
        "sessions_waiting": held.sessions_waiting,
        "on_leave": held.on_leave,
        "registered_at": held.registered_at.astimezone(ZoneInfo(zone)),
        "confirmed_at": row.confirmed_at and row.confirmed_at.astimezone(ZoneInfo(zone)),
        "enterprise_code": held.enterprise_code,
        "person": str(held.person),
        "note": held.note,
        "minutes_inside": row.minutes_inside,
        "answers": row.answers,
    }


def _enterprise(row: EnterpriseRow, _zone: str) -> dict[str, Any]:
    return {
        "code": row.enterprise.code,
        "name_zh": row.enterprise.zh,
        "name_en": row.enterprise.en,
        "short_name": row.short_name,
        "aliases": row.aliases,
        "credit_code": row.credit_code,
        "district": row.district,
        "industries": [one.code for one in row.industries],
        "labels": [
            {
                "label": one.label,
                "certificate": one.certificate,
                "valid_from": one.valid_from,
                "valid_to": one.valid_to,
            }
            for one in row.labels
        ],
        "group": row.group and row.group.code,
        "contacts": [
            {
                "name": one.contact.name,
                "phone": one.contact.phone,
                "email": one.contact.email,
                "role": one.contact.role,
                "main": one.main,
            }
            for one in row.contacts
        ],
        "quota": row.quota,
        "note": row.note,
        "archived": row.archived,
    }


def _scan(line: ScanLine, zone: str) -> dict[str, Any]:
    said = line.answer
    return {
        "id": str(said.id),
        "door": line.door,
        "session": line.session,
        "registration": said.registration and str(said.registration),
        "kind": said.kind,
        "direction": said.direction,
        "code": said.code,
        "verdict": said.verdict,
        "reason": said.reason,
        "name": said.name,
        "enterprise": said.enterprise,
        "at": said.at.astimezone(ZoneInfo(zone)),
        "first_at": said.first_at and said.first_at.astimezone(ZoneInfo(zone)),
        "desk": said.desk,
        "operator": line.operator,
        "offline": line.offline,
        "minutes_inside": line.minutes_inside,
        "override": line.why if said.override else None,
        "allowed_by": line.allowed_by,
        "annulled": line.annulled,
    }


def _demand(record: Record, _zone: str) -> dict[str, Any]:
    return {"code": record.code, "archived": record.archived, **record.values}


_SHAPES: Mapping[ExportKind, Callable[[Any, str], dict[str, Any]]] = {
    ExportKind.REGISTRATIONS: _registration,
    ExportKind.ENTERPRISES: _enterprise,
    ExportKind.SCANS: _scan,
    ExportKind.DEMANDS: _demand,
    ExportKind.FEEDBACK: feedback_json.answer,
}
