"""What a text tells of where an applicant is: an address, a postcode, a cell with a city, province or country.

A clue is about one target city. What a text does not tell is None in it; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ipweek.domain.regions import (
    CITIES,
    CITY_LATIN,
    COUNTRIES,
    OFFICE_NUMBERS,
    PROVINCE_LATIN,
    PROVINCE_LETTERS,
    PROVINCE_NAMES,
    PROVINCES,
    TargetRegion,
    postcode_place,
)
from ipweek.domain.text import folded


@dataclass(frozen=True, slots=True)
class Clue:
    """Whether an applicant is in the country, in the target's province, in the target city; None is not told."""

    country: bool | None = None
    province: bool | None = None
    city: bool | None = None


SILENT = Clue()
ABROAD = Clue(country=False, province=False, city=False)
IN_CHINA = Clue(country=True)
ELSEWHERE = Clue(country=True, province=False, city=False)
IN_PROVINCE = Clue(country=True, province=True)
OTHER_CITY = Clue(country=True, province=True, city=False)
NOT_THE_CITY = Clue(country=True, city=False)
IN_CITY = Clue(country=True, province=True, city=True)

_STREET = re.compile(r"[东西南北中]?[一二三四五六七八九十]?[路街巷道]|大[道街厦桥楼学]")
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_TOWN = re.compile(r"([\u4e00-\u9fff]{2,7}?)(?:市|地区|自治州|盟)")
_WORDS = re.compile(r"CN-[A-Z]{2}\b|[A-Za-z]+|\d+|[\u4e00-\u9fff]+")
_LATIN_TAIL = re.compile(r"\b(?:city|shi|province|sheng|municipality|prefecture)\b|[\d.\-()\[\]]")
_CHINA_LATIN = frozenset(("cn", "china", "prchina", "prc", "chn", "peoplesrepublicofchina"))
_ABROAD_LATIN = {code.lower() for code in COUNTRIES.values() if code != "CN"} | {
    "usa", "unitedstates", "unitedstatesofamerica", "japan", "korea", "republicofkorea", "southkorea", "germany",
    "france", "uk", "unitedkingdom", "netherlands", "switzerland", "canada", "india", "singapore", "sweden", "italy",
    "israel", "australia", "vietnam", "thailand", "malaysia",
}  # fmt: skip
_APART = {
    "TW": "71",
    "HK": "81",
    "MO": "82",
}  # with two letters of their own, and a number among the provinces


class RegionReader:
    """Reads texts for one target city, remembering what it has read."""

    def __init__(self, target: TargetRegion) -> None:
        self._target = target
        self.address = lru_cache(maxsize=1 << 14)(self._address)
        self.city = lru_cache(maxsize=1 << 12)(self._city)
        self.provinces = lru_cache(maxsize=1 << 12)(self._provinces)

    def code(self, digits: str) -> Clue:
        """A GB/T 2260 code; zeros behind the province say nothing of the city."""
        if digits[:2] not in PROVINCES:
            return SILENT
        province = self._in_province(digits[:2])
        city = digits[:4] if digits[2:4] not in ("", "00") else ""
        if province is not IN_PROVINCE or not city or not self._target.city_code:
            return province
        return IN_CITY if city == self._target.city_code else OTHER_CITY

    def postcode(self, text: str) -> Clue:
        """Six digits of a Chinese postcode."""
        if len(text) == 6 and self._target.postcodes and text.startswith(self._target.postcodes):
            return IN_CITY
        province, city = postcode_place(text)
        if city:
            return self._in_town(city)
        return self._in_province(province) if province else SILENT

    def district(self, text: str, province: Clue) -> Clue:
        """A cell of the district's column, which means something only beside its province."""
        return IN_CITY if province.province and text in self._target.districts else SILENT

    def _in_province(self, code: str) -> Clue:
        if code != self._target.province:
            return ELSEWHERE
        return IN_CITY if self._target.city_code == code else IN_PROVINCE

    def _in_town(self, name: str) -> Clue:
        """What the name of a known city tells."""
        if name in self._target.names:
            return IN_CITY
        return OTHER_CITY if CITIES[name].province == self._target.province else ELSEWHERE

    def _city(self, text: str) -> Clue:
        """A cell of the city's column: a name in either language, a code, or a district."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if plain.isdecimal():
            return self.code(plain) if len(plain) in (4, 6) else SILENT
        if plain.isascii():
            name = folded(_LATIN_TAIL.sub("", plain.casefold()))
            if name in self._target.latin_names:
                return IN_CITY
            return self._in_town(CITY_LATIN[name]) if name in CITY_LATIN else SILENT
        name = re.sub(r"(?:市|地区|自治州|盟)$", "", plain)
        if name in self._target.names or name in CITIES:
            return self._in_town(name)
        read = self._address(plain)
        return NOT_THE_CITY if read == SILENT and name != plain and not self._target.may_hold(plain) else read

    def _provinces(self, text: str) -> tuple[Clue, ...]:
        """The regions of a cell such as `广东;44`, `44`, `CN-GD`, `广东(44)`, `美国;US`; a name and its code are one."""
        clues: list[Clue] = []
        named = False
        for word in _WORDS.findall(unicodedata.normalize("NFKC", text)):
            code_of_name = named and (word.isdecimal() or len(word) == 2) and word.isascii()
            named = not word.isascii()
            if not code_of_name and word not in ("CN", "中国"):
                clues.append(self._region(word))
        return tuple(clues)

    def _region(self, word: str) -> Clue:
        if word.isdecimal():
            return self._number(word)
        if word.isascii():
            letters = word.removeprefix("CN-")
            code = _APART.get(word) or (PROVINCE_LETTERS.get(letters) if letters != word else None)
            code = code or PROVINCE_LATIN.get(folded(word))
            return self._in_province(code) if code else country(word)
        code = PROVINCE_NAMES.get(word) or PROVINCE_NAMES.get(word.removeprefix("中国"))
        if code:
            return self._in_province(code)
        town = word.removesuffix("市")
        return self._in_town(town) if town in CITIES else country(word)

    def _number(self, digits: str) -> Clue:
        named = OFFICE_NUMBERS.get(digits)
        if named:
            return self._in_province(named) if named.isdecimal() else self._in_town(named)
        return SILENT if len(digits) not in (2, 4, 6) or digits == "81" else self.code(digits)

    def _address(self, text: str) -> Clue:
        plain = unicodedata.normalize("NFKC", text).strip()
        if plain.isascii():
            return self._latin(plain)
        rest = plain.lstrip("0123456789 ()")
        nation = _longest(rest, COUNTRIES)
        if nation and COUNTRIES[nation] != "CN":
            return ABROAD
        rest = rest.removeprefix(nation).lstrip(" ,、")
        name = _longest(rest, PROVINCE_NAMES)
        if name in CITIES and rest[len(name) :].startswith("市"):
            name = ""  # 吉林市 is a city
        if name and not _STREET.match(rest, len(name)):
            inside = self._in_province(PROVINCE_NAMES[name])
            return (
                inside if inside != IN_PROVINCE else self._behind_province(rest[len(name) :].lstrip(" ,、"))
            )
        found = self._without_province(rest)
        return IN_CHINA if found == SILENT and nation else found

    def _behind_province(self, rest: str) -> Clue:
        if rest.startswith(self._target.districts or ("\0",)):
            return IN_CITY
        for name in self._target.names:
            if rest.startswith(name) and not _STREET.match(rest, len(name)):
                return IN_CITY
        known = _longest(rest, CITIES)
        inside = (
            known and CITIES[known].province == self._target.province and not _STREET.match(rest, len(known))
        )
        return self._in_town(known) if inside else IN_PROVINCE

    def _without_province(self, rest: str) -> Clue:
        """Only `惠州市`, a known district behind the name, or a district that is nowhere else will do."""
        sure = self._target.sure_districts or ("\0",)
        for name in self._target.names:
            if rest.startswith(name) and rest[len(name) :].startswith(("市", *sure)):
                return IN_CITY
        if rest.startswith(sure):
            return IN_CITY
        town = _TOWN.match(rest)
        return self._in_town(town[1]) if town and town[1] in CITIES else SILENT

    def _latin(self, text: str) -> Clue:
        """Parts between commas: only one that is nothing but the name tells the place, and China must be stated."""
        parts = [
            part
            for part in (folded(_LATIN_TAIL.sub("", cell)) for cell in text.casefold().split(","))
            if part
        ]
        last = parts[-1] if parts else ""
        if last in _ABROAD_LATIN:
            return ABROAD
        inside = [self._in_province(PROVINCE_LATIN[part]) for part in parts if part in PROVINCE_LATIN]
        if any(clue != IN_PROVINCE for clue in inside):
            return next(clue for clue in inside if clue != IN_PROVINCE)
        if not inside and last not in _CHINA_LATIN:
            return SILENT
        if set(parts) & set(self._target.latin_names):
            return IN_CITY
        towns = [CITY_LATIN[part] for part in parts if part in CITY_LATIN]
        return self._in_town(towns[0]) if towns else inside[0] if inside else IN_CHINA


@lru_cache(maxsize=1 << 10)
def country(text: str) -> Clue:
    """A country by its letters or its Chinese name; Hong Kong, Macao and Taiwan count with China."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for word in re.findall(r"[A-Z]+|[\u4e00-\u9fff]+", plain.upper()):
        if word in _APART or word.removeprefix("中国") in ("台湾", "香港", "澳门"):
            return ELSEWHERE
        code = COUNTRIES.get(word, word if re.fullmatch(r"[A-Z]{2}", word) else "")
        if code:
            return IN_CHINA if code == "CN" else ABROAD
    name = folded(plain)
    return IN_CHINA if name in _CHINA_LATIN else ABROAD if name in _ABROAD_LATIN else SILENT


def postcode_of(address: str) -> str:
    """The postcode in a Chinese address; six digits in a foreign one mean nothing."""
    plain = unicodedata.normalize("NFKC", address)
    found = _POSTCODE.search(plain)
    if found is None or plain.isascii():
        return ""
    nation = _longest(plain.lstrip("0123456789 "), COUNTRIES)
    return found[0] if COUNTRIES.get(nation, "CN") == "CN" else ""


def _longest(text: str, names: Iterable[str]) -> str:
    return max((name for name in names if text.startswith(name)), key=len, default="")
