"""The section of a summary on what people said afterwards."""

from ipweek.domain.feedback import SCORES, FeedbackCounts, Scores
from ipweek.i18n import _
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.summary_layout import Section, figures_table, table
from ipweek.render.summary_tell import Teller


def feedback(tell: Teller, counts: FeedbackCounts) -> Section | None:
    """How many answered of those who came, how content they were, and with what."""
    if not counts.answers:
        return None
    here = tell.under("feedback.")
    parts = figures_table(
        (
            (_("Answers"), here.cell("answers"), None),
            (_("of whom anonymous"), here.cell("anonymous"), None),
            (_("Response rate"), here.cell("response_rate"), here.share("response_rate")),
            (_("Satisfaction (mean of 1 to 5)"), here.mean("mean", "n"), None),
            (_("Opinions in words"), here.cell("comments"), None),
        )
    )
    rows = [
        (
            f"{score}",
            here.rate(f"distribution.{score}", "n"),
            here.bar(f"distribution.{score}", "n"),
        )
        for score in reversed(SCORES)
    ]
    tables = [parts, table((_("Satisfaction"), _("Answers")), rows, bar=True)]
    if counts.ratings:
        rated = [
            (
                question,
                here.cell(f"ratings.{number}.n"),
                here.mean(f"ratings.{number}.mean", f"ratings.{number}.n"),
            )
            for number, question in enumerate(counts.ratings, 1)
        ]
        tables.append(table((_("Rated question"), _("Answers"), _("Mean")), rated))
    if counts.sessions:
        lines = [
            (
                either(one.name_zh, one.name_en) or one.code,
                here.cell(f"sessions.{one.code}.answers"),
                here.mean(f"sessions.{one.code}.mean", f"sessions.{one.code}.n"),
            )
            for one in counts.sessions
        ]
        tables.append(table((_("Session"), _("Answers"), _("Mean")), lines))
    note = _(
        "The response rate is of those who came; somebody who answered twice is one, an anonymous answer another."
    )
    return Section(_("Feedback"), tuple(tables), (note,), depth=2)


def mean(scores: Scores) -> str:
    """The mean with how many gave a score."""
    if scores.mean is None:
        return words.no_data()
    return _("{mean} (n = {n})").format(mean=f"{scores.mean:.2f}", n=figures.number(scores.n))
