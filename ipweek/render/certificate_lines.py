"""What the number of a certificate is worth, in words."""

from collections.abc import Mapping

from ipweek.domain.certificates import Certificate, Standing
from ipweek.i18n import N_, _, language
from ipweek.render.dates import day_text

_STANDINGS: Mapping[Standing, str] = {
    Standing.GENUINE: N_("genuine: issued here, and the attendance stands"),
    Standing.REVOKED: N_("revoked: issued here, but the attendance was annulled since"),
    Standing.UNKNOWN: N_("the number proves itself, but no such certificate is in this workspace"),
    Standing.FORGED: N_("not genuine: this number was not made here"),
    Standing.INVALID: N_("no number of a certificate: year-event-serial-check, 20 digits"),
}


def standing(value: Standing) -> str:
    """What a number is worth."""
    return _(_STANDINGS[value])


def whose(one: Certificate) -> str:
    """Who attended what, and when."""
    tongue = language()
    parts = (
        one.name,
        one.enterprise.text(tongue),
        one.event.text(tongue),
        one.week.text(tongue),
        day_text(one.day) if one.day else "",
    )
    return " · ".join(part for part in parts if part)
