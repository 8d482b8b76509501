"""The case library: finding and reading cases, linking them to sessions, and who should not hear them."""

from datetime import date

import pytest

from ipweek.domain.cases import CaseFilter, Recusal, earliest, latest
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import CaseCause, Countermeasure, PartyRole
from tests.desk import EVENT, Desk, refusal, with_event, with_workspace
from tests.kept_world import kept

EVE = "惠州亿纬锂能股份有限公司"
EVE_CODE = "91441300734122111K"
VARTA = "varta-eve-2021"
TO_APRIL_2019 = ["nichia-everlight-2017", "ultravision-2018"]
HOSTILE = "\x1b[31m[/]{name} %s 100% _x_ 张"


def with_library(desk: Desk) -> None:
    """Add the case library, a session at the event in April 2019, and an event in 2024."""
    desk.workspaces.seed(desk.actor, "case-library")
    desk.add("session", "talk", kind="case_analysis", start="2019-04-25 15:45")
    desk.add("event", "later", start="2024-04-26")


@pytest.fixture
def library(bare: Desk) -> Desk:
    """A desk with the case library, an event in April 2019 with a session, and one in 2024."""
    return kept(bare, with_workspace, with_event, with_library)


def found(desk: Desk, text: str = "", **filters: object) -> list[str]:
    """The codes of the cases that answer."""
    return [case.code for case in desk.cases.search(CaseFilter(text, **filters)).records]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("量子", ["nanoco-samsung-2020"]),
        ("丽", ["lg-chem-sk-1181"]),
        ("ｎａｎｏｃｏ", ["nanoco-samsung-2020"]),
        ("SEOUL expert", ["seoul-viosys-expert-2024"]),
        ("337-ta-1181", ["lg-chem-sk-1181"]),
        ("ZL201320059664.6", ["catl-calb-2022"]),
        (EVE_CODE, [VARTA]),
        ("毁灭证据", ["lg-chem-sk-1159"]),
        ("Toray separator", ["lg-chem-sk-1181"]),
        ("软包锂电池 闽民初7号", ["catl-calb-2022"]),
        ("2018-01-04", ["nichia-everlight-2017"]),
        ("LED", [*TO_APRIL_2019, "seoul-viosys-expert-2024"]),
        ("白光led", ["nichia-everlight-2017"]),
        ("nowhere", []),
        ("%", []),
        ("_", []),
    ],
)
def test_words_are_found_wherever_they_stand(library: Desk, text: str, codes: list[str]) -> None:
    """Names, parties, dockets, rights, steps, outcomes, industries: one character or many, in any width."""
    assert found(library, text) == codes


def test_every_case_is_found_by_each_of_its_texts(library: Desk) -> None:
    """Recall: no text of a case, a party or a step fails to find its case."""
    for code in found(library):
        page = library.cases.case(code)
        texts = [value for value in page.case.values.values() if type(value) is str]
        lists = [value for value in page.case.values.values() if isinstance(value, tuple)]
        texts += [part for value in lists for part in value if type(part) is str]
        texts += [text for party in page.parties for text in (party.name_zh, party.name_en) if text]
        texts += [text for step in page.steps for text in (step.happened, step.text_zh, step.text_en) if text]
        for text in texts:
            assert code in found(library, text), (code, text)


def test_filters_and_what_they_could_be(library: Desk) -> None:
    """Filters narrow together; a facet tells how many cases its value would leave."""
    assert found(library, industry="led") == [*TO_APRIL_2019, "seoul-viosys-expert-2024"]
    assert found(library, cause=CaseCause.TRADE_SECRET) == ["lg-chem-sk-1159"]
    assert found(library, forum="国际贸易") == found(library, forum="trade commission")
    measure = {"countermeasure": Countermeasure.INVALIDATION}
    assert found(library, **measure, industry="li-ion") == [VARTA]
    assert found(library, **measure, forum="Texas") == ["nanoco-samsung-2020", VARTA]
    refusal(NotFoundError, "record-missing", library.cases.search, CaseFilter(industry="none"))
    wanted = CaseFilter(industry="led")
    for facet in library.cases.search(wanted).facets:
        filters = {"industry": "led", facet.name: facet.value}
        assert len(found(library, **filters)) == facet.count > 0


def test_windows_and_archived_cases(library: Desk) -> None:
    """Windows follow each other and add up; an archived case is in none."""
    windows = [library.cases.search(offset=place, limit=3) for place in (0, 3, 6)]
    assert [len(window.records) for window in windows] == [3, 3, 2]
    assert [case.code for window in windows for case in window.records] == found(library)
    library.cases.link(library.actor, "talk", "ultravision-2018")
    assert library.records.remove(library.actor, "case", "ultravision-2018") is True
    assert "ultravision-2018" not in found(library)
    assert library.cases.search().total == 7


def test_a_page_tells_everything(library: Desk) -> None:
    """Parties with their roles, steps in the order of time, industry and links."""
    library.cases.link(library.actor, "later", VARTA)
    page = library.cases.case(VARTA)
    assert [(party.name_en, party.role, party.country) for party in page.parties] == [
        ("VARTA", PartyRole.CLAIMANT, "DE"),
        ("EVE Energy (Huizhou)", PartyRole.DEFENDANT, "CN"),
    ]
    assert [step.happened for step in page.steps] == ["2021-10-25", "2022-08-08", "2023-10"]
    assert page.industry_en == "Soft-pack lithium-ion batteries"
    assert [(link.place_code, link.day) for link in page.links] == [("later", date(2024, 4, 26))]


@pytest.mark.parametrize(
    ("day", "steps", "left_out"),
    [
        (date(2021, 10, 24), 0, True),
        (date(2022, 8, 8), 2, True),
        (date(2023, 10, 30), 2, True),
        (date(2023, 10, 31), 3, False),
    ],
)
def test_what_lies_after_a_day_is_hidden(library: Desk, day: date, steps: int, left_out: bool) -> None:
    """A month is over on its last day; before the end neither outcome, stage, lessons nor sources are told."""
    page = library.cases.case(VARTA, day)
    assert (len(page.steps), page.left_out, page.as_of) == (steps, left_out, day)
    later = ("outcome_zh", "outcome_en", "stage_en", "final", "lessons_zh", "sources", "countermeasures")
    assert all(bool(page.case.values[name]) is not left_out for name in later)
    told = str(page)
    assert ("settle" in told or "和解" in told) is not left_out


def test_partial_days() -> None:
    """A month and a year begin and end where the calendar says."""
    assert (earliest("2020-02"), latest("2020-02")) == (date(2020, 2, 1), date(2020, 2, 29))
    assert (earliest("2019"), latest("2019")) == (date(2019, 1, 1), date(2019, 12, 31))
    assert earliest("2019-04-25") == latest("2019-04-25") == date(2019, 4, 25)


def test_links_both_ways(library: Desk) -> None:
    """A link shows from the session, its event and the case; it is made and taken away once."""
    cases, actor = library.cases, library.actor
    for code in TO_APRIL_2019:
        told = cases.link(actor, "TALK", code)
    assert [link.case_code for link in told] == TO_APRIL_2019
    assert cases.links(place=EVENT) == cases.links(place="talk") == told
    assert [link.place_code for link in cases.links(case="ultravision-2018")] == ["talk"]
    refusal(AlreadyThereError, "case-linked", cases.link, actor, "talk", "ultravision-2018")
    cases.unlink(actor, "talk", "ultravision-2018")
    assert cases.links(case="ultravision-2018") == ()
    refusal(NotFoundError, "case-not-linked", cases.unlink, actor, "talk", "ultravision-2018")
    refusal(NotFoundError, "place-missing", cases.link, actor, "none", VARTA)
    refusal(NotFoundError, "record-missing", cases.link, actor, "talk", "none")
    assert [line.action for line in library.audit.lines(3)] == ["unlink", "link", "link"]


def test_a_later_case_cannot_have_been_analysed(library: Desk) -> None:
    """The first step decides; a month that may lie before the day is let in, and so is a place without a day."""
    arguments = (library.actor, "talk", "lg-chem-sk-1159")
    params = refusal(InvalidError, "case-after-session", library.cases.link, *arguments)
    assert (params["first"], params["day"]) == ("2019-04-29", date(2019, 4, 25))
    library.add("case", "a-v-b")
    library.cases.link(library.actor, "talk", "a-v-b")
    library.add("case", "c-v-d")
    library.add("case_event", "step", case="c-v-d", happened="2019-05")
    refusal(InvalidError, "case-after-session", library.cases.link, library.actor, "talk", "c-v-d")
    library.edit("case_event", "step", happened="2019")
    library.cases.link(library.actor, "talk", "c-v-d")
    library.add("event", "undated")
    library.cases.link(library.actor, "undated", VARTA)
    library.edit("session", "talk", start="")
    refusal(InvalidError, "case-after-session", library.cases.link, *arguments)


def test_sheets_of_a_session_are_as_of_its_day(library: Desk) -> None:
    """The day of the session hides what came after it, unless another day is named."""
    library.add("event", "autumn", start="2022-10-01")
    refusal(NotFoundError, "cases-none", library.cases.sheets, "autumn")
    library.cases.link(library.actor, "autumn", VARTA)
    ((page),) = library.cases.sheets("autumn")
    assert (page.as_of, page.left_out, len(page.steps)) == (date(2022, 10, 1), True, 2)
    ((page),) = library.cases.sheets("autumn", date(2024, 1, 1))
    assert (page.left_out, len(page.steps)) == (False, 3)


def names(recusals: tuple[Recusal, ...]) -> list[str]:
    """Who is told of."""
    return [found.name for found in recusals]


@pytest.mark.parametrize(
    "enterprise",
    [
        {"name_zh": EVE},
        {"name_zh": "惠州亿纬锂能股份"},
        {"name_zh": "亿纬集团", "credit_code": EVE_CODE},
        {"name_zh": "亿纬", "name_en": "EVE  Energy（Huizhou）"},
    ],
)
def test_staff_of_a_party_recuse_themselves(library: Desk, enterprise: dict[str, str]) -> None:
    """The party's people are found by name or credit code, with role, case and place; others are not."""
    library.cases.link(library.actor, "later", VARTA)
    library.add("enterprise", "eve", **enterprise)
    assert library.cases.case(VARTA).parties[1].enterprise == "eve"
    library.add("enterprise", "other", name_zh="样例")
    event = {"event": "later"}
    row = _register(library, "张伟", "eve", **event)
    other = _register(library, "李静", "other", **event)
    ((recusal),) = library.cases.recusals("later")
    assert recusal == library.cases.recusals(case=VARTA)[0] == library.cases.recusals_of(row.id)[0]
    assert (recusal.name, recusal.role, recusal.case_code) == ("张伟", PartyRole.DEFENDANT, VARTA)
    assert (recusal.place_code, recusal.event_code) == ("later", "later")
    assert library.cases.recusals_of(other.id) == ()
    library.registrations.cancel(library.actor, str(row.id))
    assert library.cases.recusals("later") == ()


def _register(desk: Desk, name: str, enterprise: str, *, event: str, **given):
    new = NewRegistration(name, enterprise=enterprise, **given)
    return desk.registrations.register(desk.actor, event, new)


def test_a_linked_enterprise_needs_no_name(library: Desk) -> None:
    """A party's link says which enterprise it is, whatever either is called."""
    library.add("enterprise", "sub", name_zh="样例子公司")
    library.edit("case_party", "ultravision-2018-party-2", enterprise="sub")
    library.cases.link(library.actor, "talk", "ultravision-2018")
    library.register("王磊", enterprise="sub")
    assert names(library.cases.recusals(EVENT)) == ["王磊"]
    assert library.cases.case("ultravision-2018").parties[1].enterprise == "sub"


def test_enrolments_decide_where_there_are_any(library: Desk) -> None:
    """Of a session only the enrolled are told, once somebody is enrolled; without enrolments all registered are."""
    library.edit("event", EVENT, start="2024-04-25")
    library.edit("session", "talk", start="2024-04-25 15:45")
    library.cases.link(library.actor, "talk", VARTA)
    library.add("enterprise", "eve", name_zh=EVE)
    library.register("张伟", enterprise="eve")
    assert names(library.cases.recusals("talk")) == ["张伟"]
    library.register("李静", enterprise="eve", sessions=("talk",))
    assert names(library.cases.recusals("talk")) == names(library.cases.recusals(EVENT)) == ["李静"]


def test_hostile_texts_stay_texts(desk: Desk) -> None:
    """Escapes are cleaned, and what looks like markup, a format or a wildcard is found letter by letter."""
    desk.add("case", "evil", name_zh=HOSTILE, forum_en=HOSTILE, outcome_zh=HOSTILE, dockets=HOSTILE)
    desk.add("case_party", "p", case="evil", name_zh=HOSTILE, country="cn")
    desk.add("case_event", "s", case="evil", text_zh=HOSTILE)
    assert found(desk, "[/]{name} %s 100% _x_ 张") == ["evil"]
    assert "\x1b" not in str(desk.cases.case("evil"))
    assert desk.cases.case("evil").parties[0].country == "CN"


def test_the_library_holds_the_facts(empty: Desk) -> None:
    """Eight cases, each with parties, steps, sources and both languages; those after April 2019 say so by their dates."""
    counts = empty.workspaces.seed(empty.actor, "case-library")
    assert (counts["case"], counts["industry"]) == (8, 3)
    before = []
    for code in found(empty):
        page = empty.cases.case(code)
        values = page.case.values
        for name in ("name", "forum", "outcome", "lessons", "stage"):
            assert values[f"{name}_zh"], (code, name)
            assert values[f"{name}_en"], (code, name)
        assert len({party.role for party in page.parties}) == 2
        assert all(step.text_zh and step.text_en for step in page.steps)
        assert values["sources"]
        assert values["verified_on"] is None
        assert values["industry"]
        if earliest(page.steps[0].happened) <= date(2019, 4, 26):
            before.append(code)
    assert before == TO_APRIL_2019
    settled = empty.cases.case("lg-chem-sk-1159").case.values
    assert (settled["amount"], settled["currency"], settled["final"]) == (2 * 10**12, "KRW", "yes")
    fujian = empty.cases.case("catl-calb-2022").case.values
    assert (str(fujian["amount"]), fujian["final"]) == ("58051100", "no")


@pytest.mark.parametrize("order", [("huizhou-2019", "case-library"), ("case-library", "huizhou-2019")])
def test_seeds_load_in_either_order_and_once(empty: Desk, order: tuple[str, str]) -> None:
    """The industries that both seeds bring are there once; a seed that is loaded is refused."""
    counts = [empty.workspaces.seed(empty.actor, name) for name in order]
    assert [count["industry"] for count in counts] == [3, 0]
    assert len(empty.records.list("industry")) == 3
    assert empty.cases.search().total == 8
    for name in order:
        params = refusal(AlreadyThereError, "seed-loaded", empty.workspaces.seed, empty.actor, name)
        assert params == {"name": name}
    assert empty.cases.search().total == 8
