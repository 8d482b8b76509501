"""Certificates of attendance onto paper: issue, then draw, into one file or one a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.certificates import BOTH, Certificate, NotIssued
from ipweek.domain.file_names import distinct, safe
from ipweek.jobs.files import make_folder, written_whole
from ipweek.jobs.glyphs import refuse_missing
from ipweek.services.certificates import Certificates


@dataclass(frozen=True, slots=True)
class CertificateRun:
    """What certificates were written, how many for the first time, and who was named and gets none."""

    files: tuple[Path, ...]
    certificates: tuple[Certificate, ...]
    new: int
    refused: tuple[NotIssued, ...]


class CertificateJobs:
    """Certificates to hand over."""

    def __init__(self, certificates: Certificates, settings: Settings) -> None:
        self._certificates, self._settings = certificates, settings

    def write(
        self,
        actor: Actor,
        event: str,
        refs: Sequence[str] = (),
        *,
        out: Path | None = None,
        folder: Path | None = None,
        lang: str = BOTH,
        allow_missing: bool = False,
    ) -> CertificateRun:
        """Issue certificates and write them into one PDF, or one a person into a folder made where there is none.

        Raises what `Certificates.issue` does, InvalidError `glyphs-missing`, `file-not-writable`.
        """
        from ipweek.render import certificate  # noqa: PLC0415 - reportlab costs 0.1 s

        issued = self._certificates.issue(actor, event, refs)
        made = issued.certificates
        fonts = certificate.font_set(made, lang, self._settings.fonts)
        if not allow_missing:
            refuse_missing(certificate.missing(made, fonts, lang))
        files: list[Path] = []
        if out is not None:
            with written_whole(out) as file:
                certificate.draw(made, file, fonts, lang)
            files.append(out)
        if folder is not None:
            make_folder(folder)
            names = distinct(f"{safe(one.name)} {one.number}" for one in made)
            for one, name in zip(made, names, strict=True):
                path = folder / f"{name}.pdf"
                with written_whole(path) as file:
                    certificate.draw([one], file, fonts, lang)
                files.append(path)
        return CertificateRun(tuple(files), made, issued.new, issued.refused)
