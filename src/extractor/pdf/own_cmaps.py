"""Character maps of a file's own: codes → the numbers of characters in a font, and codes → what they mean.

The library knows maps by their names alone, and looks meanings up by the number where the file gives them by code.
"""

from io import BytesIO
from typing import Any

from pdfminer.cmapdb import CMap, CMapDB, CMapParser, FileCMap, FileUnicodeMap, IdentityCMap
from pdfminer.pdffont import PDFCIDFont
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSKeyword

LONGEST_CODE = 4  # bytes
MOST_CODES = 1 << 16  # of one range


class _NumbersParser(CMapParser):
    """A parser of a map of codes to numbers; the library's own takes each such line for a meaning."""

    cmap: FileCMap

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Take the codes before the end of a list of them.

        Args:
            pos: Where the word stands.
            token: The word.
        """
        if token not in {self.KEYWORD_ENDCIDRANGE, self.KEYWORD_ENDCIDCHAR}:
            super().do_keyword(pos, token)
            return
        objects = [item for _, item in self.popall()]
        size = 3 if token is self.KEYWORD_ENDCIDRANGE else 2
        for start in range(0, len(objects) - size + 1, size):
            first, last, number = objects[start], objects[start + size - 2], objects[start + size - 1]
            if isinstance(first, bytes) and isinstance(last, bytes) and isinstance(number, int):
                self._add_range(first, last, number)

    def _add_range(self, first: bytes, last: bytes, number: int) -> None:
        begin, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
        for at in range(min(end - begin + 1, MOST_CODES)):
            code = (begin + at).to_bytes(len(first), "big")
            self.cmap.add_code2cid(code.decode("latin-1"), number + at)


def complete_maps(font: PDFCIDFont, encoding: object) -> None:
    """Give a font the map that stands in the file, and its meanings by number.

    Args:
        font: The font. It is changed.
        encoding: Its entry Encoding: a stream, or the name of a map.
    """
    if isinstance(encoding, PDFStream):
        font.cmap = read_cmap(encoding)
    if isinstance(font.unicode_map, FileUnicodeMap) and not isinstance(font.cmap, IdentityCMap):
        font.unicode_map = _key_by_number(font.unicode_map, font.cmap)


def read_cmap(stream: PDFStream) -> FileCMap:
    """Read a map of codes to numbers, and the one that it adds to."""
    cmap = FileCMap()
    base = resolve1(stream.get("UseCMap"))
    if isinstance(base, PDFStream):
        cmap.use_cmap(read_cmap(base))
    elif base is not None:
        known = CMapDB.get_cmap(getattr(base, "name", ""))
        if isinstance(known, CMap):
            cmap.use_cmap(known)
    _NumbersParser(cmap, BytesIO(stream.get_data())).run()
    if isinstance(mode := resolve1(stream.get("WMode")), int):
        cmap.set_attr("WMode", mode)
    return cmap


def _key_by_number(meanings: FileUnicodeMap, cmap: Any) -> FileUnicodeMap:
    """Turn meanings by code into meanings by number; of a number with several meanings none is known."""
    found: dict[int, set[str]] = {}
    for code, text in meanings.cid2unichr.items():
        for length in range(1, LONGEST_CODE + 1):
            numbers = list(cmap.decode(code.to_bytes(length, "big"))) if code < 1 << 8 * length else []
            if len(numbers) == 1:
                found.setdefault(numbers[0], set()).add(text)
                break
    keyed = FileUnicodeMap()
    keyed.cid2unichr = {number: texts.pop() for number, texts in found.items() if len(texts) == 1}
    return keyed
