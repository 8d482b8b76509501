"""Merging on both engines: what stays, what moves up, which badge opens the door, what an undo refuses."""

import pytest

from ipweek.domain.checkin import ScanRequest
from ipweek.domain.duplicates import Evidence
from ipweek.domain.enterprises import ContactChanges
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError, UsageError
from ipweek.domain.merging import Side
from ipweek.domain.people import PersonChanges
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import ImportKind, Reason, RegistrationStatus, Verdict
from ipweek.services.enterprise_parts import EnterpriseParts
from ipweek.services.live import Live
from ipweek.services.matching import person_of
from ipweek.services.reports import Reports
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from tests.desk import refusal
from tests.merge_world import FIRMS, NAMES, MergeWorld

DECIDED = {
    Person: {
        "conflicts.other_id",
        "conflicts.person_id",
        "feedback.person_id",
        "badges.former_id",
        "badges.person_id",  # the used one is the person's, the other one leads to him
        "people.merged_into",
        "registrations.person_id",  # two at one event are united
        "scans.person_id",
    },
    Enterprise: {
        "applicants.enterprise_id",
        "case_parties.enterprise_id",
        "checkpoint_enterprises.enterprise_id",  # a door for one of the two is for the one that stays
        "demands.enterprise_id",
        "enterprise_aliases.enterprise_id",  # one of a name
        "enterprise_contacts.enterprise_id",  # one that says the same
        "enterprise_industries.enterprise_id",  # one of an industry
        "enterprise_labels.enterprise_id",  # one of a label, completed by the other
        "enterprises.group_id",  # no circle comes of it
        "enterprises.merged_into",
        "people.enterprise_id",
        "receipts.enterprise_id",
        "registrations.enterprise_id",
        "statements.enterprise_id",
    },
    Registration: {
        "conflicts.registration_id",
        "admissions.registration_id",  # added up anew from the log
        "certificates.registration_id",  # one of two; only its number goes on verifying
        "enrolments.registration_id",  # the better of two in a session
        "print_run_badges.registration_id",
        "prints.registration_id",
        "receipts.registration_id",
        "registrations.substitute_for",
        "scans.registration_id",
    },
    Badge: {
        "conflicts.badge_id",
        "print_run_badges.badge_id",
        "prints.badge_id",
        "scans.badge_id",
    },  # they stay with the badge that they tell of
}


@pytest.mark.parametrize("table", DECIDED, ids=lambda table: table.__tablename__)
def test_what_refers_to_merged_records_is_decided(table):
    """A new reference moves by itself; whoever adds one says here that this is right, or writes what is."""
    assert {str(column) for column in references(table.__table__)} == DECIDED[table]


@pytest.fixture
def world(uow, clock, actor) -> MergeWorld:
    """Two events, one of them for two people."""
    return MergeWorld(uow, clock, actor)


def ids(world, *numbers):
    """People of the world by id."""
    return [world.person(number) for number in numbers]


def test_both_at_one_event_are_one_and_who_waits_moves_up(world):
    """One registration goes on with both people's sessions; the place set free goes to the first in line, until undone."""
    world.play([("register", 0, 0, 1, 0), ("register", 1, 0, 2, 1), ("register", 2, 0, 2, 0)])
    keep, drop, third = ids(world, 0, 1, 2)
    review = world.merging.review(keep, drop)
    assert [(one.code, one.stays) for one in review.events] == [("one", Side.KEEP)]
    assert set(review.evidence) == {Evidence.SAME_READING, Evidence.PHONE_DIFFERS}
    gone = world._registration(1, 0).id
    merged = world.merging.merge(world.actor, keep, drop)
    assert merged.promoted == (NAMES[2],)
    stays = world.registrations.show(str(gone))
    assert (stays.person, set(stays.sessions)) == (merged.keep.id, {"talk", "panel"})
    assert world.people.show(third).registrations[0].status is RegistrationStatus.REGISTERED
    assert Reports(world.uow).event("one").registrations.registered == 2
    world.check_counts()
    world.merging.undo(world.actor, str(merged.id))
    assert world.people.show(third).registrations[0].status is RegistrationStatus.WAITING
    assert world.registrations.show(str(gone)).name == NAMES[1]


def test_who_is_blocked_under_one_name_is_blocked(world):
    """A merge lets nobody in who was kept out, and passes the other place on."""
    world.play([("register", 0, 0, 1, 0), ("register", 1, 0, 2, 1), ("end", 1, 0, "block")])
    keep, drop = ids(world, 0, 1)
    world.merging.merge(world.actor, keep, drop)
    (row,) = world.people.show(keep).registrations
    assert (row.status, row.sessions) == (RegistrationStatus.BLOCKED, ())
    world.check_counts()


def test_the_paper_badge_that_somebody_wears_still_opens_the_door(world):
    """The used badge becomes the person's, the other one admits him too, once; a reissue ends both."""
    world.play([("register", 0, 0, 0, 0), ("register", 1, 0, 0, 0), ("scan", 1, 2, "entry")])
    codes = {each.name: each.code for each in world.badges.codes("one")}
    door = world.checkin.open_door(world.actor, "one", "panel")
    world.checkin.scan(world.actor, door, ScanRequest(codes[NAMES[1]]))
    keep, drop = ids(world, 0, 1)
    (two,) = world.merging.merge(world.actor, keep, drop).badges
    (now,) = world.badges.codes("one")
    assert now.code == codes[NAMES[1]]
    assert world.people.show(keep).badge_no == two.stays
    answer = world.checkin.scan(world.actor, door, ScanRequest(codes[NAMES[0]]))
    assert (answer.reason, answer.name) == (Reason.ALREADY_IN, NAMES[0])
    first = world.checkin.scan(world.actor, world.checkin.door("one"), ScanRequest(codes[NAMES[0]]))
    assert first.verdict is Verdict.ACCEPTED
    assert world.checkin.identify(codes[NAMES[0]], "one").registration.person.hex == keep.replace("-", "")
    assert world.registrations.show(two.other).name == NAMES[0]
    assert [row.name for row in world.registrations.page("one", two.other).rows] == [NAMES[0]]
    assert Reports(world.uow).event("one").attendance.attended == 1
    assert Live(world.uow, world.clock).counts("one").inside == 1
    world.badges.reissue(world.actor, str(world._registration(0, 0).id))
    for code in codes.values():
        refused = world.checkin.scan(world.actor, world.checkin.door("one"), ScanRequest(code))
        assert refused.reason is Reason.REVOKED


def test_an_undo_is_refused_where_work_since_stands_on_it(world):
    """The list says what: a scan, an edit; a later merge is undone first; nothing is half undone."""
    world.play([("register", 0, 0, 1, 0), ("register", 1, 1, 0, 1), ("register", 2, 1, 0, 1)])
    keep, drop, third = ids(world, 0, 1, 2)
    made = str(world.merging.merge(world.actor, keep, drop).id)
    world.tick.forward(minutes=1)
    later = str(world.merging.merge(world.actor, third, keep).id)
    told = refusal(InvalidError, "merge-in-merge", world.merging.undo, world.actor, made)
    assert told == {"merge": later}
    world.merging.undo(world.actor, later)
    before = world.dump()
    row = next(row for row in world.people.show(keep).registrations if row.event == "two")
    world.checkin.mark_present(world.actor, world.checkin.door("two"), row.id)
    world.people.edit(world.actor, keep, PersonChanges(name_latin="Zhang Wei"))
    told = refusal(InvalidError, "merge-built-upon", world.merging.undo, world.actor, made)
    assert told["work"] == {"admissions": 1, "scans": 1}
    world.people.edit(world.actor, keep, PersonChanges(name="张伟 先生"))
    assert world.dump() != before
    assert [line.undone_at is None for line in world.merging.merges()] == [False, True]
    refusal(InvalidError, "merge-undone", world.merging.undo, world.actor, later)


def test_an_undo_needs_the_place_that_the_merge_set_free(world):
    """Where somebody has taken it since, the merge stands."""
    world.play([("register", 0, 0, 0, 0), ("register", 1, 0, 0, 1)])
    keep, drop = ids(world, 0, 1)
    made = str(world.merging.merge(world.actor, keep, drop).id)
    world.play([("register", 3, 0, 0, 0)])
    before = world.dump()
    told = refusal(InvalidError, "merge-built-upon", world.merging.undo, world.actor, made)
    assert told == {"work": {"events": 1}}
    assert world.dump() == before


def test_values_are_taken_from_either_side(world):
    """The one kept fills its gaps, a chosen field is the other's, notes are both, consent is the stricter."""
    world.play([("register", 0, 1, 0, 1), ("register", 1, 1, 0, 0)])
    keep, drop = ids(world, 0, 1)
    with world.uow.write() as session:
        own, other = (session.get(Person, world.people.show(each).person) for each in (keep, drop))
        own.note, other.note, other.email, other.consent_version = "gluten", "vegan", "w@example.com", "v1"
    refusal(UsageError, "merge-field", world.merging.merge, world.actor, keep, drop, {"age": Side.DROP})
    world.merging.merge(world.actor, keep, drop, {"phone": Side.DROP, "enterprise": Side.DROP})
    with world.uow.read() as session:
        own = session.get(Person, own.id)
        firm = session.get(Enterprise, own.enterprise_id)
        assert (own.name, own.phone, own.email) == (NAMES[0], "+8619900001001", "w@example.com")
        assert (own.note, own.consent_version, firm.name_zh) == ("gluten\nvegan", None, FIRMS[0])
        assert all(part in own.search_key for part in (NAMES[1], "1000", "1001", FIRMS[1]))
        found = person_of(session, NAMES[1], "+8619900001001", None)
        assert found is not None
        assert found.id == own.id


def test_what_is_named_by_an_old_name_is_the_one_that_was_kept(world, tmp_path):
    """Code, credit code, name and id of an enterprise that is gone; a list with its name imports without a new one."""
    file = tmp_path / "list.csv"
    file.write_text(
        "单位名称,统一社会信用代码,姓名,手机\n"
        f"{FIRMS[0]},91441300734122111K,{NAMES[0]},19900001000\n"
        f"{FIRMS[1]},914403001922038216,{NAMES[1]},19900001001\n",
        encoding="utf-8",
    )
    firms = tmp_path / "firms.csv"
    rows = (line.rsplit(",", 2)[0] for line in file.read_text("utf-8").splitlines())
    firms.write_text("\n".join(rows), encoding="utf-8")
    world.imports.run(world.actor, ImportKind.ENTERPRISES, firms)
    world.imports.run(world.actor, ImportKind.REGISTRATIONS, file, "two")
    gone = world.records.list("enterprise")
    codes = {record.name("zh"): record for record in gone}
    keep, drop = (codes[name].code for name in FIRMS[:2])
    fields = {"name_zh": Side.DROP, "credit_code": Side.DROP}
    world.merging.merge(world.actor, keep, drop, fields)
    shown = world.records.show("enterprise", drop)
    assert (shown.code, shown.values["credit_code"]) == (keep, "914403001922038216")
    for name in (*FIRMS[:2], drop, "914403001922038216", "91441300734122111K"):
        assert world.enterprises.show(name, "two").enterprise.code == keep
    people = ids(world, 0, 1)
    world.merging.merge(world.actor, *people)
    again = world.imports.run(world.actor, ImportKind.ENTERPRISES, firms)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert [problem.code for problem in again.problems] == ["twice-in-file"]
    again = world.imports.run(world.actor, ImportKind.REGISTRATIONS, file, "two")
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert [problem.code for problem in again.problems] == ["twice-in-file"]


def test_labels_and_contacts_of_both_are_one_of_each(world, tmp_path):
    """A label of both keeps the certificate that only one states, and a contact that says the same is one."""
    file = tmp_path / "list.csv"
    file.write_text(
        "企业名称,联系人,联系电话,是否贯标\n"
        f"{FIRMS[0]},{NAMES[0]},19900001000,\n{FIRMS[1]},{NAMES[0]},19900001000,\n",
        encoding="utf-8",
    )
    world.imports.run(world.actor, ImportKind.ENTERPRISES, file)
    before = world.dump()
    merged = world.merging.merge(world.actor, *FIRMS[:2])
    assert merged.keep.has["enterprise_contacts"] == 1
    assert merged.keep.has["enterprise_aliases"] == 1
    world.merging.undo(world.actor, str(merged.id))
    assert world.dump() == before


def test_of_two_groups_and_two_main_contacts_one_stays(world):
    """The head that merges with its member takes its own head, its other members follow, and one contact is the main one."""
    parts = EnterpriseParts(world.uow, world.tick)
    world.add("enterprise", "holding", name_zh="样例控股")
    world.add("enterprise", "head", name_zh="样例集团", group="holding")
    world.add("enterprise", "factory", name_zh="样例工厂", group="head")
    world.add("enterprise", "shop", name_zh="样例商店", group="head")
    for code, name in (("head", NAMES[0]), ("factory", NAMES[1])):
        parts.add_contact(world.actor, code, ContactChanges(name=name, main=True))
    before = world.dump()
    merged = world.merging.merge(world.actor, "factory", "head")
    groups = {code: world.records.show("enterprise", code).values["group"] for code in ("factory", "shop")}
    assert groups == {"factory": "holding", "shop": "factory"}
    mains = [(one.name, one.main) for one in parts.contacts(world.actor, "factory")]
    assert sorted(mains) == sorted([(NAMES[1], True), (NAMES[0], False)])
    world.merging.undo(world.actor, str(merged.id))
    assert world.dump() == before


def test_two_that_were_found_to_be_two_are_never_proposed_again(world):
    """Not after a merge of one of them either; a decision can be taken back."""
    for phone, name in (("19900001000", "张伟"), ("19900001000", "张玮"), ("19900001009", "张伟")):
        new = NewRegistration(name, phone=phone, enterprise=FIRMS[0])
        world.registrations.register(world.actor, "two", new)
    pairs = world.duplicates.people("two").pairs
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)
    assert len(pairs) == 2
    assert world.duplicates.people("one").total == 0
    first, second = pairs[0].first.ref, pairs[0].second.ref
    assert {pair.score for pair in world.duplicates.of_person(first).pairs} <= {pair.score for pair in pairs}
    world.duplicates.dismiss(world.actor, second, first)
    assert [pair.score for pair in world.duplicates.people().pairs] == [pairs[1].score]
    refusal(AlreadyThereError, "distinct-already", world.duplicates.dismiss, world.actor, first, second)
    one, other = pairs[1].first.ref, pairs[1].second.ref
    world.merging.merge(world.actor, one, other)
    assert world.duplicates.people().total == 0
    (line,) = world.duplicates.dismissed()
    assert {line.first, line.second} == {"张伟", "张玮"}
    world.merging.undo(world.actor, str(world.merging.merges()[0].id))
    world.duplicates.recall(world.actor, first, second)
    assert world.duplicates.people().pairs == pairs
    refusal(NotFoundError, "distinct-missing", world.duplicates.recall, world.actor, first, second)


def test_enterprises_are_proposed_by_name_and_code(world):
    """The same name, a similar one; each also from its own page; nothing for one alone."""
    for code, name in (
        ("a", "惠州华阳电子有限公司"),
        ("b", "惠州市华阳电子股份有限公司"),
        ("c", "深圳德赛有限公司"),
    ):
        world.add("enterprise", code, name_zh=name)
    (pair,) = world.duplicates.enterprises().pairs
    assert (pair.first.ref, pair.second.ref, pair.evidence) == ("a", "b", (Evidence.SIMILAR_NAME,))
    assert world.duplicates.of_enterprise("b").pairs == (pair,)
    assert world.duplicates.of_enterprise("c").total == 0
    assert world.duplicates.enterprises("one").total == 0
    world.duplicates.dismiss(world.actor, "a", "b")
    assert world.duplicates.enterprises().total == 0


def test_wrong_pairs_are_refused(world):
    """A person and an enterprise, one with itself, nobody, somebody archived, no merge of this id."""
    world.play([("register", 0, 1, 0, 0), ("register", 1, 1, 0, 0)])
    keep, drop = ids(world, 0, 1)
    merge = world.merging.merge
    refusal(UsageError, "duplicates-mixed", merge, world.actor, keep, FIRMS[0])
    refusal(InvalidError, "duplicates-same", merge, world.actor, keep, keep)
    refusal(NotFoundError, "duplicates-missing", merge, world.actor, keep, "nobody")
    refusal(NotFoundError, "merge-missing", world.merging.undo, world.actor, "7")
    world.people.remove(world.actor, drop)
    refusal(InvalidError, "merge-archived", merge, world.actor, keep, drop)
