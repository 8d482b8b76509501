"""Badge codes: their parts, what is invalid, what is forged."""

from uuid import UUID

import pytest

from ipweek.domain.badge_code import (
    BadgeCode,
    Signer,
    badge_number,
    compose,
    counter_of,
    grouped,
    lease_of,
    normalise,
    parse,
    shown_number,
)
from ipweek.domain.errors import InvalidError

KEY = bytes(range(32))
WORKSPACE = UUID("01912f00-0000-7000-8000-000000000001")
CODE = BadgeCode(key_id=2, number=badge_number(7, 42), issue=1)


def test_parts_stand_at_their_places():
    """Format, key id, number and issue are read off the digits by position."""
    text = compose(CODE, KEY, WORKSPACE)
    assert len(text) == 27
    assert text.isdigit()
    assert text.startswith("12" + "0007000042" + "01")


def test_a_known_code_stays_the_same():
    """The digits for fixed parts never change: badges printed by an earlier release go on opening doors."""
    assert compose(CODE, KEY, WORKSPACE) == "120007000042018706160529940"


def test_check_digit_is_damm():
    """The published example of the Damm algorithm, 572 → 4, and a code that ends in its own digit."""
    from ipweek.domain.badge_code import _check_digit

    assert _check_digit("572") == 4
    assert _check_digit("5724") == 0


def test_genuine_only_with_its_key_and_workspace():
    """Another key, another workspace or another number makes a code forged, though it parses."""
    text = compose(CODE, KEY, WORKSPACE)
    assert Signer(KEY, WORKSPACE).is_genuine(text)
    assert not Signer(KEY[::-1], WORKSPACE).is_genuine(text)
    assert not Signer(KEY, UUID(int=5)).is_genuine(text)
    forged = compose(CODE, b"guess", WORKSPACE)
    assert parse(forged) == CODE
    assert not Signer(KEY, WORKSPACE).is_genuine(forged)


def test_every_wrong_digit_and_swap_is_invalid():
    """One digit misread, or two neighbours swapped, never reaches the question of forgery."""
    text = compose(CODE, KEY, WORKSPACE)
    for place in range(27):
        for digit in set("0123456789") - {text[place]}:
            assert parse(text[:place] + digit + text[place + 1 :]) is None
    for place in range(26):
        if text[place] != text[place + 1]:
            swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
            assert parse(swapped) is None


@pytest.mark.parametrize("text", ["", "1", "x" * 27, "²" * 27, "٣" * 27, "0" * 28, "https://example.org/"])
def test_what_is_no_code_is_invalid(text):
    """Other lengths, letters and digits of other scripts are no badge code."""
    assert parse(text) is None


def test_another_format_is_invalid():
    """A code of a format that this release does not know is not read as one of its own."""
    from ipweek.domain.badge_code import _check_digit

    body = "2" + compose(CODE, KEY, WORKSPACE)[1:26]
    assert parse(f"{body}{_check_digit(body)}") is None


def test_typed_forms_are_read():
    """Groups, hyphens, full-width digits and line ends are the same code."""
    text = compose(CODE, KEY, WORKSPACE)
    wide = text.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    assert normalise(grouped(text)) == text
    assert parse(grouped(text).replace(" ", "-")) == CODE
    assert parse(f" {wide}\r\n") == CODE
    assert parse("\u3000".join(grouped(text).split())) == CODE


def test_groups_show_the_number():
    """The printed groups hold the lease and the counter whole."""
    assert grouped(compose(CODE, KEY, WORKSPACE)).split()[:4] == ["12", "0007", "000042", "01"]


def test_numbers():
    """A number is its lease and counter, shown in ten digits."""
    number = badge_number(7, 42)
    assert (lease_of(number), counter_of(number), shown_number(number)) == (7, 42, "0007000042")


@pytest.mark.parametrize(("lease", "counter"), [(10_000, 0), (0, 1_000_000), (-1, 0), (0, -1)])
def test_numbers_out_of_range(lease, counter):
    """A lease or counter that does not fit its digits is refused."""
    with pytest.raises(InvalidError):
        badge_number(lease, counter)


@pytest.mark.parametrize("code", [BadgeCode(10, 1, 1), BadgeCode(0, 10**10, 1), BadgeCode(0, 1, 100)])
def test_codes_out_of_range(code):
    """A part that does not fit its digits is refused, never cut."""
    with pytest.raises(InvalidError):
        compose(code, KEY, WORKSPACE)
