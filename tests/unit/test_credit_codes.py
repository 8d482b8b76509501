"""Unified social credit codes after GB 32100-2015."""

import pytest

from ipweek.adapters.credit_codes import normalise
from ipweek.domain.errors import InvalidError


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91350900587527783P",
        "91441300734122111K",
        "914403001922038216",
        "91441302MA000020X0",
        "91441302MA0003427Y",
        "N2441322MF0000013X",
    ],
)
def test_legal_codes_pass(code):
    """Published codes, and one whose first place is a letter, which the standard allows."""
    assert normalise(code) == code


def test_full_width_case_and_spaces_make_no_difference():
    """People type codes in groups, and input methods in full width."""
    assert normalise(" ９１３５０１００ m000100y43\u3000") == "91350100M000100Y43"
    assert normalise("91350100-M000100Y4-3") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91350100M000100Y4Z", "credit-code-form"),
        ("91350100M000100Y44", "credit-code-check"),
        ("91350100M000100Y34", "credit-code-check"),
        ("91350100M000100Y4", "credit-code-form"),
        ("9135O100M000100Y43", "credit-code-form"),
        ("9.14403001922038E+17", "credit-code-scientific"),
        ("无", "credit-code-form"),
    ],
)
def test_illegal_codes_are_refused_by_code(code, problem):
    """A wrong check digit, a letter that the alphabet lacks, a wrong length, a rounded number."""
    with pytest.raises(InvalidError) as caught:
        normalise(code)
    assert caught.value.code == problem
