"""Translations: English in the source, Simplified Chinese in the catalogue beside this file."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from ipweek.i18n.sentence import Sentence
from ipweek.i18n.sentence import again as said_again

LANGUAGES = ("en", "zh")
_LOCALES = {"zh": "zh_CN"}

_chosen = "en"
_borrowed: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """The language in force here: `en` or `zh`."""
    return _borrowed.get() or _chosen


def choose(code: str) -> None:
    """Make `en` or `zh` the language of the whole program."""
    global _chosen  # noqa: PLW0603 - one interface language per process
    _chosen = code if code in LANGUAGES else "en"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language inside the block: a report in Chinese from an English screen."""
    token = _borrowed.set(code)
    try:
        yield
    finally:
        _borrowed.reset(token)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code not in _LOCALES:
        return gettext.NullTranslations()
    return gettext.translation("ipweek", __path__[0], [_LOCALES[code]], fallback=True)


def _(message: str) -> str:
    """The message in the language in force."""
    return Sentence.of(_catalogue(language()).gettext(message), message)


def again(text: str) -> str:
    """What was translated once in the language in force now; any other text as it is."""
    return said_again(text, _)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a marked string
    """Mark a message that is translated where it is shown."""
    return message
