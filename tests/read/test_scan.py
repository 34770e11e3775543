"""Pages that are pictures: what is recognised in scans of the samples, and that what is not sure is said."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from extractor.document.page import Page
from extractor.errors import CannotRead
from extractor.layout import lay_out_pages
from extractor.layout.lines import form_lines
from extractor.ocr.rendering import render_page
from extractor.pdf.reader import read_pdf
from extractor.pipeline import read_report
from extractor.records.to_json import report_json
from read.pdf_files import file_of, page_objects, text, write
from read.scans import joined, need_extra, scanned
from reports import HERE, RAW, ROOT, report_of
from test_hand_read import observation as as_typed
from test_hand_read import text as as_text

SAMPLE = RAW / "aomori-sme-2023.pdf"
REAL = ROOT.parent / "shared" / "real"
# The picture may be read a little beside what is printed: points.
SLACK = 3.0


@pytest.fixture(autouse=True, scope="module")
def extra() -> None:
    need_extra()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scans")


def as_data(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(report_json(read_report(path)))
    return data


Leaf = tuple[tuple[int, int, int], dict[str, Any], str]


def values(report: dict[str, Any]) -> Iterator[Leaf]:
    """Every value of a metric table by programme, row and year; with its pointer."""
    for p, policy in enumerate(report["policies"]):
        for n, programme in enumerate(policy["programmes"]):
            for m, metric in enumerate(programme["metrics"]):
                for o, one in enumerate(metric["observations"]):
                    pointer = f"/policies/{p}/programmes/{n}/metrics/{m}/observations/{o}"
                    yield (programme["number"], m, one["fiscal_year"]), one, pointer


def told(one: dict[str, Any]) -> dict[str, Any]:
    """What a value says, without how it is written."""
    return {key: value for key, value in as_typed(one).items() if key != "raw"}


def covers(finding: dict[str, Any], one: dict[str, Any], pointer: str) -> bool:
    """Whether a finding warns of a value, by its pointer or by its place."""
    if finding["severity"] == "info":
        return False
    if finding["pointer"].startswith(pointer):
        return True
    return any(
        a["page"] == b["page"]
        and a["bbox"][0] <= b["bbox"][2]
        and b["bbox"][0] <= a["bbox"][2]
        and a["bbox"][1] <= b["bbox"][3]
        and b["bbox"][1] <= a["bbox"][3]
        for a in finding["source"]
        for b in one["source"]
        if finding["code"] in {"low-confidence", "unreadable-value", "blank-cell"}
    )


def wrong_and_silent(read: dict[str, Any], truth: dict[str, Any]) -> tuple[list[str], list[str], int]:
    """Values that differ from the truth, those of them that no finding covers, and how many values there are."""
    found = {key: (one, pointer) for key, one, pointer in values(read)}
    wrong, silent = [], []
    wanted = list(values(truth))
    for key, one, _ in wanted:
        other, pointer = found.get(key, (None, ""))
        if other is None:
            wrong.append(f"{key} is missing")
            silent.append(wrong[-1])
        elif told(other) != told(one):
            wrong.append(f"{key} {one['raw']} as {other['raw']}")
            if not any(covers(finding, other, pointer) for finding in read["findings"]):
                silent.append(wrong[-1])
    return wrong, silent, len(wanted)


@cache
def first_pages(folder: Path) -> dict[str, Any]:
    """The title, the list and the first block, scanned."""
    return as_data(scanned(SAMPLE, folder / "aomori-sme-2023.pdf", [1, 2, 3]))


def places(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "bbox" in value:
            yield value
        for inner in value.values():
            yield from places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner)


@pytest.mark.slow
def test_list_of_a_scan_is_that_of_the_report(folder: Path) -> None:
    (policy,), (typed,) = first_pages(folder)["policies"], report_of(SAMPLE.name)["policies"]
    assert policy["subtotal_thousand_yen"] == typed["subtotal_thousand_yen"]
    keys = ("number", "budget_thousand_yen", "is_new", "page_label")
    assert [[one[key] for key in keys] for one in policy["programmes"]] == [
        [one[key] for key in keys] for one in typed["programmes"]
    ]
    divisions = [[office["division"] for office in one["listed_offices"]] for one in policy["programmes"]]
    assert divisions == [[office["division"] for office in one["listed_offices"]] for one in typed["programmes"]]


@pytest.mark.slow
def test_block_of_a_scan_is_that_of_the_report(folder: Path) -> None:
    read, truth = first_pages(folder), report_of(SAMPLE.name)
    one, typed = (report["policies"][0]["programmes"][0] for report in (read, truth))
    assert [told(value) for metric in one["metrics"] for value in metric["observations"]] == [
        told(value) for metric in typed["metrics"] for value in metric["observations"]
    ]
    names = [[as_text(metric["name"]) for metric in programme["metrics"]] for programme in (one, typed)]
    assert names[0] == names[1]
    for passage in ("overview", "results"):
        assert len(one[passage]["paragraphs"]) == len(typed[passage]["paragraphs"])


@pytest.mark.slow
def test_records_of_a_scan_say_that_they_were_recognised(folder: Path) -> None:
    report = first_pages(folder)
    assert report["source"]["kind"] == "scan"
    assert all(place["recognised"] for place in places(report))
    assert not any("recognised" in place for place in places(report_of(SAMPLE.name)))


@pytest.mark.slow
def test_places_are_where_the_ink_is_on_the_turned_picture(folder: Path) -> None:
    read, truth = first_pages(folder), report_of(SAMPLE.name)
    path = folder / "aomori-sme-2023.pdf"
    picture = pypdfium2.PdfDocument(path)[1].render(scale=2).to_pil().convert("L")
    for one, typed in zip(read["policies"][0]["programmes"], truth["policies"][0]["programmes"], strict=True):
        (place,), (straight,) = one["sources"]["budget_thousand_yen"], typed["sources"]["budget_thousand_yen"]
        x0, top, x1, bottom = (round(2 * side) for side in place["bbox"])
        # Ink is inside, and the box is as wide as what is printed.
        assert picture.crop((x0, top, x1, bottom)).getextrema()[0] < 100
        assert abs((x1 - x0) / 2 - (straight["bbox"][2] - straight["bbox"][0])) < SLACK
    # The page was turned against the clock by 0.4 degrees round its middle: what is right of it went up.
    lift = read["policies"][0]["programmes"][0]["sources"]["page_label"][0]["bbox"][1]
    level = truth["policies"][0]["programmes"][0]["sources"]["page_label"][0]["bbox"][1]
    assert -4 < lift - level < -0.5


@pytest.mark.slow
def test_whole_report_scanned_has_no_silent_wrong_value(folder: Path) -> None:
    (folder / "whole").mkdir()
    read = as_data(scanned(SAMPLE, folder / "whole" / "aomori-sme-2023.pdf"))
    wrong, silent, count = wrong_and_silent(read, report_of(SAMPLE.name))
    assert silent == []
    assert len(wrong) <= 0.03 * count, wrong
    # Against what a person read, too: the golden file could be wrong itself.
    typed = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in (HERE / "hand_read" / SAMPLE.stem).glob("[0-9]*")
    ]
    found = {key: told(one) for key, one, _ in values(read)}
    hand = {
        (one["number"], m, value["fiscal_year"]): told(value)
        for one in typed
        for m, metric in enumerate(one.get("metrics", []))
        for value in metric["observations"]
    }
    assert sum(found.get(key) != value for key, value in hand.items()) <= 0.03 * len(hand)
    # What is doubted without need is bearable.
    doubted = {finding["pointer"] for finding in read["findings"] if finding["code"] == "low-confidence"}
    assert sum("/observations/" in pointer for pointer in doubted) <= 0.1 * count


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("coarse", {"dpi": 150, "turn": -0.8}),
        ("fine", {"dpi": 300, "turn": 0.0, "noise": 0.0, "quality": 95}),
        ("grey", {"turn": 1.5, "paper": 205, "noise": 10.0}),
    ],
)
def test_other_scanners(folder: Path, name: str, how: dict[str, Any]) -> None:
    numbers = [12]
    scan = scanned(SAMPLE, folder / f"{name}.pdf", numbers, **how)
    (page,), truth = read_pdf(scan), [read_pdf(SAMPLE)[number - 1] for number in numbers]
    assert page.recognised
    assert abs(page.turn + how.get("turn", 0.4)) <= 0.1
    assert figures(page) == figures(truth[0])


def figures(page: Page) -> list[str]:
    """All numbers on a page, sorted: their order is the reader's business."""
    return sorted(re.findall(r"[0-9][0-9,.]*", " ".join(line.text for line in form_lines(page.glyphs))))


@pytest.mark.slow
def test_only_pages_that_are_pictures_are_recognised(folder: Path) -> None:
    scan = scanned(SAMPLE, folder / "six.pdf", [6])
    mixed = joined(folder / "mixed.pdf", (SAMPLE, [1, 2, 3]), (scan, [1]), (SAMPLE, [7]))
    pages, plain = read_pdf(mixed), read_pdf(SAMPLE)
    assert [page.recognised for page in pages] == [False, False, False, True, False]
    assert [page.glyphs for page in pages[:3]] == [page.glyphs for page in plain[:3]]
    assert figures(pages[3]) == figures(plain[5])
    report = as_data(mixed)
    assert report["source"]["kind"] == "scan"
    assert {place.get("recognised", False) == (place["page"] == 4) for place in places(report)} == {True}


@pytest.mark.slow
def test_recognition_layer_of_a_scanner_is_not_believed() -> None:
    path = REAL / "kodaira_koji-hi_scan-junk-OCR.pdf"
    if not path.is_file():
        pytest.skip("the real pages are not here")
    (page,) = read_pdf(path)
    assert page.recognised
    assert page.hidden  # and said to be there
    words = "".join(glyph.text for glyph in page.glyphs)
    for printed in ("上水南町寄付公園概算工事費", "29,739,500", "57,000,000", "サルスベリ植栽"):
        assert printed in words
    # A stain stands before one 400,000 like a minus.
    assert ["stain" in str(doubt.why) for doubt in page.doubts if doubt.text == "-400,000"] == [True]


@pytest.mark.slow
def test_recognition_is_the_same_in_another_process(folder: Path) -> None:
    scan = scanned(SAMPLE, folder / "again.pdf", [4])
    program = (
        "import pathlib, sys; from extractor.pdf.reader import read_pdf; print(read_pdf(pathlib.Path(sys.argv[1])))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, str(scan)], env=os.environ | environment, capture_output=True, check=True
        ).stdout
        for environment in (
            {"OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "1"},
            {"OMP_NUM_THREADS": "4", "PYTHONHASHSEED": "2"},
        )
    ]
    assert runs[0] == runs[1]
    assert b"recognised=True" in runs[0]


def picture_page(folder: Path, picture: Image.Image, name: str = "picture.pdf") -> Path:
    path = folder / name
    picture.save(path, "PDF", resolution=72)
    return path


def test_picture_without_text_gives_none(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as caught:
        read_pdf(picture_page(tmp_path, Image.new("L", (595, 842), 255)))
    assert (caught.value.status, "no text was recognised" in str(caught.value)) == ("no-text", True)


def test_page_with_text_beside_a_picture_is_read(tmp_path: Path) -> None:
    image = b"q 150 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q "
    (page,) = read_pdf(write(tmp_path, file_of(page_objects(image + text(b"A")))))
    assert (page.covered, page.recognised, page.glyphs[0].text) == (0.75, False, "A")


def test_table_that_is_a_picture_on_a_page_of_text_is_said(tmp_path: Path) -> None:
    table = drawn_table(tmp_path)
    path = with_picture(tmp_path / "table.pdf", table)
    (page,) = read_pdf(path)
    assert not page.recognised
    (doubt,) = page.doubts
    assert (doubt.why.code, doubt.why.severity) == ("unread-picture", "warning")
    x0, top, x1, bottom = doubt.box  # that of the words, from the first row to the last
    assert 110 < x0 < 135
    assert 210 < top < 240
    assert 400 < x1 < 470
    assert 380 < bottom < 420
    (remark,) = lay_out_pages([page]).remarks
    assert (remark.message.code, remark.message.severity) == ("unread-picture", "warning")


def test_small_picture_of_a_table_is_not_looked_at(tmp_path: Path) -> None:
    (page,) = read_pdf(with_picture(tmp_path / "small.pdf", drawn_table(tmp_path), wide=150))
    assert (0 < page.covered < 0.1, page.doubts) == (True, ())


def test_photograph_or_background_on_a_page_of_text_is_not_said(tmp_path: Path) -> None:
    rings = Image.radial_gradient("L").resize((400, 300))
    hills = Image.merge(
        "RGB", (rings, rings.rotate(90).transpose(Image.Transpose.FLIP_TOP_BOTTOM), Image.effect_noise((400, 300), 60))
    )
    assert read_pdf(with_picture(tmp_path / "photograph.pdf", hills))[0].doubts == ()
    # The text over a picture that fills the page is the page's own.
    (page,) = read_pdf(with_picture(tmp_path / "paper.pdf", Image.new("L", (60, 84), 230), wide=595, x=0, y=0))
    assert (page.covered > 0.9, page.doubts) == (True, ())


def test_picture_that_cannot_be_looked_at_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_picture(tmp_path / "table.pdf", Image.new("L", (60, 40), 230))
    assert read_pdf(path)[0].doubts == ()
    with monkeypatch.context() as patched:
        patched.setattr("extractor.ocr.rendering.MOST_PIXELS", 1000)
        (doubt,) = read_pdf(path)[0].doubts
    assert (doubt.why.severity, "more than 1,000 pixels" in str(doubt.why)) == ("info", True)
    for name in [name for name in sys.modules if name.startswith("extractor.ocr")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    (doubt,) = read_pdf(path)[0].doubts
    assert (doubt.why.code, doubt.why.severity, "not looked at" in str(doubt.why)) == ("unread-picture", "info", True)


def drawn_table(folder: Path) -> Image.Image:
    """The picture of a metric table of a report that exists nowhere."""
    rows = [
        ["Item", "FY 2021", "FY 2022"],
        ["Visitors", "1,234", "987"],
        ["Meetings", "12", "15"],
        ["Firms", "30", "31"],
    ]
    target = canvas.Canvas(str(folder / "drawn.pdf"), pagesize=(360, 210))
    target.setFont("Helvetica", 16)
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            target.rect(1 + column * 119, 208 - 51 * (row + 1), 119, 51)
            target.drawString(14 + column * 119, 228 - 51 * (row + 1), word)
    target.save()
    return render_page((folder / "drawn.pdf").read_bytes(), 1, 150)


def with_picture(path: Path, picture: Image.Image, wide: float = 360, x: float = 110, y: float = 210) -> Path:
    """A page with more than a few lines of its own text and a picture, so wide, at x and y from its top left."""
    target = canvas.Canvas(str(path), pagesize=(595, 842))
    high = wide * picture.height / picture.width
    target.drawImage(ImageReader(picture), x, 842 - y - high, wide, high)
    for line in range(6):
        target.drawString(72, 780 - 16 * line, "What the programme was for, and whom it has reached.")
    target.save()
    return path


def test_status_where_the_extra_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("extractor.ocr")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(CannotRead) as caught:
        read_pdf(picture_page(tmp_path, Image.new("L", (595, 842), 255)))
    assert (caught.value.status, caught.value.page) == ("needs-ocr", 1)
    assert "pip install 'extractor[ocr]'" in str(caught.value)
    assert "\n" not in str(caught.value)
    _stamped_page_is_read(tmp_path)


@pytest.mark.parametrize("name", ["DETECTOR", "READER"])
@pytest.mark.parametrize("content", [None, b"", b"no model at all"], ids=["missing", "empty", "another"])
def test_status_where_a_model_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes | None
) -> None:
    from extractor.ocr import models as engine

    models = tmp_path / "models"
    models.mkdir()
    for one in (engine.DETECTOR, engine.READER):
        (models / one).symlink_to(str(engine.MODELS.joinpath(one)))
    bad = models / getattr(engine, name)
    bad.unlink()
    if content is not None:
        bad.write_bytes(content)
    monkeypatch.setattr(engine, "MODELS", models)
    monkeypatch.setattr(engine, "_open_session", engine._open_session.__wrapped__)  # what was loaded before is not kept
    with pytest.raises(CannotRead) as caught:
        read_pdf(picture_page(tmp_path, Image.new("L", (595, 842), 255)))
    assert (caught.value.status, caught.value.page) == ("needs-ocr", 1)
    assert f"the model {bad.name} in the package rapidocr" in str(caught.value)
    assert "\n" not in str(caught.value)
    _stamped_page_is_read(tmp_path)


def _stamped_page_is_read(tmp_path: Path) -> None:
    """A stamped page has text of its own, which is read; that the picture was not is said."""
    image = b"q 200 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q "
    (page,) = read_pdf(write(tmp_path, file_of(page_objects(image + text(b"page 1")))))
    assert not page.recognised
    assert "was not read" in str(page.doubts[0].why)
