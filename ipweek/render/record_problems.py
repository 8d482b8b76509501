"""What may be wrong with the workspace, a command or the records in it, as sentences."""

from collections.abc import Mapping

from ipweek.i18n import N_

SENTENCES: Mapping[str, str] = {
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
    "needs-server": N_("This needs the server, which is away: try again later; check-in and registration go on."),
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
    "report-brief-lists": N_("A brief is one page and has no lists: leave out either --brief or --appendices and --unmask."),
    "report-figures-only": N_("{format} has every figure, and neither brief nor lists: choose another --format for these."),
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
}  # fmt: skip
