"""An enterprise with everything about it, as `enterprise show --event` prints it."""

from typing import TYPE_CHECKING, Any

from ipweek.cli.one_person import shape
from ipweek.cli.printing import note, print_json, say, show, under
from ipweek.domain.enterprises import (
    ContactLine,
    EnterpriseLine,
    EnterpriseName,
    EnterprisePage,
    LabelLine,
    Quota,
)
from ipweek.i18n import _, language

if TYPE_CHECKING:
    from ipweek.bootstrap import App


def show_delegates(app: "App", code: str, event: str, *, as_json: bool) -> None:
    """An enterprise with its labels, contacts, group and delegates at an event."""
    from ipweek.render import enterprise_lists, lists  # noqa: PLC0415 - Rich only where it is shown

    page = app.enterprises.show(code, event)
    if as_json:
        print_json(page_shape(page))
        return
    show(lists.record(page.enterprise))
    if page.aliases:
        say(_("Also called: {names}"), names=_(", ").join(page.aliases))
    if page.labels:
        under(_("Labels"), enterprise_lists.labels(page.labels, page.day))
    if page.contacts:
        under(_("Contacts"), enterprise_lists.contacts(page.contacts))
    if page.members:
        under(_("Corporate group"), enterprise_lists.enterprises(page.members, counted=True))
    if page.delegates:
        under(_("Delegates"), lists.registrations(page.delegates))
    say("")
    say("{told}", told=enterprise_lists.places(page.places))
    if page.totals is not None:
        say("{told}", told=enterprise_lists.totals(page.totals))
    note_namesakes(page.namesakes)


def note_namesakes(found: tuple[EnterpriseName, ...]) -> None:
    """Say which other enterprises go by the same name; they may be one."""
    for one in found:
        note(_("The same name: {name} ({code}); see whether they are one."), name=one.name(language()),
             code=one.code)  # fmt: skip


def note_over(places: Quota | None, enterprise: str | None) -> None:
    """Say that a quota is exceeded; whoever is registered stays so."""
    if places is not None and places.over:
        whose = places.group.name(language()) if places.group else enterprise
        note(_("Over the quota: {coming} of {quota} for {enterprise}"), coming=places.coming,
             quota=places.quota, enterprise=whose)  # fmt: skip


def page_shape(page: EnterprisePage) -> dict[str, Any]:
    """What `enterprise show --event --json` prints."""
    record, totals = page.enterprise, page.totals
    return {
        "code": record.code,
        "archived": record.archived,
        **record.values,
        "aliases": page.aliases,
        "labels": [label_shape(line) | {"standing": line.standing(page.day)} for line in page.labels],
        "contacts": [contact_shape(line) for line in page.contacts],
        "delegates": [shape(row) for row in page.delegates],
        **_places_shape(page.places),
        "above": [one.code for one in page.above],
        "members": [line_shape(line, counted=True) for line in page.members],
        "group_totals": totals
        and {
            "enterprises": totals.enterprises,
            "registered": totals.registered,
            "waiting": totals.waiting,
            "came": totals.came,
            "quota": totals.quota,
        },
        "same_name": [one.code for one in page.namesakes],
    }


def line_shape(line: EnterpriseLine, *, counted: bool) -> dict[str, Any]:
    """An enterprise as `enterprise list --json` prints it; the counts where an event was named."""
    told = {
        "code": line.record.code,
        "archived": line.record.archived,
        **line.record.values,
        "members": line.members,
        "labels": line.labels,
    }
    if not counted:
        return told
    counts = {"registered": line.registered, "waiting": line.waiting, "came": line.came}
    return told | counts | _places_shape(line.places)


def _places_shape(places: Quota) -> dict[str, Any]:
    """`coming` are those who count against the quota, all that share it."""
    return {
        "coming": places.coming,
        "coming_waiting": places.waiting,
        "over_quota": places.over,
        "quota_in_force": places.quota,
        "quota_of": places.group.code if places.group else None,
    }


def label_shape(line: LabelLine) -> dict[str, Any]:
    """A label as JSON tells it."""
    return {
        "label": line.label,
        "certificate": line.certificate,
        "from": line.valid_from,
        "to": line.valid_to,
    }


def contact_shape(line: ContactLine) -> dict[str, Any]:
    """A contact as JSON tells it."""
    return {
        "id": str(line.id),
        "name": line.name,
        "role": line.role,
        "phone": line.phone,
        "email": line.email,
        "main": line.main,
    }
