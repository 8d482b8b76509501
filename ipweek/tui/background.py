"""Work that goes on behind a screen."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode


def start(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, object]],
    *,
    group: str = "default",
    exclusive: bool = False,
) -> None:
    """Run work for as long as the node is there; exclusive work ends what runs in its group.

    The work is called when its turn comes: a coroutine made before would be left lying where the screen goes first.
    """
    node.run_worker(work, group=group, exclusive=exclusive)  # type: ignore[arg-type] # partial is no function to it
