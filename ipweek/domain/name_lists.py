"""Who comes, in the order in which people are named and seated."""

from dataclasses import dataclass
from uuid import UUID

from ipweek.domain.programme import Party


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who holds a place; `rank` is None where nobody stated one."""

    registration: UUID
    name: str
    name_latin: str
    enterprise: Party | None
    title: str
    category: str
    seat: str
    rank: int | None
    synthetic: bool

    def called(self, language: str) -> str:
        """The name as it is read in a language: the Latin one in English, where there is one."""
        return (self.name_latin or self.name) if language == "en" else self.name

    def represents(self, language: str) -> str:
        """The enterprise, in a language; empty where there is none."""
        return self.enterprise.name(language) if self.enterprise else ""


@dataclass(frozen=True, slots=True)
class NameList:
    """The people of an event, in order."""

    event: Party
    week: Party
    people: tuple[Named, ...]
