"""What the levels are called where it is known of which province and city they are."""

import re

from ipweek.domain.navigation import HomeRegion
from ipweek.domain.regions import CITIES, PROVINCES
from ipweek.domain.words import Level
from ipweek.i18n import language
from ipweek.render.words import word

_CITIES = {city.code: city for city in CITIES.values() if city.code}


def level_name(level: Level, region_code: str | None = None, home: HomeRegion | None = None) -> str:
    """Guangdong, Huizhou: by the region's code, else by the week's city; else the word of the level."""
    code = region_code or (home.code if home else None) or ""
    if level is Level.PROVINCE:
        return _province(code) or word(level)
    if level is not Level.CITY:
        return word(level)
    if home is not None and (not region_code or region_code == home.code):
        named = (home.city_zh or home.city_en) if language() == "zh" else (home.city_en or home.city_zh)
        if named:
            return named
    return _city(code) or word(level)


def _province(code: str) -> str | None:
    found = PROVINCES.get(code[:2])
    if found is None:
        return None
    return found.name if language() == "zh" else _spaced(found.latin)


def _city(code: str) -> str | None:
    found = _CITIES.get(code[:4])
    if found is None:
        return None
    return found.name if language() == "zh" else _spaced(found.latin)


def _spaced(latin: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", latin)
