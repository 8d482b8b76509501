"""How the counts of a report could be other than they are: whole moves of some of them that leave what is known true."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

Moves = dict[str, int]
"""By how much each count would be another; the rest is as it is."""
BUDGET = 2_000
"""How many steps a search may take."""
STEP = 5
"""What a step costs beside what it withholds: rather withhold one more than go through all that might do without."""


class UnsettledError(Exception):
    """The search was given up before its end."""


@dataclass(frozen=True, slots=True)
class Row:
    """Counts that belong together: the sum of their moves, each times its factor, is within the bounds.

    `told_by` is the figure by which alone this is known; empty where everybody knows it.
    """

    factors: Mapping[str, int]
    low: int | None
    high: int | None
    told_by: str = ""

    def lacks(self, moved: int) -> int:
        """In which direction the sum is out of bounds: 1 where it is too small, -1 too large, 0 where it is not."""
        if self.low is not None and moved < self.low:
            return 1
        return -1 if self.high is not None and moved > self.high else 0


class Table:
    """The counts, what is known of them together, and what it costs to withhold each; figures of `told_by` have a cost.

    Counts that stand in the same rows with the same factors are of one kind: which of them moves makes no difference.
    """

    def __init__(
        self, values: Mapping[str, int], rows: Sequence[Row], costs: Mapping[str, int], limit: int
    ) -> None:
        self.values, self.rows, self.limit = values, rows, limit
        self.costs, self.hidden = costs, set[str]()
        self._order = {key: place for place, key in enumerate(values)}
        self.columns: dict[str, list[tuple[int, int]]] = {key: [] for key in values}
        for number, row in enumerate(rows):
            for key, factor in row.factors.items():
                self.columns[key].append((number, factor))
        kinds: defaultdict[tuple[tuple[int, int], ...], list[str]] = defaultdict(list)
        for key, column in self.columns.items():
            kinds[tuple(column)].append(key)
        self._kinds = list(kinds.values())
        self._kind_of = {key: number for number, kind in enumerate(self._kinds) for key in kind}
        self._members: dict[tuple[int, int], list[str]] = {}
        self._in_row: list[list[tuple[int, int]]] = [[] for _row in rows]
        for kind, places in enumerate(kinds):
            for number, factor in places:
                self._in_row[number].append((kind, factor))
            self._sort(kind)

    def _sort(self, kind: int) -> None:
        for step in (1, -1):
            able = [key for key in self._kinds[kind] if self.may(key, step, 0)]
            self._members[kind, step] = sorted(able, key=lambda key: (self.price(key), self._order[key]))

    def hide(self, keys: Iterable[str]) -> None:
        """Withhold these."""
        new = set(keys) - self.hidden
        self.hidden |= new
        self._sort_again(new)

    def show(self, key: str) -> None:
        """Withhold this one no longer."""
        self.hidden.remove(key)
        self._sort_again([key])

    def _sort_again(self, keys: Iterable[str]) -> None:
        for kind in {self._kind_of[key] for key in keys if key in self._kind_of}:
            self._sort(kind)

    def price(self, key: str) -> int:
        """What it costs to withhold a figure, nothing where it is."""
        return 0 if key in self.hidden else self.costs[key]

    def may(self, key: str, moved: int, floor: int) -> bool:
        """Whether a count moved so far is one that could be withheld as it is: a small one stays small.

        With a `floor` of 1 what is not 0 does not become 0.
        """
        value = self.values[key]
        if value < self.limit:
            return min(value, floor) <= value + moved < self.limit
        return value + moved >= self.limit

    def broken(self, moves: Moves) -> Iterator[tuple[int, int]]:
        """The rows that these moves leave untrue, and in which direction."""
        sums: defaultdict[int, int] = defaultdict(int)
        for key, moved in moves.items():
            for row, factor in self.columns.get(key, ()):
                sums[row] += factor * moved
        for row, moved in sums.items():
            lacks, told = self.rows[row].lacks(moved), self.rows[row].told_by
            if lacks and told not in moves:
                yield row, lacks

    def mending(
        self, row: int, lacks: int, moves: Moves, floor: int, ceiling: int
    ) -> Iterator[tuple[str, int]]:
        """The steps by which a row comes nearer to being true, at a price below the ceiling; one of each kind.

        A row that a withheld figure tells needs nothing but to be noted.
        """
        told = self.rows[row].told_by
        if told and self.price(told) < ceiling:
            yield told, 1
            if told in self.hidden:
                return
        for kind, factor in self._in_row[row]:
            step = lacks if factor > 0 else -lacks
            for key in self._members[kind, step]:
                moved = moves.get(key, 0)
                if self.price(key) >= ceiling:
                    break
                if moved * step >= 0 and self.may(key, moved + step, floor):
                    yield key, step
                    break


def alternative(table: Table, key: str, floor: int, ceiling: int) -> Moves | None:
    """The cheapest moves that give a small count another value; None where it has no other.

    Whole steps, each toward what is untrue as yet: whatever solution there is is reached by some order of its steps.
    Raises UnsettledError.
    """
    heap: list[tuple[int, int, Moves]] = []
    number = count()
    seen: set[frozenset[tuple[str, int]]] = set()
    for step in (1, -1):
        if table.may(key, step, floor):
            heappush(heap, (0, next(number), {key: step}))
    for _popped in range(BUDGET):
        if not heap:
            return None
        cost, _number, moves = heappop(heap)
        ways = [list(table.mending(row, lacks, moves, floor, ceiling)) for row, lacks in table.broken(moves)]
        if not ways:
            return moves
        for further, step in min(ways, key=len):
            made = moves | {further: moves.get(further, 0) + step}
            if (known := frozenset(made.items())) in seen:
                continue
            seen.add(known)
            price = 0 if further in moves else table.price(further)
            heappush(heap, (cost + STEP + price, next(number), made))
    raise UnsettledError


def connected(table: Table, key: str) -> set[str]:
    """All figures that a count has to do with, by however many rows."""
    found, open_ = {key}, [key]
    while open_:
        rows = [table.rows[row] for row, _factor in table.columns.get(open_.pop(), ())]
        near = {each for row in rows for each in (*row.factors, row.told_by) if each} - found
        found |= near
        open_ += near
    return found
