"""Documents and what became of their files."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentState(StrEnum):
    """What a look at the file says."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MISSING = "missing"
    NO_DIGEST = "no_digest"
    NO_FILE = "no_file"


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """A document, the digest that was kept of it, and the one that its file has now."""

    code: str
    title_zh: str | None
    title_en: str | None
    location: str | None
    sha256: str | None
    found: str | None
    state: DocumentState
