"""The page, as a reviewer uses it: in headless Chromium, with the keyboard."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.baseline.compare_to_baseline import review_outputs
from extractor.records.decisions import Decisions
from extractor.reporting.html import render_review_page
from extractor.reporting.html.single_file_page import script_json
from press import browser
from press.tab import Tab, needed
from review.desk import EVIL, REPORT, TRANSCRIPT, Desk, programmes, several

pytestmark = pytest.mark.slow


def current(tab: Tab) -> str:
    """The pointer of the change that is shown."""
    return str(tab.js("looked.right === null ? looked.left : looked.right"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    needed()
    (tmp_path / "desk").mkdir()
    desk = Desk(tmp_path / "desk")
    desk.put(REPORT, several)
    return desk


def written(desk: Desk, lang: str = "ja") -> Path:
    done = desk.run("review", "--html", "review.html", "--lang", lang)
    assert done.returncode == 1, done.stderr
    return desk.folder / "review.html"


@pytest.fixture
def tab(desk: Desk, tmp_path: Path) -> Iterator[Tab]:
    with browser.running(tmp_path) as running:
        yield Tab(running, written(desk))


def test_texts_of_documents_are_shown_and_never_run(tab: Tab) -> None:
    tab.choose("kind", "renamed")
    assert EVIL in tab.js("document.querySelector('.side.before .text').textContent")
    assert tab.js("document.scripts.length") == 2
    assert tab.complaints() == []


def test_filters_narrow_the_list_and_the_counts_follow(tab: Tab) -> None:
    assert "5／5" in tab.count()
    tab.choose("kind", "renamed")
    assert "1／5" in tab.count()
    assert tab.js("document.querySelectorAll('#rows .row').length") == 1
    assert "(1)" in tab.js("$('by-what').options[1].textContent + [...$('by-what').options].map((o) => o.textContent)")
    # The counts of a facet are those of the others' filters: all kinds are still offered.
    assert sum(map(int, re.findall(r"\((\d+)\)", tab.js("$('by-kind').textContent")))) == 5
    tab.choose("kind", "")
    tab.press("/")
    for sign in "12名":
        tab.browser.ask("Input.insertText", text=sign)
    shown = tab.js("shown.length")
    assert 0 < shown < 5 or "／5" in tab.count()
    tab.js("(() => { $('by-text').value = '新産業課'; $('by-text').dispatchEvent(new Event('input')); })()")
    assert "1／5" in tab.count()
    assert current(tab).endswith("/offices/0")
    tab.js("(() => { $('by-text').value = 'どこにもない'; $('by-text').dispatchEvent(new Event('input')); })()")
    assert tab.js("document.querySelector('.empty') !== null")
    assert tab.complaints() == []


def test_keys_go_through_the_list_with_the_focus_seen(tab: Tab) -> None:
    first = current(tab)
    tab.press("j", "ArrowDown")
    third = current(tab)
    assert third != first
    assert tab.js("document.querySelector('.row.current').id") == "row-2"
    assert tab.js("document.querySelector('.row.current').getAttribute('aria-selected')") == "true"
    tab.press("k", "k", "k")
    assert current(tab) == first
    assert tab.js("document.activeElement.id") == "list"
    assert tab.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.press("/", "Escape", "j")
    assert tab.js("document.querySelector('.row.current').id") == "row-1"
    assert tab.complaints() == []


def test_verdicts_survive_a_reload_and_are_accepted(tab: Tab, desk: Desk) -> None:
    # What least speaks for comes first: the value, and the budget, which a total confirms, too.
    assert tab.js("shown.slice(0, 2).map((one) => one.record)") == ["observation", "programme"]
    tab.press("j", "a")
    tab.js("select(0)")
    tab.press("c")
    tab.js(
        "(() => { for (const [name, text] of [['correction', '2名'], ['reason', '頁にそうある']]) {"
        "$('say-' + name).value = text; $('say-' + name).dispatchEvent(new Event('input')); } })()"
    )
    tab.press("Escape", "j", "n")
    assert tab.js("document.activeElement.id") == "say-remark"
    tab.browser.ask("Input.insertText", text="後で見る")
    tab.browser.go(tab.page)
    assert "判断 3／5" in tab.count()
    saved = tab.js("JSON.stringify(decisionsOf(data.reports[0]))")
    decisions = Decisions.model_validate_json(saved)
    said = {one.verdict: one for one in decisions.decisions}
    assert sorted(said) == ["accept", "note", "refuse"]
    assert said["refuse"].correction is not None
    assert said["note"].note == "後で見る"
    (desk.folder / "d.json").write_text(saved, encoding="utf-8")
    done = desk.run("accept", "--decisions", "d.json")
    # What was refused and what was left is pending.
    assert done.returncode == 1, done.stdout + done.stderr
    assert programmes(desk.accepted())[0] == programmes(desk.read())[0]
    assert programmes(desk.accepted())[1] != programmes(desk.read())[1]
    assert tab.complaints() == []


def test_the_file_of_decisions_is_downloaded(tab: Tab, tmp_path: Path) -> None:
    tab.browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    tab.press("a")
    tab.js("document.querySelector('.save').click()")
    path = tmp_path / f"{REPORT}.decisions.json"
    until = time.monotonic() + 30
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert len(Decisions.model_validate_json(path.read_bytes()).decisions) == 1
    assert tab.complaints() == []


def test_each_place_is_cut_out_with_its_frame(tab: Tab) -> None:
    for _ in range(5):
        assert tab.js("document.querySelectorAll('.side').length") == 2
        frames = tab.js(
            "[...document.querySelectorAll('.cut:has(.frame)')].map((cut) => { const a = cut.getBoundingClientRect(),"
            "b = cut.querySelector('.frame').getBoundingClientRect();"
            "return b.left >= a.left && b.right <= a.right && b.top >= a.top && b.bottom <= a.bottom; })"
        )
        assert frames
        assert frames == [True] * len(frames)
        tab.press("j")
    tab.js("document.querySelector('.cut').click()")
    assert tab.js("$('large').open")
    assert tab.complaints() == []


def test_the_page_asks_nothing_of_any_network(desk: Desk) -> None:
    text = written(desk, "en").read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert '<html lang="en">' in text
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", text)
    assert "innerHTML" not in text
    assert EVIL not in text


def test_json_in_a_script_ends_neither_script_nor_line() -> None:
    text = script_json({"a": "</script><!--\u2028\u2029&"})
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == {"a": "</script><!--\u2028\u2029&"}


def test_lines_of_a_transcript_are_shown(desk: Desk, tmp_path: Path) -> None:
    desk.put(TRANSCRIPT, several)
    with browser.running(tmp_path) as running:
        tab = Tab(running, written(desk))
        tab.choose("report", TRANSCRIPT)
        tab.choose("kind", "renamed")
        name = programmes(desk.read(TRANSCRIPT))[3]["name"]
        assert name in tab.js("document.querySelector('.pages .meant').textContent")
        assert tab.complaints() == []


def test_five_thousand_changes_are_few_elements(desk: Desk, tmp_path: Path) -> None:
    """How long it takes is printed, not judged: that only what is in sight is made, is."""
    found = review_outputs([], desk.output, desk.golden, desk.raw)
    (one,) = found.reports
    assert one.comparison is not None
    changes = [
        change.model_copy(update={"right_pointer": f"{change.right_pointer}/{turn}"})
        for turn in range(1000)
        for change in one.comparison.changes
    ]
    comparison = one.comparison.model_copy(update={"changes": tuple(changes)})
    leaves = [leaf.model_copy(update={"key": f"{leaf.key} {turn}"}) for turn in range(1000) for leaf in one.leaves]
    several_times = {"comparison": comparison, "touching": one.touching * 1000, "leaves": tuple(leaves), "groups": ()}
    found = found.model_copy(update={"reports": (one.model_copy(update=several_times),)})
    page = tmp_path / "many.html"
    page.write_text(render_review_page(found, desk.folders, "ja"), encoding="utf-8")
    with browser.running(tmp_path) as running:
        started = time.monotonic()
        tab = Tab(running, page)
        opened = time.monotonic() - started
        assert "5000／5000" in tab.count()
        assert tab.js("document.querySelectorAll('*').length") < 1500
        filtered = tab.js(
            "(() => { const start = performance.now(); $('by-text').value = '新産業課';"
            "$('by-text').dispatchEvent(new Event('input')); return performance.now() - start; })()"
        )
        assert "1000／5000" in tab.count()
        stepped = tab.js(
            "(() => { const start = performance.now(); select(500); return performance.now() - start; })()"
        )
        said = tab.js("(() => { const start = performance.now(); say('accept'); return performance.now() - start; })()")
        size = page.stat().st_size
        print(f"5,000 changes: {size / 1e6:.1f} MB, open {opened:.2f} s, filter {filtered:.0f} ms, ", end="")
        print(f"step {stepped:.0f} ms, decision {said:.0f} ms")
        assert tab.complaints() == []


def test_paper_holds_all_that_is_shown(tab: Tab) -> None:
    import base64

    import pypdfium2

    pdf = base64.b64decode(tab.browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    with pypdfium2.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "新産業課" in text
    assert "alert(1)" in text
    assert tab.complaints() == []
