"""How long `ipweek --help` takes against a bare Python: `python tests/bench/bench_help.py`."""

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


def main() -> int:
    """Print both medians and their ratio, which holds on any machine; 1 where it is missed."""
    script = ("-c", "from ipweek.__main__ import main; main()", "--help")  # what the installed script does
    _median_ms(*script)  # compiles what is not compiled yet
    bare, told = _median_ms("-c", "pass"), _median_ms(*script)
    print(f"bare {bare:.1f} ms, --help {told:.1f} ms, ratio {told / bare:.2f}, at most {AT_MOST}")
    return int(told / bare > AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
