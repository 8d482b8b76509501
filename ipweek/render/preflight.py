"""What was found before printing, in sentences that say what to do, and as JSON."""

from typing import Any

from ipweek.domain.preflight import Finding, FindingKind, Preflight
from ipweek.i18n import N_, _
from ipweek.render.errors import fill

_LONGEST = 30
"""Characters by which somebody knows which name or title is meant."""
_SENTENCES = {
    FindingKind.GLYPHS: N_(
        "{who}: no font has {characters}; put a font that has them into the fonts folder, or print boxes with "
        "--allow-missing."
    ),
    FindingKind.SMALL: N_(
        "{who}: {part} comes out in {size} points, below the {legible} that can be read; shorten “{text}”, or give it "
        "a larger area in the template."
    ),
    FindingKind.PROGRAMME_SMALL: N_(
        "The programme on the back comes out in {size} points, below the {legible} that can be read; shorten its titles, "
        "or take a larger layout."
    ),
    FindingKind.LOGO_COARSE: N_(
        "The logo {file} has {pixels} pixels, {dpi} an inch at its size, and looks coarse under {least}; take a picture "
        "about {width} pixels wide."
    ),
    FindingKind.LOGO_UNREADABLE: N_(
        "The logo {file} cannot be read ({detail}); take a PNG or JPEG file, and name it in the template."
    ),
    FindingKind.CONTRAST: N_(
        "{part} in {colour} on {ground} is hard to read: contrast {ratio}, at least {least} is needed; choose another "
        "colour in the template."
    ),
    FindingKind.CODE: N_(
        "{who}: the code on page {page} cannot be read back; give the symbol more room in the template, and let nothing "
        "touch it."
    ),
}
_ON_RIBBON = N_(
    "{part} in {colour} on the ribbon of “{category}”, {ground}, is hard to read: contrast {ratio}, at least {least} is "
    "needed; choose another colour in the template."
)
_PARTS = {
    "week": N_("the week"),
    "event": N_("the event"),
    "name": N_("the name"),
    "latin": N_("the Latin name"),
    "enterprise": N_("the enterprise"),
    "title": N_("the title"),
    "category": N_("the category"),
    "seat": N_("the seat"),
    "code": N_("the code in digits"),
    "synthetic": N_("the mark of invented data"),
    "programme": N_("the programme"),
}


def sentence(finding: Finding) -> str:
    """What is wrong and what to do, in the language in force."""
    params = finding.params
    part = _(_PARTS[finding.part]) if finding.part else ""
    template = _SENTENCES[finding.kind]
    if finding.kind is FindingKind.CONTRAST:
        part = part[:1].upper() + part[1:]
        template = _ON_RIBBON if params["category"] else template
    who = finding.who or (part if finding.kind is FindingKind.GLYPHS else _("All badges"))
    values = {**params, "who": _short(who), "part": part}
    if "text" in params:
        values["text"] = _short(str(params["text"]))
    return fill(template, values)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def summary(found: Preflight) -> str:
    """What was looked at, in one line."""
    told = _("Badges: {badges}, pages: {pages}, read back: {codes} codes on {read} pages, layout: {layout}")
    line = told.format(
        badges=found.badges,
        pages=found.pages,
        codes=found.codes_read,
        read=found.pages_read,
        layout=found.layout,
    )
    if not found.findings:
        return f"{line}. {_('Nothing stands in the way.')}"
    return line


def shape(found: Preflight) -> dict[str, Any]:
    """As `badge preflight --json` prints it."""
    return {
        "layout": found.layout,
        "badges": found.badges,
        "pages": found.pages,
        "pages_read": found.pages_read,
        "codes_read": found.codes_read,
        "findings": [
            {
                "kind": finding.kind,
                "stops": finding.stops,
                "who": finding.who or None,
                "registration": finding.registration,
                "part": finding.part or None,
                "params": dict(finding.params),
                "message": sentence(finding),
            }
            for finding in found.findings
        ],
    }
