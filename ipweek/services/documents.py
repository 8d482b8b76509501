"""Documents of results: a file is read once for its digest, and compared with it whenever somebody asks."""

from sqlalchemy import select

from ipweek.adapters import digests
from ipweek.domain.documents import DocumentCheck, DocumentState
from ipweek.domain.errors import InvalidError
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.storage.tables.navigation import Document, ResultDocument


class Documents(Service):
    """Whether the files are still what they were."""

    def check(self, code: str | None = None, result: str | None = None) -> tuple[DocumentCheck, ...]:
        """Read the files of all documents, of one, or of a result's, and compare. Raises NotFoundError."""
        query = select(Document).order_by(Document.code)
        with self.uow.read() as session:
            if code is not None:
                query = query.where(Document.id == find(session, "document", code).id)
            if result is not None:
                held = select(ResultDocument.document_id).where(
                    ResultDocument.result_id == find(session, "result", result).id
                )
                query = query.where(Document.id.in_(held))
            found = [
                (row.code, row.title_zh, row.title_en, row.location, row.sha256)
                for row in session.scalars(query)
            ]
        return tuple(_checked(*row) for row in found)


def _checked(
    code: str, title_zh: str | None, title_en: str | None, location: str | None, kept: str | None
) -> DocumentCheck:
    file = digests.file_of(location) if location else None
    found, state = None, DocumentState.NO_FILE
    if file is not None:
        try:
            found = digests.sha256_of(file)
        except InvalidError:
            state = DocumentState.MISSING
        else:
            state = (
                DocumentState.NO_DIGEST
                if kept is None
                else DocumentState.UNCHANGED
                if found == kept
                else DocumentState.CHANGED
            )
    return DocumentCheck(code, title_zh, title_en, location, kept, found, state)
