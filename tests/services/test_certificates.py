"""Certificates of attendance: only for those who came, numbered once, and a number that proves itself."""

from pathlib import Path

import pytest

from ipweek.config import Settings
from ipweek.domain import certificates as numbers
from ipweek.domain.actor import Actor
from ipweek.domain.certificates import Standing, WhyNot
from ipweek.domain.checkin import Door, ScanRequest
from ipweek.domain.errors import InvalidError
from ipweek.domain.words import RegistrationStatus
from ipweek.jobs.certificates import CertificateJobs
from ipweek.services.audit import Audit
from ipweek.services.certificates import Certificates
from ipweek.services.signin import SignIn
from ipweek.storage.tables.people import Registration
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.world import SECRET, World, build


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Four guests, of whom the first was scanned in and the second signed on paper."""
    return build(uow, 4)


@pytest.fixture
def certificates(world: World, clock: StandingClock) -> Certificates:
    """The service under test."""
    return Certificates(world.uow, clock)


@pytest.fixture
def signin(world: World, clock: StandingClock) -> SignIn:
    """The doors."""
    return SignIn(world.uow, clock)


@pytest.fixture
def door(world: World, signin: SignIn, actor: Actor) -> Door:
    """The event's door, after two have come."""
    found = signin.door(world.event_code)
    signin.scan(actor, found, ScanRequest(world.guests[0].code))
    signin.key_in(actor, found, "2")
    return found


def test_only_for_those_who_came(
    world: World, certificates: Certificates, signin: SignIn, door: Door, actor: Actor
) -> None:
    """Without names, all who came; with names, those who did not are told by name and reason and get none."""
    signin.scan(actor, door, ScanRequest(world.code(3, secret=bytes(32))))
    world.set(Registration, world.guests[3].registration, status=RegistrationStatus.CANCELLED)
    assert [one.name for one in certificates.issue(actor, world.event_code).certificates] == [
        "来宾0",
        "来宾1",
    ]
    issued = certificates.issue(actor, world.event_code, ["1", "3", "4"])
    assert [one.name for one in issued.certificates] == ["来宾0"]
    assert [(one.name, one.why) for one in issued.refused] == [
        ("来宾2", WhyNot.NOT_ATTENDED),
        ("来宾3", WhyNot.CANCELLED),
    ]
    with pytest.raises(InvalidError) as error:
        certificates.issue(actor, world.event_code, ["3"])
    assert (error.value.code, error.value.params["names"]) == ("certificates-none", "来宾2")


def test_the_same_person_the_same_number(
    world: World, certificates: Certificates, signin: SignIn, door: Door, actor: Actor
) -> None:
    """Printed again it bears the number of the first time; whoever comes later gets the next one; all is logged."""
    first = certificates.issue(actor, world.event_code)
    signin.key_in(actor, door, "3")
    second = certificates.issue(actor, world.event_code)
    assert [one.number[:14] for one in second.certificates] == [f"2019-001-0000{n}" for n in (1, 2, 3)]
    assert [one.number for one in first.certificates] == [one.number for one in second.certificates][:2]
    assert (first.new, second.new) == (2, 1)
    audit = Audit(world.uow)
    assert [line.action for line in audit.lines() if line.record_kind == "certificate"] == ["issue", "issue"]
    assert audit.broken() == ()


def test_verified(world: World, certificates: Certificates, door: Door, actor: Actor) -> None:
    """A number tells who attended what and when, however it is typed."""
    (one,) = certificates.issue(actor, world.event_code, ["1"]).certificates
    for typed in (one.number, one.number.replace("-", ""), f" {one.number.replace('-', '－')} "):
        found = certificates.verify(typed)
        assert (found.standing, found.certificate) == (Standing.GENUINE, one)
    assert (one.name, one.event.text("zh"), str(one.day)) == ("来宾0", "release-2019", "2019-04-25")


def test_forged_and_unknown_numbers(
    world: World, certificates: Certificates, door: Door, actor: Actor
) -> None:
    """A changed number, one of another key, and what is no number at all are refused; a genuine one never issued is told."""
    (one,) = certificates.issue(actor, world.event_code, ["1"]).certificates
    changed = one.number.replace("-00001-", "-00002-")
    other = str(numbers.make_number(2019, 1, 1, bytes(32), world.workspace))
    never = str(numbers.make_number(2019, 1, 77, SECRET, world.workspace))
    asked = (changed, other, one.number.replace("2019", "2020"), never, "2019-1", "", world.guests[0].code)
    assert [certificates.verify(each).standing for each in asked] == [
        *(Standing.FORGED, Standing.FORGED, Standing.FORGED, Standing.UNKNOWN),
        *(Standing.INVALID, Standing.INVALID, Standing.INVALID),
    ]
    assert certificates.verify(changed).certificate is None


def test_revoked_with_the_attendance(
    world: World, certificates: Certificates, signin: SignIn, door: Door, actor: Actor
) -> None:
    """An annulled entry takes the certificate with it, and a new one brings it back under its number."""
    (one,) = certificates.issue(actor, world.event_code, ["2"]).certificates
    signin.undo(actor, door, world.guests[1].registration)
    revoked = certificates.verify(one.number)
    assert (revoked.standing, revoked.certificate) == (Standing.REVOKED, one)
    with pytest.raises(InvalidError):
        certificates.issue(actor, world.event_code, ["2"])
    signin.key_in(actor, door, "2")
    assert certificates.verify(one.number).standing is Standing.GENUINE
    assert certificates.issue(actor, world.event_code, ["2"]).certificates == (one,)


def test_two_events_of_a_year(
    world: World, certificates: Certificates, signin: SignIn, door: Door, actor: Actor
) -> None:
    """Each event of a year has its own numbers, so that no two certificates share one."""
    certificates.issue(actor, world.event_code)
    other = world.add_event("exchange-2019", world.add_week("other-2019"))
    world.set(Registration, world.guests[2].registration, event_id=other)
    signin.mark_present(actor, signin.open_door(actor, "exchange-2019"), world.guests[2].registration)
    (one,) = certificates.issue(actor, "exchange-2019").certificates
    assert one.number.startswith("2019-002-00001-")
    assert certificates.verify(one.number).standing is Standing.GENUINE


def test_one_file_each(
    world: World, certificates: Certificates, signin: SignIn, door: Door, actor: Actor, tmp_path: Path
) -> None:
    """A folder gets a file a person, named by person and number; what is in the way is told by its path."""
    jobs = CertificateJobs(certificates, Settings(tmp_path, "", "zh", "desk-1", "operator", None, tmp_path))
    run = jobs.write(actor, world.event_code, folder=tmp_path / "证明")
    assert [path.name for path in run.files] == [f"{one.name} {one.number}.pdf" for one in run.certificates]
    assert all(path.read_bytes().startswith(b"%PDF") for path in run.files)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InvalidError) as error:
        jobs.write(actor, world.event_code, folder=tmp_path / "file")
    assert error.value.code == "file-not-writable"
