"""What may be wrong with doors, and with whoever decides at them, as sentences."""

from collections.abc import Mapping

from ipweek.i18n import N_

SENTENCES: Mapping[str, str] = {
    # Doors
    "door-missing": N_("There is no such door yet; the first “ipweek checkin” opens it."),
    "door-window": N_("The door would close at {closes_at}, before it opens at {opens_at}; correct one of them."),
    "door-capacity": N_("{capacity} is no limit for a door; write a number from 1 on, or none."),
    "door-unknown": N_("There is no door with the code {door}; see “ipweek checkpoint list --event E”."),
    "door-exists": N_("It has a door already; change that one with “ipweek checkpoint edit”."),
    "entry-missing": N_("There is no entry to annul for {registration}; see “ipweek scans”."),
    # Operators
    "operator-unknown": N_(
        "{name} is not recorded as an operator, so somebody else must allow it; see “ipweek operator list”."
    ),
    "role-needed": N_("{name} may not decide this; ask somebody with the role {role} or above."),
    "pin-needed": N_("{name} has a PIN: type it where it is asked for, or set IPWEEK_PIN."),
    "pin-wrong": N_("That is not the PIN of {name}; try again."),
    "pin-locked": N_("Too many wrong PINs for {name}; wait {seconds} seconds, or ask an organizer for a new one."),
    "pin-invalid": N_("A PIN has {least} to {most} digits and nothing else; choose another."),
    "pin-or-none": N_("Say either --pin or --no-pin."),
    "owner-needed": N_("Only the account that owns the database may do this; ask whoever set it up."),
    "reset-organizer": N_("{name} is no organizer; an organizer gives a new PIN with “ipweek operator edit”."),
    "operator-missing": N_("There is no operator named {name}; see “ipweek operator list”."),
    "operator-taken": N_("There is an operator named {name} already; choose another name."),
    "operator-first": N_("The first operator is an organizer, who can record the others; say --role organizer."),
    "operator-last": N_("{name} is the last organizer; make somebody else one first."),
}  # fmt: skip
