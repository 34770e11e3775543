"""docs/characters.md, row by row: what records and keys hold of each character, and that nothing else is changed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document.layout import Paragraph
from extractor.document.page import Glyph, TranscriptLine
from extractor.grammar.characters import LINES, UNSURE_MINUS, WAVES
from extractor.grammar.eras import find_stated_fiscal_years, parse_column_year
from extractor.grammar.normalize import comparison_key, normalize_printed
from extractor.grammar.quantities import read_value
from extractor.grammar.vocabulary import load_vocabulary
from extractor.layout import lay_out_lines, lay_out_pages
from extractor.layout.lines import form_lines
from extractor.pdf.reader import read_pdf
from made_up import MadeUp, changed, codes
from read.pdf_files import file_of, page_objects, stream, write
from read.pdf_files import text as words
from reports import ROOT
from sheets import page, text

COUNTERS = [word for word in load_vocabulary().counters.words if not word.isascii()]


@dataclass(frozen=True)
class Row:
    what: str
    points: tuple[int, ...]
    examples: tuple[str, ...]
    records: tuple[str, ...]
    keys: tuple[str, ...]
    why: str


def said(cell: str) -> tuple[str, ...]:
    """The texts in a cell's backquotes, characters that cannot be seen put in."""
    found = re.findall(r"`(.*?)`", cell)
    return tuple(re.sub(r"\\u(\w{4})|\\U(\w{8})", lambda sign: chr(int(sign[1] or sign[2], 16)), one) for one in found)


def points(cell: str) -> tuple[int, ...]:
    found: list[int] = []
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:–([0-9A-F]+))?", cell):
        found += range(int(first, 16), int(last or first, 16) + 1)
    return tuple(found)


def rows() -> list[Row]:
    """The entries of the document: a heading, and a list whose items may be broken over lines."""
    found = []
    for entry in (ROOT / "docs" / "characters.md").read_text(encoding="utf-8").split("\n### ")[1:]:
        what, _, items = entry.partition("\n")
        texts = [" ".join(item.split("\n  ")).strip() for item in items.split("\n- ")[1:]]
        where, example, records, keys, why = (text.partition(":")[2].strip() for text in texts)
        found.append(Row(what, points(where), said(example), said(records), said(keys), why))
    return found


ROWS = rows()
NAMED = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
KEPT = [row for row in ROWS if row.why.startswith("printed")]
FOLDED = [row for row in ROWS if row not in KEPT]


def printed_on(glyphs: list[Glyph]) -> list[str]:
    """What is read of these glyphs on a page."""
    layout = lay_out_pages([page(glyphs)])
    return [element.text for element in layout.elements if isinstance(element, Paragraph)]


def moved(glyphs: list[Glyph], by: float, size: float = 0.0) -> list[Glyph]:
    """The glyphs shifted down, and of another size."""
    made = []
    for one in glyphs:
        new = size or one.size
        made.append(Glyph(one.text, one.x0, one.top + by, one.x0 + new / 2, one.top + by + new, new, one.font))
    return made


def read_from(folder: Path, content: bytes) -> str:
    (only,) = read_pdf(write(folder, file_of(page_objects(content))))
    return " ".join(line.text for line in form_lines(only.glyphs))


# Rows on glyphs, each by its name in the table.


def small_figures(_: Path) -> None:
    twelve, one, counter = text("12", 100, 100), text("1", 110, 100), text("名", 114, 100)
    assert printed_on(twelve + moved(one, -1, 6) + counter) == ["12¹名"]
    assert printed_on(twelve + moved(one, 6, 6) + counter) == ["12₁名"]
    assert printed_on(moved(text("1", 96, 100), -1, 6) + twelve + counter) == ["¹12名"]
    # On the line of the others a small figure may be one of them or a mark: it is read as neither.
    assert printed_on(twelve + moved(one, 4, 6) + counter) == ["12₁名"]
    # Behind the letter of a measure it is a power.
    assert printed_on(text("5m", 100, 100) + moved(text("2", 110, 100), -1, 6)) == ["5m2"]


def doubled(folder: Path) -> None:
    for shift in (0.0, 0.3, 0.9):
        for copies in (2, 3):
            at = [10 + shift * copy for copy in range(copies)]
            content = b"".join(words(b"11 2022", x, 50, 12) for x in at)
            assert read_from(folder, content) == "11 2022", (shift, copies)
            # A shadow lies below its letter too.
            content = b"".join(words(b"11 2022", x, 50 - (x - 10), 12) for x in at)
            assert read_from(folder, content) == "11 2022", (shift, copies)


def neighbours(folder: Path) -> None:
    assert read_from(folder, words(b"1,111 ill --")) == "1,111 ill --"
    # Figures set as tight as a typesetter sets them.
    assert read_from(folder, b"BT /F1 10 Tf -0.8 Tc 10 50 Td (11,122) Tj ET") == "11,122"
    assert printed_on(text("々々ーー11", 100, 100)) == ["々々ーー11"]


def voiced_in_place(_: Path) -> None:
    te = text("テ", 100, 100) + text("スト", 110, 100)
    for mark in "\u3099゛":
        for x0, x1 in ((110.0, 110.0), (100.0, 110.0), (107.0, 110.0), (108.0, 112.0)):
            drawn = Glyph(mark, x0, 100.0, x1, 110.0, 10.0, "Mincho")
            assert printed_on([*te, drawn]) == printed_on([drawn, *te]) == ["デスト"], (mark, x0, x1)
    # The one that it lies over has it, though the one before could.
    ka = text("カテスト", 100, 100)
    assert printed_on([*ka, Glyph("゛", 110.0, 100.0, 120.0, 110.0, 10.0, "Mincho")]) == ["カデスト"]
    assert printed_on(text("テ゛スト", 100, 100)) == ["デスト"]


def without_ink(_: Path) -> None:
    glyphs = text("12", 100, 100)
    for sign in "\u200b\ufe00\u2060\U000e0100":
        between = Glyph(sign, 105.0, 100.0, 105.0, 110.0, 10.0, "Mincho")
        assert printed_on([glyphs[0], between, glyphs[1]]) == ["12"]
    assert printed_on([Glyph("\u200b", 105.0, 100.0, 105.0, 110.0, 10.0, "Mincho")]) == []


DRAWN: dict[str, Callable[[Path], None]] = {
    "raised or lowered figure drawn small behind a figure": small_figures,
    "glyphs of fake bold and shadows": doubled,
    "like glyphs at their own places": neighbours,
    "voicing mark drawn over its letter": voiced_in_place,
    "glyph without ink between others": without_ink,
}


# The table


@NAMED
def test_row(row: Row, tmp_path: Path) -> None:
    assert re.match(r"(?:producer|typesetter): |printed(?:: |$)", row.why)
    if not row.examples:
        DRAWN[row.what](tmp_path)
        return
    assert [normalize_printed(one) for one in row.examples] == list(row.records)
    assert [comparison_key(one) for one in row.examples] == list(row.keys)
    # The other way: what a record holds is held as it is, and compared as what was printed.
    assert [normalize_printed(one) for one in row.records] == list(row.records)
    assert [comparison_key(one) for one in row.records] == list(row.keys)
    if row.points:
        assert any(ord(sign) in row.points for one in row.examples for sign in one)


def test_every_drawn_row_is_in_the_table() -> None:
    assert set(DRAWN) == {row.what for row in ROWS if not row.examples}


def test_no_character_is_changed_that_has_no_row() -> None:
    listed = {point for row in FOLDED for point in row.points}
    ranges = [(0, 0xD800), (0xE000, 0x10000), (0x1F000, 0x20000), (0x2F800, 0x2FA20), (0xE0000, 0xE1000)]
    touched = {code for first, end in ranges for code in range(first, end) if normalize_printed(chr(code)) != chr(code)}
    assert {hex(code) for code in touched - listed} == set()
    # Those that change nothing alone: blanks within a text, the combining marks of a letter.
    alone = listed - touched - set(range(0xF0000, 0x110000))
    assert {hex(code) for code in alone} == {"0x301", "0x308"}


def test_no_character_is_changed_whose_row_says_that_it_is_kept() -> None:
    assert {chr(code) for row in KEPT for code in row.points if normalize_printed(chr(code)) != chr(code)} == set()


def test_radicals_are_complete() -> None:
    radicals = [chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if code != 0x2E9A]
    left = [sign for sign in radicals if unicodedata.category(normalize_printed(sign)) != "Lo"]
    assert left == ["⺀"]
    # Where Python knows an ideograph for one, it is that one, but for the forms of Japan.
    other = {sign for sign in radicals if unicodedata.normalize("NFKC", sign) not in (sign, normalize_printed(sign))}
    assert other == {"⼾", "⿊"}


def test_what_japanese_standards_tell_apart_stays_apart() -> None:
    def known(sign: str) -> bool:
        try:
            return bool(sign.encode("euc_jis_2004"))
        except UnicodeEncodeError:
            return False

    apart = [chr(code) for code in range(0xF900, 0xFB00) if known(chr(code))]
    assert len(apart) > 80
    assert [sign for sign in apart if normalize_printed(sign) != sign] == []


# Values


@pytest.mark.parametrize("sign", [*LINES.replace("\\", ""), *WAVES])
def test_a_line_alone_is_absent(sign: str) -> None:
    assert read_value(normalize_printed(sign), 2023).status == "absent"


def test_no_sign_before_a_figure_is_lost() -> None:
    """Of signs that may change what a figure says, minus and triangle are known; with others it is unreadable."""
    signs = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in ("Pd", "Sm", "Sc", "Sk")]
    signs += [*LINES.replace("\\", ""), *WAVES, *UNSURE_MINUS, "△", "▲"]
    found = {sign: read_value(normalize_printed(f"{sign}5件"), 2023) for sign in signs}
    values = {sign: one.quantities[0].value for sign, one in found.items() if one.status == "read"}
    assert {sign for sign, value in values.items() if value == -5} == set("-−－△▲")
    # A plus changes nothing. A dot other than ・, which begins a point of a list, may be a decimal point.
    assert {sign: value for sign, value in values.items() if value != -5} == {"+": 5, "＋": 5}


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        *(("5㎡", 5, "㎡"), ("5m²", 5, "m²"), ("５㎢", 5, "㎢"), ("3㌔", 3, "㌔"), ("7％", 7, "％"), ("２㌶", 2, "㌶")),
        *(("12ｺｰｽ", 12, "コース"), ("1\u200b,234名", 1234, "名"), ("12⽇", 12, "日")),
        ("㋿5年10月1日現在 50社", 50, "社"),
    ],
)
def test_unit_is_kept_as_printed(cell: str, value: int, unit: str) -> None:
    (found,) = read_value(normalize_printed(cell), 2023).quantities
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("cell", ["12²名", "12¹名", "½", "\ue0002名", "1\ufffd名", "12‑5名", "Ⅱ5名", "二十3名"])
def test_figure_with_another_sign_is_unreadable(cell: str) -> None:
    assert read_value(normalize_printed(cell), 2023).status == "unreadable"


def test_eras_in_a_square_are_years() -> None:
    assert [parse_column_year(head, 2023) for head in ("㋿5年度", "㋿４年度", "㍻30年度")] == [2023, 2022, 2018]
    assert [year for year, _ in find_stated_fiscal_years("㍼60年度 ㋿元年度")] == [1985, 2019]
    assert read_value("㍻30年4月～ 12名", 2023).quantities[0].value == 12


def test_characters_without_a_meaning_are_a_finding(tmp_path: Path) -> None:
    objects = page_objects(words(b"aab"))
    objects[5] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    objects[6] = stream(b"1 beginbfchar <62> <E000> endbfchar")
    (only,) = read_pdf(write(tmp_path, file_of(objects)))
    assert [str(note) for note in only.damage if "meaning" in str(note)] == [
        "characters without a meaning in the file could not be read: 1"
    ]
    ((what, _),) = lay_out_lines([TranscriptLine(1, "青\ue001\ue002森")]).damage
    assert str(what).endswith("could not be read: 2")
    assert codes(MadeUp(tail="森\ufffd林").read(tmp_path))[0] == ("damaged-page", "")


def test_a_report_out_of_a_browser_reads_as_any_other(tmp_path: Path) -> None:
    """Radicals, twins, apart voicing marks and zero-width signs in headings, items and values change nothing."""
    rows_ = ("⼩学⽣のデータ数\t１０\u200b件\t1２件",)
    made = MadeUp(blocks=changed(2, rows=rows_, head="項\u2f6c名\t5年度\t６年度", overview="【\u00a0事業概要 】"))
    metric = made.read(tmp_path).policies[0].programmes[1].metrics[0]
    assert metric.name == "小学生のデータ数"
    assert [(one.fiscal_year, one.raw, one.quantities[0].value) for one in metric.observations] == [
        (2023, "10件", 10),
        (2024, "12件", 12),
    ]


# Properties

ALPHABET = sorted({sign for row in ROWS for one in (*row.examples, *row.records) for sign in one})
MIXED = st.lists(st.sampled_from([*ALPHABET, *"0123456789 ABあア漢、・-", "\u00ad", "件"]), max_size=12).map("".join)


@given(MIXED | st.text(max_size=30))
def test_what_is_printed_is_held_once_and_for_all(sign: str) -> None:
    once = normalize_printed(sign)
    assert normalize_printed(once) == once
    assert comparison_key(once) == comparison_key(sign)


@given(
    st.lists(st.sampled_from([*"0123456789０１２３４５６７８９,.，． 名件年あ漢‧⽉\u200b"]), max_size=20).map("".join)
)
def test_no_figure_is_changed(sign: str) -> None:
    plain = str.maketrans("０１２３４５６７８９", "0123456789")
    assert re.findall(r"[0-9]", normalize_printed(sign)) == re.findall(r"[0-9]", sign.translate(plain))
    # And none are pushed together over anything that is printed.
    assert re.findall(r"[0-9]+", normalize_printed(sign)) == re.findall(
        r"[0-9]+", sign.translate(plain | {0x200B: None})
    )


UNTOUCHED = st.characters(
    blacklist_categories=("Cs", "Co", "Zs", "Zl", "Zp", "Cc", "Mn"),
    blacklist_characters=[chr(code) for row in FOLDED for code in row.points if code < 0xF0000] + list("，．゛゜•·"),
)


@given(st.text(UNTOUCHED, max_size=30))
def test_what_has_no_row_is_held_as_it_is(sign: str) -> None:
    assert normalize_printed(sign) == sign


FULL = {str(figure): chr(0xFF10 + figure) for figure in range(10)}
RADICAL = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
DIRT = st.sampled_from(
    ["", "", "", "\u200b", "\u00ad", "\ufe00", "\u2060", " ", "\u3000", "‧", "、", "\u202e", "\ufffd"]
)


@given(
    st.integers(0, 10**9),
    st.sampled_from(COUNTERS),
    st.sampled_from(["", "延べ ", "約", "△", "-", "－", "−", "最大"]),
    st.sampled_from([",", "，", "、", "､", "٬", "’", ""]),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 20), DIRT), max_size=2),
)
def test_no_way_of_writing_an_amount_makes_another_of_it(
    value: int, counter: str, before: str, comma: str, wide: bool, dirt: list[tuple[int, str]]
) -> None:
    clean = read_value(normalize_printed(f"{before}{value:,}{counter}"), 2023)
    cell = f"{before}{value:,}".replace(",", comma) + "".join(
        RADICAL.get(sign, HALF.get(sign, sign)) for sign in counter
    )
    cell = "".join(FULL.get(sign, sign) if wide else sign for sign in cell)
    for at, sign in dirt:
        cell = cell[:at] + sign + cell[at:]
    found = read_value(normalize_printed(cell), 2023)
    assert found.status in {"read", "unreadable"}
    if found.status == "read":
        assert [(one.value, one.unit) for one in found.quantities] == [
            (one.value, one.unit) for one in clean.quantities
        ], cell
