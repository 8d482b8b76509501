"""How long `ipweek --help` takes against a bare Python: `python -m pytest tests/bench/bench_help.py -s`."""

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 15
AT_MOST = 5.0


def _median_ms(*command: str) -> float:
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *command], capture_output=True, check=True, env=os.environ)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def test_help_costs_at_most_five_bare_pythons() -> None:
    """The ratio holds on any machine; the milliseconds are printed for the record."""
    script = ("-c", "from ipweek.__main__ import main; main()", "--help")  # what the installed script does
    _median_ms(*script)  # compiles what is not compiled yet
    bare, told = _median_ms("-c", "pass"), _median_ms(*script)
    print(f"bare {bare:.1f} ms, --help {told:.1f} ms, ratio {told / bare:.2f}")
    assert told / bare <= AT_MOST
