"""`extractor inspect`: a picture on which the marks lie where they are, and a list of what stands on the page."""

import io
import re
from functools import cache
from itertools import pairwise
from math import floor
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from extractor.document.layout import Table
from extractor.document.page import Page
from extractor.grammar.normalize import comparison_key
from extractor.inspection.colours import CELL, KINDS, RULE, SEVERITIES, VALUES, Colour
from extractor.inspection.inspect_page import DPI
from extractor.inspection.lettering import Lettering, choose_lettering
from extractor.inspection.margins import PITCH, MarginTag, frame_picture
from extractor.inspection.overlay import GROUND, TINT, draw_overlay
from extractor.inspection.parts import PagePart, list_page_findings, list_page_parts
from extractor.layout import find_open_grids
from extractor.layout.ruled.grid import find_grids
from extractor.ocr.rendering import render_page
from extractor.pipeline import Steps, read_steps
from extractor.profiles.profile import load_profile
from press import cid
from press.specimen import specimen
from press.style import FAMILIES
from reports import RAW, report_of
from sheets import down, page, ruled, text
from test_bad_input import REPORT, command, drawn

PDFS = ["aomori-sme-2022.pdf", "aomori-sme-2023.pdf"]


@cache
def steps_of(name: str) -> Steps:
    return read_steps(RAW / name)


@cache
def overlaid(name: str, number: int) -> tuple[Image.Image, Page]:
    """A page with its overlay, without margins."""
    steps = steps_of(name)
    picture = render_page((RAW / name).read_bytes(), number, DPI)
    sheet = steps.pages[number - 1]
    return draw_overlay(picture, sheet, list_page_parts(steps, number), list_page_findings(steps, number)), sheet


def area_of(picture: Image.Image, colour: Colour) -> tuple[int, int, int, int] | None:
    """The box around all pixels of exactly this colour."""
    whole: Image.Image | None = None
    for band, wanted in zip(picture.split(), colour, strict=True):
        only = band.point([255 * (value == wanted) for value in range(256)])
        whole = only if whole is None else ImageChops.darker(whole, only)
    assert whole is not None
    return whole.getbbox()


def resolve(report: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        report = report[int(step)] if isinstance(report, list) else report[step]
    return report


def inspect(cwd: Path, *arguments: str) -> "CompletedProcess[str]":
    return command(cwd, "inspect", *arguments)


# The command, on a page of a sample, twice.


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[tuple["CompletedProcess[str]", Path]]:
    runs = []
    for seed, page_option in (("1", ("--page", "3")), ("2", ("--label", "24"))):
        cwd = tmp_path_factory.mktemp("inspect")
        done = command(cwd, "inspect", str(RAW / "aomori-sme-2023.pdf"), *page_option, PYTHONHASHSEED=seed)
        runs.append((done, cwd / "aomori-sme-2023-page-3.png"))
    return runs


Twice = list[tuple["CompletedProcess[str]", Path]]


@pytest.mark.slow
def test_command_draws_the_whole_page_with_its_overlay_between_the_margins(twice: Twice) -> None:
    done, path = twice[0]
    assert (done.returncode, done.stderr) == (0, "")
    written = Image.open(path)
    expected, _ = overlaid("aomori-sme-2023.pdf", 3)
    # The legend below has all colours too.
    here, there = area_of(written.crop((0, 0, written.width, expected.height)), RULE), area_of(expected, RULE)
    assert here is not None
    assert there is not None
    x, y = here[0] - there[0], here[1] - there[1]
    assert min(x, y, written.width - expected.width - x, written.height - expected.height - y) > 0
    # Lines from the margins end before the text.
    text_area = (there[0], 0, there[2], expected.height)
    assert (
        written.crop((x + there[0], y, x + there[2], y + expected.height)).tobytes()
        == expected.crop(text_area).tobytes()
    )


@pytest.mark.slow
def test_same_page_same_bytes_however_it_is_named(twice: Twice) -> None:
    (first, one), (second, other) = twice
    assert one.read_bytes() == other.read_bytes()
    assert first.stdout == second.stdout


@pytest.mark.slow
def test_command_lists_what_stands_on_the_page_in_reading_order(twice: Twice) -> None:
    lines = twice[0][0].stdout.splitlines()
    assert lines[0] == "aomori-sme-2023.pdf, page 3 of 28, printed number 24"
    assert lines[-1] == "drawn in aomori-sme-2023-page-3.png"
    here = "西北地域の未来をつくるデジタル人財育成事業"
    expected = [
        ("1  2023-1-01 title", here, "1 西北地域の未来をつくるデジタル人財育成事業"),
        ("2  2023-1-01 heading", here, "【 事業概要 】"),
        ("3  2023-1-01 overview", f"{here} › overview", "ICTスキルを活用して"),
        ("4  2023-1-01 heading", here, "【 事業実績 】"),
        ("5  2023-1-01 results", f"{here} › results", "子育て中の女性等向けに"),
        ("6  2023-1-01 metrics", here, ""),
        ("     head", "", "項目名 | 4年度 | 5年度"),
        (
            "     m1 2022, 2023",
            f"{here} › 奥津軽ママICTワーカーカレッジ参加者",
            "奥津軽ママICTワーカーカレッジ参加者 | 22名 | 14名",
        ),
        (
            "     m2 2022 absent, 2023",
            f"{here} › アウトソーシング実証件数、参加者",
            "アウトソーシング実証件数、参加者 | - | 6件 8名",
        ),
        ("     m3 2022, 2023", f"{here} › 農業者向けICT活用講座参加者", "農業者向けICT活用講座参加者 |"),
        ("     m4 2022, 2023", f"{here} › 高校生向け出前講座聴講者 (五所川原高校、五所…", "高校生向け出前講座聴講者"),
        ("7  2023-1-01 offices", here, "(担当課：DX推進課"),
        ("   page number", "", "- 24 -"),
    ]
    for line, (what, pointer, begins) in zip(lines[2:-1], expected, strict=True):
        assert re.match(rf"{re.escape(what)} +{re.escape(pointer)} *{re.escape(begins)}", line), line
        assert re.search(r"(?: \d+\.\d){4} *$", line), line


# What is drawn.


def at(image: Image.Image, sheet: Page, x: float, y: float) -> object:
    return image.getpixel((int(x * image.width / sheet.width), int(y * image.height / sheet.height)))


@pytest.mark.parametrize("name", PDFS)
@pytest.mark.parametrize("number", [2, 4])
def test_every_rule_and_cell_is_drawn_where_it_is(name: str, number: int) -> None:
    image, sheet = overlaid(name, number)
    assert image.size == render_page((RAW / name).read_bytes(), number, DPI).size
    step = sheet.width / image.width
    for rule in sheet.rules:
        # Near an end another rule's mark may lie over it.
        x, y = rule.x0 + 0.37 * (rule.x1 - rule.x0), rule.top + 0.37 * (rule.bottom - rule.top)
        assert at(image, sheet, x, y) in {RULE, CELL}
    cells = [cell for grid in find_grids(sheet.rules) for cell in grid.cells]
    assert cells
    for cell in cells:
        seen = {at(image, sheet, cell.x0 + n * step, cell.top + 0.8 * (cell.bottom - cell.top)) for n in range(2, 6)}
        assert CELL in seen


def mixed(colour: Colour, opacity: int) -> Colour:
    """A colour laid over white."""
    red, green, blue = (round(255 - (255 - part) * opacity / 255) for part in colour)
    return red, green, blue


def near(seen: object, wanted: Colour) -> bool:
    return isinstance(seen, tuple) and all(abs(a - b) <= 2 for a, b in zip(seen, wanted, strict=True))


def test_lines_and_values_have_the_colours_of_what_they_were_read_as() -> None:
    name, number = "aomori-sme-2023.pdf", 3
    image, sheet = overlaid(name, number)
    found = list_page_parts(steps_of(name), number)
    overview = next(part for part in found if part.kind == "overview")
    # Within the first line's ground, but over its letters.
    assert near(at(image, sheet, overview.box[2] - 40, overview.box[1] + 0.6), mixed(KINDS["overview"][0], GROUND))
    rows = [part for part in found if part.label.startswith("m2")]
    (absent, read) = rows[0].values
    assert (absent[1], read[1]) == ("absent", "read")
    for (x0, _, _, bottom), status in rows[0].values:
        assert near(at(image, sheet, x0 - 12, bottom - 2), mixed(VALUES[status], TINT))


def test_findings_are_boxed_and_listed_once_each() -> None:
    name, number = "aomori-sme-2022.pdf", 14
    image, sheet = overlaid(name, number)
    found = list_page_findings(steps_of(name), number)
    assert [flag.finding.code for flag in found] == ["counter-mismatch"] * 4
    assert [flag.number for flag in found] == [1, 2, 3, 4]
    for flag in found:
        (x0, _, x1, bottom) = flag.boxes[0]
        below = {at(image, sheet, (x0 + x1) / 2, bottom + n * sheet.height / image.height) for n in (1, 2, 3)}
        assert SEVERITIES["warning"] in below


def test_characters_without_meaning_are_marked() -> None:
    sheet = page(text("計\N{REPLACEMENT CHARACTER}名", 100, 100, size=20))
    image = draw_overlay(Image.new("RGB", (595, 842), (255, 255, 255)), sheet, [], [])
    assert area_of(image, VALUES["unreadable"]) == (120, 100, 141, 121)


def test_a_cell_merged_over_columns_is_one_outline() -> None:
    rules = [*ruled([100, 200, 300], [100, 150]), *ruled([100, 300], [150, 200]), down(200, 100, 150)]
    image = draw_overlay(Image.new("RGB", (595, 842), (255, 255, 255)), page(text("計", 120, 120), rules), [], [])
    assert image.getpixel((197, 130)) == CELL
    assert image.getpixel((197, 180)) == (255, 255, 255)
    assert image.getpixel((200, 203)) == CELL  # the mark of the column's edge below the grid


def test_the_columns_and_rows_of_a_table_that_nothing_rules_are_drawn() -> None:
    """Where the table goes on, too, in a row that is none for itself."""
    rows = [text("事業", x, 100 + 20 * row, 10) for row in range(3) for x in (60, 200, 340)]
    first = page([glyph for row in rows for glyph in row])
    second = page([glyph for x in (60, 200, 340) for glyph in text("続き", x, 40, 10)], number=2)
    found = find_open_grids([first, second])
    assert [(len(grid.xs), len(grid.ys)) for number in (1, 2) for grid in found[number]] == [(4, 4), (4, 2)]
    for sheet in (first, second):
        (grid,) = found[sheet.number]
        image = draw_overlay(Image.new("RGB", (595, 842), (255, 255, 255)), sheet, [], [], found[sheet.number])
        ticks = [image.getpixel((floor(x), floor(grid.ys[0]) - 3)) for x in grid.xs]
        ticks += [image.getpixel((floor(grid.xs[0]) - 3, floor(y))) for y in grid.ys]
        assert set(ticks) == {CELL}


@pytest.mark.slow
def test_a_table_that_nothing_rules_and_a_profile_by_name(tmp_path: Path) -> None:
    path = tmp_path / "open.pdf"
    path.write_bytes(cid.typeset(specimen(), FAMILIES["no rules"]).pdf)
    done = inspect(tmp_path, str(path), "--page", "2", "--profile", "aomori-sme")
    assert (done.returncode, done.stderr) == (0, "")
    assert "西北地域の未来をつくるデジタル人財育成事業 › 就職支援セミナー参加者数" in done.stdout
    picture = Image.open(tmp_path / "open-page-2.png").convert("RGB")
    above_legend = picture.crop((0, 0, picture.width, picture.height * 9 // 10))
    assert (area_of(above_legend, RULE), area_of(above_legend, CELL) is None) == (None, False)
    other = inspect(tmp_path, str(path), "--page", "2", "--profile", "nobeoka-budget")
    assert (other.returncode, "metrics" in other.stdout) == (0, False)
    assert "nobeoka-budget" in other.stderr


@pytest.mark.parametrize(
    "wanted", [[], [0.0], [5.0, 5.0, 5.0], [100.0, 101.0, 300.0, 90.0], [float(n) for n in range(80)]]
)
def test_labels_never_overlap_and_are_all_in_the_picture(wanted: list[float]) -> None:
    blank = Image.new("RGB", (300, 400), (255, 255, 255))
    ink = [MarginTag("M", (10 + number, 0, 0), 0.0, y) for number, y in enumerate(wanted)]
    image = frame_picture(blank, [], ink, ["head"], [])
    areas = sorted(area for tag in ink if (area := area_of(image, tag.colour)))
    assert len(areas) == len(wanted)
    tops = sorted(area[1] for area in areas)
    assert all(after - before >= PITCH - 1 for before, after in pairwise(tops))


# What is listed.


def in_order(found: list[PagePart]) -> list[int]:
    return [part.number for part in found if part.number is not None]


@pytest.mark.slow
@pytest.mark.parametrize("name", PDFS)
def test_every_element_and_row_of_every_page_is_listed_with_the_record_that_holds_it(name: str) -> None:
    steps, report = steps_of(name), report_of(name)
    listed = 0
    for number in range(1, len(steps.pages) + 1):
        found = list_page_parts(steps, number)
        assert in_order(found) == list(range(1, len(in_order(found)) + 1))
        listed += sum(part.number is not None and "goes on" not in part.label for part in found)
        for part in found:
            assert part.kind not in {"unplaced", "text"}
            assert part.pointer or part.kind == "furniture" or part.label == "head", part
            if part.pointer and part.kind in {"overview", "results", "metrics", "list", "chapter"}:
                held = comparison_key(str(resolve(report, part.pointer)))
                # Budgets and marks are values in the record: what is printed of them is in no text.
                for word in part.text.split(" | ")[:1] if part.kind == "metrics" else [part.text.split(" | ")[1:2]]:
                    assert part.is_row is False or part.label == "sum" or comparison_key("".join(word)) in held, part
                if not part.is_row and part.text:
                    assert comparison_key(part.text) in held, part
    assert listed == len(steps.layout.elements)


def test_what_no_record_holds_is_listed_as_unplaced_with_its_pointer() -> None:
    profile = load_profile()
    strange = profile.model_copy(
        update={"offices": profile.offices.model_copy(update={"label": ("取扱い",), "division": ("院",)})}
    )
    steps = read_steps(RAW / "aomori-sme-2022.pdf", strange)
    assert steps.report is not None
    seen = set()
    for number in range(1, len(steps.pages) + 1):
        for part in list_page_parts(steps, number):
            if part.kind == "unplaced" and part.pointer:
                texts = [cell for cell in part.text.split(" | ") if cell]
                index = int(part.pointer.rsplit("/", 1)[1])
                assert not texts or steps.report.unplaced[index].text in {part.text, texts[0]}
                seen.add(part.pointer)
    assert len(seen) > 3
    tables = sum(isinstance(element, Table) for element in steps.outline.unplaced)
    assert len(seen) >= len(steps.outline.unplaced) - tables


# Files that give no report, and mistakes.


def with_a_table() -> bytes:
    """A page that is ruled and has text, of no report."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(400, 300))
    canvas.grid([50, 150, 250], [100, 150, 200])
    canvas.drawString(60, 170, "Total")
    canvas.drawString(160, 170, "12")
    canvas.save()
    return data.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "status", "coloured"),
    [(with_a_table(), "not-a-report", [RULE, CELL, KINDS["text"][0]]), (drawn(picture=True), "no-text", [])],
)
def test_a_refused_file_is_drawn_all_the_same(
    tmp_path: Path, content: bytes, status: str, coloured: list[Colour]
) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    done = inspect(tmp_path, "a.pdf", "--page", "1", "--out", "seen/it.png")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert re.fullmatch(rf"warning: it gives no report: .+ \[{status}\]", line)
    image = Image.open(tmp_path / "seen" / "it.png").convert("RGB")
    assert all(area_of(image, colour) for colour in coloured)
    if coloured:
        assert re.search(r"\n1  table .+\n +row +Total \| 12 ", done.stdout)


WRONG = {
    "no page": (["good.pdf"], "say which page"),
    "two pages": (["good.pdf", "--page", "1", "--label", "1"], "say which page"),
    "page 0": (["good.pdf", "--page", "0"], r"good.pdf: .+ \[no-such-page\]"),
    "page -1": (["good.pdf", "--page", "-1"], r"good.pdf: .+ \[no-such-page\]"),
    "page too high": (["good.pdf", "--page", "2"], r"good.pdf: it has 1 pages, so no page 2 \[no-such-page\]"),
    "label of none": (["good.pdf", "--label", "7"], r"good.pdf: no page has 7 .+ \[no-such-page\]"),
    "transcript": (["good.txt", "--page", "1"], r"good.txt: .+ \[not-supported\]"),
    "no such file": (["gone.pdf", "--page", "1"], r"gone.pdf: .+ \[no-such-file\]"),
    "folder": (["folder.pdf", "--page", "1"], r"folder.pdf: .+ \[not-supported\]"),
    "damaged": (["half.pdf", "--page", "1"], r"half.pdf: .+ \[truncated\]"),
    "words": (["words.pdf", "--page", "1"], r"words.pdf: .+ \[not-a-pdf\]"),
    "locked": (["locked.pdf", "--page", "1"], r"locked.pdf: .+ \[encrypted\]"),
    "over the input": (["good.pdf", "--page", "1", "--out", "good.pdf"], "good.pdf: .+ ends in .png"),
    "no profile": (["good.pdf", "--page", "1", "--profile", "nix"], "there is no profile nix: .*aomori-sme"),
    "below a file": (["good.pdf", "--page", "1", "--out", "good.txt/a.png"], "good.txt.*: "),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_one_line_and_exit_2(tmp_path: Path, what: str) -> None:
    (tmp_path / "good.pdf").write_bytes(with_a_table())
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "half.pdf").write_bytes((RAW / "aomori-sme-2022.pdf").read_bytes()[:100_000])
    (tmp_path / "words.pdf").write_text("no PDF", encoding="utf-8")
    (tmp_path / "locked.pdf").write_bytes(drawn(password="secret"))
    (tmp_path / "folder.pdf").mkdir()
    before = {path.name: path.is_dir() or path.read_bytes() for path in tmp_path.iterdir()}
    arguments, message = WRONG[what]
    done = inspect(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert re.match(f"error: {message}", line)
    assert {path.name: path.is_dir() or path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.slow
def test_a_number_that_two_pages_have_is_not_guessed(tmp_path: Path) -> None:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(400, 300))
    for _ in range(2):
        canvas.drawString(50, 150, "Some text")
        canvas.drawString(200, 10, "- 7 -")
        canvas.showPage()
    canvas.save()
    (tmp_path / "a.pdf").write_bytes(data.getvalue())
    done = inspect(tmp_path, "a.pdf", "--label", "7")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: a.pdf: pages 1, 2 have 7 printed as their number [no-such-page]\n"


def test_words_without_a_font_for_them_are_latin() -> None:
    words = {"head": "見出し行", "page number": "印刷頁"}
    with_font, without = Lettering(words, "any.ttf"), Lettering(words, None)
    assert [with_font.translate_label(text) for text in ("2023-1-03 head", "page number", "m1")] == [
        "2023-1-03 見出し行",
        "印刷頁",
        "m1",
    ]
    assert [without.translate_label(text) for text in ("head", "計")] == ["head", "?"]
    assert choose_lettering({}) == Lettering({}, None)
