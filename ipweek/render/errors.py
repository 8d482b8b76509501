"""Error codes as sentences: what happened, and what to do next."""

from collections.abc import Mapping
from enum import StrEnum

from ipweek.domain.errors import IpweekError
from ipweek.i18n import N_, _
from ipweek.render import door_problems, rules, template_problems
from ipweek.render.shown_values import field_label, kind_label, shown
from ipweek.render.words import table_name, word

SENTENCES: Mapping[str, str] = {
    **door_problems.SENTENCES,
    # The workspace and its database
    "workspace-missing": N_("There is no workspace here yet; make one with “ipweek init”, or try “ipweek demo”."),
    "workspace-exists": N_("There is a workspace here already; use it, or name another folder with --home."),
    "schema-older": N_(
        "The workspace was made by an older version (schema {found}); bring it up to date with “ipweek db upgrade”."
    ),
    "schema-newer": N_(
        "The workspace was made by a newer version (schema {found}, this program knows {expected}); update ipweek."
    ),
    "seed-missing": N_("There is no seed named {name}; choose one of: {known}."),
    "seed-loaded": N_("The seed {name} is in this workspace already; there is nothing to do."),
    "seed-invalid": N_("The seed file {file} cannot be used ({detail}); correct it or install ipweek again."),
    "config-invalid": N_("The config file {path} cannot be read ({detail}); correct or remove it."),
    "database-busy": N_("The database is busy with another desk's work; try again in a moment."),
    "database-full": N_("The disk is full; free some space and try again: nothing was changed."),
    "database-readonly": N_("The database is read-only; check who owns its file and folder, or use --home."),
    "database-not-writable": N_("The database file cannot be opened; check the folder's permissions or use --home."),
    "database-not-a-database": N_("The database file is no database; name the right folder with --home."),
    "database-corrupt": N_("The database is damaged; stop working with it and restore the latest backup."),
    "database-io-error": N_("The disk reports an error; check it before going on."),
    "database-unreachable": N_(
        "The database server does not answer; check the network and IPWEEK_DATABASE_URL, then try again."
    ),
    "needs-server": N_("This needs the server, which is away; try again when it is back."),
    "database-url-invalid": N_("IPWEEK_DATABASE_URL is no database address; write sqlite:///FILE or postgresql+psycopg://…"),
    "database-url-unsupported": N_(
        "The database {driver} is not supported; write sqlite:///FILE or postgresql+psycopg://…"
    ),
    "database-needs-file": N_("The database address names no file; write sqlite:///FILE."),
    "database-on-network": N_(
        "{path} lies on a network file system ({file_system}), where SQLite loses data; choose a local folder, or "
        "PostgreSQL."
    ),
    "postgres-not-installed": N_("The PostgreSQL driver is not installed; run: pip install 'ipweek[postgres]'"),
    # The command line
    "needs-terminal": N_("The terminal application needs a terminal; see “ipweek --help” for the commands."),
    "needs-yes": N_("There is nobody to ask here; add --yes if you mean it."),
    "code-needed": N_("Give the new record a code: a short name such as huizhou-2019."),
    "nothing-to-change": N_("Nothing to change; name at least one field, see --help."),
    "codes-needed": N_("Give the codes to scan, or --stdin to read them line by line."),
    "people-needed": N_("Give the registrations to mark, or --enterprise for all of an enterprise."),
    "moment-invalid": N_("{value} is no time; write 2019-04-25 09:30, or with an offset: 2019-04-25T09:30+08:00."),
    "moment-without-offset": N_("The time {at} has no offset; write it as 2019-04-25T09:30+08:00."),
    "figure-missing": N_(
        "There is no figure {figure}; did you mean {similar}? All keys: “ipweek report … --explain list”."
    ),
    "figure-unlike": N_("There is no figure {figure}; see “ipweek report … --explain list” for the keys."),
    "explain-format": N_("An explanation is no {format}; choose terminal, md or json."),
    "explain-alone": N_("With --explain goes one figure; leave --against, --brief, --public and --appendices out."),
    "event-or-week": N_("Say which: either --event or --week."),
    "report-needs-file": N_("A report as {format} goes into a file; name it with --out FILE."),
    "report-public-lists": N_("A public report names nobody: leave out --appendices and --unmask, or --public."),
    "report-against-week": N_("Only a week can be held against another: name it with --week."),
    "report-against-whole": N_("Two weeks side by side have neither brief nor appendices; ask for them of one week."),
    "weeks-same": N_("{week} cannot be held against itself; name another week."),
    # Records and their fields
    "record-missing": N_("There is no {kind} with the code {code}; see “ipweek {kind_code} list”."),
    "place-missing": N_("There is no event or session with the code {place}; see “ipweek event list”."),
    "answer-missing": N_("{event} has no answer with the number {answer}; see “ipweek feedback list”."),
    "event-missing": N_("There is no event with the code {event}; see “ipweek event list”."),
    "session-missing": N_("There is no session with the code {session}; see “ipweek session list”."),
    "code-taken": N_("The code {code} is taken; choose another."),
    "credit-code-taken": N_("Another enterprise has this credit code; look for it with “ipweek enterprise list”."),
    "value-taken": N_(
        "The indicator has such a value already: same kind, period and provenance; change that one with F2 or “edit”."
    ),
    "record-refused": N_("The database refused the record ({detail}); check what you entered."),
    "kind-unknown": N_("There are no records of the kind {kind}; see “ipweek --help”."),
    "kind-has-no-parent": N_("{kind}: these belong to nothing that could filter the list; leave the filter out."),
    "field-unknown": N_("There is no field {field}; see the command's --help for the fields there are."),
    "field-required": N_("{field} is missing; enter it."),
    "field-too-long": N_("{field} is too long: {length} characters where {limit} fit; shorten it."),
    "field-formula": N_("{field} begins like a spreadsheet formula: {value}; take the first character away."),
    "field-code": N_("{field}: {value} is no code; use letters a to z, digits and hyphens, at most 60."),
    "field-integer": N_("{field}: {value} is no whole number; write digits only."),
    "field-decimal": N_("{field}: {value} is no number; write digits, with a point for decimals."),
    "field-partial_day": N_("{field}: {value} is no date; write it as 2019-04-25, 2019-04 or 2019."),
    "field-choices": N_("{field}: {value} holds a word that is not known here."),
    "field-day": N_("{field}: {value} is no date; write it as 2019-04-25."),
    "field-start": N_("{field}: {value} is no start; write 2019-04-25, or with a time 2019-04-25 09:30."),
    "field-choice": N_("{field}: {value} is not among the choices; see the command's --help."),
    "field-reference": N_("{field}: {value} is no code; use the short name of a record."),
    "field-references": N_("{field}: {value} are no codes; separate short names by ;"),
    "field-flag": N_("{field}: {value} is neither yes nor no; write one of them."),
    "field-zone": N_("{field}: {value} is no time zone; write one such as Asia/Shanghai."),
    "field-file": N_("{field}: {value} is no path; write the path of a file."),
    "ends-before-start": N_("{field}: {value} is before the start; correct one of them."),
    "capacity-below-taken": N_("More places are taken already than {field} would allow; cancel some, or raise it."),
    "session-of-other-event": N_("The session {session} does not belong to {event}; choose one of its own."),
    "cancelled-already": N_("{code} is cancelled already; there is nothing to do."),
    # Navigation results
    "record-in-use": N_("{code} is in use: other records refer to it; change those first."),
    "result-released": N_(
        "{code} is released and never edited; make its next version with “ipweek result add --supersedes {code}”."
    ),
    "result-not-released": N_("{result} is not released, so nothing can take its place; edit it instead."),
    "report-draft": N_("{result} is a draft, so there is no report of it to hand out; release it first."),
    "report-received": N_(
        "{name} has the report already ({day}, copies: {copies}); say --again where a further one is taken."
    ),
    "copies-none": N_("{value} copies is none; type 1 or more."),
    "enterprise-or-registration": N_("Say who took it: give either --enterprise or --registration."),
    "reach-unknown": N_(
        "Who heard {result} is not known: nothing released it, or nobody is registered where that was."
    ),
    "released-elsewhere": N_("{result} has been released already; link it as presented or discussed."),
    "release-stands": N_("{result} was released at {place}, which stands; make a next version to correct it."),
    "group-of-itself": N_("An enterprise cannot belong to itself; {value} is in the group that it heads."),
    "label-known": N_("{enterprise} has this label already; correct it with “ipweek enterprise label edit”."),
    "label-missing": N_("{enterprise} does not have this label; see “ipweek enterprise label list {enterprise}”."),
    "contact-missing": N_(
        "{enterprise} has no contact {contact}; see “ipweek enterprise contact list {enterprise}”."
    ),
    "contact-ambiguous": N_("{contact} fits {count} contacts; give the number of one in the list."),
    "alias-known": N_("{enterprise} goes by {value} already; there is nothing to add."),
    "alias-taken": N_("{value} is the name of {enterprise} ({code}); one name means one enterprise."),
    "alias-missing": N_("{enterprise} does not go by {value}; see “ipweek enterprise alias list {enterprise}”."),
    "over-needs-event": N_("A quota is exceeded at an event; name it with --event."),
    "branch-of-itself": N_("A branch cannot be part of itself; {value} is among its own parts."),
    "branch-of-other-result": N_("{value} belongs to another result; choose a branch of this one."),
    "document-missing": N_("There is no file {path}; write the path of a file, or an address such as https://…"),
    "document-is-folder": N_("{path} is a folder; name one file in it."),
    "document-unreadable": N_("{path} cannot be read ({detail}); check its permissions."),
    "digest-form": N_("{value} is no SHA-256; leave it empty, and it is made from the file."),
    "digest-differs": N_("{path} is not the file that was meant: its SHA-256 is {found}."),
    "link-exists": N_("{place} and {result} are linked in this role already; there is nothing to do."),
    "link-missing": N_("{place} and {result} are not linked so; see “ipweek event show”."),
    # Cases
    "case-linked": N_("{place} analyses {case} already; there is nothing to do."),
    "case-not-linked": N_("{place} does not analyse {case}; see “ipweek case show {case}”."),
    "case-after-session": N_("{case} began on {first}, after {place} on {day}: it cannot have been analysed there."),
    "cases-none": N_("{place} analyses no case; link one with “ipweek link {place} --case C”."),
    "result-or-case": N_("Name what is linked: either --result, with --as if you like, or --case."),
    "case-or-session": N_("Name whose sheet it is: either a case, or all of a session by --session."),
    "ending-unknown": N_("The ending of {path} says no format that is written here; use one of: {known}."),
    "xlsx-needs-file": N_("A workbook needs a file; name it with --out."),
    "pdf-needs-file": N_("A PDF needs a file; name it with --out."),
    # Demands
    "demand-ended": N_("{code} is {status}; take it up again before anything else becomes of it."),
    "demand-step-back": N_("{code} is {status} and goes on from there; back it goes only to being taken up."),
    "demand-is-so": N_("{code} is {status} already; there is nothing to do."),
    "demand-needs-outcome": N_("{code} closes only with a result: say what came of it under Outcome."),
    "demand-needs-match": N_("Nothing matches {code}: enter a provider, or what may answer it."),
    "demand-satisfaction": N_("{value} is no satisfaction; it goes from 1 to 5."),
    "demand-not-closed": N_("{code} is not closed yet, so nobody can be satisfied with its outcome."),
    "answer-one": N_("A possible answer is one thing: a result, a case, a speaker, or a provider."),
    "action-done": N_("{code} was done on {day} already; there is nothing to do."),
    # Registrations and badges
    "registration-missing": N_(
        "Nobody is registered under {registration}; look it up with “ipweek registration list --event E”."
    ),
    "registration-ambiguous": N_("{registration} fits {count} registrations; add --event, or give the whole id."),
    "already-registered": N_("{name} is registered for this event already; there is nothing to do."),
    "person-known": N_("{name} is known already under {person}; there is nothing to add."),
    "already-enrolled": N_("{name} takes part in {session} already, or waits for it; there is nothing to do."),
    "enrolment-missing": N_("{name} does not take part in {session}; there is nothing to take back."),
    "already-cancelled": N_("The registration {registration} is cancelled already; there is nothing to do."),
    "unexpected": N_("That failed, and nothing was changed ({detail}). Try again; if it fails again, report it."),
    "already-blocked": N_("The registration {registration} is blocked already; there is nothing to do."),
    "registration-blocked": N_("{name} is blocked at this event; let them in with “ipweek block REG --off” first."),
    "not-blocked": N_("The registration {registration} is not blocked; there is nothing to do."),
    "event-not-open": N_("The event {event} takes no registrations: it is {status}. Change its status first."),
    "event-archived": N_("The event {event} is archived and takes no registrations; choose another."),
    "question-unknown": N_("The event asks no question {question}; see its questions."),
    "answer-form": N_("{item} is no answer; write --answer CODE=TEXT, such as --answer diet=vegetarian."),
    "answer-required": N_("The question {question} needs an answer."),
    "answer-invalid": N_("{value} is no answer to the question {question}; choose or type one that fits."),
    "phone-invalid": N_("{value} is no phone number; write it as 13800138000 or +86 752 1234567."),
    "phone-scientific": N_("{value} was rounded by a spreadsheet; enter the phone number again, as text."),
    "email-invalid": N_("The e-mail address cannot be right; write it as name@example.com."),
    "credit-code-unknown": N_("No enterprise has the credit code {value}; type its name."),
    "credit-code-form": N_("{value} is no credit code; it has 18 digits and capital letters (GB 32100)."),
    "credit-code-check": N_("The last character of the credit code {value} does not fit; compare it with the licence."),
    "credit-code-scientific": N_("{value} was rounded by a spreadsheet; enter the credit code again, as text."),
    "badge-missing": N_("The registration {registration} has no badge; it gets one when it is registered."),
    "badges-none": N_("There is no badge to print for {event}; register somebody, or print all with --only all."),
    "sheet-empty": N_("Nobody holds a place at {event}; a sign-in sheet needs people to sign."),
    "sheet-rows-needed": N_("Name codes or numbers of the sheet, or read them with --stdin; not both."),
    "certificates-none": N_(
        "Nobody to certify at {event}: no accepted entry or mark that still stands ({count} named: {names}); see "
        "“ipweek scans”."
    ),
    "certificate-numbers-used-up": N_(
        "The certificate numbers of {year} are used up: 999 events, 99,999 certificates each."
    ),
    "certificate-file-needed": N_("Say where to: --out FILE for one PDF, or --one-file-each FOLDER."),
    "enterprise-needs-out": N_("The pictures of an enterprise go into a folder; name it with --out."),
    "badge-issues-used-up": N_("The badge {badge} cannot be issued again; cancel and register the person anew."),
    "badge-numbers-used-up": N_("This desk has no badge numbers left; register at another desk."),
    "badge-start-place": N_("The sheet has no place {place}; start at 1 to {places}."),
    "badge-codes-unread": N_(
        "Codes cannot be read back from the drawn pages: {people}; give the symbol more room in the template of {layout}."
    ),
    "logo-unreadable": N_(
        "The logo {file} cannot be read ({detail}); take a PNG or JPEG file, and name it in the template."
    ),
    "template-syntax": N_(
        "{file}, line {line}: this is no TOML, or stands there twice: {text}; write key = value once, and texts in "
        "quotation marks."
    ),
    "template-circle": N_("{file} is based on {layout}, which is based on it again; base it on another."),
    "template-unreadable": N_("The template {file} cannot be read ({detail}); it must be a small text file in UTF-8."),
    "template-missing": N_("There is no template {file}; see “ipweek badge template list”."),
    "badge-code-digits": N_("{text} is no badge code; it has 27 digits."),
    "badge-code-range": N_("The badge number {number} does not fit into a code; check the workspace."),
    "badge-number-range": N_("This desk's badge numbers do not fit into a code; check the workspace."),
    "layout-unknown": N_("There is no layout {layout}; choose one of: {known}."),
    "badge-blanks": N_("{count} blank badges are too many for one run; print at most {most} at once."),
    "badge-code-forged": N_("That code was not made here: it is forged, or of another workspace."),
    "badge-revoked": N_("The badge {badge} is revoked; take another blank one."),
    "badge-taken": N_("The badge {badge} is {name}'s; take a blank one."),
    "badge-other-week": N_("The badge {badge} is not one of this week's; take a blank one of this week."),
    "run-missing": N_("There is no print run {run}; “ipweek badge runs --event E” lists them."),
    "run-ambiguous": N_("{run} fits {count} print runs; give more digits of it."),
    "run-complete": N_("All {pages} pages of the run {run} have left; for some of them again add --from-page P."),
    "run-page-missing": N_("The run has no page {page}; give one of 1 to {pages}."),
    "run-overtaken": N_("Printed in another run meanwhile: {people}; add --again if another copy is wanted."),
    "run-moved-on": N_("Another desk goes on with the run {run}; look at “ipweek badge runs” before you print it again."),
    "run-or-event": N_("Whose badges? Name an event with --event, or a run to go on with by --resume."),
    "page-needs-run": N_("A page to go on from is one of a run; name the run with --resume."),
    "layout-sheet": N_("Labels and pictures hold one badge each; {layout} is a sheet of several, choose another layout."),
    "badge-refs-or-only": N_("Name people, or say --only; not both."),
    "badge-printed": N_("Printed already: {people}; add --again if another copy is wanted."),
    "print-command-missing": N_("This machine has no print command (lp, of CUPS); install it, or make a PDF instead."),
    "print-raw-needs-cups": N_("Only CUPS passes labels on as they are; write them with “badge zpl”, and copy the file."),
    "print-service-down": N_("The print service does not answer ({detail}); start CUPS and try again."),
    "print-timeout": N_("The print system gave no answer in {seconds} seconds; look at the printer and try again."),
    "printers-none": N_("No printer is set up on this machine; add one in the system's settings, or make a PDF instead."),
    "printer-needed": N_("Several printers and none is the default; choose one with --printer: {known}."),
    "printer-missing": N_("There is no printer {printer}; choose one of: {known}."),
    "printer-stopped": N_(
        "The printer {printer} is stopped ({why}); see to it, then start it with “cupsenable {printer}” or in the "
        "system's settings."
    ),
    "printer-refusing": N_(
        "The printer {printer} takes no jobs ({why}); let it with “cupsaccept {printer}” or choose another."
    ),
    "print-refused": N_("The printer {printer} did not take it: {detail}. Try again, or choose another printer."),
    "glyphs-missing": N_(
        "No font has some characters: {people}; set IPWEEK_FONTS to a folder with such a font, or allow gaps with "
        "--allow-missing."
    ),
    "font-unreadable": N_("The font file {file} cannot be read; take it out of the fonts folder."),
    "fonts-folder-missing": N_("The fonts folder {folder} is not there; correct the setting or make the folder."),
    "fonts-missing": N_("The program's fonts are not installed; install ipweek again."),
    # Doors
    "entry-missing": N_("There is no entry to annul for {registration}; see “ipweek scans”."),
    # Files
    "file-missing": N_("There is no file {file}; check the path."),
    "file-empty": N_("{file} is empty; choose the file with the data."),
    "file-lock": N_("{file} is the mark of an open document; close the program and choose the document itself."),
    "file-unreadable": N_("{file} cannot be read ({why}); check its permissions."),
    "open-gone": N_("The file is no longer there; write it again: {path}."),
    "open-no-desktop": N_("There is no desktop here to open a file on; it is at {path}."),
    "open-refused": N_("The system cannot open the file ({detail}); open it yourself: {path}."),
    "file-not-writable": N_("{path} cannot be written ({detail}); choose another place with --out."),
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
    # The report's own texts and photographs
    "week-or-event": N_("It belongs to one thing: name either an event or a week."),
    "text-changed": N_("Another desk has changed this since you opened it; keep your text, go back and read theirs."),
    "text-none": N_("{file} is no text; save it as plain text (UTF-8 or GB18030) and choose that."),
    "text-twice": N_("There are two texts in one language; give one for each at most."),
    "text-needed": N_("Say what to write: --zh, --en or --file, and --number for how many were invited."),
    "number-and-text": N_("How many were invited is a number, and the other parts are texts; see --help."),
    "picture-none": N_("{file} is no photograph; choose a JPEG or PNG file."),
    "picture-broken": N_("{file} is damaged; open it in an image program and save it again as JPEG."),
    "picture-moves": N_("{file} holds several pictures that move; save one of them as JPEG."),
    "picture-too-large": N_("{file} is larger than {limit} megabytes; save it smaller."),
    "picture-too-fine": N_("{file} has more than {limit} million pixels; scale it down first."),
    # Duplicates
    "duplicates-missing": N_("{ref} names neither a person nor an enterprise; see “ipweek duplicates”."),
    "duplicates-mixed": N_("{one} and {other} are a person and an enterprise; name two of a kind."),
    "duplicates-same": N_("{one} and {other} are one already; there is nothing to do."),
    "distinct-already": N_("{one} and {other} were found to be two already; there is nothing to do."),
    "distinct-missing": N_("Nobody has found that {one} and {other} are two; there is nothing to take back."),
    "merge-field": N_("There is no field {field_name} to choose; these can be taken: {known}."),
    "merge-archived": N_("{name} is archived; only those in use can be merged."),
    "merge-missing": N_("There is no merge {merge}; see “ipweek merge list”."),
    "merge-undone": N_("The merge {merge} has been undone already; there is nothing to do."),
    "merge-in-merge": N_("One of the two was merged again since; undo that first: ipweek merge undo {merge}."),
    "merge-built-upon": N_("Not undone, because work since then stands on it ({work}); take that back first."),
    # Copies of desks
    "copy-of-copy": N_("This is a desk's copy itself; take copies from the main workspace."),
    "copy-of-nothing": N_("Say what the copy is for: name events with --event, or a week with --week."),
    "copy-exists": N_("{path} is there already and may hold scans; choose another file, or unite it and remove it."),
    "copy-changes-nothing": N_(
        "This is a desk's copy: it takes scans, walk-ins and badges; change everything else in the main workspace."
    ),
    "copy-missing": N_("There is no file {path}; check the name, or whether the stick is plugged in."),
    "copy-not-one": N_("This file is no desk's copy; name the one that “ipweek desk take” wrote."),
    "copy-unreadable": N_(
        "{path} cannot be read ({detail}); close the program at the desk and copy the file again."
    ),
    "copy-other-version": N_(
        "The copy was taken by another version (schema {found}, this program knows {expected}); use that one."
    ),
    "copy-other-workspace": N_("{path} is the copy of another workspace; unite it there."),
    "copy-altered": N_("Nothing was taken from this file, for it was altered after it was written: {part}."),
    "copy-event-gone": N_("The copy is of {events}, and an event or a door of it is no longer here."),
    "copy-upgrade": N_("A desk's copy keeps the version that it was taken with; unite it, and take a new one."),
    "merge-into-copy": N_("This is a desk's copy; files are united in the main workspace."),
    "leases-used-up": N_("All 9,999 ranges of badge numbers are given out; make a new workspace."),
    "conflict-missing": N_("There is no conflict {conflict}; see “ipweek desk conflicts”."),
    "conflict-settled": N_("{by} has settled this already; see “ipweek desk conflicts --all”."),
    "conflict-way": N_("This conflict cannot be settled so; keep one of: {ways}."),
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

_TOLD = N_("This cannot be done ({code}); run it again with --debug to see where.")


def sentence(error: IpweekError) -> str:
    """The error in the language in force; what people typed is cleaned and clipped."""
    if error.code in rules.SENTENCES:
        return rules.told(error.code, error.params)
    template = SENTENCES.get(error.code) or template_problems.SENTENCES.get(error.code)
    if template is None:
        return _(_TOLD).format(code=shown(str(error)))
    return fill(template, error.params)


def fill(template: str, params: Mapping[str, object]) -> str:
    """A marked sentence, translated, with its values; a value that is not given shows as a dash."""
    return _(template).format_map(_Values(params))


_MEASURES: Mapping[str, str] = {
    "bytes": N_("megabytes"),
    "rows": N_("rows"),
    "columns": N_("columns"),
    "cells": N_("cells"),
    "marks": N_("marks of formatting"),
}

_FORMS: Mapping[str, str] = {
    "pdf": N_("a PDF document"),
    "picture": N_("a picture"),
    "document": N_("a text document or a presentation"),
    "page": N_("a web page"),
    "xml": N_("a spreadsheet in one XML file"),
    "workbook": N_("a workbook in a form of its own (.xlsb, Numbers)"),
}


_PARTS: Mapping[str, str] = {
    "manifest": N_("what it says of itself"),
    "log": N_("its log"),
    "end": N_("the end of its log"),
    "checkpoints": N_("a door"),
    "enterprises": N_("an enterprise"),
    "people": N_("a person"),
    "registrations": N_("a registration"),
    "enrolments": N_("somebody's sessions"),
    "badges": N_("a badge"),
    "prints": N_("a printed copy"),
    "scans": N_("a scan"),
    "audit_entries": N_("who did what"),
    "audit_values": N_("who did what"),
}
"""The parts of a desk's copy that may not hold."""


class _Values(dict[str, str]):
    """The values of a sentence, ready to show; fields and kinds by their labels."""

    def __init__(self, params: Mapping[str, object]) -> None:
        super().__init__({name: shown(value) for name, value in params.items()})
        if "field" in params:
            self["field_code"], self["field"] = self["field"], field_label(str(params["field"]))
        if "kind" in params:
            self["kind_code"], self["kind"] = self["kind"], kind_label(str(params["kind"]))
        if str(params.get("what")) in _MEASURES:
            self["what"] = _(_MEASURES[str(params["what"])])
        if isinstance(work := params.get("work"), Mapping):
            self["work"] = shown([f"{table_name(name)} {count}" for name, count in work.items()])
        if params.get("what") == "bytes" and isinstance(limit := params.get("limit"), int):
            self["limit"] = str(max(1, limit >> 20))
        if str(params.get("part")) in _PARTS:
            self["part"] = _(_PARTS[str(params["part"])])
        if str(params.get("form")) in _FORMS:
            self["form"] = _(_FORMS[str(params["form"])])
        for name in ("status", "role"):
            if isinstance(value := params.get(name), StrEnum):
                self[name] = word(value)

    def __missing__(self, name: str) -> str:
        return "–"
