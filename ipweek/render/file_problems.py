"""What may be wrong with a file that is read or written, and with an import, as sentences."""

from collections.abc import Mapping

from ipweek.i18n import N_

SENTENCES: Mapping[str, str] = {
    # Files
    "file-missing": N_("There is no file {file}; check the path."),
    "file-empty": N_("{file} is empty; choose the file with the data."),
    "file-lock": N_("{file} is the mark of an open document; close the program and choose the document itself."),
    "file-unreadable": N_("{file} cannot be read ({why}); check its permissions."),
    "open-gone": N_("The file is no longer there; write it again: {path}."),
    "open-no-desktop": N_("There is no desktop here to open a file on; it is at {path}."),
    "open-refused": N_("The system cannot open the file ({detail}); open it yourself: {path}."),
    "file-not-writable": N_("This cannot be written ({detail}); choose another place than {path}."),
    "file-open-elsewhere": N_(
        "{path} is open in another program; close it there (if it is not, delete {lock}), or write to another file."
    ),
    "file-broken": N_("The file is damaged; open it in a spreadsheet program and save it again."),
    "file-protected": N_("The file has a password; save a copy without one."),
    "file-is-folder": N_("{file} is a folder; choose a file in it."),
    "file-is-device": N_("{file} is a device or a pipe, not a file; choose a file."),
    "file-packed": N_("{file} is a packed archive; unpack it and choose the spreadsheet in it."),
    "file-no-table": N_("{file} is {form} and has no table to read; ask for the spreadsheet it was made from."),
    "file-other-kind": N_(
        "{file} is {form}, whatever its name says; open it in Excel or WPS and save it as .xlsx."
    ),
    "not-a-spreadsheet": N_("The file is no spreadsheet; save it as .xlsx or .csv."),
    "too-large": N_("The file holds more than {limit} {what}; split it."),
    "quotes-broken": N_("A quotation mark is not closed near row {row}; correct it or save as .xlsx."),
    "row-too-long": N_(
        "Row {row} holds more than {limit} characters in a cell or a line; look for a missing quotation mark or line "
        "break, or save it as .xlsx."
    ),
    "encoding-mixed": N_(
        "The text from row {row} on is in another encoding than what stands above it; save it anew as .xlsx."
    ),
    "text-nul": N_("Row {row} has characters that no text has (NUL); save the file anew as .xlsx."),
    "sheets-hidden": N_(
        "What can be read in {file} is on hidden sheets: {sheets}; show them and save the file, or name one with --sheet."
    ),
    "sheets-none": N_("{file} has no sheet with cells, only charts or macros; choose the file with the data."),
    "sheet-missing": N_("There is no sheet {sheet}; the file has: {sheets}."),
    "header-not-found": N_(
        "No header row was recognised (row {row} has: {seen}); a column such as {expected} is needed, or name it "
        "with --map COL=FIELD."
    ),
    "column-missing": N_("There is no column {column}; the file has: {columns}."),
    "column-twice": N_("Several columns would be {field}: {columns}; choose one with --map COL={field_code}."),
    "map-form": N_("{item} is no mapping; write --map COL=FIELD, such as --map 单位=enterprise."),
    "not-a-patent-export": N_(
        "This is no patent export: it has {seen}, and columns such as {needed} are needed; name them with "
        "--map COL=FIELD."
    ),
    "patent-unit": N_("This export has no columns to count by {unit}; choose one of: {units}."),
    "region-unknown": N_(
        "The week's city is not known (code {code}, name {city}); enter its region code, such as 441300."
    ),
    "region-code-level": N_("{code} is not the region code of a city; enter one such as 441300."),
    "region-needed": N_(
        "No week says for which city to count; name the city by its region code, such as --region 441300."
    ),
    "patents-none": N_("Nothing could be counted in {file}: of {rows} rows, {refused} have no number to count by."),
    "patents-known": N_("{file} was imported into {result} on {day} already; undo that import first."),
    "import-stopped": N_("Stopped: nothing of {file} was stored."),
    # Imports
    "batch-missing": N_("There is no import {batch}; see “ipweek import list”."),
    "already-undone": N_("The import of {file} has been undone already; there is nothing to do."),
    "undo-not-offered": N_("{file} is an import of another kind; take it back with “ipweek import undo”."),
    "undo-not-logged": N_("{file} was imported by an older version, which kept too little to take it back."),
    "undo-depends": N_(
        "{file} cannot be taken back: later work stands on it ({count}: {names} …); see “ipweek import undo --dry-run”."
    ),
    "undo-no-dry-run": N_("The import of a patent export is taken back whole; there is nothing to try with --dry-run."),
    "mapping-missing": N_("There is no remembered mapping {mapping}; see “ipweek import mappings list”."),
    "mapping-or-all": N_("Say which: either one remembered mapping, or --all."),
    "header-row-blank": N_("Row {row} is empty; name the row of the headers as the spreadsheet numbers it."),
    "field-unmapped": N_(
        "No column holds {field}; row {row} has: {columns}. Name it with --map COL={field_code}, or another row with "
        "--header-row."
    ),
    "table-empty": N_("There is nothing below the headers in row {row}; enter the data, or choose another sheet."),
    "refused-none": N_("No row was refused, so there is no list to write."),
    "event-needed": N_("Registrations belong to an event; name it with --event."),
}  # fmt: skip
