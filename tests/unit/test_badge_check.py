"""The look before printing: every kind of finding, by person, and nothing where nothing is wrong."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from ipweek.adapters.badge_templates import builtin
from ipweek.domain.badge_design import Area, BackPart, LogoPart, Part
from ipweek.domain.badges import BadgeWords, ProgrammeLine
from ipweek.domain.preflight import Finding, FindingKind, Preflight
from ipweek.render import badge_check
from ipweek.render.badge_check import look_over, read_back
from ipweek.render.badge_sheet import draw_sheet, texts
from ipweek.render.fonts import FontSet
from ipweek.render.preflight import sentence, shape
from tests.unit.badge_samples import face

A4 = builtin("a4-2x5")
WORDS = BadgeWords()
SIXTY = f"惠州市仲恺高新技术产业开发区{'样例软包锂离子动力电池材料' * 3}股份有限公司"


def _face(number, **changes):
    return face(number, **{"name": f"张伟{number}", **changes})


def _found(faces, layout=A4, programme=()):
    fonts = FontSet(texts(faces, layout, WORDS, programme))
    return list(look_over(faces, fonts, layout, WORDS, programme))


def _drawn(faces, layout=A4, start_at=1):
    out = BytesIO()
    draw_sheet(faces, out, FontSet(texts(faces, layout)), layout=layout, start_at=start_at)
    return out.getvalue()


def _with(**changes):
    return replace(A4, design=replace(A4.design, **changes))


def test_rare_and_foreign_names_are_no_finding():
    """Rare Han, Uyghur and European names, sixty characters of enterprise and none at all print as they are."""
    faces = [
        _face(1, name="㛃𬭎䶮𬎆𣿭"),
        _face(2, name="ئالىم جان"),
        _face(3, name="Łukasz Yıldız-Şükrüoğlu"),
        _face(4, enterprise=SIXTY),
        _face(5, enterprise=""),
        _face(6, name=""),
    ]  # fmt: skip
    assert _found(faces) == []
    assert read_back(_drawn(faces), faces, A4) == (1, 6, ())


def test_missing_glyphs_by_person():
    """Each who has a character that no font has is named with it; a blank badge by its number."""
    faces = [_face(1), _face(2, name="张𓀀", title="\U0010fffd"), _face(3, name="", seat="𓀀")]
    told = {finding.who: finding.params["characters"] for finding in _found(faces)}
    assert told == {"张𓀀": "𓀀 \U0010fffd", "11 0001 000003": "𓀀"}
    assert all(finding.stops and finding.kind is FindingKind.GLYPHS for finding in _found(faces))


def test_small_type_is_told_by_person_and_shared_once():
    """A text that shrank below what can be read is a warning: a person's by his name, the event's only once."""
    faces = [
        _face(1, title="首席知识产权官" * 12),
        _face(2, event="成果发布会" * 30),
        _face(3, event="成果发布会" * 30),
    ]
    small, shared = _found(faces)
    assert (small.who, small.part, small.registration) == ("张伟1", Part.TITLE, str(UUID(int=1)))
    assert (shared.who, shared.part) == ("", Part.EVENT)
    assert not small.stops
    assert float(small.params["size"]) < float(small.params["legible"])
    assert "张伟1: the title comes out in" in sentence(small)
    assert sentence(shared).startswith("All badges: the event")


def test_contrast_of_ribbon_and_paper():
    """Only categories that are there count; text off the ribbon is held against the paper."""
    ribbon = replace(A4.design.ribbon, colours={"企业代表": "#ffe066", "嘉宾": "#ffffff"})
    found = _found([_face(1, seat="")], _with(ribbon=ribbon))
    assert [(one.part, one.params["ratio"], one.params["least"]) for one in found] == [
        (Part.CATEGORY, "1.3", "4.5")
    ]
    pale = {**A4.design.texts, Part.NAME: replace(A4.design.texts[Part.NAME], colour="#999999")}
    (name,) = _found([_face(1)], _with(texts=pale))
    assert (name.part, name.params["ground"], name.params["least"]) == (Part.NAME, "#ffffff", "3")


def test_the_logo(tmp_path):
    """A coarse picture is a warning that says how wide a good one is; one that is gone or no picture stops."""
    area, file = Area(72, 2.2, 13, 8), tmp_path / "logo.png"
    layout = _with(logo=LogoPart(file, area))
    assert [one.kind for one in _found([_face(1)], layout)] == [FindingKind.LOGO_UNREADABLE]
    file.write_bytes(b"GIF89a no picture")
    (broken,) = _found([_face(1)], layout)
    assert broken.stops
    Image.new("RGB", (40, 20)).save(file)
    (coarse,) = _found([_face(1)], layout)
    assert (coarse.kind, coarse.params["dpi"], coarse.params["width"]) == (FindingKind.LOGO_COARSE, 78, 154)
    Image.new("RGB", (400, 200)).save(file)
    assert _found([_face(1)], layout) == []


def test_the_programme_on_the_back():
    """Too much of it comes out too small, and its characters are looked at too."""
    back = builtin("a6-programme")
    some = (ProgrammeLine("发布会", "09:30", "一号厅"),)
    assert _found([_face(1)], back, some) == []
    assert [one.kind for one in _found([_face(1)], back, some * 80)] == [FindingKind.PROGRAMME_SMALL]
    (lacking,) = _found([_face(1)], back, (ProgrammeLine("𓀀"),))
    assert sentence(lacking).startswith("the programme: no font has 𓀀")
    assert isinstance(back.design.back, BackPart)


def test_codes_are_read_back_from_the_pages():
    """A part-used first sheet and a back do not confuse who is where; a code that cannot be read stops by name."""
    faces = [_face(number) for number in range(1, 14)]
    assert read_back(_drawn(faces, start_at=9), faces, A4, 9) == (3, 13, ())
    other = [*faces[:11], _face(99), faces[12]]
    read = read_back(_drawn(other), faces, A4)
    assert (read.pages, read.codes) == (2, 12)
    (unread,) = read.findings
    assert (unread.who, unread.params, unread.stops) == ("张伟12", {"page": 2}, True)
    back = builtin("a6-programme")
    assert read_back(_drawn(faces[:3], back), faces[:3], back) == (3, 3, ())


@pytest.mark.parametrize(("badges", "pages"), [(20, 2), (40, 4), (400, 12)])
def test_large_runs_are_sampled(monkeypatch, badges, pages):
    """Up to a limit every page is read; of more the first, the last and ten between, the same each time."""
    monkeypatch.setattr(badge_check, "READ_ALL", 100)
    faces = [_face(number) for number in range(1, badges + 1)]
    read = read_back(_drawn(faces), faces, A4)
    assert (read.pages, read.codes, read.findings) == (pages, pages * 10, ())


def test_findings_as_json():
    """Each with its sentence, whether it stops, and the person's registration."""
    finding = Finding(FindingKind.CODE, "张", "id", "", {"page": 3})
    told = shape(Preflight("a6", 1, 1, 1, 0, (finding,)))
    assert told["findings"] == [
        {
            "kind": "code",
            "stops": True,
            "who": "张",
            "registration": "id",
            "part": None,
            "params": {"page": 3},
            "message": sentence(finding),
        }
    ]
    assert "page 3" in sentence(finding)
