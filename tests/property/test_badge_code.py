"""Badge codes over all their values."""

from hypothesis import assume, given
from hypothesis import strategies as st

from ipweek.domain.badge_code import BadgeCode, Signer, compose, grouped, normalise, parse
from ipweek.render.qr import packed, symbol

codes = st.builds(
    BadgeCode, st.integers(0, 9), st.integers(0, 10**10 - 1), st.integers(0, 99)
)  # fmt: skip
keys = st.binary(min_size=16, max_size=32)


@given(codes, keys, st.uuids())
def test_round_trip(code, key, workspace):
    """Every code comes back as it was, alone and in groups, and is genuine."""
    text = compose(code, key, workspace)
    assert parse(text) == code
    assert parse(grouped(text)) == code
    assert Signer(key, workspace).is_genuine(text)


@given(codes, keys, keys, st.uuids(), st.uuids())
def test_another_signature_is_forged(code, key, other, workspace, elsewhere):
    """A code signed by another key or for another workspace is readable and not genuine."""
    assume((key, workspace) != (other, elsewhere))
    text = compose(code, other, elsewhere)
    assert parse(text) == code
    assert not Signer(key, workspace).is_genuine(text)


@given(st.text())
def test_any_text_is_judged(text):
    """No text breaks the reading, and normalising first changes nothing."""
    assert parse(normalise(text)) == parse(text)
    assert parse(text) is None or len(normalise(text)) == 27


@given(st.text("0123456789", min_size=27, max_size=27))
def test_symbols_are_21_rows_of_21_bits(code):
    """Every code has a symbol of the one size, and its packed form loses nothing."""
    rows = symbol(code)
    assert len(rows) == 21
    assert all(0 <= row < 1 << 21 for row in rows)
    data = packed(rows)
    assert tuple(int.from_bytes(data[at : at + 3], "big") >> 3 for at in range(0, 63, 3)) == rows
