"""Phone numbers brought to E.164, and shown or masked."""

import pytest

from ipweek.adapters.phones import normalise
from ipweek.domain.contacts import masked_email, masked_name, masked_phone, shown_phone
from ipweek.domain.errors import InvalidError


@pytest.mark.parametrize(
    "typed",
    ["19900001003", "+86 199-0000-1003", "0086 19900001003", "86-199 0000 1003", "１９９００００１００３",
     " 199.0000.1003 ", "'19900001003", "+8619900001003", "(+86)19900001003"],
)  # fmt: skip
def test_a_chinese_mobile_in_every_dress(typed):
    """Country code, separators and full-width digits make no difference."""
    assert normalise(typed) == "+8619900001003"


@pytest.mark.parametrize(
    ("typed", "stored", "shown", "masked"),
    [
        ("19900001000", "+8619900001000", "19900001000", "199****1000"),
        ("0752-2000001", "+867522000001", "0752-2000001", "0752-***0001"),
        ("（0752）2000001", "+867522000001", "0752-2000001", "0752-***0001"),
        ("010-62001234", "+861062001234", "010-62001234", "010-****1234"),
        ("0752-2000001转801", "+867522000001;ext=801", "0752-2000001-801", "0752-***0001"),
        ("0752-2000001-801", "+867522000001;ext=801", "0752-2000001-801", "0752-***0001"),
        ("400-123-4567", "+864001234567", "+864001234567", "+864****4567"),
        ("+852 5123 4567", "+85251234567", "+85251234567", "+852****4567"),
        ("001 202 555 0123", "+12025550123", "+12025550123", "+120****0123"),
    ],
)
def test_landlines_extensions_and_foreign_numbers(typed, stored, shown, masked):
    """They keep what belongs to them, and show as people write them."""
    assert normalise(typed) == stored
    assert shown_phone(stored) == shown
    assert masked_phone(stored) == masked


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.99E+10", "phone-scientific"),
        ("1.99e10", "phone-scientific"),
        ("1990000923", "phone-invalid"),
        ("199000010031", "phone-invalid"),
        ("12900001003", "phone-invalid"),
        ("2000001", "phone-invalid"),
        ("138****5678", "phone-invalid"),
        ("19900001000/19900001001", "phone-invalid"),
        ("无", "phone-invalid"),
        ("", "phone-invalid"),
    ],
)
def test_what_is_no_phone_is_refused_by_code(typed, code):
    """A number that a spreadsheet rounded has a code of its own."""
    with pytest.raises(InvalidError) as caught:
        normalise(typed)
    assert caught.value.code == code


def test_e_mail_addresses_are_masked_but_for_the_first_letter_and_the_host():
    """What is no address shows nothing at all."""
    assert masked_email("sample@example.com") == "s***@example.com"
    assert masked_email("sample") == "***"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张*"),
        ("欧阳娜娜", "欧阳*"),
        ("欧阳", "欧*"),
        ("张", "张*"),
        ("𠮷田", "𠮷*"),
        ("买买提·艾力", "买*"),
        ("张三 (Zhang San)", "张*"),
        ("김철수", "김*"),
        ("Zhang Wei", "Zhang W***"),
        ("Ana María Sánchez", "Ana M***"),
        ("Madonna", "M***"),
        ("A\u0308ke Ö\u0323berg", "A\u0308ke Ö\u0323***"),
        ("", ""),
    ],
)
def test_names_are_masked_but_for_the_surname(name, masked):
    """Nothing of the rest shows, nor how long it is; an import takes the mask for no name."""
    assert masked_name(name) == masked
