"""Error codes as sentences: what happened, and what to do next."""

from collections.abc import Mapping
from enum import StrEnum

from ipweek.domain.errors import IpweekError
from ipweek.i18n import N_, _
from ipweek.render import (
    badge_problems,
    desk_problems,
    door_problems,
    file_problems,
    record_problems,
    rules,
    template_problems,
)
from ipweek.render.shown_values import field_label, kind_label, shown
from ipweek.render.words import table_name, word

SENTENCES: Mapping[str, str] = {
    **record_problems.SENTENCES,
    **badge_problems.SENTENCES,
    **door_problems.SENTENCES,
    **file_problems.SENTENCES,
    **desk_problems.SENTENCES,
}

_TOLD = N_("This cannot be done ({code}); run it again with --debug to see where.")


def sentence(error: IpweekError) -> str:
    """The error in the language in force; what people typed is cleaned and clipped."""
    if error.code in rules.SENTENCES:
        return rules.told(error.code, error.params)
    template = SENTENCES.get(error.code) or template_problems.SENTENCES.get(error.code)
    if template is None:
        return _(_TOLD).format(code=shown(str(error)))
    return fill(template, error.params)


def fill(template: str, params: Mapping[str, object]) -> str:
    """A marked sentence, translated, with its values; a value that is not given shows as a dash."""
    return _(template).format_map(_Values(params))


_MEASURES: Mapping[str, str] = {
    "bytes": N_("megabytes"),
    "rows": N_("rows"),
    "columns": N_("columns"),
    "cells": N_("cells"),
    "marks": N_("marks of formatting"),
}

_FORMS: Mapping[str, str] = {
    "pdf": N_("a PDF document"),
    "picture": N_("a picture"),
    "document": N_("a text document or a presentation"),
    "page": N_("a web page"),
    "xml": N_("a spreadsheet in one XML file"),
    "workbook": N_("a workbook in a form of its own (.xlsb, Numbers)"),
}


_PARTS: Mapping[str, str] = {
    "manifest": N_("what it says of itself"),
    "log": N_("its log"),
    "end": N_("the end of its log"),
    "checkpoints": N_("a door"),
    "enterprises": N_("an enterprise"),
    "people": N_("a person"),
    "registrations": N_("a registration"),
    "enrolments": N_("somebody's sessions"),
    "badges": N_("a badge"),
    "prints": N_("a printed copy"),
    "scans": N_("a scan"),
    "audit_entries": N_("who did what"),
    "audit_values": N_("who did what"),
}
"""The parts of a desk's copy that may not hold."""

_SYSTEM = frozenset(
    (
        *(N_("No such file or directory"), N_("Permission denied"), N_("No space left on device")),
        *(N_("Read-only file system"), N_("Is a directory"), N_("Not a directory"), N_("File name too long")),
        *(N_("database disk image is malformed"), N_("file is not a database"), N_("disk I/O error")),
    )
)
"""What systems say of files most often."""


def _of_system(params: Mapping[str, object]) -> dict[str, str]:
    """What a system said, in the language in force where that is known."""
    given = {name: str(params[name]) for name in ("detail", "why") if name in params}
    return {name: _(text) for name, text in given.items() if text in _SYSTEM}


class _Values(dict[str, str]):
    """The values of a sentence, ready to show; fields and kinds by their labels."""

    def __init__(self, params: Mapping[str, object]) -> None:
        super().__init__({name: shown(value) for name, value in params.items()})
        if "field" in params:
            self["field_code"], self["field"] = self["field"], field_label(str(params["field"]))
        if "kind" in params:
            self["kind_code"], self["kind"] = self["kind"], kind_label(str(params["kind"]))
        if str(params.get("what")) in _MEASURES:
            self["what"] = _(_MEASURES[str(params["what"])])
        if isinstance(work := params.get("work"), Mapping):
            self["work"] = shown([f"{table_name(name)} {count}" for name, count in work.items()])
        if params.get("what") == "bytes" and isinstance(limit := params.get("limit"), int):
            self["limit"] = str(max(1, limit >> 20))
        if str(params.get("part")) in _PARTS:
            self["part"] = _(_PARTS[str(params["part"])])
        if str(params.get("form")) in _FORMS:
            self["form"] = _(_FORMS[str(params["form"])])
        self.update(_of_system(params))
        for name in ("status", "role"):
            if isinstance(value := params.get(name), StrEnum):
                self[name] = word(value)

    def __missing__(self, name: str) -> str:
        return "–"
