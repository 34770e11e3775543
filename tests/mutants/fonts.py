"""Fonts that lie: copies of a page's fonts with other maps or outlines, and fonts without any map."""

import random
import struct
from itertools import pairwise
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT

from mutants.drawing import draw_figures
from mutants.editing import Sheet

_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def clone_font(sheet: Sheet, name: str, means: dict[bytes, str]) -> str:
    """Copy a font with another map of its codes, and give the copy's name."""
    wide = len(next(iter(means)))
    pairs = "".join(f"<{code.hex()}> <{text.encode('utf-16-be').hex()}>\n" for code, text in means.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <{'00' * wide}> <{'ff' * wide}> endcodespacerange\n"
        f"{len(means)} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    copied = {**resolve1(sheet.resources["Font"][name]), "ToUnicode": sheet.editor.add_stream(cmap.encode())}
    return _put_font(sheet, copied)


def _put_font(sheet: Sheet, body: dict[str, Any]) -> str:
    font = sheet.editor.add(body)
    sheet.put("Font", f"M{font.objid}", font)
    return f"M{font.objid}"


def exchange_outlines(sheet: Sheet, name: str, one: bytes, other: bytes) -> str | None:
    """Copy an embedded TrueType font with the outlines of two codes exchanged; None where it is of another kind."""
    font = resolve1(sheet.resources["Font"][name])
    descendants = resolve1(font.get("DescendantFonts"))
    inner = resolve1(descendants[0]) if descendants else font
    descriptor = resolve1(inner.get("FontDescriptor")) or {}
    program = resolve1(descriptor.get("FontFile2"))
    if not isinstance(program, PDFStream):
        return None
    glyphs = [_find_glyph(program.get_data(), code) for code in (one, other)]
    if None in glyphs:
        return None
    data = _swap_outlines(program.get_data(), *glyphs)  # type: ignore[arg-type]
    copied = sheet.editor.add_stream(data, {"Length1": len(data)})
    inner = {**inner, "FontDescriptor": sheet.editor.add({**descriptor, "FontFile2": copied})}
    if descendants:
        return _put_font(sheet, {**font, "DescendantFonts": [sheet.editor.add(inner)]})
    return _put_font(sheet, inner)


def _find_tables(data: bytes) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack(">H", data[4:6])
    entries = (struct.unpack(">4sLLL", data[12 + 16 * at : 28 + 16 * at]) for at in range(count))
    return {tag.decode(): (offset, length) for tag, _, offset, length in entries}


def _find_glyph(data: bytes, code: bytes) -> int | None:
    """The number of a code's glyph: the code itself, or what the font's table says (formats 0, 4 and 6)."""
    if len(code) == 2:
        return int.from_bytes(code, "big")
    tables = _find_tables(data)
    if "cmap" not in tables:
        return None
    start = tables["cmap"][0]
    (count,) = struct.unpack(">H", data[start + 2 : start + 4])
    for at in range(count):
        (offset,) = struct.unpack(">L", data[start + 8 + 8 * at : start + 12 + 8 * at])
        found = _look_up(data[start + offset :], code[0])
        if found:
            return found
    return None


def _look_up(table: bytes, code: int) -> int:
    (kind,) = struct.unpack(">H", table[:2])
    if kind == 0:
        return table[6 + code]
    if kind == 6:
        first, count = struct.unpack(">HH", table[6:10])
        at = code - first
        return int.from_bytes(table[10 + 2 * at : 12 + 2 * at], "big") if 0 <= at < count else 0
    if kind != 4:
        return 0
    (double,) = struct.unpack(">H", table[6:8])
    ends, starts = 14, 16 + double
    for at in range(0, double, 2):
        end, begin = (int.from_bytes(table[one + at : one + at + 2], "big") for one in (ends, starts))
        for wanted in (code, 0xF000 + code):
            if begin <= wanted <= end:
                delta = int.from_bytes(table[starts + double + at : starts + double + at + 2], "big")
                place = starts + 2 * double + at
                reach = int.from_bytes(table[place : place + 2], "big")
                if not reach:
                    return (wanted + delta) & 0xFFFF
                spot = place + reach + 2 * (wanted - begin)
                return int.from_bytes(table[spot : spot + 2], "big")
    return 0


def _swap_outlines(data: bytes, one: int, other: int) -> bytes:
    """Exchange two outlines. They are written anew behind each other, so that both fit."""
    tables = _find_tables(data)
    head, loca, glyf = tables["head"][0], tables["loca"], tables["glyf"]
    is_long = struct.unpack(">H", data[head + 50 : head + 52])[0]
    step, unit = (4, 1) if is_long else (2, 2)
    places = [int.from_bytes(data[loca[0] + at : loca[0] + at + step], "big") * unit for at in range(0, loca[1], step)]
    outlines = [data[glyf[0] + a : glyf[0] + b] for a, b in pairwise(places)]
    outlines[one], outlines[other] = outlines[other], outlines[one]
    written = b"".join(outlines)
    if len(written) > glyf[1]:
        return data
    at, new = 0, []
    for outline in outlines:
        new.append(at)
        at += len(outline)
    table = b"".join((place // unit).to_bytes(step, "big") for place in [*new, at])
    out = bytearray(data)
    out[glyf[0] : glyf[0] + len(written)] = written
    out[loca[0] : loca[0] + len(table)] = table
    return bytes(out)


def name_standard_font(sheet: Sheet, family: str) -> str:
    """One of the fonts that every reader has, with its own encoding."""
    return _put_font(sheet, {"Type": LIT("Font"), "Subtype": LIT("Type1"), "BaseFont": LIT(family)})


def make_type3(sheet: Sheet, shown: dict[str, str], chance: random.Random) -> str:
    """A font whose glyphs are instructions: each code that it has shows a figure, by whatever name."""
    high = chance.choice((900, 1000))
    procedures = {
        _NAMES[int(code)]: sheet.editor.add_stream(b"600 0 d0 " + draw_figures(figure, 0, 0, high))
        for code, figure in shown.items()
    }
    codes = sorted(shown)
    differences = [part for code in codes for part in (ord(code), LIT(_NAMES[int(code)]))]
    font = {
        "Type": LIT("Font"), "Subtype": LIT("Type3"), "FontBBox": [0, 0, 700, 1000],
        "FontMatrix": [0.001, 0, 0, 0.001, 0, 0], "FirstChar": ord(codes[0]), "LastChar": ord(codes[-1]),
        "Widths": [600] * (ord(codes[-1]) - ord(codes[0]) + 1), "Encoding": {"Differences": differences},
        "CharProcs": procedures, "Resources": {},
    }  # fmt: skip
    return _put_font(sheet, font)
