"""The page of `extractor years`, as a person uses it: in headless Chromium."""

import base64
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from command import extractor, here
from extractor.records.report import Report
from extractor.records.to_json import report_json
from extractor.reporting.html import render_years_page
from extractor.reporting.i18n import Language
from extractor.trends.series_ids import SeriesRegister
from extractor.trends.series_toml import SERIES_FILE, keep_series
from extractor.trends.trends import build_trends
from press import browser
from press.tab import Tab, needed
from yearly import Made, report
from years.five import EVIL, YEARS, five
from years.four import PAUSING, four
from years.test_page import text_of

pytestmark = pytest.mark.slow

SAVED = "series.decisions.json"


def _many(count: int) -> tuple[Report, ...]:
    """So many programmes a year, each with its own words."""

    def made(number: int, year: int) -> Made:
        values: dict[int | tuple[int, ...], str] = {one: f"{100 + number + 7 * one % 90}名" for one in (year - 1, year)}
        return Made(
            f"第{number}号{number * 7919 % 9973}事業",
            f"{number}{number * 31}をする。",
            "",
            {f"参加者数{number}": values},
        )

    return tuple(report(year, [made(number, year) for number in range(count)]) for year in (2021, 2022, 2023))


def _page(folder: Path, which: str, language: Language = "ja") -> Path:
    page = folder / "years.html"
    page.write_text(text_of(which, language), encoding="utf-8")
    return page


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    needed()
    with browser.running(tmp_path) as running:
        yield Tab(running, _page(tmp_path, "five"))


def test_hostile_names_are_shown_as_text(tab: Tab) -> None:
    shown = tab.js("[...document.querySelectorAll('.card h4')].map((one) => one.textContent)")
    assert sum(EVIL in one for one in shown) == 1
    assert tab.js("document.scripts.length") == 2
    assert tab.js(
        "[...document.querySelectorAll('.metric figcaption')].some((one) => one.textContent.includes('alert(1)'))"
    )
    assert tab.complaints() == []


def test_filters_narrow_cards_rows_and_contents(tab: Tab) -> None:
    assert "8／8" in tab.count()
    tab.press("/")
    tab.browser.ask("Input.insertText", text="こども食堂")
    assert "1／8" in tab.count()
    visible = "[...document.querySelectorAll('%s')].filter((one) => one.checkVisibility()).length"
    assert tab.js(visible % "article.card") == 1
    assert tab.js(visible % "#jump .f") == 1
    # What is folded away is opened where something is found in it.
    assert tab.js(visible % ".continuities tr.f") == 4
    tab.press("Escape")
    assert "8／8" in tab.count()
    tab.choose("flag", "doubtful")
    assert "1／8" in tab.count()
    tab.choose("flag", "split")
    assert "2／8" in tab.count()
    # Full width or half: what is meant is found.
    tab.choose("flag", "")
    tab.write("#by-text", "ＡＬＥＲＴ(1)")
    assert "1／8" in tab.count()
    tab.write("#by-text", "どこにもない")
    assert tab.js("$('empty').checkVisibility()")
    # A link leads to its programme, whatever is filtered.
    tab.js("document.querySelector('.continuities a').click()")
    assert "8／8" in tab.count()
    assert tab.complaints() == []


def test_what_is_settled_survives_a_reload_and_is_downloaded(tab: Tab, tmp_path: Path) -> None:
    tab.browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    assert tab.js("$('save').disabled")
    assert "サケ資源調査事業" in tab.js("document.querySelector('#q0 .slot').textContent")
    assert "要確認 残り2件" in tab.js("$('left').textContent")
    # The suggestion takes one click.
    tab.js("document.querySelector('#q0 input[type=radio]').click()")
    tab.js("document.querySelector('#q1 input[value=new]').click()")
    tab.write("#q1 .remark", "課に聞いた")
    assert "サケ" not in tab.js("document.querySelector('#q1 .slot').textContent")
    tab.browser.go(tab.page)
    assert "(2)" in tab.js("$('save').textContent")
    assert "残り0件" in tab.js("$('left').textContent")
    assert tab.js("document.querySelector('#q0 input[type=radio]').checked")
    assert tab.js("document.querySelector('#q1 .remark').value") == "課に聞いた"
    tab.js("$('save').click()")
    saved = _downloaded(tmp_path / SAVED)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", saved.pop("date"))
    assert saved == {
        "series": [
            {
                "report": "made-2022",
                "programme": _id(2022, "サケ資源増殖事業"),
                "name": "サケ資源増殖事業",
                "was": {
                    "report": "made-2021",
                    "programme": _id(2021, "サケ資源調査事業"),
                    "name": "サケ資源調査事業",
                },
                "note": "",
            },
            {
                "report": "made-2023",
                "programme": _id(2023, "さけ・ます増殖振興事業"),
                "name": "さけ・ます増殖振興事業",
                "was": None,
                "note": "課に聞いた",
            },
        ]
    }
    tab.js("document.querySelector('#q0 .clear').click()")
    tab.js("document.querySelector('#q1 .clear').click()")
    assert tab.js("$('save').disabled")
    assert tab.js("localStorage.length") == 0
    assert tab.complaints() == []
    _accepted(tmp_path)


def _accepted(folder: Path) -> None:
    """What the page saved is taken by `accept`, and is no question any more."""
    golden = folder / "golden"
    golden.mkdir()
    for one in five():
        (golden / f"{one.report.id}.json").write_text(report_json(one), encoding="utf-8")
    done = extractor("accept", "--decisions", SAVED, cwd=folder)
    assert (done.returncode, done.stdout.count("was made-2021"), done.stdout.count("is new")) == (0, 1, 1), done.stderr
    years = extractor("years", *sorted(golden.glob("*.json")), "--html", "after.html", cwd=folder)
    assert years.returncode == 0, years.stderr
    asked = '<article class="question f"'
    assert asked in (folder / "years.html").read_text(encoding="utf-8")
    assert asked not in (folder / "after.html").read_text(encoding="utf-8")


def _id(year: int, name: str) -> str:
    one = five()[YEARS.index(year)]
    return next(programme.id for policy in one.policies for programme in policy.programmes if programme.name == name)


def _downloaded(path: Path) -> Any:
    until = time.monotonic() + 30
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.1)
    return json.loads(path.read_text(encoding="utf-8"))


def test_any_pairing_is_corrected_saved_and_accepted(tmp_path: Path) -> None:
    """A new programme is said to be one that another was taken for; both are put right, and the page shows it."""
    needed()
    golden = tmp_path / "golden"
    golden.mkdir()
    for one in four():
        (golden / f"{one.report.id}.json").write_text(report_json(one), encoding="utf-8")
    keep_series(SeriesRegister(), golden)
    files = sorted(golden.glob("made-*.json"))
    assert here("years", *files, "--html", "years.html", "--lang", "ja", cwd=tmp_path).code == 0
    with browser.running(tmp_path) as running:
        tab = Tab(running, tmp_path / "years.html")
        tab.browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
        # Nothing is to be confirmed, and every row can be corrected.
        assert tab.js("document.querySelectorAll('button.correct').length") == tab.js("questions.length")
        row = "[...document.querySelectorAll('.continuities tr.f')].find((one) => one.textContent.includes('%s'))"
        tab.js(f"{row % '再び掲載されている'}.querySelector('button.correct').scrollIntoView()")
        tab.js(f"{row % '2023年度の報告書には掲載なし'}.querySelector('button.correct').click()")
        assert tab.js("document.querySelectorAll('#opened .question').length") == 1
        tab.js("document.querySelector('#opened .seek').open = true")
        tab.write("#opened .seek input", "２０２３ 保育")
        _until(tab, "document.querySelectorAll('#opened .seek li button').length === 1")
        assert "現在は" in tab.js("document.querySelector('#opened .seek li').textContent")
        tab.js("document.querySelector('#opened .seek li button').click()")
        # The one that it was taken from must be said too: it is opened, and nothing is saved before.
        assert tab.js("document.querySelectorAll('#opened .question').length") == 2
        assert tab.js("$('save').disabled")
        assert "保育の担い手応援事業" in tab.js("document.querySelector('#opened .clash:not([hidden])').textContent")
        tab.js("$('undo').click()")
        assert tab.js("claims().size === new Set(questions.map(origin).filter((one) => one !== null)).size")
        assert tab.js("$('undo').disabled")
        tab.js("document.querySelector('#opened .seek li button').click()")
        tab.js("[...document.querySelectorAll('#opened .question')].at(-1).querySelector('input[value=new]').click()")
        tab.write("#opened .remark", "課に確認した")
        assert not tab.js("$('save').disabled")
        tab.js("$('save').click()")
        saved = _downloaded(tmp_path / SAVED)
        assert len(saved["series"]) == 2
        assert tab.complaints() == []
    done = here("accept", "--decisions", SAVED, cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    text = (golden / SERIES_FILE).read_text(encoding="utf-8")
    assert text.count("\n[[decision]]") == 2
    assert f"date = {saved['date']}" in text
    assert 'note = "課に確認した"' in text
    assert f'was_before = {{ report = "made-2022", id = "2022-1-01", name = "{PAUSING}" }}' in text
    told = json.loads(here("years", *files, "--json", cwd=tmp_path).stdout)
    assert told["resumed"] == []
    last = [one for kind in ("renamed", "split") for one in told[kind] if one["after"][0]["name"] == PAUSING]
    assert [one["before"][0]["name"] for one in last] == ["保育の担い手応援事業"]


def _until(tab: Tab, expression: str) -> None:
    until = time.monotonic() + 30
    while not tab.js(expression) and time.monotonic() < until:
        time.sleep(0.1)
    assert tab.js(expression)


def test_what_has_ended_is_corrected_from_its_own_row(tmp_path: Path) -> None:
    """What it became is said of the later programme; taking it back takes it back there."""
    needed()
    made = [Made("サケ資源調査事業", "川を上るサケの数を調べる。"), Made("漁場環境調査", "湖の水の濁りを調べる。")]
    reports = (report(2022, made), report(2023, [made[0], Made("森林教室", "山の働きを学ぶ。")]))
    page = tmp_path / "years.html"
    page.write_text(render_years_page(build_trends(reports), reports, tmp_path, "en"), encoding="utf-8")
    with browser.running(tmp_path) as running:
        tab = Tab(running, page)
        ending = tab.js("questions.findIndex((one) => one.ending)")
        tab.js(f"document.querySelector('button.correct[data-question=\"{ending}\"]').click()")
        tab.js(f"seek(questions[{ending}], '森林')")
        tab.js(f"document.querySelector('#q{ending} .seek li button').click()")
        assert tab.js("decisions().series.map((one) => one.name + ' ' + one.was.name)") == ["森林教室 漁場環境調査"]
        assert tab.js(f"document.querySelector('#q{ending} .other input').checked")
        tab.js(f"document.querySelector('#q{ending} .clear').click()")
        assert tab.js("decisions().series") == []
        assert tab.complaints() == []


def test_one_programme_of_the_year_before_is_not_two(tmp_path: Path) -> None:
    """Any other that is free may be chosen; what is chosen twice is not saved."""
    needed()
    made = [Made("サケ資源調査事業", "川を上るサケの数を調べる。"), Made("漁場環境調査", "湖の水の濁りを調べる。")]
    reports = (report(2022, made), report(2023, made))
    followed = build_trends(reports)
    doubtful = tuple(one.model_copy(update={"doubtful": True}) for one in followed.continued)
    page = tmp_path / "years.html"
    page.write_text(
        render_years_page(followed.model_copy(update={"continued": doubtful}), reports, tmp_path, "en"),
        encoding="utf-8",
    )
    with browser.running(tmp_path) as running:
        tab = Tab(running, page)
        assert tab.js("questions.length") == 2
        tab.js("document.querySelector('#q1 input[type=radio]').click()")
        tab.js("seek(questions[0], '漁場')")
        tab.js("document.querySelector('#q0 .seek li button').click()")
        assert tab.js("document.querySelector('#q0 .other input').checked")
        assert "湖の水の濁り" in tab.js("document.querySelector('#q0 .slot').textContent")
        assert tab.js("$('save').disabled")
        assert tab.js("[...document.querySelectorAll('.clash')].every((one) => one.checkVisibility())")
        tab.js("document.querySelector('#q1 input[value=new]').click()")
        assert not tab.js("$('save').disabled")
        was = {"report": "made-2022", "programme": "2022-1-02", "name": "漁場環境調査"}
        assert json.loads(tab.js("JSON.stringify(decisions().series[0].was)")) == was
        assert tab.complaints() == []


def test_restated_figures_stand_beside_both_pages(tmp_path: Path) -> None:
    needed()
    with browser.running(tmp_path) as running:
        tab = Tab(running, _page(tmp_path, "samples", "en"))
        tab.js("document.querySelectorAll('#restated .places').forEach(fill)")
        assert tab.js("document.querySelectorAll('#restated .restatement').length") == 2
        frames = tab.js(
            "[...document.querySelectorAll('#restated .cut')].map((cut) => { const a = cut.getBoundingClientRect(),"
            "b = cut.querySelector('.frame').getBoundingClientRect();"
            "return b.left >= a.left && b.right <= a.right && b.top >= a.top && b.bottom <= a.bottom; })"
        )
        assert frames == [True] * 4
        assert tab.js("document.querySelector('#restated del').textContent") == "36"
        tab.js("document.querySelector('#restated .cut').click()")
        assert tab.js("$('large').open")
        assert tab.complaints() == []


def test_paper_holds_what_is_folded_away(tab: Tab) -> None:
    pdf = base64.b64decode(tab.browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    with pypdfium2.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert text.count("alert(1)") > 5
    # Of each step, the table of what goes on.
    assert len(re.findall(r"継続\s+\d", text)) >= len(YEARS) - 1
    assert "1,603" in text
    assert "1,611" in text
    assert tab.complaints() == []


def test_hundreds_of_programmes_are_ready_soon(tmp_path: Path) -> None:
    """How long it takes is printed, not judged: that the page works, is."""
    needed()
    reports = _many(300)
    followed = build_trends(reports)
    started = time.monotonic()
    page = tmp_path / "many.html"
    page.write_text(render_years_page(followed, reports, tmp_path, "ja"), encoding="utf-8")
    made = time.monotonic() - started
    with browser.running(tmp_path) as running:
        started = time.monotonic()
        tab = Tab(running, page)
        opened = time.monotonic() - started
        assert "300／300" in tab.count()
        took = tab.js(
            "(() => { const start = performance.now(); $('by-text').value = '第299号';"
            "narrow(); return performance.now() - start; })()"
        )
        assert "1／300" in tab.count()
        size = page.stat().st_size / 1e6
        print(f"300 programmes: made in {made:.1f} s, {size:.1f} MB, open {opened:.2f} s, filter {took:.0f} ms")
        assert tab.complaints() == []
