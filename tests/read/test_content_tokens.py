"""Content is cut into the instructions that pdfminer finds in it, but for where it departs from the standard."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF, PSSyntaxError
from pdfminer.psparser import KWD, LIT, PSBaseParser, PSKeyword

from extractor.pdf.content_tokens import ContentCutter, OpenContentError
from extractor.pdf.reader import read_pdf
from read.pdf_files import file_of, page_objects, text, write

Instruction = tuple[bytes, list[Any]]


class StandardParser(PDFContentParser):
    """pdfminer's parser, with what it does otherwise than the standard says set right."""

    BUFSIZ = 1 << 20  # it takes a token apart that lies across two buffers

    def _parse_hexstring(self, s: bytes, i: int) -> int:
        """The last of an odd count of digits is followed by a 0, and one > ends the string."""
        found = re.compile(rb"[\s0-9A-Fa-f]*").match(s, i)
        assert found
        if found.end() == len(s):
            return super()._parse_hexstring(s, i)
        digits = b"".join((self._curtoken + found[0]).split())
        self._add_token(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        self._parse1 = self._parse_main
        return found.end() + (s[found.end() : found.end() + 1] == b">")

    def _parse_string_1(self, s: bytes, i: int) -> int:
        r"""Of \777 the high bit is nothing, and of \w the w stays."""
        if len(self.oct) == 3 and int(self.oct, 8) > 255:
            self.oct = b"%o" % (int(self.oct, 8) & 255)
        if not self.oct and s[i : i + 1] not in b"01234567btnfr()\\\r\n":
            self._curtoken += s[i : i + 1]
        return super()._parse_string_1(s, i)

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """The bytes of a picture are no instructions, also where an entry of it has no value."""
        if token is self.KEYWORD_ID and self.curtype == "inline":
            del self.curstack[len(self.curstack) // 2 * 2 :]
        super().do_keyword(pos, token)

    def get_inline_data(self, pos: int, target: bytes = b"EI") -> tuple[int, bytes]:
        """What begins as the end and is none may be followed by the end at once: EEI. What is open stays open."""
        PSBaseParser.seek(self, pos)
        self.fillbuf()
        found = re.compile(rb"(?:\r\n|\r|\n)?" + re.escape(target) + rb"\s").search(self.buf)
        if found is None:
            raise PSEOF
        self.charpos = found.end()
        return pos, self.buf[: found.start()]


def by_pdfminer(data: bytes) -> tuple[list[Instruction], str]:
    """The instructions, and how they end."""
    found: list[Instruction] = []
    operands: list[Any] = []
    parser = StandardParser([PDFStream({}, data + b"\n")])
    try:
        while True:
            _, thing = parser.nextobject()
            if isinstance(thing, PSKeyword):
                found.append((thing.name, operands))
                operands = []
            else:
                operands.append(thing)
    except PSEOF:
        return found, "unclosed" if parser.context else "end"
    except PSSyntaxError:
        return found, "fault"
    except TypeError:
        return found, "odd filter of a picture"


def by_expression(data: bytes) -> tuple[list[Instruction], str]:
    """The same."""
    found: list[Instruction] = []
    operands: list[Any] = []
    try:
        for operator in ContentCutter(data, operands).iterate_operators():
            found.append((operator, operands[:]))
            operands.clear()
    except OpenContentError:
        return found, "unclosed"
    except PSSyntaxError:
        return found, "fault"
    return found, "end"


def plain(thing: Any) -> Any:
    """Something that can be compared: two pictures are the same where their entries and bytes are."""
    if isinstance(thing, list | tuple):
        return [plain(part) for part in thing]
    if isinstance(thing, dict):
        return {name: plain(part) for name, part in thing.items()}
    return (plain(thing.attrs), thing.rawdata) if isinstance(thing, PDFStream) else thing


SPACES = st.sampled_from([b" ", b"\n", b"\r\n", b"\t", b"", b"\0", b"% a (comment\n", b" \f\v "])
NUMBERS = st.sampled_from(
    [b"0", b"1", b"-12", b"+3", b"4.", b".5", b"-.25", b"0.750", b"--1", b"1-2", b"1.2.3", b"-", b"."]
)
NAMES = st.sampled_from([b"/F1", b"/", b"/A#20B", b"/#4", b"/a#zz", b"/\xe9", b"/\xe3\x81\x82", b"/DeviceRGB"])
STRINGS = st.sampled_from(
    [b"(abc)", b"()", b"(a(b)c)", b"(\\(\\)\\\\)", b"(\\101\\12\\7z\\777)", b"(a\\\r\nb\\w)", b"(\r)", b"(\\", b"(("]
)
CODES = st.sampled_from([b"<>", b"<41 42>", b"<4>", b"<4142", b"<ZZ>", b"<a\nb>", b"<41>>", b"<0A1b>"])
MARKS = st.sampled_from([b"[", b"]", b"<<", b">>", b"{", b"}", b">", b")", b"true", b"false", b"null", b"\x80", b"#"])
OPERATORS = st.sampled_from(
    [b"Tj", b"TJ", b"T*", b"'", b'"', b"re", b"f*", b"Q", b"BT", b"d0", b"BI", b"ID", b"EI", b"x\xff"]
)
IMAGES = st.sampled_from(
    [
        b"BI /W 1 /H 1 ID \x00\xff(\nEI ",
        b"BI /W 2 /F /A85 ID 5l~>\nEI\n",
        b"BI /F [/Fl] ID EI EI Q",
        b"BI /W ID x EI ",
        b"BI ID EEI\n",
    ]
)
PIECES = st.one_of(NUMBERS, NAMES, STRINGS, CODES, MARKS, OPERATORS, IMAGES)
CONTENTS = st.lists(st.tuples(PIECES, SPACES), max_size=30).map(
    lambda pairs: b"".join(b"".join(pair) for pair in pairs)
)


def _agree(data: bytes) -> None:
    wanted, wanted_end = by_pdfminer(data)
    found, end = by_expression(data)
    if wanted_end == "odd filter of a picture":
        found, end = found[: len(wanted)], wanted_end
    assert plain(found) == plain(wanted)
    # pdfminer says nothing of a string or a picture that is open at the end.
    assert end == wanted_end or (end, wanted_end) == ("unclosed", "end")


@settings(max_examples=600)
@given(CONTENTS)
def test_the_same_instructions_are_found(data: bytes) -> None:
    _agree(data)


@settings(max_examples=600)
@given(CONTENTS, st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=2), st.integers(0, 3)), max_size=4))
def test_the_same_instructions_are_found_in_damaged_content(data: bytes, faults: list[tuple[int, bytes, int]]) -> None:
    for place, put, taken in faults:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + taken :]
    _agree(data)


@settings(max_examples=500)
@given(st.binary(max_size=60))
def test_the_same_instructions_are_found_in_any_bytes(data: bytes) -> None:
    _agree(data)


def _found(data: bytes) -> Iterator[Instruction]:
    yield from by_expression(data)[0]


@pytest.mark.parametrize(("written", "operand"), [
    (b"<414>", b"A@"),
    (b"(\\777\\w)", b"\xffw"),
    (b"9" * 5000 + b" 7", 7),
    (b"/A#42#", LIT("AB")),
    (b"[1 x]", [1, KWD(b"x")]),
    (b"<< /A 1 /B [2] >>", {"A": 1, "B": [2]}),
])  # fmt: skip
def test_what_an_operand_stands_for(written: bytes, operand: object) -> None:
    assert list(_found(written + b" Tj")) == [(b"Tj", [operand])]


@pytest.mark.parametrize("content", [b"1 g (a", b"1 g [(a) Tj", b"1 g << /A", b"1 g BI /W 1 ID abc", b"1 g ((a)"])
def test_what_has_no_end_is_said(content: bytes) -> None:
    assert by_expression(content) == ([(b"g", [1])], "unclosed")


def test_a_page_with_an_open_end_says_so(tmp_path: Path) -> None:
    content = text(b"1,234") + b"BT [(5,678) TJ ET\n"
    (page,) = read_pdf(write(tmp_path, file_of(page_objects(content))))
    assert "".join(glyph.text for glyph in page.glyphs) == "1,234"
    assert [str(note) for note in page.damage] == [
        "the page could not be read to its end: what follows an instruction that is damaged is missing"
    ]


def test_long_content_takes_time_in_proportion() -> None:
    """Tokens of millions of bytes, which pdfminer puts together piece by piece, and deep nesting."""
    for content in (b"/" + b"a" * 5_000_000, b"(" * 200_000, b"[" * 200_000, b"<" + b"4" * 5_000_000, b"- " * 500_000):
        assert not by_expression(content + b" ")[0]
