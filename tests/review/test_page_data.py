"""What the review page is made of: rows of tables, kept documents, colours."""

import hashlib
import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from extractor.baseline import kept_originals
from extractor.baseline.compare_to_baseline import review_outputs
from extractor.baseline.kept_originals import ORIGINALS, folders_of_documents, keep_originals
from extractor.records.table_rows import TableRows
from extractor.reporting.html import findings as findings_page
from extractor.reporting.html import review as review_page
from extractor.reporting.html import years as years_page
from extractor.reporting.html.review.page_data import _list_rewritten, build_page_data
from extractor.runtime.output_files import open_output
from made_up import MadeUp, changed
from reports import GOLDEN
from review.desk import REPORT, TRANSCRIPT, Desk, programmes
from review.small_desk import SmallDesk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "desk").mkdir()
    return Desk(tmp_path / "desk")


def test_the_row_of_a_value_begins_with_its_name_and_the_head_is_right_above_the_table() -> None:
    report = open_output(GOLDEN / f"{REPORT}.json").report
    rows = TableRows(report)
    for chapter, policy in enumerate(report.policies):
        for number, programme in enumerate(policy.programmes):
            for index, metric in enumerate(programme.metrics):
                pointer = f"/policies/{chapter}/programmes/{number}/metrics/{index}/observations/0"
                found = rows.find_row(pointer)
                assert found
                for row in found:
                    (place,) = [one for one in metric.source if getattr(one, "page", None) == row.page]
                    assert row.box == place.bbox  # type: ignore[union-attr]
                    x0, top, x1, bottom = row.head_box
                    assert x0 < x1
                    assert 0 <= top < bottom
    (budget,) = rows.find_row("/policies/0/programmes/2/budget_thousand_yen")
    assert budget.page == 2
    assert budget.box[0] < 91 < 519 < budget.box[2]
    assert rows.find_row("/policies/0/programmes/2/overview/paragraphs/0") == ()
    assert rows.find_row("/report") == ()
    assert rows.find_row(None) == ()


def test_a_transcript_has_no_rows_on_pages() -> None:
    rows = TableRows(open_output(GOLDEN / f"{TRANSCRIPT}.json").report)
    assert rows.find_row("/policies/0/programmes/2/metrics/0/observations/0") == ()


def test_documents_of_golden_files_are_kept_and_no_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put(REPORT)
    desk.put(TRANSCRIPT)
    keep_originals(desk.golden, desk.raw)
    kept = sorted((desk.golden / ORIGINALS).iterdir())
    assert sorted(path.suffix for path in kept) == [".pdf", ".txt"]
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in kept)
    # The file is replaced, and what is accepted still comes of the old one.
    (desk.raw / f"{REPORT}.pdf").write_bytes(b"%PDF-1.4 another")
    mine = desk.golden / ORIGINALS / "read-me.txt"
    mine.write_text("a person's", encoding="utf-8")
    keep_originals(desk.golden, desk.raw)
    assert set(kept) | {mine} == set((desk.golden / ORIGINALS).iterdir())
    # The golden file comes of the new one.
    path = desk.golden / f"{REPORT}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["source"]["sha256"] = hashlib.sha256(b"%PDF-1.4 another").hexdigest()
    path.write_text(json.dumps(data), encoding="utf-8")
    keep_originals(desk.golden, desk.raw)
    (pdf,) = (desk.golden / ORIGINALS).glob("*.pdf")
    assert pdf.read_bytes() == b"%PDF-1.4 another"
    # One that is too large is not kept, and does not stop the others.
    pdf.unlink()
    monkeypatch.setattr(kept_originals, "LARGEST_KEPT", 10)
    keep_originals(desk.golden, desk.raw)
    assert list((desk.golden / ORIGINALS).glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("before", "after", "rewritten"),
    [
        ("22人", "22名", ["人", "名"]),
        ("22人*\n読取り：22名", "22名", ["人*", "名"]),
        ("講座を実施した．次に", "講座を実施した。次に", ["．", "。"]),
        ("", "名", ["", "名"]),
    ],
)
def test_what_was_rewritten_is_told_without_what_is_the_same(before: str, after: str, rewritten: list[str]) -> None:
    assert _list_rewritten(before, after, "読取り：") == rewritten


# What is written on what.
PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "faint") for ground in ("paper", "ground", "hover", "current", "shade")],
    *[("accent", ground) for ground in ("paper", "ground")],
    *[
        (f"{name}-ink", name)
        for name in ("old", "new", "changed", "renamed", "moved", "error", "warning", "info", "restated")
    ],
    *[(f"{name}-ink", ground) for name in ("old", "new", "changed") for ground in ("paper", "hover", "current")],
    *[(ink, "meant") for ink in ("ink", "soft", "accent")],
    ("restated-line", "paper"),
]
PAGES = {"review": review_page, "years": years_page, "findings": findings_page}


@pytest.mark.parametrize("style", ["base.css", "dark.css"])
def test_all_words_can_be_read_on_their_ground(style: str) -> None:
    text = (resources.files("extractor.reporting.html") / style).read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", text))
    for ink, ground in PAIRS:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    # The edges of fields and buttons in use.
    assert contrast(colours["edge"], colours["paper"]) >= 3


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_the_colours_of_night_and_names_no_other(name: str) -> None:
    assert PAGES[name].STYLES[:2] == ("base.css", "dark.css")
    for style in PAGES[name].STYLES[2:]:
        text = (resources.files("extractor.reporting.html") / style).read_text(encoding="utf-8")
        on_screen = text.partition("@media print")[0]
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=[ ;,)])|rgb\(", on_screen) == []


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 counts it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("value", ["/2024-2-01/metrics/参加者数/observations/2024#", "/2024-2-03/overview/"])
def test_what_is_kept_of_an_edition_is_shown_in_it_until_it_is_decided(tmp_path: Path, value: str) -> None:
    """In the second sitting golden/ says the new file is its source; the value that it kept stands in the old one."""
    desk = SmallDesk(tmp_path)
    old = desk.put(MadeUp()).source.sha256
    assert desk.accept() == 0
    rows = ("参加者数\t10名\t14名", "開催回数\t2回\t4回")
    first, second, third, *others = changed(1, rows=rows)
    blocks = (first, second, replace(third, overview="別の概要。"), *others)
    new = desk.put(MadeUp(blocks=blocks, tail="（正誤版）")).source.sha256
    found = desk.reviewed()
    rest = [one.key for one in found.leaves if value not in one.key]
    assert desk.accept(desk.decide({"group": "rest", "keys": rest, "verdict": "accept"})) == 1
    assert desk.accepted().source.sha256 == new
    for _ in range(2):
        desk.run()
        data = build_page_data(desk.review(), folders_of_documents(desk.raw, desk.golden), "ja", {})
        changes = data["reports"][0]["changes"]
        (change,) = [one for one in changes if one["before"] and value in one["key"]]
        assert (data["reports"][0]["documents"], change["document"]) == ((new, new), old)
        assert old in data["documents"]
        first, last = change["sources"][0][0]["lines"]
        shown = "".join(data["sheets"][f"{old}:{line}"]["text"] for line in range(first, last + 1))
        assert "".join(text for text, _ in change["before"]).split("\n")[0] in shown
        # Nothing is said of it in a second sitting, either.
        desk.accept(desk.decide())
    left = [one.key for one in desk.reviewed().leaves]
    assert desk.accept(desk.decide({"group": "rest", "keys": left, "verdict": "accept"})) == 0
    assert {path.stem for path in (desk.golden / ORIGINALS).iterdir()} == {new}


def test_a_value_kept_of_an_edition_is_shown_with_its_row_and_the_head_of_its_table(desk: Desk) -> None:
    observation = "/policies/0/programmes/4/metrics/0/observations/1"
    moved = 20.0

    def edit(data: Any) -> None:
        data["source"]["sha256"] = "0" * 64
        metric = programmes(data)[4]["metrics"][0]
        metric["observations"][1]["raw"] = "1件"
        x0, top, x1, bottom = metric["source"][0]["bbox"]
        metric["source"][0]["bbox"] = [x0, top, x1, bottom + moved]

    desk.put(REPORT, edit)
    (row,) = TableRows(open_output(desk.golden / f"{REPORT}.json").report).find_row(observation)
    for _ in range(2):
        reviewed = review_outputs([], desk.output, desk.golden, desk.raw)
        data = build_page_data(reviewed, [desk.raw], "ja", {})
        (report,), (one,) = data["reports"], reviewed.reports
        said = [leaf.key for leaf in one.leaves if "/observations/" not in leaf.key]
        file = desk.folder / "decisions.json"
        known = {"report": REPORT, "output_sha256": one.output_sha256, "golden_sha256": one.golden_sha256}
        decisions = [{"group": "rest", "keys": said, "verdict": "accept"}] if said else []
        file.write_text(json.dumps(known | {"decisions": decisions}), encoding="utf-8")
        desk.run("accept", "--decisions", str(file))
    # In the second sitting golden/ says the new file is its source.
    assert report["documents"][0] != "0" * 64
    (change,) = report["changes"]
    assert change["document"] == "0" * 64
    (place, *_) = change["sources"][0]
    assert (place["row"], place["head"]) == (row.box, {"page": row.head_page, "box": row.head_box})


def test_values_that_least_speaks_for_come_first_with_their_proofs_in_words(desk: Desk) -> None:
    def edit(data: Any) -> None:
        some = programmes(data)
        some[0]["name"] += "旧"
        some[3]["budget_thousand_yen"] = 1
        some[4]["metrics"][0]["observations"][1]["raw"] = "1件"

    desk.put(REPORT, edit)
    output = desk.output / f"{REPORT}.json"
    data = json.loads(output.read_bytes())
    programmes(data)[3]["budget_proofs"] = []
    output.write_text(json.dumps(data), encoding="utf-8")
    found = review_outputs([REPORT], *desk.folders)
    page = review_page.render_review_page(found, desk.folders, "ja")
    (shown,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    changes = json.loads(shown)["reports"][0]["changes"]
    proofs = [change["proved"] for change in changes]
    assert proofs == [[], ["第二エンジンと一致", "印影と一致"], None]
