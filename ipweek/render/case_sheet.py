"""The sheet of a case for those who analyse it: what is known of it, or was known on the day."""

from collections.abc import Iterator, Sequence

from ipweek.domain.cases import CasePage, PartyLine, Recusal
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Document, Section, Table, table


def document(page: CasePage) -> Document:
    """The sheet in the language in force."""
    values = page.case.values
    facts = (
        (_("Forum"), said(page, "forum")),
        (_("Dockets"), "; ".join(values["dockets"])),
        (_("Cause"), words.word(values["cause"])),
        (_("Industry"), either(page.industry_zh, page.industry_en)),
        (_("Technology"), said(page, "technology")),
        *(((_("As of"), figures.day(page.as_of)),) if page.as_of else ()),
        *_end(page),
    )
    sections = (_parties(page.parties), _steps(page), _rights(page), *_upshot(page))
    return Document(
        clean(page.case.name(language())),
        left_out(page),
        tuple((label, clean(text) if text else None) for label, text in facts),
        sections,
    )


def either(zh: str | None, en: str | None) -> str | None:
    """The text in the language in force, else in the other."""
    return (zh or en) if language() == "zh" else (en or zh)


def said(page: CasePage, name: str) -> str | None:
    """What a field of the case says, in the language in force or else in the other."""
    values = page.case.values
    text = either(values[f"{name}_zh"], values[f"{name}_en"])
    return clean(text, lines=True) if text else None


def partial_day(happened: str) -> str:
    """A day, a month or a year, as far as it is known."""
    year, *rest = map(int, happened.split("-"))
    if not rest:
        return _("{year}").format(year=year)
    if len(rest) == 1:
        return _("{year}-{month:02d}").format(year=year, month=rest[0])
    return _("{year}-{month:02d}-{day:02d}").format(year=year, month=rest[0], day=rest[1])


def amount(page: CasePage) -> str | None:
    """The amount with its currency."""
    values = page.case.values
    told = figures.number(values["amount"])
    return " ".join(part for part in (values["currency"], told) if part) if told else None


def remedies(page: CasePage) -> tuple[str, ...]:
    """The remedies in the language in force, else in the other."""
    values = page.case.values
    zh, en = values["remedies_zh"], values["remedies_en"]
    return tuple(map(clean, (zh or en) if language() == "zh" else (en or zh)))


def left_out(page: CasePage) -> str:
    """That a later part of the story is not told; empty where all of it is."""
    if not page.left_out:
        return ""
    day = figures.day(page.as_of)
    return _("As of {day}: what happened later, and how it ended, is left out.").format(day=day)


def recusal(found: Recusal) -> str:
    """Who should not hear which case analysed, and why."""
    text = _("{name} of {enterprise} must recuse: {role} in {case}, analysed at {place}")
    return text.format(
        name=clean(found.name),
        enterprise=clean(found.enterprise),
        role=words.word(found.role),
        case=clean(either(found.case_zh, found.case_en) or found.case_code),
        place=clean(either(found.place_zh, found.place_en) or found.place_code),
    )


def _end(page: CasePage) -> Iterator[tuple[str, str | None]]:
    values = page.case.values
    if not page.left_out:
        yield _("Stage"), said(page, "stage")
        yield _("Final"), words.word(values["final"]) if values["final"] else None
        yield _("Verified on"), figures.day(values["verified_on"])


def _parties(parties: Sequence[PartyLine]) -> Section:
    rows = [
        (_name(party), words.word(party.role), clean(party.country) if party.country else None)
        for party in parties
    ]
    titles = (_("Party"), _("Role"), _("Country or region"))
    return _section(_("Parties"), tables=(table(titles, rows, texts=3),) if rows else ())


def _name(party: PartyLine) -> str:
    return clean(either(party.name_zh, party.name_en) or party.code)


def _steps(page: CasePage) -> Section:
    rows = [
        (partial_day(step.happened), clean(either(step.text_zh, step.text_en) or "", lines=True))
        for step in page.steps
    ]
    tables = (table((_("When"), _("What happened")), rows, texts=2),) if rows else ()
    return _section(_("Chronology"), tables=tables)


def _rights(page: CasePage) -> Section:
    return _section(_("Rights at issue"), notes=tuple(map(clean, page.case.values["rights"])))


def _upshot(page: CasePage) -> Iterator[Section]:
    """What came of it: nobody knew before its end."""
    if page.left_out:
        return
    values = page.case.values
    awarded = [(label, told) for label, told in ((_("Amount"), amount(page)),) if told]
    outcome = said(page, "outcome")
    yield _section(
        _("How it ended"),
        texts=(outcome,) if outcome else (),
        notes=(
            *(f"{label}: {told}" for label, told in awarded),
            *(f"{_('Remedy')}: {told}" for told in remedies(page)),
        ),
    )
    yield _section(_("Countermeasures"), notes=tuple(map(words.word, values["countermeasures"])))
    lessons = said(page, "lessons")
    yield _section(_("Lessons"), texts=(lessons,) if lessons else ())
    yield _section(_("Sources"), notes=tuple(map(clean, values["sources"])))


def _section(
    title: str, *, tables: tuple[Table, ...] = (), notes: tuple[str, ...] = (), texts: tuple[str, ...] = ()
) -> Section:
    """A section that says so where nobody stated what belongs there."""
    return Section(title, tables, notes, texts or (() if tables or notes else (words.not_stated(),)))
