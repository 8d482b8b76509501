"""What every figure of a report means: a label and a definition for each of `Figure.defined`."""

from collections.abc import Mapping
from dataclasses import dataclass

from ipweek.domain.summary_figures import Figure
from ipweek.domain.words import Provenance
from ipweek.i18n import N_, _
from ipweek.render import words


@dataclass(frozen=True, slots=True)
class Definition:
    """Marked messages: the name of a figure, and what is counted or by which formula it follows."""

    label: str
    text: str


_SAID = ("results.counts", "indicators.")

DEFINITIONS: Mapping[str, Definition] = {
    "registrations.invited": Definition(
        N_("Invited"),
        N_("People whom the organizer invited, as the organizer stated."),
    ),
    "registrations.registered": Definition(
        N_("Registered"),
        N_(
            "Registrations that hold a place, walk-ins and substitutes among them; waiting, cancelled and"
            " blocked ones stand apart."
        ),
    ),
    "registrations.waiting": Definition(
        N_("On the waiting list"),
        N_("Registrations that wait for a place."),
    ),
    "registrations.cancelled": Definition(
        N_("Cancelled registrations"),
        N_("Registrations that were cancelled."),
    ),
    "registrations.blocked": Definition(
        N_("Blocked registrations"),
        N_("Registrations of people whom the doors keep out."),
    ),
    "registrations.walk_in": Definition(
        N_("Walk-ins"),
        N_("Registrations that hold a place and were made on site."),
    ),
    "registrations.substitute": Definition(
        N_("Substitutes"),
        N_("Registrations that hold a place instead of another person's."),
    ),
    "attendance.attended": Definition(
        N_("Attended in all"),
        N_(
            "Registrations with an accepted entry at a door of the event or of its sessions, by a scan or"
            " by an organizer's mark; entries taken back do not count."
        ),
    ),
    "attendance.absent": Definition(
        N_("Absent"),
        N_("Expected less the expected who attended."),
    ),
    "attendance.late": Definition(
        N_("Late"),
        N_(
            "First entry later than the start plus the event's grace period; without a stated start time "
            "there is no lateness."
        ),
    ),
    "attendance.punctual": Definition(
        N_("On time"),
        N_("Attended in all less the late."),
    ),
    "attendance.on_leave": Definition(
        N_("On leave"),
        N_("Registrations that hold a place, are no walk-ins and excused themselves."),
    ),
    "attendance.expected": Definition(
        N_("Expected"),
        N_(
            "Registrations confirmed before the door opened, less those on leave; walk-ins are counted "
            "apart. Without an opening time of the door its event's start counts, without either all are "
            "expected."
        ),
    ),
    "attendance.expected_attended": Definition(
        N_("Expected who attended"),
        N_("The expected with an accepted entry."),
    ),
    "attendance.after_opening": Definition(
        N_("Confirmed after the door opened"),
        N_(
            "Registrations that hold a place, are no walk-ins and not on leave, and were confirmed once "
            "the door was open: they are not expected."
        ),
    ),
    "attendance.walk_in_attended": Definition(
        N_("Walk-ins who attended"),
        N_("Walk-ins with an accepted entry."),
    ),
    "attendance.marked": Definition(
        N_("Marked present by an organizer"),
        N_("Registrations that an organizer marked present, unless the mark was taken back."),
    ),
    "attendance.rate": Definition(
        N_("Attendance rate"),
        N_("Expected who attended / expected."),
    ),
    "attendance.on_time": Definition(
        N_("On-time rate"),
        N_("On time / attended in all."),
    ),
    "enterprises.registered": Definition(
        N_("Registered enterprises"),
        N_("Enterprises with a registration that is not cancelled."),
    ),
    "enterprises.attended": Definition(
        N_("Enterprises that attended"),
        N_("Enterprises with an attendee."),
    ),
    "enterprises.by_industry.registered": Definition(
        N_("Registered enterprises of an industry"),
        N_(
            "Registered enterprises of this industry, or of none; an enterprise of two industries is "
            "counted under both."
        ),
    ),
    "enterprises.by_industry.attended": Definition(
        N_("Enterprises of an industry that attended"),
        N_(
            "Enterprises of this industry, or of none, with an attendee; an enterprise of two industries "
            "is counted under both."
        ),
    ),
    "enterprises.by_district.registered": Definition(
        N_("Registered enterprises of a district"),
        N_("Registered enterprises whose record names this district, or none."),
    ),
    "enterprises.by_district.attended": Definition(
        N_("Enterprises of a district that attended"),
        N_("Enterprises whose record names this district, or none, with an attendee."),
    ),
    "enterprises.by_label.registered": Definition(
        N_("Registered enterprises with a label"),
        N_(
            "Registered enterprises whose label was in force on the day, or that had none; an enterprise "
            "of two labels is counted under both."
        ),
    ),
    "enterprises.by_label.attended": Definition(
        N_("Enterprises with a label that attended"),
        N_(
            "Enterprises whose label was in force on the day, or that had none, with an attendee; an "
            "enterprise of two labels is counted under both."
        ),
    ),
    "sessions.enrolled": Definition(
        N_("Enrolled in a session"),
        N_("Registrations that hold a place in the session."),
    ),
    "sessions.attended": Definition(
        N_("Attended a session"),
        N_("Registrations with an accepted entry at the session's own door; not known where it has none."),
    ),
    "sessions.stayed": Definition(
        N_("Time in the session is known"),
        N_(
            "Registrations with an accepted entry at the session's own door whose time inside is known: they left, or "
            "the session has a stated end or its door closed."
        ),
    ),
    "sessions.mean_minutes": Definition(
        N_("Mean minutes in a session"),
        N_(
            "The mean of the minutes from entry to exit at the session's own door, of those of whom they are known; "
            "whoever did not scan out was inside to the end."
        ),
    ),
    "sessions.left_early": Definition(
        N_("Left a session early"),
        N_(
            "Registrations whose last exit at the session's own door was before its end less the minutes of grace, and "
            "who did not come back; not known without a stated end."
        ),
    ),
    "sessions.capacity": Definition(
        N_("Capacity of a session"),
        N_("The places of the session, as the organizer set them."),
    ),
    "sessions.fill": Definition(
        N_("Fill of a session"),
        N_("Attended the session / its capacity."),
    ),
    "results.counts": Definition(
        N_("Patents at a level"),
        N_("How many patents a navigation result counts at this level, as stated, imported or derived."),
    ),
    "results.reach.heard": Definition(
        N_("Enterprises that heard it"),
        N_(
            "Enterprises of the result's industry with an accepted entry at the door of the session that "
            "released it, else at a door of its event."
        ),
    ),
    "results.reach.registered_only": Definition(
        N_("Registered only"),
        N_(
            "Enterprises of the result's industry registered where it was released, waiting and cancelled"
            " ones included, without such an entry."
        ),
    ),
    "results.reach.missed": Definition(
        N_("Missed by enterprises"),
        N_("Enterprises of the result's industry without a registration where it was released."),
    ),
    "results.reach.total": Definition(
        N_("Enterprises of the result's industry"),
        N_("Heard, registered only and missed together."),
    ),
    "results.reach.rate": Definition(
        N_("Reach of a result"),
        N_("Enterprises that heard it / all enterprises of its industry."),
    ),
    "cases.total": Definition(
        N_("Cases analysed"),
        N_("Different cases that the events and their sessions analysed."),
    ),
    "demands.total": Definition(
        N_("Demands"),
        N_("Demands of enterprises taken down at the events; archived ones do not count."),
    ),
    "demands.matched": Definition(
        N_("Demands that were matched"),
        N_("Demands that are matched, in progress or closed."),
    ),
    "demands.closed": Definition(
        N_("Demands that were closed"),
        N_("Demands that are closed, and so have a result."),
    ),
    "demands.overdue": Definition(
        N_("Demands overdue"),
        N_(
            "Open demands with an action that is not done and was due before today, by the week's own "
            "time zone."
        ),
    ),
    "demands.by_category": Definition(
        N_("Demands of a category"),
        N_("Demands of this category."),
    ),
    "demands.by_status": Definition(
        N_("Demands by status"),
        N_("Demands in this status."),
    ),
    "feedback.answers": Definition(
        N_("Answers to the form"),
        N_("Answers to the feedback form."),
    ),
    "feedback.respondents": Definition(
        N_("Respondents"),
        N_("People who answered: one who answered twice is one, and each anonymous answer another."),
    ),
    "feedback.anonymous": Definition(
        N_("Anonymous answers"),
        N_("Answers whose phone is nobody's here."),
    ),
    "feedback.comments": Definition(
        N_("Answers with a comment"),
        N_("Answers that say something in words."),
    ),
    "feedback.response_rate": Definition(
        N_("Response rate"),
        N_("Respondents / those who attended, of the events of which it is known who came."),
    ),
    "feedback.answered": Definition(
        N_("Respondents where it is known who came"),
        N_(
            "Respondents of the events that have registrations: at the others nobody knows how many could answer."
        ),
    ),
    "feedback.asked": Definition(
        N_("Attended where something was said"),
        N_("Attendances at the events that have answers and registrations."),
    ),
    "feedback.n": Definition(
        N_("Answers with a satisfaction score"),
        N_("Answers that gave a score from 1 to 5."),
    ),
    "feedback.distribution": Definition(
        N_("Answers with this satisfaction score"),
        N_("Answers that gave this score."),
    ),
    "feedback.mean": Definition(
        N_("Mean satisfaction"),
        N_("Sum of the satisfaction scores / answers with one."),
    ),
    "feedback.ratings.n": Definition(
        N_("Answers with a score for a question"),
        N_("Answers that gave this question of the form a score from 1 to 5."),
    ),
    "feedback.ratings.distribution": Definition(
        N_("Answers with this score for a question"),
        N_("Answers that gave this question of the form this score."),
    ),
    "feedback.ratings.mean": Definition(
        N_("Mean score of a question"),
        N_("Sum of the question's scores / answers with one."),
    ),
    "indicators.actual": Definition(
        N_("Actual value of an indicator"),
        N_("The latest actual value, with its period and where it was said."),
    ),
    "indicators.target": Definition(
        N_("Target of an indicator"),
        N_("The value that is to be reached in the period."),
    ),
    "indicators.gap": Definition(
        N_("Distance to the target"),
        N_("Target − actual."),
    ),
    "indicators.attainment": Definition(
        N_("Attainment"),
        N_("Actual / target."),
    ),
    "indicators.growth_needed": Definition(
        N_("Growth needed"),
        N_("Target / actual − 1."),
    ),
    "arrivals.people": Definition(
        N_("Arrivals in a quarter of an hour"),
        N_("Attendees whose first entry fell into the quarter of an hour that begins at this moment."),
    ),
    "totals.events": Definition(
        N_("Events of the week"),
        N_("Events of the week, archived ones left out."),
    ),
    "totals.sessions": Definition(
        N_("Sessions of the week"),
        N_("Sessions of the week's events, archived ones left out."),
    ),
    "totals.unique_people": Definition(
        N_("Unique people who attended"),
        N_("Persons who attended an event of the week, each counted once."),
    ),
    "totals.attendances": Definition(
        N_("Attendances"),
        N_("Attended, summed over the events: a person at two events is two attendances."),
    ),
    "events.sessions": Definition(
        N_("Sessions of an event"),
        N_("Sessions of the event, archived ones left out."),
    ),
    "events.results": Definition(
        N_("Results of an event"),
        N_("Navigation results that the event or its sessions released, presented or discussed."),
    ),
}


def labels() -> dict[str, str]:
    """What the figures of each definition are called, in the language in force."""
    return {defined: _(told.label) for defined, told in DEFINITIONS.items()}


def label(figure: Figure) -> str:
    """What a figure is called, in the language in force; its key says of which session, district and so on."""
    return _(DEFINITIONS[figure.defined].label)


def definition(figure: Figure) -> str:
    """What a figure counts, or how it is computed, in the language in force."""
    return _(DEFINITIONS[figure.defined].text)


def provenance(figure: Figure) -> str:
    """Whether it was stated or derived from what was; most figures are counted."""
    said = figure.provenance is not Provenance.DERIVED or figure.defined.startswith(_SAID)
    return words.word(figure.provenance) if said else _("counted from the records here")
