"""What an import does in words."""

import pytest

from ipweek.domain.words import ImportKind
from ipweek.render.import_words import import_field, row_numbers


@pytest.mark.parametrize(
    ("numbers", "told"), [((), ""), ((7,), "7"), ((5, 3, 4), "3–5"), ((3, 4, 6, 9, 10), "3–4, 6, 9–10")]
)
def test_row_numbers(numbers: tuple[int, ...], told: str) -> None:
    """Rows that follow one another are a run."""
    assert row_numbers(numbers) == told


def test_a_name_is_told_apart() -> None:
    """Of an enterprise it is the enterprise's, else a person's."""
    assert import_field(ImportKind.ENTERPRISES, "name") == "Name of the enterprise"
    assert import_field(ImportKind.REGISTRATIONS, "name") == "Name"
