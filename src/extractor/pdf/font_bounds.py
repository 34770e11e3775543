"""Bounds on the ranges of codes in fonts: a range of a few bytes may name thousands of millions of characters."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from struct import unpack
from typing import BinaryIO

from pdfminer import pdffont
from pdfminer.cmapdb import CMapParser
from pdfminer.pdffont import TrueTypeFont, get_widths, get_widths2
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSKeyword

# Numbers of characters in a font have two bytes, and so have nearly all codes.
MOST_CODES = 1 << 16
# Codes of all ranges of a map or a font's program. Unicode has 17 times MOST_CODES, of which no font has a half.
MOST_IN_ALL = 1 << 19


class BoundedMapParser(CMapParser):
    """A parser of character maps that reads of a range no more codes than a font has."""

    _left = MOST_IN_ALL

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Take a word; ranges before the end of a list of them are cut first.

        Args:
            pos: Where the word stands.
            token: The word.
        """
        if token in (self.KEYWORD_ENDBFRANGE, self.KEYWORD_ENDCIDRANGE):
            objects = self.popall()
            for start in range(0, len(objects) - 2, 3):
                first, last = objects[start][1], objects[start + 1][1]
                if isinstance(first, bytes) and isinstance(last, bytes) and len(first) == len(last):
                    objects[start + 1] = (objects[start + 1][0], self._cut_range(first, last))
            self.push(*objects)
        super().do_keyword(pos, token)

    def _cut_range(self, first: bytes, last: bytes) -> bytes:
        """Give the last code of a range that is read."""
        begin, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
        count = max(0, min(end - begin + 1, MOST_CODES, self._left))
        self._left -= count
        # A range that ends before it begins has no codes.
        return (begin + count - 1).to_bytes(len(first), "big") if begin + count else first


class BoundedTrueTypeFont(TrueTypeFont):
    """A font's program, of whose groups of characters no more are read than a font has."""

    def parse_cmap_format_12(self, fp: BinaryIO, char2gid: dict[int, int]) -> None:
        """Read a table of groups, each of characters that follow one another.

        Args:
            fp: The program, after the number of the table's format.
            char2gid: The numbers by character, to which those read are added.
        """
        (groups,) = unpack(">10xI", fp.read(14))
        left = MOST_IN_ALL
        for _ in range(min(groups, MOST_CODES)):
            if len(group := fp.read(12)) < 12:
                break
            first, last, number = unpack(">III", group)
            count = max(0, min(last - first + 1, MOST_CODES, left))
            left -= count
            char2gid.update((first + at, number + at) for at in range(count))


def _cut_ranges(widths: Iterable[object], size: int) -> Iterator[object]:
    """Give what a font says of widths, each range of it without the codes that no font has.

    Args:
        widths: Numbers, `size` for a range of codes; and lists, each after the number of its first code.
        size: How many numbers a range has.

    Yields:
        The same; of a range the second number may be smaller.
    """
    at = 0
    for item in widths:
        value = resolve1(item)
        if isinstance(value, list):
            at = 0
        elif isinstance(value, int | float):
            at += 1
            value = min(value, MOST_CODES - 1) if at == 2 else max(value, -MOST_CODES) if at == 1 else value
            at %= size
        yield value


@contextmanager
def bound_fonts() -> Iterator[None]:
    """Let the library read fonts within these bounds, while it lasts."""
    bounded = {
        "CMapParser": BoundedMapParser,
        "TrueTypeFont": BoundedTrueTypeFont,
        "get_widths": lambda widths: get_widths(_cut_ranges(widths, 3)),
        "get_widths2": lambda widths: get_widths2(_cut_ranges(widths, 5)),
    }
    before = {name: vars(pdffont)[name] for name in bounded}
    vars(pdffont).update(bounded)
    try:
        yield
    finally:
        vars(pdffont).update(before)
