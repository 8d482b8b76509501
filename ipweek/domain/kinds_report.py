"""What is attached to the report of an event or week: media coverage and photographs."""

from ipweek.domain.kind_fields import N_, NOTE, NUMBER
from ipweek.domain.records import Field, FieldKind, RecordKind

_EVENT = Field("event", N_("Event"), FieldKind.REFERENCE, refers="event", help=N_("or the week"))
_WEEK = Field("week", N_("Week"), FieldKind.REFERENCE, refers="week", help=N_("or the event"))

COVERAGE = RecordKind(
    "coverage",
    N_("Media report"),
    N_("Media coverage"),
    (
        _EVENT,
        _WEEK,
        Field("outlet_zh", N_("Medium (Chinese)"), help=N_("newspaper, station or site")),
        Field("outlet_en", N_("Medium (English)"), help=N_("newspaper, station or site")),
        Field("title_zh", N_("Title (Chinese)")),
        Field("title_en", N_("Title (English)")),
        Field("published_on", N_("Published"), FieldKind.DAY),
        Field("url", N_("Web address"), limit=2000),
        NOTE,
        NUMBER,
    ),
    ("code", "name", "published_on", "outlet_zh", "outlet_en"),
    parent="event",
    numbered="coverage",
    others=("week",),
)

PHOTOGRAPH = RecordKind(
    "photograph",
    N_("Photograph"),
    N_("Photographs"),
    (
        Field(
            "file", N_("File"), FieldKind.FILE, required=True, help=N_("JPEG or PNG; → completes the path")
        ),
        _EVENT,
        _WEEK,
        Field("caption_zh", N_("Caption (Chinese)")),
        Field("caption_en", N_("Caption (English)")),
        Field("taken_on", N_("Taken on"), FieldKind.DAY),
        NOTE,
        NUMBER,
    ),
    ("code", "name", "taken_on", "file"),
    parent="event",
    numbered="photo",
    others=("week",),
)
