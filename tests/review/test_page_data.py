"""What the review page is made of: rows of tables, kept documents, colours."""

import hashlib
import json
import re
from importlib import resources
from pathlib import Path

import pytest

from extractor.baseline import kept_originals
from extractor.baseline.kept_originals import ORIGINALS, keep_originals
from extractor.reporting.html.review.page_data import _list_rewritten
from extractor.reporting.html.review.table_rows import TableRows
from extractor.runtime.output_files import open_output
from reports import GOLDEN
from review.desk import REPORT, TRANSCRIPT, Desk


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
                for page, row in found.items():
                    (place,) = [one for one in metric.source if getattr(one, "page", None) == page]
                    assert row["row"] == place.bbox  # type: ignore[union-attr]
                    x0, top, x1, bottom = row["head"]["box"]
                    assert x0 < x1
                    assert 0 <= top < bottom
    budget = rows.find_row("/policies/0/programmes/2/budget_thousand_yen")
    assert budget[2]["row"][0] < 91 < 519 < budget[2]["row"][2]
    assert rows.find_row("/policies/0/programmes/2/overview/paragraphs/0") == {}
    assert rows.find_row("/report") == {}
    assert rows.find_row(None) == {}


def test_a_transcript_has_no_rows_on_pages() -> None:
    rows = TableRows(open_output(GOLDEN / f"{TRANSCRIPT}.json").report)
    assert rows.find_row("/policies/0/programmes/2/metrics/0/observations/0") == {}


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
        ("22人*\n= 22名", "22名", ["人*", "名"]),
        ("講座を実施した．次に", "講座を実施した。次に", ["．", "。"]),
        ("", "名", ["", "名"]),
    ],
)
def test_what_was_rewritten_is_told_without_what_is_the_same(before: str, after: str, rewritten: list[str]) -> None:
    assert _list_rewritten(before, after) == rewritten


# What is written on what.
PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "faint") for ground in ("paper", "ground", "hover", "current", "shade")],
    *[("accent", ground) for ground in ("paper", "ground")],
    *[(f"{name}-ink", name) for name in ("old", "new", "changed", "renamed", "moved", "error", "warning", "info")],
    *[(f"{name}-ink", ground) for name in ("old", "new", "changed") for ground in ("paper", "hover", "current")],
    ("ink", "meant"),
]


@pytest.mark.parametrize("style", ["base.css", "dark.css"])
def test_all_words_can_be_read_on_their_ground(style: str) -> None:
    text = (resources.files("extractor.reporting.html") / style).read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", text))
    for ink, ground in PAIRS:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    # The edges of fields and buttons in use.
    assert contrast(colours["edge"], colours["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 counts it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
