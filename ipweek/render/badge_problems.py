"""What may be wrong with registrations, badges and their printing, as sentences."""

from collections.abc import Mapping

from ipweek.i18n import N_

SENTENCES: Mapping[str, str] = {
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
}  # fmt: skip
