"""Whether the figures of a summary agree with each other and with the records."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """Two ways to the same number, `found` and `expected`; `holds` tells whether they agree.

    `code` says what was compared, `key` names the figure or the door that it is about.
    """

    code: str
    key: str
    found: int
    expected: int
    holds: bool
