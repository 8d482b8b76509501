"""Click's own words in the language in force.

Click asks the standard library's gettext for them, by the text domain and the LANGUAGE of the process; both are
pointed at the program's own catalogue, so what Click says is marked here for it.
"""

import gettext
import os

from ipweek import i18n
from ipweek.i18n import N_

_DOMAIN = "ipweek"


def choose(code: str) -> None:
    """Make `en` or `zh` the language of the program and of Click."""
    i18n.choose(code)
    gettext.bindtextdomain(_DOMAIN, i18n.__path__[0])
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = "zh_CN" if i18n.language() == "zh" else "en"


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark a message with a singular and a plural, under the name by which extraction knows such a pair."""
    return one, many


SAID = (
    N_("Usage:"),
    N_("Options"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Error: {message}"),
    N_("Error: invalid input"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Choose from:\n\t{choices}"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("file"),
    N_("directory"),
    N_("path"),
)
SAID_OF_SEVERAL = (
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
