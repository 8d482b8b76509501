"""Where the data files lie that travel with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder(name: str) -> Path:
    """`migrations` or `seed_data`: inside the wheel at `ipweek/_data/`, at the root of a checkout otherwise."""
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
