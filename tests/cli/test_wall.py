"""The wall without a terminal: one picture, or JSON; over the whole demonstration it names nobody."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from ipweek.bootstrap import App
from ipweek.config import load
from ipweek.domain.wall import SAID_LENGTH
from ipweek.i18n import choose
from ipweek.render.plain_text import plain
from ipweek.render.wall import Look, terminal
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration

EVENT = ("--event", "release-2019")


def _personal(app: App) -> set[str]:
    """Everything that names a person or an enterprise of the workspace: names, phones, addresses, codes, seats."""
    columns = (Person.name, Person.name_latin, Person.phone, Person.email, Enterprise.name_zh)
    columns += (Enterprise.name_en, Enterprise.short_name, Enterprise.credit_code, Registration.seat)
    found: set[str] = set()
    with app.uow.read() as session:
        for column in columns:
            found |= set(session.scalars(select(column).where(column.is_not(None))))
    found |= {each.code for each in app.badges.codes("release-2019")}
    found |= {phone.removeprefix("+86")[-8:] for phone in found if phone.startswith("+86")}
    return {text for text in found if len(text) > 1}


def test_nobody_is_named(run, demo: Path) -> None:
    """Neither the JSON nor a picture of any size, in any language, at any turn, has a name, phone, code or enterprise."""
    app = App(load({"home": str(demo)}))
    personal = _personal(app)
    assert len(personal) > 400
    assert {"release-2019"} & personal == set()
    wall = app.wall_jobs.look("release-2019")
    told = [run("wall", *EVENT, "--json").stdout, run("wall", *EVENT, "--once").stdout]
    for tongue in ("en", "zh"):
        choose(tongue)
        for width, height in ((80, 24), (120, 40), (200, 60), (300, 100)):
            told += [
                plain(terminal(wall, width, height, Look(both=both, turn=turn)), width)
                for both in (True, False)
                for turn in (0, 1)
            ]
    assert [(text, name) for text in told for name in personal if name in text] == []
    named = run("wall", *EVENT, "--json", "--enterprises").stdout
    assert any(name in named for name in personal), "the test would see them"
    app.close()


def test_json(run, demo: Path) -> None:
    """It agrees with the live view and the summary."""
    told = json.loads(run("wall", *EVENT, "--json").stdout)
    live = json.loads(run("live", *EVENT, "--json").stdout)
    summary = json.loads(run("report", *EVENT, "--format", "json").stdout)
    for name in ("expected", "expected_attended", "inside", "left", "late"):
        assert told[name] == live[name], name
    assert told["attended"] == live["came"] == summary["attendance"]["attended"]
    assert told["rate"] == summary["attendance"]["rate"]["value"]
    assert told["late"] == summary["attendance"]["late"]
    assert told["inside"] + told["left"] == told["attended"]
    assert sum(slot["people"] for slot in told["arrivals"]) == told["attended"]
    assert told["event"]["code"] == "release-2019"
    assert told["enterprises"]["names"] is None
    assert told["enterprises"]["present"] == summary["enterprises"]["attended"]
    assert told["said"] is None


def test_enterprises_where_they_are_asked_for(run, demo: Path) -> None:
    """As many names as enterprises, in JSON and in the picture."""
    told = json.loads(run("wall", *EVENT, "--json", "--enterprises").stdout)["enterprises"]
    assert len(told["names"]) == told["present"] > 0
    shown = run("wall", *EVENT, "--once", "--enterprises").stdout
    assert f"Enterprises present: {told['present']}" in shown


def test_a_picture(run, demo: Path) -> None:
    """One picture of 80 × 24 where nobody sits at a terminal, in either language."""
    found = run("wall", *EVENT)
    assert found.exit_code == 0, found.output
    assert len(found.stdout.splitlines()) == 24
    assert "of 118 expected" in found.stdout
    assert "应到 118 人" in run("wall", *EVENT, "--once", "--lang", "zh").stdout


def test_an_announcement(run, demo: Path) -> None:
    """It stays for every wall on this workspace until an empty one takes it away; what would steer a terminal goes."""
    said = run("wall", *EVENT, "--say", "Coffee\x1b[31m at 10:45", "--once").stdout
    assert "Coffee[31m at 10:45" in said
    assert json.loads(run("wall", *EVENT, "--json").stdout)["said"] == "Coffee[31m at 10:45"
    run("wall", *EVENT, "--say", "x" * 500, "--once")
    assert json.loads(run("wall", *EVENT, "--json").stdout)["said"] == "x" * SAID_LENGTH
    assert json.loads(run("wall", *EVENT, "--say", "", "--json").stdout)["said"] is None


@pytest.mark.parametrize("content", ["", "no JSON", "[1]", '{"release-2019": 7}'])
def test_a_file_that_cannot_be_read_says_nothing(run, demo: Path, content: str) -> None:
    """The announcements are lost, and nothing else."""
    (demo / "wall.json").write_text(content, encoding="utf-8")
    assert json.loads(run("wall", *EVENT, "--json").stdout)["said"] is None
    assert json.loads(run("wall", *EVENT, "--json", "--say", "Hello").stdout)["said"] == "Hello"


def test_an_event_that_is_not_there(run, demo: Path) -> None:
    """Exit status 4, and nothing is announced."""
    assert run("wall", "--event", "nowhere", "--say", "x").exit_code == 4
    assert not (demo / "wall.json").exists()
