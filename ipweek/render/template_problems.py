"""What can be wrong in a badge template, as sentences with line and key."""

from collections.abc import Mapping

from ipweek.i18n import N_

SENTENCES: Mapping[str, str] = {
    "template-key-near": N_("{file}, line {line}: there is no key {key}; write {near}."),
    "template-key-unknown": N_("{file}, line {line}: there is no key {key}; there are: {known}."),
    "template-key-missing": N_("{file}, line {line}: {key} is missing; add it."),
    "template-not-section": N_("{file}, line {line}: {key} is a table; write [{key}] above its keys."),
    "template-number": N_(
        "{file}, line {line}: {key} = {value} is no number from {least} to {most}; write one."
    ),
    "template-whole": N_(
        "{file}, line {line}: {key} = {value} is no whole number from {least} to {most}; write one."
    ),
    "template-text": N_("{file}, line {line}: {key} = {value} is no text; put it in quotation marks."),
    "template-flag": N_("{file}, line {line}: {key} = {value} is neither true nor false; write one of them."),
    "template-choice": N_(
        "{file}, line {line}: {key} = {value} is not among the choices; write one of: {known}."
    ),
    "template-colour": N_('{file}, line {line}: {key} = {value} is no colour; write it as "#1f4e79".'),
    "template-sizes": N_(
        "{file}, line {line}: {key} = {value} are no type sizes; write the largest and the smallest on one line in points, "
        "such as [27, 17]."
    ),
    "template-area": N_(
        "{file}, line {line}: {key} = {value} is no area; write [x, y, width, height] in millimetres from the card's "
        "upper left corner."
    ),
    "template-outside": N_(
        "{file}, line {line}: {key} reaches to {right}, {bottom}, but the card is {width} by {height} mm; make it "
        "smaller or move it."
    ),
    "template-page-full": N_(
        "{file}, line {line}: {key}: the cards need {needed} mm, but the page has {there}; take fewer or smaller ones."
    ),
    "template-symbol-small": N_(
        "{file}, line {line}: {key}: scanners miss so small a symbol; make it at least {least} mm."
    ),
    "template-symbol-edge": N_(
        "{file}, line {line}: {key}: the symbol with its quiet zone of {quiet} mm leaves the card; move it or shrink it."
    ),
    "template-on-symbol": N_(
        "{file}, line {line}: {key} reaches into the symbol's quiet zone (from x, y to x, y: {zone}); move it."
    ),
    "template-below-nothing": N_(
        "{file}, line {line}: {key} = {value}: there is no such text to stand below; name another."
    ),
    "template-back-of-many": N_(
        "{file}, line {line}: a back needs a page with one card; take it out, or set columns and rows to 1."
    ),
}
