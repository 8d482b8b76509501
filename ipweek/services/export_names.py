"""Names by which an import finds the same thing again."""

from collections.abc import Iterable, Sequence

from ipweek.domain.figures import Named
from ipweek.domain.text import folded


def unambiguous(rows: Iterable[tuple[str, str | None, str | None, Sequence[str]]]) -> dict[str, Named]:
    """Code, names and further words of each as a name by code: a word that stands for two names neither."""
    found = list(rows)
    said: dict[str, set[str]] = {}
    for code, zh, en, more in found:
        for word in (code, zh, en, *more):
            if word:
                said.setdefault(folded(word), set()).add(code)

    def alone(word: str | None) -> str | None:
        return word if word and len(said[folded(word)]) == 1 else None

    return {code: Named(code, alone(zh), alone(en)) for code, zh, en, _more in found}
