"""SHA-256 of files on this machine; what lies elsewhere has an address and no digest."""

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urlparse

from ipweek.domain.errors import InvalidError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|www\.|doi:", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def file_of(location: str) -> Path | None:
    """The file that a location names, absolute; None for an address such as https://…"""
    if location.lower().startswith("file://"):
        return Path(unquote(urlparse(location).path))
    return None if _ADDRESS.match(location) else Path(location).expanduser().absolute()


def sha256_of(file: Path) -> str:
    """The digest of a file's bytes.

    Raises InvalidError `document-missing`, `document-is-folder` or `document-unreadable`.
    """
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InvalidError("document-missing", field="location", path=str(file)) from error
    except (OSError, ValueError) as error:
        if file.is_dir():
            raise InvalidError("document-is-folder", field="location", path=str(file)) from error
        detail = getattr(error, "strerror", None) or str(error)
        raise InvalidError("document-unreadable", field="location", path=str(file), detail=detail) from error


def normalise(digest: str) -> str:
    """A typed digest in small letters without spaces. Raises InvalidError `digest-form`."""
    plain = "".join(digest.split()).lower().removeprefix("sha256:")
    if not _DIGEST.fullmatch(plain):
        raise InvalidError("digest-form", field="sha256", value=digest)
    return plain
