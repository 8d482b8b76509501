"""The garbage collector kept still during long work."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_still() -> Iterator[None]:
    """Do not look for garbage meanwhile: what a long list leaves in memory is kept to its end, and looked through
    again and again.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
