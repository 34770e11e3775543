"""Read a text file, such as a transcript, into lines."""

import re
from pathlib import Path

from extractor.document.page import TextLine
from extractor.errors import CannotRead
from extractor.runtime.input_bytes import read_bytes

LARGEST_TEXT = 20 * 1000 * 1000  # bytes

# A form feed stands between pages of some transcripts, and is white space; other control characters are not text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0d-\x1f\x7f-\x84\x86-\x9f]")


def read_text(path: Path) -> tuple[TextLine, ...]:
    """Read the lines of a UTF-8 file, with or without byte order mark; lines end in LF or CRLF.

    Raises CannotRead with status `no-such-file`, `too-heavy`, `not-utf-8`, `not-text` or `no-text`.
    """
    data = read_bytes(path, LARGEST_TEXT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} (0x{data[error.start]:02X}) does not belong to UTF-8 text"
        raise CannotRead("not-utf-8", message) from None
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        if found := _CONTROL.search(line):
            raise CannotRead("not-text", f"line {number} holds the control character U+{ord(found[0]):04X}")
    if not text.strip():
        raise CannotRead("no-text", "the file is empty" if not data else "the file holds nothing but white space")
    return tuple(TextLine(number, line.replace("\f", " ")) for number, line in enumerate(lines, 1))
