"""Fonts that lie: what a font calls a figure is read as one only where it is drawn as one."""

import random
from pathlib import Path

import pytest

from extractor.document.page import Page
from extractor.pdf.glyphs import UNKNOWN
from extractor.pdf.reader import read_pdf
from read.pdf_files import file_of, stream, write

DIGITS = "0123456789"
FACES = ("Helvetica", "Times-Roman", "Courier-Bold", "Times-Italic")


def to_unicode(said: dict[str, str]) -> bytes:
    """A font's map: what each of its codes is said to be."""
    lines = "".join(f"<{ord(code):02x}> <{ord(text):04x}>\n" for code, text in said.items())
    return stream(
        f"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(said)} beginbfchar\n{lines}endbfchar endcmap end".encode()
    )


def read(folder: Path, content: bytes, face: str, said: dict[str, str] | None, other: str = "Helvetica") -> Page:
    """A page in two fonts: F2 with the map, and F1 without."""

    def font(name: str, extra: bytes = b"") -> bytes:
        return b"<< /Type /Font /Subtype /Type1 /BaseFont /" + name.encode() + extra + b" >>"

    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        4: stream(content),
        5: font(other, b" /Encoding /WinAnsiEncoding"),
        6: font(face, b" /ToUnicode 7 0 R" if said else b""),
        7: to_unicode(said or {}),
    }
    (page,) = read_pdf(write(folder, file_of(objects)))
    return page


def set_text(text: str, font: str = "F2", x: float = 20, y: float = 100) -> bytes:
    return f"BT /{font} 10 Tf {x} {y} Td ({text}) Tj ET\n".encode()


def words(page: Page) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


HONEST = {code: code for code in f"{DIGITS},.%-"}


@pytest.mark.parametrize("face", FACES)
def test_an_honest_font_is_believed(face: str, tmp_path: Path) -> None:
    page = read(tmp_path, set_text("1,234,567,890.5% -12") + set_text("0123456789", "F1", y=60), face, HONEST)
    assert (words(page), page.damage) == ("1,234,567,890.5% -120123456789", ())


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("seed", range(5))
def test_a_shuffled_map_is_not_believed(face: str, seed: int, tmp_path: Path) -> None:
    """Figures of which the map says others, at random: none of them is read as what it is not."""
    chance = random.Random(f"{face} {seed}")
    first, second = chance.sample(DIGITS, 2)
    said = HONEST | {first: second, second: first} if seed % 2 else HONEST | {first: second}
    number = "".join(chance.sample(DIGITS, 10))
    page = read(tmp_path, set_text(number), face, said)
    wrong = [(drawn, text) for drawn, text in zip(number, words(page), strict=True) if text not in (drawn, UNKNOWN)]
    assert not wrong
    assert "cannot be trusted" in " ".join(map(str, page.damage))


def test_one_character_for_all_figures(tmp_path: Path) -> None:
    page = read(tmp_path, set_text("423") + set_text("12345", "F1", y=60), "Helvetica", dict.fromkeys(DIGITS, "0"))
    assert words(page) == UNKNOWN * 3 + "12345"


@pytest.mark.parametrize(("code", "said"), [("-", "."), ("-", "1"), ("%", "-"), (",", "1"), ("M", "-"), ("x", "4")])
def test_signs_that_are_drawn_otherwise(code: str, said: str, tmp_path: Path) -> None:
    page = read(tmp_path, set_text(code) + set_text("55", x=60), "Helvetica", HONEST | {code: said})
    assert words(page) == f"{UNKNOWN}55"


def test_a_tick_is_no_figure(tmp_path: Path) -> None:
    assert words(read(tmp_path, set_text("4") + set_text("42", "F1", y=60), "ZapfDingbats", None)) == UNKNOWN + "42"


def test_rules_beside_and_through_a_figure(tmp_path: Path) -> None:
    lines = b"0.6 w 15 98 60 0 re S 10 103 m 200 103 l S 20.1 90 m 20.1 120 l S\n"
    page = read(tmp_path, set_text("3847") + lines, "Times-Roman", HONEST)
    assert (words(page), page.damage) == ("3847", ())
