"""Content streams cut into instructions, by one regular expression over all of a page's bytes."""

import re
from binascii import unhexlify
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from pdfminer.pdftypes import LITERALS_ASCII85_DECODE, PDFStream, resolve1
from pdfminer.psexceptions import PSSyntaxError
from pdfminer.psparser import KWD, LIT, PSLiteral, literal_name

_NUMBER = rb"[-+]?(?:\d++\.?\d*+|\.\d++)"
_WORD = rb"[A-Za-z][^#/%\[\]()<>{}\s]*+"
# Each group is a kind of thing. Numbers in a row are one match, with the operator behind them: most instructions are.
_TOKEN = re.compile(
    rb"(?P<numbers>" + _NUMBER + rb"(?:\s++" + _NUMBER + rb")*+)(?:\s*+(?P<instruction>" + _WORD + rb"))?+"
    rb"|(?P<word>" + _WORD + rb")"
    rb"|<(?!<)(?P<codes>[0-9A-Fa-f\s]*+)>?+"
    rb"|\((?P<text>(?:[^()\\]++|\\[\s\S])*+)\)"
    rb"|/(?P<name>(?:[^#/%\[\]()<>{}\s]++|\#[0-9A-Fa-f]{0,2})*+)"
    rb"|(?P<opening><<|[\[{])|(?P<closing>>>|[\]}])"
    rb"|(?:[\s\0]++|%[^\r\n]*+|[-+.>])"
    rb"|(?P<nested>\()"
    rb"|(?P<sign>[\s\S])"
)
_PART_OF_TEXT = re.compile(rb"\\[\s\S]|[()]")
_ESCAPE = re.compile(rb"\\(?:\r\n|[0-7]{1,3}|[\s\S])")
_CODE_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{0,2})")
_BLANKS = b" \t\n\r\f\v"
_OPENED_BY = {b"]": b"[", b">>": b"<<", b"}": b"{", b"ID": b"BI"}
_CONSTANTS = {b"true": True, b"false": False}
_END_OF_IMAGE = re.compile(rb"(?:\r\n|[\r\n])?EI(?=\s|\Z)")
_END_OF_ASCII85 = re.compile(rb"(?:\r\n|[\r\n])?(?=~>(?:\s|\Z))")

# What an escape in a string stands for: a line end for nothing, and all others for what stands behind the backslash.
_ESCAPED = {b"\\" + bytes([at]): bytes([sign]) for at, sign in zip(b"nrtbf", b"\n\r\t\b\f", strict=True)}
_ESCAPED |= dict.fromkeys((b"\\\n", b"\\\r", b"\\\r\n"), b"")
_ESCAPED |= {b"\\%0*o" % (width, code): bytes([code & 255]) for width in (1, 2, 3) for code in range(8**width)}


class OpenContentError(PSSyntaxError):
    """A string, an array, a dictionary or an inline image without an end: nothing from there on can be read."""


class ContentCutter:
    r"""Cuts content into instructions.

    `data` are the bytes of all streams, one after another. `operands` is where operands are put, in pdfminer's types;
    who carries out an operator takes its own from the end. Numbers in a row are all whole, or all floats.

    >>> operands = []
    >>> cutter = ContentCutter(b"12 0 Td [(a\\051) -3.5] TJ", operands)
    >>> [(operator, operands[:]) for operator in cutter.iterate_operators()]
    [(b'Td', [12, 0]), (b'TJ', [12, 0, [b'a)', -3.5]])]
    """

    def __init__(self, data: bytes, operands: list[Any]) -> None:
        self._data = data
        self._here = operands
        self._opened = b""  # by what: an array, a dictionary, an inline image; empty where an operator would count
        self._outer: list[tuple[bytes, list[Any]]] = []
        self._names: dict[bytes, PSLiteral] = {}
        self._next = 0  # where to go on; where nothing was passed over, the end of what was matched

    def iterate_operators(self) -> Iterator[bytes]:
        """Give the operators, in order. That of an inline image is `EI`, with the image as its operand.

        Raises:
            OpenContentError: Something is open at the end.
            PSSyntaxError: A dictionary has a key without a value.
        """
        rules: dict[str, Callable[[re.Match[bytes]], bytes | None]] = {
            "numbers": self._take_numbers,
            "instruction": self._take_numbers,
            "word": lambda found: found[0],
            "sign": lambda found: found[0],
            "codes": self._take_codes,
            "text": lambda found: self._here.append(_unescape(found["text"])),
            "nested": self._take_nested,
            "name": self._take_name,
            "opening": lambda found: self._open(found[0]),
            "closing": lambda found: self._close(found[0]),
        }
        begin = -1
        while begin < self._next:
            begin = self._next
            for found in _TOKEN.finditer(self._data, begin):
                kind = found.lastgroup
                word = rules[kind](found) if kind else None
                if word is not None and (self._opened or word in _SPECIAL):
                    word = self._take_word(word, found.end())
                if word is not None:
                    yield word
                if self._next > begin:
                    break
        if self._opened:
            raise OpenContentError(f"{self._opened!r} has no end")

    def _take_numbers(self, found: re.Match[bytes]) -> bytes | None:
        numbers = found["numbers"].split()
        try:
            self._here += [*map(float if b"." in found["numbers"] else int, numbers)]
        except ValueError:  # too many digits
            for number in numbers:
                with suppress(ValueError):
                    self._here.append(int(number))
        return found["instruction"]

    def _take_codes(self, found: re.Match[bytes]) -> None:
        codes = found["codes"].translate(None, _BLANKS)
        self._here.append(unhexlify(codes + b"0" * (len(codes) % 2)))

    def _take_name(self, found: re.Match[bytes]) -> None:
        written = found["name"]
        if written not in self._names:
            name = _CODE_IN_NAME.sub(lambda code: bytes([int(code[1], 16)]) if code[1] else b"", written)
            try:
                self._names[written] = LIT(name.decode())
            except UnicodeDecodeError:
                self._names[written] = LIT(name)
        self._here.append(self._names[written])

    def _take_nested(self, found: re.Match[bytes]) -> None:
        """Take a string with brackets in it."""
        depth = 0
        for part in _PART_OF_TEXT.finditer(self._data, found.start()):
            depth += {b"(": 1, b")": -1}.get(part[0], 0)
            if not depth:
                self._here.append(_unescape(self._data[found.end() : part.start()]))
                self._next = part.end()
                return
        raise OpenContentError("a string has no end")

    def _open(self, sign: bytes) -> None:
        self._outer.append((self._opened, self._here))
        self._opened, self._here = sign, []

    def _close(self, sign: bytes) -> None:
        """Close an array, a dictionary or a procedure; what closes nothing is passed over."""
        if self._opened == _OPENED_BY[sign]:
            made: Any = self._here
            if sign == b">>":
                if len(made) % 2:
                    raise PSSyntaxError("a dictionary has a key without a value")
                made = _pair_entries(made)
            self._opened, self._here = self._outer.pop()
            self._here.append(made)

    def _take_word(self, word: bytes, end: int) -> bytes | None:
        """Take a word that is, or may be, no operator; `end` is where it ends."""
        if word in _CONSTANTS:
            self._here.append(_CONSTANTS[word])
            return None
        if word == b"BI":
            self._open(word)
            return None
        if word == b"ID":
            if self._opened != _OPENED_BY[word] or not self._take_image(end + 1):
                return None
            word = b"EI"
        if self._opened:
            self._here.append(KWD(word))
            return None
        return word

    def _take_image(self, start: int) -> bool:
        """Take an inline image whose bytes begin at `start`; tell whether its end was passed with it."""
        entries = {name: resolve1(value) for name, value in _pair_entries(self._here).items()}
        filters = entries.get("F")
        first = filters[0] if isinstance(filters, list) and filters else filters
        is_ascii85 = any(first is name for name in LITERALS_ASCII85_DECODE)
        end = (_END_OF_ASCII85 if is_ascii85 else _END_OF_IMAGE).search(self._data, start)
        if end is None:
            raise OpenContentError("an inline image has no end")
        self._opened, self._here = self._outer.pop()
        self._here.append(PDFStream(entries, self._data[start : end.start()] + b"~>" * is_ascii85))
        self._next = end.end() + 2 * is_ascii85
        return not is_ascii85


_SPECIAL = frozenset((*_CONSTANTS, b"BI", b"ID"))


def _unescape(text: bytes) -> bytes:
    r"""Give what a string stands for.

    >>> _unescape(rb"\101\1012\)\w"), _unescape(b"a\\\r\nb")
    (b'AA2)w', b'ab')
    """
    return _ESCAPE.sub(lambda sign: _ESCAPED.get(sign[0], sign[0][1:]), text) if b"\\" in text else text


def _pair_entries(entries: list[Any]) -> dict[str, Any]:
    """Make a dictionary out of keys and values in turn."""
    return {literal_name(name): value for name, value in zip(entries[::2], entries[1::2], strict=False)}
