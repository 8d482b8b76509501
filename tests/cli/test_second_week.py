"""A second week in another city and time zone, set up and held by the command line alone."""

import json
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream

from tests.second_week import CAME, EVENT, HEARD, PEOPLE, RECORDS, RESULT, TIMES, WEEK, reached


def test_a_second_week_by_the_command_line(run, seeded: Path, tmp_path: Path) -> None:
    """Beside Huizhou 2019: records, a release, registrations, badges, scans; the reach and the hours are Berlin's."""
    before = json.loads(run("report", "--event", "release-2019", "--format", "json").stdout)
    for record in RECORDS:
        options = [
            part for name, text in record.texts.items() for part in (f"--{name.replace('_', '-')}", text)
        ]
        added = run(record.kind, "add", *options)
        assert added.exit_code == 0, added.output
        assert added.stderr == ""
    assert run("link", EVENT, "--result", RESULT, "--as", "released").exit_code == 0
    for name, enterprise in PEOPLE.items():
        assert run("register", "--event", EVENT, "--name", name, "--enterprise", enterprise).exit_code == 0
    codes = {
        row["name"]: row["code"]
        for row in json.loads(run("badge", "codes", "--event", EVENT, "--json").stdout)
    }
    scanned = run("checkin", "--event", EVENT, *(codes[name] for name in CAME))
    assert scanned.exit_code == 0, scanned.output
    assert reached(json.loads(run("reach", RESULT, "--json").stdout)) == HEARD
    out = tmp_path / "berlin.ics"
    assert run("export", "schedule", "--week", WEEK, "--out", out).exit_code == 0
    events = IcsCalendarStream.calendar_from_ics(out.read_text("utf-8")).events
    assert {event.summary: (event.dtstart.isoformat(), event.dtend.isoformat()) for event in events} == TIMES
    after = json.loads(run("report", "--event", "release-2019", "--format", "json").stdout)
    assert after["registrations"] == before["registrations"]
