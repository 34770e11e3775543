"""Note marks as three producers print them, at random: a value with one is read as what it is, or not at all."""

import random
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.document.layout import Table
from extractor.grammar.note_marks import split_off_marks
from extractor.grammar.quantities import read_value
from extractor.layout import lay_out_pages
from extractor.layout.lines import form_lines
from extractor.layout.roles import assign_roles
from extractor.pdf.reader import read_pdf
from press import browser, word_processor
from read.pdf_files import file_of, page_objects, write

SEED = 20_260
ROWS, A_PAGE = 150, 25
NUMBERS = ("423", "5", "12.5", "1,234", "77", "10", "3,000", "0.8", "21", "100")
MARKS = ("1", "2", "1)", "注1", "(1)", "＊1", "※1", "12", "3）", "注2)", "*")


@dataclass(frozen=True)
class Marked:
    """A value with a mark: before the number, behind it, or behind the unit. `style` is the mark's CSS."""

    number: str
    unit: str
    mark: str
    place: str
    style: str | None

    def html(self) -> str:
        mark = f"<sup>{self.mark}</sup>" if self.style is None else f"<span style='{self.style}'>{self.mark}</span>"
        parts = {"before": (mark, self.number, self.unit), "between": (self.number, mark, self.unit)}
        return "".join(parts.get(self.place, (self.number, self.unit, mark)))

    @property
    def worth(self) -> Decimal:
        return Decimal(self.number.replace(",", "")) * (1000 if self.unit == "千円" else 1)


def styles() -> list[str | None]:
    """How authors raise, lower or shrink a mark; None: as the browser does."""
    sizes = [f"font-size:{size}%" for size in (50, 58, 65, 75, 80)]
    raised = [f"vertical-align:{rise}" for rise in ("super", "0.3em", "0.45em", "4pt", "sub")]
    return [None, *sizes, *raised, *(f"{size};{rise}" for size in sizes for rise in raised)]


def make_values(seed: int, among: Sequence[str | None], rows: int = ROWS) -> list[Marked]:
    chance = random.Random(seed)
    units = ("名", "校", "％", "千円", "", "件", "社", "回")
    return [
        Marked(
            chance.choice(NUMBERS),
            chance.choice(units),
            chance.choice(MARKS),
            chance.choice(("before", "between", "behind")),
            chance.choice(among),
        )
        for _ in range(rows)
    ]


def make_page(values: Sequence[Marked], font: str) -> str:
    rows = [f"<tr><td>項目{at:03}</td><td>{value.html()}</td></tr>" for at, value in enumerate(values)]
    tables = "<p style='page-break-before:always'></p>".join(
        f"<table border=1>{''.join(rows[at : at + A_PAGE])}</table>" for at in range(0, len(rows), A_PAGE)
    )
    style = f"table{{border-collapse:collapse;font:10pt '{font}'}} td{{border:1px solid #000;padding:3px}}"
    return f"<html><meta charset=utf-8><style>{style}</style>{tables}</html>"


def check_print(pdf: bytes | Path, values: Sequence[Marked]) -> None:
    """No value is read as another, all cells are found, and most values are read."""
    cells = {}
    for table in (part for part in lay_out_pages(read_pdf(pdf)).elements if isinstance(part, Table)):
        for row in range(table.rows):
            name, cell = table.find_cell(row, 0), table.find_cell(row, 1)
            if name is not None and cell is not None and name.text.startswith("項目"):
                cells[name.text] = cell
    read = {name: read_value(cell.text, 2023) for name, cell in cells.items()}
    assert len(read) == len(values)
    wrong, right = [], 0
    for at, value in enumerate(values):
        found = read[f"項目{at:03}"]
        as_is = [quantity.value for quantity in found.quantities] == [value.worth]
        right += found.status == "read" and as_is
        wrong += [(value, cells[f"項目{at:03}"].text)] if found.status != "unreadable" and not as_is else []
    assert not wrong
    assert right > 0.4 * len(values)


@pytest.mark.slow
@pytest.mark.skipif(browser.missing() is not None, reason=f"needs {browser.missing()}")
@pytest.mark.parametrize("font", ["IPAMincho", "Noto Sans CJK JP"])
def test_marks_of_a_browser(font: str, tmp_path: Path) -> None:
    values = make_values(SEED + len(font), styles())
    (tmp_path / "page.html").write_text(make_page(values, font), encoding="utf-8")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there, browser.running(Path(there)) as running:
        check_print(running.printed(tmp_path / "page.html"), values)


@pytest.mark.slow
@pytest.mark.skipif(word_processor.missing() is not None, reason=f"needs {word_processor.missing()}")
@pytest.mark.parametrize("font", ["IPAMincho", "IPAGothic"])
def test_marks_of_a_word_processor(font: str, tmp_path: Path) -> None:
    # Of the styles it knows its own alone.
    values = make_values(SEED + len(font), [None])
    (tmp_path / "page.html").write_text(make_page(values, font), encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = ["--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(tmp_path)]
    subprocess.run(
        ["soffice", "--headless", profile, *target, str(tmp_path / "page.html")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    check_print(tmp_path / "page.pdf", values)


def test_marks_set_by_instructions(tmp_path: Path) -> None:
    """By text rise and a smaller font, as typesetters do: 300 of them."""
    chance = random.Random(SEED)
    wrong = []
    right = 0
    for _ in range(10):
        lines, expected = [], []
        for row in range(30):
            number, mark = chance.choice(NUMBERS), chance.choice(("1", "2", "1)", "(1)", "12"))
            size = chance.choice((5.0, 5.8, 6.5, 7.0, 8.3, 10.0))
            rise = chance.choice((2.5, 3.3, 4.0)) if size > 8 else chance.choice((0.0, 1.5, 3.3, 4.0))
            raised = f"/F1 {size} Tf {rise} Ts ({mark.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj"
            whole = f"/F1 10 Tf 0 Ts ({number}) Tj"
            order = (raised, whole) if chance.random() < 0.5 else (whole, raised)
            lines.append(f"BT 20 {20 + 24 * row} Td {' '.join(order)} ET")
            expected.append((number, mark, size, rise))
        objects = page_objects("\n".join(lines).encode(), box=b"[0 0 200 760]")
        (page,) = read_pdf(write(tmp_path, file_of(objects)))
        texts = [line.text for line in form_lines(assign_roles(page).body)]
        assert len(texts) == len(expected)
        for text, said in zip(reversed(texts), expected, strict=True):
            found = read_value(split_off_marks(text)[0], 2023)
            as_is = [quantity.value for quantity in found.quantities] == [Decimal(said[0].replace(",", ""))]
            right += as_is
            wrong += [(text, said)] if found.status == "read" and not as_is else []
    assert not wrong
    assert right > 150
