"""What a document asks beyond its fields: its digest, and that those of a released result stand."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ipweek.adapters import digests
from ipweek.domain.errors import InvalidError
from ipweek.domain.words import ResultStatus
from ipweek.storage.tables.enterprises import Industry
from ipweek.storage.tables.navigation import NavigationResult, ResultDocument

_FREE = ("results", "note")
"""What may be said of a document of a released result: which drafts have it too, and a note."""


def with_digest(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the whole path and the digest of the file that they name; an address has none.

    Reads the file, so it is done before a transaction begins. Raises InvalidError `document-…`, `digest-form`,
    or `digest-differs` where the file is not the one that was meant.
    """
    read = dict(values)
    if read.get("sha256"):
        read["sha256"] = digests.normalise(read["sha256"])
    if "location" not in read:
        return read
    file = digests.file_of(read["location"]) if read["location"] else None
    if file is None:
        read.setdefault("sha256", None)
        return read
    found = digests.sha256_of(file)
    if read.get("sha256") not in (None, found):
        raise InvalidError("digest-differs", field="sha256", path=str(file), found=found)
    return read | {"location": str(file), "sha256": found}


def keep_released(session: Session, document: UUID | None, changed: Mapping[str, Any]) -> None:
    """A released result keeps its documents as they are, and gets no others. Raises InvalidError `result-released`."""
    held = _holders(session, document) if document else set()
    if held and any(name not in _FREE for name in changed):
        raise InvalidError("result-released", code=min(held))
    if "results" not in changed:
        return
    for code in sorted(_among(session, changed["results"] or ()) ^ held):
        raise InvalidError("result-released", code=code)


def _holders(session: Session, document: UUID) -> set[str]:
    """The released results that have a document."""
    query = (
        select(NavigationResult.code)
        .join(ResultDocument, ResultDocument.result_id == NavigationResult.id)
        .where(ResultDocument.document_id == document, NavigationResult.status != ResultStatus.DRAFT)
    )
    return set(session.scalars(query))


def _among(session: Session, named: Collection[str]) -> set[str]:
    """The released results among those named; a bare industry code names one of its own."""
    query = (
        select(NavigationResult.code)
        .join(Industry, Industry.id == NavigationResult.industry_id)
        .where(or_(NavigationResult.code.in_(named), Industry.code.in_(named)))
        .where(NavigationResult.status != ResultStatus.DRAFT)
    )
    return set(session.scalars(query))
