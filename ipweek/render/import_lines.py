"""An import's columns and differences, and what stands in the way of taking it back, as lines of text."""

from collections.abc import Mapping

from ipweek.domain.import_recognition import column_letter
from ipweek.domain.import_report import (
    ColumnGuess,
    Dependant,
    FieldChange,
    ImportReport,
    MappingLine,
    RowChange,
)
from ipweek.domain.words import LabelKind, RowOutcome
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.render.errors import fill
from ipweek.render.shown_values import field_label, shown

_YES_NO = frozenset(label.value for label in LabelKind)
_WHY: Mapping[str, str] = {
    "scanned": N_("has been scanned"),
    "printed": N_("has a printed badge"),
    "registered": N_("is registered by other ways too"),
    "substitute": N_("has a substitute, or is one"),
    "represented": N_("has people who were added later"),
    "enrolled": N_("was enrolled in a session later"),
    "demand": N_("has raised a demand"),
    "receipt": N_("has taken a printed report"),
    "referred": N_("is referred to by something added later"),
    "changed": N_("was changed later ({field})"),
    "imported": N_("was changed by the later import of {file}"),
    "gone": N_("is no more"),
}


def column_line(guess: ColumnGuess) -> str:
    """A column with what it is taken for."""
    told = {"column": column_letter(guess.column), "header": shown(guess.header) or "–"}
    if guess.field is None:
        return _("{column} {header}: left out").format(**told)
    return _("{column} {header}: {field} ({code})").format(
        **told, field=field_label(guess.field), code=guess.field
    )


def change_line(change: RowChange) -> str:
    """A row with what it adds or changes, and whom it may mean."""
    fields = [_field_text(one) for one in change.fields]
    if change.outcome is RowOutcome.ADDED:
        fields.insert(0, _("added"))
    if change.duplicate_of:
        fields.append(_("may be {name}: compare them").format(name=shown(change.duplicate_of)))
    place = _("row {row}").format(row=change.row)
    where = _(", ").join((place, shown(change.name)))
    return _("{label}: {text}").format(label=where, text=" · ".join(fields))


def _field_text(change: FieldChange) -> str:
    texts = (value_text(change.field, value) for value in (change.before, change.after))
    return _("{label}: {text}").format(label=field_label(change.field), text=" → ".join(texts))


def value_text(field: str, value: str | None) -> str:
    """A value of a difference as people read it; a dash where there is none."""
    if value is None:
        return "–"
    if field == "category":
        return words.category(value)
    return _(value) if field in _YES_NO else shown(value)


def dependant_line(dependant: Dependant) -> str:
    """Whose record later work stands on, and what that is."""
    place = _("row {row}").format(row=dependant.row) if dependant.row else ""
    where = _(", ").join(part for part in (place, shown(dependant.name)) if part)
    return _("{label}: {text}").format(label=where, text=dependant_why(dependant))


def dependant_why(dependant: Dependant) -> str:
    """What it is that stands on a record."""
    return fill(_WHY[dependant.why_code], dependant.params)


def mapping_text(line: MappingLine) -> str:
    """Which headers a remembered mapping takes for what."""
    held = (
        _("{label}: {text}").format(label=shown(header), text=field) for header, field in line.mapping.items()
    )
    return _(", ").join(held)


def report_json(report: ImportReport) -> dict[str, object]:
    """What `import --json` tells beyond its counts and errors."""
    return {
        "sheet": report.sheet,
        "header_row": report.header_row,
        "waiting": report.waiting,
        "remembered": report.remembered,
        "hidden": list(report.hidden),
        "columns": [
            {"column": column_letter(one.column), "header": one.header, "field": one.field}
            for one in report.columns
        ],
        "changes": [
            {
                "row": one.row,
                "outcome": one.outcome,
                "name": one.name,
                "fields": [
                    {"field": each.field, "before": each.before, "after": each.after} for each in one.fields
                ],
                "duplicate_of": one.duplicate_of,
            }
            for one in report.changes
        ],
    }


def dependant_json(one: Dependant) -> dict[str, object]:
    """One of the reasons why an import cannot be taken back."""
    return {"row": one.row, "name": one.name, "why": one.why_code, **one.params}
