"""The appendix of a report that says how its figures are counted."""

from ipweek.domain.summary_figures import Counted, Figures
from ipweek.i18n import _
from ipweek.render.definitions import definition, label
from ipweek.render.summary_layout import Section, table

_TOLD = (
    "registrations.invited",
    "registrations.registered",
    "registrations.walk_in",
    "registrations.substitute",
    "attendance.expected",
    "attendance.attended",
    "attendance.absent",
    "attendance.on_leave",
    "attendance.after_opening",
    "attendance.marked",
    "attendance.late",
    "attendance.rate",
    "attendance.on_time",
    "totals.unique_people",
    "totals.attendances",
    "enterprises.registered",
    "enterprises.attended",
    "sessions.fill",
    "sessions.mean_minutes",
    "sessions.left_early",
    "results.reach.heard",
    "results.reach.registered_only",
    "results.reach.missed",
    "demands.matched",
    "demands.closed",
    "demands.overdue",
    "feedback.response_rate",
    "feedback.mean",
    "indicators.gap",
    "indicators.attainment",
    "indicators.growth_needed",
)


def definitions(figures: Figures) -> Section | None:
    """The definitions of the main figures that the report has."""
    nothing_asked = "demands.total" in figures and not figures["demands.total"].value
    known = {
        figure.defined: figure
        for figure in figures.values()
        if figure.value is not None and not (nothing_asked and figure.counted is Counted.DEMANDS)
    }
    rows = [(label(known[defined]), definition(known[defined])) for defined in _TOLD if defined in known]
    if not rows:
        return None
    return Section(
        _("How the figures are counted"),
        (table((_("Figure"), _("Definition")), rows, texts=2),),
        appendix=True,
    )
