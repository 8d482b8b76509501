"""A summary's figures as CSV for those who go on with them: a row a figure, under the key that it has in JSON."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO

from ipweek.domain.summary_figures import Figure, Figures
from ipweek.domain.words import YesNo
from ipweek.i18n import _
from ipweek.render import words
from ipweek.render.definitions import provenance
from ipweek.render.sheets import write_csv

_NOTHING = ("", "", "")


def csv(
    figures: Figures,
    out: BinaryIO,
    *,
    hidden: Collection[str] = frozenset(),
    labels: Mapping[str, str] | None = None,
) -> None:
    """Write the figures in the language in force; the file stays open.

    `hidden` are the keys of what is withheld, `labels` the words of a figure by its definition.
    """
    write_csv(out, _header(), _rows(figures, hidden, labels or {}))


def _header() -> tuple[str, ...]:
    return (
        _("Key"),
        _("Figure"),
        _("Value"),
        _("Numerator"),
        _("Denominator"),
        _("Provenance"),
        _("Withheld"),
    )


def _rows(
    figures: Figures, hidden: Collection[str], labels: Mapping[str, str]
) -> Iterator[tuple[object, ...]]:
    for figure in figures.values():
        withheld = not _keys(figure).isdisjoint(hidden)
        yield (
            figure.key,
            labels.get(figure.defined),
            *(_NOTHING if withheld else _values(figure)),
            provenance(figure),
            words.word(YesNo.YES if withheld else YesNo.NO),
        )


def _keys(figure: Figure) -> frozenset[str]:
    """The keys that withhold a figure: its own, and of a rate those of its counts, which it would tell."""
    return frozenset((figure.key, *(figure.of or ())))


def _values(figure: Figure) -> tuple[object, ...]:
    """The number as it is, without groups of three; a rate's is its share, 0 to 1."""
    value = f"{figure.value:f}" if isinstance(figure.value, Decimal) else figure.value
    if figure.rate is None:
        return value, "", ""
    return value, figure.rate.numerator, figure.rate.denominator
