"""The page of findings in a browser: each finding beside the cut-out of its place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.baseline.collect_findings import collect_findings
from extractor.reporting.html import render_findings_page
from press import browser
from press.tab import Tab, needed
from review.desk import EVIL, REPORT, TRANSCRIPT, Desk

pytestmark = pytest.mark.slow


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    def edit(data: dict[str, Any]) -> None:
        data["findings"][0]["message_ja"] = EVIL

    needed()
    (tmp_path / "desk").mkdir()
    desk = Desk(tmp_path / "desk")
    desk.put(REPORT, edit)
    desk.put(TRANSCRIPT)
    found = collect_findings([], desk.golden, "golden")
    page = tmp_path / "findings.html"
    page.write_text(render_findings_page(found, desk.golden, [desk.raw], "ja"), encoding="utf-8")
    with browser.running(tmp_path) as running:
        yield Tab(running, page)


def test_every_finding_is_beside_its_places(tab: Tab) -> None:
    places = tab.js("data.places.map((one) => one.places.length)")
    assert (
        tab.js("[...document.querySelectorAll('.places')].map((one) => one.querySelectorAll('figure').length)")
        == places
    )
    kinds = "data.places.flatMap((one) => one.places).filter((one) => {}).length"
    assert tab.js("document.querySelectorAll('.places .frame').length") == tab.js(kinds.format("one.page")) > 0
    assert tab.js("document.querySelectorAll('.places .of-row').length") == tab.js(kinds.format("one.row")) > 0
    assert tab.js("document.querySelectorAll('.places .lines').length") == tab.js(kinds.format("one.lines")) > 0
    tab.js("document.querySelector('.places .cut').click()")
    assert tab.js("$('large').open")
    assert EVIL in tab.js("document.querySelector('main').textContent")
    assert tab.js("document.scripts.length") == 2
    assert tab.complaints() == []


def test_nothing_is_wider_than_a_narrow_window(tab: Tab) -> None:
    for width in (1200, 480):
        tab.browser.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        tab.browser.go(tab.page)
        assert tab.js("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")


def test_a_framed_value_is_on_paper_too(tab: Tab) -> None:
    """It was cut out for a wide window; a sheet of A4 is narrower."""
    frames = "[...document.querySelectorAll('.places .frame')].map((one) => [one, one.closest('.cut')])"
    boxes = f"{frames}.map((both) => both.map((one) => one.getBoundingClientRect()))"
    inside = f"{boxes}.every(([frame, cut]) => frame.left >= cut.left && frame.right <= cut.right + 1)"
    shares = f"{boxes}.map(([frame, cut]) => Math.round(100 * (frame.left - cut.left) / cut.width))"
    before, widest = tab.js(shares), tab.js(f"Math.max(...{boxes}.map(([, cut]) => cut.width))")
    assert tab.js(inside)
    tab.browser.ask("Emulation.setEmulatedMedia", media="print")
    tab.browser.ask("Emulation.setDeviceMetricsOverride", width=688, height=900, deviceScaleFactor=1, mobile=False)
    assert tab.js(f"Math.max(...{boxes}.map(([, cut]) => cut.width))") < min(widest, 690)
    assert tab.js(inside)
    assert tab.js(shares) == pytest.approx(before, abs=1)
