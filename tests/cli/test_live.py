"""The live counts without a terminal: once, as a text or as JSON."""

import json
from pathlib import Path

EVENT = ("--event", "release-2019")


def test_json(run, demo: Path) -> None:
    """The counts agree with the summary of the event, and the arrivals add up to those who came."""
    told = json.loads(run("live", *EVENT, "--json").stdout)
    summary = json.loads(run("report", *EVENT, "--format", "json").stdout)
    assert told["event"] == "release-2019"
    assert told["registered"] == summary["registrations"]["registered"]
    assert told["came"] == summary["attendance"]["attended"]
    assert sum(slot["people"] for slot in told["arrivals"]) == told["came"]
    assert sum(row["came"] for row in told["by_enterprise"]) == told["came"]
    assert told["arrivals"][0]["at"].endswith("+08:00")
    assert told["doors"][0] == {
        "door": "release-2019",
        "came": told["came"],
        "inside": told["inside"],
        "capacity": None,
    }


def test_text(run, demo: Path) -> None:
    """One shot where nobody watches, with or without `--once`, in either language."""
    for extra in ((), ("--once",)):
        found = run("live", *EVENT, *extra)
        assert found.exit_code == 0, found.output
        assert "Arrivals every 5 minutes" in found.stdout
        assert "Doors" in found.stdout
    assert "QLED显示技术" in run("live", *EVENT, "--lang", "zh").stdout


def test_a_narrow_screen_has_what_fits(run, demo: Path) -> None:
    """Within a screen's lines the enterprises are cut short, and nothing else is."""
    from ipweek.bootstrap import App
    from ipweek.config import load
    from ipweek.render.live_terminal import terminal
    from ipweek.render.plain_text import plain

    app = App(load({"home": str(demo)}))
    counts = app.live.counts("release-2019")
    app.close()
    lines = plain(terminal(counts, 80, 30), 80).splitlines()
    assert len(lines) <= 30
    assert any("Enterprises" in line for line in lines)
    assert len(plain(terminal(counts, 80), 80).splitlines()) > 40


def test_an_event_that_is_not_there(run, demo: Path) -> None:
    """Exit status 4."""
    assert run("live", "--event", "nowhere").exit_code == 4
