"""Display words of the vocabularies, in the language in force."""

from enum import StrEnum

from ipweek.domain.words import Category, Comparator, LabelKind
from ipweek.i18n import N_, _
from ipweek.render.vocabularies import WORDS

_SIGNS = {
    Comparator.EQUAL: "",
    Comparator.MORE: "> ",
    Comparator.AT_LEAST: "≥ ",
    Comparator.ABOUT: "≈ ",
    Comparator.LESS: "< ",
    Comparator.AT_MOST: "≤ ",
}


def word(value: StrEnum) -> str:
    """The word of a vocabulary's code; a code without a word stands for itself."""
    text = WORDS.get(type(value), {}).get(value.value)
    return _(text) if text else value.value


TABLES = {
    "people": N_("people"),
    "registrations": N_("registrations"),
    "enrolments": N_("sessions"),
    "scans": N_("scans"),
    "badges": N_("badges"),
    "demands": N_("demands"),
    "prints": N_("printed copies"),
    "admissions": N_("entries"),
    "checkpoint_enterprises": N_("doors"),
    "receipts": N_("reports received"),
    "enterprise_aliases": N_("aliases"),
    "enterprise_contacts": N_("contacts"),
    "enterprise_industries": N_("industries"),
    "enterprise_labels": N_("labels"),
    "case_parties": N_("cases"),
    "statements": N_("statements"),
    "applicants": N_("patent applicants"),
    "conflicts": N_("conflicts between desks"),
}
"""What people call the rows of tables that others refer to."""


def table_name(name: str) -> str:
    """What people call the rows of a table; its own name where they have no word for it."""
    return _(TABLES[name]) if name in TABLES else name


def category(code: str) -> str:
    """A category's word; the organizer's own words are as they are."""
    return word(Category(code)) if code in set(Category) else code


def category_codes(text: str) -> tuple[str, ...]:
    """The codes of a category that is written as its word, in the language in force."""
    return tuple(code.value for code in Category if word(code) == text)


def label(code: str) -> str:
    """An enterprise label's word."""
    return word(LabelKind(code)) if code in set(LabelKind) else code


def sign(comparator: Comparator) -> str:
    """What stands before a number: nothing for an exact one."""
    return _SIGNS[comparator]


def not_stated() -> str:
    """What stands where nobody stated a figure or a name; never 0."""
    return _("not stated")


def no_data() -> str:
    """What stands where nothing was recorded, so that nothing can be counted."""
    return _("no data")
