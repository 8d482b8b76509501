"""Chinese names as they are typed in pinyin, for finding and for ordering them."""

import unicodedata
from functools import cache, lru_cache

_SURNAMES = {
    "曾": "zeng ceng", "单": "shan dan", "仇": "qiu chou", "解": "xie jie", "查": "zha cha", "区": "ou qu",
    "朴": "piao pu", "盖": "ge gai", "尉": "wei yu", "翟": "zhai di", "缪": "miao mou", "覃": "qin tan",
    "折": "she zhe", "种": "chong zhong", "秘": "bi mi", "繁": "po fan", "佴": "nai er", "召": "shao zhao",
    "柏": "bai bo", "隗": "wei kui", "郇": "xun huan", "谌": "chen shen", "牟": "mou mu", "郗": "xi chi",
    "句": "gou ju", "薄": "bo bao", "员": "yun yuan", "乐": "yue le", "车": "che ju", "都": "du dou",
    "黑": "he hei", "能": "nai neng", "祭": "zhai ji", "宿": "su xiu", "洗": "xian xi", "适": "kuo shi",
    "行": "xing hang", "重": "chong zhong", "那": "na nuo", "强": "qiang jiang", "藏": "zang cang",
    "会": "gui hui", "长": "chang zhang", "朝": "chao zhao", "於": "yu wu", "沈": "shen chen", "石": "shi",
}  # fmt: skip
"""Characters that read otherwise as a surname, or in two ways: the surname's usual reading first."""

_COMPOUND_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "澹台": "tan tai",
}  # fmt: skip


_SHORT = 4
_WITH_U = {"lv": "lu", "nv": "nu", "lve": "lue", "nve": "nue"}


@lru_cache(maxsize=4096)
def search_forms(name: str) -> str:
    """Initials and full pinyin of a name in lower case, parted by spaces: `zwm zhangweimin`.

    Of short ones also what many type: the first character whole and the initials of the others.
    Both readings of an ambiguous surname are there, and of characters that read otherwise in words (重庆).
    Letters and digits stand for themselves; ü is there as v and as u. Nothing readable gives an empty text.
    """
    readings = _readings(_folded(name))
    initials = ["".join([syllable[0] for syllable in reading]) for reading in readings]
    full = ["".join(reading) for reading in readings]
    with_u = ["".join([_WITH_U.get(syllable, syllable) for syllable in reading]) for reading in readings]
    mixed = [
        reading[0] + "".join([syllable[0] for syllable in reading[1:]]) for reading in readings if reading
    ]
    mixed = mixed if len(name) <= _SHORT else []
    return " ".join(form for form in dict.fromkeys(initials + full + with_u + mixed) if form)


def sort_key(name: str) -> str:
    """What orders names by pinyin, by syllables, surnames read as such; equal ones by character."""
    return " ".join([*_readings(_folded(name))[0], "", name])  # the gap puts 高秀 before 高秀建


def slug(name: str, longest: int = 40) -> str:
    """A name as a code: Latin words, short Chinese ones by syllables, long ones by initials; may be empty."""
    chars = unicodedata.normalize("NFKC", name).casefold()
    length = 1 if sum(not char.isascii() for char in chars) > _SHORT else None
    read = "".join(
        char if char.isascii() and char.isalnum() else _syllable(char)[:length] if char.isalnum() else "-"
        for char in chars
    )
    words = (word for word in read.encode("ascii", "ignore").decode().split("-") if word)
    return "-".join(words)[:longest].strip("-")


@lru_cache(maxsize=256)
def _readings(name: str) -> list[list[str]]:
    """The ways in which a name reads, each a list of syllables and single letters; the likeliest first."""
    plain = [_syllable(char) for char in name]
    in_words = list(plain)
    for place in range(len(name) - 1):
        if word := _word(name[place : place + 2]):
            in_words[place : place + 2] = word
    readings = [in_words, plain]
    if compound := _COMPOUND_SURNAMES.get(name[:2]):
        readings.insert(0, [*compound.split(), *in_words[2:]])
    elif surname := _SURNAMES.get(name[:1]):
        readings[:0] = [[reading, *in_words[1:]] for reading in surname.split()]
    return [[syllable for syllable in reading if syllable] for reading in readings]


@cache
def _syllable(char: str) -> str:
    """A character's usual reading without tone; a letter or digit itself, unmarked; else nothing."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    if char.isascii():
        return char if char.isalnum() else ""
    read: str = lazy_pinyin(char)[0]
    if read != char:
        return read
    bare = unicodedata.normalize("NFKD", char)[0]
    return bare if bare.isalnum() else ""


@lru_cache(maxsize=50_000)
def _word(pair: str) -> list[str] | None:
    """The syllables of two characters that are a word of their own, else None."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415

    return lazy_pinyin(pair) if pair in PHRASES_DICT else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
