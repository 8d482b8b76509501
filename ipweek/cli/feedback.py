"""`feedback`: what people said afterwards; it comes in by `import feedback`."""

from typing import TYPE_CHECKING

import click

from ipweek.cli.base import Group, as_json, command, event_option, open_app, zone_of
from ipweek.cli.printing import print_json, say, show
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.domain.feedback import FeedbackLine


@command(N_("List an event's answers with the figures over them."), name="list")
@event_option
@as_json
def list_all(event: str, *, as_json: bool) -> None:
    """Anonymous ones say so; phones are masked."""
    with open_app() as app:
        counts, answered = app.feedback.counts(event)
        zone = zone_of(app, event)
        found: list[FeedbackLine] = []
        while page := app.feedback.page(event, found[-1] if found else None):
            found += page
    if as_json:
        from ipweek.render import feedback_json  # noqa: PLC0415 - only where it is wanted

        print_json(
            {
                "figures": feedback_json.shape(counts, answered),
                "answers": [feedback_json.answer(line, zone) for line in found],
            }
        )
        return
    if not found:
        say(_("Nothing was said of {event} yet; see “ipweek import feedback --help”."), event=event)
        return
    from ipweek.render import feedback_lists  # noqa: PLC0415 - Rich only where it is shown

    show(feedback_lists.figures(counts, answered))
    say("")
    show(feedback_lists.answers(found))


@command(N_("Show one answer whole, by its number."), name="show")
@click.argument("answer")
@event_option
@as_json
def show_one(answer: str, event: str, *, as_json: bool) -> None:
    """The number is that of the form."""
    with open_app() as app:
        found = app.feedback.show(event, answer)
        zone = zone_of(app, event)
    if as_json:
        from ipweek.render import feedback_json  # noqa: PLC0415 - only where it is wanted

        print_json(feedback_json.answer(found, zone))
        return
    from ipweek.render import feedback_lists, lists  # noqa: PLC0415 - Rich only where it is shown

    show(lists.pairs(feedback_lists.pairs(found, zone)))


group = Group("feedback", help=N_("What people said afterwards."))
for made in (list_all, show_one):
    group.add_command(made)
