"""What a desk says of its server, as lines and how they look."""

from datetime import datetime

from ipweek.domain.desk_line import CameBack, News, WentOffline
from ipweek.i18n import _
from ipweek.render.errors import sentence


def away(since: datetime, *, brief: bool = False) -> str:
    """What stands in the status as long as the server is away; the moment is local."""
    text = _("offline since {time}") if brief else _("offline since {time} – scans are kept here")
    return text.format(time=f"{since:%H:%M}")


def told(news: News, since: datetime | None = None) -> tuple[str, str]:
    """The line for a piece of news, and its tone: plain, good, warn or bad. `since` is its moment as clocks show it."""
    if isinstance(news, WentOffline):
        return away(since or news.since.astimezone()), "warn"
    if isinstance(news, CameBack):
        return _back(news), "warn" if news.conflicts else "good"
    text = _("The server does not take what was kept here, it stays in {file}: {reason}")
    return text.format(file=news.file, reason=sentence(news.error)), "bad"


def _back(news: CameBack) -> str:
    parts = [_("Back online"), _("scans caught up: {n}").format(n=news.scans)]
    if news.walk_ins:
        parts.append(_("walk-ins: {n}").format(n=news.walk_ins))
    if news.conflicts:
        parts.append(_("conflicts to settle: {n}").format(n=news.conflicts))
    return " · ".join(parts)
