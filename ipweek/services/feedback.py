"""What people said afterwards, as lists show it; it comes in by an import."""

from sqlalchemy import func, select

from ipweek.domain.errors import NotFoundError
from ipweek.domain.feedback import FeedbackCounts, FeedbackLine
from ipweek.domain.figures import Rate
from ipweek.services import feedback_rows
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.storage.queries import reports as report_queries
from ipweek.storage.tables.feedback import FeedbackAnswer

PAGE = 200


class Feedback(Service):
    """Answers with masked phones; who gave no phone that is known here stays anonymous."""

    def page(
        self, event: str, after: FeedbackLine | None = None, limit: int = PAGE
    ) -> tuple[FeedbackLine, ...]:
        """A window of an event's answers behind another, in the order in which they were given."""
        with self.uow.read() as session:
            held = find(session, "event", event)
            return next(feedback_rows.pages(session, held.id, limit, unmask=False, after=after), ())

    def counts(self, event: str) -> tuple[FeedbackCounts, Rate | None]:
        """The answers in figures, and who answered of those who came; None where it is not known who came."""
        with self.uow.read() as session:
            held = find(session, "event", event)
            counted = feedback_rows.counts(session, [held.id]).get(held.id, FeedbackCounts())
            if not report_queries.has_registrations(session, [held.id]):
                return counted, None
            came = session.scalar(select(func.count()).select_from(report_queries.came([held.id])))
            return counted, Rate(counted.respondents, came or 0)

    def show(self, event: str, ref: str) -> FeedbackLine:
        """One answer by the number that its form gave it, or by its id. Raises NotFoundError `answer-missing`."""
        with self.uow.read() as session:
            held = find(session, "event", event)
            query = feedback_rows.lines_query().where(FeedbackAnswer.event_id == held.id)
            for row in session.execute(query.order_by(FeedbackAnswer.id)):
                found = feedback_rows.line(row, unmask=False)
                if ref in (found.number, found.key, str(found.id)):
                    return found
            raise NotFoundError("answer-missing", answer=ref, event=held.code)
