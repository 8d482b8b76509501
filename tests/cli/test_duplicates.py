"""`duplicates` and `merge` at the command line: proposed, looked at, merged, undone, dismissed."""

import json


def _twice(run) -> tuple[str, str]:
    """Somebody entered twice, as the list names them."""
    run("event", "edit", "release-2019", "--capacity", "")
    run(
        "register",
        "--event",
        "release-2019",
        "--name",
        "张伟",
        "--phone",
        "19900001000",
        "--enterprise",
        "华阳",
    )
    run(
        "register",
        "--event",
        "release-2019",
        "--name",
        "张玮",
        "--phone",
        "19900001000",
        "--enterprise",
        "华阳",
    )
    (pair,) = json.loads(run("duplicates", "people", "--json").stdout)
    assert (pair["score"], pair["evidence"]) == (75, ["same_phone", "same_reading"])
    assert "****" in pair["first"]["phone"]
    return pair["first"]["ref"], pair["second"]["ref"]


def test_proposed_looked_at_merged_and_undone(run, seeded):
    """A dry run shows both and changes nothing; without a terminal a merge needs --yes."""
    one, other = _twice(run)
    told = run("duplicates").stdout
    assert "张伟" in told
    assert "+same phone" in told
    seen = json.loads(run("merge", one, other, "--dry-run", "--json").stdout)
    assert {row["field"]: row["same"] for row in seen["fields"]}["name"] is False
    assert seen["events"][0]["event"] == "release-2019"
    shown = run("merge", "--dry-run", "--take", "name", one, other).stdout
    assert "≠ Name" in shown
    assert run("merge", one, other).exit_code == 2
    done = json.loads(run("merge", one, other, "--take", "name", "--yes", "--json").stdout)
    assert done["rows"]["registrations"] >= 1
    assert len(json.loads(run("duplicates", "--json").stdout)) == 0
    assert json.loads(run("person", "show", other, "--json").stdout)["name"] == done["keep"]["name"]
    (line,) = json.loads(run("merge", "list", "--json").stdout)
    assert line["merge"] == done["merge"]
    assert "two again" in run("merge", "undo", done["merge"], "--yes").stdout
    again = run("merge", "undo", done["merge"], "--yes")
    assert (again.exit_code, "undone already" in again.stderr) == (1, True)
    assert "(undone)" in run("merge", "list").stdout


def test_two_that_are_two_and_wrong_input(run, seeded):
    """A decision is listed and taken back; each wrong name is one clear line with a status of its own."""
    one, other = _twice(run)
    assert run("duplicates", "dismiss", one, other).exit_code == 0
    assert "Nobody" in run("duplicates", "people", "--event", "release-2019").stdout
    assert json.loads(run("duplicates", "dismissed", "--json").stdout)[0]["kind"] == "people"
    assert run("duplicates", "dismiss", one, other).exit_code == 4
    assert run("duplicates", "dismiss", "--undo", one, other).exit_code == 0
    assert "entered twice" in run("duplicates", "people").stdout
    for arguments, status, words in (
        ((one, "nobody"), 4, "neither a person nor an enterprise"),
        ((one, one), 1, "one already"),
        ((one, "华阳"), 2, "name two of a kind"),
        ((one, other, "--take", "age"), 2, "no field age"),
    ):
        found = run("merge", *arguments, "--yes")
        assert (found.exit_code, words in found.stderr, found.stdout) == (status, True, "")
    assert run("merge", "undo", "7", "--yes").exit_code == 4
    assert run("merge", one).exit_code == 2
