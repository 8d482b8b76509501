"""The settings of a door as they are typed: for the command line and for the form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.checkin import DoorSettings
from ipweek.domain.kind_fields import N_
from ipweek.domain.records import Field, FieldKind
from ipweek.domain.starts import Start
from ipweek.domain.words import EntryRule, LabelKind

FIELDS = (
    Field("name_zh", N_("Name (Chinese)"), help=N_("if other than that of the event or session")),
    Field("name_en", N_("Name (English)"), help=N_("if other than that of the event or session")),
    Field(
        "opens",
        N_("Lets in from"),
        FieldKind.START,
        help=N_("such as 2019-04-25 08:30; nobody enters before"),
    ),
    Field(
        "closes",
        N_("Lets in until"),
        FieldKind.START,
        help=N_("such as 2019-04-25 10:00; nobody enters after"),
    ),
    Field("entry_rule", N_("In again"), FieldKind.CHOICE, choices=EntryRule),
    Field("capacity", N_("Holds at once"), FieldKind.INTEGER, help=N_("how many may be inside")),
    Field("categories", N_("Categories"), FieldKind.WORDS, help=N_("such as delegate; guest; empty for all")),
    Field(
        "enterprises",
        N_("Enterprises"),
        FieldKind.REFERENCES,
        refers="enterprise",
        help=N_("only people of these; their codes"),
    ),
    Field(
        "industries",
        N_("Industries"),
        FieldKind.REFERENCES,
        refers="industry",
        help=N_("or of enterprises of these; their codes"),
    ),
    Field(
        "labels",
        N_("Labels"),
        FieldKind.CHOICES,
        choices=LabelKind,
        help=N_("or of enterprises with one of these, such as high_tech"),
    ),
    Field("note", N_("Note"), FieldKind.LONG_TEXT),
)
_MOMENTS = {"opens": "opens_at", "closes": "closes_at"}


def typed_values(settings: DoorSettings, zone: str) -> dict[str, Any]:
    """The settings by field, moments by the clock of the week."""
    values = {field.name: getattr(settings, field.name, None) for field in FIELDS}
    for name, kept in _MOMENTS.items():
        moment: datetime | None = getattr(settings, kept)
        local = moment.astimezone(ZoneInfo(zone)) if moment else None
        values[name] = Start(local.date(), local.time()) if local else None
    return values


def changed_settings(settings: DoorSettings, values: Mapping[str, Any], zone: str) -> DoorSettings:
    """The settings with the named fields as typed; a day without a time is that whole day."""
    told: dict[str, Any] = {name: value for name, value in values.items() if name not in _MOMENTS}
    if "opens" in values:
        told["opens_at"] = _moment(values["opens"], zone, timedelta(0))
    if "closes" in values:
        told["closes_at"] = _moment(values["closes"], zone, timedelta(days=1))
    if told.get("entry_rule", settings.entry_rule) is None:
        told["entry_rule"] = EntryRule.AFTER_EXIT
    return replace(settings, **told)


def _moment(start: Start | None, zone: str, rest: timedelta) -> datetime | None:
    if start is None:
        return None
    if start.time is not None:
        return start.moment(zone)
    return Start(start.day + rest, time.min).moment(zone)
