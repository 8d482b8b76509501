"""The same verbs for every kind of record."""

import json
from pathlib import Path

import pytest

from ipweek.cli.records import path_of
from ipweek.domain.kinds import KINDS

NASTY = "A [red]b[/] \x1b[31mc\u202ed"


def test_a_record_from_add_to_remove(run, seeded: Path) -> None:
    """Add, list, show, edit, remove; the code as an argument or as an option."""
    assert run("venue", "add", "hall", "--name-zh", "惠州会展中心").exit_code == 0
    added = run(
        "room", "add", "--code", "r1", "--venue", "hall", "--name-en", "Room 1", "--capacity", "80", "--json"
    )
    assert json.loads(added.stdout)["capacity"] == 80
    assert [row["code"] for row in json.loads(run("room", "list", "--venue", "hall", "--json").stdout)] == [
        "r1"
    ]
    assert run("room", "edit", "r1", "--capacity", "").exit_code == 0
    assert json.loads(run("room", "show", "r1", "--json").stdout)["capacity"] is None
    assert "Deleted" in run("room", "remove", "r1", "--yes").stdout
    assert run("room", "show", "r1").exit_code == 4


def test_a_part_without_a_name_is_told_by_its_code_alone(run, seeded: Path) -> None:
    """A count has no name: its code is not said twice."""
    run("result", "add", "draft", "--industry", "led", "--name-en", "Draft")
    told = run("result", "level-count", "add", "--result", "draft", "--level", "city", "--count", "3").stdout
    assert told == "Level count added: draft-count-1\n"


def test_remove_says_that_it_archived(run, seeded: Path) -> None:
    """What others refer to stays, and is left out of lists unless asked for."""
    assert "Archived" in run("week", "remove", "huizhou-2019", "--yes").stdout
    assert json.loads(run("week", "list", "--json").stdout) == []
    assert json.loads(run("week", "list", "--archived", "--json").stdout)[0]["archived"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_lists(run, seeded: Path, kind: str) -> None:
    """As a table and as JSON, with as many rows."""
    told = json.loads(run(*path_of(kind), "list", "--json").stdout)
    table = run(*path_of(kind), "list")
    assert table.exit_code == 0
    for row in told:
        assert row["code"] in table.stdout


def test_starts_keep_their_date_and_time(run, seeded: Path) -> None:
    """A start without a time has none in JSON either."""
    told = json.loads(run("event", "show", "release-2019", "--json").stdout)
    assert told["start"] == "2019-04-25"
    run("event", "edit", "release-2019", "--start", "2019-04-25 09:30")
    told = json.loads(run("event", "show", "release-2019", "--json").stdout)
    assert told["start"] == "2019-04-25T09:30"


def test_an_event_shows_its_sessions_and_links(run, seeded: Path) -> None:
    """What belongs to an event comes with it."""
    run("session", "add", "s1", "--event", "release-2019", "--kind", "exchange", "--name-en", "Exchange")
    run("link", "s1", "--result", "led", "--as", "discussed")
    told = json.loads(run("event", "show", "release-2019", "--json").stdout)
    assert [row["code"] for row in told["sessions"]] == ["s1"]
    assert {(link["place"], link["as"]) for link in told["links"]} >= {
        ("release-2019", "released"),
        ("s1", "discussed"),
    }
    table = run("event", "show", "release-2019").stdout
    assert "s1" in table
    assert "led-2019" in table
    assert "not stated" in table


def test_a_result_has_a_next_version(run, seeded: Path) -> None:
    """`--supersedes` carries the values over and counts the version on."""
    told = json.loads(run("result", "add", "led-2019-2", "--supersedes", "led-2019", "--json").stdout)
    assert (told["version"], told["status"], told["industry"]) == (2, "draft", "led")


def test_a_result_shows_its_counts(run, seeded: Path) -> None:
    """Stated counts by level, as told."""
    told = json.loads(run("result", "show", "li-ion", "--json").stdout)
    assert any(count["count"] == 285 for count in told["counts"])
    assert "285" in run("result", "show", "li-ion").stdout


def test_what_people_typed_is_text(run, seeded: Path) -> None:
    """Markup, escape sequences and bidi overrides come out as plain characters, everywhere."""
    assert run("venue", "add", "v", "--name-en", NASTY, "--address", "[link=x]y").exit_code == 0
    for arguments in (("venue", "list"), ("venue", "show", "v"), ("venue", "show", "v", "--json")):
        told = run(*arguments).stdout
        assert "A [red]b[/] [31mcd" in told
        assert "[link=x]y" in told
        assert "\x1b" not in told
        assert "\u202e" not in told


def test_chinese(run, seeded: Path) -> None:
    """`--lang zh`, before or after the command, and IPWEEK_LANG choose the Chinese names."""
    assert "惠州市知识产权宣传周" in run("week", "list", "--lang", "zh").stdout
    assert "惠州市知识产权宣传周" in run("--lang", "zh", "week", "list").stdout
    assert "IP Week Huizhou" in run("week", "list", "--lang", "en").stdout


def test_chinese_by_environment(run, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment speaks where no flag does."""
    monkeypatch.setenv("IPWEEK_LANG", "zh")
    assert "惠州市知识产权宣传周" in run("week", "list").stdout


def test_more_records_than_a_page(run, seeded: Path) -> None:
    """A list goes on past the service's page."""
    from ipweek.bootstrap import App
    from ipweek.config import load

    app = App(load({"home": str(seeded)}))
    for number in range(205):
        app.records.add(app.actor, "speaker", {"code": f"s{number:03}", "name_en": f"Speaker {number}"})
    app.close()
    assert len(json.loads(run("speaker", "list", "--json").stdout)) == 205
