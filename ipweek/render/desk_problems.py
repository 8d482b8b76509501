"""What may be wrong with the copies of desks, as sentences."""

from collections.abc import Mapping

from ipweek.i18n import N_

SENTENCES: Mapping[str, str] = {
    "copy-of-copy": N_("This is a desk's copy itself; take copies from the main workspace."),
    "copy-of-nothing": N_("Say what the copy is for: name events with --event, or a week with --week."),
    "copy-exists": N_("{path} is there already and may hold scans; choose another file, or unite it and remove it."),
    "copy-changes-nothing": N_(
        "This is a desk's copy: it takes scans, walk-ins and badges; change everything else in the main workspace."
    ),
    "entry-not-in-copy": N_(
        "There is no entry to annul in this copy; one made elsewhere or just before the outage is undone once all is united."
    ),
    "copy-missing": N_("There is no file {path}; check the name, or whether the stick is plugged in."),
    "copy-not-one": N_("This file is no desk's copy; name the one that “ipweek desk take” wrote."),
    "copy-unreadable": N_(
        "{path} cannot be read ({detail}); close the program at the desk and copy the file again."
    ),
    "copy-other-version": N_(
        "The copy was taken by another version (schema {found}, this program knows {expected}); use that one."
    ),
    "copy-other-workspace": N_("{path} is the copy of another workspace; unite it there."),
    "copy-altered": N_(
        "The file was altered after it was written ({part}): nothing was taken from it; copy it from the desk again."
    ),
    "copy-event-gone": N_("The copy is of {events}, and an event or a door of it is no longer here."),
    "copy-upgrade": N_("A desk's copy keeps the version that it was taken with; unite it, and take a new one."),
    "merge-into-copy": N_("This is a desk's copy; files are united in the main workspace."),
    "leases-used-up": N_("All 9,999 ranges of badge numbers are given out; make a new workspace."),
    "conflict-missing": N_("There is no conflict {conflict}; see “ipweek desk conflicts”."),
    "conflict-settled": N_("{by} has settled this already; see “ipweek desk conflicts --all”."),
    "conflict-way": N_("This conflict cannot be settled so; keep one of: {ways}."),
}  # fmt: skip
