"""Badge codes to send by chat: one ZIP an enterprise's contact, a picture a delegate, and a word on how to use them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.badges import BadgeFace, Delegation
from ipweek.domain.errors import NotFoundError
from ipweek.domain.file_names import distinct, safe
from ipweek.domain.records import Record
from ipweek.i18n import N_, _, language, speaking
from ipweek.jobs.files import make_folder, written_whole
from ipweek.services.badges import Badges
from ipweek.services.base import Clock
from ipweek.services.records import Records

if TYPE_CHECKING:
    from ipweek.render.badge_picture import Pictures

_README = "说明 README.txt"


@dataclass(frozen=True, slots=True)
class PictureRun:
    """What was written: the files in the folder, how many pictures they hold, characters that no font has by person."""

    folder: Path
    files: tuple[Path, ...]
    pictures: int
    missing: tuple[str, ...]


class BadgePictureJobs:
    """Reads the badges, draws them, writes the files, and notes that they left."""

    def __init__(self, badges: Badges, records: Records, settings: Settings, clock: Clock) -> None:
        self._badges, self._records, self._settings, self._clock = badges, records, settings, clock

    def write(self, actor: Actor, event: str, folder: Path, enterprise: str | None = None) -> PictureRun:
        """Write one ZIP an enterprise into a folder, which is made where there is none; each is there whole or not at all.

        Raises NotFoundError, `badges-none` where nobody is registered, InvalidError `file-not-writable`.
        """
        from ipweek.render.badge_picture import Pictures  # noqa: PLC0415 - fonts cost 0.1 s

        held = self._badges.delegations(event, enterprise, language())
        if not held:
            raise NotFoundError("badges-none", event=event)
        faces = [face for one in held for face in one.faces]
        pictures = Pictures(faces, self._settings.fonts)
        missing = tuple(
            f"{face.name}: {' '.join(lacking)}" for face in faces if (lacking := pictures.missing(face))
        )
        about = self._about(event)
        make_folder(folder)
        names = distinct(safe(one.name or _("no enterprise")) for one in held)
        files = []
        for one, name in zip(held, names, strict=True):
            path = folder / f"{name}.zip"
            self._pack(path, one, pictures, about)
            files.append(path)
        self._badges.record_codes(actor, event, len(faces), folder.name)
        return PictureRun(folder, tuple(files), len(faces), missing)

    def _about(self, code: str) -> dict[str, Record | None]:
        """The event, its week and its venue."""
        event = self._records.show("event", code)
        venue = event.values["venue"]
        return {
            "event": event,
            "week": self._records.show("week", event.values["week"]),
            "venue": self._records.show("venue", venue) if venue else None,
        }

    def _pack(self, path: Path, one: Delegation, pictures: "Pictures", about: dict[str, Any]) -> None:
        moment = self._clock().timetuple()[:6]

        def entry(name: str) -> ZipInfo:
            made = ZipInfo(name, moment)
            made.external_attr = 0o644 << 16
            return made

        with written_whole(path) as file, ZipFile(file, "w") as archive:
            text = readme(one, about).replace("\n", "\r\n").encode("utf-8-sig")
            archive.writestr(entry(_README), text, ZIP_DEFLATED)
            for name, face in zip(picture_names(one.faces), one.faces, strict=True):
                archive.writestr(entry(f"{name}.png"), pictures.png(face), ZIP_STORED)


def picture_names(faces: Sequence[BadgeFace]) -> list[str]:
    """A name for each picture: the person's, and a number before it that keeps their order."""
    digits = len(str(len(faces)))
    return distinct(f"{number:0{digits}} {safe(face.name)}" for number, face in enumerate(faces, 1))


def readme(one: Delegation, about: dict[str, Any]) -> str:
    """What the contact should know, in Chinese and in English."""
    parts = []
    for tongue in ("zh", "en"):
        with speaking(tongue):
            parts.append(_told(one, about, tongue))
    return ("\n\n" + "-" * 40 + "\n\n").join(parts) + "\n"


_ADDRESSED = N_("To {contact}, {enterprise}")
_HOW = (
    N_("Each picture is the check-in code of one person, named under it. Please send everybody his own."),
    N_("At the door, show the picture on the phone; a printed one will do. The code is read as it is."),
    N_("A code lets one person in. Do not post it in public or pass it on to others."),
    N_("If a badge is issued anew, the earlier code is refused; ask the organizer for the new one."),
)


def _told(one: Delegation, about: dict[str, Any], tongue: str) -> str:
    event, week, venue = about["event"], about["week"], about["venue"]
    name = (one.name_zh or one.name_en) if tongue == "zh" else (one.name_en or one.name_zh)
    contact = one.contact or _("the contact")
    start = event.values["start"]
    place = venue.name(tongue) if venue else None
    if venue and venue.values.get("address"):
        place = f"{place} ({venue.values['address']})"
    lines = [
        _("Check-in codes: {event}").format(event=event.name(tongue)),
        "",
        _(_ADDRESSED).format(contact=contact, enterprise=name) if name else contact,
        "",
        _("Event: {event} ({week})").format(event=event.name(tongue), week=week.name(tongue)),
        _("Time: {time}").format(time=str(start) if start else _("not stated")),
        _("Place: {place}").format(place=place or _("not stated")),
        _("People: {n}").format(n=len(one.faces)),
        *(f"  {number}. {face.name}" for number, face in enumerate(one.faces, 1)),
        "",
        *(f"{number}. {_(text)}" for number, text in enumerate(_HOW, 1)),
    ]
    if any(face.synthetic for face in one.faces):
        lines += ["", _("SYNTHETIC 样例")]
    return "\n".join(lines)
