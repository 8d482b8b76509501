"""What the organizer writes for the report of an event or week, and what is attached to it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipweek.domain.report_notes import Picture
from ipweek.storage.tables.base import Base, identity, not_negative

_PLACE = "(week_id IS NULL) <> (event_id IS NULL)"


class ReportNotesRow(Base):
    """The texts of one report, in either language or both."""

    __tablename__ = "report_notes"
    id: Mapped[UUID] = identity()
    week_id: Mapped[UUID | None] = mapped_column(ForeignKey("weeks.id"), unique=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"), unique=True)
    background_zh: Mapped[str | None]
    background_en: Mapped[str | None]
    preparation_zh: Mapped[str | None]
    preparation_en: Mapped[str | None]
    effect_zh: Mapped[str | None]
    effect_en: Mapped[str | None]
    problems_zh: Mapped[str | None]
    problems_en: Mapped[str | None]
    next_steps_zh: Mapped[str | None]
    next_steps_en: Mapped[str | None]
    invited: Mapped[int | None]
    signed_by_zh: Mapped[str | None]
    signed_by_en: Mapped[str | None]
    __table_args__ = (CheckConstraint(_PLACE, name="week_or_event"), not_negative("invited"))


class CoverageRow(Base):
    """What a medium reported of an event or week."""

    __tablename__ = "coverage"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    week_id: Mapped[UUID | None] = mapped_column(ForeignKey("weeks.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    outlet_zh: Mapped[str | None]
    outlet_en: Mapped[str | None]
    title_zh: Mapped[str | None]
    title_en: Mapped[str | None]
    published_on: Mapped[date | None]
    url: Mapped[str | None]
    note: Mapped[str | None]
    __table_args__ = (
        CheckConstraint(_PLACE, name="week_or_event"),
        Index(None, "week_id"),
        Index(None, "event_id"),
    )


class PhotographRow(Base):
    """A photograph of an event or week; lists do without its bytes."""

    __tablename__ = "photographs"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    week_id: Mapped[UUID | None] = mapped_column(ForeignKey("weeks.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    caption_zh: Mapped[str | None]
    caption_en: Mapped[str | None]
    taken_on: Mapped[date | None]
    file_name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    note: Mapped[str | None]
    contents: Mapped["PhotographContent"] = relationship(cascade="all, delete-orphan")
    __table_args__ = (
        CheckConstraint(_PLACE, name="week_or_event"),
        CheckConstraint("width > 0 AND height > 0", name="has_pixels"),
        Index(None, "week_id"),
        Index(None, "event_id"),
    )

    @property
    def file(self) -> str:
        """What the file was called that the picture came from."""
        return self.file_name

    @file.setter
    def file(self, picture: Picture) -> None:
        """Take a picture, in place of the one that is here."""
        self.file_name, self.width, self.height = picture.name, picture.width, picture.height
        if self.contents is None:
            self.contents = PhotographContent(content=picture.content)
        else:
            self.contents.content = picture.content


class PhotographContent(Base):
    """The bytes of a photograph, a JPEG."""

    __tablename__ = "photograph_contents"
    photograph_id: Mapped[UUID] = mapped_column(ForeignKey("photographs.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
