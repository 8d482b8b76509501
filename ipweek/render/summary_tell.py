"""Figures by their key as cells, texts and lengths of bars; what is withheld shows nowhere.

Everything that a report shows of a count goes through here: tables, sentences and charts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from ipweek.domain.figures import Rate
from ipweek.domain.summary_figures import Counted, Figures
from ipweek.i18n import _
from ipweek.render import summary_figures as shown
from ipweek.render import words
from ipweek.render.summary_layout import Figure

LEAST = 5
"""A count below this tells of single people or enterprises: it is never published."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the figures of one summary, those under `prefix`; `hidden` are the keys of what is withheld."""

    figures: Figures
    hidden: Collection[str] = frozenset()
    prefix: str = ""

    def under(self, prefix: str) -> "Teller":
        """Tells the figures below a part of the summary, an event of a week."""
        return Teller(self.figures, self.hidden, self.prefix + prefix)

    def known(self, key: str) -> bool:
        """Whether there is such a figure and it may be shown."""
        figure = self.figures.get(self.prefix + key)
        return figure is not None and figure.value is not None and figure.key not in self.hidden

    def cell(self, key: str) -> Figure:
        """A figure as it is shown: a rate with both its counts, what nobody counted as no data."""
        figure = self.figures.get(self.prefix + key)
        if figure is None:
            return Figure(words.no_data())
        if figure.key in self.hidden:
            return Figure(self._withheld(figure.key), key=figure.key)
        if figure.rate is not None:
            return Figure(shown.rate(figure.rate), figure.rate.value, figure.rate, figure.key)
        text = shown.number(figure.value)
        return Figure(words.no_data() if text is None else text, figure.value, key=figure.key)

    def mean(self, key: str, count: str) -> Figure:
        """A mean of scores with how many gave one."""
        if not self.known(key):
            return self.cell(key)
        figure = self.figures[self.prefix + key]
        text = _("{mean} (n = {n})").format(mean=f"{figure.value:.2f}", n=self.cell(count))
        return Figure(text, figure.value, key=figure.key)

    def rate(self, part: str, whole: str) -> Figure:
        """A share of two counts that is no figure of its own; withheld where one of them is."""
        for key in (part, whole):
            if not self.known(key):
                hidden = self.prefix + key in self.hidden
                return Figure(self._withheld("") if hidden else words.no_data())
        share = Rate(self.number(part) or 0, self.number(whole) or 0)
        return Figure(shown.rate(share), share.value, share, self.prefix + part)

    def number(self, key: str) -> int | None:
        """A count; None where it is not known or withheld."""
        value = self.figures[self.prefix + key].value if self.known(key) else None
        return None if value is None else int(value)

    def bar(self, part: str, whole: str) -> Decimal | None:
        """The length of a bar, 0 to 1: a count as a share of another one."""
        over, under = self.number(part), self.number(whole)
        if over is None or not under:
            return None
        return min(Rate(over, under).value or Decimal(0), Decimal(1))

    def share(self, key: str) -> Decimal | None:
        """The length of a rate's bar."""
        figure = self.figures.get(self.prefix + key)
        return figure.rate.value if figure and figure.rate and figure.key not in self.hidden else None

    def _withheld(self, key: str) -> str:
        """A small count says that it is one; whatever else is withheld could tell a small one."""
        figure = self.figures.get(key)
        small = figure is not None and figure.value is not None and figure.value < LEAST
        whole = figure is not None and not figure.of and figure.counted is not Counted.THINGS
        return f"<{LEAST}" if small and whole else _("withheld")
