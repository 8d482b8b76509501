"""What a desk remembers between runs: a small file in the workspace's home."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

_FILE = "desk.json"


def recall(home: Path) -> dict[str, Any]:
    """What was remembered; nothing where there is no file, or none that can be read."""
    try:
        kept = json.loads((home / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(home: Path, **values: Any) -> None:
    """Keep these values besides the others; a home that cannot be written to costs the memory, and nothing else."""
    text = json.dumps(recall(home) | values, ensure_ascii=False, indent=2)
    with suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".desk-", dir=home)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(home / _FILE)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
