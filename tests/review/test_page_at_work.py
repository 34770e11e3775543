"""The review page in an afternoon's work: many changes, keys alone, two editions, on paper and for every eye."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from extractor.baseline.compare_to_baseline import review_outputs
from extractor.baseline.kept_originals import keep_originals
from extractor.records.review import Review
from extractor.records.to_json import report_json, to_json
from extractor.reporting.html import render_review_page
from press import browser
from press.browser import Browser
from press.tab import Tab, needed
from review.desk import REPORT, Desk, programmes, several
from yearly import Made, report

pytestmark = pytest.mark.slow

WAIVED = "原本どおり"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    needed()
    with browser.running(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "desk").mkdir()
    return Desk(tmp_path / "desk")


def opened(running: Browser, desk: Desk, found: Review | None = None) -> Tab:
    page = desk.folder / "review.html"
    found = found or review_outputs([], *desk.folders)
    page.write_text(render_review_page(found, desk.folders, "ja"), encoding="utf-8")
    tab = Tab(running, page)
    # All files are one place to the browser, and it keeps what was said on the page of another test.
    if tab.js("(() => { const had = localStorage.length; localStorage.clear(); return had; })()"):
        running.go(page)
    return tab


def open_changes(tab: Tab) -> int:
    return int(tab.js("changes.filter(isOpen).length"))


def many(data: dict[str, Any]) -> None:
    """Hundreds of changes: most of them one rewriting of the values of tables."""
    for programme in programmes(data):
        for metric in programme["metrics"]:
            for observation in metric["observations"]:
                observation["raw"] += "※"
        programme["page_label"] = "9"
        programme["name"] += "（旧）"


def test_most_changes_of_one_kind_are_decided_with_few_keys(desk: Desk, running: Browser) -> None:
    desk.put(REPORT, many)
    tab = opened(running, desk)
    total = open_changes(tab)
    tab.js("select(shown.findIndex((one) => one.record === 'observation' && !isDoubtful(one)))")
    alike = tab.js("changes.filter((one) => one.alike === looked.alike && !isDoubtful(one)).length")
    assert alike > 100
    tab.press("g")
    assert tab.js("$('alike').open && document.activeElement.id") == "alike-accept"
    # The preview has a count, and every change that is included.
    assert str(alike) in tab.js("$('alike-count').textContent")
    tab.js("document.querySelectorAll('.same').forEach((one) => { one.open = true; })")
    assert tab.js("included().length") == alike
    tab.press("Enter")
    struck = 2
    assert open_changes(tab) == total - alike
    # What a finding doubts is no part of it.
    assert tab.js("changes.filter((one) => isDoubtful(one)).every(isOpen)")
    tab.press("Control+z")
    assert open_changes(tab) == total
    tab.press("Control+y")
    assert open_changes(tab) == total - alike
    while open_changes(tab) and struck < total:
        tab.press("a")
        struck += 1
    assert open_changes(tab) == 0
    assert struck == total - alike + 2
    assert tab.js("$('empty').textContent.length") > 0
    assert tab.complaints() == []


def test_all_values_with_the_same_proofs_are_accepted_after_a_look(desk: Desk, running: Browser) -> None:
    desk.put(REPORT, many)
    tab = opened(running, desk)
    tab.js("select(shown.findIndex((one) => one.proofs && one.proofs.includes('prose')))")
    assert "事業実績と一致" in tab.js("document.querySelector('#detail .proofs').textContent")
    assert "裏付け：3" in tab.js("document.querySelector('.row.current').textContent")
    alike = tab.js("changes.filter((one) => one.proofs && one.proofs.includes('prose') && !isDoubtful(one)).length")
    total = open_changes(tab)
    tab.press("g")
    digit = 1 + tab.js("scopes.findIndex((one) => one.name === 'proofs')")
    tab.press(str(digit))
    assert str(alike) in tab.js("$('alike-count').textContent")
    tab.press("Enter")
    assert open_changes(tab) == total - alike
    groups = tab.js("decisionsOf(data.reports[0]).decisions.map((one) => one.group)")
    assert groups == ["proofs:engine+ink+prose"] * alike
    # What is then looked at by itself is of no group.
    tab.js("select(0); filter.verdict = ''; refresh(true, changes.find((one) => !isOpen(one)))")
    tab.press("a")
    assert len(tab.js("decisionsOf(data.reports[0]).decisions.filter((one) => one.group)")) == alike - 1
    assert tab.complaints() == []


def test_593_changes_of_which_400_are_alike_need_250_keys(tmp_path: Path, running: Browser) -> None:
    """A hundred programmes: of each, four values in another unit; and 193 changes that are unlike each other."""
    (tmp_path / "desk").mkdir()
    desk = Desk(tmp_path / "desk")

    def lay_out(folder: Path, unit: str, more: int) -> None:
        made = [
            Made(
                f"{number}番目の事業",
                budget=1_000 + number * (more + 1),
                divisions=("福祉政策課" if number > 93 or not more else f"第{number}課",),
                metrics={
                    name: {2022: f"{number + 10}{unit}", 2023: f"{number + 30}{unit}"}
                    for name in ("参加者数", "修了者数")
                },
            )
            for number in range(1, 101)
        ]
        data = json.loads(report_json(report(2023, made)))
        data["source"]["sha256"] = hashlib.sha256("作った報告書".encode()).hexdigest()
        for programme in data["policies"][0]["programmes"]:
            # Of the list's offices nothing is to be told twice, and there are no pages.
            programme |= {"listed_offices": [], "source": [], "sources": {one: [] for one in programme["sources"]}}
        (folder / "made-2023.json").write_text(to_json(data), encoding="utf-8")

    (desk.raw / "made-2023.txt").write_text("作った報告書", encoding="utf-8")
    lay_out(desk.golden, "名", 0)
    lay_out(desk.output, "人", 1)
    tab = opened(running, desk)
    assert open_changes(tab) == 593
    tab.js("select(shown.findIndex((one) => one.record === 'observation'))")
    assert tab.js("changes.filter((one) => one.alike === looked.alike).length") == 400
    tab.press("g", "Enter")
    struck = 3  # with the click on a row
    while open_changes(tab) and struck < 250:
        tab.press("r" if struck % 10 == 0 else "a")
        struck += 1
    assert (open_changes(tab), struck) == (0, 3 + 193)
    decided = tab.js("decisionsOf(data.reports[0]).decisions.length")
    assert decided == 593
    assert tab.complaints() == []


def test_a_decision_moves_on_and_is_undone(desk: Desk, running: Browser) -> None:
    desk.put(REPORT, several)
    tab = opened(running, desk)
    first = tab.js("looked.name")
    tab.press("a")
    second = tab.js("looked.name")
    assert second != first
    assert tab.js("shown.length") == 4
    tab.press("r", "Control+z", "Control+z")
    assert (tab.js("looked.name"), open_changes(tab)) == (first, 5)
    tab.press("Control+Shift+z")
    assert open_changes(tab) == 4
    tab.press("d")
    assert tab.js("shown.length") == 5
    tab.press("d", "c")
    assert tab.js("document.activeElement.id") == "say-correction"
    running.ask("Input.insertText", text="12")
    tab.press("Enter")
    assert tab.js("document.activeElement.id") == "say-reason"
    running.ask("Input.insertText", text="頁の表")
    tab.press("Enter")
    assert tab.js("document.activeElement.id") == "list"
    corrected = tab.js("decisionsOf(data.reports[0]).decisions.filter((one) => one.correction)[0].correction")
    assert corrected == {"value": "12", "reason": "頁の表"}
    # All that was typed into a field is one step.
    tab.press("Control+z", "Control+z", "Control+z")
    assert open_changes(tab) == 4
    assert tab.complaints() == []


@pytest.mark.parametrize("typed", ["4,789", "4789", "４，７８９", "４７８９千円"])
def test_search_is_blind_to_width_and_commas(desk: Desk, running: Browser, typed: str) -> None:
    desk.put(REPORT, several)
    tab = opened(running, desk)
    tab.press("/")
    running.ask("Input.insertText", text=typed)
    assert tab.js("shown.length") == 1
    tab.press("Enter")
    assert tab.js("document.activeElement.id") == "list"
    tab.choose("kind", "changed")
    assert tab.js("document.activeElement.id") == "list"


def test_a_cut_out_shows_the_row_and_the_head_of_the_column(desk: Desk, running: Browser) -> None:
    desk.put(REPORT, many)
    tab = opened(running, desk)
    seen = 0
    for at in range(0, tab.js("shown.length"), 25):
        tab.js(f"select({at})")
        # The middle of the name cell, of the head and of the value are in what is seen of the page.
        answer = tab.js(
            """(() => { const place = looked.sources[1].find((one) => one.row); if (!place) return null;
            const cuts = [...document.querySelectorAll('#detail .cut')].map((cut) => {
              const a = cut.getBoundingClientRect(), v = cut.querySelector('.view').getBoundingClientRect();
              return [a.left - v.left, a.top - v.top, a.width, a.height, v.width]; });
            const sheet = data.sheets[looked.report.documents[1] + ':' + place.page];
            const holds = (box) => { const x = (box[0] + 4), y = (box[1] + box[3]) / 2;
              return cuts.some(([l, t, w, h, full]) => { const s = full / sheet.width;
                return x * s >= l && x * s <= l + w && y * s >= t && y * s <= t + h; }); };
            return [holds(place.row), holds(place.head.box), holds(place.box)]; })()"""
        )
        if answer is not None:
            seen += 1
            assert answer == [True, True, True]
    assert seen > 5
    assert tab.complaints() == []


def put_edition(desk: Desk) -> None:
    """Replace the input by another file that says the same, after the golden file was accepted."""
    desk.put(REPORT, several)
    keep_originals(desk.golden, desk.raw)
    path = desk.raw / f"{REPORT}.pdf"
    path.write_bytes(path.read_bytes() + b"\n% a corrected edition")
    output = desk.read()
    output["source"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (desk.output / f"{REPORT}.json").write_text(to_json(output), encoding="utf-8")


def test_both_pages_are_there_after_the_file_was_replaced(desk: Desk, running: Browser) -> None:
    put_edition(desk)
    tab = opened(running, desk)
    tab.js("select(shown.findIndex((one) => one.record === 'observation'))")
    assert tab.js("document.querySelectorAll('#detail .both .page .cut img').length") == 2
    assert tab.js("document.querySelectorAll('#detail .missing').length") == 0
    tab.press("o")
    boxes = tab.js("[...document.querySelectorAll('.both.over .frame')].map((one) => one.getBoundingClientRect().left)")
    assert abs(boxes[0] - boxes[1]) < 1
    tab.press("b")
    assert tab.js("document.querySelector('.both.over .after').style.opacity") in {"0", "1"}
    tab.press("o")
    assert tab.js("document.querySelectorAll('.both.over').length") == 0
    assert tab.complaints() == []


def test_a_finding_stands_with_its_value_and_is_waived_with_a_reason(desk: Desk, running: Browser) -> None:
    desk.put(REPORT, many)
    output = desk.read()
    for finding in output["findings"]:
        finding["waived"] = None
    (desk.output / f"{REPORT}.json").write_text(to_json(output), encoding="utf-8")
    tab = opened(running, desk)
    # What a finding doubts comes first.
    tab.js("select(shown.findIndex((one) => one.findings.some((finding) => finding.waivable)))")
    assert tab.js("document.querySelector('#detail .finding .more').textContent").startswith("意味")
    tab.press("w")
    running.ask("Input.insertText", text=WAIVED)
    tab.press("Enter")
    assert tab.js("waiversOf(data.reports[0])[0].reason") == WAIVED
    assert not tab.js("isDoubtful(looked)")
    tab.press("Control+z")
    assert tab.js("waiversOf(data.reports[0]).length") == 0
    assert tab.complaints() == []


def test_the_finding_of_the_value_that_is_looked_at_is_waived(desk: Desk, running: Browser) -> None:
    """The page of a programme that is new has the findings of all its values."""
    desk.put(REPORT)
    output = desk.read()
    for finding in output["findings"]:
        finding["waived"] = None
    (desk.output / f"{REPORT}.json").write_text(to_json(output), encoding="utf-8")
    (desk.golden / f"{REPORT}.json").unlink(missing_ok=True)
    tab = opened(running, desk)
    waivable = "leavesOf(looked).filter((one) => one.findings.some((finding) => finding.waivable))"
    tab.js(f"select(shown.findIndex((one) => (looked = one) && one.group && {waivable}.length > 1))")
    tab.js(f"lookAt({waivable}[1])")
    wanted = tab.js("looked.findings.map((one) => one.pointer)")
    tab.press("w")
    running.ask("Input.insertText", text=WAIVED)
    tab.press("Enter")
    assert tab.js("waiversOf(data.reports[0]).map((one) => one.pointer)") == wanted
    tab.js("lookAt(leavesOf(looked).find((one) => !one.findings.length))")
    tab.press("w")
    assert tab.js("document.activeElement.id") == "list"
    assert tab.complaints() == []


def test_seventy_changes_go_on_twenty_five_pages(desk: Desk, running: Browser) -> None:
    desk.put(REPORT, many)
    tab = opened(running, desk)
    tab.js("filter.text = ''; shown = shown.slice(0, 70); 0")
    printed = base64.b64decode(running.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    with pypdfium2.PdfDocument(printed) as document:
        assert len(document) <= 25
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert text.count("判断:") == 70
    assert tab.complaints() == []


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (380, 700)])
def test_every_control_has_a_name_and_nothing_reaches_over_the_side(
    desk: Desk, running: Browser, width: int, height: int
) -> None:
    desk.put(REPORT, several)
    running.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    try:
        tab = opened(running, desk)
        tab.press("c")
        nameless = tab.js(
            "[...document.querySelectorAll('button, select, input, progress, [role]')].filter((one) =>"
            "!one.textContent.trim() && !one.getAttribute('aria-label') && !(one.labels && one.labels.length)"
            "&& !['presentation', 'status'].includes(one.getAttribute('role'))).map((one) => one.outerHTML)"
        )
        assert nameless == []
        assert tab.js("document.documentElement.scrollWidth <= innerWidth")
        assert tab.js("[...$('rows').children].every((one) => one.getAttribute('role') === 'option')")
        assert tab.js("document.getElementById($('list').getAttribute('aria-activedescendant')) !== null")
        assert tab.complaints() == []
    finally:
        running.ask("Emulation.clearDeviceMetricsOverride")


def test_a_new_report_is_decided_programme_by_programme(desk: Desk, running: Browser) -> None:
    desk.put(REPORT)
    (desk.golden / f"{REPORT}.json").unlink()
    tab = opened(running, desk)
    tab.js("select(shown.findIndex((one) => one.where[0] === one.title && one.group.includes('/programmes/')))")
    leaves = tab.js("leavesOf(looked).length")
    assert leaves > 5
    assert tab.js("document.querySelectorAll('.leaves tr.leaf').length") == leaves
    # One row of the list is a programme; the page stands beside its leaves, with the place of the one looked at.
    assert tab.js("rows.length") < tab.js("shown.length") / 5
    assert tab.js("document.querySelector('#page-side .frame') !== null")
    total, calm = open_changes(tab), tab.js("leavesOf(looked).filter((one) => !isDoubtful(one)).length")
    before = tab.js("looked.group")
    tab.press("Shift+A")
    assert open_changes(tab) == total - calm
    assert tab.js("looked.group") != before
    tab.press("Control+z")
    assert open_changes(tab) == total
    assert tab.js("looked.group") == before
    # All programmes of which the sums agree, as one.
    clean = tab.js("changes.filter((one) => one.clean && !isDoubtful(one)).length")
    tab.press("g")
    at = tab.js("scopes.findIndex((scope) => scope.name === 'clean')")
    tab.press(str(at + 1), "Enter")
    assert open_changes(tab) == total - clean
    file = desk.folder / "decisions.json"
    file.write_text(tab.js("JSON.stringify(decisionsOf(data.reports[0]))"), encoding="utf-8")
    done = desk.run("accept", "--decisions", file.name)
    assert done.returncode == 1, done.stdout + done.stderr
    assert programmes(desk.accepted())
    assert tab.complaints() == []
