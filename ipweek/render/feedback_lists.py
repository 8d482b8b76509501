"""Answers to forms as tables and lines."""

from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ipweek.domain.feedback import SCORES, FeedbackCounts, FeedbackLine, Scores
from ipweek.domain.figures import Rate
from ipweek.i18n import _, language
from ipweek.render import summary_figures
from ipweek.render.bars import bar
from ipweek.render.lists import grid
from ipweek.render.summary_feedback import mean

_BAR = 20


def figures(counts: FeedbackCounts, answered: Rate | None) -> RenderableType:
    """Mean, response rate and how often each score was given."""
    return Text("\n".join([*told(counts, answered), "", *distribution(counts.satisfaction)]))


def told(counts: FeedbackCounts, answered: Rate | None) -> list[str]:
    """The figures in a few lines."""
    lines = [
        _("{n} answers, {anonymous} anonymous").format(n=counts.answers, anonymous=counts.anonymous),
        _("satisfaction {mean}").format(mean=mean(counts.satisfaction)),
        _("response rate {rate}").format(rate=summary_figures.rate(answered)),
    ]
    return lines + [f"{question}  {mean(scores)}" for question, scores in counts.ratings.items()]


def distribution(scores: Scores, width: int = _BAR) -> list[str]:
    """A bar for each score, the best first."""
    found = []
    for score in reversed(SCORES):
        count = scores.count(score)
        share = Rate(count, scores.n).value or Decimal(0)
        found.append(f"{score}  {bar(share, width)} {count:>5}  {summary_figures.percent(share):>7}")
    return found


def who(line: FeedbackLine) -> str:
    """The name, or that it is anonymous."""
    return line.name or _("anonymous")


def quoted(text: str) -> str:
    """What somebody said, in quotation marks, on one line."""
    return _("“{text}”").format(text=" ".join(text.split()))


def answers(found: Iterable[FeedbackLine]) -> Table:
    """One line an answer."""
    headers = [_("Form number"), _("Given by"), _("Session"), _("Satisfaction"), _("Comment")]
    return grid(
        headers,
        (
            (
                line.number or "–",
                who(line) if line.name else Text(who(line), "dim"),
                line.session(language()) or "–",
                "–" if line.satisfaction is None else str(line.satisfaction),
                quoted(line.comment) if line.comment else "–",
            )
            for line in found
        ),
    )


def pairs(line: FeedbackLine, zone: str) -> list[tuple[str, object]]:
    """All of one answer, label by label."""
    moment = line.submitted_at and f"{line.submitted_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    return [
        (_("Form number"), line.number),
        (_("Given by"), who(line)),
        (_("Enterprise"), line.enterprise),
        (_("Phone"), line.phone),
        (_("Submitted at"), moment),
        (_("Session"), line.session(language())),
        (_("Satisfaction"), line.satisfaction),
        *line.ratings.items(),
        (_("Comment"), line.comment and _("“{text}”").format(text=line.comment)),
    ]
