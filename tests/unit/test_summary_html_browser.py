"""The report in a real browser: it fits every screen, asks nothing of the network, and complains of nothing."""

import io

import pypdfium2
import pytest
from PIL import Image

from ipweek.domain.text import clean
from ipweek.i18n import speaking
from ipweek.render.summary_html import html
from tests.browser import CHROMIUM, chromium
from tests.unit import hostile_texts
from tests.unit.report_samples import ROWS, everything

pytestmark = [
    pytest.mark.system("chromium"),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

EVIL = "evil.example"
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
INSIDE = """
    [...document.querySelectorAll('body *')]
        .filter(one => !one.closest('.scroll, svg') && one.getBoundingClientRect().right > innerWidth + 1)
        .map(one => one.outerHTML.slice(0, 99))
"""
ACTIVE = "document.querySelectorAll('script, link, iframe, object, embed, base, form, meta[http-equiv=refresh]').length"
HANDLERS = "[...document.querySelectorAll('*')].filter(one => [...one.attributes].some(a => a.name.startsWith('on'))).length"


@pytest.fixture(scope="module")
def browser():
    """One browser for all of them: to start it takes a second or two."""
    with chromium() as found:
        yield found


def test_it_fits_and_is_silent(browser, tmp_path):
    """No screen from a phone's to a wide one is scrolled sideways, in either language; wide tables scroll in their box."""
    page = browser.page()
    for language in ("en", "zh"):
        with speaking(language):
            (path := tmp_path / f"{language}.html").write_text(html(everything()), "utf-8")
        for width in (360, 390, 768, 1280):
            page.open(path, width)
            assert page.ask(OVERFLOW) <= 0, (language, width)
            assert page.ask(INSIDE) == [], (language, width)
            seen = page.ask(
                "[...document.querySelectorAll('.chart > div')].filter(one => one.offsetWidth).length"
            )
            assert seen == 3, "of each chart one shows"
        assert page.ask("document.querySelector('[role=region]').scrollWidth") <= 1280
        page.resize(360)
        assert page.ask("document.querySelector('[role=region]').scrollWidth") > 360
        assert page.ask("document.images.length") == page.ask(
            "[...document.images].filter(one => one.naturalWidth).length"
        )
        assert page.ask("document.body.innerText.includes('312 figures reconcile.')")
        assert set(page.requests) == {path.as_uri()}
        assert page.complaints == []
        page.requests.clear()


def test_dark_where_the_screen_is_dark(browser, tmp_path):
    """The page is dark with light letters, charts too, whose letters are the page's."""
    (path := tmp_path / "report.html").write_text(html(everything()), "utf-8")
    page = browser.page()
    levels = []
    for dark in (False, True):
        page.open(path, 800, dark=dark)
        picture = Image.open(io.BytesIO(page.picture())).convert("L")
        text = page.ask("getComputedStyle(document.querySelector('.chart text')).fill")
        levels.append((picture.getpixel((3, 3)), max(map(int, text[4:-1].split(",")))))
    (light, dark_letters), (dark, light_letters) = levels
    assert (light, dark_letters < 80) == (255, True)
    assert (dark < 40, light_letters > 200) == (True, True)


def test_on_paper(browser, tmp_path):
    """A4; each appendix begins a page, and the titles of its table head each of them; so does the mark of made-up data."""
    (path := tmp_path / "report.html").write_text(html(everything()), "utf-8")
    page = browser.page()
    page.open(path, 1280, dark=True)
    paper = pypdfium2.PdfDocument(page.pdf())
    sheets = [sheet.get_textpage().get_text_range() for sheet in paper]
    assert [round(length) for length in paper[0].get_size()] == [595, 842]
    first = next(number for number, text in enumerate(sheets) if number and "Appendix 1" in text)
    second = next(number for number, text in enumerate(sheets) if number and "Appendix 2" in text)
    assert second > first + 2
    for text in sheets[first:second]:
        assert "Enterprise" in text
        assert "District" in text
    assert "样例Came1电" not in sheets[second - 1]
    assert f"样例Missed{ROWS}电" in sheets[second - 1]
    assert all("SYNTHETIC: made up." in text for text in sheets)
    picture = paper[0].render(scale=0.3).to_pil().convert("L")
    assert picture.getpixel((2, 2)) == 255, "paper is never dark"


def test_hostile_texts_stay_texts(browser, tmp_path):
    """A browser's own parser finds no element that acts; every text is there; words without end are broken."""
    (path := tmp_path / "report.html").write_text(html(hostile_texts.document()), "utf-8")
    page = browser.page()
    for width in (360, 1280):
        page.open(path, width)
        assert page.ask(OVERFLOW) <= 0
        assert page.ask(INSIDE) == []
    assert (page.ask(ACTIVE), page.ask(HANDLERS)) == (0, 0)
    assert page.ask("document.title") == clean(hostile_texts.document().title)
    found = "".join(page.ask("document.body.textContent").split())
    assert [text for text in hostile_texts.shown(*hostile_texts.PLACES, "chart") if text not in found] == []
    assert set(page.requests) == {path.as_uri()}
    assert page.complaints == []
    assert not [line for line in browser.proxy.asked if EVIL in line]


def test_what_a_page_fetches_is_noticed(browser, tmp_path):
    """A page without our care: its request reaches the proxy, its script the console; the report's policy stops both."""
    bad = f"<img src=http://{EVIL}/control.png><script>console.log('ran')</script>"
    (path := tmp_path / "bad.html").write_text(f"<!DOCTYPE html><title>x</title>{bad}", "utf-8")
    page = browser.page()
    page.open(path, 800)
    assert f"http://{EVIL}/control.png" in page.requests
    assert any("ran" in line for line in page.complaints)
    assert [line for line in browser.proxy.asked if f"{EVIL}/control.png" in line]
    browser.proxy.asked.clear()
    path.write_text(html(everything()).replace("<main>", f"<main>{bad}"), "utf-8")
    guarded = browser.page()
    guarded.open(path, 800)
    assert len(guarded.complaints) == 2
    assert all("Content Security Policy" in line for line in guarded.complaints)
    assert not [line for line in browser.proxy.asked if EVIL in line]
