"""The section of a summary on what people said afterwards."""

from ipweek.domain.feedback import SCORES, FeedbackCounts, Scores
from ipweek.domain.figures import Rate
from ipweek.i18n import _
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.summary_layout import Cell, Section, figures_table, table


def feedback(counts: FeedbackCounts, answered: Rate | None) -> Section | None:
    """How many answered of those who came, how content they were, and with what."""
    if not counts.answers:
        return None
    parts = figures_table(
        (
            (_("Answers"), figures.number(counts.answers), None),
            (_("of whom anonymous"), figures.number(counts.anonymous), None),
            (_("Response rate"), figures.rate(answered), answered.value if answered else None),
            (_("Satisfaction (mean of 1 to 5)"), mean(counts.satisfaction), None),
            (_("Opinions in words"), figures.number(counts.comments), None),
        )
    )
    distribution = table((_("Satisfaction"), _("Answers")), bars(counts.satisfaction), bar=True)
    tables = [parts, distribution]
    if counts.ratings:
        rows = [
            (question, figures.number(scores.n), mean(scores)) for question, scores in counts.ratings.items()
        ]
        tables.append(table((_("Rated question"), _("Answers"), _("Mean")), rows))
    if counts.sessions:
        lines = [
            (
                either(one.name_zh, one.name_en) or one.code,
                figures.number(one.answers),
                mean(one.satisfaction),
            )
            for one in counts.sessions
        ]
        tables.append(table((_("Session"), _("Answers"), _("Mean")), lines))
    note = _(
        "The response rate is of those who came; somebody who answered twice is one, an anonymous answer another."
    )
    return Section(_("Feedback"), tuple(tables), (note,))


def bars(scores: Scores) -> list[tuple[Cell, ...]]:
    """Each score from the best down with its count and its share."""
    return [
        (
            f"{score}",
            figures.rate(share) if (share := Rate(scores.count(score), scores.n)).value else "0",
            share.value,
        )
        for score in reversed(SCORES)
    ]


def mean(scores: Scores) -> str:
    """The mean with how many gave a score."""
    if scores.mean is None:
        return words.no_data()
    return _("{mean} (n = {n})").format(mean=f"{scores.mean:.2f}", n=figures.number(scores.n))
