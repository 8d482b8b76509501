"""Which figures a public report withholds: small counts, and those from which a small one could be computed back.

The reader is taken to know every figure that is shown, how all of them add up, that counts are whole, and that what is
withheld beside the small ones is not small. A small count is safe while it could have another value; not only 0, where
that can be had: so whoever knows that he is one of those counted does not learn that he is the only one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ipweek.domain.disclosure_moves import Moves, Row, Table, UnsettledError, alternative, connected
from ipweek.domain.summary_figures import Counted, Figure, Figures, Relation, Sum

LIMIT = 5
HEADLINES = frozenset(
    {
        "attendance.attended",
        "attendance.expected",
        "registrations.registered",
        "totals.attendances",
        "totals.unique_people",
    }
)
"""The definitions of the figures that are withheld only where nothing else helps."""
_EACH, _DEAR, _ANY = 20, 10**6, 10**12
_TRIES = ((1, _DEAR), (0, _DEAR), (0, _ANY))
"""What is looked for in turn: a value that is not 0 either, any other value, one at the price of a headline."""
_PLACES = 2  # of a mean
_Ways = dict[str, tuple[Moves, int]]  # of each small count moves that it has, and with which floor


def small(figures: Figures, limit: int = LIMIT) -> frozenset[str]:
    """The counts below the limit: withheld whatever else is shown."""
    return frozenset(key for key, value in _counts(figures).items() if value < limit)


def withheld(figures: Figures, relations: Sequence[Relation], limit: int = LIMIT) -> frozenset[str]:
    """The keys of the figures that a public report does not show.

    A rate shows two counts and goes with either, a mean of few goes with them. What is nobody's privacy is always shown.
    """
    counts = _counts(figures)
    means = {key: n for key, figure in figures.items() if (n := _of_how_many(figure, counts)) is not None}
    rows = (*_sums(figures, counts, relations), *_means(figures, counts, means))
    table = Table(counts, rows, _costs(figures, relations, {**counts, **means}), limit)
    table.hide(small(figures, limit))
    table.hide(key for key, n in means.items() if n < limit)
    _protect(table, small(figures, limit))
    rates = {key for key, figure in figures.items() if figure.rate and table.hidden.intersection(figure.of)}
    return frozenset(table.hidden | rates)


def _counts(figures: Figures) -> dict[str, int]:
    return {
        key: int(figure.value)
        for key, figure in figures.items()
        if figure.counted is not Counted.THINGS
        and not figure.of
        and figure.value is not None
        and figure.value == int(figure.value)
    }


def _of_how_many(figure: Figure, counts: Mapping[str, int]) -> int | None:
    """How many a mean is of; None of what is no mean."""
    is_mean = len(figure.of) not in (0, 2) and figure.counted is not Counted.THINGS  # a rate is of two
    return counts.get(figure.of[0]) if is_mean else None


def _sums(figures: Figures, counts: Mapping[str, int], relations: Sequence[Relation]) -> Iterator[Row]:
    """What nobody stated counts nothing; a relation that does not hold so tells nothing."""
    for relation in relations:
        factors = {relation.whole: 1}
        for part, times in relation.parts:
            factors[part] = factors.get(part, 0) - times
        values = {key: figures[key].value if key in figures else None for key in factors}
        over = sum(int(value) * factors[key] for key, value in values.items() if value is not None)
        low = None if relation.how is Sum.AT_LEAST else -over
        high = None if relation.how is Sum.AT_MOST else -over
        row = Row({key: factor for key, factor in factors.items() if key in counts}, low, high)
        if not row.lacks(0):
            yield row


def _means(figures: Figures, counts: Mapping[str, int], means: Mapping[str, int]) -> Iterator[Row]:
    """A mean of scores, rounded half up, tells the sum of all of them between two bounds."""
    whole = 2 * 10**_PLACES
    for key, n in means.items():
        mean, scored = figures[key].value, figures[key].of[1:]
        if mean is None or not scored or not all(part in counts for part in scored):
            continue
        points = {part: whole * int(part.rpartition(".")[2]) for part in scored}
        total = sum(counts[part] * times for part, times in points.items())
        for off in (-1, 1):
            edge = int(mean * whole) + off
            low, high = (edge * n - total, None) if off < 0 else (None, edge * n - total - 1)
            row = Row({figures[key].of[0]: -edge, **points}, low, high, told_by=key)
            if not row.lacks(0):
                yield row


def _costs(figures: Figures, relations: Sequence[Relation], sizes: Mapping[str, int]) -> dict[str, int]:
    """Small figures go before large ones, parts before wholes, headlines last; with a figure go its rates."""
    costs = {key: _EACH + size for key, size in sizes.items()}
    wholes = {relation.whole for relation in relations}
    rates = (key for figure in figures.values() if figure.rate for key in figure.of)
    for key in (*wholes, *rates):
        if key in costs:
            costs[key] += _EACH
    return {key: cost + _DEAR * (figures[key].defined in HEADLINES) for key, cost in costs.items()}


def _protect(table: Table, secret: frozenset[str]) -> None:
    """Withhold beside the small counts what is needed so that each of them could have another value.

    What was withheld for one may be needless in the end by what was for another: it is shown again, the dearest first.
    """
    first = frozenset(table.hidden)
    ways: _Ways = {}
    for key in table.values:
        if key in secret and key not in ways:
            for each, way in _opened(table, key, secret).items():
                ways.setdefault(each, way)
    for key in sorted(table.hidden - first, key=lambda key: (-table.costs[key], key)):
        table.show(key)
        needing = {each: floor for each, (moves, floor) in ways.items() if key in moves}
        again = _still_open(table, needing)
        if again is None:
            table.hide([key])
        else:
            ways |= again


def _opened(table: Table, key: str, others: Collection[str]) -> _Ways:
    """How a count can move, and those of the others that move with it, what that needs being withheld.

    All that it has to do with is withheld where the search is too long; nothing where nothing helps.
    """
    moves: Moves | None = {}
    for floor, ceiling in _TRIES:
        try:
            found = alternative(table, key, floor, ceiling)
        except UnsettledError:
            moves = None
            continue
        if found is not None:
            table.hide(found)
            return _noted(found, floor, key, others)
    if moves is None:
        moves = dict.fromkeys(connected(table, key), 0)
        table.hide(moves)
    return {key: (moves, 0)}


def _still_open(table: Table, needing: Mapping[str, int]) -> _Ways | None:
    """How these can move with nothing more withheld; None where one of them cannot."""
    ways: _Ways = {}
    for key, floor in needing.items():
        if key in ways:
            continue
        try:
            found = alternative(table, key, floor, 1)
        except UnsettledError:
            return None
        if found is None:
            return None
        ways |= _noted(found, floor, key, needing)
    return ways


def _noted(moves: Moves, floor: int, key: str, others: Collection[str]) -> _Ways:
    """Each count that moves is open by the same moves, if none becomes 0 by them."""
    return {each: (moves, floor) for each in moves if each == key or (floor and each in others)}
