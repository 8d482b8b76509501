"""What is looked at before badges are printed, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FindingKind(StrEnum):
    """What can be wrong with a run of badges."""

    GLYPHS = "glyphs"
    SMALL = "small"
    PROGRAMME_SMALL = "programme_small"
    LOGO_COARSE = "logo_coarse"
    LOGO_UNREADABLE = "logo_unreadable"
    CONTRAST = "contrast"
    CODE = "code"


STOPPING = frozenset((FindingKind.GLYPHS, FindingKind.LOGO_UNREADABLE, FindingKind.CODE))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that would come out wrong: whose badge, or nobody's; `params` fill its sentence."""

    kind: FindingKind
    who: str = ""
    registration: str | None = None
    part: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether nothing is printed because of it."""
        return self.kind in STOPPING


@dataclass(frozen=True, slots=True)
class Preflight:
    """The findings of a run, and on how many of its pages the codes were read again."""

    layout: str
    badges: int
    pages: int
    pages_read: int
    codes_read: int
    findings: tuple[Finding, ...]

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """What forbids printing."""
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What prints, but not well."""
        return tuple(finding for finding in self.findings if not finding.stops)
