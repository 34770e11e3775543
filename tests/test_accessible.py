"""The pages for every eye and hand, as axe-core judges them, in both languages and in each state."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.baseline.collect_findings import collect_findings
from extractor.baseline.compare_to_baseline import review_outputs
from extractor.records.report import Report
from extractor.records.to_json import to_json
from extractor.reporting.html import render_findings_page, render_review_page, render_years_page
from extractor.reporting.i18n import Language
from extractor.trends.trends import build_trends
from press import browser
from press.axe import find_obstacles
from press.browser import Browser
from press.tab import Tab, needed
from review.desk import REPORT, TRANSCRIPT, Desk, programmes, several
from review.test_page_at_work import many, put_edition
from years.five import five

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("language", ["ja", "en"])]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    needed()
    with browser.running(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "desk").mkdir()
    return Desk(tmp_path / "desk")


def open_page(running: Browser, path: Path, text: str) -> Tab:
    path.write_text(text, encoding="utf-8")
    tab = Tab(running, path)
    if tab.js("(() => { const had = localStorage.length; localStorage.clear(); return had; })()"):
        running.go(path)
    return tab


def open_review(running: Browser, desk: Desk, language: Language) -> Tab:
    page = render_review_page(review_outputs([], *desk.folders), desk.folders, language)
    return open_page(running, desk.folder / "review.html", page)


def check(tab: Tab, state: str) -> None:
    """Nothing stands in anybody's way in this state of the page."""
    assert find_obstacles(tab.browser) == [], state


def of_every_kind(data: dict[str, Any]) -> None:
    """Changes of all kinds, also in what is of the report as a whole."""
    many(data)
    several(data)
    some = programmes(data)
    del some[5]["metrics"][0]
    some.append(some[6] | {"id": "2023-1-99", "name": "前年度までの事業"})
    del some[7]
    some[7]["overview"]["paragraphs"].append("前に別の段落があった。")
    some[8]["metrics"].reverse()


def unwaive(desk: Desk) -> None:
    output = desk.read()
    for finding in output["findings"]:
        finding["waived"] = None
    (desk.output / f"{REPORT}.json").write_text(to_json(output), encoding="utf-8")


def test_a_review_of_changes_of_all_kinds(desk: Desk, running: Browser, language: Language) -> None:
    desk.put(REPORT, of_every_kind)
    desk.put(TRANSCRIPT)
    unwaive(desk)
    tab = open_review(running, desk, language)
    kinds = tab.js("[...new Set(changes.map((one) => one.kind))]")
    assert {"added", "removed", "changed", "moved", "renamed"} <= set(kinds)
    for kind in kinds:
        tab.js(f"select(shown.findIndex((one) => one.kind === {json.dumps(kind)}))")
        check(tab, kind)
    tab.js("select(shown.findIndex((one) => one.findings.some((finding) => finding.waivable)))")
    check(tab, "a finding")
    tab.press("w")
    check(tab, "a waiver")
    tab.press("Escape", "c")
    check(tab, "a correction")
    tab.press("Escape", "a", "r", "n", "Escape", "d")
    check(tab, "decided")
    tab.press("g")
    check(tab, "those that are alike")
    tab.press("Escape", "?")
    check(tab, "the keys")
    tab.press("Escape")
    tab.js("$('by-text').value = 'これはない'; $('by-text').dispatchEvent(new Event('input', { bubbles: true }))")
    check(tab, "nothing is found")


def test_a_review_of_another_edition(desk: Desk, running: Browser, language: Language) -> None:
    put_edition(desk)
    tab = open_review(running, desk, language)
    tab.js("select(shown.findIndex((one) => one.record === 'observation'))")
    check(tab, "beside each other")
    tab.press("o")
    check(tab, "one over the other")
    tab.js("document.querySelector('#detail .cut').click()")
    check(tab, "the page")


def test_a_review_of_a_new_report(desk: Desk, running: Browser, language: Language) -> None:
    desk.put(REPORT)
    unwaive(desk)
    (desk.golden / f"{REPORT}.json").unlink()
    tab = open_review(running, desk, language)
    check(tab, "the head")
    tab.js("select(shown.findIndex((one) => one.group && one.findings.some((finding) => finding.waivable)))")
    check(tab, "a programme")
    tab.press("c")
    check(tab, "a correction")
    tab.press("Escape", "g")
    check(tab, "the clean programmes")


@pytest.mark.parametrize("chapters", [1, 2])
def test_the_years(tmp_path: Path, running: Browser, language: Language, chapters: int) -> None:
    reports = five() if chapters == 2 else tuple(map(put_into_one_chapter, five()[-2:]))
    page = render_years_page(build_trends(reports), reports, tmp_path, language)
    tab = open_page(running, tmp_path / "years.html", page)
    tab.js("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tab.js("document.querySelectorAll('button.correct')[1].click()")
    check(tab, "all is open")


def put_into_one_chapter(report: Report) -> Report:
    first, second = report.policies
    whole = first.model_copy(update={"programmes": (*first.programmes, *second.programmes)})
    return report.model_copy(update={"policies": (whole,)})


def test_the_findings(desk: Desk, running: Browser, language: Language) -> None:
    desk.put(REPORT)
    desk.put(TRANSCRIPT)
    found = collect_findings([], desk.golden, "golden")
    page = render_findings_page(found, desk.golden, [desk.raw], language)
    tab = open_page(running, desk.folder / "findings.html", page)
    check(tab, "at first")
    tab.js("document.querySelector('.places .cut').click()")
    check(tab, "the page")
